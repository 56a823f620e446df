"""Checking and extracting."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

from . import _crossfoot
from ._results import Mentions, Report, mentions_of, report_of

Day = str | datetime.date | None


class Rules:
    """The rules that are built in, and those of further files: the name and the text of each.

    >>> rules = Rules()
    >>> "wrong-rate" in rules.ids
    True
    >>> Rules({"mine.toml": "id = 5"})
    Traceback (most recent call last):
    ...
    ValueError: ...
    """

    def __init__(self, files: Mapping[str, str] | None = None) -> None:
        self._files = None if files is None else dict(files)
        self._rules = _crossfoot.Rules(None if files is None else list(files.items()))

    def __reduce__(self) -> tuple[type[Rules], tuple[Mapping[str, str] | None]]:
        # So that they can be sent to other processes, where they are read again.
        return Rules, (self._files,)

    @classmethod
    def of_folder(cls, folder: str | os.PathLike[str]) -> Rules:
        """The same with the files `.toml` of a folder."""
        files = {}
        for name in sorted(os.listdir(folder)):
            if name.endswith(".toml"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    files[name] = file.read()
        return cls(files)

    @property
    def ids(self) -> list[str]:
        """The names of the rules."""
        return self._rules.ids()

    def __repr__(self) -> str:
        return f"<crossfoot.Rules, {len(self.ids)} of them>"


def _check(
    rules: Rules | None, select: Iterable[str], ignore: Iterable[str], preview: bool
) -> _crossfoot.Check:
    own = None if rules is None else rules._rules
    return _crossfoot.Check(own, list(select), list(ignore), preview)


def _day(day: Day) -> str | None:
    if isinstance(day, datetime.datetime):
        return day.date().isoformat()
    return day.isoformat() if isinstance(day, datetime.date) else day


def _text(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"a text is a str, not {type(text).__name__}")
    return text


def check(
    text: str,
    *,
    published: Day = None,
    name: str = "text",
    rules: Rules | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    preview: bool = False,
) -> Report:
    """Checks a text.

    `published` is the day that "last year" is counted from. The ending of `name` says how the text is written, as
    `.md` and `.html` do; without one it is plain text. The interpreter lock is released meanwhile.

    >>> report = check("It opened on Monday, 8 August 2025.")
    >>> [(one.rule, one.severity) for one in report.findings]
    [('wrong-weekday', 'error')]
    >>> check("Rents rose.", published="August")
    Traceback (most recent call last):
    ...
    ValueError: `August` is no day; it is written as 2025-08-07
    """
    told = _check(rules, select, ignore, preview).report(name, _text(text), _day(published))
    return report_of(name, text, json.loads(told))


def extract(
    text: str, *, published: Day = None, name: str = "text"
) -> Mentions:
    """The figures and dates of a text, with the values that they state.

    >>> [(one.text, one.low, one.high, one.unit) for one in extract("It cost about $290 million.")]
    [('about $290 million', '275500000', '304500000', 'USD')]
    """
    told = _check(None, (), (), False).mentions(name, _text(text), _day(published))
    return mentions_of(name, text, json.loads(told))


def check_batches(
    texts: Any,
    *,
    text: str = "text",
    id: str | None = None,
    published: str | None = None,
    rules: Rules | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    preview: bool = False,
    jobs: int | None = None,
) -> Any:
    """Checks the texts of a table, batch by batch, in parallel.

    `texts` is whatever offers Arrow's PyCapsule interface: a table or reader of pyarrow, a frame of Polars or
    pandas, a relation of DuckDB. `text`, `id` and `published` name its columns. What is returned offers that
    interface too: a row for each finding, with the columns `row`, `id`, `rule`, `severity`, `message`, `start`,
    `end`, `text`, `steps` and `computed`. `row` counts the rows of `texts` from 0; `start` and `end` count
    characters. It reads a batch when one is asked for, so memory holds one of each.

    A row without a text has no findings. What is wrong with one row, a fault of the program too, is a finding of
    that row, `unreadable-file` or `internal-error`.

    >>> import pyarrow as pa
    >>> story = "The grant is $290 million over four years, or $82.5 million a year."
    >>> found = pa.table(check_batches(pa.table({"text": ["Nothing.", story]})))
    >>> found.column("row").to_pylist(), found.column("text").to_pylist()
    ([1], ['$82.5 million a year'])
    """
    checks = _check(rules, select, ignore, preview)
    return checks.batches(texts, text, id, published, jobs)
