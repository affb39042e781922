"""A text over and over, in the language of each typesetter: that of A/RES/61/180, or of another document.

Every copy of a paragraph has a number of its own, and every copy of a note is a note of its own. The paragraphs of the
preamble come first, then the numbered ones. Every typesetter gets the same text, font, size, measure and pitch of lines;
those without footnotes get their notes at the end.
"""

import html
import os
import re
from dataclasses import dataclass

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DOCUMENT = os.path.join(ROOT, "documents", "a-res-61-180")
FONTS = os.path.join(ROOT, "fonts")
PIECE = re.compile(r"\*([^*]+)\*|\[\^([^\]]+)\]")
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass(frozen=True)
class Look:
    """How a language is set, as templates/resolution.typ has it: size and pitch of the lines, width of the text, indent."""

    language: str
    name: str
    direction: str
    family: str
    folder: str
    file: str
    size: float
    pitch: float
    width: float
    indent: float

    @property
    def is_arabic(self):
        return self.language == "ar"


LOOKS = {
    "ar": Look("ar", "arabic", "rtl", "Amiri", f"{FONTS}/amiri", "Amiri", 15.5, 23.3, 451, 46.5),
    "en": Look("en", "english", "ltr", "STIX Two Text", f"{FONTS}/stix-two-text", "STIXTwoText", 11, 16.9, 407, 27.5),
}


def read(language, document):
    """Title, paragraphs before the list, paragraphs of the list, notes by name."""
    with open(os.path.join(document, f"{language}.md"), encoding="utf8") as file:
        blocks = [block.strip() for block in file.read().split("\n\n") if block.strip()]
    title = blocks[0].removeprefix("# ")
    notes = dict(re.fullmatch(r"\[\^([^\]]+)\]: (.*)", b, re.S).groups() for b in blocks if b.startswith("[^"))
    listed = [re.sub(r"^\d+\. ", "", b) for b in blocks if re.match(r"\d+\. ", b)]
    plain = [b for b in blocks[1:] if not b.startswith("[^") and not re.match(r"\d+\. ", b)]
    return title, plain, listed, notes


def copies(language, paragraphs, times, first=0):
    """(copy, text) of every paragraph of every copy, each with the number of its copy in the digits of the language."""
    for time in range(times):
        for paragraph in paragraphs[first if time else 0 :]:
            before, _, last = paragraph.rpartition(" ")
            number = str(time).translate(ARABIC_DIGITS) if language == "ar" else time
            yield time, paragraph if time == 0 else f"{before} ({number}) {last}"


def parts(language, size, document=DOCUMENT):
    """Title, plain and listed paragraphs as (copy, text), notes: of `size` copies, or of one page for 0."""
    title, plain, listed, notes = read(language, document)
    if size == 0:
        return title, list(copies(language, plain[:4], 1)), list(copies(language, listed[:1], 1)), notes
    return title, list(copies(language, plain, size, first=1)), list(copies(language, listed, size)), notes


def qarar(folder, size, languages, document=DOCUMENT):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(document, "document.toml"), encoding="utf8") as file:
        facts = file.read().split("[layout]")[0]
    facts = re.sub(r"languages = .*", f"languages = {languages}".replace("'", '"'), facts)
    facts = re.sub(r"unofficial = .*", 'unofficial = ["en"]' if "en" in languages else "", facts)
    with open(os.path.join(folder, "document.toml"), "w", encoding="utf8") as file:
        file.write(facts)
    for language in languages:
        title, plain, listed, notes = parts(language, size, document)
        used = []

        def mark(time, text):
            def named(match):
                name = f"{match[1]}-{time}"
                if name not in used:
                    used.append(name)
                return f"[^{name}]"

            return re.sub(r"\[\^([^\]]+)\]", named, text)

        blocks = [f"# {title}"] + [mark(time, text) for time, text in plain]
        blocks += [f"{n}. {mark(time, text)}" for n, (time, text) in enumerate(listed, 1)]
        blocks += [f"[^{name}]: {notes[name.rpartition('-')[0]]}" for name in used]
        with open(os.path.join(folder, f"{language}.md"), "w", encoding="utf8") as file:
            file.write("\n\n".join(blocks) + "\n")


def converted(text, emphasis, note):
    """A text with its lead phrases and note marks written by two functions, everything else by neither."""
    out, at = [], 0
    for match in PIECE.finditer(text):
        out.append((None, text[at : match.start()]))
        out.append((emphasis, match[1]) if match[1] else (note, match[2]))
        at = match.end()
    out.append((None, text[at:]))
    return out


def latex(size, lua, language="ar", document=DOCUMENT):
    """For XeLaTeX, or for LuaLaTeX with kashida (Arabic) or letter expansion (others)."""
    title, plain, listed, notes = parts(language, size, document)
    look = LOOKS[language]

    def tex(text):
        pieces = converted(text, lambda t: r"\textit{%s}" % t, lambda n: r"\footnote{%s}" % tex(notes[n]))
        return "".join(write(piece) if write else piece.replace("%", r"\%") for write, piece in pieces)

    script = ",Script=Arabic" if look.is_arabic else ""
    font = rf"[Path={look.folder}/,Extension=.ttf,UprightFont=*-Regular,ItalicFont=*-Italic,BoldFont=*-Bold{script}]{{{look.file}}}"
    if lua and look.is_arabic:
        languages = rf"""\usepackage[bidi=basic,provide=*]{{babel}}
\babelprovide[import,main,justification=kashida,transforms=kashida.plain]{{arabic}}
\babelfont{{rm}}{font}"""
    elif lua:
        languages = rf"""\usepackage[english]{{babel}}
\setmainfont{font}
\usepackage{{microtype}}"""
    elif look.is_arabic:
        languages = rf"""\usepackage{{polyglossia}}
\setmainlanguage{{arabic}}
\newfontfamily\arabicfont{font}"""
    else:
        languages = rf"""\usepackage{{polyglossia}}
\setmainlanguage{{english}}
\setmainfont{font}"""
    lines = [r"\textbf{%s}" % title] + [tex(text) for _, text in plain]
    dash = " - " if look.is_arabic else ". "
    lines += [f"{n}{dash}{tex(text)}" for n, (_, text) in enumerate(listed, 1)]
    body = "\n\n".join(lines)
    return rf"""\documentclass{{article}}
\usepackage[a4paper,textwidth={look.width}pt,textheight=700pt]{{geometry}}
\usepackage{{fontspec}}
{languages}
\frenchspacing
\fontsize{{{look.size}}}{{{look.pitch}}}\selectfont
\setlength\parindent{{{look.indent}pt}}
\begin{{document}}\fontsize{{{look.size}}}{{{look.pitch}}}\selectfont
{body}
\end{{document}}
"""


def page_html(size, footnotes, language="ar", document=DOCUMENT):
    title, plain, listed, notes = parts(language, size, document)
    look = LOOKS[language]
    ends = []

    def note(name):
        text = markup(notes[name])
        if footnotes:
            return f'<span class="note">{text}</span>'
        ends.append(text)
        return f"<sup>({len(ends)})</sup>"

    def markup(text):
        pieces = converted(text, lambda t: f"<i>{html.escape(t)}</i>", note)
        return "".join(write(piece) if write else html.escape(piece) for write, piece in pieces)

    dash = " - " if look.is_arabic else ". "
    body = [f"<h1>{html.escape(title)}</h1>"] + [f"<p>{markup(text)}</p>" for _, text in plain]
    body += [f"<p>{n}{dash}{markup(text)}</p>" for n, (_, text) in enumerate(listed, 1)]
    body += [f"<p>({n}) {text}</p>" for n, text in enumerate(ends, 1)]
    faces = "".join(
        f'@font-face{{font-family:A;src:url("file://{look.folder}/{look.file}-{file}.ttf");font-style:{style};font-weight:{weight}}}'
        for file, style, weight in (("Regular", "normal", 400), ("Italic", "italic", 400), ("Bold", "normal", 700))
    )
    side = (595 - look.width) / 2
    return f"""<!doctype html><html lang="{language}" dir="{look.direction}"><meta charset="utf-8"><title>{html.escape(title)}</title><style>{faces}
@page{{size:A4;margin:70pt {side}pt}} body{{font:{look.size}pt/{look.pitch}pt A;text-align:justify;margin:0}} p{{margin:0 0 5pt;text-indent:{look.indent}pt}}
h1{{font-size:1em}} .note{{float:footnote;font-size:12pt}}</style><body>{"".join(body)}</body></html>"""


def flat_odt(size, language="ar", document=DOCUMENT):
    title, plain, listed, notes = parts(language, size, document)
    look = LOOKS[language]
    count = 0

    def note(name):
        nonlocal count
        count += 1
        body = f'<text:p text:style-name="N">{odt(notes[name])}</text:p>'
        return (
            f'<text:note text:id="n{count}" text:note-class="footnote"><text:note-citation>{count}</text:note-citation>'
            f"<text:note-body>{body}</text:note-body></text:note>"
        )

    def odt(text):
        pieces = converted(text, lambda t: f'<text:span text:style-name="I">{html.escape(t)}</text:span>', note)
        return "".join(write(piece) if write else html.escape(piece) for write, piece in pieces)

    dash = " - " if look.is_arabic else ". "
    body = [title] + [odt(text) for _, text in plain] + [f"{n}{dash}{odt(text)}" for n, (_, text) in enumerate(listed, 1)]
    names = ("office", "style", "text", "fo", "svg")
    uri = {n: f"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0" for n in ("office", "style", "text")}
    uri["fo"] = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
    uri["svg"] = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
    spaces = " ".join(f'xmlns:{n}="{uri[n]}"' for n in names)
    family, size, side = look.family, f"{look.size}pt", (595 - look.width) / 2
    font = f'style:font-name-complex="{family}" style:font-size-complex="{size}" style:font-name="{family}" fo:font-size="{size}"'
    told = 'style:language-complex="ar" style:country-complex="SA"' if look.is_arabic else 'fo:language="en" fo:country="GB"'
    flow = f'fo:text-align="justify" style:writing-mode="{"rl-tb" if look.is_arabic else "lr-tb"}"'
    paragraph = f'{flow} fo:text-indent="{look.indent}pt" fo:line-height="{look.pitch}pt" fo:margin-bottom="5pt"'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {spaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="{family}" svg:font-family="'{family}'"/></office:font-face-decls>
<office:automatic-styles>
<style:style style:name="P" style:family="paragraph"><style:paragraph-properties {paragraph}/><style:text-properties {font} {told}/></style:style>
<style:style style:name="N" style:family="paragraph"><style:paragraph-properties {flow}/><style:text-properties style:font-name-complex="{family}" style:font-size-complex="12pt"/></style:style>
<style:style style:name="I" style:family="text"><style:text-properties style:font-style-complex="italic" fo:font-style="italic"/></style:style>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="595pt" fo:page-height="842pt" fo:margin-top="71pt" fo:margin-bottom="71pt" fo:margin-left="{side}pt" fo:margin-right="{side}pt"/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"/></office:master-styles>
<office:body><office:text>{"".join(f'<text:p text:style-name="P">{text}</text:p>' for text in body)}</office:text></office:body>
</office:document>
"""


def typst(size, language="ar", document=DOCUMENT):
    title, plain, listed, notes = parts(language, size, document)
    look = LOOKS[language]

    def escaped(text):
        return re.sub(r"([\\#*_`$<>@\[\]])", r"\\\1", text)

    def markup(text):
        pieces = converted(text, lambda t: f"#emph[{escaped(t)}]", lambda n: f"#footnote[{markup(notes[n])}]")
        return "".join(write(piece) if write else escaped(piece) for write, piece in pieces)

    dash = " \\- " if look.is_arabic else r"\. "
    lines = [f"#strong[{escaped(title)}]"] + [markup(text) for _, text in plain]
    lines += [f"{n}{dash}{markup(text)}" for n, (_, text) in enumerate(listed, 1)]
    leading = look.pitch - 0.9 * look.size
    numbering = "(١)" if look.is_arabic else "1"
    return f"""#set page(paper: "a4", margin: (x: {(595 - look.width) / 2}pt, y: 71pt), numbering: "1")
#set text(font: "{look.family}", size: {look.size}pt, lang: "{language}", dir: {look.direction}, top-edge: 0.7em, bottom-edge: -0.2em)
#set par(justify: true, first-line-indent: (amount: {look.indent}pt, all: true), leading: {leading:.2f}pt)
#set footnote(numbering: "{numbering}")

""" + "\n\n".join(lines)
