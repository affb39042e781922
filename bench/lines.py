"""How lines are filled here and elsewhere: one Arabic and one English text, set by each system, each PDF read and measured.

    lines.py QARAR MEASURE FOLDER PICTURES

prints a table for each language, as Markdown. MEASURE is the program of `bench/src`. Inputs and PDFs stay in FOLDER; PICTURES gets
the picture of one paragraph as each system set it.
"""

import os
import subprocess
import sys

import inputs
import peers
from PIL import Image

DOCUMENT = os.path.join(inputs.ROOT, "bench", "seeds")
# A number that stands in one paragraph alone, by which it is found.
PICTURED = {"ar": "٤١٢", "en": "412"}
RESOLUTION = 110


def own(hyphenate):
    def job(qarar, folder, language):
        name = "own-hyphens" if hyphenate else "own"
        inputs.qarar(os.path.join(folder, name), 1, [language], DOCUMENT)
        if hyphenate:
            with open(os.path.join(folder, name, "document.toml"), "a", encoding="utf8") as file:
                file.write("\n[layout]\nhyphenate = true\n")
        command = [qarar, "build", "--quiet", "--lang", language, "--output", ".", name]
        return command, os.path.join(folder, name, f"{language}.pdf")

    return job


def latex(engine):
    def job(_, folder, language):
        peers.write(os.path.join(folder, f"{engine}.tex"), inputs.latex(1, engine == "lualatex", language, DOCUMENT))
        return [engine, "-interaction=batchmode", "-halt-on-error", f"{engine}.tex"], os.path.join(folder, f"{engine}.pdf")

    return job


def libreoffice(_, folder, language):
    peers.write(os.path.join(folder, "office.fodt"), inputs.flat_odt(1, language, DOCUMENT))
    return peers.soffice(folder)


def chromium(_, folder, language):
    peers.write(os.path.join(folder, "chromium.html"), inputs.page_html(1, False, language, DOCUMENT))
    return peers.print_by_chromium(folder)


def typst(_, folder, language):
    peers.write(os.path.join(folder, "plain.typ"), inputs.typst(1, language, DOCUMENT))
    return peers.compile_typst(folder)


# The name in the table, that of the picture, what sets it, and the languages.
SYSTEMS = [
    ("qarar", "qarar", own(False), ("ar", "en")),
    ("XeLaTeX, polyglossia", "xelatex", latex("xelatex"), ("ar", "en")),
    ("LuaLaTeX, babel, kashida", "lualatex", latex("lualatex"), ("ar",)),
    ("LuaLaTeX, microtype", "lualatex", latex("lualatex"), ("en",)),
    ("LibreOffice, kashida", "libreoffice", libreoffice, ("ar",)),
    ("LibreOffice", "libreoffice", libreoffice, ("en",)),
    ("Chromium", "chromium", chromium, ("ar", "en")),
    ("Typst (typst-py)", "typst", typst, ("ar", "en")),
]


def picture(measure, pdf, language, path):
    """The paragraph that is pictured, cut from its page, in 16 greys."""
    fonts = ["--fonts", inputs.FONTS]
    told = subprocess.run([measure, *fonts, "--paragraph", PICTURED[language], pdf], capture_output=True, text=True, check=True).stdout
    page, left, top, width, height = (float(number) for number in told.split())
    scale = RESOLUTION / 72
    box = [round(value * scale) for value in (left - 6, top - 2, width + 12, height + 2)]
    cut = ["-x", box[0], "-y", box[1], "-W", box[2], "-H", box[3], "-f", int(page), "-l", int(page), "-r", RESOLUTION, "-gray"]
    stem = path.removesuffix(".png")
    subprocess.run(["pdftoppm", "-png", "-singlefile", *map(str, cut), pdf, stem], check=True)
    with Image.open(path) as image:
        image.quantize(16).save(path, optimize=True)


def main(qarar, measure, folder, pictures):
    qarar, measure, pictures = (os.path.abspath(path) for path in (qarar, measure, pictures))
    os.makedirs(pictures, exist_ok=True)
    print(f"Versions: {'; '.join(peers.versions(qarar))}.")
    for language, name in (("ar", "Arabic"), ("en", "English")):
        place = os.path.join(os.path.abspath(folder), language)
        os.makedirs(place, exist_ok=True)
        files = []
        for system, stem, job, languages in SYSTEMS:
            if language not in languages:
                continue
            command, out = job(qarar, place, language)
            if peers.run(command, place, out) is None:
                print(f"\n{system} failed: {' '.join(command)}", file=sys.stderr)
                continue
            files.append(f"{system}={out}")
            picture(measure, out, language, os.path.join(pictures, f"{language}-{stem}.png"))
        print(f"\n## {name}\n", flush=True)
        subprocess.run([measure, "--fonts", inputs.FONTS, "--body", *files], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:5])
