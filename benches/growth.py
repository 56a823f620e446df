#!/usr/bin/env python3
"""Measures how the work grows on inputs that are made to be costly, each at four sizes.

    cargo build --release
    benches/growth.sh                        # builds, then runs all of them
    python3 benches/growth.py --binary target/release/crossfoot --only chain,sums

For every case and size: processor time (which other programs disturb less than the
clock), peak memory, how many times the time of the size before, and that over how many
times the size (1.0 is linear, 2.0 quadratic between sizes that double), the start of
the program left out. Best of --runs. A run that takes longer than --limit seconds is
ended and shown as more than that; the sizes behind it are left out.

Exits with 1 if the largest size of a case takes more than --seconds or --megabytes.
"""

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile


def write(folder, name, text):
    """Writes a file of a case."""
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def claim(name, value, **more):
    """A claim as a claims file has it."""
    keys = "".join(f'{key} = "{text}"\n' for key, text in more.items())
    return f'[[claim]]\nid = "{name}"\nvalue = "{value}"\n{keys}'


def that(condition):
    """A relation as a claims file has it."""
    return f'[[assert]]\nthat = "{condition}"\n'


def diff_repeated(folder, size):
    """`diff` of one sentence again and again, each with another figure than before."""
    for name, first in [("old.md", 1_000), ("new.md", 500_000)]:
        lines = [f"The council spent {first + n:,} euros on roads and schools.\n" for n in range(size)]
        write(folder, name, "\n".join(lines))
    return ["diff", "old.md", "new.md"]


def diff_one_other(folder, size):
    """`diff` of one sentence again and again, of which only the first has another figure."""
    sentence = "It cost {} euros. "
    write(folder, "old.md", sentence.format(5) * size)
    write(folder, "new.md", sentence.format(6) + sentence.format(5) * (size - 1))
    return ["diff", "old.md", "new.md"]


def diff_one_paragraph(folder, size):
    """The same in one paragraph, and every third figure another."""
    for name, step in [("old.md", 0), ("new.md", 100_000)]:
        lines = [
            f"The council spent {1_000 + n + (step if n % 3 == 0 else 0):,} euros on roads.\n"
            for n in range(size)
        ]
        write(folder, name, "".join(lines))
    return ["diff", "old.md", "new.md"]


def clashing_sums(folder, size):
    """Eight sums over the same unknowns, each with other factors, that clash."""
    parts = [claim(f"x{n}", f"{100 + n:,}") for n in range(size)]
    for row in range(8):
        terms = " + ".join(f"{1 + (n * (row + 3)) % 7} * x{n}" for n in range(size))
        total = sum((1 + (n * (row + 3)) % 7) * (100 + n) for n in range(size))
        parts += [claim(f"t{row}", f"{2 * total + row:,}"), that(f"{terms} = t{row}")]
    write(folder, "c.toml", "".join(parts))
    return ["check", "c.toml", "--format", "short"]


def sums_of_unknowns(folder, size):
    """Eight sums of unknown figures, of which the eighth is off."""
    parts = [claim(f"x{n}", "unknown") for n in range(size)]
    for row in range(8):
        terms = " + ".join(f"{1 + (n * (row + 3)) % 7} * x{n}" for n in range(size))
        parts += [claim(f"t{row}", f"{1000 * size + 17 * row + 1:,}"), that(f"{terms} = t{row}")]
    parts += [that(" + ".join(f"x{n}" for n in range(size)) + " = 7")]
    parts += [that(f"x{n} > 0") for n in range(size)]
    write(folder, "c.toml", "".join(parts))
    return ["check", "c.toml", "--format", "short"]


def wrong_pairs(folder, size):
    """All pairs of figures compared, and every comparison wrong."""
    parts = [claim(f"x{n}", f"{1000 + n:,}") for n in range(size)]
    parts += [that(f"x{a} > x{b}") for a in range(size) for b in range(a + 1, size)]
    write(folder, "c.toml", "".join(parts))
    return ["check", "c.toml", "--format", "short"]


def chain(folder, size):
    """A chain of unknown figures that clashes at its ends."""
    parts = [claim("x0", "1")] + [claim(f"x{n}", "unknown") for n in range(1, size)]
    parts += [claim(f"x{size}", "3")]
    parts += [that(f"x{n + 1} = x{n} + 1") for n in range(size)]
    write(folder, "c.toml", "".join(parts))
    return ["check", "c.toml", "--format", "short"]


def ring(folder, size):
    """The same chain of orders that ends where it began."""
    parts = [claim(f"x{n}", "unknown") for n in range(size)]
    parts += [that(f"x{n} < x{(n + 1) % size}") for n in range(size)]
    write(folder, "c.toml", "".join(parts))
    return ["check", "c.toml", "--format", "short"]


def one_quote(folder, size):
    """Claims that all quote the same words, which stand in the article once."""
    write(folder, "a.md", "The council spent 500 euros on roads.\n")
    parts = ['article = "a.md"\n']
    parts += [claim(f"c{n}", "500 euros", quote="spent 500 euros") for n in range(size)]
    write(folder, "c.toml", "".join(parts))
    return ["check", "c.toml", "--format", "short"]


def one_quote_often(folder, size):
    """Claims that all quote the same words, which stand in the article as often."""
    write(folder, "a.md", "The council spent 500 euros on roads.\n\n" * size)
    parts = ['article = "a.md"\n']
    parts += [claim(f"c{n}", "500 euros", quote="spent 500 euros") for n in range(size)]
    write(folder, "c.toml", "".join(parts))
    return ["check", "c.toml", "--format", "short"]


def one_quote_gone(folder, size):
    """Claims that all quote the same words, of which the article has others."""
    text = "".join(f"The council spent {n + 1_000} euros on roads.\n\n" for n in range(size))
    write(folder, "a.md", text)
    parts = ['article = "a.md"\n']
    parts += [claim(f"c{n}", "500 euros", quote="spent 500 euros on roads") for n in range(size)]
    write(folder, "c.toml", "".join(parts))
    return ["check", "c.toml", "--format", "short"]


def long_sum(folder, size):
    """One expression of many terms."""
    terms = " + ".join("a" if n % 2 else "1" for n in range(size))
    write(folder, "c.toml", claim("a", "2") + claim("b", "7") + that(f"{terms} = b"))
    return ["check", "c.toml", "--format", "short"]


def long_product(folder, size):
    """One expression of many factors."""
    terms = " * ".join("a" for _ in range(size))
    write(folder, "c.toml", claim("a", "2.5") + claim("b", "7") + that(f"{terms} = b"))
    return ["check", "c.toml", "--format", "short"]


def long_total(folder, size):
    """One total of many claims."""
    parts = [claim(f"x{n}", f"{n + 1:,}") for n in range(size)] + [claim("t", "7")]
    names = ", ".join(f'"x{n}"' for n in range(size))
    parts += [f'[[assert]]\nrule = "wrong-total"\nparts = [{names}]\ntotal = "t"\n']
    write(folder, "c.toml", "".join(parts))
    return ["check", "c.toml", "--format", "short"]


def long_and(folder, size):
    """One condition of many parts, of which one is wrong."""
    parts = " and ".join("a < b" for _ in range(size - 1)) + " and b < a"
    write(folder, "c.toml", claim("a", "1") + claim("b", "2") + that(parts))
    return ["check", "c.toml", "--format", "short"]


def one_fact(folder, size):
    """One fact that claims state, each otherwise."""
    parts = [claim(f"c{n}", f"{3000 + n:,}", subject="roads", measure="cost", when="2024") for n in range(size)]
    write(folder, "c.toml", "".join(parts))
    return ["check", "c.toml", "--format", "short"]


def one_fact_alike(folder, size):
    """One fact that claims state alike, but for the last."""
    parts = [claim(f"c{n}", "1,000", subject="roads", measure="cost", when="2024") for n in range(size - 1)]
    parts += [claim("last", "2,000", subject="roads", measure="cost", when="2024")]
    write(folder, "c.toml", "".join(parts))
    return ["check", "c.toml", "--format", "short"]


def findings(folder, size, form):
    """An article in which every paragraph has a finding, as one report."""
    text = "".join(
        f"Membership in town {n} fell by 50 percent, from 146,000 to 100,000.\n\n" for n in range(size)
    )
    write(folder, "a.md", text)
    return ["check", "a.md", "-o", f"{form}=report.{form}", "--format", "short"]


def findings_html(folder, size):
    """Many findings in one page."""
    return findings(folder, size, "html")


def findings_sarif(folder, size):
    """Many findings in one SARIF report."""
    return findings(folder, size, "sarif")


RULE = """id = "strange"
summary = "a rule of strangers"
severity = "note"
loosely = "allow"
why = "none"
[roles]
a = "number"
b = "number"
[holds]
that = "a <= b"
[message]
contradicts = "{a} is more than {b}"
[[pass]]
a = "1"
b = "2"
[[fail]]
a = "2"
b = "1"
"""


def rule_case(folder, rule, text):
    """A check with one more rule."""
    os.makedirs(os.path.join(folder, "rules"), exist_ok=True)
    write(folder, "rules/strange.toml", RULE + rule)
    write(folder, "a.md", text)
    return ["check", "a.md", "--rules", "rules", "--format", "short"]


def word(number):
    """A word of letters, another for each number."""
    letters = ""
    while True:
        letters = chr(ord("a") + number % 26) + letters
        number //= 26
        if not number:
            return "zq" + letters


def link_repeats(folder, size):
    """A link of repetitions within repetitions over one long sentence."""
    link = "[[link]]\ntext = '{a} ((x* | y*)* …8 (x? y?)*)* …8 {b}'\n"
    return rule_case(folder, link, "It was 5 " + "x y " * size + "and 4.\n")


def link_gaps(folder, size):
    """A link of widest gaps over one long sentence of figures."""
    link = "[[link]]\ntext = '{a} …* x? …* {b}'\n"
    return rule_case(folder, link, "It was 5 x " * size + "and 4.\n")


def link_alternatives(folder, size):
    """A link of many alternatives that come again and again, over one sentence."""
    link = "( " + " | ".join(f"{word(n)}?" for n in range(size)) + " )"
    link = f"[[link]]\ntext = '{{a}} {link}* …8 {link}* {{b}}'\n"
    return rule_case(folder, link, "It was 5 " + f"{word(1)} {word(2)} " * 1000 + "and 4.\n")


def many_links(folder, size):
    """Many links of wide gaps over a text of figures."""
    links = "".join(
        f"[[link]]\ntext = '{{a}} …* {word(n)}? …* {{b}}'\n" for n in range(size)
    )
    return rule_case(folder, links, "It was 5 and then 4 and then 3 of them. " * 200 + "\n")


def many_slots(folder, size):
    """A frame whose slots fit every figure, over one long sentence."""
    frame = '[[frame]]\nslots = ["{a}", "{b}"]\n'
    return rule_case(folder, frame, "It was " + "5 and 4 and " * size + "3.\n")


CASES = {
    "diff": (diff_repeated, [200, 400, 800, 1600]),
    "diff-one-other": (diff_one_other, [100, 200, 400, 800]),
    "diff-paragraph": (diff_one_paragraph, [200, 400, 800, 1600]),
    "sums": (clashing_sums, [12, 25, 50, 100]),
    "sums-unknown": (sums_of_unknowns, [12, 25, 50, 100]),
    "pairs": (wrong_pairs, [10, 20, 40, 80]),
    "chain": (chain, [1000, 2000, 4000, 8000]),
    "ring": (ring, [1000, 2000, 4000, 8000]),
    "one-quote": (one_quote, [1000, 2000, 4000, 8000]),
    "one-quote-often": (one_quote_often, [1000, 2000, 4000, 8000]),
    "one-quote-gone": (one_quote_gone, [1000, 2000, 4000, 8000]),
    "expression": (long_sum, [12_500, 25_000, 50_000, 100_000]),
    "product": (long_product, [12_500, 25_000, 50_000, 100_000]),
    "total": (long_total, [12_500, 25_000, 50_000, 100_000]),
    "and": (long_and, [125_000, 250_000, 500_000, 1_000_000]),
    "one-fact": (one_fact, [125, 250, 500, 1000]),
    "one-fact-alike": (one_fact_alike, [125, 250, 500, 1000]),
    "html": (findings_html, [12_500, 25_000, 50_000, 100_000]),
    "sarif": (findings_sarif, [12_500, 25_000, 50_000, 100_000]),
    "link-repeats": (link_repeats, [1000, 2000, 4000, 8000]),
    "link-gaps": (link_gaps, [1000, 2000, 4000, 8000]),
    "link-alternatives": (link_alternatives, [10, 20, 40, 80]),
    "links": (many_links, [25, 50, 100, 200]),
    "slots": (many_slots, [1000, 2000, 4000, 8000]),
}


def run(binary, arguments, folder, limit):
    """Processor seconds, megabytes and exit code of a run; no code where it was ended."""
    def most():
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))

    with open(os.devnull, "wb") as nowhere:
        child = subprocess.Popen(
            [binary, *arguments], cwd=folder, stdout=nowhere, stderr=nowhere, preexec_fn=most
        )
    _, status, usage = os.wait4(child.pid, 0)
    seconds = usage.ru_utime + usage.ru_stime
    code = os.waitstatus_to_exitcode(status)
    is_ended = code in (-signal.SIGXCPU, -signal.SIGKILL) and limit <= seconds + 1
    return seconds, usage.ru_maxrss / 1024, None if is_ended else code


def main():
    """Runs the cases."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--binary", default="target/release/crossfoot")
    parser.add_argument("--only", help="names of cases, with commas between")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--megabytes", type=float, default=1024)
    options = parser.parse_args()
    binary = os.path.abspath(options.binary)
    names = options.only.split(",") if options.only else list(CASES)
    is_over = False
    print("| case | size | seconds | times | times over size | MB | exit |")
    print("|---|---|---|---|---|---|---|")
    for name in names:
        make, sizes = CASES[name]
        before = None
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                words = make(folder, size)
                runs = [run(binary, words, folder, options.limit) for _ in range(options.runs)]
            seconds = min(seconds for seconds, _, _ in runs)
            peak = max(peak for _, peak, _ in runs)
            code = runs[0][2]
            times, over = "", ""
            if before:
                growth = seconds / before[1]
                times, over = f"{growth:.1f}", f"{growth / (size / before[0]):.2f}"
            shown = f"{seconds:.2f}" if code is not None else f"> {options.limit:.0f}"
            how = "ended" if code is None else code
            print(f"| {name} | {size:,} | {shown} | {times} | {over} | {peak:.0f} | {how} |", flush=True)
            is_crash = code is None or code < 0 or 2 < code
            is_last = size == sizes[-1]
            is_over |= is_crash or is_last and (
                options.seconds < seconds or options.megabytes < peak
            )
            if code is None:
                break
            before = (size, seconds)
    sys.exit(1 if is_over else 0)


if __name__ == "__main__":
    main()
