"""The encrypted store of redacted records: takes ``Redacted`` and nothing else, gives back ``Stored``."""

from __future__ import annotations

from agent.buffer.manifest import Listed
from agent.buffer.store import Buffer

__all__ = ["Buffer", "Listed"]
