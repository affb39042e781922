"""Makes the official layout of A/RES/61/180 a reference for `qarar compare --level lines`.

    python3 tests/reference/official/layout.py

reads `a-res-61-180.tsv` (page, paragraph, line: the lines of the official Arabic edition, told from the text of its
PDF) and writes `a-res-61-180.ar.layout.json`. Only the text, its lines and its pages are known, so the layout is
partial: it has no masthead, no places and no fonts. The break between pages 4 and 5 is an estimate.
"""

import json
import re
from pathlib import Path

HERE = Path(__file__).parent
NAMES = {"F1": "adoption", "F2": "report", "F3": "title", "P0": "opening"}
KINDS = {"P": "preambular", "O": "operative", "N": "note", "C": "closing"}
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def name(code):
    return NAMES.get(code) or f"{KINDS[code[0]]} {code[1:]}"


def line(code, text, first):
    text = text.replace("*", "").strip()
    out = {"in": name(code), "language": "ar", "text": text}
    label = re.match(r"[٠-٩]+ -", text) if code[0] == "O" and first else None
    if label:
        out["label"] = label[0]
    marks = [
        {"note": int(found[1].translate(DIGITS)), "at": found.start(), "text": found[0]}
        for found in re.finditer(r"(?<=\w)\(([٠-٩]+)\)", text)
    ]
    if marks:
        out["marks"] = marks
    return out


def main():
    pages, seen = {}, set()
    for row in (HERE / "a-res-61-180.tsv").read_text("utf-8").splitlines()[1:]:
        page, code, text = row.split("\t")
        pages.setdefault(int(page), []).append(line(code, text, code not in seen))
        seen.add(code)
    head = {"qarar-layout": 1, "document": "a-res-61-180", "edition": "ar", "languages": ["ar"], "partial": True}
    dump = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    out = "{\n" + "".join(f"{json.dumps(key)}: {dump(value)},\n" for key, value in head.items()) + '"pages": [\n'
    blocks = []
    for number, lines in sorted(pages.items()):
        # Notes follow the text of their page.
        lines.sort(key=lambda found: found["in"].startswith("note "))
        blocks.append(f'{{"number": {number}, "lines": [\n' + ",\n".join(map(dump, lines)) + "\n]}")
    out += ",\n".join(blocks) + "\n]\n}\n"
    (HERE / "a-res-61-180.ar.layout.json").write_text(out, "utf-8")


main()
