"""Approved records -> sealed batch, and back with the keys.

The inside: length of facts 4 | facts, RFC 8785 JSON | per record length 4 and its canonical bytes | zeros up to the
size class. The place in the batch is the sequence number: made anew for every batch, without gaps, so it tells nothing
about what was taken out before.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Final

import msgspec
import rfc8785
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from agent.problems import Invalid, Refused
from agent.records import RECORD_FORMAT, Approved, Sealed
from agent.seal import body, header, hybrid
from agent.seal.cosign import Share, unwrap_share
from agent.seal.header import Header, Hex32, Phrase

#: Room the facts may take inside a batch, in bytes; the rest of the largest class is for records.
MAX_FACTS: Final = 16 * 1024
#: Bytes the facts count for at least when the size class is chosen. They never need as many, so how long the ledger
#: is, whether there was a batch before or how many digits a count has does not show in the length of what leaves.
FACTS_COUNT_AS: Final = 1024
_ROOM: Final = body.LARGEST - 4 - MAX_FACTS
_KEY_FROM: Final = b"aboveboard batch key 1\n"


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What travels inside the seal beside the records.

    consent_receipt, policy, previous: SHA-256 of those bytes, hex; previous is None for a device's first batch.
    redactor: version of the rules that ran last. checkpoint: the newest signed checkpoint of the ledger, as text.
    """

    count: Annotated[int, msgspec.Meta(ge=1)]
    consent_receipt: Hex32
    policy: Hex32
    redactor: Phrase
    previous: Hex32 | None
    checkpoint: Annotated[str, msgspec.Meta(max_length=8192)]


@dataclass(frozen=True, slots=True)
class SealTerms:
    """Under what terms a batch leaves. recipients: public keys of the controllers (1216 bytes each), one or two.

    organisation: its id. day: UTC, YYYY-MM-DD. The rest as in ``Header`` and ``Facts``.
    """

    organisation: str
    purposes: tuple[str, ...]
    forbidden_uses: tuple[str, ...]
    recipients: tuple[bytes, ...]
    day: str
    consent_receipt: str
    policy: str
    redactor: str
    previous: str | None = None
    checkpoint: str = ""


@dataclass(frozen=True, slots=True)
class LocalSlot:
    """What stays on the device for one batch, in a place that can be erased. Never part of ``Sealed``.

    data_key opens this one batch for the employee. erasure_secret asks the collector to delete it.
    """

    batch_id: str
    data_key: bytes = field(repr=False)
    erasure_secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A batch with its content. records: canonical bytes exactly as approved, in order."""

    header: Header
    facts: Facts
    records: tuple[bytes, ...] = field(repr=False)


def _sealable(approved: Sequence[Approved]) -> list[bytes]:
    """Canonical bytes of each, checked against what the employee saw."""
    out = []
    for item in approved:
        if type(item) is not Approved:
            raise TypeError(f"seal takes Approved and nothing else, not {type(item).__name__}")
        data = item.record.canonical()
        if hashlib.sha256(data).hexdigest() != item.digest:
            raise Refused("record-changed")
        if len(data) + 4 > _ROOM:
            raise Refused("seal-refused", detail=f"An item is larger than {_ROOM - 4} bytes.")
        out.append(data)
    return out


def split(approved: Sequence[Approved]) -> tuple[tuple[Approved, ...], ...]:
    """Cut into runs that each fit into one batch, order kept. Raises as ``seal`` does for items it would refuse."""
    runs: list[list[Approved]] = []
    used = _ROOM
    for item, data in zip(approved, _sealable(approved), strict=True):
        if used + 4 + len(data) > _ROOM:
            runs.append([])
            used = 0
        runs[-1].append(item)
        used += 4 + len(data)
    return tuple(tuple(run) for run in runs)


def _plain(records: Sequence[bytes], facts: Facts) -> bytes:
    encoded = rfc8785.dumps(msgspec.to_builtins(facts))
    if len(encoded) > MAX_FACTS:
        raise Refused("seal-refused", detail="The facts about the batch are too long.")
    parts = [len(encoded).to_bytes(4, "big"), encoded]
    for data in records:
        parts += (len(data).to_bytes(4, "big"), data)
    joined = b"".join(parts)
    size = body.size_class(len(joined) + max(0, FACTS_COUNT_AS - len(encoded)))
    if size is None:
        raise Refused("seal-refused", detail="There are too many items for one batch.")
    return joined.ljust(size, b"\0")


def _data_key(shares: Sequence[bytes], batch: str) -> bytes:
    """All shares are needed; one alone says nothing about the key."""
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=bytes.fromhex(batch), info=_KEY_FROM)
    return derive.derive(b"".join(shares))


def seal(
    approved: Sequence[Approved],
    terms: SealTerms,
    device_key: Ed25519PrivateKey,
) -> tuple[Sealed, LocalSlot]:
    """Seal what was approved to the recipients, signed with the device's pseudonym.

    Nothing leaves that the employee did not see: raises ``Refused('record-changed')`` if a record's bytes are not the
    approved ones, ``Refused('seal-refused')`` if there is nothing, too much (use ``split``), a record for a purpose
    outside the terms, or terms that do not fit the format; ``Invalid('key-file-invalid')`` for a recipient that is no
    key; ``TypeError`` for anything but Approved. Random: seal once, keep the bytes, send those.
    """
    records = _sealable(approved)
    if not records:
        raise Refused("seal-refused", detail="There is nothing to seal.")
    if any(not set(item.record.purposes) <= set(terms.purposes) for item in approved):
        raise Refused("seal-refused", detail="An item was kept for a purpose that the batch does not name.")
    facts = Facts(
        count=len(records),
        consent_receipt=terms.consent_receipt,
        policy=terms.policy,
        redactor=terms.redactor,
        previous=terms.previous,
        checkpoint=terms.checkpoint,
    )
    padded = _plain(records, facts)
    for public in terms.recipients:
        hybrid.check_public(public)
    secret = os.urandom(header.SECRET_LENGTH)
    batch = header.batch_id(secret)
    shares = [os.urandom(hybrid.SHARE_LENGTH) for _ in terms.recipients]
    data_key = _data_key(shares, batch)
    ciphertext = body.encrypt(padded, data_key)
    core = header.encode_core(
        Header(
            format=header.FORMAT,
            suite=header.SUITE,
            organisation=terms.organisation,
            batch=batch,
            purposes=terms.purposes,
            forbidden_uses=terms.forbidden_uses,
            recipients=tuple(hybrid.key_id(public) for public in terms.recipients),
            size_class=len(padded),
            day=terms.day,
            ciphertext=hashlib.sha256(ciphertext).hexdigest(),
            device=device_key.public_key().public_bytes_raw().hex(),
        )
    )
    try:
        header.parse_core(core)
        msgspec.convert(msgspec.to_builtins(facts), Facts)
    except (Invalid, msgspec.ValidationError) as error:
        raise Refused("seal-refused", detail=f"The terms do not fit the format: {error}") from error
    info = header.info_of(core)
    wraps = tuple(hybrid.wrap(share, key, info) for share, key in zip(shares, terms.recipients, strict=True))
    data = header.assemble(core, wraps, ciphertext, device_key)
    return (
        Sealed(
            batch_id=batch,
            data=data,
            digest=hashlib.sha256(data).hexdigest(),
            count=len(records),
            rows=tuple(item.row for item in approved),
        ),
        LocalSlot(batch_id=batch, data_key=data_key, erasure_secret=secret),
    )


def restore(data: bytes) -> Sealed:
    """A batch read back from the outbox. Raises ``Invalid('batch-invalid')``.

    ``count`` is 0 and ``rows`` empty: they do not travel with the bytes; the store knows them by batch id.
    """
    found = header.verify(data)
    return Sealed(batch_id=found.batch, data=data, digest=hashlib.sha256(data).hexdigest(), count=0, rows=())


def open_batch(data: bytes, private_keys: Sequence[bytes], shares: Sequence[Share] = ()) -> Opened:
    """Verify and open with the private keys (seeds of 32 bytes) of every controller; further keys do no harm.

    shares: what the other controller unwrapped for one of these keys, instead of its private key; those of other
    batches do no harm.

    Raises ``Invalid('cosign-refused')`` for a share that is not of this batch's very terms,
    ``Invalid('batch-key-missing')`` if a controller's key is not among them, ``Invalid('batch-invalid')``
    if anything was changed, cut, swapped, or is not what this format allows inside.
    """
    framed = header.take_apart(data)
    header.check(framed)
    keys: Mapping[str, bytes] = {hybrid.key_id(hybrid.public_of(seed)): seed for seed in private_keys}
    wanted = framed.header.recipients
    given = {share.of: share for share in shares if share.batch == framed.header.batch and share.to in keys}
    if missing := [kid for kid in wanted if kid not in keys and kid not in given]:
        raise Invalid("batch-key-missing", wanted=", ".join(wanted), missing=", ".join(missing))
    info = header.info_of(framed.core)
    plain = [
        hybrid.unwrap(part, keys[kid], info)
        if kid in keys
        else unwrap_share(given[kid], keys[given[kid].to], framed.core)
        for kid, part in zip(wanted, framed.wraps, strict=True)
    ]
    return _open(framed, _data_key(plain, framed.header.batch))


def open_own(data: bytes, slot: LocalSlot) -> Opened:
    """What was sent, for the employee, with the key that stayed here. Raises ``Invalid('batch-invalid')``."""
    framed = header.take_apart(data)
    header.check(framed)
    return _open(framed, slot.data_key)


def _open(framed: header.Framed, data_key: bytes) -> Opened:
    plain = body.decrypt(framed.body, data_key)
    facts, at = _facts(plain)
    records = []
    for number in range(1, facts.count + 1):
        end = at + 4 + int.from_bytes(plain[at : at + 4], "big")
        if at + 4 > len(plain) or end > len(plain):
            raise Invalid("batch-invalid", detail=f"It holds fewer items than the {facts.count} it names.")
        records.append(_record(plain[at + 4 : end], number))
        at = end
    if plain[at:].strip(b"\0"):
        raise Invalid("batch-invalid", detail=f"It holds more than the {facts.count} items it names.")
    return Opened(header=framed.header, facts=facts, records=tuple(records))


def _facts(plain: bytes) -> tuple[Facts, int]:
    at = 4 + int.from_bytes(plain[:4], "big")
    try:
        facts = msgspec.json.decode(plain[4:at], type=Facts)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Invalid("batch-invalid", detail="The facts inside are not as agreed.") from error
    if rfc8785.dumps(msgspec.to_builtins(facts)) != plain[4:at]:
        raise Invalid("batch-invalid", detail="The facts inside are not in canonical form.")
    return facts, at


def _record(data: bytes, number: int) -> bytes:
    """A line of the dataset has to be one: canonical JSON has no line break outside a string's escapes."""
    try:
        value = msgspec.json.decode(data, type=dict[str, object])
        canonical = rfc8785.dumps(value) == data  # type: ignore[arg-type]  # its alias of JSON types is private
    except (msgspec.MsgspecError, UnicodeDecodeError, rfc8785.CanonicalizationError, RecursionError) as error:
        raise Invalid("batch-invalid", detail=f"Item {number} is not a record.") from error
    if not canonical or value.get("format") != RECORD_FORMAT:
        raise Invalid("batch-invalid", detail=f"Item {number} is not a record of format {RECORD_FORMAT}.")
    return data
