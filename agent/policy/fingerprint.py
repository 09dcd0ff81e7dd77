"""Fingerprints of keys as words two people can read to each other."""

from __future__ import annotations

import hashlib
from typing import Final

from mnemonic import Mnemonic

COUNT: Final = 12
_BITS: Final = 11


def words(public: bytes) -> tuple[str, ...]:
    """Twelve words of the English BIP-39 list: the first 132 bits of the key's SHA-256, eleven bits each."""
    bits = int.from_bytes(hashlib.sha256(public).digest()) >> (256 - COUNT * _BITS)
    names = Mnemonic("english").wordlist
    return tuple(names[bits >> (_BITS * (COUNT - 1 - place)) & (2**_BITS - 1)] for place in range(COUNT))
