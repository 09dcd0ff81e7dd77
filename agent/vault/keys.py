"""Keys of one profile: a root and an epoch key in the operating system's keystore, everything else wrapped or derived.

Erasing means forgetting keys, not overwriting bytes: flash and journaling file systems keep old copies. Every data
key is wrapped under the key of the current epoch. To erase, survivors are wrapped anew under the next epoch's key and
the old one is deleted from the keystore: every copy of an erased record's wrapped key, wherever it lingers, is dead.

Keystore items: ``root``; ``epoch-N``, random; ``epochs``, the range of N that may exist, because a keystore cannot
be listed. Numbers are never used twice, so a key that a half-written transaction needs is never overwritten.
"""

from __future__ import annotations

import secrets
from typing import Final, NoReturn

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from agent.problems import Invalid, Unavailable
from agent.vault.aead import bind, seal, unseal
from agent.vault.keystore import Keystore

_KEY: Final = 32
_ROOT: Final = "root"
_EPOCHS: Final = "epochs"
_NUMBER: Final = 8
_MARK: Final = 16


class Vault:
    """The keys of one profile. Cannot be printed or pickled. Not for two threads at a time."""

    __slots__ = ("_current", "_highest", "_keystore", "_oldest", "_root", "_wrapping")

    def __init__(self, keystore: Keystore, root: bytes, oldest: int, highest: int) -> None:
        """Use ``Vault.open``."""
        self._keystore = keystore
        self._root = root
        self._oldest = oldest
        self._highest = highest
        self._wrapping: dict[int, bytes] = {}
        self._current = 0

    @classmethod
    def open(cls, keystore: Keystore) -> Vault:
        """The vault behind ``keystore``; makes root and first epoch if there are none.

        Raises ``Unavailable('keystore-unavailable')``, or ``Unavailable('store-damaged')`` for an item that cannot
        be a key. A missing root is made anew: what was sealed under the old one then shows as damaged, never as empty.
        """
        root = _item(keystore, _ROOT)
        if root is None:
            root = secrets.token_bytes(_KEY)
            keystore.write(_ROOT, root)
        span = _item(keystore, _EPOCHS)
        oldest, highest = (1, 0) if span is None else _read_span(span)
        vault = cls(keystore, root, oldest, highest)
        for number in range(oldest, highest + 1):
            vault._load(number)
        if vault._wrapping:
            vault._current = max(vault._wrapping)
        else:
            vault._current = vault._make()
        return vault

    @staticmethod
    def mark(keystore: Keystore, machine: bytes) -> str | None:
        """A name for keystore and computer together, that tells neither; None if there is no root. Makes nothing.

        Raises as ``open``.
        """
        root = _item(keystore, _ROOT)
        if root is None:
            return None
        return HKDF(SHA256(), _MARK, salt=b"aboveboard", info=bind(b"mark", machine)).derive(root).hex()

    @property
    def epoch(self) -> int:
        """The epoch under which new data keys are wrapped. The newest one until ``settle`` says otherwise."""
        return self._current

    def settle(self, epoch: int) -> bool:
        """Say which epoch the store was last written under; every other one is deleted from the keystore.

        After a crash in the middle of a rotation two may exist. False if this epoch's key is gone: then nothing is
        deleted, because an older copy of the file may have been put back.
        """
        if epoch not in self._wrapping:
            return False
        self._current = epoch
        self._retire()
        return True

    def new_data_key(self) -> tuple[bytes, bytes]:
        """A random 32-byte key, and the same wrapped under the current epoch (60 bytes)."""
        key = secrets.token_bytes(_KEY)
        return key, self.wrap(key)

    def wrap(self, key: bytes) -> bytes:
        """``key`` sealed under the current epoch."""
        return _wrap(self._wrapping[self._current], self._current, key)

    def unwrap(self, wrapped: object, epoch: int) -> bytes:
        """The data key. Raises ``Invalid('store-damaged')``: epoch retired, or not what was written."""
        wrapping = self._wrapping.get(epoch)
        if wrapping is None:
            raise Invalid("store-damaged", detail="The key of an item is gone.")
        return unseal(wrapping, wrapped, _about(epoch))

    def rotate(self) -> Rotation:
        """Begin a new epoch; its key is in the keystore when this returns. Raises ``Unavailable``.

        The caller wraps every survivor anew and writes them in one transaction. Committed: ``finish()``.
        Not committed, or not known: drop the object. The new key stays until the next ``settle``, because after a
        failed commit the transaction may still turn up on the disk.
        """
        return Rotation(self, self._make())

    def forget(self) -> None:
        """Delete every epoch key, so that nothing wrapped can be read again; a new epoch begins. Raises Unavailable."""
        self._wrapping.clear()
        for number in range(self._oldest, self._highest + 1):
            self._keystore.delete(_label(number))
        self._oldest = self._highest + 1
        self._current = self._make()

    def destroy(self) -> None:
        """Delete root and epochs from the keystore; the vault is unusable afterwards. Raises ``Unavailable``."""
        self._keystore.delete(_ROOT)
        for number in range(self._oldest, self._highest + 1):
            self._keystore.delete(_label(number))
        self._keystore.delete(_EPOCHS)
        self._wrapping.clear()
        self._root = b""

    def derive(self, label: str) -> bytes:
        """32 bytes out of the root, different for every label (HKDF-SHA256, RFC 5869)."""
        return self._hkdf(b"derive", label.encode(), self._root)

    def device_key(self, generation: int) -> Ed25519PrivateKey:
        """The device pseudonym's signing key. Another generation (after a withdrawal) cannot be linked to this one."""
        return Ed25519PrivateKey.from_private_bytes(self.derive(f"device identity {generation}"))

    def _hkdf(self, use: bytes, label: bytes, secret: bytes) -> bytes:
        if not self._root:
            raise Unavailable("store-damaged", detail="The keys of this profile were destroyed.")
        return HKDF(SHA256(), _KEY, salt=b"aboveboard", info=bind(use, label)).derive(secret)

    def _load(self, number: int) -> None:
        """Both are needed to unwrap: without the root an epoch key is worth nothing, and the other way round."""
        item = _item(self._keystore, _label(number))
        if item is not None:
            self._wrapping[number] = self._hkdf(b"epoch", str(number).encode(), self._root + item)

    def _make(self) -> int:
        """The range first, then the key: a key outside the range could never be found to be deleted."""
        number = self._highest + 1
        self._keystore.write(_EPOCHS, _write_span(self._oldest, number))
        self._highest = number
        self._keystore.write(_label(number), secrets.token_bytes(_KEY))
        self._load(number)
        if number not in self._wrapping:
            raise Unavailable("keystore-unavailable", detail="It does not give back what was put in.")
        return number

    def _retire(self) -> None:
        """Delete every epoch but the current one; what the keystore could not delete stays in the range."""
        for number in range(self._oldest, self._highest + 1):
            if number != self._current:
                self._wrapping.pop(number, None)
                self._keystore.delete(_label(number))
        self._oldest = self._current

    def _finish(self, epoch: int) -> None:
        self._current = epoch
        self._retire()

    def __repr__(self) -> str:
        return "<Vault (not shown)>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a vault holds keys and stays in memory")


def device_key(vault: Vault, generation: int) -> Ed25519PrivateKey:
    """The signing key of the device pseudonym of this generation; see ``Vault.device_key``."""
    return vault.device_key(generation)


class Rotation:
    """A new epoch whose key exists beside the current one. Made by ``Vault.rotate``."""

    __slots__ = ("_old", "_vault", "epoch")

    def __init__(self, vault: Vault, epoch: int) -> None:
        """epoch: the number to write beside every survivor."""
        self._vault = vault
        self._old = vault.epoch
        self.epoch = epoch

    def rewrap(self, wrapped: object) -> bytes:
        """The same data key under the new epoch. Raises ``Invalid('store-damaged')``."""
        key = self._vault.unwrap(wrapped, self._old)
        return _wrap(self._vault._wrapping[self.epoch], self.epoch, key)  # noqa: SLF001  # one idea in two classes

    def finish(self) -> None:
        """The survivors are durable: the old key is deleted. Raises ``Unavailable``; then ``settle`` tries again."""
        self._vault._finish(self.epoch)  # noqa: SLF001  # one idea in two classes


def _wrap(wrapping: bytes, epoch: int, key: bytes) -> bytes:
    return seal(wrapping, key, _about(epoch))


def _about(epoch: int) -> bytes:
    return bind(b"data key", str(epoch).encode())


def _label(number: int) -> str:
    return f"epoch-{number}"


def _item(keystore: Keystore, label: str) -> bytes | None:
    value = keystore.read(label)
    if value is not None and len(value) != _KEY:
        raise Unavailable("store-damaged", detail=f"The keystore's item {label} is not a key.")
    return value


def _write_span(oldest: int, highest: int) -> bytes:
    return (oldest.to_bytes(_NUMBER, "big") + highest.to_bytes(_NUMBER, "big")).ljust(_KEY, b"\0")


def _read_span(value: bytes) -> tuple[int, int]:
    oldest, highest = int.from_bytes(value[:_NUMBER], "big"), int.from_bytes(value[_NUMBER : 2 * _NUMBER], "big")
    if not 1 <= oldest <= highest + 1 or highest - oldest > 1 << 16 or any(value[2 * _NUMBER :]):
        raise Unavailable("store-damaged", detail="The keystore's item epochs is not a range.")
    return oldest, highest
