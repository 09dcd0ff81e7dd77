"""Hash-chained log of consent, policy, batches and receipts, and signed checkpoints of it.

Each entry names the hash of the one before, so the hash of the newest one stands for all of them. On the disk every
entry is sealed and bound to its place, and a sealed head names size and hash: who cannot open the keystore cannot
remove, reorder, change, re-date or add anything unseen. Who can (this computer's owner) cannot do it unseen by
somebody who holds a later checkpoint; the checkpoints travel inside every batch.

Checkpoint: a signed note (c2sp.org/signed-note, Ed25519) in the form of c2sp.org/tlog-checkpoint, except that the
hash is the head of the chain instead of a Merkle root. Entries are RFC 8785 bytes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

import msgspec
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from agent.problems import Invalid
from agent.vault import Database, Vault, bind, pad, remove, seal, unpad, unseal

FORMAT: Final = 1
START: Final = "0" * 64
_SCHEMA: Final = (
    "CREATE TABLE entries (seq INTEGER PRIMARY KEY, sealed BLOB NOT NULL)",
    "CREATE TABLE head (one INTEGER PRIMARY KEY, sealed BLOB NOT NULL)",
)
_HEAD: Final = bind(b"head")
_KEY_ID: Final = 4
_ED25519: Final = b"\x01"

What: TypeAlias = Literal["missing", "unreadable", "chain", "extra", "head", "signature", "rollback", "fork"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the ledger is not what was written. seq: which entry, 0 for the whole.

    missing: no entry there. unreadable: changed, or moved from another place. chain: not the successor of the one
    before it (changed, re-dated or replaced by somebody with the keys). extra: more entries than were written.
    head: size and hash are not those of the entries. signature: not a checkpoint of this ledger.
    rollback: the checkpoint saw more entries than there are. fork: it saw others.
    """

    seq: int
    what: What


@dataclass(frozen=True, slots=True)
class Entry:
    """seq from 1; at: Unix seconds; prev and hash: SHA-256, lower-case hex."""

    seq: int
    at: int
    kind: str
    facts: Mapping[str, str]
    prev: str
    hash: str


def leaf(entry: Entry) -> bytes:
    """The bytes whose SHA-256 is ``entry.hash``: RFC 8785 JSON, one line."""
    return _Leaf(FORMAT, entry.seq, entry.at, entry.kind, dict(entry.facts), entry.prev).canonical()


def read_leaf(line: bytes) -> Entry:
    """Back from ``leaf``. Raises ``Invalid('store-damaged')`` for anything but those very bytes."""
    try:
        found = msgspec.json.decode(line, type=_Leaf)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        found = None
    if found is None or found.format != FORMAT or found.canonical() != line:
        raise Invalid("store-damaged", detail="A line of the log is not an entry.")
    return _entry(found, hashlib.sha256(line).hexdigest())


class _Leaf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    seq: int
    at: int
    kind: str
    facts: dict[str, str]
    prev: str

    def canonical(self) -> bytes:
        return rfc8785.dumps(
            {
                "format": self.format,
                "seq": self.seq,
                "at": self.at,
                "kind": self.kind,
                "facts": dict(self.facts),
                "prev": self.prev,
            }
        )


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    size: int
    hash: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a ledger was at one time. origin: names the device pseudonym. size: entries. hash: of the newest, hex."""

    origin: str
    size: int
    hash: str
    signature: bytes

    def body(self) -> bytes:
        """The signed bytes."""
        return _body(self.origin, self.size, self.hash)

    def text(self) -> str:
        """The signed note, as it travels."""
        return f"{self.body().decode()}\n\u2014 {self.origin} {base64.b64encode(self.signature).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Back from ``text``. Raises ``Invalid('store-damaged')``. Says nothing about the signature."""
        try:
            origin, size, digest, blank, note, rest = text.split("\n")
            dash, name, signature = note.split(" ")
            found = cls(
                origin,
                int(size),
                base64.b64decode(digest, validate=True).hex(),
                base64.b64decode(signature, validate=True),
            )
        except (ValueError, binascii.Error):
            raise Invalid("store-damaged", detail="The checkpoint cannot be read.") from None
        if found.text() != text or (dash, name, blank, rest) != ("\u2014", origin, "", ""):
            raise Invalid("store-damaged", detail="The checkpoint cannot be read.")
        return found

    def signed_by(self, key: Ed25519PublicKey) -> bool:
        """Is this a checkpoint of the pseudonym with this key?"""
        public = key.public_bytes_raw()
        if self.origin != origin_of(public) or self.signature[:_KEY_ID] != _key_id(self.origin, public):
            return False
        try:
            key.verify(self.signature[_KEY_ID:], self.body())
        except InvalidSignature:
            return False
        return True


class Ledger:
    """The open ledger of one profile. Belongs to the thread that opened it."""

    def __init__(self, database: Database, vault: Vault) -> None:
        """Use ``Ledger.open``."""
        self._database = database
        self._vault = vault
        self._key = vault.derive("ledger")
        self._head: _Head | None = None

    @classmethod
    def open(cls, path: Path, vault: Vault) -> Ledger:
        """Open or create. Raises ``Refused('profile-in-use')``, ``Invalid('store-damaged')``, ``Unavailable``.

        Only the head is read; ``verify`` reads everything.
        """
        database = Database(path, _SCHEMA)
        try:
            ledger = cls(database, vault)
            ledger._load()
        except BaseException:
            database.close()
            raise
        return ledger

    @staticmethod
    def erase(path: Path) -> None:
        """Remove a ledger that is not open, readable or not."""
        remove(path)

    @property
    def size(self) -> int:
        """How many entries were written."""
        return self._head.size if self._head is not None else 0

    def append(self, kind: str, facts: Mapping[str, str], now: int) -> Entry:
        """One more entry, durable when this returns: write it before its effect can be seen.

        Raises ``Unavailable('store-failed')``; ``Invalid('store-damaged')`` if the head cannot be read, because what
        would follow it is not known.
        """
        if self._head is None:
            raise _broken()
        leaf = _Leaf(FORMAT, self._head.size + 1, now, kind, dict(facts), self._head.hash)
        body = leaf.canonical()
        head = _Head(leaf.seq, hashlib.sha256(body).hexdigest())
        with self._database.transaction():
            sealed = seal(self._key, pad(body), _about(leaf.seq))
            self._database.write("INSERT OR REPLACE INTO entries VALUES (?, ?)", (leaf.seq, sealed))
            self._write_head(head)
        self._head = head
        return _entry(leaf, head.hash)

    def entries(self, *, newest_first: bool = True) -> list[Entry]:
        """All entries that can be read; ``verify`` says which cannot."""
        found = [entry for _, entry in self._read() if entry is not None]
        return found[::-1] if newest_first else found

    def verify(self) -> list[Fault]:
        """Everything that is not as it was written; empty for a sound ledger."""
        if self._head is None:
            return [Fault(0, "head")]
        faults: list[Fault] = []
        before: str | None = START
        expected = 1
        for seq, entry in self._read():
            while expected < min(seq, self._head.size + 1):
                faults.append(Fault(expected, "missing"))
                before, expected = None, expected + 1
            if seq < expected:
                faults.append(Fault(seq, "extra"))
                continue
            expected = seq + 1
            if seq > self._head.size:
                faults.append(Fault(seq, "extra"))
            elif entry is None:
                faults.append(Fault(seq, "unreadable"))
                before = None
            else:
                if before not in {None, entry.prev}:
                    faults.append(Fault(seq, "chain"))
                before = entry.hash
                if seq == self._head.size and entry.hash != self._head.hash:
                    faults.append(Fault(0, "head"))
        faults.extend(Fault(seq, "missing") for seq in range(expected, self._head.size + 1))
        if self._head.size == 0 and self._head.hash != START:
            faults.append(Fault(0, "head"))
        return faults

    def checkpoint(self, generation: int = 0) -> Checkpoint:
        """Size and hash as they are now, signed by the device pseudonym of this generation.

        Raises ``Invalid('store-damaged')`` if the head cannot be read.
        """
        if self._head is None:
            raise _broken()
        return _sign(self._vault.device_key(generation), self._head.size, self._head.hash)

    def check_against(self, checkpoint: Checkpoint, generation: int = 0) -> list[Fault]:
        """Does this ledger still begin with what an earlier checkpoint saw? Empty if it does.

        Finds what ``verify`` cannot: the whole file put back, or written anew by somebody with the keys.
        """
        if not checkpoint.signed_by(self._vault.device_key(generation).public_key()):
            return [Fault(0, "signature")]
        if checkpoint.size > self.size:
            return [Fault(checkpoint.size, "rollback")]
        seen = START if checkpoint.size == 0 else self._hash_at(checkpoint.size)
        return [] if seen == checkpoint.hash else [Fault(checkpoint.size, "fork")]

    def destroy(self) -> None:
        """Close and remove the file. Its key is gone only with the vault's root."""
        self._head = None
        self._database.erase()

    def close(self) -> None:
        """Let go of the file. Safe twice."""
        self._database.close()

    def _load(self) -> None:
        found = self._database.read("SELECT sealed FROM head WHERE one = 1")
        if not found and not self._database.read("SELECT seq FROM entries LIMIT 1"):
            with self._database.transaction():
                self._write_head(_Head(0, START))
            self._head = _Head(0, START)
            return
        try:
            plain = unpad(unseal(self._key, found[0][0] if found else None, _HEAD))
            self._head = msgspec.msgpack.decode(plain, type=_Head)
        except (Invalid, msgspec.DecodeError):
            self._head = None

    def _write_head(self, head: _Head) -> None:
        sealed = seal(self._key, pad(msgspec.msgpack.encode(head)), _HEAD)
        self._database.write("INSERT OR REPLACE INTO head VALUES (1, ?)", (sealed,))

    def _read(self) -> list[tuple[int, Entry | None]]:
        """(place, entry) in order of places; None where it cannot be opened. Stops where the file is cut off."""
        rows = self._database.salvage("SELECT seq, sealed FROM entries ORDER BY seq", _ignore)
        return [(seq, self._open(seq, sealed)) for seq, sealed in rows]

    def _open(self, seq: int, sealed: object) -> Entry | None:
        try:
            body = unpad(unseal(self._key, sealed, _about(seq)))
            leaf = msgspec.json.decode(body, type=_Leaf)
        except (Invalid, msgspec.DecodeError):
            return None
        if leaf.seq != seq or leaf.format != FORMAT:
            return None
        return _entry(leaf, hashlib.sha256(body).hexdigest())

    def _hash_at(self, seq: int) -> str | None:
        try:
            found = self._database.read("SELECT sealed FROM entries WHERE seq = ?", (seq,))
        except Invalid:
            return None
        entry = self._open(seq, found[0][0]) if found else None
        return entry.hash if entry is not None else None


def origin_of(public: bytes) -> str:
    """The name of a pseudonym in its checkpoints: nothing but its key's fingerprint."""
    return f"aboveboard/{hashlib.sha256(public).hexdigest()[:32]}"


def _sign(key: Ed25519PrivateKey, size: int, digest: str) -> Checkpoint:
    public = key.public_key().public_bytes_raw()
    origin = origin_of(public)
    return Checkpoint(origin, size, digest, _key_id(origin, public) + key.sign(_body(origin, size, digest)))


def _body(origin: str, size: int, digest: str) -> bytes:
    return f"{origin}\n{size}\n{base64.b64encode(bytes.fromhex(digest)).decode()}\n".encode()


def _key_id(origin: str, public: bytes) -> bytes:
    return hashlib.sha256(origin.encode() + b"\n" + _ED25519 + public).digest()[:_KEY_ID]


def _about(seq: int) -> bytes:
    return bind(b"entry", str(seq).encode())


def _entry(leaf: _Leaf, digest: str) -> Entry:
    return Entry(leaf.seq, leaf.at, leaf.kind, leaf.facts, leaf.prev, digest)


def _broken() -> Invalid:
    return Invalid("store-damaged", detail="The end of the log cannot be read.")


def _ignore() -> None:
    """``verify`` counts what is missing."""
