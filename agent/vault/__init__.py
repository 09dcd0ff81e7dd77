"""What everything written on this computer stands on: keys of the operating system's keystore, and a durable file.

buffer, profile and ledger build on it; nothing here knows what a record is.
"""

from __future__ import annotations

from agent.vault.aead import bind, pad, seal, unpad, unseal
from agent.vault.database import Database, remove
from agent.vault.keys import Rotation, Vault, device_key
from agent.vault.keystore import Keystore

__all__ = [
    "Database",
    "Keystore",
    "Rotation",
    "Vault",
    "bind",
    "device_key",
    "pad",
    "remove",
    "seal",
    "unpad",
    "unseal",
]
