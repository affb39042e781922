"""Layouts: where every line of an edition stands. docs/layout.md tells what each key means."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

__all__ = ["Layout", "LayoutPage", "Line", "Mark"]


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a note in a line."""

    #: The number of the note, from 1.
    note: int
    #: How many characters of the text of the line stand before it.
    at: int
    #: As it is printed: `(١)`.
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. Lengths are points from the top left corner of the page."""

    #: The paragraph, as an editor names it: `operative 6 (a)`, `note 5`.
    paragraph: str
    #: The code of its language.
    language: str
    #: The text in the order in which it is read, without elongations.
    text: str
    #: The label that the text starts with.
    label: str
    marks: tuple[Mark, ...]
    #: Whether its last word goes on in the next line.
    joined: bool
    baseline: float | None
    left: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class LayoutPage:
    """What stands on a page."""

    #: From 1.
    number: int
    #: Width and height.
    size: tuple[float, float] | None
    lines: tuple[Line, ...]


class Layout:
    """The layout of an edition. Two of the same text are equal when every line stands at its place."""

    def __init__(self, text: str) -> None:
        #: As JSON, in the form that `qarar layout` writes and `qarar compare` reads.
        self.json = text

    @cached_property
    def data(self) -> dict[str, Any]:
        """All of it as Python's own types."""
        data: dict[str, Any] = json.loads(self.json)
        return data

    @property
    def edition(self) -> str:
        """The name of the edition: `ar-en`."""
        return str(self.data["edition"])

    @cached_property
    def pages(self) -> tuple[LayoutPage, ...]:
        """The pages with their lines."""
        return tuple(_page(page) for page in self.data["pages"])

    @property
    def lines(self) -> Iterator[Line]:
        """The lines of all pages."""
        return (line for page in self.pages for line in page.lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Layout) and self.json == other.json

    def __hash__(self) -> int:
        return hash(self.json)

    def __repr__(self) -> str:
        pages = len(self.data["pages"])
        return f"<Layout {self.data['document']}/{self.edition}: {pages} page{'' if pages == 1 else 's'}>"


def _page(data: dict[str, Any]) -> LayoutPage:
    size = data.get("size")
    return LayoutPage(data["number"], size and (size[0], size[1]), tuple(_line(line) for line in data["lines"]))


def _line(data: dict[str, Any]) -> Line:
    return Line(
        paragraph=data["in"],
        language=data.get("language", ""),
        text=data["text"],
        label=data.get("label", ""),
        marks=tuple(Mark(mark["note"], mark["at"], mark["text"]) for mark in data.get("marks", ())),
        joined=data.get("joined", False),
        baseline=data.get("baseline"),
        left=data.get("left"),
        right=data.get("right"),
    )
