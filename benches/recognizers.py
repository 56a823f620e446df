"""Turns the DateTimeModel spec of Recognizers-Text into gold lines for score.py.

Conventions, where the spec and prose part:

* Only date, daterange and duration are kept. A case with a result of any other
  type is left out whole, and so is a case with a result that the spec does not
  resolve (February 30, a season, a school year), or that belongs to a mode of the
  library other than its default.
* A daterange of the spec ends on the first day after it: 2016-09 is 2016-09-01 to
  2016-10-01. Its last day here is the day before. That holds for years, months,
  weeks, weekends, decades, quarters, and for "the next 3 days" (timex
  (2016-11-08,2016-11-11,P3D)).
* A range that names both of its ends (timex (A,B,PnU), and a word or a dash
  between the ends) ends in the spec on the first day of the end that is named.
  Here it ends on the last day of that end, whose precision is the unit U:
  "May 2 to May 9" (PnD) ends on 9 May, "from March to May" (PnM) on 31 May,
  "2014-2018" (PnY) on 31 December 2018, "q1 2017 to q1 2018" on 31 March. Where
  the end is "the end of June", the spec gives 1 July, and the last day is the one
  before.
* A range that is open on one side is the date it names, with the bound left
  aside: "since 1993" and "before 1993" are the year 1993. It is read from the
  timex where that is whole; in "after Feb" (timex XXXX-02) the spec's start, 1
  March, is the day after what is named. A bound on a part ("since late July") is
  vague: the spec gives one end only of a part of its own choosing.
* "A few hours" (3 for the spec), "to date" and "that weekend", which the spec
  calls undefined, are vague as well: neither required nor punished.
* Where the spec has a past and a future reading, either is right.
"""

import calendar
import collections
import datetime
import json
import re

KINDS = {"date": "date", "daterange": "date-range", "duration": "duration"}
BOUNDS = {"since", "after", "before", "until"}
VAGUE_MODS = {"ref_undef", "after-mid", "after-start", "before-end", "before-start", "since-end",
              "before-approx", "after-approx"}
VAGUE_WORDS = re.compile(r"\b(?:few|several|some)\b")
UNITS = [("Y", "year"), ("M", "month"), ("WE", "weekend"), ("W", "week"), ("D", "day"),
         ("H", "hour"), ("M", "minute"), ("S", "second")]
SECONDS = {"week": 604800, "day": 86400, "hour": 3600, "minute": 60, "second": 1}
MONTHS = {"year": 12, "month": 1}
ONE_DAY = datetime.timedelta(days=1)

# What stands between the two ends of a range; "and" only after "between".
JOINT = re.compile(r"\s(?:to|through|till|until)\s|\s*[-–~]\s*|(?<=\s)and\s")
QUARTER = re.compile(r"\b\d{4}[- ](?=[qh]\d)|(?<=\b[qh]\d)[- ]\d{4}\b")


def day(iso):
    return datetime.date.fromisoformat(iso)


def end_of_month(date):
    return date.replace(day=calendar.monthrange(date.year, date.month)[1])


def tail(text):
    """The second of two ends that a range names, or None."""
    text = QUARTER.sub("", text.lower())
    joints = [joint for joint in JOINT.finditer(text)
              if "and" not in joint[0] or text.startswith("between ")]
    return text[joints[-1].end():] if joints else None


def last_day(text, value):
    """The last day of a range that has two ends."""
    end = day(value["end"])
    period = re.search(r",P[\d.]+([YMWD])\)$", value["timex"])
    second = tail(text) if period else None
    if second is None or re.search(r"\b(?:start|beginning|middle|end) of\b", second):
        return end - ONE_DAY
    if period[1] == "Y":
        return end.replace(month=12, day=31)
    if period[1] == "M":
        months = 2 if re.search(r"\bq\d|quarter", second) else 0
        return end_of_month(end.replace(month=end.month + months))
    return end


def whole(timex):
    """The first and last day of a timex in which nothing is left open, or None."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", timex):
        return day(timex), day(timex)
    if re.fullmatch(r"\d{4}", timex):
        return day(timex + "-01-01"), day(timex + "-12-31")
    if re.fullmatch(r"\d{4}-\d\d", timex):
        return day(timex + "-01"), end_of_month(day(timex + "-01"))
    if week := re.fullmatch(r"(\d{4})-W(\d\d)", timex):
        first = datetime.date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return first, first + 6 * ONE_DAY
    if pair := re.fullmatch(r"\((\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d),\w+\)", timex):
        return day(pair[1]), day(pair[2]) - ONE_DAY
    return None


def named(value):
    """The first and last day of the date that an open range names."""
    if days := whole(value["timex"]):
        return days
    edge = day(value.get("start") or value["end"])
    if re.fullmatch(r"XXXX-\d\d-\d\d", value["timex"]):
        return edge, edge
    assert re.fullmatch(r"XXXX-\d\d", value["timex"]), value
    if value["Mod"] == "after":
        edge -= ONE_DAY
    return edge.replace(day=1), end_of_month(edge)


def amount(timex):
    """Number and unit of a duration: P3M is 3 month, PT1H30M is 1.5 hour."""
    number = r"(?:([\d.]+)%s)?"
    pattern = "P" + "".join(number % mark for mark, _ in UNITS[:5]) + "(?:T" + \
        "".join(number % mark for mark, _ in UNITS[5:]) + ")?"
    counts = re.fullmatch(pattern, timex).groups()
    parts = [(float(n), unit) for n, (_, unit) in zip(counts, UNITS) if n]
    number, first = parts[0]
    scale = MONTHS if first in MONTHS else SECONDS
    for n, unit in parts[1:]:
        number += n * scale[unit] / scale[first]
    return {"value": number, "unit": first}


def reading(kind, text, value):
    """One of the readings of a result, as a part of a gold mention."""
    if kind == "duration":
        return amount(value["timex"])
    if kind == "date":
        days = day(value["value"]), day(value["value"])
    elif value.get("Mod") in BOUNDS:
        days = named(value)
    else:
        days = day(value["start"]), last_day(text, value)
    return {"low": days[0].isoformat(), "high": days[1].isoformat()}


def is_vague(text, value):
    return (value.get("Mod") in VAGUE_MODS or value["timex"] == "PRESENT_REF"
            or value["type"] == "duration" and bool(VAGUE_WORDS.search(text)))


def mention(result):
    """A gold mention with all its readings, the past one first; without any if unresolved."""
    kind = type_of(result)
    values = [value for value in result["Resolution"]["values"] if value.get("value") != "not resolved"]
    vague = any(is_vague(result["Text"], value) for value in values)
    return {
        "start": result["Start"],
        "end": result["End"] + 1,
        "kind": KINDS[kind],
        "vague": vague,
        "readings": [{}] if vague else [reading(kind, result["Text"], value) for value in values],
    }


def type_of(result):
    # One case of the spec spells the key otherwise.
    return (result.get("TypeName") or result["Typename"]).rpartition(".")[2]


def left_out(case):
    """Why a case is left out, or None."""
    types = {type_of(result) for result in case["Results"]}
    if types - KINDS.keys():
        return "with other types as well" if types & KINDS.keys() else "of other types only"
    if "Only supported in" in case.get("Comment", ""):
        return "of another mode"
    if any(not mention(result)["readings"] for result in case["Results"]):
        return "not resolved"
    return None


def read(path):
    """The cases that are kept as rows, and how many were kept and left out, by sort."""
    with open(path, encoding="utf-8-sig") as file:
        cases = json.load(file)
    rows, counts = [], collections.Counter()
    for number, case in enumerate(cases):
        if why := left_out(case):
            counts["left out, " + why] += 1
            continue
        row = {
            "id": f"DateTimeModel.json#{number}",
            "text": case["Input"],
            "dct": ((case.get("Context") or {}).get("ReferenceDateTime") or "")[:10] or None,
            "spans": True,
            "values": True,
            "kinds": list(KINDS.values()),
            "mentions": [mention(result) for result in case["Results"]],
        }
        types = sorted({gold["kind"] for gold in row["mentions"]})
        counts["kept, " + (" and ".join(types) or "nothing to find")] += 1
        rows.append(row)
    return rows, counts


def settle(row, predictions):
    """The row with one reading a mention: the one that is predicted, else the past one."""
    mentions = []
    for gold in row["mentions"]:
        seen = [(p.get("low"), p.get("high")) for p in predictions
                if min(gold["end"], p["end"]) > max(gold["start"], p["start"])]
        readings = gold["readings"]
        chosen = next((r for r in readings if "low" in r and (r["low"], r["high"]) in seen), readings[0])
        mentions.append({k: v for k, v in gold.items() if k != "readings"} | chosen)
    return row | {"mentions": mentions}
