"""Plain JSON values against the table and the rules between keys: every mistake at once. Pure."""

from __future__ import annotations

from typing import Final, cast

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from agent.policy.keys import FORBIDDEN_USES, NEEDED, Key, children
from agent.policy.leaves import is_loopback, raw, service, unix, wrong
from agent.policy.mistakes import Mistake, shown
from agent.policy.never import never

_ADD: Final = "Add it."
_ONLY_KNOWN: Final = "Take it out; aboveboard policy keys lists all there are."


def signed_bytes(document: dict[str, object]) -> bytes:
    """What the signature covers: RFC 8785 bytes of the document without its signature.

    Raises ``ValueError`` for what has no such bytes (half of a surrogate pair).
    """
    body = {name: value for name, value in document.items() if name != "signature"}
    try:
        return rfc8785.dumps(body)  # type: ignore[arg-type]  # its alias of JSON types is private
    except (rfc8785.CanonicalizationError, UnicodeError):
        raise ValueError("no canonical bytes") from None


def check(document: dict[str, object], *, signature: bool = True) -> list[Mistake]:
    """Everything wrong with a decoded policy. signature=False: it is not signed yet, so that is not asked."""
    mistakes: list[Mistake] = []
    _section("", "", document, mistakes, skip=() if signature else ("signature",))
    mistakes += _between(document)
    if signature:
        mistakes += _signature(document)
    return mistakes


def section_mistakes(path: str, value: dict[str, object]) -> list[Mistake]:
    """Everything wrong with one section of the table by itself."""
    mistakes: list[Mistake] = []
    _section(path, path, value, mistakes)
    return mistakes


def filled(document: dict[str, object]) -> dict[str, object]:
    """The document with the defaults of the table where it says nothing. Only for one without mistakes."""
    return _fill("", document)


def stated(document: dict[str, object]) -> frozenset[str]:
    """Paths of the table that the document itself has."""
    return frozenset(_paths("", document))


# ---------------------------------------------------------------- one key at a time


def _section(path: str, place: str, value: dict[str, object], into: list[Mistake], skip: tuple[str, ...] = ()) -> None:
    known = {key.name: key for key in children(path)}
    for name, key in known.items():
        if name in skip:
            continue
        here = f"{place}.{name}" if place else name
        if name in value:
            _value(key, here, value[name], into)
        elif key.default is NEEDED:
            into.append(Mistake(here, "it is missing", _ADD))
    for name in value:
        if name not in known:
            here = f"{place}.{shown(name)}" if place else shown(name)
            reason = never(name)
            if reason:
                into.append(Mistake(here, "no policy can ever say this", f"{reason} Take it out."))
            else:
                into.append(Mistake(here, "there is no such key", _ONLY_KNOWN))


def _value(key: Key, place: str, value: object, into: list[Mistake]) -> None:
    match key.kind:
        case "section":
            if isinstance(value, dict):
                _section(key.path, place, value, into)
            else:
                into.append(Mistake(place, "it is not a section", "It has the form {...}."))
        case "sections":
            if not isinstance(value, list) or not key.least <= len(value) <= key.most:
                count = f"{key.least} to {key.most}" if key.least < key.most else str(key.least)
                into.append(
                    Mistake(place, "it is not a list of the right length", f"It has {count} entries [{{...}}].")
                )
            for index, item in enumerate(value[: key.most] if isinstance(value, list) else ()):
                if isinstance(item, dict):
                    _section(f"{key.path}[]", f"{place}[{index}]", item, into)
                else:
                    into.append(Mistake(f"{place}[{index}]", "it is not a section", "It has the form {...}."))
        case _:
            expected = wrong(key, value)
            if expected is not None:
                into.append(Mistake(place, "it has a wrong value", f"Expected: {expected}."))


def _fill(path: str, value: dict[str, object]) -> dict[str, object]:
    result: dict[str, object] = {}
    for key in children(path):
        if key.kind == "section":
            result[key.name] = _fill(key.path, cast("dict[str, object]", value.get(key.name, {})))
        elif key.kind == "sections":
            entries = cast("list[dict[str, object]]", value[key.name])
            result[key.name] = [_fill(f"{key.path}[]", entry) for entry in entries]
        else:
            default = list(key.default) if isinstance(key.default, tuple) else key.default
            result[key.name] = value.get(key.name, default)
    return result


def _paths(path: str, value: dict[str, object]) -> list[str]:
    found: list[str] = []
    for key in children(path):
        inside = value.get(key.name)
        if key.name not in value:
            continue
        found.append(key.path)
        if key.kind == "section" and isinstance(inside, dict):
            found += _paths(key.path, inside)
        elif key.kind == "sections" and isinstance(inside, list):
            for entry in inside:
                found += _paths(f"{key.path}[]", entry if isinstance(entry, dict) else {})
    return found


# ---------------------------------------------------------------- rules between keys
# These look at files that may be wrong elsewhere: whatever has not the right type is passed over, it is listed already.


def _dict(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _between(document: dict[str, object]) -> list[Mistake]:
    notice, delivery = _dict(document.get("notice")), _dict(document.get("delivery"))
    mistakes: list[Mistake] = []
    mistakes += _twice("notice.purposes", _list(notice.get("purposes")))
    mistakes += _twice("notice.recipients", _list(notice.get("recipients")))
    mistakes += _controllers(_list(notice.get("recipients")))
    mistakes += _languages(notice)
    begin, end = notice.get("effective_from"), document.get("not_after")
    if isinstance(begin, str) and isinstance(end, str):
        first, last = unix(begin), unix(end)
        if first is not None and last is not None and first >= last:
            mistakes.append(Mistake("not_after", "it is not after notice.effective_from", "Give a later time."))
    collector, host = delivery.get("collector"), notice.get("collector_host")
    if isinstance(collector, str) and isinstance(host, str):
        found = service(collector)
        if found is not None and found[1] != host:
            remedy = "The notice names the host that delivery.collector sends to."
            mistakes.append(Mistake("notice.collector_host", "it is not the host of delivery.collector", remedy))
    uses = notice.get("forbidden_uses")
    if isinstance(uses, list) and all(isinstance(use, str) for use in uses):
        missing = sorted(set(FORBIDDEN_USES) - set(uses))
        if missing:
            mistakes.append(Mistake("notice.forbidden_uses", "it leaves out " + ", ".join(missing), "Name all four."))
    return mistakes


def _twice(place: str, entries: list[object]) -> list[Mistake]:
    mistakes: list[Mistake] = []
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        name = _dict(entry).get("id")
        if isinstance(name, str):
            if name in seen:
                mistakes.append(Mistake(f"{place}[{index}].id", "another entry has the same id", "Give it its own."))
            seen.add(name)
    return mistakes


def _controllers(entries: list[object]) -> list[Mistake]:
    """One steward; beside it at most one works council, whose key is its own: a share each, or the second is a show."""
    mistakes: list[Mistake] = []
    roles = [role for entry in entries if isinstance(role := _dict(entry).get("role"), str)]
    if len(roles) == len(entries) and roles and roles.count("steward") != 1:
        remedy = "Exactly one recipient has the role steward; a second one has the role works-council."
        mistakes.append(Mistake("notice.recipients", "it does not name exactly one steward", remedy))
    keys = [raw(key) if isinstance(key := _dict(entry).get("key"), str) else None for entry in entries]
    for index, key in enumerate(keys):
        if key is not None and key in keys[:index]:
            remedy = "Each recipient makes a key of its own, on a computer of its own."
            mistakes.append(Mistake(f"notice.recipients[{index}].key", "another recipient has the same key", remedy))
    return mistakes


def _languages(notice: dict[str, object]) -> list[Mistake]:
    languages = [language for language in _list(notice.get("languages")) if isinstance(language, str)]
    mistakes: list[Mistake] = []
    for index, purpose in enumerate(_list(notice.get("purposes"))):
        for name in ("title", "where"):
            texts, place = _dict(purpose).get(name), f"notice.purposes[{index}].{name}"
            if not isinstance(texts, dict) or not languages:
                continue
            if languages[0] not in texts:
                mistakes.append(Mistake(place, f"it is not there in {shown(languages[0])}", _ADD))
            for language in sorted(set(texts) - set(languages)):
                remedy = "Name the language in notice.languages too."
                mistakes.append(Mistake(place, f"{shown(language)} is not a language of the notice", remedy))
    return mistakes


def _signature(document: dict[str, object]) -> list[Mistake]:
    """Does the organisation's key, which the employee sees as words, sign all the rest?"""
    key, signature = _dict(document.get("notice")).get("organisation_key"), document.get("signature")
    public = raw(key) if isinstance(key, str) else None
    given = raw(signature) if isinstance(signature, str) else None
    if public is None or given is None or len(public) != 32 or len(given) != 64:
        return []
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(given, signed_bytes(document))
    except (InvalidSignature, ValueError):
        return [
            Mistake(
                "signature",
                "it is not the signature of this text by notice.organisation_key",
                "Sign the file again after every change: aboveboard-steward sign-policy.",
            )
        ]
    return []


def trial_mistakes(document: dict[str, object]) -> list[Mistake]:
    """What a trial may not say: it sends to this very computer only."""
    collector = _dict(document.get("delivery")).get("collector")
    found = service(collector) if isinstance(collector, str) else None
    if found is not None and is_loopback(found[1]):
        return []
    return [
        Mistake(
            "delivery.collector", "a trial sends to this computer only", "Give an address like http://127.0.0.1:8443."
        )
    ]
