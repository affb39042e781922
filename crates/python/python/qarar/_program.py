"""The program, started by the module for work in a process of its own. Its first argument is the file of `qarar._qarar`.

Nothing of the package is imported and no site is looked for: it starts in the time of Python alone.
"""

import signal
import sys
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_file_location


def main() -> int:
    # As a program it ends at once by Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    path, *arguments = sys.argv[1:]
    name = "qarar._qarar"
    spec = spec_from_file_location(name, path, loader=ExtensionFileLoader(name, path))
    if spec is None or spec.loader is None:
        return 3
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    # What it starts again is itself.
    module.set_program([sys.executable, "-I", "-S", __file__, path])
    code: int = module.run(["qarar", *arguments])
    return code


if __name__ == "__main__":
    sys.exit(main())
