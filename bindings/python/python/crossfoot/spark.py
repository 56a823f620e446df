"""Crossfoot on Spark: findings as rows, by `mapInArrow`, and articles held against one another, by `groupBy`.

`check(frame, text="body", published="date")` gives a frame with a row for each finding. Its columns are `SCHEMA`,
with those of the frame that `keep` names before them. Spark takes what a function returns by the place of each
column and ignores the names, so nothing here is returned but what `_in_place` has put in the order of the schema.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
from pyspark.sql import DataFrame
from pyspark.sql.types import LongType, StringType, StructField, StructType

from . import _crossfoot
from ._run import Rules, _check, check_batches

#: The columns of findings. Their order, names and types are promised: new ones come at the end.
SCHEMA = StructType(
    [
        StructField("id", StringType()),
        StructField("rule", StringType(), nullable=False),
        StructField("severity", StringType(), nullable=False),
        StructField("message", StringType(), nullable=False),
        StructField("start", LongType(), nullable=False),
        StructField("end", LongType(), nullable=False),
        StructField("text", StringType(), nullable=False),
        StructField("steps", StringType(), nullable=False),
        StructField("computed", StringType()),
    ]
)

#: The columns of facts. Their order, names and types are promised: new ones come at the end.
FACTS = StructType(
    [
        StructField("subject", StringType(), nullable=False),
        StructField("measure", StringType(), nullable=False),
        StructField("first", StringType(), nullable=False),
        StructField("last", StringType(), nullable=False),
        StructField("unit", StringType(), nullable=False),
        StructField("id", StringType(), nullable=False),
        StructField("start", LongType(), nullable=False),
        StructField("end", LongType(), nullable=False),
        StructField("text", StringType(), nullable=False),
        StructField("allowed", StringType(), nullable=False),
    ]
)

#: The columns that the same fact has in common.
FACT = ["subject", "measure", "first", "last", "unit"]


def check(
    frame: DataFrame,
    *,
    text: str = "text",
    id: str | None = None,
    published: str | None = None,
    keep: Iterable[str] = (),
    rules: Rules | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    preview: bool = False,
) -> DataFrame:
    """Checks the texts of a frame.

    `text`, `id` and `published` name its columns, `keep` further ones, whose values stand in the row of each finding
    too. A row without a text has no findings; what is wrong with one row is a finding of that row.
    """
    kept = list(keep)
    names = [name for name in (id, published) if name is not None]
    needed = list(dict.fromkeys([text, *names, *kept]))
    taken = set(kept) & set(SCHEMA.names)
    if taken:
        raise ValueError(f"findings have a column {sorted(taken)[0]}; rename that of the frame")
    schema = StructType([frame.schema[name] for name in kept] + SCHEMA.fields)
    options = {
        "text": text,
        "id": id,
        "published": published,
        "rules": rules,
        "select": list(select),
        "ignore": list(ignore),
        "preview": preview,
        # Spark runs a task for each core.
        "jobs": 1,
    }
    return frame.select(*needed).mapInArrow(_work(schema.names, kept, options), schema)


def _work(
    names: list[str], kept: list[str], options: dict[str, Any]
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            found = pa.table(check_batches(batch, **options))
            for name in kept:
                found = found.append_column(name, batch.column(name).take(found.column("row")))
            yield from _in_place(found, names).to_batches()

    return work


def _in_place(found: pa.Table, names: list[str]) -> pa.Table:
    """A table with these columns in this order, each taken by its name."""
    return found.select(names)


def facts(frame: DataFrame, *, text: str = "text", id: str = "id", published: str = "published") -> DataFrame:
    """What the texts of a frame state so plainly that those of others can be held against it: a row for each.

    `id` and `published` name the columns of the name and the day of a text; it has no facts without both.
    """

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        checks = _check(None, (), (), False)
        for batch in batches:
            rows: list[dict[str, Any]] = []
            columns = (batch.column(name).cast(pa.string()).to_pylist() for name in (id, text, published))
            for name, words, day in zip(*columns):
                if name is not None and words is not None and day:
                    rows.extend(_facts(checks, name, words, day))
            yield from _table(rows, FACTS).to_batches()

    return frame.select(*dict.fromkeys([id, text, published])).mapInArrow(work, FACTS)


def across(facts: DataFrame) -> DataFrame:
    """Where articles state the same fact differently, of the rows that `facts` gives: a row as `check` has them.

    It is the figure of fewer articles that is marked. All rows of one fact are held by one executor.
    """

    def work(rows: pa.Table) -> pa.Table:
        told = json.dumps([{**row, "byte": 0, "bytes": 0, "place": None} for row in rows.to_pylist()])
        return _table(json.loads(_crossfoot.differing(told)), SCHEMA)

    return facts.groupBy(*FACT).applyInArrow(work, SCHEMA)


def _facts(checks: _crossfoot.Check, name: str, text: str, day: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(checks.facts("text", text, day[:10]))
    except ValueError:
        # A day that is none: `check` says so.
        return []
    # What has no ending is plain text, whatever the rows are called.
    return [{**row, "id": name} for row in found]


def _table(rows: list[dict[str, Any]], schema: StructType) -> pa.Table:
    """Rows in the order of a schema, each value taken by its name."""
    kinds = {True: pa.int64(), False: pa.string()}
    columns = {
        field.name: pa.array([row[field.name] for row in rows], kinds[field.dataType == LongType()])
        for field in schema.fields
    }
    return _in_place(pa.table(columns), schema.names)
