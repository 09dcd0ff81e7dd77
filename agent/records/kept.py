"""What may be written, and how far it has come: redacted, stored, approved, sealed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal, TypeAlias

import rfc8785

from agent.records.base import RECORD_FORMAT


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
class Action:
    """One meaningful thing a hand did; never a path between two points, never a rhythm.

    name: ``click``, ``double-click``, ``drag``, ``scroll`` or ``chord`` (a shortcut). keys: held modifiers and, for a
    chord, its key, in the order Ctrl Alt Shift Super key: ``Ctrl+Shift+S``; empty for none. button: ``left``,
    ``middle``, ``right``, ``back``, ``forward``, empty for scroll and chord. x, y: pixels from the window's top left;
    to_x, to_y: where a drag ended; width, height: of the window; None where not known. steps_x, steps_y: wheel steps,
    right and down positive. role: AT-SPI role of the control that was hit, empty if not known; its redacted name is
    the record's ``text``.
    """

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

    def content(self) -> dict[str, object]:
        """Plain values, without what is empty or not known."""
        found: dict[str, object] = {"name": self.name}
        for name in ("keys", "button", "role"):
            if getattr(self, name):
                found[name] = getattr(self, name)
        for name in ("x", "y", "to_x", "to_y", "width", "height"):
            if getattr(self, name) is not None:
                found[name] = getattr(self, name)
        if self.name == "scroll":
            found |= {"steps_x": self.steps_x, "steps_y": self.steps_y}
        return found


#: What a record is of; each is a category of its own.
Kind: TypeAlias = Literal["text", "app", "title", "shortcut", "pointer"]


@dataclass(frozen=True, slots=True)
class Redacted:
    """What may be written: text with placeholders, an action, or the fact that a program came to the front.

    time: Unix seconds (for ``app`` rounded down to the minute). text: of ``text`` and ``title`` the text, of
    ``pointer`` the control's name or None, None for the others. action: of ``shortcut`` and ``pointer``.
    purposes: purpose ids, sorted. redactor: version of the rules that ran, part of the bytes.
    """

    kind: Kind
    program_id: str
    program_name: str
    time: int
    purposes: tuple[str, ...]
    redactor: str
    text: str | None = None
    removed: tuple[Removed, ...] = ()
    action: Action | None = None

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
        if self.action is not None:
            body["action"] = self.action.content()
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
