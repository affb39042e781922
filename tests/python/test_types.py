"""The types of the package, as those see them who have their programs checked."""

import subprocess
import sys
from pathlib import Path

from conftest import ROOT

import qarar

USE = """
import qarar
from qarar import batch

editions = qarar.build("d", editions=["ar"], breaks="lines", fonts=["f"])
reveal_type(editions["ar"].pdf)
reveal_type(editions["ar"].pages[0].png())
reveal_type(editions["ar"].notes[0].pages)
reveal_type(qarar.check("d")[0].line)
reveal_type(qarar.compare("a", b"b")[0].findings[0].kind)
reveal_type(qarar.verify("p").passages[0].content.judgement)
reveal_type(batch.build_folder("a", "b").failed)
qarar.build("d", breaks="words")
qarar.build(1)
"""


def mypy(*words: str | Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-m", "mypy", "--strict", *words], capture_output=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def test_a_program_that_uses_the_package_is_checked(tmp_path: Path) -> None:
    """If it fails, an editor knows nothing of what it gets, or lets pass what cannot be."""
    (tmp_path / "use.py").write_text(USE)
    code, told = mypy("--cache-dir", tmp_path / "cache", tmp_path / "use.py")
    assert code == 1
    revealed = [line.split('"')[1] for line in told.splitlines() if "Revealed type" in line]
    plain = [type_.replace("builtins.", "").replace("typing.", "") for type_ in revealed]
    assert plain[:4] == ["bytes", "bytes", "tuple[int, ...]", "int | None"], told
    assert plain[4] == "str" and "'reordered'" in plain[5] and plain[6] == "int", told
    assert told.count("error:") == 2, told
    assert "words" in told


def test_the_package_is_typed_throughout(tmp_path: Path) -> None:
    package = Path(qarar.__file__).parent
    assert (package / "py.typed").exists()
    code, told = mypy("--cache-dir", tmp_path / "cache", "-p", "qarar")
    assert code == 0, told


def test_the_tests_are_typed(tmp_path: Path) -> None:
    code, told = mypy("--allow-untyped-calls", "--cache-dir", tmp_path / "cache", ROOT / "tests/python")
    assert code == 0, told
