"""Everything about the employee out of the open stores, for ``agent.rights``; nothing is changed by looking."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from agent import consent
from agent.engine import receipts
from agent.engine.delivery import ENROLMENT, HISTORY, RECEIPT, TOMBSTONE, Delivery
from agent.engine.slots import decoded, read_slot, sealed_bytes
from agent.ledger import Ledger
from agent.policy.fingerprint import words
from agent.policy.load import Policy
from agent.problems import AgentError, Refused
from agent.protocol import SentRow
from agent.rights import Batch, Generation, Material, Waiting
from agent.rights.verify import read_policy
from agent.seal import LocalSlot, open_own

if TYPE_CHECKING:  # only the types: stores and terms are handed in
    from agent.engine.stores import Opened, Stores
    from agent.engine.terms import Terms

#: In these states a batch has left, or may leave at any moment: the recovery sheet names it.
_GONE: Final = HISTORY | {"uploading"}


def gather(stores: Stores, delivery: Delivery, terms: Terms, now: int) -> Material:
    """What is on this computer. now: Unix seconds.

    Raises ``Refused('export-refused')`` if nothing about this person is kept, and what opening the stores raises.
    What is damaged is left out and named in ``missing``.
    """
    if stores.opened is None and not stores.exists():
        raise Refused("export-refused", detail="Nothing about you is kept on this computer.")
    opened = stores.open()
    policy = terms.policy
    notice = policy.notice if policy is not None else None
    known = {} if notice is not None else _last_asked(stores)
    return Material(
        made=now,
        version=version("aboveboard"),
        policy=_signed(terms, policy),
        organisation=notice.organisation.name if notice is not None else known.get("organisation", ""),
        contact=notice.organisation.privacy_contact if notice is not None else known.get("contact", ""),
        collector=notice.collector_host if notice is not None else known.get("collector", ""),
        organisation_words=words(notice.organisation_key) if notice is not None else (),
        keys=tuple((entry.name, words(entry.key)) for entry in notice.recipients) if notice is not None else (),
        consent=stores.consent.to_json(),
        settings=stores.choices.to_json(),
        agreements=_agreements(stores, policy, now),
        waiting=tuple(
            Waiting(stored.state.value, stored.stored_at, stored.expires, stored.record.canonical())
            for stored in opened.records.rows(newest_first=False)
        ),
        batches=tuple(_batch(row, opened) for row in delivery.sent()),
        ledgers=_ledgers(stores, opened),
        missing=tuple(line for line in (stores.damage(),) if line),
        address=policy.delivery.collector if policy is not None else "",
        own_certificates=bool(policy is not None and policy.delivery.ca),
        enrolment=_enrolment(opened),
    )


def _last_asked(stores: Stores) -> dict[str, str]:
    """Whom to ask when no policy is there any more: who was answered last, out of the receipts."""
    for kept in receipts.kept(stores).values():
        for record in kept.document["dpv:hasRecordOfActivity"]:
            controller = record["dpv:hasDataController"]
            location = record["dpv:hasProcess"]["dpv:hasStorageCondition"][0]
            return {
                "organisation": controller["dpv:hasName"],
                "contact": controller["dpv:hasContact"],
                "collector": location["ab:collector"],
            }
    return {}


def _signed(terms: Terms, policy: Policy | None) -> bytes | None:
    """The very file that is in force; None if another lies there by now."""
    if policy is None:
        return None
    try:
        data = terms.place.read_bytes()
        return data if read_policy(data).hash == policy.hash else None
    except (OSError, AgentError):
        return None


def _agreements(stores: Stores, policy: Policy | None, now: int) -> tuple[tuple[str, bytes], ...]:
    """What holds now as flat facts, and the receipt of every answer ever given here."""
    found = [(f"receipt-{number}.jsonld", receipts.text(kept)) for number, kept in receipts.kept(stores).items()]
    if policy is not None and stores.consent.decision == "given":
        facts = consent.receipt(stores.consent, policy, now)
        document = json.dumps(facts, indent=2, ensure_ascii=False, sort_keys=True).encode() + b"\n"
        found.append(("receipt.json", document))
    return tuple(found)


def _batch(row: SentRow, opened: Opened) -> Batch:
    slot = read_slot(opened.profile, row.batch)
    sealed = sealed_bytes(opened, row)
    records = None
    if sealed is not None and slot.data_key is not None:
        try:
            records = open_own(sealed, LocalSlot(row.batch, slot.data_key, b"")).records
        except AgentError:
            records = None  # the index says which records it held; the content is not here any more
    return Batch(
        batch=row.batch,
        state=row.state,
        sealed_at=row.sealed_at,
        sent_at=row.sent_at,
        delete_by=row.delete_by,
        count=row.count,
        purposes=row.purposes,
        recipients=row.recipients,
        digest=row.digest,
        record_digests=row.records,
        erasure_secret=slot.erasure_secret if row.state in _GONE else None,
        sealed=sealed,
        receipt=decoded(opened.profile.get(f"{RECEIPT}{row.batch}")) or opened.outbox.receipt(row.batch),
        tombstone=decoded(opened.profile.get(f"{TOMBSTONE}{row.batch}")),
        deletion=row.deletion,
        records=records,
    )


def _enrolment(opened: Opened) -> tuple[str, bytes] | None:
    """The pseudonym and the collector's word that it may send."""
    found = opened.profile.get(ENROLMENT)
    document = decoded(found.get("document")) if isinstance(found, dict) else None
    device = found.get("device") if isinstance(found, dict) else None
    return (device, document) if isinstance(device, str) and document is not None else None


def _ledgers(stores: Stores, opened: Opened) -> tuple[Generation, ...]:
    found = []
    for number in range(stores.choices.generation + 1):
        device = opened.vault.device_key(number).public_key().public_bytes_raw()
        current = number == stores.choices.generation
        ledger = opened.ledger if current else Ledger.open(stores.ledger_file(number), opened.vault)
        try:
            entries = tuple(ledger.entries(newest_first=False))
            found.append(Generation(number, device, entries, ledger.checkpoint(number)))
        finally:
            if not current:
                ledger.close()
    return tuple(found)
