"""Every type a datum passes through, in order, with who makes it and who takes it.

A ``Raw`` value may hold what somebody typed. It cannot be printed, formatted, pickled or copied;
its content comes out only through ``expose()``, which only the raw zone may call (assembly, actions,
exclusion, redaction; an AST test guards that). What leaves the raw zone is ``Redacted`` or ``Dropped``.

========== ======================= ===========================
type       made only in            taken by
========== ======================= ===========================
RawFocus   native                  pipeline
RawField   native                  pipeline
RawKey     native                  pipeline
RawClick   native                  pipeline
Attributed pipeline                gate
Admitted   gate                    assembly
Dropped    gate, pipeline          the live view (counts only)
RawText    assembly                redaction
Redacted   redaction, buffer       buffer, review
Stored     buffer                  review
Approved   review                  seal
Sealed     seal                    upload
========== ======================= ===========================
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, Literal, NoReturn, TypeAlias

import rfc8785

RECORD_FORMAT: Final = 1

Category: TypeAlias = Literal["app", "title", "shortcut", "pointer", "text", "screen"]
CATEGORIES: Final[tuple[Category, ...]] = ("app", "title", "shortcut", "pointer", "text", "screen")

#: One purpose x category cell of the consent grid: (purpose id, category).
Cell: TypeAlias = tuple[str, Category]


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


@dataclass(frozen=True, slots=True)
class Program:
    """A program as the operating system identifies it.

    id: stable identifier used in notices and rules (lower case, e.g. ``mousepad``).
    name: what people call it. aliases: every other identifier the window or process claims
    (window class, executable name, desktop entry). An exclusion matches any of them, a permission only ``id``.
    """

    id: str
    name: str
    aliases: frozenset[str] = frozenset()

    def known_as(self) -> frozenset[str]:
        """All identifiers, lower case: what an exclusion is compared with."""
        return frozenset({self.id.lower(), *(alias.lower() for alias in self.aliases)})


class Secure(StrEnum):
    """Whether the focused field hides what is typed. UNKNOWN is treated as YES."""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


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
    """

    __slots__ = ("_content", "at", "repeat", "window")

    def __init__(
        self,
        window: int | None,
        key: str,
        text: str,
        modifiers: frozenset[str],
        repeat: bool,
        at: float,
    ) -> None:
        self.window = window
        self._content = (key, text, modifiers)
        self.repeat = repeat
        self.at = at

    def expose(self) -> tuple[str, str, frozenset[str]]:
        """(key, text, modifiers)."""
        return self._content


class RawClick(Raw):
    """A pointer button went down: the caret may be anywhere now. No place is recorded."""

    __slots__ = ("at", "button", "window")

    def __init__(self, window: int | None, button: int, at: float) -> None:
        self.window = window
        self.button = button
        self.at = at


RawEvent: TypeAlias = RawFocus | RawField | RawKey | RawClick


class Attributed(Raw):
    """A key with the program and field it went to. Made only in pipeline, taken by gate."""

    __slots__ = ("event", "field", "program", "secure", "window")

    def __init__(
        self,
        event: RawKey | RawClick,
        window: int | None,
        program: Program | None,
        field: str | None,
        secure: Secure,
    ) -> None:
        self.event = event
        self.window = window
        self.program = program
        self.field = field
        self.secure = secure


class Admitted(Raw):
    """An event that consent, policy, settings and guards all allow. Made only in gate.

    purposes: ids of the purposes it may be kept for, never empty.
    """

    __slots__ = ("event", "field", "program", "purposes", "window")

    def __init__(
        self,
        event: RawKey | RawClick,
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


class Reason(StrEnum):
    """Why something was not kept: a closed list, in the order in which the gate asks."""

    NO_CONSENT = "no-consent"
    CONSENT_EXPIRED = "consent-expired"
    POLICY = "policy"
    EXCLUDED = "program-excluded"
    NOT_CHOSEN = "program-not-chosen"
    PAUSED = "paused"
    QUIET_HOURS = "quiet-hours"
    NO_INDICATOR = "no-indicator"
    LOCKED = "locked"
    CLOCK = "clock"
    UNKNOWN_PROGRAM = "unknown-program"
    PROTECTED = "protected"
    OWN_WINDOW = "own-window"
    PASSWORD = "password-field"
    UNKNOWN_FIELD = "unknown-field"
    QUARANTINE = "changed-program"
    CARET_LOST = "caret-lost"
    REDACTION = "redaction-failed"
    OVERLOADED = "overloaded"
    STORE = "store-failed"


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that was not kept, without its content."""

    reason: Reason
    program: Program | None
    count: int = 1


class RawText(Raw):
    """The final text of one field (or of one stretch of it), after corrections. Made only in assembly.

    before: up to 300 characters of the same field that were committed earlier; context, never stored again.
    time: Unix seconds of the commit, whole.
    """

    __slots__ = ("_before", "_text", "program", "purposes", "time")

    def __init__(self, text: str, before: str, program: Program, purposes: tuple[str, ...], time: int) -> None:
        self._text = text
        self._before = before
        self.program = program
        self.purposes = purposes
        self.time = time

    def expose(self) -> tuple[str, str]:
        """(text, context before it)."""
        return self._text, self._before


@dataclass(frozen=True, slots=True, order=True)
class Removed:
    """A part of a redacted text that stands for something taken out: code points of the *redacted* text.

    ``text[start:end]`` is the placeholder, e.g. ``[card number]``. by: ``machine`` or ``employee``.
    """

    start: int
    end: int
    kind: str
    by: Literal["machine", "employee"] = "machine"


@dataclass(frozen=True, slots=True)
class Redacted:
    """What may be written: text with placeholders, or the fact that a program came to the front.

    kind: ``text`` or ``app``. time: Unix seconds (for ``app`` rounded down to the minute). text: None for ``app``.
    purposes: purpose ids, sorted. redactor: version of the rules that ran, part of the bytes.
    """

    kind: Literal["text", "app"]
    program_id: str
    program_name: str
    time: int
    purposes: tuple[str, ...]
    redactor: str
    text: str | None = None
    removed: tuple[Removed, ...] = ()

    def content(self) -> dict[str, object]:
        """The record as the steward will read it. No sequence number, no rhythm, no cause of any gap."""
        body: dict[str, object] = {
            "format": RECORD_FORMAT,
            "kind": self.kind,
            "program": self.program_id,
            "program_name": self.program_name,
            "time": datetime.fromtimestamp(self.time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "purposes": list(self.purposes),
            "redactor": self.redactor,
        }
        if self.text is not None:
            body["text"] = self.text
            body["removed"] = [
                {"start": part.start, "end": part.end, "kind": part.kind, "by": part.by} for part in self.removed
            ]
        return body

    def canonical(self) -> bytes:
        """RFC 8785 bytes: what the preview shows, what is approved, what is sealed."""
        return rfc8785.dumps(self.content())  # type: ignore[arg-type]  # its alias of JSON types is recursive and private

    def digest(self) -> str:
        """SHA-256 of ``canonical()``, lower-case hex."""
        return hashlib.sha256(self.canonical()).hexdigest()


class State(StrEnum):
    """Where a stored record stands."""

    HELD = "held"
    APPROVED = "approved"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Stored:
    """A record in the encrypted store. expires: Unix seconds after which it is deleted, never sent."""

    row: int
    record: Redacted
    state: State
    stored_at: int
    expires: int
    approved_digest: str | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """A record the employee let go, with the digest of the bytes they saw. Made only in review."""

    row: int
    record: Redacted
    digest: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """Ciphertext for named recipients. Made only in seal; the only thing upload takes.

    batch_id: 32 hex characters, random. data: header, wraps, ciphertext and signature as sent.
    digest: SHA-256 of ``data``, lower-case hex. count and rows stay on this computer.
    """

    batch_id: str
    data: bytes
    digest: str
    count: int
    rows: tuple[int, ...]
