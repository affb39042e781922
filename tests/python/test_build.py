"""Documents built from Python."""

import multiprocessing
import pickle
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import CONTRACT, ENGLISH, FACTS, ROOT, Document

import qarar

PNG = b"\x89PNG\r\n\x1a\n"


def test_the_bytes_are_those_of_the_command() -> None:
    """If it fails, who builds from Python gets another document than who builds by the command."""
    editions = qarar.build(CONTRACT)
    assert list(editions) == ["ar", "en", "ar-en"]
    assert editions["ar-en"].languages == ("ar", "en")
    for name, edition in editions.items():
        assert edition.pdf == (ROOT / f"output/a-res-61-180/{name}.pdf").read_bytes()


def test_an_edition_tells_its_pages_and_notes() -> None:
    edition = qarar.build(CONTRACT, editions="ar")["ar"]
    assert len(edition.pages) == len(edition.layout.pages) == 5
    assert [page.number for page in edition.pages[1:3]] == [2, 3]
    assert edition.pages[-1].number == 5
    notes = edition.notes
    assert [note.number for note in notes] == list(range(1, len(notes) + 1))
    assert notes[0].mark == "(١)" and notes[0].language == "ar"
    assert notes[0].text and not notes[0].text.startswith("(")
    assert all(note.pages for note in notes)
    both = qarar.build(CONTRACT, editions="ar-en")["ar-en"].notes
    assert [note.language for note in both[:2]] == ["ar", "en"]
    assert both[0].text == notes[0].text


def test_pages_are_pictures() -> None:
    page = qarar.build(CONTRACT, editions="en")["en"].pages[0]
    picture = page.png(dpi=72)
    assert picture.startswith(PNG)
    # A4, 595.28 by 841.89 points, at one pixel a point.
    assert [int.from_bytes(picture[at : at + 4], "big") for at in (16, 20)] == [595, 841]
    assert page._repr_png_() != picture
    with pytest.raises(ValueError, match="18 to 1200"):
        page.png(dpi=4000)
    with pytest.raises(IndexError):
        page.edition.pages.png([6])


def test_a_fault_is_an_error_with_its_place(document: Document) -> None:
    """If it fails, a program cannot lead its user to the mistake."""
    folder = document(en=ENGLISH.replace("[^1]\n\n2.", "[^2]\n\n2."))
    with pytest.raises(qarar.SourceError) as caught:
        qarar.build(folder)
    problem = next(problem for problem in caught.value.problems if problem.severity == "error")
    assert problem.file == str(folder / "en.md")
    assert problem.line == 6 and problem.column is not None and problem.place is not None
    assert problem.hint and problem.rule and problem.place.byte is not None
    assert str(problem).startswith(f"{folder / 'en.md'}:6:{problem.column}: error: ")
    assert str(problem) in str(caught.value)
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.problems == caught.value.problems
    assert qarar.check(folder) == caught.value.problems


def test_warnings_do_not_stop_a_build(document: Document) -> None:
    folder = document(en=ENGLISH.replace("in this\nfield", "in x^y"))
    editions = qarar.build(folder, editions=["en"])
    assert [problem.severity for problem in editions.problems] == ["warning"]
    assert editions.problems == qarar.check(folder)


def test_what_cannot_be_asked_is_told(document: Document, tmp_path: Path) -> None:
    for options in ({"editions": "de"}, {"editions": "fr"}, {"breaks": "lines"}, {"standard": "x-1"}):
        with pytest.raises(qarar.Error) as caught:
            qarar.build(document(), **options)  # type: ignore[arg-type]
        assert len(str(caught.value).splitlines()) == 1, caught.value
    with pytest.raises(qarar.RequestError, match="unknown language `de`"):
        qarar.build(document(), editions="de")
    with pytest.raises(ValueError, match="cannot read the font path"):
        qarar.build(document(), fonts=[tmp_path / "none"])
    with pytest.raises(qarar.SourceError):
        qarar.build(tmp_path / "none")


def test_names_that_look_like_options_are_names(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = document("--output")
    monkeypatch.chdir(folder.parent)
    assert qarar.check("--output") == ()
    assert qarar.build("--output", editions="en").name == "--output"


def test_files_are_written_as_the_command_does(document: Document, tmp_path: Path) -> None:
    written = qarar.write(document(), tmp_path / "out", formats=["pdf", "svg"], editions="en")
    folder = tmp_path / "out/one"
    assert written.paths == (folder / "en.pdf", folder / "en-1.svg")
    assert written.pages == {"en": 1}
    assert sorted(path.name for path in folder.iterdir()) == ["en-1.svg", "en.pdf"]
    assert (folder / "en.pdf").read_bytes() == qarar.build(document(), editions="en")["en"].pdf
    (folder / "ar.pdf").write_bytes(b"of somebody")
    with pytest.raises(qarar.SourceError, match="not qarar's"):
        qarar.write(document(), tmp_path / "out", editions="ar")
    assert (folder / "ar.pdf").read_bytes() == b"of somebody"


def test_editions_are_saved(document: Document, tmp_path: Path) -> None:
    editions = qarar.build(document(), editions=["ar", "en"])
    assert editions.save(tmp_path / "saved") == [tmp_path / "saved/ar.pdf", tmp_path / "saved/en.pdf"]
    assert (tmp_path / "saved/en.pdf").read_bytes() == editions["en"].pdf


def test_python_goes_on_while_a_document_is_built() -> None:
    """If it fails, a server that builds a document answers nobody meanwhile."""
    counted = 0
    done = threading.Event()

    def build() -> None:
        for _ in range(5):
            qarar.build(CONTRACT)
        done.set()

    thread = threading.Thread(target=build)
    thread.start()
    while not done.is_set():
        time.sleep(0.001)
        counted += 1
    thread.join()
    assert counted > 20


def test_threads_build_what_one_builds(document: Document) -> None:
    """More threads than cores, which would be nested on the stacks of those that work."""
    folder = document()
    expected = qarar.build(folder)["ar-en"].pdf
    with ThreadPoolExecutor(64) as pool:
        made = list(pool.map(lambda _: qarar.build(folder)["ar-en"].pdf, range(128)))
    assert set(made) == {expected}


def built_in_a_fork(folder: Path) -> bytes:
    return qarar.build(folder, editions="en")["en"].pdf


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_process_that_was_forked_builds(document: Document) -> None:
    """If it fails, a pool of processes waits for ever for threads that are those of its parent."""
    folder = document()
    expected = built_in_a_fork(folder)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        made = pool.map_async(built_in_a_fork, [folder] * 4).get(timeout=60)
    assert made == [expected] * 4


def test_facts_of_another_session_make_another_document(document: Document) -> None:
    """The module remembers what it has set before: what it is asked for next must not be that."""
    first = qarar.build(document(), editions="en")["en"].pdf
    second = qarar.build(document(facts=FACTS.replace("61", "62")), editions="en")["en"].pdf
    assert first != second
    assert qarar.build(document(), editions="en")["en"].pdf == first
