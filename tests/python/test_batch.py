"""A folder of a thousand documents: bad ones among them, and the run stopped in the middle."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ENDLESS, ENGLISH, Document, children, write_document

import qarar
from qarar import batch

#: How many documents there are; the figures of docs/python.md were measured with so many.
COUNT = int(os.environ.get("QARAR_BATCH_DOCUMENTS", "1000"))
#: Every so many is at fault, and has no second paragraph in English.
BAD = 50


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents, in folders of a hundred."""
    top = tmp_path_factory.mktemp("thousand")
    for number in range(1, COUNT + 1):
        texts = {"en": ENGLISH.split("2. ")[0]} if number % BAD == 0 else {}
        write_document(top / f"{number // 100:03}/resolution-{number:05}", number, **texts)
    return top


def peak_kilobytes(process: int) -> int:
    """The most memory that a process had, in KB; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)


@pytest.mark.skipif(sys.platform != "linux", reason="it looks at processes by /proc")
def test_a_thousand_documents_that_are_stopped_in_the_middle(thousand: Path, tmp_path: Path) -> None:
    """If it fails, a run over night ends with one bad document, takes all memory, or begins anew after it was stopped."""
    output = tmp_path / "out"
    command: list[str | Path] = [sys.executable, "-m", "qarar.batch", "--quiet", "--lang", "ar,en", thousand, output]
    journal = output / batch.JOURNAL

    def lines() -> int:
        return journal.read_bytes().count(b"\n") if journal.exists() else 0

    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while lines() < COUNT * 0.4 and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    done_before = lines()
    assert COUNT * 0.4 <= done_before < COUNT
    # Whoever is killed writes half a line at times.
    with journal.open("ab") as file:
        file.write(b'{"document": "000/res')
    peaks: list[int] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as again:
        while again.poll() is None:
            peaks += map(peak_kilobytes, [again.pid, *children(again.pid)])
            time.sleep(0.05)
        told = again.stdout.read() if again.stdout else ""
    assert again.returncode == 1
    summary = json.loads((output / "qarar-batch.json").read_text(encoding="utf-8"))
    bad = COUNT // BAD
    assert (summary["documents"], summary["built"], summary["failed"]) == (COUNT, COUNT - bad, bad)
    # What was written and not yet noted when the run was killed is built again, no more.
    assert done_before - 8 <= summary["kept"] <= done_before
    assert f"{COUNT} documents: {COUNT - bad} built, {bad} failed" in told
    assert len(summary["failures"]) == bad
    for name, failure in summary["failures"].items():
        assert int(name[-5:]) % BAD == 0 and failure["state"] == "failed"
        assert any(problem["place"]["file"].endswith(".md") for problem in failure["problems"])
    for folder in (output / "000").iterdir():
        assert sorted(path.name for path in folder.iterdir()) == ["ar.pdf", "en.pdf"]
    # Three times the memory of a process that has built its first documents would be growth.
    assert max(peaks) < 600_000, f"a process had {max(peaks) / 1000:.0f} MB"
    print(f"\n{told}median {summary['median_ms']} ms a document a core, at most {max(peaks) / 1000:.0f} MB a process")


def test_what_has_not_changed_is_kept(document: Document, tmp_path: Path) -> None:
    first = document("documents/first", 1)
    document("documents/second", 2, en=ENGLISH.split("2. ")[0])
    source, output = tmp_path / "documents", tmp_path / "out"

    def run(**options: object) -> tuple[int, int, int]:
        summary = batch.build_folder(source, output, jobs=1, **options)  # type: ignore[arg-type]
        return summary.built, summary.failed, summary.kept

    assert run() == (1, 1, 0)
    assert run() == (1, 1, 2)
    assert run(retry=True) == (1, 1, 1)
    (first / "en.md").write_text(ENGLISH.replace("{number}", "of today"), encoding="utf-8")
    assert run() == (1, 1, 1)
    (output / "first/en.pdf").unlink()
    assert run() == (1, 1, 1)
    assert (output / "first/en.pdf").read_bytes() == qarar.build(first)["en"].pdf
    # Other options are other editions.
    assert run(editions="en") == (1, 1, 0)
    document("documents/second", 2)
    assert run(editions="en") == (2, 0, 1)


def test_a_document_that_takes_too_long_stops_no_other(
    document: Document, template: object, tmp_path: Path
) -> None:
    document("documents/a", 1)
    document("documents/b", 2)
    path = template(ENDLESS)  # type: ignore[operator]
    seen: list[batch.Done] = []
    summary = batch.build_folder(
        tmp_path / "documents", tmp_path / "out", seconds=1, template=path, editions="en", progress=seen.append
    )
    assert (summary.built, summary.failed) == (0, 2)
    assert [done.state for done in seen] == ["ended", "ended"]
    assert [done.count for done in seen] == [1, 2] and seen[1].of == 2
    assert seen[0].problems[0].message == "it takes longer than 1 seconds"
    # With the template mended they are built, and nothing is left of before.
    assert batch.build_folder(tmp_path / "documents", tmp_path / "out", editions="en").built == 2
    assert sorted(path.name for path in (tmp_path / "out/a").iterdir()) == ["en.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="it ends a process by a signal")
def test_a_process_that_falls_stops_no_other(document: Document, tmp_path: Path) -> None:
    for number in range(1, 31):
        document(f"documents/{number:02}", number)
    seen: list[batch.Done] = []

    def fell_one(done: batch.Done) -> None:
        seen.append(done)
        if done.count == 3:
            for child in children(os.getpid()):
                os.kill(child, signal.SIGKILL)

    summary = batch.build_folder(tmp_path / "documents", tmp_path / "out", jobs=2, editions="en", progress=fell_one)
    ended = [done for done in seen if done.state == "ended"]
    assert summary.built + len(ended) == 30 and len(ended) <= 2
    assert batch.build_folder(tmp_path / "documents", tmp_path / "out", editions="en", retry=True).built == 30


def test_a_run_that_is_interrupted_goes_on(document: Document, tmp_path: Path) -> None:
    for number in range(1, 11):
        document(f"documents/{number:02}", number)

    def stop(done: batch.Done) -> None:
        if done.count == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.build_folder(tmp_path / "documents", tmp_path / "out", editions="en", progress=stop)
    assert children(os.getpid()) == []
    summary = batch.build_folder(tmp_path / "documents", tmp_path / "out", editions="en")
    assert summary.built == 10 and summary.kept >= 4


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_stops_no_other(document: Document, tmp_path: Path) -> None:
    document("documents/good")
    document("documents/" + os.fsdecode(b"\xff"))
    for kept in (0, 2):
        summary = batch.build_folder(tmp_path / "documents", tmp_path / "out", editions="en")
        assert (summary.built, summary.failed, summary.kept) == (1, 1, kept)
    assert "another one" in summary.json()


def test_documents_are_found_in_order(document: Document, tmp_path: Path) -> None:
    for name in ("b/two", "b/one", "a"):
        document(f"documents/{name}")
    assert list(batch.documents(tmp_path / "documents")) == ["a", "b/one", "b/two"]
    assert list(batch.documents(tmp_path / "documents", but=tmp_path / "documents/b")) == ["a"]
    assert list(batch.documents(tmp_path / "documents/a")) == ["."]
    assert batch.build_folder(tmp_path / "documents/a", tmp_path / "out", editions="en").built == 1
    assert (tmp_path / "out/a/en.pdf").exists()
    with pytest.raises(ValueError, match="no document below"):
        batch.build_folder(tmp_path / "none", tmp_path / "out")
