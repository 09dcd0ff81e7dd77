"""The frozen app and its Debian package: built by one command, installed, started, asked for consent, purged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from installers.trial import Organisation
from tests.demo.desktop import VirtualDesktop, missing
from tests.demo.person import Person
from tests.demo.report import DemoReport

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="not a Debian system: no dpkg-deb"),
    pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}"),
]


def _run(*command: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environ = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": os.environ["HOME"]}
    return subprocess.run(command, input=stdin, capture_output=True, text=True, env=environ, check=False, timeout=120)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, as the one command builds it."""
    out = tmp_path_factory.mktemp("dist")
    built = subprocess.run(
        ["bash", ROOT / "installers/linux/build.sh", out], capture_output=True, text=True, check=False, timeout=540
    )
    assert built.returncode == 0, built.stderr
    return Path(built.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def installed(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the package's files are: installed for real as root on a system that has none, else taken out of it."""
    known = subprocess.run(["dpkg-query", "-W", "aboveboard"], capture_output=True, check=False).returncode == 0
    if os.geteuid() != 0 or known:
        root = tmp_path_factory.mktemp("root")
        subprocess.run(["dpkg-deb", "-x", package, root], check=True)
        yield root
        return
    done = subprocess.run(["dpkg", "-i", package], capture_output=True, text=True, check=False)
    try:
        assert done.returncode == 0, done.stderr
        yield Path("/")
    finally:
        purged = subprocess.run(["dpkg", "-P", "aboveboard"], capture_output=True, text=True, check=False)
    assert purged.returncode == 0, purged.stderr
    left = [path for path in ("/usr/lib/aboveboard", "/usr/bin/aboveboard", "/etc/xdg/autostart/aboveboard.desktop")
            if os.path.lexists(path)]  # fmt: skip
    assert left == []


def test_what_runs_at_the_organisation_is_not_in_it(package: Path) -> None:
    listed = _run("dpkg-deb", "-c", package).stdout
    assert "/usr/bin/aboveboard ->" in listed
    assert "./etc/xdg/autostart/aboveboard.desktop" in listed
    assert "./usr/share/doc/aboveboard/copyright" in listed
    assert "policy.json" not in listed
    for foreign in ("organisation", "obstore", "starlette", "uvicorn", "pytest", "pyarrow"):
        assert foreign not in listed
    assert _run("dpkg-deb", "-f", package, "Conffiles").stdout.strip() == ""


def test_the_engines_program_holds_no_window_and_the_windows_no_keys(installed: Path) -> None:
    folder = installed / "usr/lib/aboveboard"
    assert {path.name for path in folder.iterdir()} == {
        "aboveboard", "aboveboard-engine", "aboveboard-window", "lib",
    }  # fmt: skip
    for name, foreign in (("aboveboard-engine", b"PySide6"), ("aboveboard-window", b"agent.engine")):
        held = _run("grep", "-c", foreign.decode(), folder / name)
        assert held.stdout.strip() in ("", "0"), f"{foreign!r} in {name}"


def test_the_command_works_without_a_desktop(installed: Path) -> None:
    command = installed / "usr/lib/aboveboard/aboveboard"
    said = _run(command, "redact", stdin='{"id":"1","text":"mail jan@harbor.example"}\n')
    assert json.loads(said.stdout)["text"] == "mail [e-mail address]", said.stderr
    assert _run(command, "policy", "keys").returncode == 0
    assert json.loads(_run(command, "health", "--json").stdout)
    assert _run(command, "no-such-verb").returncode == 2


def test_started_it_asks_for_consent_and_collects_nothing(installed: Path, tmp_path: Path) -> None:
    with VirtualDesktop() as desktop, Organisation(desktop.home / "trial"):
        person = Person(desktop, DemoReport(), tmp_path)
        try:
            command = installed / "usr/lib/aboveboard/aboveboard"
            person.app = desktop.run([str(command), "--trial", str(desktop.home / "trial")])
            person.sees("asks if it may learn", 60)
            engine = person.engine()
            assert Path(engine.exe()).name == "aboveboard-engine"
            assert engine.pid not in person.windows.clients(), "no hook before a yes"
            assert list((desktop.home / "trial" / "profile").glob("*.db")) == []
            person.press("No, collect nothing")
            person.sees("Nothing is collected")
        finally:
            person.close()
