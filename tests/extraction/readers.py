"""The readers whose text is measured, each a function from the path of a PDF to its text.

They are run as a person would run them, with their default settings. Only poppler's answer is rewritten: pdftotext
puts bidi controls round every run and leaves what stands inside in the order of the screen, which is right on a
terminal but not what a search sees; `logical` turns it back into the order of reading.

    readers.py FILE.pdf     prints poppler's text in the order of reading, a form feed after each page
"""

import os
import re
import subprocess
import sys

TOOLS = os.environ.get("QARAR_TOOLS", os.path.join(os.getcwd(), ".tools"))

RLE, LRE, PDF = "\u202b", "\u202a", "\u202c"
ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
ARABIC_DIGITS = "\u0660-\u0669\u06f0-\u06f9"
LEFT_TO_RIGHT_RUN = re.compile(f"{LRE}([^{LRE}{PDF}]*){PDF}")
RIGHT_TO_LEFT_RUN = re.compile(f"({RLE}[^{PDF}]*{PDF})")
# What keeps its order inside a right-to-left line (UAX #9): a number in Arabic digits, and a stretch of Latin.
KEPT = re.compile(
    rf"([{ARABIC_DIGITS}]+(?:[./,:،٫٬][{ARABIC_DIGITS}]+)*"
    rf"|[^\W{ARABIC}](?:[^{ARABIC}]*[^\W{ARABIC}])?)"
)


class Unreadable(Exception):
    """A reader is not there or gave up on a file."""


def run(*command):
    try:
        return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf8", "replace")
    except FileNotFoundError as error:
        raise Unreadable(f"{command[0]} is not installed") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf8", "replace").strip().splitlines() or [""]
        reason = next((line for line in said if re.search("(Error|Exception):", line)), said[-1])
        raise Unreadable(f"{command[0]} ended with {error.returncode}: {reason.strip()}") from error


def turned(text):
    """A stretch of a right-to-left line that holds numbers, Latin and neutrals: from the order of the screen to the
    order of reading. Brackets are not mirrored, because the PDF holds them as characters, not as shapes."""
    pieces = KEPT.split(text)
    return "".join(piece if place % 2 else piece[::-1] for place, piece in reversed(list(enumerate(pieces))))


def is_right_to_left(line):
    """Whether a line of a page that is mostly left-to-right is right-to-left: it begins, at the right, in Arabic, or
    most of its letters are Arabic."""
    arabic = re.findall(f"[{ARABIC}]", line)
    others = re.findall(rf"[^\W\d_{ARABIC}]", line)
    return bool(re.search(rf"[{ARABIC}]\W*$", line)) or len(arabic) > len(others)


def logical_line(line):
    """One line of pdftotext in the order of reading.

    On a page that is mostly right-to-left the line is RLE … PDF with its left-to-right runs as LRE … PDF. On another
    page only the right-to-left letters are marked, and a right-to-left line stands as on the screen: last run first.
    """
    if line.startswith(RLE) and line.endswith(PDF) and LRE in line:
        line = LEFT_TO_RIGHT_RUN.sub(lambda run: turned(run[1]), line)
    elif is_right_to_left(line):
        runs = RIGHT_TO_LEFT_RUN.split(line)
        line = "".join(run if run.startswith(RLE) else turned(run) for run in reversed(runs))
    return line.replace(RLE, "").replace(PDF, "")


def logical(text):
    # A form feed stands before the first line of a page.
    pages = (page.split("\n") for page in text.split("\f"))
    return "\f".join("\n".join(map(logical_line, page)) for page in pages)


def poppler(path):
    return logical(run("pdftotext", path, "-"))


def pdfium(path):
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def pdfjs(path):
    return run("node", os.path.join(TOOLS, "pdfjs-text.mjs"), path)


def mupdf(path):
    import pymupdf

    return "\n".join(page.get_text() for page in pymupdf.open(path))


def pypdf(path):
    import pypdf as library

    return "\n".join(page.extract_text() for page in library.PdfReader(path).pages)


def pdfbox(path):
    jar = os.path.join(TOOLS, "pdfbox-app.jar")
    # The first line says which file is read.
    return run("java", "-jar", jar, "export:text", "-i", path, "-console").partition("\n")[2]


def pdfminer(path):
    from pdfminer.high_level import extract_text

    return extract_text(path)


READERS = [poppler, pdfium, pdfjs, mupdf, pypdf, pdfbox, pdfminer]


if __name__ == "__main__":
    try:
        sys.stdout.write(poppler(sys.argv[1]))
    except Unreadable as error:
        sys.exit(str(error))
