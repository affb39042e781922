"""`python -m qarar`: the command `qarar`."""

import sys

from ._command import main

sys.exit(main())
