"""The part of qarar that is written in Rust. Use the functions of the package `qarar`."""

import os
from collections.abc import Sequence

__version__: str

def answer(asked: Sequence[str | os.PathLike[str]]) -> tuple[str, list[bytes]]:
    """The data, as JSON, and the files that answer a command. Other threads run meanwhile."""

def draw(pdf: bytes, pages: Sequence[int], dpi: float) -> list[tuple[bytes, str]]:
    """Pages of a PDF, from 1, each as PNG, or empty with the reason."""

def run(arguments: Sequence[str | os.PathLike[str]]) -> int:
    """Runs the program with a command line, the name of the program first, and gives its exit code."""

def set_program(words: Sequence[str | os.PathLike[str]]) -> None:
    """Names what starts this module as the program."""

def downfall(said: str) -> str:
    """Why a process that answered ended, by what it said last."""
