"""Every snippet of docs/python.md and of the page of the package runs, in the order of the page."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

GUIDES = ["docs/python.md", "crates/python/README.md"]


@pytest.mark.parametrize("guide", GUIDES)
def test_the_code_of_a_guide_runs(guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it fails, who copies the code of a guide gets an error."""
    shutil.copytree(ROOT / "documents/a-res-61-180", tmp_path / "documents/a-res-61-180")
    shutil.copytree(ROOT / "tests/reference/documents", tmp_path / "tests/reference/documents")
    monkeypatch.chdir(tmp_path)
    text = (ROOT / guide).read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert blocks
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, guide, "exec"), names)
