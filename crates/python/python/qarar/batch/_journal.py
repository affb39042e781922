"""The journal of a run: a line a document that is done, so that a run that was stopped goes on where it was."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Self

#: The file in the folder of the editions.
NAME = "qarar-batch.jsonl"
#: So many problems of a document are kept.
PROBLEMS = 20


class Journal:
    """What was done, by document. A record has `document`, `source` (a hash of what it was made from), `state`, `seconds`, `pages`,
    `files` and `problems`.
    """

    def __init__(self, output: Path) -> None:
        self._path = output / NAME
        self._output = output
        self._known: dict[str, tuple[str, str, tuple[str, ...]]] = {}
        for record in self.records():
            self._know(record)
        self._file: IO[bytes] | None = None

    def records(self) -> Iterator[dict[str, Any]]:
        """All records, in the order in which they were written. A line that was not written whole is none."""
        try:
            file = self._path.open("rb")
        except FileNotFoundError:
            return
        with file:
            for line in file:
                try:
                    record = json.loads(line)
                except ValueError:
                    continue
                if isinstance(record, dict) and {"document", "source", "state"} <= record.keys():
                    yield record

    def state(self, document: str, source: str) -> str | None:
        """What a document came to, when it was made of the same and its files are there; `None` otherwise."""
        known = self._known.get(document)
        if known is None or known[0] != source:
            return None
        folder = self._output / document
        return known[1] if all((folder / name).is_file() for name in known[2]) else None

    def add(self, record: dict[str, Any]) -> None:
        """Adds a record; it outlasts the process as soon as this comes back."""
        if self._file is None:
            self._file = self._opened()
        self._file.write(json.dumps(record).encode() + b"\n")
        self._file.flush()
        self._know(record)

    def _opened(self) -> IO[bytes]:
        file = self._path.open("a+b")
        # A process that was ended in the middle of a line left no end of it.
        if file.tell() > 0:
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")
        return file

    def _know(self, record: dict[str, Any]) -> None:
        files = tuple(record.get("files", ()))
        self._known[record["document"]] = (record["source"], record["state"], files)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()


def source_hash(folder: Path, before: bytes) -> str:
    """A hash of all files of a document and of the language files beside it, after what else it is made from."""
    hashed = hashlib.sha256(before)
    # A house has the files of its languages beside its documents.
    beside = folder.parent
    for path in _files(folder) + _files(beside / "languages"):
        content = path.read_bytes()
        name = os.fsencode(path.relative_to(beside))
        hashed.update(b"%d %d " % (len(name), len(content)) + name)
        hashed.update(content)
    return hashed.hexdigest()


def setting_hash(words: Iterable[str], paths: Iterable[str]) -> bytes:
    """A hash of the options, and of the size and time of the template and the fonts."""
    hashed = hashlib.sha256("\0".join(words).encode("utf-8", "surrogateescape"))
    for given in paths:
        path = Path(given)
        # What a template imports stands beside it.
        for file in _files(path if path.is_dir() else path.parent):
            found = file.stat()
            hashed.update(os.fsencode(file) + b" %d %d\0" % (found.st_size, found.st_mtime_ns))
    return hashed.digest()


def _files(folder: Path) -> list[Path]:
    found = (Path(root) / name for root, _, names in os.walk(folder) for name in names)
    # A pipe would wait for ever; qarar tells of it.
    return sorted(path for path in found if path.is_file())
