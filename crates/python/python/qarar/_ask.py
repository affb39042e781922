"""Asking the part that is written in Rust, and telling what it answers."""

import json
import os
import sys
from collections.abc import Iterable
from typing import Any

from . import _program, _qarar
from .problems import InternalError, Problem, RequestError, SourceError

#: What starts the program in a process of its own. Where Python is a part of another program, the command is called.
PROGRAM: list[str] = (
    [sys.executable, "-I", "-S", _program.__file__, _qarar.__file__] if sys.executable else ["qarar"]
)
_qarar.set_program(PROGRAM)

Path = str | os.PathLike[str]


def ask(words: Iterable[Path]) -> tuple[dict[str, Any], list[bytes], tuple[Problem, ...]]:
    """The data of an answer, its files, and what is to be told beside it.

    Raises an error where there is none.
    """
    data, files = _qarar.answer([os.fspath(word) for word in words])
    answer: dict[str, Any] = json.loads(data)
    problems = tuple(Problem.from_data(problem) for problem in answer.pop("problems"))
    match answer.pop("outcome"):
        case "done":
            return answer, files, problems
        case "refused":
            raise RequestError(problems)
        case "fault":
            raise SourceError(problems)
        case _:
            raise InternalError(problems)


def setting(template: Path | None, fonts: Iterable[Path], languages: Iterable[Path]) -> list[str]:
    """The options of a template, of fonts and of folders of language files."""
    words = [] if template is None else [f"--template={os.fspath(template)}"]
    for path in paths(fonts):
        words.append(f"--font-path={path}")
    for path in paths(languages):
        words.append(f"--language-path={path}")
    return words


def paths(given: Path | Iterable[Path]) -> list[str]:
    """One path or several, as strings."""
    if isinstance(given, (str, os.PathLike)):
        return [os.fspath(given)]
    return [os.fspath(path) for path in given]


def listed(given: str | Iterable[str]) -> str:
    """One name or several, as an option takes them."""
    return given if isinstance(given, str) else ",".join(given)
