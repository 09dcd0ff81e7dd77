"""What the X11 input promises beyond the common contract: repeats, grabs, layouts, unknown programs, odd servers."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from collections.abc import Iterator

import pytest

from agent.native.x11.connection import Connection
from agent.records import RawField, RawFocus, RawPointer, Secure
from tests.fakes.hands import Hands
from tests.fakes.observed import Observed
from tests.fakes.real_desktop import RealDesktop
from tests.fakes.typewriter import Typewriter
from tests.fakes.waiting import until
from tests.fakes.xclient import screen

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(not shutil.which("Xvfb") or not shutil.which("openbox"), reason="not installed: xvfb openbox"),
]


def _env(observed: Observed) -> dict[str, str]:
    return {**os.environ, **observed.desktop.environ}


def _pid(program: Typewriter) -> int:
    return program._process.pid


def _devices(connection: Connection, opcode: int) -> set[int]:
    """The input devices there are (XIQueryDevice)."""
    reply = connection.call(opcode, 48, struct.pack("<Hxx", 0))
    assert reply is not None
    found, place = set(), 32
    for _ in range(struct.unpack_from("<H", reply, 8)[0]):
        device, _use, _attached, classes, name = struct.unpack_from("<HHHHH", reply, place)
        found.add(device)
        place += 12 + (name + 3) // 4 * 4
        for _ in range(classes):
            place += 4 * struct.unpack_from("<H", reply, place + 2)[0]
    return found


@pytest.fixture(scope="module")
def desktop() -> Iterator[RealDesktop]:
    with screen() as environ:
        real = RealDesktop(environ)
        yield real
        real.close()


@pytest.fixture
def observed(desktop: RealDesktop) -> Iterator[Observed]:
    desktop.fields.known.clear()
    desktop.focus(desktop.notes)
    observed = Observed(desktop)
    desktop.input.start(observed.events.append)
    until(lambda: observed.events, "the first focus")
    yield observed
    desktop.input.stop()


def test_a_held_key_counts_as_often_as_the_program_gets_it(observed: Observed) -> None:
    """Raw events leave repeats out: without them a held BackSpace would leave in the text what was taken out."""
    notes = observed.desktop.notes
    subprocess.run(["xset", "r", "rate", "200", "40"], env=_env(observed), check=True)
    for name in ("a", "BackSpace", "a", "BackSpace"):
        notes.sync()
        notes.keys.clear()
        observed.events.clear()
        observed.hands.down(name)
        until(lambda: len(notes.keys) > 8, "the server to repeat")
        observed.hands.type("b")
        observed.hands.up(name)
        keys = observed.marked()
        notes.sync()
        received = notes.keys[:-1]  # without the mark
        assert len(keys) == len(received)
        assert [key.expose()[0] for key in keys] == [name] * (len(received) - 1) + ["b"]
        assert [key.repeat for key in keys] == [False] + [True] * (len(received) - 2) + [False]
        assert {key.window for key in keys} == {notes.windows[0]}


def test_repeats_that_run_on_into_another_window_belong_to_nobody(observed: Observed) -> None:
    desktop = observed.desktop
    observed.hands.down("a")
    until(lambda: len(observed.keys) > 3, "the server to repeat")
    desktop.set_focus(desktop.vault.windows[0])
    until(lambda: len(desktop.vault.keys) > 3, "the repeats to run on")
    observed.hands.up("a")
    keys = observed.marked()
    assert desktop.vault.windows[0] not in {key.window for key in keys}
    assert keys[0].window == desktop.notes.windows[0]
    assert keys[-1].window is None


def test_while_another_program_grabs_the_keyboard_keys_have_no_window(observed: Observed) -> None:
    vault, notes = observed.desktop.vault, observed.desktop.notes
    vault.grabbed = None
    vault.tell("grab")
    until(lambda: vault.grabbed, "the grab")
    observed.hands.type("secret")
    assert {key.window for key in observed.wait(6)} == {None}
    vault.tell("ungrab")
    until(lambda: vault.grabbed is False, "the end of the grab")
    observed.hands.type("z")
    assert observed.wait(7)[-1].window == notes.windows[0]


def test_a_grab_on_the_focused_window_itself_is_seen_too(observed: Observed) -> None:
    """It sends no focus event; only asking the server shows it."""
    notes = observed.desktop.notes
    notes.grabbed = None
    notes.tell("grab")
    until(lambda: notes.grabbed, "the grab")
    observed.hands.type("secret")
    assert {key.window for key in observed.wait(6)} == {None}
    notes.tell("ungrab")
    until(lambda: notes.grabbed is False, "the end of the grab")


def test_a_grab_older_than_the_start_is_seen(desktop: RealDesktop) -> None:
    desktop.focus(desktop.notes)
    desktop.vault.grabbed = None
    desktop.vault.tell("grab")
    until(lambda: desktop.vault.grabbed, "the grab")
    observed = Observed(desktop)
    desktop.input.start(observed.events.append)
    observed.hands.type("secret")
    assert {key.window for key in observed.wait(6)} == {None}
    desktop.vault.tell("ungrab")
    until(lambda: desktop.vault.grabbed is False, "the end of the grab")
    observed.hands.type("z")
    assert observed.wait(7)[-1].window == desktop.notes.windows[0]
    desktop.input.stop()


def test_modifiers_held_before_the_start_count(desktop: RealDesktop) -> None:
    desktop.focus(desktop.notes)
    desktop.hands.down("Shift")
    observed = Observed(desktop)
    desktop.input.start(observed.events.append)
    desktop.hands.tap(38)
    desktop.hands.up("Shift")
    desktop.hands.tap(38)
    desktop.hands.sync()
    keys = observed.wait(2)
    assert [key.expose() for key in keys] == [("A", "A", frozenset({"Shift"})), ("a", "a", frozenset())]
    desktop.input.stop()


def test_modifiers_and_locks(observed: Observed) -> None:
    hands = observed.hands
    for held in ("Control", "Alt", "Super"):
        hands.down(held)
        hands.type("c")
        hands.up(held)
    hands.key("Caps_Lock")
    hands.type("aA1")
    hands.key("Caps_Lock")
    hands.key("KP_7")
    hands.key("Num_Lock")
    hands.key("KP_7")
    hands.key("KP_Add")
    hands.key("Num_Lock")
    assert [key.expose() for key in observed.marked()] == [
        ("c", "", frozenset({"Control"})),
        ("c", "", frozenset({"Alt"})),
        ("c", "", frozenset({"Super"})),
        ("A", "A", frozenset()),
        ("a", "a", frozenset({"Shift"})),
        ("1", "1", frozenset()),
        ("KP_Home", "", frozenset()),
        ("KP_7", "7", frozenset()),
        ("KP_Add", "+", frozenset()),
    ]


def test_a_new_layout_is_followed_at_once(observed: Observed) -> None:
    if not shutil.which("setxkbmap"):
        pytest.skip("not installed: x11-xkb-utils")
    observed.hands.key("Caps_Lock")
    try:
        subprocess.run(["setxkbmap", "-layout", "de"], env=_env(observed), check=True)
        observed.hands.tap(29)  # z and ä on a German keyboard
        observed.hands.key("Caps_Lock")
        observed.hands.tap(48)
        observed.hands.down("AltGr")
        observed.hands.type("q")
        observed.hands.up("AltGr")
        found = [key.expose() for key in observed.marked()]
    finally:
        subprocess.run(["setxkbmap", "-layout", "us"], env=_env(observed), check=True)
    assert found == [
        ("Z", "Z", frozenset()),
        ("adiaeresis", "ä", frozenset()),
        ("at", "@", frozenset({"AltGr"})),
    ]


def _buttons(observed: Observed) -> list[tuple[int, bool]]:
    return [(event.button, event.pressed) for event in observed.of(RawPointer) if isinstance(event, RawPointer)]


def test_a_wheel_is_told_once_a_step_and_a_button_twice(observed: Observed) -> None:
    for button in (4, 5, 6, 7, 2):
        observed.hands.click(150, 160, button)
    # A window manager may hold the pointer back until it has looked at a press; no key waits for that.
    until(lambda: (2, False) in _buttons(observed), "the button to go up")
    observed.marked()
    told = _buttons(observed)
    assert told == [(4, True), (5, True), (6, True), (7, True), (2, True), (2, False)]


def test_a_window_without_a_class_is_an_unknown_program(observed: Observed) -> None:
    client = observed.desktop.client
    window = client.window(800, 400, 50, 50)
    observed.desktop.set_focus(window)
    observed.hands.type("x")
    assert observed.wait(1)[0].window is None
    until(lambda: observed.of(RawFocus)[-1].window is None, "the focus to be unknown")
    client.destroy(window)


def test_a_second_keyboard_with_a_focus_of_its_own_belongs_to_nobody(observed: Observed) -> None:
    """Two people at one computer (multi-pointer X): what core focus says is about one of them only."""
    observed.desktop.vault.keys.clear()
    other = Hands(observed.desktop.environ)
    connection = other._connection
    extension = connection.extension("XInputExtension")
    assert extension is not None
    connection.call(extension.opcode, 47, struct.pack("<HH", 2, 2))
    before = _devices(connection, extension.opcode)
    add_master = struct.pack("<HHHBB", 1, 4, 6, 1, 1) + b"second\0\0"
    connection.send(extension.opcode, 43, struct.pack("<Bxxx", 1) + add_master)
    pointer = min(_devices(connection, extension.opcode) - before)
    try:
        connection.send(extension.opcode, 44, struct.pack("<IHxx", 0, pointer))
        other.point(600, 160)  # a new keyboard types into whatever its pointer is over
        other.type("x")
        observed.wait(1)
        observed.hands.type("y")
        keys = observed.wait(2)
        assert [key.expose()[0] for key in keys] == ["x", "y"]
        assert [key.window for key in keys] == [None, observed.desktop.notes.windows[0]]
        observed.desktop.vault.sync()
        assert observed.desktop.vault.keys, "the key where the other person typed it"
    finally:
        remove_master = struct.pack("<HHHBxHH", 2, 3, pointer, 2, 0, 0)
        connection.send(extension.opcode, 43, struct.pack("<Bxxx", 1) + remove_master)
        other.sync()
        other.close()


def test_fields_come_in_order_and_only_for_the_program_in_front(observed: Observed) -> None:
    desktop = observed.desktop
    notes, vault = (_pid(program) for program in (desktop.notes, desktop.vault))
    first = observed.of(RawFocus, RawField)[:2]
    until(lambda: len(observed.events) >= 2, "the first field")
    assert [type(event) for event in observed.events[:2]] == [RawFocus, RawField]
    assert first
    assert notes in desktop.fields.asked
    desktop.fields.found(vault, "elsewhere", Secure.NO)
    observed.marked()
    assert len(observed.of(RawField)) == 1, "what another program's field is does not matter"
    desktop.fields.found(notes, "password", Secure.YES)
    until(lambda: len(observed.of(RawField)) == 2, "the answer")
    found = observed.of(RawField)[-1]
    assert isinstance(found, RawField)
    assert (found.window, found.field, found.secure) == (desktop.notes.windows[0], "password", Secure.YES)
    desktop.fields.known[notes] = ("line", Secure.NO)  # a terminal's line changes without telling anybody
    before = len(observed.keys)
    observed.hands.type("x")
    observed.wait(before + 1)
    last = observed.events[-2]
    assert isinstance(last, RawField)
    assert last.secure is Secure.NO
    desktop.focus(desktop.vault)
    until(lambda: observed.of(RawField)[-1].window == desktop.vault.windows[0], "the field of the other program")
    found = observed.of(RawField)[-1]
    assert isinstance(found, RawField)
    assert (found.field, found.secure) == ("elsewhere", Secure.NO)
