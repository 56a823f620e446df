#!/usr/bin/env bash
# python-docx 1.2.0 (PyPI): of a figure with tracked changes `Paragraph.text` reads neither what was nor what is.
#
# An editor changes "$5 million" to "$6 million" with changes tracked: the 5 is in `w:del`, the 6 in `w:ins` (ECMA-376
# Part 1, 17.13.5.14 and 17.13.5.18). One would expect the text with the changes accepted, or without them. It has neither
# digit: "Aid of $ million". What stands in a content control (17.5.2.29) or a simple field (17.16.16) is left out too, so
# that "58 ships" whose 8 is a control reads "5 ships", another figure than the one that is shown. Links are read.
#
# Seen: "Aid of $ million", "The port lost 5 ships", "See page ".
# Needs python3 with venv. Exits 0 while this is so, 1 when it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'python-docx==1.2.0'
cd "$folder"
venv/bin/python - <<'PY'
import sys
import docx
from docx.oxml import parse_xml

MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BY = 'w:id="1" w:author="Desk" w:date="2025-01-01T00:00:00Z"'

def run(words, name="t"):
    return f'<w:r><w:{name} xml:space="preserve">{words}</w:{name}></w:r>'

def text(inner):
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {MAIN}>{inner}</w:p>"))
    return document.paragraphs[0].text

tracked = text(run("Aid of $") + f'<w:del {BY}>{run("5", "delText")}</w:del>'
               + f'<w:ins {BY}>{run("6")}</w:ins>' + run(" million"))
control = text(run("The port lost 5") + f'<w:sdt><w:sdtContent>{run("8")}</w:sdtContent></w:sdt>'
               + run(" ships"))
field = text(run("See page ") + f'<w:fldSimple w:instr="PAGE">{run("12")}</w:fldSimple>')
print("tracked change:", repr(tracked))
print("content control:", repr(control))
print("simple field:", repr(field))
same = (tracked, control, field) == ("Aid of $ million", "The port lost 5 ships", "See page ")
sys.exit(0 if same else 1)
PY
