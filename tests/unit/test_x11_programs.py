"""Which program a window belongs to: the executable decides, what the window says of itself only adds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent.native.x11.programs import WindowClass, executable, identify, is_runtime
from agent.records import Program

EDITOR = Program("mousepad", "Mousepad", frozenset({"org.xfce.mousepad"}))


def test_an_ordinary_program_is_its_executable() -> None:
    program = identify("/usr/bin/Mousepad", WindowClass("Instance", "Class"), [EDITOR])
    assert program == Program("mousepad", "Mousepad", frozenset({"instance", "class", "mousepad", "org.xfce.mousepad"}))


def test_a_window_cannot_pass_for_another_program() -> None:
    program = identify("/home/a/keylogger", WindowClass("mousepad", "Mousepad"), [EDITOR])
    assert program is not None
    assert program.id == "keylogger"
    assert "mousepad" in program.known_as(), "an exclusion of what it claims to be still holds"


def test_without_an_entry_the_class_is_the_name() -> None:
    program = identify("/usr/bin/xterm", WindowClass("xterm", "XTerm"), [EDITOR])
    assert program is not None
    assert (program.id, program.name) == ("xterm", "XTerm")


@pytest.mark.parametrize(
    "name",
    [
        *("python", "python3", "python3.11", "pypy3", "perl", "perl5.36.0", "ruby3.1", "node", "java", "electron"),
        *(
            "electron28",
            "wine",
            "wine64-preloader",
            "wine-preloader",
            "bash",
            "sh",
            "gjs-console",
            "ld-linux-x86-64.so.2",
        ),
    ],
)
def test_a_runtime_is_joined_with_what_runs_in_it(name: str) -> None:
    assert is_runtime(name)
    program = identify(f"/usr/bin/{name}", WindowClass("zim", "Zim"), [])
    assert program is not None
    assert program.id == f"{name}:zim"
    assert identify(f"/usr/bin/{name}", WindowClass("", ""), []) is None


@pytest.mark.parametrize("name", ["mousepad", "shotwell", "nodebook", "javelin", "shutter", "wireshark", "envelope"])
def test_what_only_begins_like_a_runtime_is_none(name: str) -> None:
    assert not is_runtime(name)


def test_the_kernel_says_what_a_process_runs() -> None:
    path = executable(os.getpid())
    assert path is not None
    assert Path(path).samefile(sys.executable)


def test_a_process_that_is_gone_is_unknown() -> None:
    process = subprocess.Popen(["true"])
    process.wait()
    assert executable(process.pid) is None


def test_a_program_whose_name_is_no_text_is_unknown(tmp_path: Path) -> None:
    """Its name could be neither shown, agreed to nor stored."""
    place = tmp_path / os.fsdecode(b"caf\xe9")
    place.write_bytes(Path("/bin/sleep").resolve().read_bytes())
    place.chmod(0o700)
    with subprocess.Popen([place, "60"]) as process:
        try:
            assert executable(process.pid) is None
        finally:
            process.kill()
