#!/usr/bin/env python3
"""How well does the text of each edition come back out, per reader?

    extract_matrix.py EDITIONS              measures EDITIONS/NAME/*.pdf and fails on a figure under its floor
    extract_matrix.py EDITIONS --raise      the same, then lifts the floors to the figures less 0.002

The expected text of NAME/ar.pdf is written by expected.py from documents/NAME/ar.md, that of NAME/ar-en.pdf from both.
The texts of tests/texts are built in three fonts by the program that QARAR names (default target/release/qarar) and
measured too, `texts/NAME`: of each figure the worst of the three fonts. So is the article that examples/plain_typst.rs
(PLAIN_TYPST, default target/release/examples/plain_typst) sets of examples/article.typ: examples/article.txt is its text.

Per reader, four figures:
  words    share of the expected words found (as a multiset, order ignored): letters kept inside each word
  phrases  share of the expected runs of three words found in that order: what a phrase search needs
  letters  the same over the runs without a digit (two readers reverse Arabic-Indic numbers, whoever made the PDF)
  cer      character error rate of the whole text, white space folded, bidi controls dropped; shown, not judged
and two counts that must be 0: tatweel (U+0640) and Arabic presentation forms.

A reader that is missing, an edition without floors and floors without an edition are faults too. `--raise` never
lowers a floor: who makes a figure worse on purpose edits floors.toml and says why in the commit.

Run by `cargo xtask extraction`; QARAR_TOOLS names the folder of the tools (default ./.tools).
"""

import math
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from rapidfuzz.distance import Levenshtein

from expected import expected, expected_edition
from readers import READERS, Unreadable

HERE = os.path.dirname(os.path.abspath(__file__))
FLOORS = os.path.join(HERE, "floors.toml")
DOCUMENTS = os.path.join(HERE, os.pardir, os.pardir, "documents")
TEXTS = os.path.join(HERE, os.pardir, "texts")
FONTS = os.path.join(HERE, os.pardir, "fonts")
EXAMPLES = os.path.join(HERE, os.pardir, os.pardir, "examples")
FAMILIES = ("Amiri", "Scheherazade New", "Noto Naskh Arabic")
# The text whose words are divided at the ends of lines.
DIVIDED = "divided"
FIGURES = ("words", "phrases", "letters")
SLACK = 0.002
CONTROLS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
TOKEN = re.compile(r"[^\s،؛؟.,;:!?()\[\]«»“”\"'\-–—]+")
TEXT_FACTS = """\
kind = "resolution"
symbol = "A/RES/70/1"
body = "general-assembly"
session = 70
adopted = 2015-09-25
meeting = 4
distribution = "general"
issued = 2015-10-21
languages = ["{language}"]

[fonts]
arabic = "{family}"
"""
FLOORS_HEADER = """\
# The least that each reader must get out of each edition: see extract_matrix.py for what the figures mean.
# Lifted by `cargo xtask extraction --raise`; lowered by hand only, with the reason in the commit.
"""


def fold(text):
    text = unicodedata.normalize("NFC", text)  # two marks of one letter may come in either order
    text = re.sub(r"\u00ad\s*", "", text)  # a word hyphenated at a line end is one word
    return re.sub(r"\s+", " ", text.translate(CONTROLS)).strip()


def tokens(text):
    return TOKEN.findall(fold(text))


def measure(lines, text):
    paragraphs = [tokens(line) for line in lines]
    want = Counter(token for paragraph in paragraphs for token in paragraph)
    got = tokens(text)
    have = Counter(got)
    windows = [" ".join(p[i : i + 3]) for p in paragraphs for i in range(len(p) - 2)]
    plain = [window for window in windows if not re.search(r"\d", window)]
    joined = " " + " ".join(got) + " "
    wanted = fold("\n".join(lines))
    return {
        "words": sum(min(n, have[word]) for word, n in want.items()) / max(1, sum(want.values())),
        "phrases": sum(f" {window} " in joined for window in windows) / max(1, len(windows)),
        "letters": sum(f" {window} " in joined for window in plain) / max(1, len(plain)),
        "cer": Levenshtein.distance(wanted, fold(text)) / max(1, len(wanted)),
        "tatweel": text.count("\u0640"),
        "forms": sum("\ufb50" <= c <= "\ufdff" or "\ufe70" <= c <= "\ufefe" for c in text),
    }


def editions_below(folder):
    """(document, edition, path) of every PDF."""
    for document in sorted(os.listdir(folder)):
        for file in sorted(os.listdir(os.path.join(folder, document))):
            if file.endswith(".pdf"):
                yield document, file.removesuffix(".pdf"), os.path.join(folder, document, file)


def build_texts(folder):
    """Builds the texts into `folder` and gives (text, lines, path) of every PDF."""
    made = []
    for file in sorted(os.listdir(TEXTS)):
        text, _, language = file.removesuffix(".md").rpartition(".")
        if not text:
            continue
        for number, family in enumerate(FAMILIES):
            document = os.path.join(folder, "documents", f"{text}-{number}")
            os.makedirs(document)
            with open(os.path.join(document, "document.toml"), "w", encoding="utf8") as facts:
                facts.write(TEXT_FACTS.format(language=language, family=family))
                if text == DIVIDED:
                    facts.write("\n[layout]\nhyphenate = true\n")
            with open(os.path.join(TEXTS, file), encoding="utf8") as source:
                written = source.read()
            with open(os.path.join(document, f"{language}.md"), "w", encoding="utf8") as copy:
                copy.write(written)
            lines = expected(document, language, {"before": [], "number": "", "after": []})
            made.append((text, lines, os.path.join(folder, "output", f"{text}-{number}", f"{language}.pdf")))
    program = os.path.abspath(os.environ.get("QARAR", os.path.join("target", "release", "qarar")))
    command = [program, "build", "--font-path", os.path.abspath(FONTS)]
    built = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if built.returncode != 0:
        sys.exit(built.stderr.decode("utf8", "replace"))
    return made


def build_article(folder):
    """Sets the article of the examples into `folder` and gives (lines, path)."""
    path = os.path.join(folder, "article.pdf")
    program = os.path.abspath(os.environ.get("PLAIN_TYPST", os.path.join("target", "release", "examples", "plain_typst")))
    command = [program, os.path.join(EXAMPLES, "article.typ"), path]
    built = subprocess.run(command, capture_output=True, check=False)
    if built.returncode != 0:
        sys.exit(built.stderr.decode("utf8", "replace"))
    with open(os.path.join(EXAMPLES, "article.txt"), encoding="utf8") as text:
        return text.read().splitlines(), path


def worst(rows):
    """Of the figures the least, of the counts the most."""
    return {name: (min if name in FIGURES else max)(row[name] for row in rows) for name in rows[0]}


def measure_all(folder, faults):
    """The figures by (document, edition, reader)."""
    with tempfile.TemporaryDirectory() as texts:
        return measure_jobs(folder, texts, faults)


def measure_jobs(folder, texts, faults):
    jobs = []
    for document, edition, path in editions_below(folder):
        lines = expected_edition(os.path.join(DOCUMENTS, document), edition.split("-"))
        jobs += [((document, edition, reader.__name__), reader, path, lines) for reader in READERS]
    if not jobs:
        faults.append(f"no PDF below {folder}")
    for text, lines, path in build_texts(texts):
        jobs += [(("texts", text, reader.__name__), reader, path, lines) for reader in READERS]
    lines, path = build_article(texts)
    jobs += [(("examples", "article", reader.__name__), reader, path, lines) for reader in READERS]

    def one(job):
        key, reader, path, lines = job
        try:
            return key, measure(lines, reader(path))
        except Unreadable as error:
            return key, str(error)
        except Exception as error:  # a reader's own error: which kind it is depends on the reader
            return key, f"{type(error).__name__}: {error}"

    # PDFium and MuPDF must not be called from two threads at once; the readers that are programs may run side by side.
    programs = {"poppler", "pdfjs", "pdfbox"}
    with ThreadPoolExecutor(max_workers=2) as pool:
        outside = pool.map(one, [job for job in jobs if job[0][2] in programs])
        results = list(map(one, [job for job in jobs if job[0][2] not in programs]))
        results.extend(outside)
    measured = {key: [] for key, _, _, _ in jobs}
    for key, result in results:
        if isinstance(result, str):
            faults.append(f"{'/'.join(key[:2])}.pdf, {key[2]}: {result}")
        else:
            measured[key].append(result)
    return {key: worst(rows) for key, rows in measured.items() if rows}


def judge(figures, floors, faults):
    for (document, edition, reader), row in figures.items():
        name = f"{document}/{edition}.pdf, {reader}"
        floor = floors.get(document, {}).get(edition, {}).get(reader)
        if floor is None:
            faults.append(f"{name}: no floor in tests/extraction/floors.toml; `cargo xtask extraction --raise` writes one")
        else:
            for figure in FIGURES:
                if figure not in floor:
                    faults.append(f"{name}: its floors have no `{figure}`")
                elif row[figure] + 1e-9 < floor[figure]:
                    faults.append(f"{name}: {figure} {row[figure]:.4f} is under the floor {floor[figure]:.3f}")
        for count, what in (("tatweel", "tatweels (U+0640)"), ("forms", "presentation forms")):
            if row[count]:
                faults.append(f"{name}: {row[count]} {what} in the text")
    for document, editions in floors.items():
        for edition, readers in editions.items():
            for reader in readers:
                if (document, edition, reader) not in figures:
                    faults.append(f"{document}/{edition}.pdf, {reader}: has floors, but was not measured")


def print_table(figures, floors):
    shown = None
    for (document, edition, reader), row in figures.items():
        if (document, edition) != shown:
            shown = document, edition
            print(f"{document}/{edition}.pdf")
            print(f"  {'':9}  {'words':>5}  (floor)  {'phrases':>7}  (floor)  {'letters':>7}  (floor)    cer  tatweel  forms")
        floor = floors.get(document, {}).get(edition, {}).get(reader, dict.fromkeys(FIGURES, 0))
        cells = "  ".join(f"{row[f]:>{len(f)}.3f}  ({floor.get(f, 0):.3f})" for f in FIGURES)
        print(f"  {reader:9}  {cells}  {row['cer']:5.3f}  {row['tatweel']:7}  {row['forms']:5}")


def raised(figures, floors):
    """The floors lifted to the figures less SLACK, none lowered."""
    new = {document: {edition: dict(readers) for edition, readers in editions.items()} for document, editions in floors.items()}
    for (document, edition, reader), row in figures.items():
        readers = new.setdefault(document, {}).setdefault(edition, {})
        old = readers.get(reader, {})
        readers[reader] = {f: max(old.get(f, 0.0), math.floor((row[f] - SLACK) * 1000) / 1000, 0.0) for f in FIGURES}
    return new


def write_floors(floors):
    with open(FLOORS, "w", encoding="utf8") as file:
        file.write(FLOORS_HEADER)
        for document, editions in sorted(floors.items()):
            for edition, readers in sorted(editions.items()):
                file.write(f"\n[{document}.{edition}]\n")
                for reader, row in readers.items():
                    cells = ", ".join(f"{figure} = {row[figure]:.3f}" for figure in FIGURES)
                    file.write(f"{reader} = {{ {cells} }}\n")


def main(arguments):
    lift = "--raise" in arguments
    (folder,) = [argument for argument in arguments if argument != "--raise"]
    with open(FLOORS, "rb") as file:
        floors = tomllib.load(file)
    faults = []
    figures = measure_all(folder, faults)
    if lift:
        floors = raised(figures, floors)
        write_floors(floors)
    print_table(figures, floors)
    judge(figures, floors, faults)
    for fault in faults:
        print(f"FAULT {fault}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
