"""The wheel, as it is installed."""

import datetime
import doctest
import json
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import crossfoot
from crossfoot import _run

WRONG = "The grant is $290 million over four years, or $82.5 million a year."
RULE = """
id = "too-many-copies"
summary = "more copies sold than printed"
severity = "error"
why = "Nothing is sold that was not printed."
[roles]
sold = "number"
printed = "number"
[holds]
that = "sold <= printed"
[message]
contradicts = "{sold} copies cannot be sold of {printed} printed"
[[pass]]
sold = "5,000"
printed = "6,000"
[[fail]]
sold = "7,123"
printed = "6,123"
"""


def command(*arguments, **options):
    """Runs the command that the wheel has installed."""
    program = Path(sys.executable).with_name("crossfoot")
    return subprocess.run(
        [program, *arguments], capture_output=True, text=True, check=False, **options
    )


class Check(unittest.TestCase):
    """One text."""

    def test_places_are_characters(self):
        text = f"\u00dcber \U0001f600 uns.\n\nDas: {WRONG}"
        [finding] = crossfoot.check(text).findings
        place = finding.location
        self.assertEqual(text[place.start : place.end], "$82.5 million a year")
        self.assertEqual((place.line, finding.severity), (3, "error"))
        self.assertEqual(finding.computed, "$72.5 million a year")
        for mention in crossfoot.extract(text):
            words = text[mention.location.start : mention.location.end]
            self.assertEqual(words, mention.text)

    def test_results_become_dictionaries(self):
        report = crossfoot.check(WRONG)
        told = report.to_dict()
        self.assertEqual(json.loads(json.dumps(told))["findings"][0]["rule"], "wrong-rate")
        self.assertEqual(told["summary"]["errors"], 1)
        self.assertTrue(report)
        self.assertFalse(crossfoot.check("Nothing."))
        self.assertEqual(crossfoot.extract(WRONG).to_dict()["all"][0]["unit"], "USD")

    def test_notebooks_get_html_that_does_nothing(self):
        text = f"<script>alert(1)</script> {WRONG}"
        html = crossfoot.check(text)._repr_html_()
        self.assertIn("&lt;script&gt;", html)
        self.assertNotIn("<script", html)
        self.assertIn("<mark title=", html)
        self.assertIn("<td>money</td>", crossfoot.extract(text)._repr_html_())

    def test_days_come_as_text_or_date(self):
        text = "It fell last year."
        for day in ("2025-08-07", datetime.date(2025, 8, 7), datetime.datetime(2025, 8, 7, 1)):
            [mention] = crossfoot.extract(text, published=day)
            self.assertEqual(mention.start_date, "2024-01-01")

    def test_the_name_says_how_a_text_is_written(self):
        self.assertEqual(len(crossfoot.extract("<b title='7'>5 km</b>", name="a.html")), 1)

    def test_bad_input_raises(self):
        for wrong in (5, None, b"5"):
            with self.assertRaises(TypeError):
                crossfoot.check(wrong)
        with self.assertRaises(ValueError):
            crossfoot.check("5", published="yesterday")
        with self.assertRaisesRegex(ValueError, "no rule `none`"):
            crossfoot.check("5", select=["none"])
        with self.assertRaises(ValueError):
            crossfoot.check("\ud800")

    def test_rules_of_ones_own(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "too-many-copies.toml").write_text(RULE, encoding="utf-8")
            rules = crossfoot.Rules.of_folder(folder)
        self.assertIn("too-many-copies", rules.ids)
        self.assertFalse(crossfoot.check(WRONG, rules=rules, ignore=["wrong-rate"]))
        self.assertTrue(crossfoot.check(WRONG, rules=rules, select=["wrong-rate"]))

    def test_threads_check_beside_one_another(self):
        reports = []
        work = lambda: reports.append(crossfoot.check(WRONG * 20))  # noqa: E731
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len({report.findings for report in reports}), 1)
        self.assertEqual(len(reports), 4)


class Batches(unittest.TestCase):
    """Tables of texts."""

    texts = ["Nothing.", WRONG, None, f"\u00dcber {WRONG}"]

    def found(self, table, **options):
        """The findings as rows."""
        return pa.table(crossfoot.check_batches(table, **options)).to_pylist()

    def test_every_kind_of_string_is_read(self):
        kinds = [
            pa.string(),
            pa.large_string(),
            pa.string_view(),
            pa.dictionary(pa.int32(), pa.string()),
        ]
        plain = self.found(pa.table({"text": self.texts}))
        self.assertEqual([row["row"] for row in plain], [1, 3])
        self.assertEqual([row["start"] for row in plain], [WRONG.index("$82"), WRONG.index("$82") + 5])
        for kind in kinds:
            column = pa.array(self.texts, pa.string())
            if pa.types.is_dictionary(kind):
                column = column.dictionary_encode()
            else:
                column = column.cast(kind)
            self.assertEqual(self.found(pa.table({"text": column})), plain, kind)

    def test_batches_add_up_and_jobs_change_nothing(self):
        batch = pa.record_batch({"text": self.texts, "id": ["a", "b", "c", "d"]})
        table = pa.Table.from_batches([batch] * 3)
        for jobs in (None, 1, 2):
            rows = self.found(table, id="id", jobs=jobs)
            self.assertEqual([row["row"] for row in rows], [1, 3, 5, 7, 9, 11])
            self.assertEqual([row["id"] for row in rows], ["b", "d"] * 3)

    def test_it_is_a_stream(self):
        read = []

        def batches():
            for number in range(3):
                read.append(number)
                yield pa.record_batch({"text": [WRONG]})

        reader = pa.RecordBatchReader.from_batches(pa.schema({"text": pa.string()}), batches())
        found = pa.RecordBatchReader.from_stream(crossfoot.check_batches(reader))
        self.assertEqual(found.read_next_batch().num_rows, 1)
        self.assertEqual(read, [0])

    def test_days_come_as_text_or_date(self):
        text = "The club was founded in 1975, 50 years ago."
        days = [datetime.date(2025, 8, 7), None]
        for column in (pa.array(days), pa.array(["2025-08-07T10:00:00Z", ""])):
            table = pa.table({"body": [text, text], "day": column})
            self.assertEqual(self.found(table, text="body", published="day"), [])
        table = pa.table({"text": [WRONG, WRONG], "day": ["May", "2025-08-07"]})
        rows = self.found(table, published="day")
        self.assertEqual([row["rule"] for row in rows], ["unreadable-file", "wrong-rate"])

    def test_bad_input_raises(self):
        table = pa.table({"text": ["a"], "number": [1]})
        with self.assertRaisesRegex(ValueError, "no column `body`, but text, number"):
            crossfoot.check_batches(table, text="body")
        with self.assertRaisesRegex(ValueError, "`number` is Int64, and no text"):
            crossfoot.check_batches(table, text="number")
        with self.assertRaises((TypeError, ValueError)):
            crossfoot.check_batches([1])

    def test_the_columns_are_promised(self):
        schema = pa.table(crossfoot.check_batches(pa.table({"text": ["a"]}))).schema
        names = "row id rule severity message start end text steps computed".split()
        self.assertEqual(schema.names, names)
        self.assertEqual([str(kind) for kind in schema.types], (
            ["int64"] + ["string"] * 4 + ["int64"] * 2 + ["string"] * 3
        ))


class Command(unittest.TestCase):
    """The command that comes with it."""

    def test_it_runs(self):
        self.assertIn(crossfoot.__version__, command("--version").stdout)
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "a.jsonl").write_text(json.dumps({"text": WRONG}), encoding="utf-8")
            for known in ("0 of 1", "1 of 1"):
                run = command("check", "a.jsonl", "--cache", "kept", cwd=folder)
                self.assertEqual(run.returncode, 1)
                self.assertEqual(run.stderr, f"crossfoot: {known} texts were known\n")
                self.assertEqual(json.loads(run.stdout.splitlines()[0])["rule"], "wrong-rate")
        self.assertEqual(command("check", "none.md").returncode, 2)


class Parquet(unittest.TestCase):
    """Parquet files, by the example for them."""

    def test_findings_are_those_of_records(self):
        texts = [f"{number} {WRONG}" if number % 5 == 0 else "Nothing." for number in range(3000)]
        ids = [f"s{number}" for number in range(3000)]
        with tempfile.TemporaryDirectory() as folder:
            table = {"id": ids, "text": texts, "published": ["2025-08-07"] * 3000}
            pq.write_table(pa.table(table), Path(folder, "a.parquet"))
            rows = zip(*table.values())
            lines = [json.dumps(dict(zip(table, row))) for row in rows]
            Path(folder, "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
            example = Path(__file__).parent.parent / "examples" / "parquet.py"
            arguments = [sys.executable, example, "a.parquet", "b.parquet"]
            subprocess.run(arguments, check=True, cwd=folder)
            found = pq.read_table(Path(folder, "b.parquet")).to_pylist()
            out = map(json.loads, command("check", "a.jsonl", cwd=folder).stdout.splitlines())
            told = [line for line in out if line["type"] == "finding"]
        of = [(row["id"], row["rule"], row["message"], row["start"]) for row in found]
        self.assertEqual(len(of), 600)
        self.assertEqual(of, [
            (one["location"]["file"], one["rule"], one["message"], one["location"]["start"])
            for one in told
        ])


class Documented(unittest.TestCase):
    """The examples in the documentation."""

    def test_examples_are_true(self):
        flags = doctest.ELLIPSIS
        for module in (crossfoot, _run):
            result = doctest.testmod(module, optionflags=flags)
            self.assertEqual(result.failed, 0)
            self.assertLess(0, result.attempted)


if __name__ == "__main__":
    unittest.main()
