"""What hooks and fields bring: in memory only, never printed, pickled or copied, until it is redacted or dropped."""

from __future__ import annotations

from typing import Literal, NoReturn, TypeAlias

from agent.records.base import Program, Secure
from agent.records.kept import Action, Removed


class RawDataLeak(TypeError):
    """Something tried to print, pickle or copy a value that may hold what somebody typed."""


class Raw:
    """Base of everything that may hold content nobody has redacted yet.

    Plain ``__slots__`` classes, never dataclasses: ``dataclasses.asdict`` would walk past ``__repr__``.
    """

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        if "__slots__" not in cls.__dict__:
            raise TypeError(f"{cls.__name__} must declare __slots__: a __dict__ can be dumped")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} (not shown)>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def _refuse(self) -> NoReturn:
        raise RawDataLeak(f"{type(self).__name__} holds raw content and stays in memory")

    def __reduce__(self) -> NoReturn:
        self._refuse()

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        self._refuse()

    def __getstate__(self) -> NoReturn:
        self._refuse()

    def __copy__(self) -> NoReturn:
        self._refuse()

    def __deepcopy__(self, memo: object) -> NoReturn:
        self._refuse()


class RawOwner(Raw):
    """Whoever sits there: account, full name and computer as the system knows them; empty where nothing is known.

    Looked for in what is typed, never stored and never sent.
    """

    __slots__ = ("_account", "_computer", "_name")

    def __init__(self, account: str = "", name: str = "", computer: str = "") -> None:
        self._account = account
        self._name = name
        self._computer = computer

    def expose(self) -> tuple[str, str, str]:
        """Account, full name, computer."""
        return self._account, self._name, self._computer


class RawFocus(Raw):
    """Input focus moved to ``window``. ``program`` None: could not tell who owns it, so nothing may be kept.

    window: opaque id, None while the focus is unknown, on nothing, or grabbed. at: monotonic seconds.
    """

    __slots__ = ("_title", "at", "program", "window")

    def __init__(self, window: int | None, program: Program | None, title: str | None, at: float) -> None:
        self.window = window
        self.program = program
        self._title = title
        self.at = at

    def expose(self) -> str | None:
        """The window title, None if there is none."""
        return self._title


class RawField(Raw):
    """What is known of the focused field inside ``window``: ``secure`` and an opaque ``field`` id (None: unknown).

    Always belongs to the window of the newest RawFocus; a RawFocus resets it to (None, UNKNOWN). at: monotonic seconds.
    """

    __slots__ = ("at", "field", "secure", "window")

    def __init__(self, window: int | None, field: str | None, secure: Secure, at: float) -> None:
        self.window = window
        self.field = field
        self.secure = secure
        self.at = at


class RawKey(Raw):
    """One key press (releases carry nothing we keep). ``window`` None: the receiver could not be told for certain.

    Content: (key, text, modifiers): the X keysym name (``a``, ``BackSpace``, ``Left``), the text the layout gives
    for it (may be empty), and the held modifiers out of ``Shift Control Alt Super AltGr``.
    uncertain: an input method may have taken the key, so it says nothing about the text.
    """

    __slots__ = ("_content", "at", "repeat", "uncertain", "window")

    def __init__(
        self,
        window: int | None,
        key: str,
        text: str,
        modifiers: frozenset[str],
        repeat: bool,
        at: float,
        uncertain: bool = False,
    ) -> None:
        self.window = window
        self._content = (key, text, modifiers)
        self.repeat = repeat
        self.at = at
        self.uncertain = uncertain

    def expose(self) -> tuple[str, str, frozenset[str]]:
        """(key, text, modifiers)."""
        return self._content


class RawPointer(Raw):
    """A pointer button went down or up, or a wheel turned one step. ``window`` None: the receiver could not be told.

    serial: counts these events of one start, so that a RawControl can say which one it speaks of.
    button: 1 left, 2 middle, 3 right, 8 back, 9 forward; wheel 4 up, 5 down, 6 left, 7 right (X11 numbering).
    pressed: down; False up. A wheel step is one event, pressed.
    Content: (x, y, width, height): place in the window and the window's size in pixels, None if not known.
    """

    __slots__ = ("_place", "at", "button", "modifiers", "pressed", "serial", "window")

    def __init__(
        self,
        window: int | None,
        serial: int,
        button: int,
        pressed: bool,
        place: tuple[int, int, int, int] | None,
        modifiers: frozenset[str],
        at: float,
    ) -> None:
        self.window = window
        self.serial = serial
        self.button = button
        self.pressed = pressed
        self._place = place
        self.modifiers = modifiers
        self.at = at

    def expose(self) -> tuple[int, int, int, int] | None:
        """(x, y, width, height) in pixels."""
        return self._place


class RawControl(Raw):
    """What the press ``serial`` hit, as accessibility says; comes after it or never. Content: its name, may be empty.

    role: AT-SPI role name (``push button``). secure: does the control hide what is typed.
    """

    __slots__ = ("_name", "at", "role", "secure", "serial", "window")

    def __init__(self, window: int | None, serial: int, role: str, name: str, secure: Secure, at: float) -> None:
        self.window = window
        self.serial = serial
        self.role = role
        self._name = name
        self.secure = secure
        self.at = at

    def expose(self) -> str:
        """The control's name."""
        return self._name


class RawTitle(Raw):
    """The title of the focused ``window`` changed. The first one comes with RawFocus."""

    __slots__ = ("_title", "at", "window")

    def __init__(self, window: int, title: str | None, at: float) -> None:
        self.window = window
        self._title = title
        self.at = at

    def expose(self) -> str | None:
        """The window title, None if there is none."""
        return self._title


class RawPage(Raw):
    """What a browser's window shows. Belongs to the newest RawFocus, which resets it to (None, UNKNOWN).

    Content: host of the page in front, lower case; None if it cannot be told. private: is the window a private one.
    """

    __slots__ = ("_host", "at", "private", "window")

    def __init__(self, window: int, host: str | None, private: Secure, at: float) -> None:
        self.window = window
        self._host = host
        self.private = private
        self.at = at

    def expose(self) -> str | None:
        """The host, without port and path."""
        return self._host


class RawCommit(Raw):
    """Text that an input method put into the focused field, as accessibility reports it: no key says it as it is."""

    __slots__ = ("_text", "at", "field", "window")

    def __init__(self, window: int | None, field: str | None, text: str, at: float) -> None:
        self.window = window
        self.field = field
        self._text = text
        self.at = at

    def expose(self) -> str:
        """The committed text."""
        return self._text


class RawCaret(Raw):
    """Where accessibility sees the caret of the focused field: numbers only, never the field's content.

    offset, length: characters before the caret, and in the whole field. start, end: of the selection, equal to offset
    if nothing is selected. Comes after clicks and focus; late or never.
    """

    __slots__ = ("at", "end", "field", "length", "offset", "start", "window")

    def __init__(
        self, window: int, field: str, offset: int, length: int, selection: tuple[int, int], at: float
    ) -> None:
        self.window = window
        self.field = field
        self.offset = offset
        self.length = length
        self.start, self.end = selection
        self.at = at


RawEvent: TypeAlias = RawFocus | RawField | RawKey | RawPointer | RawControl | RawTitle | RawPage | RawCommit | RawCaret


class Attributed(Raw):
    """A key, committed text or pointer event with the program and field it went to, and the page a browser showed then.

    Made only in pipeline, taken by gate.
    """

    __slots__ = ("event", "field", "page", "program", "secure", "window")

    def __init__(
        self,
        event: RawKey | RawPointer | RawCommit,
        window: int | None,
        program: Program | None,
        field: str | None,
        secure: Secure,
        page: RawPage | None = None,
    ) -> None:
        self.event = event
        self.window = window
        self.program = program
        self.field = field
        self.secure = secure
        self.page = page


class Admitted(Raw):
    """An event that consent, policy, settings and guards all allow. Made only in gate.

    field: empty where the event belongs to none, as a turn of the wheel. purposes: ids of the purposes it may be kept
    for, never empty.
    """

    __slots__ = ("event", "field", "program", "purposes", "window")

    def __init__(
        self,
        event: RawKey | RawPointer | RawCommit,
        window: int,
        program: Program,
        field: str,
        purposes: tuple[str, ...],
    ) -> None:
        self.event = event
        self.window = window
        self.program = program
        self.field = field
        self.purposes = purposes


class RawAction(Raw):
    """Something a hand did, whole. Made only in actions, taken by redaction. Content: the name of what it hit.

    kind: the record's. time: Unix seconds, whole.
    """

    __slots__ = ("_name", "action", "kind", "program", "purposes", "time")

    def __init__(
        self,
        kind: Literal["pointer", "shortcut"],
        action: Action,
        name: str | None,
        program: Program,
        purposes: tuple[str, ...],
        time: int,
    ) -> None:
        self.kind = kind
        self.action = action
        self._name = name
        self.program = program
        self.purposes = purposes
        self.time = time

    def expose(self) -> str | None:
        """The control's name, None if nothing is known of it."""
        return self._name


class RawText(Raw):
    """The final text of one field (or of one stretch of it), after corrections. Made only in assembly.

    before: up to 300 characters of the same field that were committed earlier; context, never stored again.
    marks: placeholders in the text for what was never known. time: Unix seconds of the commit, whole.
    """

    __slots__ = ("_before", "_text", "marks", "program", "purposes", "time")

    def __init__(
        self,
        text: str,
        before: str,
        program: Program,
        purposes: tuple[str, ...],
        time: int,
        marks: tuple[Removed, ...] = (),
    ) -> None:
        self._text = text
        self.marks = marks
        self._before = before
        self.program = program
        self.purposes = purposes
        self.time = time

    def expose(self) -> tuple[str, str]:
        """(text, context before it)."""
        return self._text, self._before
