"""Who opened what was sent, by the collector's public log: read about once a day under an agreement, and when asked.

The number of entries seen and the hash of the last stay in the profile, so that a log that was cut or written anew is
told from one that grew. A contradiction is kept with what was served, and never taken back by a later answer.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

import msgspec

from agent.engine.delivery import HISTORY
from agent.problems import Invalid
from agent.protocol import OpeningRow, Openings
from agent.seal import key_id
from agent.seal.opening import NOTHING
from agent.upload import Heard, OpeningsChanged, OpeningsSeen, OpeningsUnread

if TYPE_CHECKING:  # the engine is what is served; only the type comes from there
    from agent.engine.engine import Engine

SECTION: Final = "openings"
#: Openings in one answer: keeps it below the longest line of the protocol.
MOST: Final = 2000
DAY: Final = 86_400
HOUR: Final = 3600


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """count and head: how far the log was seen, the hash of the last entry. changed: how it was contradicted, in words,
    empty if it never was; proof: the entry that does so.
    """

    count: int = 0
    head: str = NOTHING
    checked_at: int | None = None
    rows: tuple[OpeningRow, ...] = ()
    changed: str = ""
    proof: str = ""


class OpenedBy:
    """What is known of the log; asks nothing itself."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._next: float | None = None
        self._unread = ""

    def known(self) -> Known | None:
        """What was seen so far; None while nothing was sent that could be in the log. Raises ``Invalid``."""
        engine = self._engine
        if engine.stores.opened is None or not any(row.state in HISTORY for row in engine.delivery.sent()):
            return None
        found = engine.stores.opened.profile.get(SECTION)
        if found is None:
            return Known()
        try:
            return msgspec.convert(found, Known)
        except msgspec.ValidationError:
            raise Invalid("store-damaged", detail="What was known of openings cannot be read.") from None

    def due(self) -> bool:
        """Is it time to look, under an agreement? At a moment that nobody can tell from anything the person does."""
        engine, now = self._engine, self._engine.now()
        effective = engine.effective
        if effective is None or not effective.cells:
            return False
        known = self.known()
        if known is None:
            return False
        self._show(known)
        if self._next is None:
            rest = 0 if known.checked_at is None else max(0, known.checked_at + DAY // 2 - engine.wall())
            self._next = now + min(rest, DAY) + _within(6 * HOUR)
        return now >= self._next

    def asked(self) -> None:
        """Somebody looks now: the next time is in half a day to a day and a half."""
        self._next = self._engine.now() + DAY // 2 + _within(DAY)

    def came(self, heard: Heard) -> None:
        """Write down what was heard; what contradicts what was known overwrites nothing of it."""
        known = self.known()
        if known is None or self._engine.stores.opened is None:
            return
        if isinstance(heard, OpeningsUnread):
            self._unread = heard.detail or "No answer."
            return
        self._unread = ""
        if isinstance(heard, OpeningsSeen) and heard.after == known.count:
            mine = {row.batch for row in self._engine.delivery.sent()}
            rows = tuple(
                OpeningRow(
                    number=entry.number,
                    at=entry.at(),
                    batches=tuple(batch for batch in entry.batches if batch in mine),
                    others=sum(batch not in mine for batch in entry.batches),
                    written=entry.written,
                    keys=entry.keys,
                )
                for entry in heard.entries
            )
            count = known.count + len(rows)
            known = msgspec.structs.replace(
                known, count=count, head=heard.head, checked_at=self._engine.wall(), rows=(*known.rows, *rows)
            )
        elif isinstance(heard, OpeningsChanged) and not known.changed:
            known = msgspec.structs.replace(known, changed=heard.detail, proof=heard.proof)
        else:
            return
        self._engine.stores.opened.profile.put(SECTION, msgspec.to_builtins(known))
        self._show(known)

    def page(self, re: int) -> Openings:
        """The answer to the window, newest first."""
        known, policy = self.known(), self._engine.terms.policy
        if known is None:
            return Openings(re=re, rows=(), checked_at=None)
        recipients = policy.notice.recipients if policy is not None else ()
        names = {key_id(recipient.key): recipient.name for recipient in recipients}
        rows = tuple(
            msgspec.structs.replace(row, keys=tuple(names.get(key, key) for key in row.keys))
            for row in known.rows[-MOST:][::-1]
        )
        problem = "openings-changed" if known.changed else "openings-unreachable" if self._unread else ""
        return Openings(re=re, rows=rows, checked_at=known.checked_at, problem=problem)

    def _show(self, known: Known) -> None:
        wrong = Invalid("openings-changed", detail=known.changed) if known.changed else None
        self._engine.problems.replace("openings", wrong)


def _within(seconds: int) -> int:
    return secrets.randbelow(seconds)
