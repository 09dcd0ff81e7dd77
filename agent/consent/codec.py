"""Consent as plain values and back. Reading is all or nothing: one damaged fact and nothing was agreed. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from agent.consent.grant import Grant
from agent.policy.scope import Scope, category

FORMAT: Final = 1
LONGEST_LANGUAGE: Final = 16
#: The year 9000: beyond it there is no year to add.
_LAST_MOMENT: Final = 221_845_392_000
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_NAMES: Final = frozenset(
    {
        "format",
        "decision",
        "organisation",
        "grants",
        "answered",
        "decided_at",
        "acknowledged",
        "acknowledged_at",
        "latest",
    }
)
_GRANT_NAMES: Final = frozenset({"scope", "scope_hash", "given_at", "notice", "language", "shown"})


@dataclass(frozen=True, slots=True)
class Fields:
    """A stored state whose values have their types."""

    decision: str
    organisation: str
    grants: tuple[Grant, ...]
    answered: tuple[Scope, ...]
    decided_at: int
    acknowledged: str
    acknowledged_at: int
    latest: int


def grant_to_json(grant: Grant) -> dict[str, object]:
    """Plain values, with the scope's hash beside the scope."""
    return {
        "scope": grant.scope.to_json(),
        "scope_hash": grant.scope.hash(),
        "given_at": grant.given_at,
        "notice": grant.notice,
        "language": grant.language,
        "shown": grant.shown,
    }


def fields(value: object) -> Fields | None:
    """The values of a stored state; None if anything is not as it was written."""
    if not isinstance(value, dict) or set(value) != _NAMES or value["format"] != FORMAT:
        return None
    texts = [value[name] for name in ("decision", "organisation", "acknowledged")]
    moments = [_moment(value[name]) for name in ("decided_at", "acknowledged_at", "latest")]
    grants, answered = _grants(value["grants"]), _scopes(value["answered"])
    decision, organisation, acknowledged = texts
    decided_at, acknowledged_at, latest = moments
    if (
        grants is None
        or answered is None
        or not isinstance(decision, str)
        or not isinstance(organisation, str)
        or not (acknowledged == "" or _is_hash(acknowledged))
        or decided_at is None
        or acknowledged_at is None
        or latest is None
        or any(grant.given_at != decided_at for grant in grants)
    ):
        return None
    return Fields(decision, organisation, grants, answered, decided_at, acknowledged, acknowledged_at, latest)


def _grants(value: object) -> tuple[Grant, ...] | None:
    if not isinstance(value, list):
        return None
    found = [_grant(entry) for entry in value]
    grants = tuple(grant for grant in found if grant is not None)
    cells = [grant.cell for grant in grants]
    return grants if len(grants) == len(found) and len(set(cells)) == len(cells) else None


def _grant(value: object) -> Grant | None:
    if not isinstance(value, dict) or set(value) != _GRANT_NAMES:
        return None
    scope, given_at, language = _scope(value["scope"]), _moment(value["given_at"]), value["language"]
    if (
        scope is None
        or category(scope.category) is None
        or scope.hash() != value["scope_hash"]
        or given_at is None
        or not _is_hash(value["notice"])
        or not _is_hash(value["shown"])
        or not isinstance(language, str)
        or not 1 <= len(language) <= LONGEST_LANGUAGE
    ):
        return None
    return Grant(scope, given_at, value["notice"], language, value["shown"])


def _scopes(value: object) -> tuple[Scope, ...] | None:
    if not isinstance(value, list):
        return None
    found = [_scope(entry) for entry in value]
    scopes = tuple(scope for scope in found if scope is not None)
    return scopes if len(scopes) == len(found) else None


def _scope(value: object) -> Scope | None:
    found = Scope.from_json(value)
    if found is None:
        return None
    try:
        found.hash()
    except ValueError:
        return None
    return found


def _moment(value: object) -> int | None:
    return value if type(value) is int and 0 <= value <= _LAST_MOMENT else None


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None
