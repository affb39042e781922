"""What is told of a document: problems, each with its place, and the errors that carry them."""

from dataclasses import dataclass
from typing import Any, Literal, Self

__all__ = ["Edit", "Error", "InternalError", "Place", "Problem", "RequestError", "SourceError"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. Lines and columns count from 1, columns in characters; `end_column` is that after the last one.

    Of a file or folder as a whole there are no lines.
    """

    file: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    #: How many bytes of the file stand before it, and before its end.
    byte: int | None = None
    end_byte: int | None = None
    #: The words beside it.
    label: str = ""

    @classmethod
    def from_data(cls, data: dict[str, Any], label: str = "") -> Self:
        """From the data of a message (docs/messages.schema.json)."""
        start, end = data.get("start", {}), data.get("end", {})
        return cls(
            file=data["file"],
            line=start.get("line"),
            column=start.get("column"),
            end_line=end.get("line"),
            end_column=end.get("column"),
            byte=start.get("byte"),
            end_byte=end.get("byte"),
            label=label,
        )

    def __str__(self) -> str:
        """As `ar.md:5:12`."""
        return self.file if self.line is None else f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Edit:
    """A text to be written in place of another, or at a place where there is none."""

    place: Place
    #: Empty where text is taken away.
    replacement: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong, or that somebody should look at."""

    #: An error keeps a document from being built, a warning does not.
    severity: Literal["error", "warning"]
    #: What it is called; its words may change, its rule does not. docs/messages.md explains each.
    rule: str
    #: What is wrong.
    message: str
    #: Where; `None` where no file is to blame.
    place: Place | None
    #: What to do about it.
    hints: tuple[str, ...]
    #: The other places that belong to it.
    related: tuple[Place, ...]
    #: Edits of one file, apart and in order, that together make it go away; none where people have to think.
    fix: tuple[Edit, ...]

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """From the data of a message (docs/messages.schema.json)."""
        return cls(
            severity=data["severity"],
            rule=data["rule"],
            message=data["message"],
            place=Place.from_data(data["place"], data.get("label", "")) if "place" in data else None,
            hints=tuple(data["help"]),
            related=tuple(Place.from_data(other, other["label"]) for other in data.get("others", ())),
            fix=tuple(Edit(Place.from_data(edit), edit["replacement"]) for edit in data.get("fix", ())),
        )

    @property
    def file(self) -> str | None:
        """The file of its place."""
        return None if self.place is None else self.place.file

    @property
    def line(self) -> int | None:
        """The line of its place, from 1."""
        return None if self.place is None else self.place.line

    @property
    def column(self) -> int | None:
        """The column of its place, from 1, in characters."""
        return None if self.place is None else self.place.column

    @property
    def hint(self) -> str | None:
        """What to do about it, in one text."""
        return "; ".join(self.hints) or None

    def __str__(self) -> str:
        """On one line, as `qarar check --message-format short` tells it."""
        where = "" if self.place is None else f"{self.place}: "
        hint = f" (help: {self.hint})" if self.hints else ""
        return f"{where}{self.severity}: {self.message}{hint}"


class Error(Exception):
    """What was asked is not done. `problems` says why, warnings too."""

    problems: tuple[Problem, ...]

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        """Its problems, a line each."""
        return "\n".join(map(str, self.problems))


class SourceError(Error):
    """The document, the template or a font is at fault."""


class RequestError(Error, ValueError):
    """What was asked cannot be done: an option has no such value, or a file that is named cannot be read."""


class InternalError(Error, RuntimeError):
    """qarar is at fault, not the document: please report it, with the document."""
