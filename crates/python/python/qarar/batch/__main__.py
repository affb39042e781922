"""`python -m qarar.batch`: a folder of documents, with a line that shows how far it is."""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TextIO

from . import FAILED, JOURNAL, Done, build_folder

WIDTH = 30


class Bar:
    """How far a run is, on one line of the terminal; where nobody watches, what fails is told alone."""

    def __init__(self, out: TextIO, quiet: bool) -> None:
        self._out = out
        self._quiet = quiet
        self._is_watched = out.isatty() and not quiet
        self._start = time.monotonic()
        self._failed = 0
        self._made = 0
        self._shown = 0.0

    def __call__(self, done: Done) -> None:
        if done.state in FAILED:
            self._failed += 1
            if not done.is_kept and not self._quiet:
                self._line(f"{done.document}: {done.state}")
                for problem in done.problems[:3]:
                    self._line(f"  {problem}")
        self._made += not done.is_kept
        now = time.monotonic()
        if self._is_watched and (now - self._shown > 0.05 or done.count == done.of):
            self._shown = now
            self._out.write(f"\r{self._bar(done, now - self._start)}")
            self._out.flush()

    def _bar(self, done: Done, seconds: float) -> str:
        filled = "#" * (WIDTH * done.count // done.of)
        left = (done.of - done.count) * seconds / self._made if self._made else 0.0
        return f"[{filled:·<{WIDTH}}] {done.count} of {done.of} documents, {self._failed} failed, {left:.0f} s left   "

    def _line(self, text: str) -> None:
        self._out.write(f"\r\x1b[K{text}\n" if self._is_watched else f"{text}\n")

    def end(self) -> None:
        """Takes the line away."""
        if self._is_watched:
            self._out.write("\r\x1b[K")


def parser() -> argparse.ArgumentParser:
    """The options."""
    made = argparse.ArgumentParser(
        prog="python -m qarar.batch",
        description="Builds every document below a folder, on all cores. A run that was stopped goes on where it was.",
        epilog="Exit codes: 0 every document has its editions, 1 some have none, 2 the command line is at fault.",
    )
    made.add_argument("source", metavar="DIR", help="the folder that the documents stand below")
    made.add_argument("output", metavar="OUTPUT", help="where the editions go, a folder a document")
    made.add_argument("-j", "--jobs", type=int, metavar="N", help="processes at a time; as many as there are cores")
    made.add_argument("--seconds", type=float, default=60.0, metavar="N", help="the most that a document may take")
    made.add_argument("--retry", action="store_true", help="try those again that failed and have not changed")
    made.add_argument("--summary", metavar="FILE", help="where the summary goes as JSON; OUTPUT/qarar-batch.json")
    made.add_argument("--lang", metavar="EDITIONS", help="as of `qarar build`")
    made.add_argument("--layout", metavar="ARRANGEMENT", help="as of `qarar build`")
    made.add_argument("--breaks", metavar="BREAKS", help="as of `qarar build`")
    made.add_argument("--format", default="pdf", metavar="FORMATS", help="as of `qarar build`")
    made.add_argument("--dpi", type=int, default=144, metavar="N", help="as of `qarar build`")
    made.add_argument("--standard", metavar="STANDARDS", help="as of `qarar build`")
    made.add_argument("--template", metavar="FILE", help="as of `qarar build`")
    made.add_argument("--font-path", action="append", default=[], metavar="PATH", help="as of `qarar build`")
    made.add_argument("--language-path", action="append", default=[], metavar="DIR", help="as of `qarar build`")
    made.add_argument("-q", "--quiet", action="store_true", help="tell nothing but how many there are")
    return made


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and gives the exit code."""
    given = parser().parse_args(arguments)
    bar = Bar(sys.stderr, given.quiet)
    try:
        summary = build_folder(
            given.source,
            given.output,
            jobs=given.jobs,
            seconds=given.seconds,
            retry=given.retry,
            progress=bar,
            formats=given.format,
            dpi=given.dpi,
            editions=given.lang,
            arrangement=given.layout,
            breaks=given.breaks,
            standard=given.standard,
            template=given.template,
            fonts=given.font_path,
            language_paths=given.language_path,
        )
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"\nstopped: what is done stands in {Path(given.output) / JOURNAL}; the same command goes on", file=sys.stderr)
        return 130
    finally:
        bar.end()
    path = Path(given.summary or Path(given.output) / "qarar-batch.json")
    draft = path.with_name(path.name + ".tmp")
    draft.write_text(summary.json(), encoding="utf-8", errors="surrogateescape")
    os.replace(draft, path)
    print(
        f"{summary.documents} documents: {summary.built} built, {summary.failed} failed, {summary.kept} kept from before; "
        f"{summary.pages} pages in {summary.seconds:.1f} s; {path}"
    )
    return 0 if summary.failed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
