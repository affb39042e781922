"""What a page costs here and elsewhere: one text, one font, one run after another.

    peers.py QARAR FOLDER [SIZE …]     the table, as Markdown; inputs and PDFs stay in FOLDER

SIZE is a number of copies of the text, of some five pages each (default 0 2 20 200: one page, 10, 100, 1,000). A figure is the
best of three runs below twenty pages, of one above. A run that takes more than five minutes is ended and told so.
"""

import os
import re
import resource
import subprocess
import sys
import time

import inputs

LIMIT = 300


def run(command, folder, out):
    """Seconds on the clock, processor seconds, peak MB of the largest process; None where it did not end well."""
    if os.path.exists(out):
        os.remove(out)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        try:
            done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT).returncode == 0
        except subprocess.TimeoutExpired:
            done = False
        clock, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        os.write(writer, f"{int(done)} {clock} {cpu} {after.ru_maxrss / 1024}".encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        done, clock, cpu, memory = answer.read().split()
    os.waitpid(child, 0)
    return (float(clock), float(cpu), float(memory)) if done == "1" and os.path.exists(out) else None


def pages(path):
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
    return int(re.search(r"Pages:\s+(\d+)", told)[1])


def write(path, text):
    with open(path, "w", encoding="utf8") as file:
        file.write(text)


def own(languages):
    def job(qarar, folder, size):
        inputs.qarar(os.path.join(folder, "own"), size, languages)
        edition = "-".join(languages)
        command = [qarar, "build", "--quiet", "--lang", edition, "--output", ".", "own"]
        return command, os.path.join(folder, "own", f"{edition}.pdf")

    return job


def latex(engine, kashida):
    def job(_, folder, size):
        write(os.path.join(folder, f"{engine}.tex"), inputs.latex(size, kashida))
        return [engine, "-interaction=batchmode", "-halt-on-error", f"{engine}.tex"], os.path.join(folder, f"{engine}.pdf")

    return job


def soffice(folder):
    """LibreOffice on `office.fodt`. It looks fonts up by fontconfig, which gets those of the repository alone."""
    own = os.path.join(folder, "fonts.conf")
    write(own, f"<fontconfig><dir>{inputs.FONTS}</dir><cachedir>{folder}/fontcache</cachedir></fontconfig>\n")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "office.fodt"]
    return ["env", f"FONTCONFIG_FILE={own}", *command], os.path.join(folder, "office.pdf")


def libreoffice(_, folder, size):
    write(os.path.join(folder, "office.fodt"), inputs.flat_odt(size))
    return soffice(folder)


def weasyprint(_, folder, size):
    write(os.path.join(folder, "weasy.html"), inputs.page_html(size, footnotes=True))
    code = "import weasyprint; weasyprint.HTML('weasy.html').write_pdf('weasy.pdf')"
    return [sys.executable, "-c", code], os.path.join(folder, "weasy.pdf")


def print_by_chromium(folder):
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync", f"--user-data-dir={folder}/chromium", "--no-pdf-header-footer"]
    return ["chromium", *quiet, "--print-to-pdf=chromium.pdf", f"file://{folder}/chromium.html"], os.path.join(folder, "chromium.pdf")


def chromium(_, folder, size):
    write(os.path.join(folder, "chromium.html"), inputs.page_html(size, footnotes=False))
    return print_by_chromium(folder)


def compile_typst(folder):
    code = f"import typst; typst.compile('plain.typ', output='plain.pdf', font_paths=[{inputs.FONTS!r}], ignore_system_fonts=True)"
    return [sys.executable, "-c", code], os.path.join(folder, "plain.pdf")


def typst(_, folder, size):
    write(os.path.join(folder, "plain.typ"), inputs.typst(size))
    return compile_typst(folder)


SYSTEMS = [
    ("qarar, Arabic, kashida, PDF/A, read back", own(["ar"])),
    ("qarar, side by side, kashida, PDF/A, read back", own(["ar", "en"])),
    ("XeLaTeX, polyglossia", latex("xelatex", False)),
    ("LuaLaTeX, babel, kashida", latex("lualatex", True)),
    ("LibreOffice, kashida", libreoffice),
    ("WeasyPrint", weasyprint),
    ("Chromium, notes at the end", chromium),
    ("Typst (typst-py)", typst),
]


def versions(qarar):
    def first(*command):
        try:
            return subprocess.run(command, capture_output=True, text=True, timeout=60).stdout.splitlines()[0].strip()
        except (OSError, IndexError, subprocess.TimeoutExpired):
            return f"{command[0]}: not installed"

    python = "from importlib.metadata import version as v; print('WeasyPrint', v('weasyprint') + ', typst-py', v('typst'))"
    yield first(qarar, "--version")
    for command in (("xelatex", "--version"), ("lualatex", "--version"), ("soffice", "--version"), ("chromium", "--version")):
        yield first(*command)
    yield first(sys.executable, "-c", python)


def main(qarar, folder, sizes):
    qarar = os.path.abspath(qarar)
    print(f"Versions: {'; '.join(versions(qarar))}. {os.cpu_count()} cores.\n")
    print("| system | pages | s | processor s | ms a page after the first run's | peak MB |\n|---|---|---|---|---|---|")
    for name, job in SYSTEMS:
        first = None
        for size in sizes:
            place = os.path.join(os.path.abspath(folder), f"{size}")
            os.makedirs(place, exist_ok=True)
            command, out = job(qarar, place, size)
            runs = [run(command, place, out) for _ in range(3 if size < 4 else 1)]
            if None in runs:
                print(f"| {name} | {size} copies | failed or over {LIMIT} s | | | |", flush=True)
                break
            clock, cpu, memory = min(runs)
            count = pages(out)
            first = first or (count, clock)
            marginal = f"{1000 * (clock - first[1]) / (count - first[0]):.1f}" if count > first[0] else ""
            print(f"| {name} | {count:,} | {clock:.2f} | {cpu:.2f} | {marginal} | {memory:,.0f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], [int(size) for size in sys.argv[3:]] or [0, 2, 20, 200])
