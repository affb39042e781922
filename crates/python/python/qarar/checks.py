"""What is wrong with a document, without building it."""

from collections.abc import Iterable

from ._ask import Path, ask, setting
from .problems import Problem, SourceError

__all__ = ["check"]


def check(
    path: Path, *, fonts: Iterable[Path] = (), language_paths: Iterable[Path] = ()
) -> tuple[Problem, ...]:
    """The problems of a document, all in one run; none where there is nothing to tell.

    `path` is the folder of the document; `fonts` are files or folders of fonts that it may use, `language_paths`
    folders of language files.
    """
    try:
        _, _, problems = ask(["check", *setting(None, fonts, language_paths), "--", path])
    except SourceError as error:
        return error.problems
    return problems
