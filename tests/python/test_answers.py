"""What is told of documents and PDFs: checks, layouts, comparisons, verifications."""

import json
from pathlib import Path

import pytest
from conftest import ARABIC, CONTRACT, ENGLISH, ROOT, Document

import qarar


def test_a_good_document_has_no_problem(document: Document) -> None:
    assert qarar.check(document()) == ()


def test_a_problem_names_the_other_places_that_belong_to_it(document: Document) -> None:
    problems = qarar.check(document(ar=ARABIC.replace("2. *تقرر* أن تنظر في المسألة في دورتها المقبلة.\n\n", "")))
    related = [place for problem in problems for place in problem.related]
    assert any(place.file.endswith(".md") and place.line for place in related), problems


def test_a_fix_makes_its_problem_go_away(document: Document) -> None:
    folder = document(ar=ARABIC.replace("هذا المجال", "هذا المجال 12"))
    problem = next(problem for problem in qarar.check(folder) if problem.fix)
    path = Path(problem.file or "")
    text = path.read_bytes()
    for edit in reversed(problem.fix):
        assert edit.place.byte is not None and edit.place.end_byte is not None
        text = text[: edit.place.byte] + edit.replacement.encode() + text[edit.place.end_byte :]
    path.write_bytes(text)
    assert problem not in qarar.check(folder)
    assert "١٢" in path.read_text(encoding="utf-8")


def test_layouts_are_those_of_the_command() -> None:
    layouts = qarar.layout(CONTRACT, editions="ar-en")
    reference = ROOT / "tests/reference/documents/a-res-61-180/ar-en.layout.json"
    assert qarar.compare(reference, layouts["ar-en"]).is_same
    layout = layouts["ar-en"]
    assert layout == qarar.build(CONTRACT, editions="ar-en")["ar-en"].layout
    assert layout.data["qarar-layout"] == 1 and json.loads(layout.json) == layout.data
    title = next(line for line in layout.lines if line.paragraph == "title")
    assert title.language in ("ar", "en") and title.baseline is not None and title.left is not None
    assert layout.pages[0].size == pytest.approx((595.28, 841.89), abs=0.02)


def test_what_moved_is_told(document: Document, tmp_path: Path) -> None:
    before = qarar.build(document(), editions="en")["en"]
    after = qarar.build(document(en=ENGLISH.replace("its next session", "its following session")), editions="en")["en"]
    found = qarar.compare(before, after, junit=tmp_path / "junit.xml")
    assert not found.is_same and len(found) == 1
    finding = found[0].findings[0]
    assert finding.kind == "words" and finding.level == "text"
    assert "`following`" in finding.message and str(finding).startswith(finding.message)
    spot = finding.actual[0]
    assert spot.page == 1 and spot.start is not None and spot.end is not None
    line = after.layout.pages[0].lines[spot.line - 1]
    assert line.text[spot.start : spot.end] == "following"
    assert finding.message in str(found)
    assert "<testsuite" in (tmp_path / "junit.xml").read_text(encoding="utf-8")
    assert qarar.compare(before, before.pdf).is_same
    assert qarar.compare(before, after, level="pages").is_same is False


def test_sides_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(qarar.RequestError, match="does not exist"):
        qarar.compare(tmp_path / "none", CONTRACT)
    with pytest.raises(qarar.RequestError):
        qarar.compare(b"no PDF", CONTRACT)


def test_an_edition_is_verified_against_its_source(document: Document) -> None:
    edition = qarar.build(document(), editions="ar-en")["ar-en"]
    verified = qarar.verify(edition, document(), languages=["ar", "en"])
    assert verified.is_exact and verified.pages == 1 and verified.tagged
    assert (verified.language, verified.archival, verified.accessible) == ("ar", "2A", "1")
    assert {passage.language for passage in verified.passages} == {"ar", "en"}
    assert all(passage.is_exact for passage in (*verified.passages, *verified.lines))
    assert "exact: every reader gets" in str(verified)
    other = document("other", en=ENGLISH.replace("next session", "last session"))
    lost = qarar.verify(edition.pdf, other)
    assert not lost.is_exact
    passage = next(passage for passage in lost.passages if not passage.is_exact)
    assert passage.name == "operative 2" and passage.structure is not None
    assert passage.structure.judgement == "lost" and "last" in (passage.structure.source or "")


def test_a_file_that_is_no_pdf_is_told(tmp_path: Path) -> None:
    path = tmp_path / "no.pdf"
    path.write_bytes(b"no PDF")
    for given in (path, b"no PDF"):
        with pytest.raises(qarar.RequestError):
            qarar.verify(given)
