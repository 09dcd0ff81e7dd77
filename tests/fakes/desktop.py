"""A desktop by script: the whole of ``agent.native.base`` in memory, for tests of everything above it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.native.base import IndicatorState, Means, Native, Sink
from agent.problems import Unavailable
from agent.records import Program, RawEvent, RawField, RawFocus, RawKey, RawOwner, RawPointer, RawTitle, Secure
from tests.fakes.keystore import MemoryKeystore

EDITOR = Program("mousepad", "Mousepad", frozenset({"mousepad", "org.xfce.mousepad"}))
TERMINAL = Program("xterm", "XTerm", frozenset({"xterm", "uxterm"}))

_KEYSYMS = {
    " ": "space",
    "!": "exclam",
    '"': "quotedbl",
    "#": "numbersign",
    "$": "dollar",
    "%": "percent",
    "&": "ampersand",
    "'": "apostrophe",
    "(": "parenleft",
    ")": "parenright",
    "*": "asterisk",
    "+": "plus",
    ",": "comma",
    "-": "minus",
    ".": "period",
    "/": "slash",
    ":": "colon",
    ";": "semicolon",
    "<": "less",
    "=": "equal",
    ">": "greater",
    "?": "question",
    "@": "at",
    "[": "bracketleft",
    "\\": "backslash",
    "]": "bracketright",
    "^": "asciicircum",
    "_": "underscore",
    "`": "grave",
    "{": "braceleft",
    "|": "bar",
    "}": "braceright",
    "~": "asciitilde",
}
_SHIFTED = frozenset('!"#$%&()*+:<>?@^_{|}~ABCDEFGHIJKLMNOPQRSTUVWXYZ')


class ScriptedDesktop:
    """Implements ``agent.native.base.Input``. What the script does reaches the sink at once, in the caller's thread.

    What happens while nothing observes is seen by nobody, but leaves the focus where it went. ``clock`` gives the
    monotonic seconds of the events: tests of time set it.
    """

    def __init__(self) -> None:
        self.clock = time.monotonic
        self.starts = 0
        self._windows = itertools.count(0x400001)
        self._of: dict[str, int] = {}
        self._sink: Sink | None = None
        self._dead = False
        self._window: int | None = None
        self._program: Program | None = None
        self._title: str | None = None
        self._serial = 0

    # Input ---------------------------------------------------------------------------------------------------

    def start(self, sink: Sink) -> None:
        if self._sink is not None:
            raise RuntimeError("already started")
        if self._dead:
            raise Unavailable("capture-failed", detail="The script said so.")
        self._sink = sink
        self.starts += 1
        self._tell_focus()

    def check(self) -> None:
        if self._sink is not None and self._dead:
            raise Unavailable("capture-failed", detail="The script said so.")

    def notes(self) -> tuple[str, ...]:
        return ()

    def stop(self) -> None:
        self._sink = None

    @property
    def started(self) -> bool:
        return self._sink is not None

    # The script ----------------------------------------------------------------------------------------------

    def focus(self, program: Program | None, title: str | None = None, window: int | None = None) -> int | None:
        """The focus moves to a window of ``program`` (each program has one, unless ``window`` says which), or, with
        None, to where nobody can tell.
        """
        if program is not None and window is None:
            window = self._of.setdefault(program.id, next(self._windows))
        self._window, self._program, self._title = window, program, title
        self._tell_focus()
        return window

    def unknown_program(self) -> int:
        """The focus moves to a window whose program cannot be told."""
        self._window, self._program, self._title = next(self._windows), None, None
        self._tell_focus()
        return self._window

    def field(self, secure: Secure = Secure.NO, name: str | None = "field-1") -> None:
        """It became known which field has the focus."""
        self._tell(RawField(self._window, name, secure, self.clock()))

    def type(self, text: str) -> None:
        """Type on a US keyboard."""
        for character in text:
            modifiers = frozenset({"Shift"} if character in _SHIFTED else ())
            self._press(_KEYSYMS.get(character, character), character, modifiers)

    def key(self, name: str, *modifiers: str, repeat: bool = False) -> None:
        """Press a key that types nothing, or a chord such as ``key("c", "Control")``."""
        self._press(name, "", frozenset(modifiers), repeat)

    def nobody_knows(self, text: str) -> None:
        """Keys typed while it cannot be told who gets them, as during a grab."""
        for character in text:
            self._tell(RawKey(None, _KEYSYMS.get(character, character), character, frozenset(), False, self.clock()))

    def click(self, button: int = 1) -> None:
        """Press and let go in the middle of the window in front."""
        self.button(button)
        self.button(button, pressed=False)

    def button(self, button: int, *, pressed: bool = True, x: int = 50, y: int = 50) -> None:
        """One step of it: down or up, at a place in the window in front."""
        self._serial += 1
        place = (x, y, 100, 100) if self._window is not None else None
        self._tell(RawPointer(self._window, self._serial, button, pressed, place, frozenset(), self.clock()))

    def wheel(self, button: int, steps: int = 1) -> None:
        """Turn a wheel: buttons 4 to 7."""
        for _ in range(steps):
            self.button(button)

    def title(self, title: str | None) -> None:
        """The window in front says something else above itself."""
        self._title = title
        if self._window is not None:
            self._tell(RawTitle(self._window, title, self.clock()))

    def die(self) -> None:
        """Observing ends without anybody having asked for it."""
        self._dead = True

    def _press(self, key: str, text: str, modifiers: frozenset[str], repeat: bool = False) -> None:
        self._tell(RawKey(self._window, key, text, modifiers, repeat, self.clock()))

    def _tell_focus(self) -> None:
        self._tell(RawFocus(self._window, self._program, self._title, self.clock()))

    def _tell(self, event: RawEvent) -> None:
        if self._sink is not None and not self._dead:
            self._sink(event)


@dataclass
class FakeIndicator:
    """Implements ``agent.native.base.Indicator``: visible exactly as the test says. ``asked``: windows and owner."""

    state: IndicatorState = field(default_factory=lambda: IndicatorState(visible=True))
    asked: list[tuple[tuple[int, ...], int]] = field(default_factory=list)
    closed: bool = False

    def verify(self, windows: Sequence[int], owner: int) -> IndicatorState:
        self.asked.append((tuple(windows), owner))
        return self.state

    def hide(self, detail: str = "covered") -> None:
        self.state = IndicatorState(visible=False, detail=detail)

    def show(self) -> None:
        self.state = IndicatorState(visible=True)

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeInstalled:
    """Implements ``agent.native.base.Installed``."""

    listed: tuple[Program, ...] = (EDITOR, TERMINAL)

    def programs(self) -> tuple[Program, ...]:
        return self.listed


@dataclass
class FakeSession:
    """Implements ``agent.native.base.Session``. ``slept``: seconds the computer was suspended. ``at_hand``: what means
    tells; ``asked``: how often. ``who``: sits there.
    """

    is_locked: bool | None = False
    at_hand = Means()
    who = RawOwner()
    asked = 0
    slept: float = 0.0

    def locked(self) -> bool | None:
        return self.is_locked

    def means(self) -> Means:
        self.asked += 1
        return self.at_hand

    def boot_clock(self) -> float:
        return time.monotonic() + self.slept

    def owner(self) -> RawOwner:
        return self.who


def fake_native(desktop: ScriptedDesktop | None = None) -> Native:
    """A whole operating system in memory; its parts are the fakes above and a keystore in memory."""
    return Native(
        name="scripted",
        input=desktop or ScriptedDesktop(),
        indicator=FakeIndicator(),
        keystore=MemoryKeystore(),
        installed=FakeInstalled(),
        session=FakeSession(),
    )
