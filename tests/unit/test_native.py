"""Opening the operating system: loads no hook, refuses by name, shields the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent.native import open_native
from agent.problems import Unavailable

ROOT = Path(__file__).parents[2]
X11 = {"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"}

OPEN_AND_LIST = """
import os, sys
from agent.native import open_native
before = set(os.listdir("/proc/self/fd"))
native = open_native("a profile", "linux", {"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11", "HOME": "/nonexistent"})
assert native.name == "x11", native.name
assert set(os.listdir("/proc/self/fd")) == before, "something was opened"
print("\\n".join(sorted(sys.modules)))
"""


def test_opening_loads_no_hook_and_opens_nothing() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", OPEN_AND_LIST], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert loaded.returncode == 0, loaded.stderr
    modules = set(loaded.stdout.split())
    hooks = {f"agent.native.x11.{name}" for name in ("observer", "xinput", "keyboard", "record", "xkb", "probe")}
    assert "agent.native.x11.input" in modules
    assert not modules & hooks


@pytest.mark.parametrize(
    ("platform_name", "environ", "word"),
    [
        ("linux", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, "Wayland"),
        ("linux", {"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, "Wayland"),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "Wayland"),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0", "XDG_SESSION_TYPE": "tty"}, "Wayland"),
        ("linux", {"XDG_SESSION_TYPE": "tty"}, "DISPLAY"),
        ("linux", {}, "DISPLAY"),
        ("sunos5", X11, "operating system"),
    ],
)
def test_other_sessions_are_refused_by_name(platform_name: str, environ: dict[str, str], word: str) -> None:
    native = open_native("a profile", platform_name, environ)
    with pytest.raises(Unavailable) as refusal:
        native.input.start(lambda _: None)
    assert refusal.value.code == "session-unsupported"
    assert word in str(refusal.value)
    assert not native.indicator.verify((1,), os.getpid()).visible
    assert native.session.locked() is None
    assert native.installed.programs() == ()
    native.input.check()
    native.input.stop()
    native.indicator.close()


def test_an_unknown_system_has_no_keystore() -> None:
    keystore = open_native("a profile", "sunos5", {}).keystore
    for use in (lambda: keystore.read("a"), lambda: keystore.write("a", bytes(32)), lambda: keystore.delete("a")):
        with pytest.raises(Unavailable, match="keystore"):
            use()


@pytest.mark.parametrize("name", ["localhost:10.0", "10.0.0.1:0", "", "nonsense", ":", ":a"])
def test_a_display_that_is_not_here_is_refused(name: str) -> None:
    native = open_native("a profile", "linux", {"DISPLAY": name, "XDG_SESSION_TYPE": "x11"})
    with pytest.raises(Unavailable) as refusal:
        native.input.start(lambda _: None)
    assert refusal.value.code == "session-unsupported"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="prctl is Linux")
def test_a_hardened_process_leaves_no_core_and_hides_its_memory() -> None:
    script = (
        "import resource; from agent.native import harden; harden(); harden(); "
        "import ctypes; print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "(0, 0) 0"
