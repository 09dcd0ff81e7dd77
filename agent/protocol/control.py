"""What other programs of the same user may ask of the running window: one line in, one line out, and it may only
tighten. There is no resume, no consent and no include here, so nobody can ask for them.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final, Literal, TypeAlias

import msgspec

from agent.protocol.base import Collecting, Message, PauseLength, ProtocolError

#: Bytes a request may have, its newline included: a folder's path of 4,096 bytes and the rest.
MOST: Final = 8192
#: Seconds within which a request must be here whole.
PATIENCE: Final = 5.0
#: Code points the name of a program may have.
LONGEST_NAME: Final = 200


class AskStatus(Message, frozen=True):
    """-> Told with ``status``."""


class AskPause(Message, frozen=True):
    """Pause at least this long; a pause that lasts longer already stays as it is. -> Told with ``until``."""

    until: PauseLength


class AskExclude(Message, frozen=True):
    """Never collect in this program: its id, or its name as the programs page shows it. -> Told with ``program``."""

    program: str


class AskShow(Message, frozen=True):
    """Bring the window to the front."""


class AskErase(Message, frozen=True):
    """Ask the person in the window whether to destroy everything that has not left. -> Told with ``count``."""


class AskExport(Message, frozen=True):
    """Ask the person in the window whether to write everything about them into a new folder (absolute path). -> Told
    with ``count`` files.
    """

    folder: str
    language: Literal["en", "de"]


Request: TypeAlias = AskStatus | AskPause | AskExclude | AskShow | AskErase | AskExport


class Status(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the sign on the screen says, for a program. collecting: is something being collected now.

    state, paused_until (Unix seconds, 0 until resumed, None not paused), waiting, leaving, sending: as in ``Snapshot``.
    sentence: as the sign says it, in the window's language. problems: codes that are true now. Off is off: that
    somebody said no, withdrew or never answered is not in it, because a script of IT may run as this user.
    """

    version: int
    collecting: bool
    state: Collecting
    sentence: str
    trial: bool
    paused_until: int | None
    waiting: int
    leaving: int
    sending: int
    problems: tuple[str, ...]


class Told(Message, frozen=True, kw_only=True):
    """The one answer. problem: empty when it was done. until: end of the pause, as ``paused_until``. known: the program
    is installed or named by the notice.
    """

    problem: str = ""
    facts: dict[str, str] = msgspec.field(default_factory=dict)
    status: Status | None = None
    until: int | None = None
    program: str = ""
    known: bool = True
    count: int = 0


_requests: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_answers: msgspec.json.Decoder[Told] = msgspec.json.Decoder(Told)


def control_name(profile: Path) -> str:
    """One name per profile, the same for whoever computes it. Short: the path of a socket has 107 bytes."""
    return hashlib.sha256(str(profile.resolve()).encode()).hexdigest()[:24]


def control_places(profile: Path, runtime: str | None) -> tuple[Path, ...]:
    """Where the socket may lie, best first: the session's runtime folder (``XDG_RUNTIME_DIR``, made by the system for
    this user alone), else the profile's own folder. Both are for their owner only; the temporary folder is not.
    """
    places = [profile / "control.sock"]
    if runtime and Path(runtime).is_absolute():
        places.insert(0, Path(runtime) / "aboveboard" / f"{control_name(profile)}.sock")
    return tuple(places)


def decode_request(line: bytes) -> Request:
    """A line from a client. Raises ProtocolError; its text names what is wrong, never the content."""
    if len(line) > MOST:
        raise ProtocolError(f"a request of more than {MOST} bytes")
    try:
        request = _requests.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ProtocolError("not a request this window knows") from None
    if isinstance(request, AskExclude) and not _a_name(request.program):
        raise ProtocolError(f"not a program's name: 1 to {LONGEST_NAME} printable characters")
    if isinstance(request, AskExport) and not _a_place(request.folder):
        raise ProtocolError("not an absolute path of a folder")
    return request


def decode_told(line: bytes) -> Told:
    """The line from the window. Raises ProtocolError."""
    try:
        return _answers.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ProtocolError("not an answer this program knows") from None


def _a_name(text: str) -> bool:
    return bool(text.strip()) and len(text) <= LONGEST_NAME and text.isprintable()


def _a_place(text: str) -> bool:
    """Printable, because the question shows it: a path must not be able to look like another sentence."""
    return text.isprintable() and Path(text).is_absolute()
