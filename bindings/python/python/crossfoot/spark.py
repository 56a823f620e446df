"""Crossfoot on Spark: findings as rows, by `mapInArrow`.

`check(frame, text="body", published="date")` gives a frame with a row for each finding. Its columns are `SCHEMA`,
with those of the frame that `keep` names before them. Spark takes what a function returns by the place of each
column and ignores the names, so nothing here is returned but what `_in_place` has put in the order of the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
from pyspark.sql import DataFrame
from pyspark.sql.types import LongType, StringType, StructField, StructType

from ._run import Rules, check_batches

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
