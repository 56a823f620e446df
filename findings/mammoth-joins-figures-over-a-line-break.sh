#!/usr/bin/env bash
# mammoth 1.13.0 (PyPI): the raw text of a Word document joins two figures that a line break parts.
#
# `w:br` in a run is a line break (ECMA-376 Part 1, 17.3.3.1), which Word writes for Shift and Enter: a reader sees two
# lines. One would expect `extract_raw_text` to give a line break or a blank for it, as it gives two line breaks between
# paragraphs and a tab for `w:tab`. It gives nothing: "5" at the end of a line and "6 ships" on the next are "56 ships",
# a figure that nobody wrote, and whoever checks or counts figures in that text reads it. `convert_to_html` has `<br />`.
#
# Seen: "The port lost 56 ships" for "The port lost 5", a break, "6 ships"; a tab in the same place is kept.
# Needs python3 with venv. Exits 0 while this is so, 1 when it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'mammoth==1.13.0'
cd "$folder"
venv/bin/python - <<'PY'
import sys, zipfile
import mammoth

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

def document(between):
    with zipfile.ZipFile("a.docx", "w") as archive:
        archive.writestr("[Content_Types].xml",
            f'<Types xmlns="{TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{DOCUMENT}"/></Types>')
        archive.writestr("_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}">'
            f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>')
        archive.writestr("word/document.xml",
            f'<w:document xmlns:w="{MAIN}"><w:body><w:p><w:r><w:t>The port lost 5</w:t>{between}'
            '<w:t>6 ships</w:t></w:r></w:p></w:body></w:document>')

def read(convert):
    with open("a.docx", "rb") as file:
        return convert(file).value

document("<w:br/>")
broken, page = read(mammoth.extract_raw_text), read(mammoth.convert_to_html)
document("<w:tab/>")
tabbed = read(mammoth.extract_raw_text)
print("line break, raw text:", repr(broken))
print("line break, HTML:", repr(page))
print("tab, raw text:", repr(tabbed))
same = broken.strip() == "The port lost 56 ships" and "5<br />6" in page and "5\t6" in tabbed
sys.exit(0 if same else 1)
PY
