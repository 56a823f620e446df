"""What the package rests on; use the names of `crossfoot` instead."""

from typing import Any

__version__: str

class Rules:
    def __init__(self, files: list[tuple[str, str]] | None = None) -> None: ...
    def ids(self) -> list[str]: ...

class Check:
    def __init__(
        self, rules: Rules | None, select: list[str], ignore: list[str], preview: bool
    ) -> None: ...
    def report(self, name: str, text: str, published: str | None) -> str: ...
    def mentions(self, name: str, text: str, published: str | None) -> str: ...
    def batches(
        self,
        texts: Any,
        text: str,
        id: str | None,
        published: str | None,
        jobs: int | None,
    ) -> Any: ...

def command(arguments: list[str], program: str) -> int: ...
