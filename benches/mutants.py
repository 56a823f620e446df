#!/usr/bin/env python3
"""Puts known faults into a copy of the project, one at a time, and runs the test that must notice.

    python3 benches/mutants.py
    python3 benches/mutants.py --only far-dates-are-near

The faults are in `mutants.toml` beside this file, each with the text that it
replaces, the behaviour that it breaks and the test that names the behaviour.
First all of these tests are run without a fault: each must be there and pass,
else nothing is learned. Then each fault is one of

* caught: the test fails, or does not end;
* SURVIVED: the test passes;
* did not compile, or not put in: the list is out of date.

The copy lies in a folder of its own under the system's temporary folder, at the
same place in every run, so that what was built for it can be used again; it is
taken away at the end. What is built goes to `--target`, one folder for all
faults, and the tree that the script stands in is only read. The exit code is 0 if all
faults were caught, else 1.
"""

import argparse
import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Where a fault makes a test run on and on; the slowest takes seconds.
LONGEST = 600
# The project itself is built once for each fault and run for a moment: what it costs is compiling.
QUICK = [
    part
    for setting in ("opt-level=0", "debug=false")
    for part in ("--config", f"profile.dev.package.crossfoot.{setting}")
]
RAN = re.compile(r"^test (\S+)(?: - should panic)? \.\.\. (ok|FAILED)", re.MULTILINE)


def project_files():
    """The files of the project, those not committed yet among them, without what is built."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=ROOT, check=True, capture_output=True).stdout
    names = sorted(set(os.fsdecode(listed).split("\0")) - {""})
    # A file that was deleted and not committed is listed too.
    return [name for name in names if os.path.lexists(ROOT / name)]


@contextlib.contextmanager
def copy_of_project():
    """A copy of the project, until it is not needed any more."""
    own = hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:12]
    copy = Path(tempfile.gettempdir()) / f"crossfoot-mutants-{own}"
    try:
        copy.mkdir(mode=0o700)
    except FileExistsError:
        sys.exit(f"{copy} is there: wait for the run that uses it, or remove what one left behind")
    try:
        for name in project_files():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            # Not the time of change: cargo must not take what was built from a fault for fresh.
            shutil.copy(ROOT / name, copy / name, follow_symlinks=False)
        yield copy
    finally:
        shutil.rmtree(copy)


def binary(mutant):
    """Which tests a mutant's test is one of, as cargo names them."""
    return ("--lib",) if mutant.get("lib") else ("--test", "it")


def cargo(copy, target, words, limit=None):
    """Runs `cargo test` in the copy; the exit code, None if it did not end, and all it printed."""
    environment = os.environ | {"CARGO_TARGET_DIR": str(target), "CARGO_TERM_COLOR": "never"}
    run = subprocess.Popen(
        ["cargo", "test", *QUICK, "--locked", "--quiet", *words],
        cwd=copy,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        # So that a test that does not end is ended with cargo.
        start_new_session=True,
    )
    try:
        printed, _ = run.communicate(timeout=limit)
        return run.returncode, printed
    except subprocess.TimeoutExpired:
        return None, ""
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()


def run_unmutated(copy, target, mutants):
    """Ends the script unless the test of each mutant is there and passes."""
    bad = []
    for of in sorted({binary(mutant) for mutant in mutants}):
        wanted = sorted({mutant["test"] for mutant in mutants if binary(mutant) == of})
        code, printed = cargo(copy, target, [*of, "--", "--format=pretty", *wanted])
        ran = dict(RAN.findall(printed))
        for test in wanted:
            outcomes = [outcome for name, outcome in ran.items() if test in name]
            if not outcomes:
                bad.append(f"no test {test} was run")
            elif "FAILED" in outcomes:
                bad.append(f"{test} fails without a fault")
        if code != 0 and not bad:
            bad.append("without a fault the tests do not run")
        if bad:
            print(printed)
    if bad:
        sys.exit("\n".join(bad))


def outcome(copy, target, mutant):
    """What became of a fault."""
    file = copy / mutant["file"]
    before = file.read_bytes()
    find, replace = mutant["find"].encode(), mutant["replace"].encode()
    if before.count(find) != 1:
        return f"not put in: its text stands in {mutant['file']} {before.count(find)} times"
    file.write_bytes(before.replace(find, replace))
    try:
        of = binary(mutant)
        code, printed = cargo(copy, target, [*of, "--no-run"])
        if code != 0:
            print(printed)
            return "did not compile"
        code, printed = cargo(copy, target, [*of, "--", "--format=pretty", mutant["test"]], LONGEST)
        if code is None:
            return "caught: it does not end"
        if code == 0:
            return "SURVIVED"
        return "caught"
    finally:
        file.write_bytes(before)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", metavar="NAME", action="append", help="this fault; repeatable")
    parser.add_argument(
        "--target",
        type=Path,
        default=ROOT / "target" / "mutants",
        help="where to build (target/mutants, which git ignores)",
    )
    given = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    # Ended from outside, it still takes the copy away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    mutants = tomllib.loads((ROOT / "benches/mutants.toml").read_text())["mutant"]
    if given.only:
        unknown = set(given.only) - {mutant["name"] for mutant in mutants}
        if unknown:
            sys.exit(f"there is no fault {', '.join(sorted(unknown))}")
        mutants = [mutant for mutant in mutants if mutant["name"] in given.only]
    target = given.target.resolve()
    outcomes = []
    with copy_of_project() as copy:
        started = time.monotonic()
        run_unmutated(copy, target, mutants)
        print(f"without a fault, all tests pass ({time.monotonic() - started:.0f} s)")
        for mutant in mutants:
            started = time.monotonic()
            outcomes.append(outcome(copy, target, mutant))
            print(f"{mutant['name']}: {outcomes[-1]} ({time.monotonic() - started:.0f} s)")
    caught = sum(result.startswith("caught") for result in outcomes)
    print(f"{caught} of {len(outcomes)} faults caught")
    sys.exit(caught != len(outcomes))


if __name__ == "__main__":
    main()
