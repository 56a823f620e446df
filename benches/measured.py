#!/usr/bin/env python3
"""Measures the built-in rules anew on unaltered texts, and writes what follows from that.

usage: benches/measured.py [--docs] [--judged FILE.toml] [TEXTS ...]

TEXTS are files with a text a line (.jsonl, also as .jsonl.gz): id, published, text. Builds the program, runs
`crossfoot rules --measure` on them, which writes `rules/measured.toml` and adds what is to be read to the file of
judgements (`benches/judged.toml`), builds the program with the new measures, and writes `docs/rules.md` and the table of
`docs/precision.md`. With --docs only the documents are written."""

import argparse
import gzip
import os
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MEASURES = ROOT / "rules" / "measured.toml"
BINARY = ROOT / "target" / "release" / "crossfoot"


def built():
    subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)


def printed(*arguments):
    run = subprocess.run([BINARY, *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return run.stdout


def unzipped(path, folder):
    path = pathlib.Path(path).resolve()
    if path.suffix != ".gz":
        return path
    out = pathlib.Path(folder) / path.stem
    out.write_bytes(gzip.open(path).read())
    return out


def documents():
    (ROOT / "docs" / "rules.md").write_text(printed("rules", "--markdown"), encoding="utf-8")
    page = ROOT / "docs" / "precision.md"
    begin, end = "<!-- measured -->\n", "<!-- -->"
    before, rest = page.read_text(encoding="utf-8").split(begin, 1)
    after = rest.split(end, 1)[1]
    page.write_text(before + begin + printed("rules", "--measured") + end + after, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", metavar="TEXTS")
    parser.add_argument("--judged", default=ROOT / "benches" / "judged.toml", metavar="FILE.toml")
    parser.add_argument("--docs", action="store_true")
    args = parser.parse_args()
    if not args.texts and not args.docs:
        parser.error("which texts?")
    judged = os.path.abspath(args.judged)
    built()
    if args.texts and not args.docs:
        with tempfile.TemporaryDirectory() as folder:
            texts = [unzipped(path, folder) for path in args.texts]
            command = [BINARY, "rules", "--judged", judged, "--measure", *texts]
            before = MEASURES.read_bytes()
            subprocess.run(command, cwd=ROOT, check=True)
        if MEASURES.read_bytes() != before:
            built()
    documents()


if __name__ == "__main__":
    main()
