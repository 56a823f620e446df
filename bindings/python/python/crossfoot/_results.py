"""What a check and an extraction come to. All of it is plain and frozen; `to_dict()` makes dictionaries of it."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, overload


class _Result:
    """What all results can do."""

    def to_dict(self) -> dict[str, Any]:
        """The same as a dictionary of plain values."""
        return asdict(self)  # type: ignore[call-overload, no-any-return]


@dataclass(frozen=True, slots=True)
class Location(_Result):
    """A place in a text: characters from `start` up to `end`, and line and column, which begin at 1."""

    start: int
    end: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Label(_Result):
    """A figure that takes part: where it stands, and the part it plays or the figure as written."""

    location: Location
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion(_Result):
    """What the words at a place would have to read for the other figures to stand."""

    location: Location
    text: str


@dataclass(frozen=True, slots=True)
class Finding(_Result):
    """Figures that cannot all be true, or something else that there is to say."""

    rule: str
    #: "error", "warning" or "note".
    severity: str
    message: str
    location: Location
    related: tuple[Label, ...]
    #: The arithmetic, a step each.
    steps: tuple[str, ...]
    #: What the other figures come to.
    computed: str | None
    suggestions: tuple[Suggestion, ...]
    help: str | None
    #: The same for the same finding, wherever in the text it stands.
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Relation(_Result):
    """Figures that were looked at together."""

    rule: str
    #: "holds", "holds loosely", "contradicts" or "unknown".
    verdict: str
    figures: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Summary(_Result):
    """How much was checked. Where nothing was compared, it means nothing that nothing was found."""

    figures: int
    compared: int
    figures_compared: int
    errors: int
    warnings: int
    notes: int


@dataclass(frozen=True, slots=True)
class Report(_Result):
    """What there is to say of a text."""

    name: str
    text: str
    findings: tuple[Finding, ...]
    relations: tuple[Relation, ...]
    summary: Summary

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.findings)

    def _repr_html_(self) -> str:
        """The text with its findings, for a notebook."""
        marks = [(finding.location, finding) for finding in self.findings]
        marks.sort(key=lambda mark: (mark[0].start, mark[0].end))
        parts, at = [], 0
        for place, finding in marks:
            if place.start < at or place.end <= place.start:
                continue
            title = html.escape(finding.message, quote=True)
            parts.append(html.escape(self.text[at : place.start]))
            words = html.escape(self.text[place.start : place.end])
            parts.append(f'<mark title="{title}">{words}</mark>')
            at = place.end
        parts.append(html.escape(self.text[at:]))
        told = "".join(
            f"<li><b>{html.escape(one.severity)}</b> {html.escape(one.message)} "
            f"<code>{html.escape(one.rule)}</code></li>"
            for one in self.findings
        )
        told = f"<ul>{told}</ul>" if told else "<p>nothing found</p>"
        return f'<div style="white-space: pre-wrap">{"".join(parts)}</div>{told}'


@dataclass(frozen=True, slots=True)
class Mention(_Result):
    """A figure or a date. Numbers are decimal strings, exact; days are ISO 8601."""

    location: Location
    text: str
    #: "money", "percent", "date" and so on.
    kind: str
    #: "exact", "about", "more" or "less".
    hedge: str
    #: The number as stated; a range has `low` and `high` only.
    value: str | None = None
    #: The least number that an honest writer would print so, and the greatest.
    low: str | None = None
    high: str | None = None
    #: ISO 4217 code of money, else the unit's English name.
    unit: str | None = None
    per: str | None = None
    counted: str | None = None
    start_date: str | None = None
    end_date: str | None = None


@dataclass(frozen=True, slots=True)
class Mentions(_Result, Sequence[Mention]):
    """The figures and dates of a text, in order."""

    name: str
    text: str
    all: tuple[Mention, ...]

    @overload
    def __getitem__(self, at: int) -> Mention: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Mention]: ...
    def __getitem__(self, at: int | slice) -> Mention | Sequence[Mention]:
        return self.all[at]

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[Mention]:
        return iter(self.all)

    def _repr_html_(self) -> str:
        """A table of them, for a notebook."""
        names = ("text", "kind", "value", "low", "high", "unit", "counted", "start_date", "end_date")
        head = "".join(f"<th>{name.replace('_', ' ')}</th>" for name in names)
        rows = "".join(
            f"<tr>{''.join(_cell(getattr(one, name)) for name in names)}</tr>" for one in self.all
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(value: str | None) -> str:
    return f"<td>{html.escape(value or '')}</td>"


def characters(text: str) -> Callable[[int], int]:
    """What turns bytes of UTF-8 into characters of a text."""
    if text.isascii():
        return lambda byte: byte
    encoded = text.encode()
    return lambda byte: len(encoded[:byte].decode(errors="ignore"))


def locator(text: str) -> Callable[[dict[str, Any]], Location]:
    """What makes places of those in JSON."""
    to_character = characters(text)

    def located(place: dict[str, Any]) -> Location:
        start, end = to_character(place["start"]), to_character(place["end"])
        line, column = place.get("line"), place.get("column")
        if line is None or column is None:
            line = text.count("\n", 0, start) + 1
            column = start - (text.rfind("\n", 0, start) + 1) + 1
        return Location(start, end, line, column)

    return located


def report_of(name: str, text: str, told: dict[str, Any]) -> Report:
    """A report of one in JSON."""
    located = locator(text)

    def label(one: dict[str, Any]) -> Label:
        return Label(located(one), one["text"])

    def finding(one: dict[str, Any]) -> Finding:
        return Finding(
            rule=one["rule"],
            severity=one["severity"],
            message=one["message"],
            location=located(one["location"]),
            related=tuple(map(label, one["related"])),
            steps=tuple(one["steps"]),
            computed=one["computed"],
            suggestions=tuple(
                Suggestion(located(each["location"]), each["text"]) for each in one["suggestions"]
            ),
            help=one["help"],
            fingerprint=one["fingerprint"],
        )

    def relation(one: dict[str, Any]) -> Relation:
        figures: list[Label] = []
        for role in one["roles"].values():
            figures.extend(map(label, role if isinstance(role, list) else [role]))
        return Relation(one["rule"], one["verdict"], tuple(figures))

    return Report(
        name=name,
        text=text,
        findings=tuple(map(finding, told["findings"])),
        relations=tuple(map(relation, told["relations"])),
        summary=Summary(**told["summary"]),
    )


def mentions_of(name: str, text: str, told: list[dict[str, Any]]) -> Mentions:
    """Mentions of those in JSON."""
    located = locator(text)
    known = Mention.__dataclass_fields__

    def mention(one: dict[str, Any]) -> Mention:
        others = {key: value for key, value in one.items() if key in known}
        return Mention(location=located(one), **others)

    return Mentions(name, text, tuple(map(mention, told)))
