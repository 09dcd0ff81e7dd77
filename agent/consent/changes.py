"""What differs between what was agreed and what is asked, fact by fact, for people to read. Pure."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Final, Literal, TypeAlias

from agent.consent.state import ConsentState, pending
from agent.policy.fingerprint import words
from agent.policy.model import Policy
from agent.policy.scope import Scope, scope

Sort: TypeAlias = Literal["new", "gone", "wider", "narrower"]

#: Which facts of a scope say what the cell is, and so cannot differ between two scopes of it.
_NAMES: Final = frozenset({"organisation", "purpose", "category"})


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of one cell. what: a field of ``Scope``, or ``cell`` for a cell that is new or gone.

    sort: ``wider`` and ``new`` need a yes; ``narrower`` and ``gone`` apply at once.
    """

    purpose: str
    category: str
    what: str
    sort: Sort
    before: str = ""
    after: str = ""


def changes(then: Iterable[Scope], now: Iterable[Scope]) -> tuple[Change, ...]:
    """Every difference, by cell and then by fact. Scopes of another organisation are other cells."""
    old = {(found.organisation, found.purpose, found.category): found for found in then}
    new = {(found.organisation, found.purpose, found.category): found for found in now}
    result: list[Change] = []
    for place in sorted(old.keys() | new.keys()):
        before, after = old.get(place), new.get(place)
        if before is None or after is None:
            result.append(Change(place[1], place[2], "cell", "new" if before is None else "gone"))
        else:
            result += _of_one_cell(before, after)
    return tuple(result)


def asked_anew(state: ConsentState, policy: Policy, now: int) -> tuple[Change, ...]:
    """Of the cells that wait for an answer, everything that goes further than what was agreed."""
    new = pending(state, policy, now)
    wanted = [found for cell in sorted(new) if (found := scope(policy, *cell)) is not None]
    return tuple(
        change
        for change in changes((grant.scope for grant in state.grants), wanted)
        if (change.purpose, change.category) in new and change.sort in {"new", "wider"}
    )


def _of_one_cell(before: Scope, after: Scope) -> list[Change]:
    found = []
    for field in fields(Scope):
        was, is_ = getattr(before, field.name), getattr(after, field.name)
        if field.name in _NAMES or was == is_:
            continue
        # By itself: would the yes still cover it if nothing but this had changed?
        less = before.covers(replace(before, **{field.name: is_}))
        sort: Sort = "narrower" if less else "wider"
        found.append(
            Change(after.purpose, after.category, field.name, sort, _said(field.name, was), _said(field.name, is_))
        )
    return found


def _said(what: str, value: object) -> str:
    """A fact as one line. Keys are said as words: that is what a person can compare."""
    match value:
        case bool():
            said = "yes" if value else "no"
        case str():
            said = _key(value) if what == "organisation_key" else value
        case tuple() if what == "recipients":
            said = "; ".join(f"{row[2]} ({_key(row[4])})" for row in value)
        case tuple() if what in {"title", "where"}:
            said = " / ".join(text for _, text in value)
        case tuple():
            said = ", ".join(value)
        case _:
            said = str(value)
    return said


def _key(text: str) -> str:
    try:
        return " ".join(words(base64.b64decode(text, validate=True)))
    except (binascii.Error, ValueError):
        return text
