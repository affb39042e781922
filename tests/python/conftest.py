"""Tests of the Python module and of the command beside it, as they are installed by the wheel: nothing of the source is imported."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACT = ROOT / "documents/a-res-61-180"
#: The command that the wheel installed beside this Python.
QARAR = Path(sys.executable).parent / ("qarar.exe" if os.name == "nt" else "qarar")

FACTS = """\
kind = "resolution"
symbol = "A/RES/61/{number}"
body = "general-assembly"
session = 61
adopted = 2006-12-20
meeting = 82
distribution = "general"
issued = 2007-03-08
languages = ["ar", "en"]
"""
ARABIC = """\
# تنسيق الجهود

*إن الجمعية العامة*،

1. *تؤكد* أهمية الشراكات بين الدول الأعضاء والمنظمات الحكومية الدولية والمنظمات غير الحكومية في هذا المجال[^1]؛

2. *تقرر* أن تنظر في المسألة في دورتها المقبلة.

[^1]: انظر المرفق.
"""
ENGLISH = """\
# Coordination of efforts {number}

*The General Assembly*,

1. *Affirms* the importance of partnerships between Member States, intergovernmental and non-governmental organizations in this
field;[^1]

2. *Decides* to consider the matter at its next session.

[^1]: See the annex.
"""

Document = Callable[..., Path]


def write_document(folder: Path, number: int = 1, **replaced: str) -> Path:
    """A small document; `replaced` are texts in place of its own: `facts`, `ar`, `en`."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"facts": FACTS, "ar": ARABIC, "en": ENGLISH} | replaced
    for name, file in (("facts", "document.toml"), ("ar", "ar.md"), ("en", "en.md")):
        (folder / file).write_text(texts[name].replace("{number}", str(number)), encoding="utf-8")
    return folder


def children(process: int) -> list[int]:
    """The processes that a process started; none where the system does not tell."""
    try:
        tasks = Path(f"/proc/{process}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """Writes a small document and gives its folder."""
    return lambda name="one", number=1, **replaced: write_document(tmp_path / name, number, **replaced)


#: Code of Typst that ends after some years.
ENDLESS = "#{ let n = 0; for a in range(1000000) { for b in range(1000000) { n += 1 } } }"


@pytest.fixture
def template(tmp_path: Path) -> Callable[[str], Path]:
    """The built-in template with something before it, as a template of a user's own."""

    def write(before: str) -> Path:
        folder = tmp_path / "house"
        shutil.copytree(ROOT / "templates", folder, dirs_exist_ok=True)
        path = folder / "resolution.typ"
        path.write_text(f"{before}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
        return path

    return write
