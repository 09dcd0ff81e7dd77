"""Key files of the organisation: JSON, one key each, private ones optionally under a passphrase. Bytes in, bytes out.

Two suites: ``MLKEM768_X25519`` (a recipient of batches; private key = X-Wing seed of 32 bytes) and ``ED25519``
(signs policies or receipts; private key = seed of 32 bytes). Public keys are base64 of their raw bytes.
A passphrase goes through scrypt (RFC 7914, N=2^17, r=8, p=1: about 128 MiB and half a second) and locks the seed with
AES-256-GCM bound to everything else in the file.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Final, Literal, TypeAlias

import msgspec
import rfc8785
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from agent.problems import Invalid
from agent.seal import hybrid

FORMAT: Final = 1
MAX_KEY_FILE: Final = 16 * 1024
#: YYYY-MM-DD.
Day: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
SuiteName: TypeAlias = Literal["MLKEM768_X25519", "ED25519"]

_SCRYPT_N: Final = 2**17
_SEED: Final = 32


class _Locked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    salt: str
    nonce: str
    sealed: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    format: int
    suite: SuiteName
    kid: str
    created: Day
    public: str
    private: str | None = None
    locked: _Locked | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """suite, kid, raw public bytes, day of making (YYYY-MM-DD), and the seed if the file is private."""

    suite: SuiteName
    kid: str
    public: bytes
    created: str
    seed: bytes | None = field(default=None, repr=False)

    def signing(self) -> Ed25519PrivateKey:
        """Raises ``Invalid('key-file-invalid')`` if this is not a private ED25519 key."""
        if self.suite != "ED25519" or self.seed is None:
            raise _invalid("A private ED25519 key is needed here.")
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def opening(self) -> bytes:
        """The seed that opens batches. Raises ``Invalid('key-file-invalid')`` if this is not such a private key."""
        if self.suite != "MLKEM768_X25519" or self.seed is None:
            raise _invalid("A recipient's private key is needed here.")
        return self.seed


def _invalid(detail: str) -> Invalid:
    return Invalid("key-file-invalid", detail=detail)


def _public(suite: SuiteName, seed: bytes) -> bytes:
    if suite == "ED25519":
        return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return hybrid.public_of(seed)


def make(suite: SuiteName, now: datetime) -> Key:
    """A new random key pair."""
    seed = os.urandom(_SEED)
    public = _public(suite, seed)
    return Key(suite, hybrid.key_id(public), public, now.astimezone(UTC).date().isoformat(), seed)


def _clear(key: Key) -> dict[str, object]:
    return {
        "format": FORMAT,
        "suite": key.suite,
        "kid": key.kid,
        "created": key.created,
        "public": base64.b64encode(key.public).decode(),
    }


def _lines(document: dict[str, object]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _bound(document: dict[str, object]) -> bytes:
    return rfc8785.dumps(document)  # type: ignore[arg-type]  # its alias of JSON types is recursive and private


def encode_public(key: Key) -> bytes:
    """The file to hand out."""
    return _lines(_clear(key))


def encode_private(key: Key, passphrase: bytes | None) -> bytes:
    """The file to keep. ``passphrase`` None leaves the seed readable to whoever reads the file."""
    if key.seed is None:
        raise _invalid("There is no private key in it.")
    document = _clear(key)
    if passphrase is None:
        return _lines({**document, "private": base64.b64encode(key.seed).decode()})
    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(_stretch(passphrase, salt)).encrypt(nonce, key.seed, _bound(document))
    parts = {"salt": salt, "nonce": nonce, "sealed": sealed}
    return _lines({**document, "locked": {name: base64.b64encode(part).decode() for name, part in parts.items()}})


def _stretch(passphrase: bytes, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=_SCRYPT_N, r=8, p=1).derive(passphrase)


def decode(data: bytes, passphrase: bytes | None = None) -> Key:
    """Raises ``Invalid('key-file-invalid')``: not a key file, a wrong or missing passphrase, halves that do not fit."""
    if len(data) > MAX_KEY_FILE:
        raise _invalid("It is too long to be a key file.")
    try:
        file = msgspec.json.decode(data, type=_File)
        public = base64.b64decode(file.public, validate=True)
    except (msgspec.MsgspecError, ValueError) as error:
        raise _invalid("It is not a key file.") from error
    if file.format != FORMAT:
        raise _invalid(f"Format {file.format} is not known.")
    if file.private is not None and file.locked is not None:
        raise _invalid("It holds the private key twice.")
    key = Key(file.suite, file.kid, public, file.created)
    if hybrid.key_id(public) != file.kid:
        raise _invalid("Its public key does not fit its key id.")
    seed = _seed(file, key, passphrase)
    if seed is not None and (len(seed) != _SEED or _public(file.suite, seed) != public):
        raise _invalid("Its private key does not fit its public key.")
    return Key(file.suite, file.kid, public, file.created, seed)


def _seed(file: _File, key: Key, passphrase: bytes | None) -> bytes | None:
    try:
        if file.private is not None:
            return base64.b64decode(file.private, validate=True)
        if file.locked is None:
            return None
        salt, nonce, sealed = (
            base64.b64decode(part, validate=True) for part in (file.locked.salt, file.locked.nonce, file.locked.sealed)
        )
    except ValueError as error:
        raise _invalid("It is not a key file.") from error
    if passphrase is None:
        raise _invalid("It needs a passphrase.")
    try:
        return AESGCM(_stretch(passphrase, salt)).decrypt(nonce, sealed, _bound(_clear(key)))
    except (InvalidTag, ValueError) as error:
        raise _invalid("The passphrase does not open it.") from error
