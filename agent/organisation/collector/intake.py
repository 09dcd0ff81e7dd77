"""What the collector does with its storage, without HTTP: take a batch, sign for it, erase it at its sender's wish."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.organisation.collector.admit import Place, Rejected, admit
from agent.organisation.collector.enrolment import is_enrolled
from agent.organisation.erased import delete_at, delete_batch, erased_key, is_erased, place_key
from agent.organisation.store import ROOT, BatchStore, batch_key
from agent.problems import Invalid
from agent.seal import Delivered, Header, issue, issue_erasure, may_erase, verify

_DEVICE: Final = re.compile(r"\A[0-9a-f]{64}\Z")
_DAY: Final = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_BATCH: Final = re.compile(r"\A[0-9a-f]{32}\Z")


class EraseWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """batch: its id. secret: its erasure secret; both hex."""

    batch: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]
    secret: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]


@dataclass(frozen=True)
class Intake:
    """organisation: whose batches. host: the name signed with. daily: batches of one device with one day.

    enrolled_only: take batches of enrolled devices alone.
    """

    store: BatchStore
    organisation: str
    host: str
    key: Ed25519PrivateKey
    now: Callable[[], datetime]
    daily: int
    enrolled_only: bool

    def take(self, data: bytes, place: Place) -> bytes:
        """The receipt of a new batch. Raises ``Rejected``: 412 if it is there already."""
        header = admit(data, place, self.organisation, self.now().astimezone(UTC).date())
        if self.enrolled_only and not is_enrolled(self.store, self.organisation, header.device):
            raise Rejected(401, "not-enrolled", "This device is not enrolled.")
        key = batch_key(header)
        self._keep_out_erased(key, header.batch)
        there = self.store.read(place_key(self.organisation, header.batch))
        if there is None:
            self._check_daily(key)
            if not self.store.create(place_key(self.organisation, header.batch), key.encode()):
                there = self.store.read(place_key(self.organisation, header.batch))
        if there is not None and there != key.encode():
            raise Rejected(422, "batch-taken", "Another batch has this id.")
        if not self.store.create(key + ".seal", data):
            raise Rejected(412, "exists", "It is there already; its receipt can be asked for.")
        receipt = self._sign(header, data)
        # Again: it may have been erased while it was on its way in.
        self._keep_out_erased(key, header.batch)
        return receipt

    def receipt(self, place: Place) -> bytes:
        """The receipt of a stored batch; signed now if the process died between storing and signing."""
        missing = Rejected(404, "unknown", "There is no such batch.")
        if place.organisation != self.organisation or not _is_plain(place):
            raise missing
        self._refuse_erased(place.batch)
        key = "/".join((ROOT, *place))
        document = self.store.read(key + ".receipt")
        if document is not None:
            return document
        data = self.store.read(key + ".seal")
        if data is None:
            raise missing
        try:
            return self._sign(verify(data), data)
        except Invalid as error:
            raise Rejected(500, "damaged", "What is stored there is damaged.") from error

    def erase(self, wish: EraseWish) -> bytes:
        """The signed word that the batch is gone; also if it never came, so that it cannot come later. Twice is fine.

        Nobody is asked who they are: who has the secret may. Raises ``Rejected``.
        """
        if not may_erase(wish.batch, bytes.fromhex(wish.secret)):
            raise Rejected(403, "secret", "The secret does not belong to this batch.")
        key = erased_key(self.organisation, wish.batch)
        document = issue_erasure(wish.batch, self.now().astimezone(UTC).date(), self.host, self.key)
        if not self.store.create(key, document):
            document = self.store.read(key) or document
        delete_batch(self.store, self.organisation, wish.batch)
        return document

    def _sign(self, header: Header, data: bytes) -> bytes:
        """The receipt, stored before it is given. If another replica was faster, theirs."""
        about = Delivered(header.batch, hashlib.sha256(data).hexdigest(), len(data))
        document = issue(about, self.now(), self.host, self.key)
        key = batch_key(header) + ".receipt"
        if self.store.create(key, document):
            return document
        return self.store.read(key) or document

    def _keep_out_erased(self, key: str, batch: str) -> None:
        """Whatever of an erased batch lies at its key goes too: a process may have died before it deleted it."""
        if is_erased(self.store, self.organisation, batch):
            delete_at(self.store, key)
            delete_batch(self.store, self.organisation, batch)
            self._refuse_erased(batch)

    def _refuse_erased(self, batch: str) -> None:
        if is_erased(self.store, self.organisation, batch):
            raise Rejected(410, "erased", "This batch was erased at its sender's wish.")

    def _check_daily(self, key: str) -> None:
        if sum(1 for _ in self.store.keys(key.rsplit("/", 1)[0] + "/", ".seal")) >= self.daily:
            raise Rejected(429, "daily", "This device has sent enough for this day.")


def _is_plain(place: Place) -> bool:
    """Could a batch lie there at all? Nothing else is looked up, so that no part can step out of its folder."""
    return bool(_DEVICE.match(place.device) and _DAY.match(place.day) and _BATCH.match(place.batch))
