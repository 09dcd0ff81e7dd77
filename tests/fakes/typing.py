"""Somebody typing: admitted key events in X keysym names, fed to an assembler."""

from __future__ import annotations

from agent.assembly import Assembler
from agent.records import Admitted, Program, RawCaret, RawCommit, RawKey, RawPointer, RawText
from tests.fakes.marked import PROGRAM

NAMED = {"\n": "Return", " ": "space", "\t": "Tab"}
NOTHING: frozenset[str] = frozenset()


def admitted(
    event: RawKey | RawCommit | RawPointer,
    window: int = 1,
    field: str = "a",
    program: Program = PROGRAM,
    purposes: tuple[str, ...] = ("p",),
) -> Admitted:
    return Admitted(event, window, program, field, purposes)


def key_event(name: str, text: str = "", *modifiers: str, at: float = 0.0, repeat: bool = False) -> RawKey:
    return RawKey(1, name, text, frozenset(modifiers), repeat, at)


def press(window: int | None, button: int, at: float, *, pressed: bool = True) -> RawPointer:
    """A button somewhere in a window."""
    return RawPointer(window, 1, button, pressed=pressed, place=(5, 5, 100, 100), modifiers=NOTHING, at=at)


class Typist:
    """Types into one assembler; ``texts`` is everything that came out, as (text, before)."""

    def __init__(self, tail: int = 0) -> None:
        self.assembler = Assembler(lambda text: min(tail, len(text)))
        self.out: list[RawText] = []
        self.now = 1000.0
        self.window, self.field, self.program, self.purposes = 1, "a", PROGRAM, ("p",)

    @property
    def texts(self) -> list[tuple[str, str]]:
        return [raw.expose() for raw in self.out]

    def key(self, name: str, text: str = "", *modifiers: str) -> None:
        self.now += 0.1
        event = key_event(name, text, *modifiers, at=self.now)
        self._feed(event)

    def keys(self, names: str) -> None:
        """Names separated by blanks; ``Shift+Left`` holds a modifier; ``Left*3`` presses three times."""
        for word in names.split():
            combination, _, times = word.partition("*")
            *modifiers, name = combination.split("+")
            for _ in range(int(times or 1)):
                self.key(name, name if len(name) == 1 else "", *modifiers)

    def type(self, text: str) -> None:
        for char in text:
            control = {"\n": "\r", "\t": "\t"}.get(char, char)
            self.key(NAMED.get(char, char), control)

    def click(self, button: int = 1) -> None:
        self.now += 0.1
        self._take(self.assembler.clicked(press(self.window, button, self.now), self.now, int(self.now)))

    def told(self, offset: int, length: int, selection: tuple[int, int] | None = None) -> None:
        """A moment later the field says where its caret is."""
        self.now += 0.3
        event = RawCaret(self.window, self.field, offset, length, selection or (offset, offset), self.now)
        self._take(self.assembler.caret(event, self.now, int(self.now)))

    def compose(self, name: str) -> None:
        """A key that an input method may have taken."""
        self.now += 0.1
        text = name if len(name) == 1 else ""
        self._feed(RawKey(self.window, name, text, NOTHING, False, self.now, uncertain=True))

    def commit(self, text: str) -> None:
        """What an input method puts into the field."""
        self.now += 0.1
        self._feed(RawCommit(self.window, self.field, text, self.now))

    def _feed(self, event: RawKey | RawCommit) -> None:
        self._take(
            self.assembler.feed(
                admitted(event, self.window, self.field, self.program, self.purposes), self.now, int(self.now)
            )
        )

    def cut(self) -> None:
        self._take(self.assembler.cut(self.now, int(self.now)))

    def leave(self) -> None:
        self.now += 0.1
        self._take(self.assembler.leave(self.now, int(self.now)))

    def wait(self, seconds: float) -> None:
        """Let time pass, ticking whenever the assembler asked for it."""
        end = self.now + seconds
        for _ in range(1000):
            due = self.assembler.deadline(self.now)
            if due is None or due > end:
                self.now = end
                return
            self.now = max(self.now, due)
            self._take(self.assembler.tick(self.now, int(self.now)))
        raise AssertionError("the deadline never moves on")

    def _take(self, texts: list[RawText]) -> None:
        self.out += texts
