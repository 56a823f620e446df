#!/usr/bin/env python3
"""Parquet files as pyarrow writes and reads them: the same findings as of lines of JSON.

    python3 tests/parquet/files.py target/debug/crossfoot
"""

import datetime
import json
import os
import subprocess
import sys
import tempfile
import unittest

import pyarrow as pa
import pyarrow.parquet as pq

WRONG = "The grant is $290 million over four years, or $82.5 million a year. Être: {}."
RIGHT = "It opened last year, on 1 February 2019. It took 20 minutes. {}."
DAY = datetime.date(2020, 5, 1)
PROGRAM = ""


def records(count=300):
    """Names, texts and days; every third has a finding, every seventh no name."""
    rows = []
    for number in range(count):
        text = (WRONG if number % 3 == 0 else RIGHT).format("x" * (number % 40))
        rows.append({"id": f"s{number}" if number % 7 else None, "text": text, "published": DAY})
    return rows


def table(rows, **kinds):
    """A table of rows, with columns that nobody asks for."""
    known = {"id": pa.string(), "text": pa.string(), "published": pa.date32()} | kinds
    columns = {name: pa.array([row[name] for row in rows], kind) for name, kind in known.items()}
    others = {"tags": pa.array([["a", "b"]] * len(rows)), "size": pa.array([1.5] * len(rows))}
    return pa.table(others | columns)


class Parquet(unittest.TestCase):
    """A folder."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        """A file in the folder."""
        return os.path.join(self.folder.name, name)

    def lines(self, rows, name="a.jsonl"):
        """Rows as lines of JSON. What has no name is called as in a table of that name."""
        with open(self.path(name), "w", encoding="utf-8") as file:
            for number, row in enumerate(rows, 1):
                name = row["id"] or f"a.parquet:{number}"
                file.write(json.dumps({**row, "id": name, "published": str(row["published"])}) + "\n")

    def run_on(self, *arguments):
        """What the program says: code, output, complaints."""
        run = subprocess.run([PROGRAM, *arguments], cwd=self.folder.name, capture_output=True, check=False)
        return run.returncode, run.stdout.decode(), run.stderr.decode()

    def same(self, **how):
        """That a table which was written so gives what lines give."""
        kinds = how.pop("kinds", {})
        rows = how.pop("rows", None) or records()
        pq.write_table(table(rows, **kinds), self.path("a.parquet"), **{"row_group_size": 70} | how)
        self.lines(rows)
        for command in (["check"], ["extract", "--format", "jsonl"]):
            expected = self.run_on(*command, "a.jsonl")
            self.assertIn(expected[0], (0, 1), expected[2])
            self.assertEqual(self.run_on(*command, "a.parquet"), expected, how)

    def test_pages_of_every_kind(self):
        for compression in ("none", "snappy", "gzip", "zstd"):
            for version in ("1.0", "2.0"):
                self.same(compression=compression, data_page_version=version)
        self.same(use_dictionary=False, column_encoding={"text": "DELTA_BYTE_ARRAY"})
        self.same(use_dictionary=False, column_encoding={"text": "DELTA_LENGTH_BYTE_ARRAY"})
        self.same(data_page_size=64, write_batch_size=3, write_page_checksum=True)
        self.same(rows=[row for row in records() if row["id"]], kinds={"text": pa.large_string()})

    def test_days_of_every_kind(self):
        late = [{**row, "published": datetime.datetime(2020, 5, 1, 23, 59)} for row in records()]
        for kind in (pa.timestamp("ms"), pa.timestamp("us"), pa.timestamp("us", tz="UTC"), pa.timestamp("ns")):
            self.same(rows=late, kinds={"published": kind})
        self.same(rows=late, kinds={"published": pa.timestamp("ns")}, use_deprecated_int96_timestamps=True)
        rows = [{**row, "published": "2020-05-01T10:00:00Z"} for row in records()]
        self.same(rows=rows, kinds={"published": pa.string()})

    def test_names_may_be_numbers(self):
        for kind, number in ((pa.int64(), -5), (pa.int32(), 7), (pa.uint64(), 2**64 - 1), (pa.uint32(), 2**32 - 1)):
            self.same(rows=[{**row, "id": number} for row in records(20)], kinds={"id": kind})

    def test_columns_of_other_names(self):
        rows = records()
        renamed = table(rows).rename_columns(["tags", "size", "key", "body", "day"])
        pq.write_table(renamed, self.path("a.parquet"))
        self.lines(rows)
        fields = ["--id-field", "key", "--text-field", "body", "--date-field", "day"]
        self.assertEqual(self.run_on("check", "a.parquet", *fields), self.run_on("check", "a.jsonl"))
        code, _, said = self.run_on("check", "a.parquet")
        self.assertEqual(code, 2)
        self.assertIn("there is no column `text`, but tags.list.element, size, key, body, day", said)
        code, _, said = self.run_on("check", "a.parquet", "--text-field", "size")
        self.assertEqual(code, 2)
        self.assertIn("the column `size` is DOUBLE, no text and no day", said)

    def test_a_damaged_group_is_told_at_its_place_and_the_next_one_read(self):
        rows = records()
        pq.write_table(table(rows), self.path("a.parquet"), row_group_size=100, use_dictionary=False, write_page_checksum=True)
        known = pq.ParquetFile(self.path("a.parquet")).metadata.row_group(1)
        column = next(known.column(at) for at in range(known.num_columns) if known.column(at).path_in_schema == "text")
        with open(self.path("a.parquet"), "r+b") as file:
            file.seek(column.data_page_offset + column.total_compressed_size // 2)
            old = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([old[0] ^ 1]))
        self.lines(rows[:100], "first.jsonl")
        code, out, said = self.run_on("check", "a.parquet")
        self.assertEqual(code, 2)
        self.assertIn("crossfoot: a.parquet:101: this is no Parquet, or damaged", said)
        self.assertIn("; rows 101 to 200 are not read", said)
        self.assertTrue(out.startswith(self.run_on("check", "first.jsonl")[1].rsplit("\n", 2)[0]))
        self.assertIn('"s299"' if 299 % 3 == 0 else '"s297"', out)
        size = os.path.getsize(self.path("a.parquet"))
        for length in (0, 3, 11, size // 2, size - 1):
            os.truncate(self.path("a.parquet"), min(length, size))
            code, _, said = self.run_on("check", "a.parquet")
            self.assertEqual((code, said.count("\n")), (2, 1), said)

    def test_a_row_without_a_text_is_told_and_passed_over(self):
        rows = records(5)
        rows[2]["text"] = None
        pq.write_table(table(rows), self.path("a.parquet"))
        code, out, said = self.run_on("check", "a.parquet")
        self.assertEqual((code, said), (2, "crossfoot: a.parquet:3: missing field `text`\n"))
        self.assertIn('"s3"', out)

    def test_findings_are_rows_that_others_read(self):
        self.lines(records())
        _, out, _ = self.run_on("check", "a.jsonl")
        code, said, _ = self.run_on("check", "a.jsonl", "-o", "found.parquet")
        self.assertEqual((code, said), (1, ""))
        names = ["id", "rule", "severity", "message", "start", "end", "text", "steps", "computed"]
        found = pq.read_table(self.path("found.parquet"))
        self.assertEqual(found.schema.names, names)
        rows = found.to_pylist()
        lines = [line for line in map(json.loads, out.splitlines()) if line["type"] == "finding"]
        self.assertLess(90, len(rows))
        self.assertEqual([row["rule"] for row in rows], [line["rule"] for line in lines])
        self.assertEqual([row["message"] for row in rows], [line["message"] for line in lines])
        texts = {row["id"] or f"a.parquet:{number}": row["text"] for number, row in enumerate(records(), 1)}
        for row in rows:
            self.assertEqual(texts[row["id"]][row["start"] : row["end"]], row["text"])
        with open(self.path("piped.parquet"), "wb") as file:
            subprocess.run([PROGRAM, "check", "a.jsonl", "--format", "parquet"], cwd=self.folder.name, stdout=file, check=False)
        with open(self.path("piped.parquet"), "rb") as one, open(self.path("found.parquet"), "rb") as other:
            self.assertEqual(one.read(), other.read())


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
