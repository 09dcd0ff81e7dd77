"""The key of an encrypted dataset: made with it, kept beside it only wrapped, one wrap for each key that may read it.

``dataset.json``::

    {"format": 1, "dataset": ID, "keys": [{"kid": ..., "wrapped": base64}, ...]}

The dataset's key is 32 random bytes. Each wrap is HPKE (hybrid MLKEM768_X25519) to the public key of a key file, bound
to the dataset's id. The keys of the single Parquet files are random too, made by the Parquet library, and wrapped under
the dataset's key with AES-256-GCM. An organisation with a KMS of its own writes a ``KeyService`` instead: then there is
no ``dataset.json``, and the dataset's key never leaves the KMS.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final, Protocol

import msgspec
import rfc8785
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from agent.organisation.files import replace_whole
from agent.problems import Invalid
from agent.seal import key_id
from agent.seal.hybrid import SHARE_LENGTH, public_of, unwrap, wrap

NAME: Final = "dataset.json"
FORMAT: Final = 1
_NONCE: Final = 12
_BOUND_TO: Final = b"aboveboard dataset key 1\n"


class KeyService(Protocol):
    """What wraps the keys of single files, as a KMS does: it holds the dataset's key and gives it to nobody.

    name: which key that is, to whoever runs the service; stands in every file. ``unwrap`` raises
    ``Invalid('key-file-invalid')`` if it may not or cannot.
    """

    @property
    def name(self) -> str: ...

    def wrap(self, key: bytes) -> str: ...

    def unwrap(self, wrapped: str) -> bytes: ...


class _Wrap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kid: str
    wrapped: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    dataset: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]
    keys: tuple[_Wrap, ...]


@dataclass(frozen=True, slots=True)
class FileKeys:
    """The dataset's key, unwrapped with a key file. dataset: its id, 32 hex characters."""

    dataset: str
    key: bytes = field(repr=False)

    @property
    def name(self) -> str:
        return f"dataset:{self.dataset}"

    def wrap(self, key: bytes) -> str:
        """AES-256-GCM under the dataset's key, bound to the dataset; base64."""
        nonce = os.urandom(_NONCE)
        return base64.b64encode(nonce + AESGCM(self.key).encrypt(nonce, key, self.name.encode())).decode()

    def unwrap(self, wrapped: str) -> bytes:
        """Raises ``Invalid('key-file-invalid')`` for what was wrapped under another key, or changed."""
        try:
            data = base64.b64decode(wrapped, validate=True)
            return AESGCM(self.key).decrypt(data[:_NONCE], data[_NONCE:], self.name.encode())
        except (InvalidTag, ValueError) as error:
            raise Invalid("key-file-invalid", detail="The dataset's key does not open this part of it.") from error


def make(folder: Path, public: bytes) -> FileKeys:
    """A new dataset's key, for the holder of ``public`` (a recipient's key). Raises ``Invalid``, ``OSError``."""
    keys = FileKeys(os.urandom(16).hex(), os.urandom(SHARE_LENGTH))
    _write(folder, _File(FORMAT, keys.dataset, (_wrapped(keys, public),)))
    return keys


def unlock(folder: Path, seeds: Sequence[bytes]) -> FileKeys:
    """The dataset's key, with any of these private keys. Raises ``Invalid('key-file-invalid')``, ``OSError``."""
    file = _read(folder)
    ours = {key_id(public_of(seed)): seed for seed in seeds}
    for entry in file.keys:
        if entry.kid in ours:
            try:
                wrapped = base64.b64decode(entry.wrapped, validate=True)
                return FileKeys(file.dataset, unwrap(wrapped, ours[entry.kid], _info(file.dataset)))
            except (ValueError, Invalid) as error:
                raise Invalid("key-file-invalid", detail=f"{folder / NAME} was changed.") from error
    raise Invalid("key-file-invalid", detail=f"The dataset {folder.name} was not made for this key.")


def grant(folder: Path, seeds: Sequence[bytes], public: bytes) -> None:
    """Whoever holds the private key of ``public`` may read the dataset too. Twice is fine. Raises as ``unlock``."""
    keys, file = unlock(folder, seeds), _read(folder)
    if key_id(public) not in {entry.kid for entry in file.keys}:
        _write(folder, _File(FORMAT, file.dataset, (*file.keys, _wrapped(keys, public))))


def _info(dataset: str) -> bytes:
    return hashlib.sha256(_BOUND_TO + bytes.fromhex(dataset)).digest()


def _wrapped(keys: FileKeys, public: bytes) -> _Wrap:
    return _Wrap(key_id(public), base64.b64encode(wrap(keys.key, public, _info(keys.dataset))).decode())


def _read(folder: Path) -> _File:
    try:
        file = msgspec.json.decode((folder / NAME).read_bytes(), type=_File)
    except FileNotFoundError as error:
        raise Invalid("key-file-invalid", detail=f"There is no {NAME} in {folder}.") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Invalid("key-file-invalid", detail=f"{folder / NAME} cannot be read.") from error
    if file.format != FORMAT:
        raise Invalid("key-file-invalid", detail=f"{folder / NAME} has format {file.format}, which is not known.")
    return file


def _write(folder: Path, file: _File) -> None:
    data = rfc8785.dumps(msgspec.to_builtins(file))
    replace_whole(folder / NAME, lambda out: out.write(data + b"\n"))
