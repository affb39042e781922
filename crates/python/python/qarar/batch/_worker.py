"""A process that builds one document after the other, and may be ended with any of them."""

import json
import os
import subprocess
import tempfile
import threading
import time
from typing import Any

from .. import _qarar
from .._ask import PROGRAM

#: After so many documents a process makes place for another, so that what the system does not get back from it stays small.
DOCUMENTS = 500


class Worker:
    """A process, started when there is something to do. Used by one thread; `end_if_late` and `kill` by any."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._said = tempfile.TemporaryFile()
        self._lock = threading.Lock()
        self._deadline: float | None = None
        self._late = False
        self._closed = False
        self._left = 0

    def ask(self, words: list[str], seconds: float) -> dict[str, Any]:
        """The data of an answer. Where the process ends over it, the answer says why."""
        try:
            line = json.dumps(words, ensure_ascii=False).encode() + b"\n"
        except UnicodeEncodeError:
            return told("fault", "the name of the folder is no text: give it another one")
        process = self._started()
        if process is None or process.stdin is None or process.stdout is None:
            return _ended("the run was ended")
        with self._lock:
            self._deadline = time.monotonic() + seconds
        try:
            process.stdin.write(line)
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = b""
        with self._lock:
            self._deadline = None
            late, self._late = self._late, False
        if line.endswith(b"\n") and not late:
            self._left -= 1
            if self._left == 0:
                self._end(process)
            answer: dict[str, Any] = json.loads(line)
            return answer
        self._end(process)
        if late:
            return _ended(f"it takes longer than {seconds:g} seconds")
        self._said.seek(0)
        said = self._said.read(1 << 20).decode(errors="replace")
        return _ended(f"the process that built it ended: {_qarar.downfall(said)}")

    def end_if_late(self) -> None:
        """Ends the process where its document has taken longer than it may."""
        with self._lock:
            if self._deadline is not None and time.monotonic() > self._deadline and self._process is not None:
                self._late = True
                self._deadline = None
                self._process.kill()

    def kill(self) -> None:
        """Ends the process at once; no other one is started."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Lets the process end; nothing is asked any more."""
        if self._process is not None:
            self._end(self._process)
        self._said.close()

    def _started(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._process is None and not self._closed:
                self._said.seek(0)
                self._said.truncate()
                # A thread each: as many processes as cores leave none for more.
                self._process = subprocess.Popen(
                    [*PROGRAM, "answers"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._said,
                    env={**os.environ, "RAYON_NUM_THREADS": "1"},
                )
                self._left = DOCUMENTS
            return self._process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    # It ended over what was to be written.
                    pass
        process.wait()
        with self._lock:
            self._process = None


def _ended(message: str) -> dict[str, Any]:
    return told("ended", message)


def told(outcome: str, message: str) -> dict[str, Any]:
    """An answer that says why there is none."""
    problem = {"severity": "error", "rule": "not-made", "message": message, "help": []}
    return {"outcome": outcome, "problems": [problem]}
