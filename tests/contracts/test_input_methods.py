"""Real input methods, ibus and fcitx 5 with Vietnamese Telex, in real fields of GTK and Qt.

What is composed never comes through as the letters of the keys: it is a placeholder, or what was typed on a plain
layout before and after it, exactly. Nothing comes of a password field or of a program nobody agreed to.
"""

from __future__ import annotations

import queue
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.native.x11.accessibility import FieldWatch
from agent.native.x11.composing import SessionMethods
from agent.native.x11.input import X11Input
from agent.native.x11.methods import Method
from agent.pipeline import Keep, Pipeline
from agent.records import RawCommit, RawEvent, RawField, RawKey, Reason, Secure
from agent.redaction import Redactor
from tests.demo.desktop import VirtualDesktop, missing
from tests.demo.hands import Hands
from tests.demo.windows import Windows
from tests.fakes.pipelinehouse import FREE, WALL, effective
from tests.fakes.waiting import until

_GTK_MODULES = list(Path("/usr/lib").glob("*/gtk-3.0/3.0.0/immodules/im-ibus.so"))
_missing = missing() + [name for name in ("zenity", "ibus-daemon") if not shutil.which(name)]
pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(_missing) or not _GTK_MODULES, reason=f"not installed: ibus-gtk3 {' '.join(_missing)}"),
]

TELEX = "m17n:vi:telex"
#: What is typed, and a letter of what Telex makes of it. Fields put fast keys beside what it replaces, so no more than
#: the letter is sure.
TYPED, LETTER = "vieejt", "ệ"
_QT_FIELD = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
app = QApplication(["field"])
field = QLineEdit()
if sys.argv[1] == "password":
    field.setEchoMode(QLineEdit.EchoMode.Password)
field.returnPressed.connect(lambda: (print(field.text(), flush=True), app.quit()))
window = QWidget()
QVBoxLayout(window).addWidget(field)
window.resize(300, 60)
window.show()
app.exec()
"""


def ibus(desktop: VirtualDesktop, engine: str) -> None:
    """Set the engine; returns when the daemon says that it is the one."""

    def is_set() -> bool:
        asked = ["ibus", "engine"]
        subprocess.run([*asked, engine], env=desktop.environ, capture_output=True, check=False, timeout=30)
        said = subprocess.run(asked, env=desktop.environ, capture_output=True, text=True, check=False, timeout=30)
        return said.stdout.strip() == engine

    until(is_set, f"the engine {engine}")


@pytest.fixture(scope="module")
def desktop() -> Iterator[VirtualDesktop]:
    with VirtualDesktop(keystore=False) as running:
        running.environ.update(GTK_IM_MODULE="ibus", QT_IM_MODULE="ibus", XMODIFIERS="@im=ibus")
        # Keys are handled in the order in which they come, as it is needed where somebody types as fast as this.
        running.environ.update(IBUS_ENABLE_SYNC_MODE="1", QT_QPA_PLATFORM="xcb")
        running.run(["ibus-daemon", "--xim", "--panel=disable", "--emoji-extension=disable"])
        ibus(running, "xkb:us::eng")
        yield running


class Desk:
    """A field in front, its input through the real pipeline."""

    def __init__(self, desktop: VirtualDesktop, command: list[str], allowed: tuple[str, ...]) -> None:
        self.desktop = desktop
        self.hands = Hands(desktop.environ, pace=0.03)
        self.events: queue.SimpleQueue[RawEvent] = queue.SimpleQueue()
        self.heard: list[RawEvent] = []
        self.pipeline = Pipeline(Redactor(()))
        self.pipeline.allow(effective(*allowed), FREE)
        self.texts: list[str] = []
        fields = FieldWatch(desktop.environ["DBUS_SESSION_BUS_ADDRESS"])
        self.methods = SessionMethods(desktop.environ)
        self.input = X11Input(fields, environ=desktop.environ, methods=self.methods)
        self.input.start(self.events.put)
        until(fields.healthy, "the accessibility bus")
        self.program = subprocess.Popen(
            command, env=desktop.environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        windows = Windows(desktop.environ)
        (window, *_) = until(lambda: windows.of(self.program.pid), "the field's window")
        windows.activate(window.id)
        windows.close()
        self.hidden = False

    def turn(self) -> None:
        """Everything that came in, as the engine's loop does it."""
        self.pipeline.sighted(time.monotonic())
        effects = []
        while not self.events.empty():
            self.heard.append(self.events.get())
            effects += self.pipeline.step(self.heard[-1], time.monotonic(), WALL)
        effects += self.pipeline.tick(time.monotonic(), WALL)
        self.texts += [e.record.text or "" for e in effects if isinstance(e, Keep) and e.record.kind == "text"]

    def told(self, secure: Secure) -> None:
        """Wait until it is known whether the field hides what is typed."""

        def known() -> bool:
            self.turn()
            fields = [event for event in self.heard if isinstance(event, RawField)]
            return bool(fields) and fields[-1].secure is secure

        until(known, f"the field to be {secure}")
        self.breathe()  # a window that opens may be told of its focus more than once

    def says(self, method: Method) -> None:
        """Wait until the watch knows."""
        until(lambda: (self.turn(), self.methods.current() is method)[1], f"{method}")

    def breathe(self) -> None:
        """Let what was typed be judged: what changes at once may take it back."""
        settled = time.monotonic() + 1.2
        until(lambda: (self.turn(), time.monotonic() > settled)[1], "the quarantine to be over")

    def type(self, text: str) -> None:
        for character in text:
            self.hands.type(character)
            self.turn()

    @property
    def keys(self) -> list[RawKey]:
        return [event for event in self.heard if isinstance(event, RawKey)]

    def finish(self) -> str:
        """Return ends the program; what its field held."""
        self.breathe()
        self.hands.key("Return")
        said, _ = self.program.communicate(timeout=30)
        self.breathe()
        effects = self.pipeline.close(Reason.PAUSED, time.monotonic(), WALL)
        self.texts += [e.record.text or "" for e in effects if isinstance(e, Keep) and e.record.kind == "text"]
        return said.removesuffix("\n")

    def close(self) -> None:
        self.input.stop()
        self.program.kill()
        self.program.communicate()
        self.hands.close()


FIELDS = {
    "gtk": (["zenity", "--entry", "--text", "type"], "zenity"),
    "qt": ([sys.executable, "-c", _QT_FIELD, "text"], ""),
}
HIDDEN = {
    "gtk": ["zenity", "--password"],
    "qt": [sys.executable, "-c", _QT_FIELD, "password"],
}


@pytest.fixture
def desks(desktop: VirtualDesktop) -> Iterator[list[Desk]]:
    ibus(desktop, "xkb:us::eng")
    opened: list[Desk] = []
    yield opened
    for desk in opened:
        desk.close()


def opened(
    desks: list[Desk], desktop: VirtualDesktop, command: list[str], *allowed: str, secure: Secure = Secure.NO
) -> Desk:
    desks.append(Desk(desktop, command, allowed))
    desks[-1].told(secure)
    return desks[-1]


def typed_plainly(desks: list[Desk], desktop: VirtualDesktop, command: list[str], *allowed: str) -> Desk:
    """A field into which "to " was typed and counts as typed.

    An answer that comes too late makes keys count as composed, which a busy machine may do: then in another field.
    """
    for _ in range(5):
        desk = opened(desks, desktop, command, *allowed)
        desk.says(Method.PLAIN)
        desk.type("to ")
        desk.breathe()
        if not any(key.uncertain for key in desk.keys):
            return desk
        desks.remove(desk)
        desk.close()
    raise AssertionError("keys on a plain layout never count as typed")


def _any_program() -> tuple[str, ...]:
    """The field of Qt is a program of the interpreter, whose name depends on where it comes from."""
    name = Path(sys.executable).resolve().name
    return ("zenity", name, f"{name}:field", f"{name}:python", "python", "python3", "field")


@pytest.mark.parametrize("toolkit", FIELDS)
def test_what_is_composed_is_a_placeholder_and_what_is_typed_plainly_is_exact(
    desks: list[Desk], desktop: VirtualDesktop, toolkit: str
) -> None:
    command, _ = FIELDS[toolkit]
    desk = typed_plainly(desks, desktop, command, *_any_program())
    ibus(desktop, TELEX)
    desk.says(Method.COMPOSING)
    before = len(desk.keys)
    desk.type(TYPED)
    ibus(desktop, "xkb:us::eng")
    desk.says(Method.PLAIN)
    desk.type("go")
    held = desk.finish()
    assert held.startswith("to ")
    assert held.endswith("go")
    assert LETTER in held
    assert [key.uncertain for key in desk.keys][before : before + len(TYPED)] == [True] * len(TYPED)
    assert "".join(desk.texts).removesuffix("\n") == "to [input method]go"


def test_keys_typed_together_with_the_switch_are_never_letters(desks: list[Desk], desktop: VirtualDesktop) -> None:
    """The switch is made by a program nobody hears of, and typing goes on meanwhile."""
    desk = opened(desks, desktop, FIELDS["gtk"][0], *_any_program())
    desk.says(Method.PLAIN)
    with subprocess.Popen(["ibus", "engine", TELEX], env=desktop.environ) as switch:
        while switch.poll() is None:
            desk.type("a")
    desk.type("aeeoo")
    held = desk.finish()
    assert "ê" in held
    kept = "".join(desk.texts).split("[input method]")[0]
    assert held.startswith(kept)
    assert "e" not in "".join(desk.texts).replace("[input method]", "")


@pytest.mark.parametrize("toolkit", FIELDS)
def test_nothing_comes_of_a_password_field(desks: list[Desk], desktop: VirtualDesktop, toolkit: str) -> None:
    desk = opened(desks, desktop, HIDDEN[toolkit], *_any_program(), secure=Secure.YES)
    ibus(desktop, TELEX)
    desk.type(TYPED)
    desk.finish()
    assert desk.texts == []
    assert not any(isinstance(event, RawCommit) for event in desk.heard)


@pytest.mark.parametrize("toolkit", FIELDS)
def test_nothing_comes_of_a_program_nobody_agreed_to(desks: list[Desk], desktop: VirtualDesktop, toolkit: str) -> None:
    desk = opened(desks, desktop, FIELDS[toolkit][0], "mousepad")
    ibus(desktop, TELEX)
    desk.type(TYPED)
    assert LETTER in desk.finish()
    assert desk.texts == []
    assert not any(isinstance(event, RawCommit) for event in desk.heard)


# The watch alone ---------------------------------------------------------------------------------------------


@pytest.fixture
def bare() -> Iterator[VirtualDesktop]:
    """A desktop without any input method."""
    with VirtualDesktop(keystore=False) as running:
        yield running


def found(desktop: VirtualDesktop, **environ: str) -> Method:
    """What a watch says that starts now."""
    watch = SessionMethods({**desktop.environ, **environ})
    watch.start(lambda: None)
    try:
        return watch.current()
    finally:
        watch.stop()


def test_an_input_method_is_noticed_when_it_comes_and_when_it_goes(bare: VirtualDesktop) -> None:
    watch = SessionMethods(bare.environ)
    changes: list[Method] = []
    watch.start(lambda: changes.append(watch.current()))
    assert watch.current() is Method.ABSENT
    daemon = bare.run(["ibus-daemon", "--xim", "--panel=disable", "--emoji-extension=disable"])
    ibus(bare, TELEX)
    until(lambda: watch.current() is Method.COMPOSING, "ibus to be noticed")
    ibus(bare, "xkb:us::eng")
    until(lambda: watch.current() is Method.PLAIN, "the layout to be noticed")
    bare.end(daemon)
    until(lambda: (watch.typed(), watch.current() is Method.ABSENT)[1], "the end of ibus to be noticed")
    watch.stop()
    assert changes[-1] is Method.ABSENT


def test_what_cannot_be_known_composes(bare: VirtualDesktop) -> None:
    assert found(bare) is Method.ABSENT
    assert found(bare, GTK_IM_MODULE="cedilla", QT_IM_MODULE="compose") is Method.ABSENT
    assert found(bare, GTK_IM_MODULE="uim") is Method.COMPOSING
    assert found(bare, QT_IM_MODULES="wayland;kime") is Method.COMPOSING
    assert found(bare, DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent/bus") is Method.COMPOSING
    assert found(bare, DISPLAY=":99999") is Method.COMPOSING


def test_before_its_start_and_after_its_end_the_watch_knows_nothing(bare: VirtualDesktop) -> None:
    watch = SessionMethods(bare.environ)
    assert watch.current() is Method.COMPOSING
    watch.start(lambda: None)
    assert watch.current() is Method.ABSENT
    watch.stop()
    watch.stop()
    assert watch.current() is Method.COMPOSING


@pytest.mark.skipif(not shutil.which("fcitx5"), reason="not installed: fcitx5 fcitx5-m17n")
def test_fcitx_composes_unless_it_names_a_layout(bare: VirtualDesktop) -> None:
    profile = bare.home / ".config/fcitx5/profile"
    profile.parent.mkdir(parents=True)
    profile.write_text(
        "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=m17n_vi_telex\n"
        "[Groups/0/Items/0]\nName=keyboard-us\n[Groups/0/Items/1]\nName=m17n_vi_telex\n[GroupOrder]\n0=Default\n"
    )
    bare.run(["fcitx5", "--disable=wayland,waylandim"])
    until(lambda: bare.session.has("org.fcitx.Fcitx5"), "fcitx")
    bare.environ.update(GTK_IM_MODULE="xim", XMODIFIERS="@im=fcitx")
    assert found(bare) is Method.COMPOSING, "nobody has asked it for anything yet"
    desks: list[Desk] = []
    try:
        desk = typed_plainly(desks, bare, FIELDS["gtk"][0], "zenity")
        subprocess.run(["fcitx5-remote", "-o"], env=bare.environ, check=True, timeout=30)
        desk.says(Method.COMPOSING)
        desk.type(TYPED)
        assert LETTER in desk.finish()
        assert "".join(desk.texts) == "to [input method]"
    finally:
        for desk in desks:
            desk.close()
