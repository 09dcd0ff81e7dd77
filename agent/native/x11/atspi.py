"""What the accessibility bus says about fields: roles, states, and conversations with programs that may not answer.

Source: AT-SPI 2 D-Bus interfaces (at-spi2-core, xml/*.xml) and its constants (atspi-constants.h).
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final, NamedTuple, TypeAlias

from agent.native.dbus import Bus, Call, Incoming, to_bus
from agent.records import Secure

REGISTRY: Final = "org.a11y.atspi.Registry"
ROOT: Final = "/org/a11y/atspi/accessible/root"
_ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
ACTIVE: Final = 1
_FOCUSED: Final = 12
SHOWING: Final = 25
#: More accessibles than this on the way to the focus: give up, the field stays unknown.
_NODES: Final = 2000

PASSWORD_TEXT: Final = 40
TERMINAL: Final = 60
#: Roles whose focus does not hide what is typed: text that one can see, and controls that take no text. Missing on
#: purpose: menus (the field below keeps the keys), web pages and unnamed areas (anything can be drawn there).
_OPEN_ROLES: Final = {
    "check box": 7,
    "combo box": 11,
    "date editor": 12,
    "icon": 26,
    "list": 31,
    "list item": 32,
    "page tab": 37,
    "push button": 43,
    "radio button": 44,
    "slider": 51,
    "spin button": 52,
    "table": 55,
    "table cell": 56,
    "column header": 57,
    "row header": 58,
    "text": 61,
    "toggle button": 62,
    "tree": 65,
    "tree table": 66,
    "paragraph": 73,
    "autocomplete": 76,
    "editbar": 77,
    "entry": 79,
    "heading": 83,
    "link": 88,
    "table row": 90,
    "tree item": 91,
    "document spreadsheet": 92,
    "document presentation": 93,
    "document text": 94,
    "document email": 96,
    "list box": 98,
}
_OPEN: Final = frozenset(_OPEN_ROLES.values())


class Place(NamedTuple):
    """An accessible: the program's name on the bus, and its path there."""

    name: str
    path: str


def secure(role: int | None) -> Secure:
    """What a focused accessible of this role says. A terminal's role says nothing: its line must be asked."""
    if role == PASSWORD_TEXT:
        return Secure.YES
    return Secure.NO if role in _OPEN else Secure.UNKNOWN


Answers: TypeAlias = "list[tuple[Any, ...] | None]"
#: Yields questions, is sent their answers (None: refused). Closed when its time is up.
Conversation: TypeAlias = Generator[list[Call], Answers, None]


class _Open:
    __slots__ = ("answers", "conversation", "deadline", "missing")

    def __init__(self, conversation: Conversation, deadline: float) -> None:
        self.conversation = conversation
        self.deadline = deadline
        self.missing: dict[int, int] = {}
        self.answers: Answers = []


class Conversations:
    """Several conversations over one bus, so that a program that does not answer holds up nobody but itself."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._open: list[_Open] = []

    def begin(self, conversation: Conversation, deadline: float) -> None:
        """Ask its first questions. It is given up at ``deadline`` (monotonic seconds)."""
        talk = _Open(conversation, deadline)
        self._open.append(talk)
        self._go_on(talk, first=True)

    def take(self, incoming: Incoming) -> None:
        """Give an answer to whoever waits for it; anything else is passed over."""
        for talk in self._open:
            if incoming.reply_to in talk.missing:
                place = talk.missing.pop(incoming.reply_to)
                talk.answers[place] = incoming.body if incoming.kind == "reply" else None
                if not talk.missing:
                    self._go_on(talk)
                return

    def give_up(self, now: float) -> None:
        """Close what is overdue."""
        for talk in [talk for talk in self._open if talk.deadline <= now]:
            self._open.remove(talk)
            talk.conversation.close()

    def next_deadline(self) -> float | None:
        """When ``give_up`` has something to do, None if nothing is open."""
        return min((talk.deadline for talk in self._open), default=None)

    def close(self) -> None:
        """Give up everything."""
        for talk in self._open:
            talk.conversation.close()
        self._open.clear()

    def _go_on(self, talk: _Open, *, first: bool = False) -> None:
        try:
            calls: list[Call] = []
            while not calls:
                calls = next(talk.conversation) if first else talk.conversation.send(talk.answers)
                first, talk.answers = False, []
        except (StopIteration, IndexError, TypeError, ValueError):
            # an answer of the wrong shape ends the conversation like no answer: the field stays unknown
            self._open.remove(talk)
            return
        talk.answers = [None] * len(calls)
        talk.missing = {self._bus.send(call): place for place, call in enumerate(calls)}


def ask_role(place: Place) -> Call:
    return ask(place, "GetRole")


def ask_process(name: str) -> Call:
    """Which process is behind a name on this bus, as the bus knows it from the kernel."""
    return to_bus("GetConnectionUnixProcessID", "s", name)


def ask_programs() -> Call:
    """All programs that have accessibles, as places of their roots."""
    return ask(Place(REGISTRY, ROOT), "GetChildren")


def find_focus(root: Place) -> Generator[list[Call], Answers, Place | None]:
    """The deepest focused accessible showing in the active window of the program at ``root``, None if there is none."""
    (windows,) = yield [ask(root, "GetChildren")]
    level = places(windows)
    states = yield [ask(place, "GetState") for place in level]
    level = [place for place, state in zip(level, states, strict=True) if has(state, ACTIVE)]
    focused: Place | None = None
    seen = 0
    while level and seen < _NODES:
        seen += len(level)
        families = yield [ask(place, "GetChildren") for place in level]
        level = [child for family in families for child in places(family)]
        if not level:
            break
        states = yield [ask(place, "GetState") for place in level]
        for place, state in zip(level, states, strict=True):
            if has(state, _FOCUSED):
                focused = place
        level = [place for place, state in zip(level, states, strict=True) if has(state, SHOWING)]
    return focused


def ask(place: Place, method: str) -> Call:
    """A question every accessible answers."""
    return Call(place.name, place.path, _ACCESSIBLE, method)


def places(answer: tuple[Any, ...] | None) -> list[Place]:
    """The accessibles an answer lists."""
    return [Place(str(name), str(path)) for name, path in answer[0]] if answer else []


def has(answer: tuple[Any, ...] | None, state: int) -> bool:
    """Is this state (AtspiStateType) among those of the answer?"""
    if answer is None:
        return False
    words = answer[0]
    return len(words) > state // 32 and bool(words[state // 32] >> state % 32 & 1)
