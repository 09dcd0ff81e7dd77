"""From approved records to sealed batches on their way, in an order that survives a power cut at every step.

1. rows are marked with the batch they go into; 2. index and local slot know the batch; 3. the ledger says so; 4. the
ciphertext is durable in the outbox, from where it may leave at once; 5. the rows are erased. ``recover`` repairs a
crash in between: what may have left is never sealed a second time.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

from agent.engine.slots import SLOT, forget, read_slot
from agent.engine.stores import Stores
from agent.policy.load import Policy
from agent.profile import Profile
from agent.protocol import SentRow
from agent.records import Approved, Redacted, State, Stored
from agent.redaction import RedactionFailed
from agent.review import approve
from agent.seal import SealTerms, seal, split
from agent.upload import Accepted, Enrolled, Outcome, RefusedByCollector

INDEX: Final = "sent"
#: The collector's signed receipts, as they came: part of what a person can take along.
RECEIPT: Final = "receipt/"
#: Its signed words that it has deleted a batch, kept until everybody has to have deleted it.
TOMBSTONE: Final = "erased/"
#: The collector's signed word that this pseudonym may send; there is one at a time.
ENROLMENT: Final = "enrolment"
#: States of batches that have left, or may have.
HISTORY: Final = frozenset({"acknowledged", "unknown"})
DAY: Final = 86_400


class Delivery:
    """Seals what was approved and follows it until the collector has confirmed it."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._known: tuple[Profile, list[SentRow]] | None = None
        self._keyless: set[str] = set()

    # ------------------------------------------------------------ what was sent

    def sent(self) -> list[SentRow]:
        """All batches, oldest first. Read once and remembered: every snapshot counts them."""
        profile = self._stores.opened.profile if self._stores.opened is not None else None
        if profile is None:
            return []
        if self._known is None or self._known[0] is not profile:
            self._known = profile, self._index() or []
        return list(self._known[1])

    def _index(self) -> list[SentRow] | None:
        """As ``sent``; None if it cannot be read, which is not the same as nothing."""
        profile = self._stores.opened.profile if self._stores.opened is not None else None
        if profile is None or INDEX not in profile.sections():
            return []
        try:
            return msgspec.convert(profile.get(INDEX), list[SentRow])
        except msgspec.ValidationError:
            return None

    def _save(self, rows: list[SentRow]) -> None:
        self._known = None
        self._stores.open().profile.put(INDEX, msgspec.to_builtins(rows))

    # ------------------------------------------------------------ sealing

    def seal_approved(
        self,
        policy: Policy,
        receipt_hash: str,
        again: Callable[[Redacted], Redacted],
        redactor: str,
        now: int,
        may_leave: Callable[[Redacted], bool],
    ) -> int:
        """Seal every approved record and put it into the outbox. Returns the number of batches.

        A record that today's rules would change goes back to waiting instead, its hold starts anew: nothing leaves
        that was not seen. One that may not leave, or that cannot be looked at again, stays.
        """
        opened = self._stores.open()
        ready: dict[tuple[str, ...], list[Approved]] = {}
        for stored in opened.records.rows(state=State.APPROVED, newest_first=False):
            if not may_leave(stored.record):
                continue
            try:
                fresh = again(stored.record)
            except RedactionFailed:
                continue
            if fresh != stored.record:
                opened.records.replace(stored.row, fresh, now=now)
                continue
            ready.setdefault(stored.record.purposes, []).append(_approved(stored, again))
        batches = 0
        for purposes, records in ready.items():
            for part in split(records):
                self._seal(policy, purposes, part, receipt_hash, redactor, now)
                batches += 1
        return batches

    def _seal(
        self,
        policy: Policy,
        purposes: tuple[str, ...],
        records: Sequence[Approved],
        receipt_hash: str,
        redactor: str,
        now: int,
    ) -> None:
        opened = self._stores.open()
        before = self.sent()
        generation = self._stores.choices.generation
        terms = SealTerms(
            organisation=policy.notice.organisation.id,
            purposes=purposes,
            forbidden_uses=policy.notice.forbidden_uses,
            recipients=tuple(recipient.key for recipient in policy.notice.recipients),
            day=datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d"),
            consent_receipt=receipt_hash,
            policy=policy.hash,
            redactor=redactor,
            previous=next((row.digest for row in reversed(before) if row.batch in self._of_this_pseudonym()), None),
            checkpoint=opened.ledger.checkpoint(generation).text(),
        )
        sealed, slot = seal(records, terms, self._stores.device_key())
        rows = [record.row for record in records]
        opened.records.mark_sealed(rows, sealed.batch_id)
        row = SentRow(
            batch=sealed.batch_id,
            state="sealed",
            sealed_at=now,
            sent_at=None,
            count=sealed.count,
            size=len(sealed.data),
            purposes=purposes,
            recipients=tuple(recipient.name for recipient in policy.notice.recipients),
            digest=sealed.digest,
            confirmed_digest="",
            delete_by=now + policy.notice.retention_days * DAY,
            records=tuple(record.digest for record in records),
        )
        opened.profile.put(
            f"{SLOT}{sealed.batch_id}",
            {
                "data_key": base64.b64encode(slot.data_key).decode(),
                "erasure_secret": base64.b64encode(slot.erasure_secret).decode(),
                "generation": generation,
                "until": row.delete_by,
            },
        )
        self._save([*before, row])
        opened.ledger.append(
            "sealed", {"batch": sealed.batch_id, "digest": sealed.digest, "count": str(sealed.count)}, now
        )
        opened.outbox.add(sealed)
        opened.records.delete(rows)

    def recover(self) -> None:
        """After a crash: what reached the outbox, or has left it acknowledged, is sealed for good; the rest waits again
        as approved.
        """
        if self._stores.opened is None:
            return
        opened = self._stores.opened
        index = self._index()
        sent = index or []
        gone = {*opened.outbox.pending(), *opened.outbox.refused()}
        gone |= {row.batch for row in sent if row.state in HISTORY}
        for batch, rows in _by_batch(opened.records.rows(state=State.SEALED), opened.records.batch_of):
            if batch in gone:
                opened.records.delete(rows)
            else:
                opened.records.unseal(batch)
        # The index first: a slot without its row is found again by its name, a row without its slot would not be.
        if any(row.batch not in gone for row in sent):
            self._save([row for row in sent if row.batch in gone])
        self._tidy(now=None)
        for row in sent:
            if row.deletion == "confirmed":
                self.forget_erased(row.batch)
        if index is not None:  # one that cannot be read says nothing about slots
            for section in opened.profile.sections():
                if section.startswith(SLOT) and section.removeprefix(SLOT) not in gone:
                    opened.profile.remove(section)

    def _of_this_pseudonym(self) -> set[str]:
        """Batches sealed since the last withdrawal: only they are chained, or two pseudonyms could be linked."""
        profile, generation = self._stores.open().profile, self._stores.choices.generation
        found = set()
        for section in profile.sections():
            slot = profile.get(section) if section.startswith(SLOT) else None
            if isinstance(slot, dict) and slot.get("generation") == generation:
                found.add(section.removeprefix(SLOT))
        return found

    def destroy_unsent(self, now: int) -> int:
        """Withdrawn: what the collector does not have is destroyed, ciphertext, keys and index entry.

        A batch whose receipt lies in the outbox has arrived, told or not: it is history, and its slot can erase it. One
        that was on its way may have arrived: its ciphertext goes, its line and its erasure secret stay.
        """
        opened = self._stores.open()
        for row in self.sent():
            if row.state != "acknowledged" and opened.outbox.receipt(row.batch) is not None:
                self._acknowledged(row.batch, row.digest, now)
        rows = [
            msgspec.structs.replace(row, state="unknown", sent_at=now) if row.state == "uploading" else row
            for row in self.sent()
        ]
        kept = [row for row in rows if row.state in HISTORY]
        if kept != self.sent():
            self._save(kept)
        arrived = {row.batch for row in kept if row.state == "acknowledged"}
        for batch in (*opened.outbox.pending(), *opened.outbox.refused()):
            if batch in arrived:
                opened.outbox.keep(batch)
            else:
                opened.outbox.remove(batch)
        names = {f"{SLOT}{row.batch}" for row in kept}
        for section in opened.profile.sections():
            if section.startswith(SLOT) and section not in names:
                opened.profile.remove(section)
        return sum(row.count for row in rows if row.state not in HISTORY)

    def leaving(self) -> None:
        """Whatever waits in the outbox may be on its way from now on: written down before the first attempt."""
        pending = set(self._stores.open().outbox.pending())
        rows = self.sent()
        if any(row.state == "sealed" and row.batch in pending for row in rows):
            self._save(
                [
                    msgspec.structs.replace(row, state="uploading")
                    if row.state == "sealed" and row.batch in pending
                    else row
                    for row in rows
                ]
            )

    def forget_keys(self, now: int) -> None:
        """What everybody else has to delete by now, cannot be opened or erased with anything kept here either."""
        profile = self._stores.open().profile
        due = [row for row in self.sent() if row.delete_by <= now and row.batch not in self._keyless]
        for row in due:
            forget(profile, row.batch, "data_key", "erasure_secret")
            profile.remove(f"{TOMBSTONE}{row.batch}")
            self._keyless.add(row.batch)
        if due:
            self._tidy(now)

    def forget_content(self) -> None:
        """Nothing that was sent can be opened here any more; what erases it at the collector stays."""
        for row in self.sent():
            forget(self._stores.open().profile, row.batch, "data_key")
        self._tidy(now=None)

    def forget_erased(self, batch: str) -> None:
        """The collector does not have it any more: nothing that opens or erases it is needed."""
        opened = self._stores.open()
        forget(opened.profile, batch, "data_key", "erasure_secret")
        opened.outbox.remove(batch)

    def change(self, batch: str, **changes: object) -> SentRow | None:
        """Another state in the line of a batch, durable when this returns; None without such a line."""
        rows = self.sent()
        for place, row in enumerate(rows):
            if row.batch == batch:
                rows[place] = msgspec.structs.replace(row, **changes)
                self._save(rows)
                return rows[place]
        return None

    def _tidy(self, now: int | None) -> None:
        """Kept bytes that no key opens any more, or no line names, go; those that just arrived are kept."""
        opened, index = self._stores.open(), self._index()
        if index is None:
            return
        openable = {
            row.batch
            for row in index
            if row.state == "acknowledged"
            and (now is None or row.delete_by > now)
            and read_slot(opened.profile, row.batch).data_key is not None
        }
        for batch in opened.outbox.keeps() - openable:
            opened.outbox.remove(batch)

    # ------------------------------------------------------------ outcomes

    def outcome(self, outcome: Outcome, now: int) -> None:
        """What the uploader says of one batch."""
        if isinstance(outcome, Accepted):
            self._acknowledged(outcome.batch_id, outcome.receipt.digest, now)
        elif isinstance(outcome, Enrolled):
            document = base64.b64encode(outcome.document).decode()
            self._stores.open().profile.put(ENROLMENT, {"device": outcome.device, "document": document})
        elif isinstance(outcome, RefusedByCollector):
            row = next((row for row in self.sent() if row.batch == outcome.batch_id), None)
            if row is not None and row.state in {"sealed", "uploading"}:
                # Refused because its sender has it erased: no longer on its way, and its line stays.
                self.change(row.batch, state="unknown" if row.deletion else "refused")

    def _acknowledged(self, batch: str, digest: str, now: int) -> None:
        """Twice is fine: a crash in between, or a withdrawal that was faster than the news."""
        opened, rows = self._stores.open(), self.sent()
        for place, row in enumerate(rows):
            if row.batch != batch:
                continue
            if row.state != "acknowledged":
                if document := opened.outbox.receipt(batch):
                    opened.profile.put(f"{RECEIPT}{batch}", base64.b64encode(document).decode())
                opened.ledger.append("acknowledged", {"batch": batch, "digest": digest}, now)
                rows[place] = msgspec.structs.replace(row, state="acknowledged", sent_at=now, confirmed_digest=digest)
                self._save(rows)
            if row.deletion != "confirmed" and read_slot(opened.profile, batch).data_key is not None:
                opened.outbox.keep(batch)
            else:
                opened.outbox.remove(batch)


def _approved(stored: Stored, again: Callable[[Redacted], Redacted]) -> Approved:
    """The employee's approval as it was stored; refuses if the bytes are not those they saw."""
    return approve(stored, stored.approved_digest or "", again)


def _by_batch(rows: list[Stored], batch_of: Callable[[int], str | None]) -> Iterator[tuple[str, list[int]]]:
    groups: dict[str, list[int]] = {}
    for stored in rows:
        groups.setdefault(batch_of(stored.row) or "", []).append(stored.row)
    yield from groups.items()
