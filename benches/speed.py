#!/usr/bin/env python3
"""Measures how fast `crossfoot extract` reads, beside typos, on two jobs, and on one page.

    cargo build --release
    python3 benches/speed.py --binary target/release/crossfoot --typos typos --folder ../shared/articles/press

Three measurements:

* One large file, the folder's text repeated: `extract --jobs 1` against
  `typos --threads 1`. Both print to nowhere.
* A folder of many files, the folder's files copied: `--jobs 2` against `--jobs 1`.
* One page of 5 kB: the processor time of a whole run, start of the process included.

Runs of what is compared take turns, and the best run of each counts: noise only
ever adds. Processor time is user and system time together. Peak memory is never
shown smaller than this script itself, which stands behind each process for a
moment; it keeps no text in memory for that reason.
"""

import argparse
import collections
import os
import shutil
import subprocess
import sys
import tempfile
import time

PAGE = 5000
Run = collections.namedtuple("Run", "wall cpu peak")
Command = collections.namedtuple("Command", "words successes", defaults=[(0,)])


def texts(folder):
    """The paths of the text files in a folder, in order."""
    names = sorted(name for name in os.listdir(folder) if name.endswith((".txt", ".md")))
    if not names:
        sys.exit(f"{folder} has no .txt or .md file")
    return [os.path.join(folder, name) for name in names]


def read(path, limit):
    """At most so many bytes of a file, without a character cut in two."""
    with open(path, "rb") as file:
        data = file.read(limit)
    return data.decode("utf-8", "ignore").encode()


def write_repeated(paths, size, target):
    """Writes the texts again and again, until no whole character is left to fit."""
    written = 0
    with open(target, "wb") as file:
        while written < size:
            before = written
            for path in paths:
                written += file.write(read(path, size - written))
            if written == before:
                break
    return written


def copy_files(paths, copies, folder):
    """Copies each file so many times; returns the names of the copies."""
    names = []
    for copy in range(copies):
        for path in paths:
            names.append(f"{copy:02}-{os.path.basename(path)}")
            shutil.copyfile(path, os.path.join(folder, names[-1]))
    return names


def run(command, folder):
    """Runs a command to its end: wall and processor seconds, peak memory in bytes."""
    start = time.perf_counter()
    process = subprocess.Popen(command.words, cwd=folder, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in command.successes:
        sys.exit(f"{' '.join(command.words[:6])} … ended with {process.returncode}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale)


def best(runs):
    return Run(*(min(column) for column in zip(*runs)))


def take_turns(commands, folder, count):
    """The best of so many runs of each command, one after the other in every round."""
    rounds = [[run(command, folder) for command in commands] for _ in range(count)]
    return [best(runs) for runs in zip(*rounds)]


def print_table(title, lines, size):
    print(f"\n{title}")
    print(f"{'':32} {'wall s':>8} {'cpu s':>8} {'MB/s wall':>10} {'MB/s cpu':>10} {'peak MB':>8}")
    for name, result in lines:
        print(f"{name:32} {result.wall:8.3f} {result.cpu:8.3f} {size / 1e6 / result.wall:10.2f}"
              f" {size / 1e6 / max(result.cpu, 1e-6):10.2f} {result.peak / 1e6:8.1f}")


def ratio(name, a, b):
    cells = [f"{getattr(a, field) / max(getattr(b, field), 1e-6):.2f} {field}" for field in Run._fields]
    print(f"{name}: {', '.join(cells)}")


def extract(options, jobs, files):
    return Command([options.binary, "extract", "--jobs", str(jobs), "--format", "jsonl", *files])


def measure_large(options, paths, folder):
    size = write_repeated(paths, int(options.megabytes * 1e6), os.path.join(folder, "large.txt"))
    commands = [extract(options, 1, ["large.txt"])]
    names = ["crossfoot extract --jobs 1"]
    if options.typos:
        words = [options.typos, "--isolated", "--threads", "1", "--format", "silent", "large.txt"]
        # It ends with 2 where it has found something.
        commands.append(Command(words, (0, 2)))
        names.append("typos --threads 1")
    results = take_turns(commands, folder, options.runs)
    print_table(f"One file of {size / 1e6:.1f} MB, best of {options.runs}", zip(names, results), size)
    if options.typos:
        ratio("crossfoot to typos", *results)
    os.remove(os.path.join(folder, "large.txt"))


def measure_folder(options, paths, folder):
    names = copy_files(paths, options.copies, folder)
    size = sum(os.path.getsize(os.path.join(folder, name)) for name in names)
    results = take_turns([extract(options, jobs, names) for jobs in (1, 2)], folder, options.runs)
    lines = zip(["crossfoot extract --jobs 1", "crossfoot extract --jobs 2"], results)
    print_table(f"{len(names)} files, {size / 1e6:.1f} MB, best of {options.runs}", lines, size)
    ratio("two jobs to one", results[1], results[0])
    print(f"speedup: {results[0].wall / results[1].wall:.2f}")


def measure_page(options, paths, folder):
    size = write_repeated(paths, PAGE, os.path.join(folder, "page.txt"))
    command = Command([options.binary, "extract", "--format", "jsonl", "page.txt"])
    runs = [run(command, folder) for _ in range(options.pages)]
    mean = Run(*(sum(column) / len(column) for column in zip(*runs)))
    print(f"\nOne page of {size} bytes, mean of {options.pages}")
    print(f"{1000 * mean.cpu:.2f} ms cpu, {1000 * mean.wall:.2f} ms wall, peak {mean.peak / 1e6:.1f} MB")


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default="target/release/crossfoot")
    parser.add_argument("--typos", default="typos", help="the typos binary; empty to leave it out")
    parser.add_argument("--folder", default="../shared/articles/press", help="folder of articles")
    parser.add_argument("--megabytes", type=float, default=50)
    parser.add_argument("--copies", type=int, default=10, help="how often the folder is copied")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pages", type=int, default=50, help="runs on one page")
    options = parser.parse_args()
    for name in ("binary", "typos"):
        given = getattr(options, name)
        found = shutil.which(given) if given else None
        if given and not found:
            parser.error(f"no program {given}")
        setattr(options, name, found and os.path.abspath(found))
    if not options.binary:
        parser.error("--binary is empty")
    return options


def main():
    options = parse()
    paths = texts(options.folder)
    for measure in (measure_large, measure_folder, measure_page):
        with tempfile.TemporaryDirectory() as folder:
            measure(options, [os.path.abspath(path) for path in paths], folder)


if __name__ == "__main__":
    main()
