"""Print-ready Arabic, English and bilingual editions of official documents, from one source.

    import qarar

    editions = qarar.build("documents/a-res-61-180")
    editions["ar"].save("ar.pdf")

`build` gives editions as bytes, `write` puts them into a folder, `check` tells what is wrong with a document, `verify` what readers
get out of a PDF, `layout` where every line stands, and `compare` what moved. `qarar.batch` builds folders of thousands.
"""

from ._qarar import __version__
from .checks import check
from .comparisons import Comparison, Comparisons, Finding, Spot, compare
from .editions import Edition, Editions, Note, Page, PageError, Pages, Written, build, layout, write
from .layouts import Layout, LayoutPage, Line, Mark
from .problems import Edit, Error, InternalError, Place, Problem, RequestError, SourceError
from .verification import Passage, Reading, Unreadable, Verification, verify

__all__ = [
    "Comparison",
    "Comparisons",
    "Edit",
    "Edition",
    "Editions",
    "Error",
    "Finding",
    "InternalError",
    "Layout",
    "LayoutPage",
    "Line",
    "Mark",
    "Note",
    "Page",
    "PageError",
    "Pages",
    "Passage",
    "Place",
    "Problem",
    "Reading",
    "RequestError",
    "SourceError",
    "Spot",
    "Unreadable",
    "Verification",
    "Written",
    "__version__",
    "build",
    "check",
    "compare",
    "layout",
    "verify",
    "write",
]
