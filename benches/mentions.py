#!/usr/bin/env python3
"""Scores `crossfoot extract` on public cases for figures and dates, with the scorer beside them.

    cargo build --release
    python3 benches/mentions.py --binary target/release/crossfoot --cases ../shared/mentions

Named sets are scored alone: `… currency datetime`. `--errors N` prints the first N
texts that are wrong; `--show SET` prints every case of a set with what was read
beside it, for reading.

A set with declined cases has two lines: all its cases, and those that prose would
say. What is declined, and why, stands in DECLINED and is counted below the table;
errors are those of the last line of a set.
"""

import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

import recognizers

SETS = ["currency", "number", "number_range", "percent", "dimension", "age", "temperature",
        "quantulum", "datetime"]
NUMBERS = {"number", "number_range"}

def is_equality(row):
    return any("low" in gold and gold["low"] == gold["high"] for gold in row["mentions"])


# Conventions of the sets that news prose does not follow: a reason, and a pattern or
# a predicate that tells the cases. Only what prose would never say belongs here; what
# is merely hard, rare, ungrammatical or informal does not. A case without anything to
# find is never declined: there it is right to read nothing.
DECLINED = {
    "datetime": [
        ("digits of an address, a file name or a code", r"www\.|\.xlsx|\b\d{8}\b|^-[\d-]+-$"),
        ("a single letter for a unit, as in \"10D\"", r"\b\d+[DWY]\b"),
        ("a month's name between slashes, or the year between day and month",
         r"[A-Za-z]{3}/\d|\d/[A-Za-z]{3}|\d{4}-[a-z]{3}-\d|\d-\d{4}-[A-Z]|[a-z]-\d{4}-\d"),
        ("operators, and questions to a database", r"[<=>]|\bgreater\b"),
        ("day and month as bare numbers around a dash or a dot, or after \"this\" or \"next\"",
         r"\bfrom \d+-\d+ in\b|\b\d\.\d\d?\b|\bFriday \d-\d|\b(?:this|next) (?:\w+day )?\d+/\d+"),
        ("abbreviations of chats", r"\b(?:EOY|tmrw|otd)\b"),
        ("the year of \"partner of the year\", taken for a date", r"\bpartner of the \w+\.$"),
        ("\"the year before\" something, taken for the year of writing", r"\bthe year before\b"),
        # Read otherwise on purpose: docs/mentions.md says why.
        ("\"the next three days\" as dates; here a length of time, as in TimeML",
         r"(?i)\b(?:next|last|past|previous|coming|upcoming|following|within)(?: next| couple)?"
         r" (?:\d+|[a-z]+) ?(?:business |next |past |previous |upcoming )?"
         r"(?:day|week|month|quarter|year|decade|fortnight)s\b"
         r"|\b\d+ (?:next|past|previous|upcoming) (?:day|week|month|year)s\b"
         r"|\b(?:next|past|coming) (?:quarter|fortnight)\b"),
        ("a part of a year, a month or a week with an edge: early, late, the end of",
         r"(?i)\b(?:early|late|later|earlier|mid|middle|beginning|start|end|remaining)(?: of| in)?"
         r"[ -](?:the |this |previous )?(?:\d{4}|year|month|week|[A-Z]?[a-z]+ber|march|september)\b"),
        ("\"in two weeks\" as a day; in a story of the past a length of time",
         r"\bin (?:a|\d+|two|three) (?:day|week|month|year|fortnight)s?\b"),
        ("month and day as bare numbers with a slash: a fraction as well",
         r"(?<![/\d])\d\d?/\d\d?(?![/\d])"),
        ("\"next Friday\" as the Friday of next week; here the next one",
         r"(?i)\b(?:next|last|previous|following) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b"),
        ("months and weeks ago to the day; here at the precision of the word",
         r"\b(?:month|months|weeks|fortnight) (?:ago|later)\b"),
        ("a weekday with the bare day of a month", r"(?i)\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
         r"(?:,| the)? (?:\d\d?(?:th)?|thirty first|eleventh)\b(?! (?:days|weeks))"),
        ("\"the week\", \"the day before\", \"now\": counted from something else",
         r"(?i)\b(?:for|in|all|the) (?:the )?(?:day|week|month|year|fortnight|hour|weekend)\b(?! of)"
         r"|\bnow\b|\bto date\b|\bcurrent date\b|\bmom weekend\b"),
        ("nights and weekends as units", r"\b(?:nights?|weekends)\b"),
        ("working weeks, numbered weeks, week 31", r"(?i)\bwork(?:ing )?week\b|\bweek \d"),
    ],
    "percent": [
        ("\"percent of 10\" for 10 percent", r"(?i)^\s*per ?cents? of \w+"),
    ],
    "quantulum": [
        ("a year as a number; here a date", lambda row: any(
            1900 <= (gold.get("value") or 0) < 2100 for gold in row["mentions"])),
        ("exponents", r"\d[eE]-?\d|x10|×10|\^\d"),
        ("\"a gallon\", \"a penny\" as one", r"\b(?:a gallon|a penny|dozen)\b"),
        ("brackets of accounts for a minus", r"\(\$"),
    ],
    "number": [
        ("powers and exponents", r"\d[e^]|x10\^"),
        ("division in words, as in \"one over 20\"", r"\b(?:one|\d+) over (?:\d+$|[a-z])"),
        ("improper or unheard-of fractions in words, as in \"ninety - five hundred fifths\"",
         r"(?<!^one )(?:twenty|thirty|hundred|thousand)[ -](?:(?:one|two|three|and) )?fifths?\b"
         r"|\btwenty[ -]firsts?$|\bhundred (?:thousand )?trillionths"),
        ("G for thousand million", r"\d ?G\b"),
        ("the numbers inside a date, an address, a telephone number or a code",
         r"\d/\d+/\d|\d\.\d+\.\d+\.\d|\+1-222|\b423 0000\b|SCP-|\{kg"),
        ("a sign that stands apart from its number", r"^- \d"),
    ],
    "number_range": [
        ("operators", r"[<>]"),
        ("a single number as a range, as in \"equal to 5000\"", is_equality),
        ("\"or equal\" and \"or more than\" with nothing after them",
         r"\bor (?:greater|more) than(?:$| 190)|\bor equal(?: to)?(?: it)?$"),
    ],
}

# Names of currencies that score.py does not know, and coins that it knows only as
# cents. They are respelt in the gold, so that an ISO code can meet them.
CURRENCIES = {
    "pound": "GBP", "finnish markka": "FIM", "peseta": "ESP", "netherlands guilder": "NLG",
    "bitcoin": "BTC", "pence": "cent",
}

# score.py takes the last letter of "degree celsius" for a plural, but not of its alias.
RESPELT = {"degree celsius": "celsius"}


def read_set(name, folder):
    """The rows of a set, and what there is to say about how it was made."""
    if name == "datetime":
        return recognizers.read(os.path.join(folder, "datetime.json"))
    with open(os.path.join(folder, name + ".jsonl"), encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    for row in rows:
        for gold in row["mentions"]:
            names = CURRENCIES if name == "currency" else RESPELT
            gold["unit"] = names.get(gold["unit"], gold["unit"])
    return rows, {}


def why_declined(name, row):
    if not row["mentions"]:
        return None
    for reason, test in DECLINED.get(name, []):
        if test(row) if callable(test) else re.search(test, row["text"]):
            return reason
    return None


def write_lines(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def extract(binary, rows, folder):
    """What the binary finds, as a list of mentions for each id."""
    path = os.path.join(folder, "input.jsonl")
    documents = [{"id": row["id"], "text": row["text"]}
                 | ({"published": row["dct"]} if row["dct"] else {}) for row in rows]
    write_lines(path, documents)
    done = subprocess.run([binary, "extract", "--format", "jsonl", path],
                          capture_output=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit(f"{binary} extract ended with {done.returncode}\n{done.stderr}")
    found = {}
    for line in done.stdout.splitlines():
        document = json.loads(line)
        found[document["id"]] = document["mentions"]
    if missing := [row["id"] for row in rows if row["id"] not in found]:
        sys.exit(f"{len(missing)} documents without an answer, the first {missing[0]}")
    return found


def characters(text):
    """The offset in characters for every offset in bytes at which a character starts."""
    places, at = {}, 0
    for index, char in enumerate(text):
        places[at] = index
        at += len(char.encode())
    places[at] = len(text)
    return places


def number(text):
    return None if text is None else float(text)


def overlaps(a, b):
    return min(a["end"], b["end"]) > max(a["start"], b["start"])


def values(name, found):
    """The fields of a prediction that score.py compares as its value."""
    if found.get("start_date") or found.get("end_date"):
        return {"low": found.get("start_date"), "high": found.get("end_date")}
    if found.get("from") is not None or found.get("to") is not None:
        low, high = number(found.get("from")), number(found.get("to"))
        if low is not None and high is not None:
            low, high = min(low, high), max(low, high)
        return {"low": low, "high": high}
    if name == "number_range" and found.get("hedge") in ("more", "less"):
        low, high = number(found["low"]), number(found["high"])
        # The set has no lower end for "fewer than a thousand"; nothing counts below zero.
        return {"low": None if found["hedge"] == "less" and low == 0 else low, "high": high}
    return {"value": number(found.get("value"))}


def kind(name, found):
    """The kind as score.py names it.

    The number sets annotate the figure of "$20", "3 years" and "the tenth" as a number.
    """
    is_range = "from" in found and found["from"] is not None
    if name in NUMBERS and (found["kind"] in ("money", "duration")
                            or found["kind"] == "ordinal" and is_range):
        return "number"
    return {"multiple": "multiplier"}.get(found["kind"], found["kind"])


def unit(name, row, found):
    """The unit as score.py names it, with what it is per where the text's gold has that too."""
    if name in NUMBERS:
        return ""
    stated = found.get("unit") or ("percent" if found["kind"] == "percent" else "")
    stated = RESPELT.get(stated, stated)
    compound = any(" per " in (gold.get("unit") or "") for gold in row["mentions"])
    if compound and found.get("per"):
        # "Four times per week" is a count per week for the one set that has it.
        return f"{'count' if stated in ('', 'time') else stated} per {found['per']}"
    return stated


def prediction(name, row, places, found):
    if found["start"] not in places or found["end"] not in places:
        sys.exit(f"{row['id']}: no characters from byte {found['start']} to byte {found['end']}")
    return {
        "start": places[found["start"]],
        "end": places[found["end"]],
        "kind": kind(name, found),
        "unit": unit(name, row, found),
        "hedge": found.get("hedge") or "exact",
    } | values(name, found)


def is_annotated(name, row, predicted):
    """Whether the set would annotate such a mention at all.

    Ranges only in number_range: a single number there counts where the gold has something.
    """
    if name != "number_range":
        return True
    is_range = "low" in predicted or predicted["hedge"] in ("more", "less")
    return is_range or any(overlaps(gold, predicted) for gold in row["mentions"])


def predict(name, rows, found):
    """The predictions for each row, in the form of score.py."""
    out = []
    for row in rows:
        places = characters(row["text"])
        predicted = [prediction(name, row, places, mention) for mention in found[row["id"]]]
        out.append([p for p in predicted if is_annotated(name, row, p)])
    return out


def score(folder, work, rows, predictions, errors):
    """The result of score.py, and the errors it prints."""
    seen = collections.Counter()
    gold, pred = [], []
    for row, mentions in zip(rows, predictions):
        # score.py joins lines on their text, and some texts stand twice with another "today".
        text = row["text"] + "\n" * seen[row["text"]]
        seen[row["text"]] += 1
        gold.append(row | {"text": text})
        pred.append({"text": text, "mentions": mentions})
    paths = os.path.join(work, "gold.jsonl"), os.path.join(work, "pred.jsonl")
    write_lines(paths[0], gold)
    write_lines(paths[1], pred)
    command = [sys.executable, os.path.join(folder, "score.py"), *paths, "--json", "--errors", str(errors)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    *printed, result = done.stdout.splitlines()
    return json.loads(result), printed


def show(name, rows, predictions):
    """Prints each case with its gold on the left and what was read on the right."""
    def describe(text, mention):
        ends = [mention.get("low"), mention.get("high")] if "low" in mention or "high" in mention \
            else [mention.get("value")]
        value = "..".join("" if end is None else f"{end:.12g}" if isinstance(end, float) else str(end)
                          for end in ends)
        words = text[mention["start"]:mention["end"]]
        vague = "(vague)" if mention.get("vague") else ""
        parts = repr(words), mention["kind"], value, mention.get("unit"), vague
        return " ".join(part for part in parts if part)

    for row, mentions in zip(rows, predictions):
        declined = why_declined(name, row)
        head = f"{row['id']} {row['dct'] or ''}" + (f"   declined: {declined}" if declined else "")
        print(head, row["text"], sep="\n")
        left = [describe(row["text"], gold) for gold in row["mentions"]]
        right = [describe(row["text"], p) for p in mentions if p["kind"] in row["kinds"]]
        for index in range(max(len(left), len(right))):
            sides = [side[index] if index < len(side) else "" for side in (left, right)]
            print(f"    {sides[0]:60} | {sides[1]}".rstrip())


def table_line(title, result):
    cells = [f"{title:24} {result['gold']:5} {result['pred']:5}"]
    for column in ("span", "value", "value+unit"):
        cells.append("{:5.1f} {:5.1f} {:5.1f}".format(*result.get(column, [0, 0, 0])))
    return "   ".join(cells)


def table_head():
    columns = ("span P/R/F1", "value P/R/F1", "value+unit P/R/F1")
    cells = [f"{'set':24} {'gold':>5} {'pred':>5}"] + [f"{column:17}" for column in columns]
    return "   ".join(cells).rstrip()


def measure(name, options, work):
    """The lines of the table for a set, the errors, and the notes on what was left out."""
    rows, counts = read_set(name, options.cases)
    predictions = predict(name, rows, extract(options.binary, rows, work))
    if name == "datetime":
        rows = [recognizers.settle(row, mentions) for row, mentions in zip(rows, predictions)]
    if name == options.show:
        show(name, rows, predictions)
    reasons = [why_declined(name, row) for row in rows]
    subsets = [(name, [True] * len(rows))]
    if any(reasons):
        subsets.append(("  without the declined", [not reason for reason in reasons]))
    lines, errors = [], []
    for title, keep in subsets:
        kept = [pair for pair, is_kept in zip(zip(rows, predictions), keep) if is_kept]
        result, errors = score(options.cases, work, *zip(*kept), options.errors)
        lines.append(table_line(title, result))
    notes = [f"{name}: {count} {sort}" for sort, count in sorted(counts.items())]
    notes.append(f"{name}: {len(rows)} cases, {sum(map(bool, reasons))} declined")
    notes += [f"{name}: {count} declined, {reason}"
              for reason, count in collections.Counter(filter(None, reasons)).items()]
    return lines, [f"== {name}"] + errors if errors else [], notes


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default="target/release/crossfoot")
    parser.add_argument("--cases", default="../shared/mentions", help="folder of the cases and of score.py")
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    parser.add_argument("--show", choices=SETS, metavar="SET")
    parser.add_argument("sets", nargs="*", metavar="SET")
    options = parser.parse_args()
    names = options.sets or ([options.show] if options.show else SETS)
    if unknown := set(names) - set(SETS):
        parser.error(f"no set named {', '.join(sorted(unknown))}; there are {', '.join(SETS)}")
    lines, errors, notes = [], [], []
    for name in names:
        with tempfile.TemporaryDirectory() as work:
            for whole, part in zip((lines, errors, notes), measure(name, options, work)):
                whole += part
    print(table_head(), *lines, "", *notes, *errors, sep="\n")


if __name__ == "__main__":
    main()
