"""X11 input on servers that are not as usual: without a window manager, an extension, a cookie, or an answer."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import struct
from pathlib import Path

import pytest

from agent.native.x11.input import X11Input
from agent.problems import Unavailable
from tests.fakes.observed import Observed, bare_server
from tests.fakes.real_desktop import RealDesktop, ScriptedFields
from tests.fakes.waiting import until

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(not shutil.which("Xvfb"), reason="not installed: xvfb"),
]


def test_nobody_has_the_focus() -> None:
    """Without a window manager, which would give it to somebody at once: no focus, or whatever the pointer is over."""
    with bare_server() as environ:
        real = RealDesktop(environ, managed=False)
        real.focus(real.notes)
        observed = Observed(real)
        real.input.start(observed.events.append)
        for nobody in (0, 1):
            real.set_focus(nobody)
            observed.hands.type("x")
        assert {key.window for key in observed.wait(2)} == {None}
        real.focus(real.notes)
        observed.hands.type("y")
        assert observed.wait(3)[-1].window == real.notes.windows[0]
        real.close()


@pytest.mark.parametrize("extension", ["RECORD", "X-Resource"])
def test_a_server_that_lacks_something_is_refused(extension: str) -> None:
    with bare_server("-extension", extension) as environ:
        fields = ScriptedFields()
        with pytest.raises(Unavailable) as refusal:
            X11Input(fields, environ=environ).start(lambda _: None)
        assert refusal.value.code == "capture-failed"
        assert extension in str(refusal.value)
        assert fields._on_field is None


def test_a_server_behind_a_cookie(tmp_path: Path) -> None:
    place = tmp_path / "authority"
    fields = (socket.gethostname().encode(), b"", b"MIT-MAGIC-COOKIE-1", os.urandom(16))
    entry = struct.pack(">H", 256) + b"".join(struct.pack(">H", len(field)) + field for field in fields)
    place.write_bytes(entry)
    with bare_server("-auth", str(place)) as environ:
        environ["XAUTHORITY"] = str(tmp_path / "none")
        with pytest.raises(Unavailable) as refusal:
            X11Input(ScriptedFields(), environ=environ).start(lambda _: None)
        assert refusal.value.code == "capture-failed"
        environ["XAUTHORITY"] = str(place)
        real = RealDesktop(environ, managed=False)
        real.focus(real.notes)
        observed = Observed(real)
        real.input.start(observed.events.append)
        observed.hands.type("x")
        assert observed.wait(1)[0].expose()[1] == "x"
        real.close()


def test_stop_does_not_wait_for_a_server_that_hangs() -> None:
    with bare_server() as environ:
        real = RealDesktop(environ, managed=False)
        real.focus(real.notes)
        observed = Observed(real)
        real.input.start(observed.events.append)
        until(lambda: observed.events, "the first focus")
        server = real.server()
        os.kill(server, signal.SIGSTOP)
        try:
            real.input.stop()
        finally:
            os.kill(server, signal.SIGCONT)
        count = len(observed.events)
        observed.hands.type("x")
        assert len(observed.events) == count
        real.close()


def test_no_server() -> None:
    with pytest.raises(Unavailable) as refusal:
        X11Input(ScriptedFields(), environ={"DISPLAY": ":64999"}).start(lambda _: None)
    assert refusal.value.code == "capture-failed"
