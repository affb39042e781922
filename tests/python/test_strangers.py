"""Templates, fonts and PDFs of strangers: what they do ends a process, never that of Python."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CONTRACT, ENDLESS, ROOT, Document

import qarar

Template = Callable[[str], Path]


def test_a_template_of_ones_own_is_used(document: Document, template: Template) -> None:
    path = template("// Ours.")
    assert qarar.build(document(), template=path)["en"].pdf == qarar.build(document())["en"].pdf


def test_a_template_without_an_end_is_ended(document: Document, template: Template) -> None:
    """If it fails, one template holds a server for ever."""
    start = time.monotonic()
    with pytest.raises(qarar.SourceError, match="takes longer than 10 seconds") as caught:
        qarar.build(document(), template=template(ENDLESS))
    assert time.monotonic() - start < 40
    assert caught.value.problems[0].hint


def test_a_template_that_takes_all_memory_is_ended(document: Document, template: Template) -> None:
    # What Typst itself bounds is told as well as what ends the process.
    with pytest.raises(qarar.SourceError):
        qarar.build(document(), template=template('#{ let a = "x" * 1024; for _ in range(40) { a = a + a } }'))
    assert qarar.build(document())


def test_a_fault_of_a_template_has_its_place(document: Document, template: Template) -> None:
    path = template("#let x = nothing")
    with pytest.raises(qarar.SourceError) as caught:
        qarar.build(document(), template=path)
    assert "resolution.typ" in str(caught.value) and "nothing" in str(caught.value)


def test_fonts_of_ones_own_are_used(document: Document, tmp_path: Path) -> None:
    fonts = ROOT / "fonts/amiri"
    assert qarar.build(document(), fonts=[fonts])["ar"].pdf.startswith(b"%PDF")
    assert qarar.check(document(), fonts=[fonts]) == ()
    broken = tmp_path / "broken.ttf"
    broken.write_bytes((fonts / "Amiri-Regular.ttf").read_bytes()[:5000])
    with pytest.raises(qarar.RequestError, match="broken.ttf"):
        qarar.build(document(), fonts=[broken])


def test_a_language_of_ones_own_is_read(tmp_path: Path) -> None:
    """A folder of language files is one of the options, beside those of the document."""
    document = tmp_path / "records"
    shutil.copytree(ROOT / "tests/languages/kab", document)
    shutil.move(document / "languages", tmp_path / "house")
    with pytest.raises(qarar.SourceError, match="unknown language `kab`"):
        qarar.build(document)
    editions = qarar.build(document, editions="kab", language_paths=[tmp_path / "house"])
    assert list(editions) == ["kab"]
    assert all(problem.severity == "warning" for problem in qarar.check(document, language_paths=[tmp_path / "house"]))


def test_the_page_that_shows_differences_is_drawn_apart(tmp_path: Path) -> None:
    """The pages of PDFs are drawn by the program, which the module has to find."""
    report = tmp_path / "report.html"
    editions = qarar.build(CONTRACT, editions=["ar", "en"])
    found = qarar.compare(editions["ar"].pdf, editions["en"].pdf, html=report)
    assert not found.is_same and found.problems == ()
    assert "data:image/" in report.read_text(encoding="utf-8")
