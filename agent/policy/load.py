"""Reading the policy file, and nothing but a right file: refused whole, with all its mistakes at once.

The only module of this package that touches the disk. On Linux the file is /etc/aboveboard/policy.json, and what
narrows it further lies in /etc/aboveboard/policy.d/*.json (``agent.policy.dropins``).
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, cast

from agent.policy.build import build
from agent.policy.check import check, signed_bytes, trial_mistakes
from agent.policy.dropins import PART, dropin_mistakes, narrowed
from agent.policy.jsontext import MAX_BYTES, decode
from agent.policy.keys import children
from agent.policy.mistakes import Mistake, PolicyInvalid
from agent.policy.model import Policy, notice_hash
from agent.policy.scope import is_narrower, scope_hash
from agent.problems import AgentError, Refused

__all__ = ["Loaded", "Policy", "find", "is_narrower", "notice_hash", "parse", "read", "scope_hash"]

SYSTEM: Final = Path("/etc/aboveboard")
NAME: Final = "policy.json"
DROPINS: Final = "policy.d"
_ADMINISTRATOR: Final = 0
_OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class Loaded:
    """The policy in force. place: the file looked at. trial: it is a trial's.

    problem: why the file that lies there now was refused, while ``policy`` is the one accepted before it; else None.
    narrowed: files that narrow it further, by the path of each key they say.
    """

    policy: Policy
    place: str
    trial: bool
    problem: AgentError | None = None
    narrowed: dict[str, str] = field(default_factory=dict)


def parse(data: bytes, now: int, place: str = NAME) -> Policy:
    """The policy in ``data``. now: Unix seconds.

    Raises ``PolicyInvalid`` (an ``Invalid('policy-invalid')`` with ``mistakes``) for anything wrong, and
    ``Refused('policy-expired')`` for a right one whose time is over.
    """
    document, mistakes = decode(data)
    if document:
        mistakes += check(document)
    elif not mistakes:
        mistakes = [Mistake("file", "it is empty", "Start from the sample: aboveboard policy keys.")]
    if mistakes:
        raise PolicyInvalid(tuple(mistakes), place)
    policy = build(document)
    if now >= policy.not_after:
        raise Refused("policy-expired", not_after=_day(policy.not_after))
    return policy


def find(
    trial: Path | None = None,
    root: Path = SYSTEM,
    *,
    now: int,
    previous: Policy | None = None,
    owner: int = _ADMINISTRATOR,
    top: Path = Path("/"),
) -> Loaded:
    """The policy of this computer, narrowed by its drop-ins, or of a trial in folder ``trial``.

    previous: the one accepted last, None at the start. A file that is refused leaves it in force if it has not ended
    and allows nothing that the refused file does not also ask for; what cannot be compared counts as wider.
    owner, top: who the file and all folders from ``top`` down have to belong to.

    Raises ``Refused('no-organisation')`` without a file, ``Refused('trial-refused')``, ``Refused('policy-expired')``,
    ``Refused('policy-rolled-back')``, or ``PolicyInvalid``. A wrong drop-in leaves nothing in force: what it was to
    leave out is not known.
    """
    system = root / NAME
    if trial is None:
        place = system
    else:
        place = trial / NAME
        if _is_there(system):
            raise Refused("trial-refused", detail="This computer has a policy of its organisation.")
    data = b""
    try:
        data = read(place, os.getuid(), place.parent) if trial is not None else read(place, owner, top)
        policy = parse(data, now, str(place))
        if trial is not None and (wrong := trial_mistakes(decode(data)[0])):
            raise PolicyInvalid(tuple(wrong), str(place))
        if previous is not None and (
            policy.serial < previous.serial or (policy.serial == previous.serial and policy.hash != previous.hash)
        ):
            raise Refused("policy-rolled-back", serial=str(policy.serial), known=str(previous.serial))
    except AgentError as error:
        if previous is not None and error.code != "no-organisation" and _stays(previous, data, now):
            return _narrow(Loaded(previous, str(place), trial is not None, error), root, owner, top)
        raise
    return _narrow(Loaded(policy, str(place), trial is not None), root, owner, top)


def _narrow(loaded: Loaded, root: Path, owner: int, top: Path) -> Loaded:
    """Under the limits of this computer. A trial has none."""
    if loaded.trial:
        return loaded
    policy, sources = loaded.policy, dict(loaded.narrowed)
    for place in _dropins(root / DROPINS, owner):
        document, mistakes = decode(read(place, owner, top))
        if mistakes := [*mistakes, *(dropin_mistakes(document) if not mistakes else ())]:
            raise PolicyInvalid(tuple(mistakes), str(place))
        policy = narrowed(policy, document)
        sources |= dict.fromkeys((f"{PART}.{name}" for name in cast("dict[str, object]", document[PART])), str(place))
    return replace(loaded, policy=policy, narrowed=sources)


def _dropins(folder: Path, owner: int) -> list[Path]:
    """The files in it by name; what does not end in .json is left over from an installation, not a file of ours."""
    if not _is_there(folder):
        return []
    try:
        found = folder.lstat()
        wrong = _trusted(folder, found, owner)
        if not stat.S_ISDIR(found.st_mode):
            wrong.insert(0, Mistake("file", f"{folder} is not a folder", "Make it one, or take it away."))
        if wrong:
            raise PolicyInvalid(tuple(wrong), str(folder))
        return sorted(place for place in folder.iterdir() if place.name.endswith(".json"))
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "unknown"
        raise PolicyInvalid(
            (Mistake("file", f"{folder} cannot be read ({reason})", "Make it readable."),), str(folder)
        ) from None


def read(place: Path, owner: int, top: Path) -> bytes:
    """The bytes of a file that nobody but ``owner`` can have written.

    Raises ``Refused('no-organisation')`` if it is not there, ``PolicyInvalid`` if others may write it or a folder
    above it (up to ``top``), or if it is no ordinary file.
    """
    if not _is_there(place):
        raise Refused("no-organisation")
    try:
        found = place.lstat()
        wrong = _trusted(place, found, owner)
        if not stat.S_ISREG(found.st_mode):
            wrong.insert(
                0, Mistake("file", "it is not an ordinary file", "Put the file itself there, not a link to it.")
            )
        for folder in (place.parent, *place.parent.parents):
            wrong += _trusted(folder, folder.lstat(), owner)
            if folder == top:
                break
        if wrong:
            raise PolicyInvalid(tuple(wrong), str(place))
        with place.open("rb") as file:
            opened = os.fstat(file.fileno())
            if (opened.st_dev, opened.st_ino) != (found.st_dev, found.st_ino):
                raise PolicyInvalid(
                    (Mistake("file", "it was exchanged while it was read", "Nothing to do."),), str(place)
                )
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "unknown"
        raise PolicyInvalid(
            (Mistake("file", f"it cannot be read ({reason})", "Make it readable."),), str(place)
        ) from None


def _is_there(place: Path) -> bool:
    """Is there anything of that name? A folder one cannot look into counts as yes."""
    try:
        place.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _trusted(place: Path, found: os.stat_result, owner: int) -> list[Mistake]:
    wrong = []
    if stat.S_ISLNK(found.st_mode) and place.name != NAME:
        wrong.append(Mistake("file", f"{place} is a link", "Use the folder itself."))
    if found.st_uid not in {owner, _ADMINISTRATOR}:
        wrong.append(Mistake("file", f"{place} belongs to somebody else", f"chown {owner} {place}"))
    if found.st_mode & _OTHERS_MAY_WRITE and not stat.S_ISLNK(found.st_mode):
        wrong.append(Mistake("file", f"others may write {place}", f"chmod go-w {place}"))
    return wrong


def _stays(previous: Policy, refused: bytes, now: int) -> bool:
    if now >= previous.not_after:
        return False
    document, mistakes = decode(refused)
    if mistakes or not document:
        return False
    known = _known("", document)
    if check(known, signature=False):
        return False
    try:
        signed_bytes(known)
    except ValueError:
        return False
    return is_narrower(build(known), previous)


def _known(path: str, value: dict[str, object]) -> dict[str, object]:
    """Only the keys of the table: what an otherwise right file asks for, whatever unknown keys it was refused for."""
    result: dict[str, object] = {}
    for key in children(path):
        if key.name not in value:
            continue
        inside = value[key.name]
        if key.kind == "section" and isinstance(inside, dict):
            inside = _known(key.path, inside)
        elif key.kind == "sections" and isinstance(inside, list):
            inside = [_known(f"{key.path}[]", entry) if isinstance(entry, dict) else entry for entry in inside]
        result[key.name] = inside
    return result


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")
