"""The set-up's shell: usage, naming what is missing, being interrupted, being run twice. Nothing is downloaded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.waiting import until

ROOT = Path(__file__).resolve().parents[2]

# A pip that installs nothing: it notes that it was called.
STUBS = """
find_python() { echo "$BASE"; }
need_packages() { :; }
pip_install() { echo "pip $*" >>"$root/calls"; }
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "installers/linux").mkdir(parents=True)
    shutil.copyfile(ROOT / "installers/linux/setup.sh", tmp_path / "installers/linux/setup.sh")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return tmp_path


def bash(project: Path, script: str, environ: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", f"set -euo pipefail; source {project}/installers/linux/setup.sh; {script}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "BASE": sys.executable, **(environ or {})},
    )


def calls(project: Path) -> int:
    place = project / "calls"
    return place.read_text().count("\n") if place.exists() else 0


@pytest.mark.parametrize(
    "command",
    [
        ["installers/try.sh", "--nonsense"],
        ["installers/try.sh", "--report"],
        ["installers/try.sh", "--report", ""],
        ["tests/run.sh", "--nonsense"],
        ["tests/run.sh", "extra"],
    ],
)
def test_an_unknown_option_is_told_how(command: list[str]) -> None:
    done = subprocess.run(["bash", *command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 2
    assert "usage: bash" in done.stderr


@pytest.mark.parametrize("command", ["installers/try.sh", "tests/run.sh"])
def test_help_is_no_failure(command: str) -> None:
    done = subprocess.run(["bash", command, "--help"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "usage: bash" in done.stdout


def tools(folder: Path, installed: str, user: int, *, sudo: bool) -> dict[str, str]:
    """A path on which only these packages are installed, for a user with this id."""
    folder.mkdir()
    scripts = {
        "dpkg-query": f"printf '%s ' {installed}",
        "dpkg": "true",
        "id": f"echo {user}",
        "sudo": '[ "$1" = -n ] && shift; exec "$@"' if sudo else "exit 1",
        "apt-get": f'echo "$*" >>{folder}/apt; case "$*" in *install*) printf \'%s\' done >{folder}/done;; esac',
    }
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return {"PATH": f"{folder}:{os.environ['PATH']}"}


def test_without_rights_exactly_what_is_missing_is_named(project: Path, tmp_path: Path) -> None:
    environ = tools(tmp_path / "bin", "installed/xterm installed/libgl1t64 config-files/xvfb", 1000, sudo=False)
    done = bash(project, "need_packages xterm libgl1 xvfb openbox", environ)
    assert done.returncode == 1
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb openbox\n" in done.stderr
    assert not (tmp_path / "bin/apt").exists()


@pytest.mark.parametrize(("user", "sudo"), [(0, False), (1000, True)])
def test_with_rights_only_what_is_missing_is_installed(project: Path, tmp_path: Path, user: int, sudo: bool) -> None:
    folder = tmp_path / "bin"
    environ = tools(folder, "installed/xterm", user, sudo=sudo)
    # After the installation the query tells more.
    (folder / "dpkg-query").write_text(
        f"#!/bin/sh\nprintf 'installed/xterm '; [ -e {folder}/done ] && printf 'installed/xvfb '; true\n"
    )
    done = bash(project, "need_packages xterm xvfb", environ)
    assert done.returncode == 0, done.stderr
    update, install = (folder / "apt").read_text().splitlines()
    assert update.endswith(" update")
    assert install.endswith(" install -y --no-install-recommends xvfb")


def test_what_apt_did_not_bring_is_still_named(project: Path, tmp_path: Path) -> None:
    environ = tools(tmp_path / "bin", "installed/xterm", 0, sudo=False)
    done = bash(project, "need_packages xterm xvfb", environ)
    assert done.returncode == 1
    assert "still missing: xvfb" in done.stderr


def test_the_second_run_does_nothing_and_a_change_does(project: Path) -> None:
    assert bash(project, STUBS + "set_up app").returncode == 0
    assert calls(project) == 1
    done = bash(project, STUBS + "set_up app")
    assert (done.returncode, calls(project), done.stderr) == (0, 1, "")

    # More is needed for the tests; what they need contains what the app needs.
    assert bash(project, STUBS + "set_up tests").returncode == 0
    assert calls(project) == 2
    assert bash(project, STUBS + "set_up app; set_up tests").returncode == 0
    assert calls(project) == 2

    (project / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert bash(project, STUBS + "set_up app").returncode == 0
    assert calls(project) == 3


def test_an_interrupted_run_is_made_anew(project: Path) -> None:
    assert bash(project, STUBS + "pip_install() { kill -KILL $$; }; set_up app").returncode == -9
    assert (project / ".venv/.unfinished").exists()
    (project / ".venv/half").touch()
    done = bash(project, STUBS + "set_up app")
    assert done.returncode == 0, done.stderr
    assert not (project / ".venv/half").exists()
    assert not (project / ".venv/.unfinished").exists()
    assert [path.name for path in project.iterdir() if path.name.startswith(".venv.old")] == []


def test_a_failed_installation_stops_and_is_repeated(project: Path) -> None:
    done = bash(project, STUBS + "pip_install() { stop 'no network'; }; set_up app")
    assert done.returncode == 1
    assert bash(project, STUBS + "set_up app").returncode == 0
    assert calls(project) == 1


def test_two_runs_at_once_wait_for_each_other(project: Path) -> None:
    slow = STUBS + 'pip_install() { echo "pip" >>"$root/calls"; while [ ! -e "$root/go" ]; do sleep 0.05; done; }; '
    first = subprocess.Popen(
        ["bash", "-c", f"set -euo pipefail; source {project}/installers/linux/setup.sh; {slow} set_up app"],
        env={**os.environ, "BASE": sys.executable},
        stderr=subprocess.DEVNULL,
    )
    until(lambda: calls(project) == 1, "the first run at its pip")
    second = subprocess.Popen(
        ["bash", "-c", f"set -euo pipefail; source {project}/installers/linux/setup.sh; {slow} set_up app"],
        env={**os.environ, "BASE": sys.executable},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert second.stderr is not None
    assert "Another set-up" in second.stderr.readline()
    assert second.poll() is None
    (project / "go").touch()
    assert first.wait(60) == 0
    assert second.wait(60) == 0
    second.stderr.close()
    assert calls(project) == 1
