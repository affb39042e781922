"""The command that the wheel brings: the same program, also where it starts itself again."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from conftest import CONTRACT, ENDLESS, QARAR, ROOT, Document, children

import qarar


def run(*words: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command with its arguments, without a shell and without Rust."""
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    return subprocess.run([QARAR, *words], capture_output=True, encoding="utf-8", cwd=folder, env=environment, timeout=120)


def test_it_tells_what_it_is_made_of() -> None:
    assert run("--version").stdout == f"qarar {qarar.__version__}\n"
    told = run("--version", "--verbose").stdout
    assert "typst 0." in told and "Amiri Bold 1.002" in told
    as_module = subprocess.run([sys.executable, "-m", "qarar", "--version"], capture_output=True, encoding="utf-8")
    assert as_module.stdout == f"qarar {qarar.__version__}\n"


def test_the_wheel_brings_manuals_licences_and_a_bill_of_materials() -> None:
    """If it fails, `man qarar` is not there, or who has to know what is inside does not learn it."""
    share = Path(sys.prefix) / "share"
    for path in ("man/man1/qarar-build.1", "bash-completion/completions/qarar", "zsh/site-functions/_qarar"):
        assert (share / path).stat().st_size > 500
    installed = {str(path): path for path in metadata.files("qarar") or ()}
    licences = next(path for name, path in installed.items() if name.endswith("THIRD-PARTY.txt"))
    assert "typst" in licences.read_text() and "SIL OPEN FONT LICENSE" in licences.read_text().upper()
    bill = json.loads(next(path for name, path in installed.items() if "/sboms/" in name).read_text())
    names = {component["name"] for component in bill["components"]}
    assert "krilla" in names and any("Amiri" in name for name in names)


def test_exit_codes_are_those_of_the_program(document: Document, tmp_path: Path) -> None:
    assert run("check", document()).returncode == 0
    assert run("check", tmp_path / "none").returncode == 1
    assert run("build", "--nothing").returncode == 2
    assert run().returncode == 2
    assert run("--help").returncode == 0


def test_it_writes_the_committed_editions(tmp_path: Path) -> None:
    done = run("build", "--output", tmp_path, CONTRACT)
    assert done.returncode == 0, done.stderr
    for name in ("ar", "en", "ar-en"):
        assert (tmp_path / f"a-res-61-180/{name}.pdf").read_bytes() == (ROOT / f"output/a-res-61-180/{name}.pdf").read_bytes()
    assert sorted(path.name for path in (tmp_path / "a-res-61-180").iterdir()) == ["ar-en.pdf", "ar.pdf", "en.pdf"]


def test_templates_are_used_in_a_process_of_their_own(document: Document, template: Callable[[str], Path]) -> None:
    """If it fails, the program starts Python in place of itself, or itself without an end."""
    path = template("// Ours.")
    done = run("build", "--template", path, "--lang", "en", document(), folder=path.parent)
    assert done.returncode == 0, done.stderr
    done = run("build", "--template", template(ENDLESS), document(), folder=path.parent)
    assert done.returncode == 1
    assert "longer than 10 seconds" in done.stderr


def test_pages_of_strangers_are_drawn_in_a_process_of_their_own(tmp_path: Path) -> None:
    editions = ROOT / "output/a-res-61-180"
    report = tmp_path / "report.html"
    done = run("compare", "--html", report, editions / "ar.pdf", editions / "en.pdf")
    assert done.returncode == 1
    assert "cannot be drawn" not in done.stderr
    assert "data:image/" in report.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="it looks at processes by /proc")
def test_it_ends_by_control_c_at_once(document: Document, template: Callable[[str], Path], tmp_path: Path) -> None:
    words: list[str | Path] = [QARAR, "build", "--template", template(ENDLESS)]
    words += ["--output", tmp_path / "out", document()]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        while not children(process.pid) and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=5) == -signal.SIGINT
