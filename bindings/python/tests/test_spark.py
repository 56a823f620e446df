"""Crossfoot on a cluster of Spark's own, of two executors on this machine."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")

import pyarrow as pa
from pyspark.sql import SparkSession

import crossfoot
import crossfoot.spark

WRONG = "The grant is $290 million over four years, or $82.5 million a year."
RIGHT = "The grant is $290 million over four years, or $72.5 million a year."
PARTS = 30
TEXTS = 30 * PARTS


def stories():
    """Rows of id, body and date; every seventh has a finding, some have no text, one a day that is none."""
    rows = []
    for number in range(TEXTS):
        text = None if number % 50 == 0 else f"{number} {WRONG if number % 7 == 0 else RIGHT}"
        rows.append((f"s{number}", text, "never" if number == 3 else "2025-08-07"))
    return rows


def executors():
    """The processes of executors below this one."""
    parents, found = {}, []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                parents[int(name)] = int(file.read().rsplit(")", 1)[1].split()[1])
            with open(f"/proc/{name}/cmdline", encoding="utf-8", errors="replace") as file:
                if "CoarseGrainedExecutorBackend" in file.read():
                    found.append(int(name))
        except (OSError, ValueError):
            continue

    def is_own(process):
        while process in parents:
            process = parents[process]
            if process == os.getpid():
                return True
        return False

    return [process for process in found if is_own(process)]


class Spark(unittest.TestCase):
    """A frame of texts."""

    @classmethod
    def setUpClass(cls):
        cls.spark = (
            SparkSession.builder.master("local-cluster[2,1,1024]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "25")
            .getOrCreate()
        )
        cls.spark.sparkContext.setLogLevel("ERROR")
        frame = cls.spark.createDataFrame(stories(), "id string, body string, date string")
        cls.frame = frame.repartition(PARTS)

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()

    def rows(self, **options):
        """The findings on the cluster, sorted."""
        found = crossfoot.spark.check(self.frame, text="body", id="id", published="date", **options)
        return sorted(map(tuple, found.collect()), key=repr)

    def here(self):
        """The same without Spark."""
        columns = dict(zip(("id", "body", "date"), map(list, zip(*stories()))))
        found = crossfoot.check_batches(pa.table(columns), text="body", id="id", published="date")
        rows = pa.table(found).select(crossfoot.spark.SCHEMA.names).to_pylist()
        return sorted((tuple(row.values()) for row in rows), key=repr)

    def test_rows_are_those_of_one_machine_though_an_executor_is_killed(self):
        expected = self.here()
        self.assertLess(TEXTS // 8, len(expected))
        tracker = self.spark.sparkContext.statusTracker()
        killed = []

        def kill():
            while not killed:
                stages = filter(None, map(tracker.getStageInfo, tracker.getActiveStageIds()))
                if any(3 < stage.numCompletedTasks < PARTS for stage in stages):
                    killed.append(executors()[0])
                    os.kill(killed[0], signal.SIGKILL)
                time.sleep(0.005)

        thread = threading.Thread(target=kill, daemon=True)
        thread.start()
        rows = self.rows()
        thread.join(timeout=10)
        self.assertEqual(len(killed), 1, "no executor was killed")
        self.assertEqual(rows, expected)

    def test_articles_are_held_against_one_another(self):
        def story(to, more):
            return f"Oakfield's population grew to {to} people in 2020. {more} in Oakfield were glad."

        rows = [(f"s{number}", story("5,012", "Many"), "2022-03-04") for number in range(40)]
        rows += [("t0", story("5,021", "Some"), "2022-03-04"), ("t1", story("about 5,000", "All"), "2022-03-04")]
        rows += [("u0", story("6,000", "Some"), "never"), ("u1", story("6,000", "Some"), None), ("u2", None, "2022-03-04")]
        frame = self.spark.createDataFrame(rows, "id string, body string, date string").repartition(7)
        facts = crossfoot.spark.facts(frame, text="body", published="date")
        self.assertEqual(facts.schema.names, crossfoot.spark.FACTS.names)
        self.assertEqual(facts.count(), 42)
        found = crossfoot.spark.across(facts)
        self.assertEqual(found.schema.names, crossfoot.spark.SCHEMA.names)
        [row] = found.collect()
        self.assertEqual((row["id"], row["rule"], row["severity"], row["text"]), ("t0", "differs-across-articles", "note", "5,021"))
        # The command says the same of them.
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.jsonl")
            with open(path, "w", encoding="utf-8") as file:
                for name, text, day in rows[:42]:
                    file.write(json.dumps({"id": name, "text": text, "published": day}) + "\n")
            command = [sys.executable, "-m", "crossfoot", "check", "--across", path]
            run = subprocess.run(command, capture_output=True, check=False, text=True)
        said = [line for line in map(json.loads, run.stdout.splitlines()) if line.get("rule") == row["rule"]]
        self.assertEqual([line["message"] for line in said], [row["message"]])
        self.assertEqual("\n".join(said[0]["steps"]), row["steps"])

    def test_columns_stand_in_their_places(self):
        # Spark takes columns by their places: each must have what its name says.
        found = crossfoot.spark.check(self.frame, text="body", keep=["date"], ignore=["unused-claim"])
        self.assertEqual(found.schema.names, ["date", *crossfoot.spark.SCHEMA.names])
        row = found.first().asDict()
        self.assertEqual((row["date"], row["rule"], row["severity"]), ("2025-08-07", "wrong-rate", "error"))
        self.assertEqual((row["text"], row["computed"], row["id"]), ("$82.5 million a year", "$72.5 million a year", None))
        self.assertEqual(row["end"] - row["start"], len(row["text"]))
        table = pa.table({name: pa.array([1]) for name in reversed(crossfoot.spark.SCHEMA.names)})
        names = crossfoot.spark._in_place(table, crossfoot.spark.SCHEMA.names).schema.names
        self.assertEqual(names, crossfoot.spark.SCHEMA.names)

    def test_rules_of_ones_own_travel(self):
        rows = self.rows(rules=crossfoot.Rules({}), select=["wrong-rate"])
        self.assertEqual({row[1] for row in rows}, {"wrong-rate", "unreadable-file"})

    def test_a_column_that_findings_have_is_refused(self):
        with self.assertRaisesRegex(ValueError, "findings have a column id"):
            crossfoot.spark.check(self.frame, text="body", keep=["id"])


if __name__ == "__main__":
    unittest.main()
