"""Folders of thousands of documents, built on all cores.

    from qarar import batch

    summary = batch.build_folder("documents", "output")
    print(summary.built, "built,", summary.failed, "failed")

Documents are built in processes, one a core. What is wrong with one, or ends its process, stops none of the others; memory stays
that of a few documents. A journal in the output folder says what is done, so that a run that was stopped goes on where it was.
`python -m qarar.batch` is the same on the command line.
"""

import json
import os
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path as FilePath
from typing import Any

from .. import _qarar
from .._ask import Path, listed, paths
from ..editions import Arrangement, Breaks, Format, choice
from ..problems import Problem
from ._journal import NAME as JOURNAL
from ._journal import PROBLEMS, Journal, setting_hash, source_hash
from ._worker import Worker

__all__ = ["JOURNAL", "Done", "Summary", "build_folder", "documents"]

#: How often late processes are looked for, in seconds.
TICK = 0.1
#: The states of documents that are not built.
FAILED = ("failed", "ended", "internal")


@dataclass(frozen=True, slots=True)
class Done:
    """A document that is done, as `progress` is told of it."""

    #: The document: its folder below the source.
    document: str
    #: `built`; `failed` where it is at fault; `ended` where its process was, by its time or its memory; `internal` where qarar is
    #: at fault.
    state: str
    #: Whether an earlier run did it.
    is_kept: bool
    #: How many are done with it.
    count: int
    #: How many there are.
    of: int
    #: What is told of it; of one that an earlier run did nothing.
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Summary:
    """What came of a run. As JSON: `json()`."""

    #: How many documents there are.
    documents: int = 0
    #: How many have editions, those of earlier runs too.
    built: int = 0
    #: How many have none.
    failed: int = 0
    #: How many an earlier run did, and nothing has changed of them.
    kept: int = 0
    #: How many pages were made by this run.
    pages: int = 0
    #: How long it took, in seconds.
    seconds: float = 0.0
    #: How long a document took on its core, in the middle, in milliseconds.
    median_ms: float | None = None
    #: How many processes worked.
    jobs: int = 0
    #: The documents that have no editions, by their names, each with its `state` and `problems`.
    failures: dict[str, dict[str, Any]] = field(default_factory=dict)

    def json(self) -> str:
        """As JSON, a key a line."""
        return json.dumps({"qarar": _qarar.__version__, **asdict(self)}, ensure_ascii=False, indent=2) + "\n"


def documents(source: Path, *, but: Path | None = None) -> Iterator[str]:
    """The documents below a folder, in the order of their paths, as paths below it. Links to folders are not followed; the folder
    `but` is left out.
    """
    top = FilePath(source)
    left_out = FilePath(but).resolve() if but is not None else None
    for root, folders, files in os.walk(top):
        here = FilePath(root)
        folders[:] = sorted(name for name in folders if (here / name).resolve() != left_out)
        if "document.toml" in files:
            folders.clear()
            yield here.relative_to(top).as_posix()


def build_folder(
    source: Path,
    output: Path,
    *,
    jobs: int | None = None,
    seconds: float = 60.0,
    retry: bool = False,
    progress: Callable[[Done], None] | None = None,
    formats: Format | Iterable[Format] = ("pdf",),
    dpi: int = 144,
    editions: str | Iterable[str] | None = None,
    arrangement: Arrangement | None = None,
    breaks: Breaks | None = None,
    standard: str | None = None,
    template: Path | None = None,
    fonts: Iterable[Path] = (),
    language_paths: Iterable[Path] = (),
) -> Summary:
    """Builds every document below a folder into a folder of its name below `output`.

    `jobs` processes work at a time, as many as there are cores where it is not told; a document has so many `seconds`. What an
    earlier run built is kept as long as the files of its document, the options and qarar are the same, and so is the failure of a
    document, unless `retry` is set. `progress` is called with each document that is done, in the thread that called. The others are
    the options of `qarar.write`.

    Raises `ValueError` where there is no document, and `OSError` where the folder of the editions cannot be written.
    """
    start = time.monotonic()
    top, target = FilePath(source), FilePath(output)
    found = list(documents(top, but=target))
    if not found:
        raise ValueError(f"no document below `{top}`: a document is a folder with a `document.toml`")
    target.mkdir(parents=True, exist_ok=True)
    fonts, language_paths = paths(fonts), paths(language_paths)
    words = ["--format", listed(formats), "--dpi", str(dpi)]
    words += choice(editions, arrangement, breaks, standard, template, fonts, language_paths)
    own = [*fonts, *language_paths, *([] if template is None else [os.fspath(template)])]
    before = setting_hash([_qarar.__version__, *words], own)
    jobs = max(1, min(jobs or os.cpu_count() or 1, len(found)))
    run = _Run(top, target, words, before, seconds, retry)
    summary = Summary(documents=len(found), jobs=jobs)
    times: list[float] = []
    with Journal(target) as journal:
        for record in run.records(found, journal, jobs):
            document, state = record["document"], record["state"]
            is_kept = record.pop("kept", False)
            if not is_kept:
                journal.add(record)
                summary.pages += sum(record["pages"].values())
                times.append(record["seconds"])
            summary.kept += is_kept
            summary.built += state == "built"
            summary.failed += state in FAILED
            if progress is not None:
                problems = tuple(Problem.from_data(problem) for problem in record.get("problems", ()))
                progress(Done(document, state, is_kept, summary.built + summary.failed, len(found), problems))
        names = set(found)
        for record in journal.records():
            summary.failures.pop(record["document"], None)
            if record["state"] in FAILED and record["document"] in names:
                problems = record.get("problems", [])
                summary.failures[record["document"]] = {"state": record["state"], "problems": problems}
    if times:
        summary.median_ms = round(sorted(times)[len(times) // 2] * 1000, 1)
    summary.seconds = round(time.monotonic() - start, 3)
    return summary


class _Run:
    """The processes of a run and what they do."""

    def __init__(
        self, source: FilePath, output: FilePath, words: list[str], before: bytes, seconds: float, retry: bool
    ) -> None:
        self._source = source
        self._output = output
        self._words = words
        self._before = before
        self._seconds = seconds
        self._retry = retry
        self._stopped = threading.Event()

    def records(self, found: list[str], journal: Journal, jobs: int) -> Iterator[dict[str, Any]]:
        """A record a document, as they are done. When nobody takes them any more the processes are ended."""
        workers = [Worker() for _ in range(jobs)]
        left = iter(found)
        lock = threading.Lock()
        # No more than a few records wait.
        done: queue.Queue[dict[str, Any] | BaseException] = queue.Queue(maxsize=4 * jobs)

        def work(worker: Worker) -> None:
            try:
                while not self._stopped.is_set():
                    with lock:
                        document = next(left, None)
                    if document is None:
                        break
                    self._hand(done, self._record(document, journal, worker))
            except BaseException as error:  # the thread that waits tells of it
                self._hand(done, error)
            finally:
                worker.close()

        threads = [threading.Thread(target=work, args=(worker,), daemon=True) for worker in workers]
        for thread in threads:
            thread.start()
        try:
            for _ in found:
                while True:
                    for worker in workers:
                        worker.end_if_late()
                    try:
                        record = done.get(timeout=TICK)
                        break
                    except queue.Empty:
                        continue
                if isinstance(record, BaseException):
                    raise record
                yield record
        finally:
            self._stopped.set()
            if any(thread.is_alive() for thread in threads):
                for worker in workers:
                    worker.kill()
            for thread in threads:
                thread.join()

    def _hand(self, done: "queue.Queue[dict[str, Any] | BaseException]", record: dict[str, Any] | BaseException) -> None:
        while not self._stopped.is_set():
            try:
                done.put(record, timeout=TICK)
                return
            except queue.Full:
                continue

    def _record(self, document: str, journal: Journal, worker: Worker) -> dict[str, Any]:
        folder = self._source / document
        try:
            source = source_hash(folder, self._before)
        except OSError as error:
            # qarar says what is wrong with it.
            source = f"unreadable: {error}"
        state = journal.state(document, source)
        if state == "built" or (state in FAILED and not self._retry):
            return {"document": document, "state": state, "kept": True}
        start = time.monotonic()
        # The folder of the editions has the name of the document: that of the folder of its source.
        output = (self._output / document).parent if document != "." else self._output
        answer = worker.ask(["build", f"--output={output}", *self._words, "--", str(folder)], self._seconds)
        outcome = {"done": "built", "own-fault": "internal", "ended": "ended"}.get(answer["outcome"], "failed")
        made = answer.get("editions", [])
        return {
            "document": document,
            "source": source,
            "state": outcome,
            "seconds": round(time.monotonic() - start, 4),
            "pages": {edition["name"]: edition["pages"] for edition in made},
            "files": [file["name"] for edition in made for file in edition["files"]],
            "problems": answer["problems"][:PROBLEMS],
        }
