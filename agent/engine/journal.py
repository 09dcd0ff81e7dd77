"""What happened between the employee and who asks: notices that came, noes to what was new, agreements that ran out.

It lies in the profile and never leaves this computer: the ledger, whose size travels inside seals, holds none of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

import msgspec

from agent import consent
from agent.consent import ConsentState
from agent.engine.stores import Stores
from agent.policy.load import Policy
from agent.policy.model import notice_hash, offered
from agent.policy.scope import Scope, scope
from agent.protocol import Change
from agent.records import Cell

EVENT: Final = "journal/"
ASKED: Final = "asked"

Kind: TypeAlias = Literal["policy", "declined", "expired", "ended"]


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """at: Unix seconds. notice: id and version. cells: what was answered. changes: since the notice before."""

    at: int
    kind: Kind
    notice: str
    serial: int
    cells: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()


class Journal:
    """Reads and writes events of the open profile; without one nothing is known and nothing is kept."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._noted = ""

    def events(self) -> list[Event]:
        """Newest first. One that cannot be read is left out; the profile counts it as damaged."""
        opened = self._stores.opened
        if opened is None:
            return []
        found = []
        for section in sorted((name for name in opened.profile.sections() if name.startswith(EVENT)), reverse=True):
            try:
                found.append(msgspec.convert(opened.profile.get(section), Event))
            except msgspec.ValidationError:
                continue
        return found

    def append(
        self,
        kind: Kind,
        at: int,
        policy: Policy | None,
        *,
        cells: Iterable[Cell] = (),
        changes: tuple[Change, ...] = (),
    ) -> None:
        """Durable when it returns. Raises ``Unavailable('store-failed')``."""
        profile = self._stores.open().profile
        last = max((int(name[len(EVENT) :]) for name in profile.sections() if name.startswith(EVENT)), default=0)
        notice = f"{policy.notice.id} {policy.notice.version}" if policy is not None else ""
        event = Event(at, kind, notice, policy.serial if policy is not None else 0, tuple(sorted(cells)), changes)
        profile.put(f"{EVENT}{last + 1:08}", msgspec.to_builtins(event))

    def arrived(self, policy: Policy, at: int) -> tuple[Change, ...] | None:
        """A policy is in force: what differs from the one noted before; None if it is the same or nothing is open."""
        opened = self._stores.opened
        # The limits of this computer may change under the same signed file.
        asks = f"{policy.hash} {notice_hash(policy)}"
        if opened is None or self._noted == asks:
            return None
        known = opened.profile.get(ASKED)
        before = _scopes(known)
        now = tuple(found for cell in sorted(offered(policy)) if (found := scope(policy, *cell)) is not None)
        told: tuple[Change, ...] | None = None
        if not isinstance(known, dict) or known.get("hash") != asks:
            told = () if before is None else plain(consent.changes(before, now))
            self.append("policy", at, policy, changes=told)
            opened.profile.put(ASKED, {"hash": asks, "scopes": [found.to_json() for found in now]})
        self._noted = asks
        return told

    def ran_out(self, state: ConsentState, policy: Policy | None) -> None:
        """An agreement has ended by itself: said once, at the moment it did."""
        end = consent.valid_until(state)
        if end is not None and not any(event.kind == "expired" and event.at == end for event in self.events()):
            self.append("expired", end, policy, cells=(cell for cell, _ in consent.given_cells(state)))


def plain(found: Iterable[consent.Change]) -> tuple[Change, ...]:
    """As messages and files carry them."""
    return tuple(
        Change(
            purpose=change.purpose,
            category=change.category,
            what=change.what,
            sort=change.sort,
            before=change.before,
            after=change.after,
        )
        for change in found
    )


def _scopes(known: object) -> tuple[Scope, ...] | None:
    rows = known.get("scopes") if isinstance(known, dict) else None
    if not isinstance(rows, list):
        return None
    return tuple(found for row in rows if (found := Scope.from_json(row)) is not None)
