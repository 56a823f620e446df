"""Makes the documents of `fixtures/documents/` with the programs that people write them with.

    python3 benches/documents.py

Needs pandoc and LibreOffice (`soffice`) of Debian, and python-docx of PyPI. The documents are kept, for what
these programs write changes from version to version; `fixtures/documents/made.txt` has the versions.
"""

import pathlib
import shutil
import subprocess
import tempfile

import docx

HERE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "documents"


def run(*command, folder=HERE):
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def office(source, ending, target):
    """Lets LibreOffice save a file in another format."""
    with tempfile.TemporaryDirectory() as folder:
        run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", ending, "--outdir", folder, str(source))
        shutil.copy(pathlib.Path(folder) / f"{source.stem}.{ending}", target)


def version(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()[0].strip()


def by_python_docx(target):
    """A document with runs of one figure, a table, a comment, hidden text and a raised mark."""
    document = docx.Document()
    document.add_heading("The fare", 0)
    paragraph = document.add_paragraph("The fare rose from $1")
    bold = paragraph.add_run("0")
    bold.bold = True
    paragraph.add_run(" to $12, or ")
    wrong = paragraph.add_run("30 percent")
    paragraph.add_run(", in 2024")
    raised = paragraph.add_run("1")
    raised.font.superscript = True
    paragraph.add_run(".")
    hidden = paragraph.add_run(" It was 25 percent.")
    hidden.font.hidden = True
    document.add_comment(wrong, text="Is this so?", author="Desk", initials="D")
    document.add_paragraph("Fares by line", style="Caption")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Line"
    table.rows[0].cells[1].text = "Fares, million euros"
    for line, fares in [("North", "12"), ("South", "18"), ("Total", "35")]:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = line, fares
    document.add_paragraph("The first", style="List Number")
    document.add_paragraph("The second", style="List Number")
    document.save(target)


def main():
    for name in ["harbour", "changes"]:
        run("pandoc", f"{name}.md", "-o", f"{name}-pandoc.docx")
        office(HERE / f"{name}-pandoc.docx", "odt", HERE / f"{name}-libreoffice.odt")
        office(HERE / f"{name}-libreoffice.odt", "docx", HERE / f"{name}-libreoffice.docx")
    run("pandoc", "harbour.md", "-o", "harbour-pandoc.odt")
    by_python_docx(HERE / "fare-python-docx.docx")
    office(HERE / "fare-python-docx.docx", "odt", HERE / "fare-libreoffice.odt")
    versions = [version("pandoc", "--version"), version("soffice", "--version"), f"python-docx {docx.__version__}"]
    (HERE / "made.txt").write_text(
        "Made by benches/documents.py with:\n" + "".join(f"{line}\n" for line in versions))


if __name__ == "__main__":
    main()
