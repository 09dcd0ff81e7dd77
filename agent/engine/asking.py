"""Deletion of what was sent: asked for durably, asked again over restarts and outages, and believed only when signed.

It needs no agreement: the right outlives it. Entries go into the log of the pseudonym that sealed the batch, so that
the log of a later one, whose length travels, tells nothing of it.

Confirmed, in an order that survives a crash: 1. the collector's word is kept; 2. the log says so; 3. the line says so;
4. key and secret go; 5. the bytes go. What was not reached is done again: the collector gives its word twice.
"""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec

from agent.engine.delivery import HISTORY, RECEIPT, TOMBSTONE, Delivery
from agent.engine.opened_by import OpenedBy
from agent.engine.slots import decoded, read_slot
from agent.ledger import Ledger
from agent.problems import AgentError, Unavailable
from agent.upload import Asker, Erased, Heard, NotErased

if TYPE_CHECKING:  # the engine is what is served; only the types come from there
    from agent.engine.engine import Engine
    from agent.engine.stores import Stores

#: In the profile while a withdrawal that wished for deletion is carried through.
DELETES: Final = "withdrawal-deletes"
#: States in which a batch is, or may be, at the collector.
_THERE: Final = HISTORY | {"uploading"}


def ask_deletion(stores: Stores, delivery: Delivery, batch: str, now: int) -> bool:
    """Write the wish down. False: there is nothing (more) to wish for, or no secret to wish with."""
    row = next((row for row in delivery.sent() if row.batch == batch), None)
    slot = read_slot(stores.open().profile, batch)
    if row is None or row.state not in _THERE or row.deletion or slot.erasure_secret is None:
        return False
    _enter(stores, slot.generation, "deletion-asked", batch, now)
    delivery.change(batch, deletion="asked", deletion_at=now)
    return True


def confirm_deletion(stores: Stores, delivery: Delivery, erased: Erased, now: int) -> None:
    """The collector has signed. Twice is fine. Raises ``Unavailable('deletion-unconfirmed')`` if it is not the one that
    signed for having the batch.
    """
    opened, batch = stores.open(), erased.batch_id
    row = next((row for row in delivery.sent() if row.batch == batch), None)
    if row is None:
        return
    had = _had_by(decoded(opened.profile.get(f"{RECEIPT}{batch}")))
    if had and had != erased.collector:
        raise Unavailable("deletion-unconfirmed", detail=f"{erased.collector} answers, but {had} has it.")
    opened.profile.put(f"{TOMBSTONE}{batch}", base64.b64encode(erased.document).decode())
    _enter(stores, read_slot(opened.profile, batch).generation, "deletion-confirmed", batch, now)
    if row.deletion != "confirmed":
        state = row.state if row.state in HISTORY else "unknown"
        delivery.change(batch, deletion="confirmed", deletion_at=now, state=state)
    delivery.forget_erased(batch)


def _had_by(receipt: bytes | None) -> str:
    """The host that signed for a batch; empty without a receipt."""
    found = msgspec.json.decode(receipt, type=dict[str, object]) if receipt is not None else {}
    inner = found.get("receipt")
    host = inner.get("collector") if isinstance(inner, dict) else None
    return host if isinstance(host, str) else ""


def _enter(stores: Stores, generation: int | None, kind: str, batch: str, now: int) -> None:
    """One entry in the log of that pseudonym, unless it is there."""
    if generation is None:
        return
    opened, mine = stores.open(), generation == stores.choices.generation
    ledger = opened.ledger if mine else Ledger.open(stores.ledger_file(generation), opened.vault)
    try:
        if not any(entry.kind == kind and entry.facts.get("batch") == batch for entry in ledger.entries()):
            ledger.append(kind, {"batch": batch}, now)
    finally:
        if not mine:
            ledger.close()


class Asking:
    """One asker or none."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asker: Asker | None = None
        self._under = ""
        self._heard: list[Heard] = []
        self.log = OpenedBy(engine)

    def ask(self, batches: tuple[str, ...]) -> int:
        """Wish for the deletion of these (none: of all); how many that are now."""
        engine = self._engine
        wanted = batches or tuple(row.batch for row in engine.delivery.sent())
        wall = engine.wall()
        count = sum(ask_deletion(engine.stores, engine.delivery, batch, wall) for batch in dict.fromkeys(wanted))
        self.follow(now=True)
        return count

    def follow(self, *, now: bool = False) -> None:
        """Ask for what is wished for and not confirmed. now: somebody has just wished; else as the schedule says."""
        engine, opened = self._engine, self._engine.stores.opened
        self._take()
        if self.log.due():
            self.look()
        if opened is None:
            return
        waiting = [row for row in engine.delivery.sent() if row.deletion == "asked"]
        wishes: dict[str, bytes] = {}
        for row in waiting:
            secret = read_slot(opened.profile, row.batch).erasure_secret
            if secret is not None:
                wishes[row.batch] = secret
        if not wishes:
            engine.problems.replace("deletion", None)
            return
        asker = self._reach()
        if asker is not None:
            asker.erase(wishes, now=now)

    def look(self) -> None:
        """Read the log of openings, if anything was sent that could be in it."""
        known = self.log.known()
        if known is not None and (asker := self._reach()) is not None:
            self.log.asked()
            asker.look(known.count, known.head)

    def came(self, heard: Heard) -> None:
        """News of the asker."""
        self._heard.append(heard)
        self._engine.trying(self._take)

    def stop(self) -> None:
        """Nothing more is asked."""
        if self._asker is not None:
            self._asker.stop()
            self._asker = None

    # ------------------------------------------------------------ inside

    def _reach(self) -> Asker | None:
        """Who asks, at where the policy says today; None, and said why, if it says nothing usable."""
        engine, policy = self._engine, self._engine.terms.policy
        if self._asker is not None and policy is not None and policy.hash == self._under:
            return self._asker
        self.stop()
        try:
            destination = replace(engine.terms.destination(), token=None)
        except AgentError as error:
            engine.problems.replace("deletion", Unavailable("deletion-unconfirmed", detail=str(error)))
            return None
        self._asker = Asker(destination, engine.inbox.put)
        self._under = policy.hash if policy is not None else ""
        return self._asker

    def _take(self) -> None:
        """Write the news down. What cannot be written stays, for the next time."""
        engine = self._engine
        while self._heard:
            heard = self._heard[0]
            if isinstance(heard, Erased):
                self._confirm(heard)
            elif isinstance(heard, NotErased):
                engine.problems.replace("deletion", Unavailable("deletion-unconfirmed", detail=heard.detail))
            else:
                self.log.came(heard)
            del self._heard[0]

    def _confirm(self, erased: Erased) -> None:
        engine = self._engine
        if engine.stores.opened is None:
            return  # it is asked again after the next start, and says the same
        wrong: Unavailable | None = None
        try:
            confirm_deletion(engine.stores, engine.delivery, erased, engine.wall())
        except Unavailable as error:
            if error.code != "deletion-unconfirmed":
                raise
            wrong = error
        engine.problems.replace("deletion", wrong)
