"""Writes the table of constructs in docs/formats.md: what each program reads of a Word document.

    cargo build --example text
    python3 benches/formats.py

Needs python-docx, mammoth and docx2python of PyPI, pandoc and LibreOffice (`soffice`) of Debian. Each row is a
document of its own, which is made here; every program reads its text in the way that its manual names first.
"""

import importlib.metadata
import json
import os
import pathlib
import re
import subprocess
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
NS = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
      'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
      'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
      'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
      'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
      'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
      'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
      'xmlns:v="urn:schemas-microsoft-com:vml"')
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
BY = 'w:id="1" w:author="A" w:date="2025-01-01T00:00:00Z"'


def t(words, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def p(runs, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def gone(words):
    return f'<w:del {BY}><w:r><w:delText xml:space="preserve">{words}</w:delText></w:r></w:del>'


def field(code, shown):
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (char.format("begin") + f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
            + char.format("separate") + t(shown) + char.format("end"))


def cell(inner, properties=""):
    return f"<w:tc><w:tcPr><w:tcW w:w='2000' w:type='dxa'/>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows):
    rows = "".join(row if row.startswith("<w:tr>") else f"<w:tr>{row}</w:tr>" for row in rows)
    return ("<w:tbl><w:tblPr><w:tblW w:w='0' w:type='auto'/></w:tblPr><w:tblGrid><w:gridCol w:w='2000'/>"
            f"<w:gridCol w:w='2000'/></w:tblGrid>{rows}</w:tbl>" + p(""))


def box(words):
    inner = f"<w:txbxContent>{p(t(words))}</w:txbxContent>"
    return ("<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><wp:extent cx='900000' "
            "cy='900000'/><wp:docPr id='1' name='b'/><a:graphic><a:graphicData uri='http://schemas.microsoft.com/"
            f"office/word/2010/wordprocessingShape'><wps:wsp><wps:cNvSpPr txBox='1'/><wps:spPr><a:prstGeom prst='rect'/></wps:spPr><wps:txbx>{inner}"
            "</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:shape style='width:70pt;height:70pt'><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>")


UP = '<w:vertAlign w:val="superscript"/>'
DOWN = '<w:vertAlign w:val="subscript"/>'
MARK = f"<w:rPr><w:del {BY}/></w:rPr>"

# What it is, the clause that decides, the document, why that is what a reader sees.
ROWS = [
    ("figure split over runs", "17.3.2.25", p(t("$5") + t("8", "<w:b/>") + t(".5 million")),
     "runs follow each other without anything between"),
    ("line break", "17.3.3.1", p("<w:r><w:t>in 5</w:t><w:br/><w:t>6 ships</w:t></w:r>"),
     "a break parts two figures"),
    ("tab", "17.3.3.32", p("<w:r><w:t>5</w:t><w:tab/><w:t>6</w:t></w:r>"), "so does a tab"),
    ("no-break hyphen", "17.3.3.18", p("<w:r><w:t>a 10</w:t><w:noBreakHyphen/><w:t>year bond</w:t></w:r>"),
     "it is shown as a hyphen"),
    ("soft hyphen", "17.3.3.29", p("<w:r><w:t>5 mil</w:t><w:softHyphen/><w:t>lion</w:t></w:r>"),
     "it is shown at the end of a line only, and is no part of the word"),
    ("symbol of a font", "17.3.3.30", p("<w:r><w:sym w:font='Symbol' w:char='F0B1'/></w:r>" + t("5")),
     "the place F0B1 of Symbol is ±"),
    ("white space that does not count", "17.3.3.31", p("<w:r><w:t>5 </w:t></w:r><w:r><w:t>000 ships</w:t></w:r>"),
     "without xml:space the space at the end is none"),
    ("complex field", "17.16.18", p(t("Cost ") + field(" =SUM(1000) ", "5,000")),
     "the result is shown, the instruction is not"),
    ("simple field", "17.16.16", p(t("page ") + f"<w:fldSimple w:instr=' PAGE '>{t('12')}</w:fldSimple>"),
     "the same"),
    ("table of contents", "17.16.5.69", p(field(' TOC \\o "1-3" ', "Rents 13")) + p(t("Rents")),
     "it repeats headings, and its figures are pages"),
    ("content control", "17.5.2.29", p(t("5") + f"<w:sdt><w:sdtContent>{t('8')}</w:sdtContent></w:sdt>" + t(" ships")),
     "what it holds is text"),
    ("placeholder", "17.5.2.39", p(t("Cost: ") + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
                                    + t("Enter 5 digits") + "</w:sdtContent></w:sdt>"),
     "nobody has written it"),
    ("smart tag", "17.5.1.9", p(f"<w:smartTag w:uri='u' w:element='e'>{t('5')}</w:smartTag>" + t(" ships")), "the same as a control"),
    ("hidden text", "17.3.2.41", p(t("5") + t("0", "<w:vanish/>") + t(" ships")), "it is not shown"),
    ("power of a unit", "17.3.2.42", p(t("5 km") + t("2", UP)), "raised digits are no figure of their own"),
    ("mark of a note by hand", "17.3.2.42", p(t("5,000") + t("1", UP) + t(" people")), "5,0001 is another figure"),
    ("lowered digit", "17.3.2.42", p(t("CO") + t("2", DOWN) + t(" fell")), "it is part of a name"),
    ("equation", "22.1.2.77", p(t("half is ") + "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"),
     "twelve is not a half; a formula is no prose"),
    ("text box", "Part 3, 7.5", p(t("Exports rose ") + box("7 of 9") + t("5 percent.")),
     "it is said twice for old and new readers and shown once, and the sentence around it goes on"),
    ("merged cell", "17.4.84", table(cell(p(t("2024")), "<w:vMerge w:val='restart'/>") + cell(p(t("5"))),
                                      cell(p(t("8")), "<w:vMerge/>") + cell(p(t("6")))),
     "what stands in a cell that goes on is not shown"),
    ("insertion", "17.13.5.18", p(t("$") + f"<w:ins {BY}>{t('6')}</w:ins>" + t(" million")), "accepted, it is there"),
    ("deletion", "17.13.5.14", p(t("$") + gone("5") + t("6 million")), "accepted, it is gone"),
    ("deletion of an insertion", "17.13.5.14", p(t("5") + f"<w:ins {BY}>{gone('0')}</w:ins>" + t(" ships")), "it is gone either way"),
    ("move", "17.13.5.22", p(t("a") + f"<w:moveFrom {BY}>{t(' 5')}</w:moveFrom>") + p(t("b") + f"<w:moveTo {BY}>{t(' 5')}</w:moveTo>"),
     "it stands once, where it went"),
    ("deleted end of a paragraph", "17.13.5.15", p(t("Aid of $5 "), MARK) + p(t("million")), "the paragraph goes on"),
    ("deleted row", "17.13.5.12", table(cell(p(t("5"))), f"<w:tr><w:trPr><w:del {BY}/></w:trPr>{cell(p(t('6')))}</w:tr>"),
     "accepted, it is gone"),
    ("number of an item", "17.9.18", p(t("Ports"), "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"),
     "a reader takes the 7 for the item's number, not for a figure"),
    ("footnote", "17.11.14", p(t("Down 50") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + t(" percent")),
     "the mark is no digit of the figure; the note is read behind the text"),
]

PARTS = {
    "word/footnotes.xml": f"<w:footnotes {NS}><w:footnote w:id='2'><w:p><w:r><w:t>Of 120.</w:t></w:r></w:p></w:footnote></w:footnotes>",
    "word/numbering.xml": f"<w:numbering {NS}><w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='7'/>"
                          "<w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum>"
                          "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num></w:numbering>",
    "word/styles.xml": f"<w:styles {NS}><w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:name w:val='Normal'/></w:style></w:styles>",
}


def make(path, body):
    kinds = [kind for kind in ["footnotes", "numbering", "styles"] if kind != "footnotes" or "footnoteReference" in body]
    types = "".join(f"<Override PartName='/word/{k}.xml' ContentType='{MAIN}.{k}+xml'/>" for k in kinds)
    rels = "".join(f"<Relationship Id='{k}' Type='{REL}/{k}' Target='{k}.xml'/>" for k in kinds)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml",
                     "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
                     "<Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
                     "<Default Extension='xml' ContentType='application/xml'/>"
                     f"<Override PartName='/word/document.xml' ContentType='{MAIN}.document.main+xml'/>{types}</Types>")
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        out.writestr("_rels/.rels", f"<Relationships xmlns='{space}'><Relationship Id='a' Type='{REL}/officeDocument' "
                                    "Target='word/document.xml'/></Relationships>")
        out.writestr("word/_rels/document.xml.rels", f"<Relationships xmlns='{space}'>{rels}</Relationships>")
        out.writestr("word/document.xml", f"<w:document {NS}><w:body>{body}</w:body></w:document>")
        for kind in kinds:
            out.writestr(f"word/{kind}.xml", PARTS[f"word/{kind}.xml"])


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def target():
    meta = json.loads(output("cargo", "metadata", "--no-deps", "--format-version", "1"))
    return pathlib.Path(meta["target_directory"]) / "debug" / "examples" / "text"


def by_python_docx(path):
    import docx
    document = docx.Document(path)
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [c.text for one in document.tables for row in one.rows for c in row.cells]
    return "\n".join(lines)


def by_mammoth(path):
    import mammoth
    with open(path, "rb") as file:
        return mammoth.extract_raw_text(file).value


def by_docx2python(path):
    from docx2python import docx2python
    with docx2python(path) as document:
        return document.text


def by_libreoffice(path, folder):
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
                    "txt:Text (encoded):UTF8", "--outdir", folder, path], check=True, capture_output=True)
    return (pathlib.Path(folder) / (pathlib.Path(path).stem + ".txt")).read_text("utf-8-sig")


def tidy(text):
    """A text on one line, as a table has it."""
    text = text.replace("\r", "").replace("\u2028", "\n").replace("\u00ad", "")
    lines = [re.sub(r"[ \t\u00a0]+", " ", line.replace("\t", " ⇥ ")).strip() for line in text.split("\n")]
    return " ⏎ ".join(line for line in lines if line).replace("|", "\\|").replace("`", "'").replace("\ufffc", "￼")


def attempt(read, *arguments):
    try:
        text = tidy(read(*arguments))
    except Exception as error:  # what a program cannot read is a result
        return f"*{type(error).__name__}*"
    return f"`{text}`" if text else "nothing"


def main():
    example = target()
    lines = ["| construct | ECMA-376 | Crossfoot | why | python-docx | mammoth | docx2python | pandoc | LibreOffice |",
             "|---|---|---|---|---|---|---|---|---|"]
    agree = [0] * 5
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, clause, body, why) in enumerate(ROWS):
            path = os.path.join(folder, f"c{number}.docx")
            make(path, body)
            own = attempt(lambda: output(str(example), path))
            others = [attempt(by_python_docx, path), attempt(by_mammoth, path), attempt(by_docx2python, path),
                      attempt(lambda: output("pandoc", "-t", "plain", "--wrap=none", path)),
                      attempt(by_libreoffice, path, folder)]
            agree = [count + (other == own) for count, other in zip(agree, others)]
            shown = ["the same" if other == own else other for other in others]
            lines.append(f"| {name} | {clause} | {own} | {why} | " + " | ".join(shown) + " |")
    def of(package):
        return importlib.metadata.version(package)
    versions = (f"python-docx {of('python-docx')}, mammoth {of('mammoth')}, docx2python {of('docx2python')}, "
                f"{output('pandoc', '--version').splitlines()[0]}, "
                f"{' '.join(output('soffice', '--version').split()[:2])}")
    names = ["python-docx", "mammoth", "docx2python", "pandoc", "LibreOffice"]
    told = ", ".join(f"{name} {count}" for name, count in zip(names, agree))
    lines += ["", f"Read with {versions}. Of {len(ROWS)} rows the same is read by: {told}."]
    page = ROOT / "docs" / "formats.md"
    text = page.read_text("utf-8")
    start, end = "<!-- constructs -->\n", "<!-- end of constructs -->"
    before, rest = text.split(start)
    _, after = rest.split(end)
    page.write_text(before + start + "\n" + "\n".join(lines) + "\n\n" + end + after, "utf-8")


if __name__ == "__main__":
    main()
