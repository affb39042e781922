"""Pages in a notebook, in a kernel as people have it."""

import base64

import nbclient
import nbformat
from conftest import CONTRACT


def test_a_notebook_shows_pages() -> None:
    """If it fails, a cell shows the name of an object where a page should be."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(source)
            for source in (
                f"import qarar\neditions = qarar.build({str(CONTRACT)!r})\neditions",
                'editions["en"]',
                'editions["ar"].pages[1]',
            )
        ]
    )
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = [cell.outputs[-1].data for cell in notebook.cells]
    for html, count in ((shown[0]["text/html"], 3), (shown[1]["text/html"], 5)):
        assert html.count("<img src=") == html.count("data:image/png;base64,") == count
    assert 'alt="ar-en, page 1 of 6"' in shown[0]["text/html"]
    assert base64.b64decode(shown[2]["image/png"]).startswith(b"\x89PNG")
    assert "<Page 2 of 5 of ar>" in shown[2]["text/plain"]
