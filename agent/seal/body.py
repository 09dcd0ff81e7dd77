"""The body of a batch: padded to a size class, cut into chunks, each encrypted so that none can be moved or cut off.

STREAM (Hoang, Reyhanitabar, Rogaway, Vizar 2015) as C2SP's age uses it: chunks of 64 KiB, the nonce is a counter of
11 bytes and one byte that is 1 only in the last chunk. AES-256-GCM; the key is used for one batch and nothing else.
"""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from agent.problems import Invalid

CHUNK: Final = 64 * 1024
TAG: Final = 16
#: Lengths a padded body may have, in bytes. Steps of four tell an onlooker little about how much was typed.
SIZE_CLASSES: Final = tuple(4096 * 4**step for step in range(6))
LARGEST: Final = SIZE_CLASSES[-1]


def size_class(length: int) -> int | None:
    """The smallest class that holds ``length`` bytes, None if none does."""
    return next((size for size in SIZE_CLASSES if length <= size), None)


def sealed_length(size: int) -> int:
    """Bytes of ciphertext for a padded body of ``size`` bytes."""
    return size + TAG * max(1, -(-size // CHUNK))


def _nonce(index: int, *, last: bool) -> bytes:
    return index.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def encrypt(padded: bytes, key: bytes) -> bytes:
    """``padded`` has the length of a size class, ``key`` 32 bytes that have never encrypted anything."""
    aead = AESGCM(key)
    starts = range(0, len(padded), CHUNK)
    return b"".join(
        aead.encrypt(_nonce(index, last=start + CHUNK >= len(padded)), padded[start : start + CHUNK], None)
        for index, start in enumerate(starts)
    )


def decrypt(ciphertext: bytes, key: bytes) -> bytes:
    """The padded body. Raises ``Invalid('batch-invalid')`` if a chunk is changed, moved, missing or added."""
    aead = AESGCM(key)
    step = CHUNK + TAG
    parts = []
    for index, start in enumerate(range(0, len(ciphertext), step)):
        last = start + step >= len(ciphertext)
        try:
            parts.append(aead.decrypt(_nonce(index, last=last), ciphertext[start : start + step], None))
        except (InvalidTag, ValueError) as error:
            raise Invalid("batch-invalid", detail=f"Part {index + 1} of the body does not open.") from error
    return b"".join(parts)
