"""What readers get out of a PDF, against its source. docs/verify.md tells the judgements."""

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, Literal, Self

from ._ask import Path, ask, listed, setting
from .editions import Edition

__all__ = ["Passage", "Reading", "Unreadable", "Verification", "verify"]

Judgement = Literal["exact", "spaces", "tatweel", "forms", "reordered", "lost"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that a reader gets, judged."""

    judgement: Judgement
    #: The source where it first differs; `None` where it does not.
    source: str | None
    #: What the reader gets there.
    found: str | None

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """From the data of an answer."""
        difference = data.get("difference") or {}
        return cls(data["judgement"], difference.get("source"), difference.get("found"))


@dataclass(frozen=True, slots=True)
class Passage:
    """How a passage of the source came out."""

    #: As an editor names it: `preambular 3`, `note 5 paragraph 2`.
    name: str
    kind: str
    #: The code of its language.
    language: str
    #: Its label or the mark of a note.
    label: str
    #: By the structure tree, as screen readers read; `None` where the PDF has none.
    structure: Reading | None
    #: By the places of the glyphs, as viewers and search engines read.
    content: Reading

    @property
    def is_exact(self) -> bool:
        """Whether every reader gets it letter by letter."""
        readings = (self.structure, self.content)
        return all(reading is None or reading.judgement == "exact" for reading in readings)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """From the data of an answer."""
        structure = data.get("structure")
        return cls(
            name=data["name"],
            kind=data["kind"],
            language=data["language"],
            label=data["label"],
            structure=None if structure is None else Reading.from_data(structure),
            content=Reading.from_data(data["content"]),
        )


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Words of a page that nobody can read."""

    #: From 1.
    page: int
    #: The passage that they belong to, where the source is known.
    passage: str | None
    #: The first of the words.
    word: str
    #: How many they are.
    words: int
    #: Why: `not-painted`, `off-page`, `covered` …
    fault: str


class Verification:
    """What readers get out of a PDF."""

    def __init__(self, data: dict[str, Any]) -> None:
        report: dict[str, Any] = data["report"]
        #: Whether every reader gets what the source says, and nothing on a page is wrong.
        self.is_exact: bool = data["exact"]
        self.pages: int = report["pages"]
        self.title: str | None = report["title"]
        self.language: str | None = report["language"]
        self.tagged: bool = report["tagged"]
        #: The PDF/A that it claims: `2A`.
        self.archival: str | None = report["archival"]
        #: The PDF/UA that it claims: `1`.
        self.accessible: str | None = report["accessible"]
        #: The passages of the source; none where it is not named.
        self.passages = tuple(Passage.from_data(passage) for passage in report["passages"])
        #: The lines that are made of `document.toml`: masthead, adoption, closing.
        self.lines = tuple(Passage.from_data(line) for line in report["lines"])
        #: What is printed and cannot be read.
        self.unreadable = tuple(
            Unreadable(fault["page"], fault.get("passage"), fault["word"], fault["words"], fault["fault"])
            for fault in report["print"]
        )
        #: All of it, as `qarar verify --json` tells it.
        self.data = report
        self._told: str = data["told"]

    def __str__(self) -> str:
        """In words, as `qarar verify` tells it."""
        return self._told

    def __repr__(self) -> str:
        return f"<Verification: {self.pages} pages, {'exact' if self.is_exact else 'not exact'}>"


def verify(
    pdf: Path | bytes | Edition,
    document: Path | None = None,
    *,
    languages: str | Iterable[str] | None = None,
    fonts: Iterable[Path] = (),
    language_paths: Iterable[Path] = (),
) -> Verification:
    """Tells what readers get out of a PDF: a file, its bytes, or an edition that was built.

    `document` is the folder that it is an edition of; without one, or for a PDF of another program, it is told what is wrong in any
    text. `languages` are those that it must hold (`"ar-en"`); those that are found in it where none is named. Raises `RequestError`
    where the file is none that can be read.
    """
    words: list[Path] = []
    if languages is not None:
        words += ["--lang", listed(languages).replace(",", "-")]
    words += setting(None, fonts, language_paths)
    folder: list[Path] = [] if document is None else [document]
    if isinstance(pdf, Edition):
        pdf = pdf.pdf
    if not isinstance(pdf, bytes):
        return Verification(ask(["verify", *words, "--", os.fspath(pdf), *folder])[0])
    with tempfile.TemporaryDirectory(prefix="qarar-") as made:
        path = FilePath(made) / "edition.pdf"
        path.write_bytes(pdf)
        return Verification(ask(["verify", *words, "--", path, *folder])[0])
