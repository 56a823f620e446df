#!/usr/bin/env python3
"""Archives of any size, and what checking them takes.

    cargo build --release
    python3 benches/archive.py make --articles 1000000 archive.jsonl
    python3 benches/archive.py measure --binary target/release/crossfoot archive.jsonl
    python3 benches/archive.py again --binary target/release/crossfoot archive.jsonl
    python3 benches/archive.py kill --binary target/release/crossfoot --times 10 archive.jsonl

`make` writes articles of some 2 kB, each put together at random (the same for the same seed) of the project's
own paragraphs: `fixtures/`. `measure` checks a file, and prints time, texts in a second and peak memory.
`again` checks it with a cache, changes one record in a hundred, checks it again, and compares the times. `kill`
kills a run with SIGKILL at random moments and begins it again each time, lets it end then, and compares the
output byte for byte with that of a run that nobody disturbs.
"""

import argparse
import datetime
import filecmp
import glob
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SIZE = 2000


def paragraphs():
    """The paragraphs of the project's articles that are right, and sentences that are wrong, in a fixed order."""
    right, wrong = [], []
    for name in ("sentences", "right", "tricky"):
        with open(os.path.join(HERE, "fixtures", name + ".jsonl"), encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                of = right if record.get("true", True) else wrong
                of.extend(record["text"].split("\n\n"))
    for path in sorted(glob.glob(os.path.join(HERE, "fixtures", "articles", "*.md"))):
        with open(path, encoding="utf-8") as file:
            right.extend(file.read().split("\n\n"))
    return [[text for text in of if 40 < len(text) < 1500] for of in (right, wrong)]


def make(arguments):
    """Writes articles."""
    chance = random.Random(arguments.seed)
    right, wrong = paragraphs()
    first = datetime.date(2015, 1, 1)
    with open(arguments.file, "w", encoding="utf-8") as out:
        for number in range(arguments.articles):
            text = [chance.choice(wrong)] if chance.randrange(20) == 0 else []
            size = sum(map(len, text))
            while size < SIZE:
                text.append(chance.choice(right))
                size += len(text[-1])
            day = first + datetime.timedelta(days=chance.randrange(3650))
            record = {"id": f"story-{number}", "published": str(day), "text": "\n\n".join(text)}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    print(f"{arguments.articles} articles, {os.path.getsize(arguments.file):,} bytes")


def check(arguments, *more, file=None):
    """Runs a check. Returns seconds, seconds of processor time, and peak memory in MiB of it alone."""
    command = [arguments.binary, "check", file or arguments.file, "--isolated", *more]
    begun = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def count(path):
    """The records of a file."""
    with open(path, "rb") as file:
        return sum(1 for _ in file)


def measure(arguments):
    """Time and memory of a check, on one thread and on two."""
    records = count(arguments.file)
    for jobs in ("1", "2"):
        wall, cpu, peak = check(arguments, "--jobs", jobs)
        print(f"{records} records, {jobs} jobs: {wall:.1f} s, {cpu:.1f} s of processor time, "
              f"{records / cpu:.0f} in a second of it, peak {peak:.0f} MiB")


def again(arguments):
    """A second run after one record in a hundred changed."""
    with tempfile.TemporaryDirectory(dir=".") as folder:
        cache = os.path.join(folder, "kept")
        first = check(arguments, "--cache", cache)
        edited = os.path.join(folder, "edited.jsonl")
        with open(arguments.file, encoding="utf-8") as old, open(edited, "w", encoding="utf-8") as new:
            for number, line in enumerate(old):
                if number % 100 == 0:
                    record = json.loads(line)
                    record["text"] += "\n\nIt was edited."
                    line = json.dumps(record, ensure_ascii=False) + "\n"
                new.write(line)
        second = check(arguments, "--cache", cache, file=edited)
        size = sum(os.path.getsize(path) for path in glob.glob(cache + "/*"))
        print(f"first {first[0]:.1f} s, {first[1]:.1f} s of processor time, peak {first[2]:.0f} MiB; second {second[0]:.1f} s, "
              f"{second[1]:.1f} s; peak {second[2]:.0f} MiB, cache {size / 2**20:.0f} MiB")


def kill(arguments):
    """Kills and goes on."""
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory(dir=".") as folder:
        whole, out = os.path.join(folder, "whole.jsonl"), os.path.join(folder, "out.jsonl")
        command = [arguments.binary, "check", arguments.file, "--isolated", "-o"]
        begun = time.monotonic()
        subprocess.run([*command, whole], check=False)
        undisturbed = time.monotonic() - begun
        command += [out, "--cache", os.path.join(folder, "kept")]
        for _ in range(arguments.times):
            moment = chance.uniform(0, undisturbed / (arguments.times - 2))
            child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
            try:
                said = child.communicate(timeout=moment)[1]
                print(f"ended by itself before {moment:.1f} s: {said.strip()}")
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.communicate()
                part = out + ".part"
                size = os.path.getsize(part) if os.path.exists(part) else 0
                print(f"killed after {moment:.1f} s, {size:,} bytes written")
        print(subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True).stderr.strip())
        same = filecmp.cmp(whole, out, shallow=False)
        print(f"{os.path.getsize(out):,} bytes, {'the same' if same else 'NOT THE SAME'}")
        if not same:
            shutil.copy(out, "different.jsonl")
            sys.exit(1)


def main():
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for work in (make, measure, again, kill):
        command = commands.add_parser(work.__name__, help=work.__doc__)
        command.add_argument("file")
        command.add_argument("--seed", type=int, default=24)
        command.set_defaults(work=work)
        if work is make:
            command.add_argument("--articles", type=int, default=10000)
        else:
            command.add_argument("--binary", default="target/release/crossfoot")
        if work is kill:
            command.add_argument("--times", type=int, default=10)
    arguments = parser.parse_args()
    arguments.work(arguments)


main()
