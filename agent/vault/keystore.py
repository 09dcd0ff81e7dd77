"""What we need of the operating system's keystore; the real ones live in ``agent.native``."""

from __future__ import annotations

from typing import Protocol


class Keystore(Protocol):
    """The operating system's keystore for one profile. Values are 32 bytes."""

    name: str

    def read(self, label: str) -> bytes | None:
        """The value, None if there is none. Raises ``Unavailable('keystore-unavailable')``."""

    def write(self, label: str, value: bytes) -> None:
        """Store durably, replacing. Raises ``Unavailable``."""

    def delete(self, label: str) -> None:
        """Forget; fine if absent. Raises ``Unavailable``."""
