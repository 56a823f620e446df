"""Networks of sums, decided by crossfoot and by other programs.

agree: random linear networks as claims files; the verdict of `crossfoot check` against z3's.
speed: the same sums of three, by crossfoot, by z3 and by Arelle (`--calc c11r`), in turns.

Needs z3-solver and, for speed, arelle-release from PyPI, in the Python that runs this:

    python benches/solvers.py agree --binary target/release/crossfoot --networks 300
    python benches/solvers.py speed --binary target/release/crossfoot --arelle arelleCmdLine --sums 20000
"""

import argparse
import json
import random
import subprocess
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import z3


def rational(number):
    number = Fraction(number)
    return z3.Q(number.numerator, number.denominator)


class Network:
    """Claims as intervals of facts, and sums of facts that are compared with a number."""

    def __init__(self):
        self.claims = []  # (value, step, whether it was cut off)
        self.sums = []  # ({fact: factor}, comparison, number)

    def toml(self):
        lines = []
        for name, (value, step, cut) in enumerate(self.claims):
            lines.append(f'[[claim]]\nid = "x{name}"\nvalue = {value}\nrounded_to = {step}')
            if cut:
                lines.append('rounding = "truncate"')
        for terms, comparison, number in self.sums:
            left = "0"
            for fact, factor in terms.items():
                left += f" {'-' if factor < 0 else '+'} {abs(factor)} * x{fact}"
            right = str(number) if 0 <= number else f"0 - {-number}"
            lines.append(f'[[assert]]\nthat = "{left} {comparison} {right}"')
        return "\n".join(lines) + "\n"

    def clashes(self):
        """Whether z3 finds that not all of it can be."""
        solver = z3.Solver()
        facts = [z3.Real(f"x{name}") for name in range(len(self.claims))]
        for fact, (value, step, cut) in zip(facts, self.claims):
            if not cut:
                half = rational(Fraction(step, 2))
                solver.add(value - half <= fact, fact <= value + half)
            elif 0 < value:
                solver.add(value <= fact, fact < value + step)
            elif value < 0:
                solver.add(value - step < fact, fact <= value)
            else:
                solver.add(-step < fact, fact < step)
        for terms, comparison, number in self.sums:
            total = z3.Sum([factor * facts[fact] for fact, factor in terms.items()])
            compare = {
                "=": total == number,
                "<=": total <= number,
                "<": total < number,
                ">=": total >= number,
                ">": total > number,
            }
            solver.add(compare[comparison])
        return solver.check() == z3.unsat


def random_network(dice):
    """A network that mostly nearly stands: numbers that agree, rounded, some of them altered."""
    network = Network()
    facts = dice.randint(5, 200)
    truth = [dice.randint(-5000, 5000) for _ in range(facts)]
    for number in truth:
        step = dice.choice([1, 1, 5, 10, 50])
        cut = dice.random() < 0.2
        if cut:
            value = int(number / step) * step
        else:
            value = (number + step // 2) // step * step
        if dice.random() < 0.004:
            value += step * dice.randint(1, 3)
        network.claims.append((value, step, cut))
    near = dice.choice([4, 12, facts])
    for _ in range(dice.randint(facts // 2, facts * 3 // 2)):
        first = dice.randrange(facts)
        # Mostly between neighbours, so that there are cycles of all lengths.
        chosen = {(first + dice.randint(-near, near)) % facts for _ in range(dice.randint(2, 5))}
        terms = {fact: dice.choice([1, 1, 1, -1, -1, 2, -3]) for fact in chosen}
        total = sum(factor * truth[fact] for fact, factor in terms.items())
        comparison = dice.choice(["=", "=", "=", "<=", ">=", "<", ">"])
        off = {"=": 0, "<=": dice.randint(0, 20), ">=": -dice.randint(0, 20), "<": dice.randint(1, 20), ">": -dice.randint(1, 20)}
        if dice.random() < 0.01:
            total += dice.randint(-12, 12)
        network.sums.append((terms, comparison, total + off[comparison]))
    return network


def agree(args):
    dice = random.Random(args.seed)
    clash = wrong = unknown = relations = 0
    for number in range(args.networks):
        network = random_network(dice)
        relations += len(network.sums)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "network.toml"
            path.write_text(network.toml())
            run = subprocess.run(
                [args.binary, "check", "--format", "json", path], capture_output=True, text=True
            )
        report = json.loads(run.stdout)
        verdict = report["together"]["verdict"]
        expected = network.clashes()
        clash += expected
        unknown += verdict == "unknown"
        if (verdict == "contradicts") != expected:
            wrong += 1
            print(f"network {number}: z3 says {'unsat' if expected else 'sat'}, crossfoot {verdict}")
            Path(f"disagree-{number}.toml").write_text(network.toml())
    print(
        f"{args.networks} networks, {relations} sums: {clash} cannot stand; "
        f"{wrong} verdicts differ, {unknown} unknown"
    )


SCHEMA = """<?xml version="1.0" encoding="UTF-8"?>
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:t="http://example.com/t" targetNamespace="http://example.com/t" elementFormDefault="qualified">
  <xsd:annotation><xsd:appinfo>
    <link:linkbaseRef xlink:type="simple" xlink:href="calc.xml"
      xlink:role="http://www.xbrl.org/2003/role/calculationLinkbaseRef"
      xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>
  </xsd:appinfo></xsd:annotation>
  <xsd:import namespace="http://www.xbrl.org/2003/instance"
    schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
  {elements}
</xsd:schema>
"""

CALC = """<?xml version="1.0" encoding="UTF-8"?>
<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
  <link:calculationLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
    <link:loc xlink:type="locator" xlink:href="t.xsd#t_total" xlink:label="total"/>
    <link:loc xlink:type="locator" xlink:href="t.xsd#t_a" xlink:label="a"/>
    <link:loc xlink:type="locator" xlink:href="t.xsd#t_b" xlink:label="b"/>
    {arcs}
  </link:calculationLink>
</link:linkbase>
"""


def write_xbrl(folder, sums):
    element = (
        '<xsd:element name="{0}" id="t_{0}" type="xbrli:monetaryItemType" '
        'substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="instant"/>'
    )
    elements = "".join(element.format(name) for name in ["total", "a", "b"])
    (folder / "t.xsd").write_text(SCHEMA.format(elements=elements))
    arc = (
        '<link:calculationArc xlink:type="arc" xlink:from="total" xlink:to="{}" order="1" weight="1" '
        'xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item"/>'
    )
    (folder / "calc.xml").write_text(CALC.format(arcs=arc.format("a") + arc.format("b")))
    with open(folder / "instance.xbrl", "w") as out:
        out.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" '
            'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
            'xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:t="http://example.com/t">\n'
            '<link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>\n'
            '<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>\n'
        )
        for at, (a, b, total) in enumerate(sums):
            out.write(
                f'<xbrli:context id="c{at}"><xbrli:entity><xbrli:identifier scheme="http://example.com">'
                f"e{at}</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:instant>2024-12-31"
                "</xbrli:instant></xbrli:period></xbrli:context>\n"
            )
            for name, value in [("a", a), ("b", b), ("total", total)]:
                out.write(f'<t:{name} contextRef="c{at}" unitRef="usd" decimals="-1">{value}</t:{name}>\n')
        out.write("</xbrli:xbrl>\n")


def speed(args):
    dice = random.Random(args.seed)
    sums = []
    for at in range(args.sums):
        a, b = dice.randint(1000, 90000) * 10, dice.randint(1000, 90000) * 10
        sums.append((a, b, a + b + (500 if at % 100 == 0 else dice.choice([-10, 0, 10]))))
    expected = sum(1 for a, b, total in sums if 15 < abs(a + b - total))
    network = Network()
    for a, b, total in sums:
        at = len(network.claims)
        network.claims += [(a, 10, False), (b, 10, False), (total, 10, False)]
        network.sums.append(({at: 1, at + 1: 1, at + 2: -1}, "=", 0))
    times = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sums.toml").write_text(network.toml())
        write_xbrl(folder, sums)
        for _ in range(args.runs):
            start = time.perf_counter()
            run = subprocess.run(
                [args.binary, "check", "--format", "json", folder / "sums.toml"],
                capture_output=True,
                text=True,
            )
            times.setdefault("crossfoot, the whole command", []).append(time.perf_counter() - start)
            report = json.loads(run.stdout)
            clashes = sum(1 for one in report["relations"] if one["verdict"] == "contradicts")
            assert clashes == expected, (clashes, expected)

            # z3 says of a conjunction only whether it can be; so each sum is asked by itself.
            start = time.perf_counter()
            solver = z3.Solver()
            clashes = 0
            facts = z3.Reals("a b total")
            for values in sums:
                solver.push()
                for fact, value in zip(facts, values):
                    solver.add(value - 5 <= fact, fact <= value + 5)
                solver.add(facts[0] + facts[1] == facts[2])
                clashes += solver.check() == z3.unsat
                solver.pop()
            times.setdefault("z3, from Python", []).append(time.perf_counter() - start)
            assert clashes == expected, clashes

            script = ["(set-logic QF_LRA)", "(declare-fun a () Real)(declare-fun b () Real)(declare-fun t () Real)"]
            for a, b, total in sums:
                script.append(
                    f"(push)(assert (and (<= {a - 5} a {a + 5}) (<= {b - 5} b {b + 5}) "
                    f"(<= {total - 5} t {total + 5}) (= (+ a b) t)))(check-sat)(pop)"
                )
            path = folder / "sums.smt2"
            path.write_text("\n".join(script))
            if args.z3:
                start = time.perf_counter()
                run = subprocess.run([args.z3, path], capture_output=True, text=True)
                times.setdefault("z3, the whole command", []).append(time.perf_counter() - start)
                assert run.stdout.count("unsat") == expected, run.stdout[:200]

            if args.arelle:
                start = time.perf_counter()
                run = subprocess.run(
                    [args.arelle, "--file", folder / "instance.xbrl", "--calc", "c11r", "--validate",
                     "--internetConnectivity", "offline"],
                    capture_output=True,
                    text=True,
                )
                times.setdefault("Arelle, the whole command", []).append(time.perf_counter() - start)
                found = (run.stdout + run.stderr).count("inconsistentCalculationUsingRounding")
                assert found == expected, (found, expected, (run.stdout + run.stderr)[:2000])
    own = min(times["crossfoot, the whole command"])
    print(f"{args.sums} sums, {expected} of them off; best of {args.runs}")
    for name, all in times.items():
        print(f"{name}: {min(all):.3f} s, {min(all) / own:.1f} times")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["agree", "speed"])
    parser.add_argument("--binary", default="target/release/crossfoot")
    parser.add_argument("--arelle")
    parser.add_argument("--z3")
    parser.add_argument("--networks", type=int, default=300)
    parser.add_argument("--sums", type=int, default=20000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    {"agree": agree, "speed": speed}[args.what](args)


if __name__ == "__main__":
    main()
