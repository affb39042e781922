"""The command `qarar`."""

import signal
import sys

from . import _qarar


def main() -> int:
    """Runs the command line of this process and gives the exit code."""
    # Python notes Ctrl-C and waits for the command to end; as a program it ends at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _qarar.run(["qarar", *sys.argv[1:]])
