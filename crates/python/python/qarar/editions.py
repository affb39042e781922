"""Editions: a document as PDFs, with their pages, notes and layouts."""

import base64
import html
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, Literal, overload

from . import _qarar
from ._ask import Path, ask, listed, setting
from .layouts import Layout
from .problems import Problem

__all__ = ["Edition", "Editions", "Note", "Page", "PageError", "Pages", "Written", "build", "layout", "write"]

Arrangement = Literal["side-by-side", "facing"]
Breaks = Literal["natural", "pages", "lines"]
Format = Literal["pdf", "png", "svg", "layout"]

#: The pixels an inch of pages in a notebook.
NOTEBOOK_DPI = 80


class PageError(Exception):
    """A page cannot be drawn, or would be larger than pictures are."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note at the foot of pages."""

    #: From 1.
    number: int
    #: The code of its language.
    language: str
    #: Its mark as it is printed: `(١)`.
    mark: str
    text: str
    #: The pages that it stands on, from 1.
    pages: tuple[int, ...]


class Page:
    """A page of an edition. A notebook shows it."""

    def __init__(self, edition: "Edition", number: int) -> None:
        self.edition = edition
        #: From 1.
        self.number = number

    def png(self, dpi: float = 144) -> bytes:
        """The page as a picture, drawn from the PDF: what a viewer shows. `dpi` are the pixels an inch.

        Raises `PageError` where it cannot be drawn.
        """
        return self.edition.pages.png([self.number], dpi)[0]

    def _repr_png_(self) -> bytes:
        return self.png()

    def __repr__(self) -> str:
        return f"<Page {self.number} of {len(self.edition.pages)} of {self.edition.name}>"


class Pages(Sequence[Page]):
    """The pages of an edition."""

    def __init__(self, edition: "Edition", count: int) -> None:
        self._edition = edition
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Page: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Page, ...]: ...
    def __getitem__(self, at: int | slice) -> Page | tuple[Page, ...]:
        numbers = range(1, self._count + 1)[at]
        if isinstance(numbers, int):
            return Page(self._edition, numbers)
        return tuple(Page(self._edition, number) for number in numbers)

    def png(self, numbers: Sequence[int] | None = None, dpi: float = 144) -> list[bytes]:
        """Pages, which count from 1, as pictures; all where none are named."""
        wanted = range(1, self._count + 1) if numbers is None else numbers
        if not 18 <= dpi <= 1200:
            raise ValueError("18 to 1200 pixels an inch can be drawn")
        if not all(1 <= number <= self._count for number in wanted):
            raise IndexError(f"the pages of `{self._edition.name}` are 1 to {self._count}")
        pictures = []
        for number, (picture, fault) in zip(wanted, _qarar.draw(self._edition.pdf, list(wanted), dpi), strict=True):
            if not picture:
                raise PageError(f"page {number} of `{self._edition.name}` cannot be drawn: {fault or 'there is none'}")
            pictures.append(picture)
        return pictures

    def __repr__(self) -> str:
        return f"<{self._count} page{'' if self._count == 1 else 's'} of {self._edition.name}>"


class Edition:
    """An edition of a document in a language, or in several beside each other. A notebook shows its pages."""

    def __init__(self, data: dict[str, Any], files: Sequence[bytes]) -> None:
        #: Its name, that of its files: `ar`, `ar-en`, `ar-en-facing`.
        self.name: str = data["name"]
        #: The codes of its languages; the first leads.
        self.languages: tuple[str, ...] = tuple(data["languages"])
        by_ending = {file["name"].removeprefix(self.name): files[file["at"]] for file in data["files"]}
        #: The PDF, read back and found whole.
        self.pdf: bytes = by_ending[".pdf"]
        #: Where every line stands.
        self.layout: Layout = Layout(by_ending[".layout.json"].decode())
        self.pages = Pages(self, data["pages"])

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The notes at the foot of the pages, in the order of their numbers, those of the leading language first."""
        found: dict[tuple[int, int], Note] = {}
        marks = {(mark.note, line.language): mark.text for line in self.layout.lines for mark in line.marks}
        goes_on = False
        for page in self.layout.pages:
            for line in page.lines:
                words = line.paragraph.split()
                if len(words) < 2 or words[0] != "note":
                    continue
                key = (int(words[1]), self.languages.index(line.language))
                known = found.get(key)
                if known is None:
                    mark = marks.get((key[0], line.language), line.label)
                    text = line.text.removeprefix(line.label).lstrip()
                    found[key] = Note(key[0], line.language, mark, text, (page.number,))
                else:
                    text = known.text + ("" if goes_on else " ") + line.text
                    pages = known.pages if page.number in known.pages else (*known.pages, page.number)
                    found[key] = replace(known, text=text, pages=pages)
                goes_on = line.joined
        return tuple(found[key] for key in sorted(found))

    def save(self, path: Path) -> None:
        """Writes the PDF."""
        FilePath(path).write_bytes(self.pdf)

    def _repr_html_(self) -> str:
        return _shown([self])

    def __repr__(self) -> str:
        return f"<Edition {self.name}: {len(self.pages)} page{'' if len(self.pages) == 1 else 's'}>"


class Editions(Mapping[str, Edition]):
    """The editions of a document, by their names. A notebook shows the first page of each."""

    def __init__(self, name: str, editions: Iterable[Edition], problems: tuple[Problem, ...]) -> None:
        #: The name of the document: that of its folder.
        self.name = name
        #: What should be looked at, and kept nothing from being built.
        self.problems = problems
        self._editions = {edition.name: edition for edition in editions}

    def __getitem__(self, name: str) -> Edition:
        return self._editions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._editions)

    def __len__(self) -> int:
        return len(self._editions)

    def save(self, folder: Path) -> list[FilePath]:
        """Writes the PDFs into a folder and gives their paths. `write` replaces those of an earlier build as one set."""
        target = FilePath(folder)
        target.mkdir(parents=True, exist_ok=True)
        paths = []
        for edition in self.values():
            path = target / f"{edition.name}.pdf"
            edition.save(path)
            paths.append(path)
        return paths

    def _repr_html_(self) -> str:
        return _shown(self.values(), most=1)

    def __repr__(self) -> str:
        editions = ", ".join(map(repr, self.values()))
        return f"<Editions of {self.name}: {editions}>"


def _shown(editions: Iterable[Edition], most: int = 20) -> str:
    """Pages in a row, each with its name below."""
    figures = []
    for edition in editions:
        numbers = range(1, min(most, len(edition.pages)) + 1)
        for number, picture in zip(numbers, edition.pages.png(numbers, NOTEBOOK_DPI), strict=True):
            name = html.escape(f"{edition.name}, page {number} of {len(edition.pages)}")
            source = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
            figures.append(
                f'<figure style="display:inline-block;margin:0 .5em .5em 0;vertical-align:top">'
                f'<img src="{source}" alt="{name}" style="border:1px solid #ccc;max-width:24em">'
                f"<figcaption>{name}</figcaption></figure>"
            )
    return f'<div style="white-space:nowrap;overflow-x:auto">{"".join(figures)}</div>'


def choice(
    editions: str | Iterable[str] | None,
    arrangement: Arrangement | None,
    breaks: Breaks | None,
    standard: str | None,
    template: Path | None,
    fonts: Iterable[Path],
    language_paths: Iterable[Path],
) -> list[str]:
    """The options of what is made and of what it is set with."""
    words = []
    if editions is not None:
        words += ["--lang", listed(editions)]
    if arrangement is not None:
        words += ["--layout", arrangement]
    if breaks is not None:
        words += ["--breaks", breaks]
    if standard is not None:
        words += ["--standard", standard]
    return words + setting(template, fonts, language_paths)


def build(
    path: Path,
    *,
    editions: str | Iterable[str] | None = None,
    arrangement: Arrangement | None = None,
    breaks: Breaks | None = None,
    standard: str | None = None,
    template: Path | None = None,
    fonts: Iterable[Path] = (),
    language_paths: Iterable[Path] = (),
) -> Editions:
    """Builds the editions of a document and gives them as bytes; nothing is written.

    `path` is the folder of the document. `editions` are languages (`"ar"`) or several beside each other (`"ar-en"`); usually one
    a language and all beside each other. The others are the options of `qarar build`, and mean the same. A template and fonts are
    used in a process of its own, under bounds of memory and time.

    Other threads run meanwhile, and may build too. Raises `SourceError`, `RequestError` or `InternalError`; each carries the
    problems with their places.
    """
    chosen = choice(editions, arrangement, breaks, standard, template, fonts, language_paths)
    data, files, problems = ask(["build", "--format", "pdf,layout", *chosen, "--", path])
    return Editions(data["name"], (Edition(edition, files) for edition in data["editions"]), problems)


def layout(
    path: Path,
    *,
    editions: str | Iterable[str] | None = None,
    arrangement: Arrangement | None = None,
    breaks: Breaks | None = None,
    template: Path | None = None,
    fonts: Iterable[Path] = (),
    language_paths: Iterable[Path] = (),
) -> dict[str, Layout]:
    """The layouts of the editions of a document, by their names, without their PDFs. As `build` otherwise."""
    chosen = choice(editions, arrangement, breaks, None, template, fonts, language_paths)
    data, files, _ = ask(["build", "--format", "layout", *chosen, "--", path])
    return {edition["name"]: Layout(files[edition["files"][0]["at"]].decode()) for edition in data["editions"]}


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of a document."""

    #: The files.
    paths: tuple[FilePath, ...]
    #: How many pages each edition has, by its name.
    pages: dict[str, int]
    #: What should be looked at.
    problems: tuple[Problem, ...]


def write(
    path: Path,
    output: Path = "output",
    *,
    formats: Format | Iterable[Format] = ("pdf",),
    dpi: int = 144,
    editions: str | Iterable[str] | None = None,
    arrangement: Arrangement | None = None,
    breaks: Breaks | None = None,
    standard: str | None = None,
    template: Path | None = None,
    fonts: Iterable[Path] = (),
    language_paths: Iterable[Path] = (),
) -> Written:
    """Builds a document and writes its editions into the folder of its name below `output`, as `qarar build` does.

    All files are replaced together or none; where an edition fails, those of an earlier build stay as they are. `formats` are
    `pdf`, `png` and `svg` (a file a page) and `layout`; `dpi` are the pixels an inch of PNG. As `build` otherwise.
    """
    chosen = choice(editions, arrangement, breaks, standard, template, fonts, language_paths)
    words = [f"--output={os.fspath(output)}", "--format", listed(formats), "--dpi", str(dpi), *chosen]
    data, _, problems = ask(["build", *words, "--", path])
    folder = FilePath(output) / data["name"]
    files = (file["name"] for edition in data["editions"] for file in edition["files"])
    pages = {edition["name"]: edition["pages"] for edition in data["editions"]}
    return Written(tuple(folder / name for name in files), pages, problems)
