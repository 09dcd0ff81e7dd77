"""What both directions share."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

VERSION: Final = 1
MAX_LINE: Final = 1 << 20

Collecting: TypeAlias = Literal["off", "collecting", "elsewhere", "paused", "quiet", "stopped"]
PauseLength: TypeAlias = Literal["15m", "1h", "tomorrow", "resume"]
Strictness: TypeAlias = Literal["light", "balanced", "strict"]
Sending: TypeAlias = Literal["", "ask", "hold"]
Standing: TypeAlias = Literal["never-asked", "given", "refused", "withdrawn", "expired"]


class ProtocolError(ValueError):
    """A line that is not a message: too long, not JSON, unknown type, unknown or missing field, wrong type."""


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag=True, tag_field="type"):
    """Base of both directions; the class name is the ``type`` on the wire."""


class Deed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a hand did: ``Action`` of the records, field by field."""

    name: Literal["click", "double-click", "drag", "scroll", "chord"]
    keys: str = ""
    button: str = ""
    x: int | None = None
    y: int | None = None
    to_x: int | None = None
    to_y: int | None = None
    width: int | None = None
    height: int | None = None
    steps_x: int = 0
    steps_y: int = 0
    role: str = ""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A removed part of a redacted text: ``text[start:end]`` is its placeholder."""

    start: int
    end: int
    kind: str
    by: Literal["machine", "employee"]


class QuietHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hours of the week in which nothing is collected. days: 0 for Monday, sorted. start, end: minutes after midnight;
    an end that is not later is of the next day.
    """

    days: tuple[int, ...]
    start: int
    end: int


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One fact of one cell that differs from what was asked or agreed before.

    what: a fact's name, or ``cell``. sort: ``new`` and ``wider`` need a yes, ``narrower`` and ``gone`` apply at once.
    """

    purpose: str
    category: str
    what: str
    sort: Literal["new", "gone", "wider", "narrower"]
    before: str = ""
    after: str = ""
