#!/usr/bin/env python3
"""Writes the character references of HTML by name, `src/document/html/references.txt`: each name without its `&`, with
the characters that it stands for as hexadecimal numbers, sorted by the bytes of the name.

    python3 benches/references.py

Python's `html.entities.html5` is the table of the HTML standard (section 13.5), which never changes.
"""

import html.entities
import pathlib

TABLE = pathlib.Path(__file__).parent.parent / "src/document/html/references.txt"


def main():
    lines = []
    for name, characters in sorted(html.entities.html5.items(), key=lambda entry: entry[0].encode()):
        lines.append(f"{name} {' '.join(f'{ord(one):X}' for one in characters)}\n")
    TABLE.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
