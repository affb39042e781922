"""Layouts compared in the words of an editor. docs/layout.md tells what is compared."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, Literal, Self, overload

from ._ask import Path, ask, setting
from .editions import Edition
from .layouts import Layout
from .problems import Problem

__all__ = ["Comparison", "Comparisons", "Finding", "Spot", "compare"]

Level = Literal["text", "pages", "lines", "positions", "pixels"]
#: What can be compared: a file or a folder, as on the command line; a layout, an edition, or the bytes of a PDF by any program.
Side = Path | Layout | Edition | bytes


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of a layout, or some of its characters."""

    #: The number of the page, from 1.
    page: int
    #: The place of the line on it, from 1.
    line: int
    #: How many characters of its text stand before the first; `None` where the whole line is meant.
    start: int | None
    #: How many stand before the end of the last.
    end: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference and what follows from it."""

    #: The level that it is seen on.
    level: Level
    #: Its kind: `words`, `paragraph`, `note-page`, `line-break` …
    kind: str
    #: What an editor would say of it.
    message: str
    #: What follows from it and is no difference of its own.
    consequences: tuple[str, ...]
    #: The lines of the reference that it touches.
    reference: tuple[Spot, ...]
    #: The lines of the other side that it touches.
    actual: tuple[Spot, ...]
    #: What differs, as data.
    change: dict[str, Any]

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """From the data of an answer."""
        return cls(
            level=data["level"],
            kind=data["kind"],
            message=data["message"],
            consequences=tuple(consequence["message"] for consequence in data["consequences"]),
            reference=_spots(data["reference"]),
            actual=_spots(data["actual"]),
            change=data["change"],
        )

    def __str__(self) -> str:
        """On one line."""
        return self.message + ("; so " + ", ".join(self.consequences) if self.consequences else "")


def _spots(data: list[dict[str, Any]]) -> tuple[Spot, ...]:
    return tuple(Spot(spot["page"], spot["line"], spot.get("from"), spot.get("to")) for spot in data)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences of two layouts of an edition."""

    #: The document and the edition: `a-res-61-180/ar`.
    name: str
    level: Level
    #: How many points apart two places must be to differ.
    tolerance: float
    #: What is to be known before: a text that comes back damaged from its PDF.
    remarks: tuple[str, ...]
    findings: tuple[Finding, ...]
    #: All of it in words.
    told: str

    @property
    def is_same(self) -> bool:
        """Whether there is no difference."""
        return not self.findings

    def __str__(self) -> str:
        """In words, a line a difference."""
        return self.told


class Comparisons(Sequence[Comparison]):
    """What was compared, an edition each."""

    def __init__(self, comparisons: Iterable[Comparison], problems: tuple[Problem, ...]) -> None:
        self._comparisons = tuple(comparisons)
        #: Pages that could not be drawn.
        self.problems = problems

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return all(comparison.is_same for comparison in self)

    @property
    def findings(self) -> Iterator[Finding]:
        """The differences of all editions."""
        return (finding for comparison in self for finding in comparison.findings)

    def __len__(self) -> int:
        return len(self._comparisons)

    @overload
    def __getitem__(self, at: int) -> Comparison: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Comparison, ...]: ...
    def __getitem__(self, at: int | slice) -> Comparison | tuple[Comparison, ...]:
        return self._comparisons[at]

    def __str__(self) -> str:
        """In words, a line a difference."""
        return "\n".join(map(str, self))

    def __repr__(self) -> str:
        return f"<Comparisons: {len(self)}, {sum(1 for _ in self.findings)} findings>"


def compare(
    reference: Side,
    actual: Side,
    *,
    level: Level | None = None,
    tolerance: float = 0.05,
    html: Path | None = None,
    junit: Path | None = None,
    template: Path | None = None,
    fonts: Iterable[Path] = (),
    language_paths: Iterable[Path] = (),
) -> Comparisons:
    """Compares what it should be with what it is.

    A side is a layout, an edition, the bytes of a PDF, or a path as `qarar compare` takes it: a snapshot, a PDF by any program, a
    folder of them or of documents, which are built. `level` says how closely, `tolerance` how many points apart two places must be.
    `html` is written as a page that shows the differences, `junit` as XML for test runners. Raises `RequestError` where a side
    cannot be read.
    """
    words: list[Path] = ["--tolerance", str(tolerance)]
    for option, value in (("--level", level), ("--html", html), ("--junit", junit)):
        if value is not None:
            words.append(f"{option}={os.fspath(value)}")
    words += setting(template, fonts, language_paths)
    with tempfile.TemporaryDirectory(prefix="qarar-") as folder:
        sides = [_file(side, FilePath(folder) / name) for side, name in ((reference, "reference"), (actual, "actual"))]
        data, _, problems = ask(["compare", *words, "--", *sides])
    return Comparisons(map(_comparison, data["comparisons"], data["told"]), problems)


def _comparison(data: dict[str, Any], told: str) -> Comparison:
    return Comparison(
        name=data["name"],
        level=data["level"],
        tolerance=data["tolerance"],
        remarks=tuple(remark["message"] for remark in data.get("remarks", ())),
        findings=tuple(Finding.from_data(finding) for finding in data["findings"]),
        told=told,
    )


def _file(side: Side, path: FilePath) -> Path:
    """A side as a file: one that is in memory is written to `path`, with an ending of its own."""
    match side:
        case Edition():
            return _file(side.layout, path)
        case Layout():
            path = path.with_suffix(".layout.json")
            path.write_text(side.json, encoding="utf-8")
            return path
        case bytes():
            path = path.with_suffix(".pdf")
            path.write_bytes(side)
            return path
        case _:
            return os.fspath(side)
