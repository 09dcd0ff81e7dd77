"""One profile with its delivery, as the engine has them, and a start after a power cut."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from agent.engine.delivery import Delivery
from agent.engine.stores import Stores
from agent.policy.load import Policy, parse
from agent.records import Redacted, State
from agent.seal import Delivered, Receipt, open_batch, verify_receipt
from agent.seal.receipt import issue
from agent.upload import Accepted
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.organisation import NOW, Keys, make_policy, public
from tests.fakes.stored import CONTEXT, LATER, a_record

POLICY_BYTES, KEYS = make_policy()
POLICY = parse(POLICY_BYTES, NOW)


class Desk:
    """One profile with its delivery; ``back`` is the start after a power cut."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keystore = MemoryKeystore()
        self.stores = Stores(folder, self.keystore)
        self.stores.open()
        self.delivery = Delivery(self.stores)

    def approve(self, *numbers: int, purposes: tuple[str, ...] = ("train",)) -> None:
        records = self.stores.open().records
        for number in numbers:
            record = a_record(number)
            record = Redacted(**{name: getattr(record, name) for name in Redacted.__slots__} | {"purposes": purposes})
            row = records.append(record, now=number, expires=LATER, context=CONTEXT)
            records.approve(row, record.digest())

    def seal(self, policy: Policy = POLICY) -> int:
        return self.delivery.seal_approved(
            policy, "c" * 64, lambda record: record, "rules-1", NOW, lambda _record: True
        )

    def back(self) -> None:
        self.open_again()
        self.delivery.recover()

    def open_again(self) -> None:
        self.stores.close()
        self.stores = Stores(self.folder, self.keystore)
        self.stores.open()
        self.delivery = Delivery(self.stores)

    def outbox(self) -> dict[str, list[str]]:
        """Batch to the texts in it, as the steward opens them."""
        outbox = self.stores.open().outbox
        found = {}
        for batch in outbox.pending():
            sealed = outbox.read(batch)
            assert sealed is not None
            found[batch] = [line.decode() for line in open_batch(sealed.data, [KEYS.steward_seed]).records]
        return found

    def records(self, state: State) -> list[str]:
        rows = self.stores.open().records.rows(state, newest_first=False)
        return [stored.record.canonical().decode() for stored in rows]

    def accepted(self, batch: str) -> Accepted:
        """What the uploader says once the collector has the batch."""
        sealed = self.stores.open().outbox.read(batch)
        assert sealed is not None
        about = Delivered(batch, sealed.digest, len(sealed.data))
        document = issue(about, datetime.fromtimestamp(NOW, UTC), "collect.acme.example", KEYS.collector)
        self.stores.open().outbox.acknowledged(batch, document)
        return Accepted(batch, _read(document, about, KEYS), document)

    def close(self) -> None:
        self.stores.close()


def _read(document: bytes, about: Delivered, keys: Keys) -> Receipt:
    return verify_receipt(document, public(keys.collector), about)
