"""Everything generated from the table: JSON Schema, the page of keys, checking a draft, explaining a policy."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any, Final, TypedDict

from agent.policy.dropins import PART, dropin_mistakes
from agent.policy.jsontext import MAX_BYTES, decode
from agent.policy.keys import KEYS, NEEDED, Key, children
from agent.policy.load import Loaded, parse
from agent.policy.mistakes import Mistake, PolicyInvalid
from agent.policy.model import Policy, encoded
from agent.policy.never import NEVER
from agent.problems import AgentError

_HIDDEN: Final = frozenset({"delivery.enrolment_token"})


class Row(TypedDict):
    """One key of a policy in force."""

    key: str
    value: object
    source: str
    tighter: str
    meaning: str


class Explanation(TypedDict):
    """What ``policy explain`` answers."""

    place: str
    trial: bool
    hash: str
    problem: str
    keys: list[Row]


_STRINGS: Final[dict[str, dict[str, Any]]] = {
    "id": {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{0,63}$"},
    "time": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
    "date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    "ed25519": {"type": "string", "minLength": 44, "maxLength": 44},
    "hpke": {"type": "string", "minLength": 1624, "maxLength": 1624},
    "signature": {"type": "string", "minLength": 88, "maxLength": 88},
    "host": {"type": "string", "maxLength": 253},
    "service": {"type": "string", "pattern": "^https?://"},
    "link": {"type": "string", "pattern": "^https://"},
    "proxy": {"type": "string", "pattern": "^https?://"},
    "pem": {"type": "string", "pattern": "^-----BEGIN CERTIFICATE-----"},
    "token": {"type": "string", "pattern": "^[!-~]{1,200}$"},
    "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
}
_ITEMS: Final[dict[str, dict[str, Any]]] = {
    "programs": {"type": "string", "minLength": 1, "maxLength": 128},
    "programs-or-all": {"type": "string", "minLength": 1, "maxLength": 128},
    "countries": {"type": "string", "pattern": "^[A-Z]{2}$"},
    "hours": {"type": "string", "pattern": r"^[a-z]{3}( [a-z]{3}){0,6} \d\d:\d\d-\d\d:\d\d$"},
    "languages": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Z][A-Za-z]{1,7})?$"},
}


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the file, closed at every level."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Aboveboard policy",
        **_object(""),
    }


def _object(path: str) -> dict[str, Any]:
    keys = children(path)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [key.name for key in keys if key.default is NEEDED],
        "properties": {key.name: {"description": key.it, **_of(key)} for key in keys},
    }


def _of(key: Key) -> dict[str, Any]:
    if key.kind == "section":
        return _object(key.path)
    found = _list(key) or _single(key)
    if key.default == "":
        found = {"anyOf": [{"const": ""}, found]}
    if key.default is not NEEDED:
        found["default"] = list(key.default) if isinstance(key.default, tuple) else key.default
    return found


def _list(key: Key) -> dict[str, Any]:
    items = {**_ITEMS, "sections": None, "choices": {"enum": list(key.choices)}}
    if key.kind not in items:
        return {}
    found: dict[str, Any] = {"type": "array", "minItems": key.least, "maxItems": key.most or len(key.choices)}
    if key.kind == "sections":
        return {**found, "items": _object(f"{key.path}[]")}
    return {**found, "uniqueItems": True, "items": items[key.kind]}


def _single(key: Key) -> dict[str, Any]:
    match key.kind:
        case "whole":
            return {"type": "integer", "minimum": key.least, "maximum": key.most}
        case "yes-no":
            return {"type": "boolean"}
        case "texts":
            return {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string", "minLength": 1}}
        case "choice":
            return {"enum": list(key.choices)}
        case "text":
            return {"type": "string", "minLength": 1, "maxLength": key.most}
    return dict(_STRINGS[key.kind])


def keys_page() -> str:
    """Every key a policy may have, and those it may never have, as text."""
    lines = ["Keys of a policy file. A file with any other key is refused whole.", ""]
    for key in KEYS:
        needed = "needed" if key.default is NEEDED else f"default {_said(key.default)}"
        rule = f"; {key.tighter} is tighter" if key.tighter else ""
        extent = f"; {key.least} to {key.most}" if key.kind == "whole" else ""
        one_of = f"; one of {', '.join(key.choices)}" if key.choices else ""
        lines += [f"{key.path}  ({key.kind}; {needed}{extent}{one_of}{rule})", f"    {key.it}"]
        lines += [f"    The employee reads: {key.employee}"]
    lines += ["", "No policy can ever have these keys:", ""]
    lines += [f"{name}: {reason}" for name, reason in NEVER.items()]
    return "\n".join(lines) + "\n"


def _said(default: object) -> str:
    if isinstance(default, tuple):
        return "[" + ", ".join(map(str, default)) + "]"
    return '""' if default == "" else str(default).lower() if isinstance(default, bool) else str(default)


def validate_file(path: Path, now: int) -> list[Mistake]:
    """Everything wrong with a policy or a drop-in, whoever owns it; empty for a valid one. now: Unix seconds."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return [Mistake("file", "it is not an ordinary file", "Name the policy file.")]
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        document, _ = decode(data)
        if set(document) == {PART}:
            return dropin_mistakes(document)
        parse(data, now, str(path))
    except OSError:
        return [Mistake("file", "it cannot be read", "Check its name and who may read it.")]
    except PolicyInvalid as invalid:
        return list(invalid.mistakes)
    except AgentError as error:
        return [Mistake("not_after", str(error), "Give a later time and a higher serial, and sign again.")]
    return []


def explain(loaded: Loaded) -> Explanation:
    """Every key of the policy in force with its value, where that comes from, and what it means."""
    policy = loaded.policy
    rows: list[Row] = []
    for key in KEYS:
        if key.kind in {"section", "sections"} or key.path == "signature":
            continue
        value: object = "(not shown)" if key.path in _HIDDEN else _value(policy, key.path)
        rows.append(
            Row(
                key=key.path,
                value=value,
                source=loaded.narrowed.get(key.path, loaded.place if key.path in policy.stated else "default"),
                tighter=key.tighter,
                meaning=key.it,
            )
        )
    return Explanation(
        place=loaded.place,
        trial=loaded.trial,
        hash=policy.hash,
        problem="" if loaded.problem is None else str(loaded.problem),
        keys=rows,
    )


def _value(policy: Policy, path: str) -> object:
    if path == "format":
        return 1
    found: object = policy
    for step in path.split("."):
        name = step.removesuffix("[]")
        found = [getattr(entry, name) for entry in found] if isinstance(found, tuple) else getattr(found, name)
    return _plain(found)


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return encoded(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
