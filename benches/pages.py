#!/usr/bin/env python3
"""What figures readers of HTML give of constructs that pages have, as the table of docs/formats.md.

Each reader makes text of a page, and `crossfoot extract` reads the figures of that text as plain text; of Crossfoot
itself it reads the page. So the grammar of figures is the same for all, and what differs is the reading of HTML.

    python3 -m pip install beautifulsoup4 html5lib
    apt-get install chromium pandoc
    python3 benches/pages.py --binary target/release/crossfoot

prints the table; `--check` only says which rows Crossfoot reads otherwise than is right.
"""

import argparse
import html
import json
import os
import pathlib
import re
import subprocess
import tempfile

# Construct, its HTML, the figures that a reader of the page takes from it, and why.
ROWS = [
    ("no-break space by name", "<p>It cost $5&nbsp;million.", "5000000 USD", "it is shown as a space"),
    ("thin space within a number", "<p>It has 12&thinsp;000 members.", "12000", "it groups digits"),
    ("reference by number", "<p>It cost &#36;5 million.", "5000000 USD", "it is a dollar sign"),
    ("reference without semicolon", "<p>It cost &pound5 million.", "5000000 GBP", "the standard lets it stand"),
    ("tags within a figure", "<p>It cost <b>$<i>5</i></b> <span>million</span>.", "5000000 USD", "they change the look only"),
    ("comment within a figure", "<p>It cost $5<!-- 6? --> million.", "5000000 USD", "it is not shown"),
    ("`<wbr>` within a number", "<p>It has 146,<wbr>000 members.", "146000", "it is shown as nothing"),
    ("`&shy;` within a word", "<p>It cost 5 mil&shy;lion euros.", "5000000 EUR", "it is shown as nothing"),
    ("line of the source within a figure", "<p>It cost $5\n      million.", "5000000 USD", "it is shown as a space"),
    ("mark of a note", "<p>It has 5,000<sup>1</sup> members.", "5000", "the 1 leads to a note"),
    ("mark of a note as a link", "<p>It has 5,000<a href='#n'><sup>[2]</sup></a> members.", "5000", "the 2 leads to a note"),
    ("note by its role", "<p>It has 5,000<a href='#n' role='doc-noteref'>12</a> members.", "5000", "the 12 leads to a note"),
    ("square kilometres", "<p>It covers 5 km<sup>2</sup>.", "5 square kilometer", "the raised 2 makes an area"),
    ("power", "<p>It has some 10<sup>6</sup> members.", "1000000", "ten to the sixth"),
    ("ordinal", "<p>It is the 5<sup>th</sup> fire.", "5", "one word"),
    ("lowered digit", "<p>It emits 40 tonnes of CO<sub>2</sub>.", "40 metric ton", "the 2 counts atoms"),
    ("struck out", "<p>It cost <del>$6</del> <ins>$5</ins> million.", "5000000 USD", "the writer took the 6 back"),
    ("struck out, never ended", "<p><s>It cost $6.<p>It cost $7.</s> It cost $5.", "5 USD", "it goes on until its end"),
    ("hidden", "<p>It cost <span hidden>$6 or </span>$5.", "5 USD", "it is not shown"),
    ("`display: none`", "<p>It cost <b style='display: none'>$6 or </b>$5.", "5 USD", "it is not shown"),
    ("`aria-hidden`", "<p>It cost <span aria-hidden='true'>$5</span>.", "5 USD", "it is shown; only screen readers leave it out"),
    ("script", "<p>It cost $5.<script>if (a < 6) b(7, '</p>')</script>", "5 USD", "it is not shown"),
    ("style", "<style>p { width: 60% }</style><p>It cost $5.", "5 USD", "it is not shown"),
    ("template", "<template><p>It cost $6.</template><p>It cost $5.", "5 USD", "it is not shown"),
    ("`noscript`", "<p>It cost $5.<noscript><p>It cost $6.</noscript>", "5 USD", "browsers run scripts"),
    ("navigation", "<nav><a href='/'>Top 10</a></nav><h1>Aid</h1><p>It cost $5.", "5 USD", "it is no part of the article"),
    ("footer", "<h1>Aid</h1><p>It cost $5.<footer>Founded in 1871</footer>", "5 USD", "it is no part of the article"),
    ("related stories", "<article><h1>Aid</h1><p>It cost $5.<aside><h2>More</h2><a href='/a'>6 men left</a></aside></article>", "5 USD", "links to other articles"),
    ("box of figures", "<article><h1>Aid</h1><p>It cost $5.<aside><h2>In figures</h2><p>It has 6 km of roads.</aside></article>", "5 USD; 6 kilometer", "it belongs to the article"),
    ("cookie dialogue", "<div role='dialog'><p>We have 812 partners.</div><h1>Aid</h1><p>It cost $5.", "5 USD", "it is no part of the article"),
    ("head of the page", "<header>The paper, 12 °C</header><h1>Aid</h1><p>It cost $5.", "5 USD", "it is no part of the article"),
    ("title", "<title>Top 10</title><h1>Aid</h1><p>It cost $5.", "5 USD", "it names the page"),
    ("list", "<ol><li>Roads: $5<li>Rails: $6</ol>", "5 USD; 6 USD", "the numbers of items are no figures"),
    ("cells", "<table><tr><th>Year<th>Members<tr><td>2019<td>146,000</table>", "2019-01-01; 146000", "two figures"),
    ("cells without space between them", "<table><tr><td>5</td><td>100</td></tr><tr><td>6</td><td>1</td></tr></table>", "5; 100; 6; 1", "four figures"),
    ("cells without end tags", "<table><tr><td>5 men<td>6 women<tr><td>7 men<td>8 women</table>", "5; 6; 7; 8", "the standard lets them stand"),
    ("phrases without space between them", "<p><span>2019</span><span>146</span> left", "2019-01-01; 146", "two phrases, two figures"),
    ("`<br>` within a figure", "<h1>It cost $5<br>million</h1>", "5000000 USD", "a line is broken, not a sentence"),
    ("two `<br>`", "<p>It rose to 5<br><br>million by million", "5", "two paragraphs"),
    ("alternative text", "<p><img alt='It cost $5' src='a.png'>", "5 USD", "it stands for the image"),
    ("caption", "<figure><img src='a.png'><figcaption>It cost $5</figcaption></figure>", "5 USD", "it is shown"),
    ("paragraph without end tag", "<p>It rose to 5<p>million by million", "5", "two paragraphs"),
    ("end tag of nothing", "<p>It cost $5</div></b></span> million.", "5000000 USD", "browsers pass it over"),
    ("button", "<p>It cost $5.<button>6 likes</button>", "5 USD", "it is a control"),
    ("drawing", "<p>It cost $5.<svg><title>60%</title><text>70%</text></svg>", "5 USD", "it is no prose"),
    ("`<` that is itself", "<p>It was 3 < 5 km.", "3; 5 kilometer", "no tag begins with a space"),
    ("`>` within an attribute", "<p title='6 > 5'>It cost $5.", "5 USD", "it is within quotation marks"),
]


def run(command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    return done.stdout


def figures(binary, text, name):
    out = run([binary, "extract", "-", "--stdin-filename", name, "--format", "json"], text)
    found = []
    for mention in json.loads(out)[0]["mentions"]:
        if "start_date" in mention:
            found.append(str(mention["start_date"]))
        else:
            value = mention.get("value") or f"{mention['low']} to {mention['high']}"
            found.append(" ".join(filter(None, [value, mention.get("unit")])))
    return "; ".join(found)


def page(body):
    return f"<!doctype html>\n{body}\n"


def chromium(pages):
    """`innerText` of each page, one run for each."""
    texts = []
    with tempfile.TemporaryDirectory() as folder:
        for body in pages:
            path = pathlib.Path(folder, "page.html")
            # The text is handed out as a comment, for a dump of the tree has nothing else.
            script = (
                "<script>addEventListener('load', () => { const text = document.body.innerText;"
                "document.documentElement.innerHTML = ''; document.documentElement.append("
                "document.createComment(encodeURIComponent(text))) })</script>"
            )
            path.write_text(f"<!doctype html><meta charset=utf-8>{script}{body}", encoding="utf-8")
            out = run([os.environ.get("CHROMIUM", "chromium"), "--headless", "--no-sandbox", "--disable-gpu",
                       f"--user-data-dir={folder}/profile", "--dump-dom", path.as_uri()])
            found = re.search(r"<!--(.*?)-->", out, re.S)
            from urllib.parse import unquote
            texts.append(unquote(found[1]) if found else "")
    return texts


def pandoc(body):
    return run(["pandoc", "-f", "html", "-t", "plain", "--wrap=none"], page(body))


def soup(body):
    from bs4 import BeautifulSoup
    return BeautifulSoup(page(body), "html5lib").get_text()


def versions(binary):
    import bs4
    import html5lib
    first = lambda command: run(command).splitlines()[0].strip()
    return (
        f"{first([binary, '--version'])}; {first(['chromium', '--version']).split(' built')[0]}; "
        f"{first(['pandoc', '--version'])}; Beautiful Soup {bs4.__version__} with html5lib {html5lib.__version__}"
    )


def cell(text):
    return html.escape(text, quote=False).replace("|", "\\|") if text else "nothing"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--binary", default="target/release/crossfoot")
    arguments.add_argument("--check", action="store_true")
    options = arguments.parse_args()
    own = [figures(options.binary, page(body), "a.html") for _, body, _, _ in ROWS]
    wrong = [(row, found) for row, found in zip(ROWS, own) if row[2] != found]
    for (name, _, right, _), found in wrong:
        print(f"{name}: {found or 'nothing'}, not {right}")
    if options.check or wrong:
        raise SystemExit(bool(wrong))
    others = {
        "Chromium": chromium([body for _, body, _, _ in ROWS]),
        "pandoc": [pandoc(body) for _, body, _, _ in ROWS],
        "Beautiful Soup": [soup(body) for _, body, _, _ in ROWS],
    }
    others = {name: [figures(options.binary, text, "a.txt") for text in texts] for name, texts in others.items()}
    right = lambda found: sum(one == row[2] for row, one in zip(ROWS, found))
    print(versions(options.binary))
    print("\n| construct | figures | why |", *[f" {name} |" for name in others], sep="")
    print("|---|---|---|", "---|" * len(others), sep="")
    for at, (name, _, expected, why) in enumerate(ROWS):
        cells = ["the same" if found[at] == expected else cell(found[at]) for found in others.values()]
        print(f"| {name} | {cell(expected)} | {cell(why)} | " + " | ".join(cells) + " |")
    counts = [f"{right(found)} of {len(ROWS)}" for found in others.values()]
    print(f"| the same as Crossfoot | | | " + " | ".join(counts) + " |")


if __name__ == "__main__":
    main()
