#!/usr/bin/env python3
"""Compares the units of the lexicon with those of GNU units.

Run by hand, from the top of the repository, with Debian's package `units`:

    apt-get install units
    python3 benches/units.py

Every unit of rules/lexicon/units.toml is given as an expression of GNU units (EXPRESSIONS, else its
name), and every word and sign for it is looked up there by itself, by its spelling. Both are worked
out from /usr/share/units/definitions.units as fractions, so that what is compared is exact. The
program `units`, where it is installed, works the same expressions out again, to twelve digits: that
checks how this script reads the file. Words that mean another unit there are in OTHER_MEANING.

The exit status is 1 where a difference is not explained, or an explanation is out of date.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tomllib
from fractions import Fraction

FILE = "/usr/share/units/definitions.units"
LEXICON = "rules/lexicon"

# The base units of the lexicon, by the base of dimensions.toml.
BASES = {
    "length": "m",
    "mass": "kg",
    "clock": "s",
    "calendar": "month",
    "temperature": "K",
    "current": "A",
    "luminosity": "cd",
    "information": "byte",
    "angle": "degree",
    "amount": "mol",
}

# Units whose name is not theirs in GNU units.
EXPRESSIONS = {
    "acre": "intacre",
    "acre foot": "intacre foot",
    "astronomical unit": "149597870700 m",
    "barrel": "42 usgallon",
    "barrel of oil equivalent": "5.8e6 btu_IT",
    "barrel of oil equivalent per day": "5.8e6 btu_IT / day",
    "barrel per day": "42 usgallon / day",
    "bcf": "1e9 ft^3",
    "bcf per day": "1e9 ft^3 / day",
    "bcm": "1e9 m^3",
    "beat per minute": "1 / minute",
    "board foot": "1|12 ft^3",
    "british thermal unit": "btu_IT",
    "british thermal unit per hour": "btu_IT / hour",
    "bushel": "usbushel",
    "calorie": "kilocal_th",
    "candela per square meter": "cd / m^2",
    "cup": "uscup",
    "deadweight ton": "tonne",
    "decare": "10 are",
    "degree celsius": "K",
    "degree fahrenheit": "degF",
    "degree rankine": "degR",
    "dot per inch": "1 / inch",
    "dunam": "1000 m^2",
    "fluid ounce": "usfluidounce",
    "foot pound": "foot lbf",
    "frame per second": "1 / s",
    "gallon": "usgallon",
    "gallon per minute": "usgallon / minute",
    "gigaton": "gigatonne",
    "gill": "usgill",
    "hundredweight": "ushundredweight",
    "imperial bushel": "brbushel",
    "imperial fluid ounce": "brfluidounce",
    "imperial gallon": "brgallon",
    "imperial pint": "brpint",
    "imperial quart": "brquart",
    "inch of mercury": "inch Hg",
    "inch pound": "inch lbf",
    "kilogram force meter": "kgf m",
    "kilopound per square inch": "1000 lbf / inch^2",
    "kiloton": "kilotonne",
    "kiloton of tnt": "1000 ton tnt",
    "ktoe": "1000 toe",
    "light hour": "c hour",
    "light minute": "c minute",
    "light second": "c s",
    "light year": "c julianyear",
    "long hundredweight": "brhundredweight",
    "long ton": "brton",
    "mcf": "1e3 ft^3",
    "mcm": "1e6 m^3",
    "megaton": "megatonne",
    "megaton of tnt": "1e6 ton tnt",
    "metric horsepower": "75 kgf m / s",
    "metric ton": "tonne",
    "mile per gallon": "mile / usgallon",
    "millimeter of mercury": "mm Hg",
    "million barrel per day": "42e6 usgallon / day",
    "minute of arc": "arcminute",
    "mmbtu": "1e6 btu_IT",
    "mmcf": "1e6 ft^3",
    "mtoe": "1e6 toe",
    "part per million": "1e-6",
    "part per billion": "1e-9",
    "part per trillion": "1e-12",
    "peck": "uspeck",
    "pint": "uspint",
    "pound": "lb",
    "pound foot": "lbf foot",
    "pound force": "lbf",
    "pound per square inch": "lbf / inch^2",
    "quart": "usquart",
    "quarter": "1|4 year",
    "quintal": "100 kg",
    "rai": "1600 m^2",
    "revolution per minute": "1 / minute",
    "second of arc": "arcsecond",
    "small calorie": "cal_th",
    "standard gravity": "gravity",
    "tablespoon": "ustablespoon",
    "tcf": "1e12 ft^3",
    "teaspoon": "usteaspoon",
    "therm": "1e5 btu_IT",
    "ton": "2000 lb",
    "ton of oil equivalent": "toe",
    "ton of refrigeration": "12000 btu_IT / hour",
    "ton of tnt": "ton tnt",
    "troy ounce": "troyounce",
    "troy pound": "troypound",
}

# Words and signs that are another unit in GNU units, or that it takes apart otherwise: the reasons.
OTHER_MEANING = {
    "h is the hour here, Planck's constant there": ["h", "km/h", "km/H", "mi/h"],
    "b is the bit here, the barn there": ["b/s", "Gb", "Gb/s", "kb", "kb/s", "Mb", "Mb/s", "Tb", "Tb/s"],
    "b is the barrel here, the barn there": ["b/d", "mb/d", "mmb/d", "MMb/d"],
    "the level here, a tenth of a byte there": ["dB"],
    "a ton of TNT is 10^9 small calories, whatever the ton": [
        "kilotonne tnt", "kilotonnes tnt", "megatonne tnt", "megatonnes tnt", "tonne tnt", "tonnes tnt",
    ],
    "a thousand pounds of force here, of mass there": [
        "kilopound per square inch", "kilopounds per square inch",
    ],
    "knots here, kilotonnes there": ["kts"],
    "calories of a gram of water here, grams times calories there": ["gram calorie", "gram calories"],
    "one name here, a product there": ["standard gravity"],
    "the calorie of prose is the food calorie, 1000 of those there": ["calorie", "calories", "cal", "cals"],
    "C and F are degrees here, coulomb and farad there": [
        "C", "F", "degree c", "degrees c", "deg c", "degree f", "degrees f", "deg f",
    ],
    "degrees Celsius here, hundredths of a grade of angle there": [
        "centigrade", "degree centigrade", "degrees centigrade", "deg centigrade",
    ],
    "feet and inches here, minutes and seconds of arc there": ["′", "″"],
    "a turn is one here, an angle there": [
        "revolution per minute", "revolutions per minute", "revolution a minute",
        "revolutions a minute", "revs per minute", "revs a minute", "rpm",
    ],
    "a beat is one here, 86.4 seconds there": [
        "beat per minute", "beats per minute", "beat a minute", "beats a minute",
    ],
    "frames per second here, feet per second there": ["fps"],
    "the knot here, the kilonewton there": ["kn"],
    "by deadweight here, the pennyweight there": ["dwt"],
    "100,000 International Table Btu here, the US therm of 105.4804 MJ there": ["therm", "therms"],
    "metric tons here, US short tons there": [
        "gigaton", "gigatons", "kiloton", "kilotons", "megaton", "megatons",
    ],
    "a name of the nautical mile here, 6000 feet there": ["sea mile", "sea miles"],
    "three months here, a weight there": ["quarter", "quarters"],
    "12 months here, 365 days there": ["calendar year", "calendar years"],
    "kilograms here, a prefix there": ["kilo", "kilos"],
    "the acceleration here, grams times force there": ["g force", "g forces"],
    "m is a thousand and mm a million here, prefixes of a thousandth there": [
        "mcf", "mmbtu", "mmbtus", "mmcf",
    ],
    "MM is a million here, the prefix mega twice there": ["MMbbl/d"],
    "a million cubic meters here, a thousand circular mils there": ["mcm"],
    "million in small letters here, a thousandth there": ["mbps", "mbit/s", "mtoe"],
    "taken for a prefix with another unit there": [
        "cuft", "db", "dB(A)", "dpi", "dunam", "dunams", "dunum", "dunums", "kmh",
        "kmph", "mah", "MMT", "MT", "ppi", "PS",
    ],
}

# Where the scale of a temperature begins, in degrees of it below 0.
OFFSETS = {
    "degree celsius": "stdtemp / K",
    "degree fahrenheit": "stdtemp / degF - 32",
}

# Units that cannot be compared: the reason.
NO_UNIT = {
    "decibel": "GNU units has levels as functions of a ratio, not as a unit",
    "twenty foot equivalent unit": "counted here; GNU units has TEU as the volume of the container",
}

# Words that are spelt otherwise in GNU units, or not by their parts.
SPELT = {
    "btus": "btu",
    "ghz": "GHz",
    "gwh": "GWh",
    "hz": "Hz",
    "khz": "kHz",
    "kwh": "kWh",
    "mhz": "MHz",
    "thz": "THz",
    "twh": "TWh",
}


class Unknown(Exception):
    """What GNU units does not know, or this script cannot work out."""


class Definitions:
    """The definitions of GNU units, each worked out when it is asked for: a fraction and exponents."""

    def __init__(self, path):
        self.units, self.prefixes, self.known, self.open = {}, {}, {}, set()
        settings, skipped = {}, []
        text = re.sub(r"\\\n", " ", open(path, encoding="utf-8").read())
        for line in text.splitlines():
            line = line.split("#", 1)[0].strip()
            if line.startswith("!"):
                words = line[1:].split()
                match words[0]:
                    case "set":
                        settings.setdefault(words[1], words[2])
                    case "var":
                        skipped.append(settings.get(words[1]) not in words[2:])
                    case "varnot":
                        skipped.append(settings.get(words[1]) in words[2:])
                    case "endvar":
                        skipped.pop()
                    case "locale":
                        skipped.append(words[1] != "en_US")
                    case "endlocale":
                        skipped.pop()
                continue
            name, value = (line.split(None, 1) + ["", ""])[:2]
            if any(skipped) or not value or "(" in name or "[" in name:
                continue
            if name.endswith("-"):
                self.prefixes[name[:-1]] = value
            else:
                self.units[name] = value
        self.by_length = sorted({len(prefix) for prefix in self.prefixes}, reverse=True)

    def of(self, name):
        """The value of a unit by its name, as the program looks names up."""
        if name not in self.known:
            if name in self.open or 200 < len(self.open):
                raise Unknown(f"{name} is defined by itself")
            self.open.add(name)
            try:
                self.known[name] = self.find(name)
            except Unknown as unknown:
                self.known[name] = unknown
            finally:
                self.open.discard(name)
        if isinstance(self.known[name], Unknown):
            raise self.known[name]
        return self.known[name]

    def find(self, name):
        if name in self.units:
            value = self.units[name]
            if value.startswith("!"):
                dimension = {} if "dimensionless" in value else {name: 1}
                return Fraction(1), dimension
            return self.value(value)
        if name[-1:] in "23456789" and name[:-1]:
            return power(self.of(name[:-1]), int(name[-1]))
        for end, instead in (("s", ""), ("es", ""), ("ies", "y")):
            if name.endswith(end) and name[: -len(end)] + instead in self.units and 3 < len(name):
                return self.of(name[: -len(end)] + instead)
        for length in self.by_length:
            prefix, rest = name[:length], name[length:]
            if prefix in self.prefixes:
                scale = self.value(self.prefixes[prefix])
                return times(scale, self.of(rest)) if rest else scale
        raise Unknown(f"GNU units has no {name}")

    def value(self, expression):
        """The value of an expression: / and * from left to right, what stands side by side first."""
        pattern = r"\s*(\d[\d.]*(?:[eE][-+]?\d+)?|\.\d+|[-+*/^|()]|[^\s\d+*/^|()-][^\s+*/^|()-]*)"
        tokens = re.findall(pattern, expression)
        if "".join(tokens) != re.sub(r"\s", "", expression):
            raise Unknown(f"{expression} cannot be read")
        return Reader(self, ["/" if token == "per" else token for token in tokens]).all()


class Reader:
    """Reads an expression of GNU units."""

    def __init__(self, definitions, tokens):
        self.definitions, self.tokens, self.at = definitions, tokens, 0

    def next(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1] if self.at <= len(self.tokens) else ""

    def all(self):
        value = self.sum()
        if self.next():
            raise Unknown(f"{self.next()} is too much")
        return value

    def sum(self):
        value = self.product()
        while self.next() in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            other = self.product()
            if other[1] != value[1]:
                raise Unknown("a sum of different dimensions")
            value = value[0] + sign * other[0], value[1]
        return value

    def product(self):
        value = (Fraction(1), {}) if self.next() == "/" else self.beside()
        while self.next() in ("*", "/"):
            sign = 1 if self.take() == "*" else -1
            value = times(value, self.beside(), sign)
        return value

    def beside(self):
        value = self.raised()
        while self.next() and self.next() not in "*/+-)^|":
            value = times(value, self.raised())
        return value

    def raised(self):
        value = self.single()
        if self.next() == "^":
            self.take()
            sign = -1 if self.next() == "-" else 1
            if sign < 0:
                self.take()
            by = self.single()
            if by[1] or by[0].denominator != 1:
                raise Unknown("a root")
            value = power(value, sign * int(by[0]))
        return value

    def single(self):
        token = self.take()
        if token == "(":
            value = self.sum()
            if self.take() != ")":
                raise Unknown("a bracket is missing")
            return value
        if token == "-":
            value = self.single()
            return -value[0], value[1]
        if token[:1].isdigit() or token[:1] == ".":
            value = Fraction(token)
            while self.next() == "|":
                self.take()
                value /= Fraction(self.take())
            return value, {}
        if not token or token in "*/+^|)":
            raise Unknown("a unit is missing")
        return self.definitions.of(token)


def times(a, b, sign=1):
    exponents = dict(a[1])
    for base, exponent in b[1].items():
        exponents[base] = exponents.get(base, 0) + sign * exponent
    exponents = {base: exponent for base, exponent in exponents.items() if exponent}
    return a[0] * b[0] ** sign, exponents


def power(a, by):
    return a[0] ** by, {base: exponent * by for base, exponent in a[1].items() if exponent * by}


def spellings(definitions, word):
    """A word or a sign as expressions of GNU units, by its spelling alone: all that can be worked out."""
    word = word.replace("²", "^2").replace("³", "^3").replace("·", " ").replace("⋅", " ")
    word = re.sub(r"(?<=[a-z])\.-?(?= |\w|$)", " ", word)
    found = [[]]
    for part in re.split(r" per | an? |/", word):
        behind = re.fullmatch(r"(.+) (squared|cubed)", part)
        before = re.fullmatch(r"(?:(square|sq)|(cubic|cu)) +(.+)", part)
        name = behind[1] if behind else before[3] if before else part
        by = ""
        if behind or before:
            by = "^2" if (behind and behind[2] == "squared") or (before and before[1]) else "^3"
        terms = [f"({term}){by}" for term in plain(definitions, name)]
        found = [others + [term] for others in found for term in terms]
    return [" / ".join(terms) for terms in found]


def plain(definitions, phrase):
    """A phrase without "square" and "per", as one name or a product of several; a pound may be a force."""
    words = [SPELT.get(word, word) for word in phrase.split()]
    british = ["br"] + words[1:] if words[:1] in (["uk"], ["british"], ["imp"]) else words
    single = [re.sub(r"(?<=..)s$|(?<=inch)es$", "", word) for word in british]
    force = ["lbf" if word in ("pound", "lb") else word for word in single]
    forms = [form for words in (words, british, single, force) for form in ("".join(words), " ".join(words))]
    found = []
    for form in dict.fromkeys(forms):
        try:
            definitions.value(form)
            found.append(form)
        except Unknown:
            continue
    return found


def worked_out_again(expressions):
    """The same expressions by the program, or none where it is not installed."""
    program = shutil.which("units")
    if not program:
        return None
    lines = "".join(f"{have}\n{want}\n" for have, want in expressions)
    run = subprocess.run([program, "-t", "-d", "17"], input=lines, capture_output=True, text=True, check=False)
    return run.stdout.splitlines()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--definitions", default=FILE, help="the file of GNU units")
    arguments.add_argument("--list", action="store_true", help="list every word that was not compared")
    options = arguments.parse_args()
    definitions = Definitions(options.definitions)
    with open(f"{LEXICON}/units.toml", "rb") as file:
        units = tomllib.load(file)["unit"]
    with open(f"{LEXICON}/dimensions.toml", "rb") as file:
        dimensions = tomllib.load(file)["dimension"]

    reasons = {word: reason for reason, words in OTHER_MEANING.items() for word in words}
    used, wrong, again = set(), [], []
    counts = dict.fromkeys(("units", "units not compared", "offsets"), 0)
    counts |= dict.fromkeys(("words", "words explained", "words not in GNU units"), 0)
    missing = []
    for unit in units:
        name, factor = unit["name"], Fraction(unit["factor"])
        base = (Fraction(1), {})
        terms = []
        for key, exponent in dimensions[unit["dimension"]].items():
            if key in BASES:
                base = times(base, power(definitions.of(BASES[key]), exponent))
                terms.append(f"{BASES[key]}^{exponent}")
        ours = base[0] * factor, base[1]

        if "offset" in unit or name in OFFSETS:
            offset = definitions.value(OFFSETS.get(name, "0"))
            counts["offsets"] += 1
            if offset != (Fraction(unit.get("offset", "0")), {}):
                wrong.append(f"{name}: the offset is {float(offset[0])} in GNU units")

        if name in NO_UNIT:
            counts["units not compared"] += 1
            print(f"not compared: {name}: {NO_UNIT[name]}")
            used.add(name)
        else:
            expression = EXPRESSIONS.get(name)
            try:
                expression = expression or next(iter(spellings(definitions, name)), name)
                theirs = definitions.value(expression)
                counts["units"] += 1
                again.append((name, expression, " ".join(terms) or "1", theirs[0] / base[0]))
                if theirs != ours:
                    wrong.append(f"{name}: {factor} here, {show(theirs, base)} by {expression}")
            except Unknown as unknown:
                wrong.append(f"{name}: {unknown}")

        for word in unit["names"] + unit["symbols"]:
            expressions = spellings(definitions, word)
            if not expressions:
                counts["words not in GNU units"] += 1
                missing.append(word)
                continue
            counts["words"] += 1
            if any(definitions.value(expression) == ours for expression in expressions):
                continue
            theirs = show(definitions.value(expressions[0]), base)
            if word in reasons:
                counts["words explained"] += 1
                used.add(word)
                print(f"explained: “{word}” as {name}: {reasons[word]}")
            else:
                wrong.append(f"“{word}” as {name}: {factor} here, {theirs} by {expressions[0]}")

    answers = worked_out_again([(have, want) for _, have, want, _ in again])
    if answers is not None:
        if len(answers) != len(again):
            wrong.append(f"units gave {len(answers)} answers to {len(again)} expressions")
        for (name, have, _, value), answer in zip(again, answers):
            try:
                same = abs(Fraction(answer) / value - 1) < Fraction(1, 10**12)
            except ValueError:
                same = False
            if not same:
                wrong.append(f"{name}: {have} is {answer} by the program, {float(value)} by this script")
        print(f"worked out again by the program: {len(answers)}")
    stale = (reasons.keys() | NO_UNIT.keys()) - used
    wrong.extend(f"{name}: explained, and no difference" for name in sorted(stale))
    if options.list:
        print("not in GNU units: " + ", ".join(missing))
    for what, count in counts.items():
        print(f"{what}: {count}")
    print(f"differences that are not explained: {len(wrong)}")
    for line in wrong:
        print(f"  {line}")
    return 1 if wrong else 0


def show(value, base):
    if value[1] != base[1]:
        return "another dimension"
    return str(value[0] / base[0])


if __name__ == "__main__":
    sys.exit(main())
