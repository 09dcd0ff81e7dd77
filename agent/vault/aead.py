"""Authenticated encryption of small values: AES-256-GCM, random nonces (RFC 5116, NIST SP 800-38D section 8.2.2)."""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from agent.problems import Invalid

_NONCE: Final = 12
_TAG: Final = 16
_LENGTH: Final = 4
STEP: Final = 64


def bind(*parts: bytes) -> bytes:
    """Additional data out of several parts, each with its length before it, so that no two lists look alike."""
    return b"".join(len(part).to_bytes(_LENGTH, "big") + part for part in parts)


def seal(key: bytes, value: bytes, aad: bytes) -> bytes:
    """Nonce, ciphertext, tag. ``key`` is 32 bytes and seals far fewer than 2**32 values (SP 800-38D section 8.3)."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, value, aad)


def unseal(key: bytes, sealed: object, aad: bytes) -> bytes:
    """What ``seal`` was given. Raises ``Invalid('store-damaged')`` for another key, other data or any changed bit."""
    if not isinstance(sealed, bytes) or len(sealed) < _NONCE + _TAG:
        raise damaged()
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], aad)
    except InvalidTag:
        raise damaged() from None


def pad(value: bytes, step: int = STEP) -> bytes:
    """Length, value, zeros up to the next multiple of ``step`` bytes: sizes on the disk tell less."""
    body = len(value).to_bytes(_LENGTH, "big") + value
    return body + bytes(-len(body) % step)


def unpad(padded: bytes) -> bytes:
    """What ``pad`` was given. Raises ``Invalid('store-damaged')``."""
    end = _LENGTH + int.from_bytes(padded[:_LENGTH], "big")
    if len(padded) < _LENGTH or end > len(padded):
        raise damaged()
    return padded[_LENGTH:end]


def damaged() -> Invalid:
    """The error for a value that is not what was written. Says nothing of its content."""
    return Invalid("store-damaged", detail="Something in it is not what was written there.")
