"""The text that a reader should get out of an edition, written from the source of the document.

    expected.py DOCUMENT LANG [LANG …]     prints it; DOCUMENT is a folder below documents/

One paragraph a line, in the order of reading:
  - the lines before the title, then the title with the number of the resolution, as `front.toml` gives them;
  - the paragraphs without Markdown. An operative paragraph has its label: `١ - ` in Arabic, `1. ` in English;
    sub-paragraphs have `(أ) ` and `(a) `. A row of a table is a line, its cells with a space between;
  - a note mark stands where it is referred to: `(١)` in Arabic, the bare figure `1` in English, no space before it.
    Notes are numbered in the order in which they are first referred to;
  - the closing lines of `front.toml`;
  - the notes after the paragraphs: `(١) text` in Arabic, `1 text` in English;
  - an edition in two languages is the text of the first followed by the text of the second.
The running head and the page numbers are furniture and are not expected. Tatweel never is.
"""

import os
import re
import sys
import tomllib

HERE = os.path.dirname(os.path.abspath(__file__))
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
DIGITS = {"ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"), "fa": PERSIAN_DIGITS, "ur": PERSIAN_DIGITS}

# The letters that count sub-paragraphs.
ALPHABETS = {"ar": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ", "en": "abcdefghijklmnopqrstuvwxyz"}

# What begins a paragraph without a blank line before it.
BEGINNING = re.compile(r"\s*(?:#+\s|\d+[.)]\s|[-*]\s|\[\^[^\]]+\]:|\|)")


def figure(language, number):
    return str(number).translate(DIGITS.get(language, {}))


def mark(language, number):
    return f"({figure(language, number)})" if language in DIGITS else figure(language, number)


def label(language, depth, number):
    if depth == 0:
        return figure(language, number) + (" - " if language in DIGITS else ". ")
    if depth == 1:
        return f"({ALPHABETS[language][number - 1]}) "
    sys.exit(f"expected.py: lists deeper than two have no label rule yet ({language})")


def plain(text):
    """Markdown's emphasis, anchors and escapes taken away."""
    text = re.sub(r"\s*\{#[^}]*\}", "", text)
    text = re.sub(r"(?<!\\)\*", "", text)
    return re.sub(r"\\(\W)", r"\1", text)


class Numbering:
    """The numbers of notes, given in the order of the first reference."""

    def __init__(self, language):
        self.language = language
        self.order = []

    def place_marks(self, text):
        return re.sub(r"\[\^([^\]]+)\]", self.place, text)

    def place(self, reference):
        if reference[1] not in self.order:
            self.order.append(reference[1])
        return mark(self.language, self.order.index(reference[1]) + 1)


def paragraphs_of(source):
    """The paragraphs of a Markdown file as (indent, text): a blank line or the start of an item, heading, note or row
    of a table ends one; its lines are joined."""
    open_lines = []
    for line in [*source.splitlines(), ""]:
        if open_lines and (not line.strip() or BEGINNING.match(line)):
            first = open_lines[0]
            yield len(first) - len(first.lstrip()), " ".join(part.strip() for part in open_lines)
            open_lines = []
        if line.strip():
            open_lines.append(line)


def expected(document, language, front):
    """The lines of one language of a document."""
    with open(os.path.join(document, f"{language}.md"), encoding="utf8") as file:
        source = file.read()
    numbering = Numbering(language)
    lines = list(front["before"])
    definitions = {}
    counters = []
    for indent, paragraph in paragraphs_of(source):
        definition = re.match(r"\[\^([^\]]+)\]:\s*(.*)", paragraph)
        item = re.match(r"(?:\d+[.)]|[-*])\s+(.*)", paragraph)
        if definition:
            definitions[definition[1]] = definition[2]
        elif heading := re.match(r"#+\s+(.*)", paragraph):
            number = front["number"] if paragraph.startswith("# ") else ""
            lines.append(number + numbering.place_marks(heading[1]))
            counters = []
        elif item:
            depth = 0 if indent == 0 else 1
            counters = counters[: depth + 1] + [0] * (depth + 1 - len(counters))
            counters[depth] += 1
            lines.append(label(language, depth, counters[depth]) + numbering.place_marks(item[1]))
        elif paragraph.startswith("|"):
            cells = [cell.strip() for cell in paragraph.strip("|").split("|")]
            if not all(re.fullmatch(":?-+:?", cell) for cell in cells):
                lines.append(numbering.place_marks(" ".join(cells)))
        else:
            lines.append(numbering.place_marks(paragraph))
    lines += front["after"]
    # A note may refer to another one, so the list can grow while it is read.
    for place, name in enumerate(numbering.order, start=1):
        if name not in definitions:
            sys.exit(f"expected.py: {document}/{language}.md: note [^{name}] has no text")
        lines.append(f"{mark(language, place)} {numbering.place_marks(definitions[name])}")
    return [plain(line) for line in lines]


def expected_edition(document, languages):
    """The lines of an edition in the languages given."""
    name = os.path.basename(os.path.normpath(document))
    with open(os.path.join(HERE, "front.toml"), "rb") as file:
        fronts = tomllib.load(file)
    lines = []
    for language in languages:
        if language not in fronts.get(name, {}):
            sys.exit(f"tests/extraction/front.toml has no [{name}.{language}]: add its lines before and after the text")
        lines += expected(document, language, fronts[name][language])
    return lines


if __name__ == "__main__":
    print("\n".join(expected_edition(sys.argv[1], sys.argv[2:])))
