"""What we need of the operating system's keystore; the real ones live in ``agent.native``."""

from __future__ import annotations

from typing import Protocol


class Keystore(Protocol):
    """The operating system's keystore for one profile. Values are 32 bytes."""

    name: str

    def ready(self) -> bool:
        """Would it answer now, without a person being asked anything? Nothing is raised: not known is no."""

    def read(self, label: str) -> bytes | None:
        """The value, None if there is none. Raises ``Unavailable('keystore-unavailable')``."""

    def write(self, label: str, value: bytes) -> None:
        """Store durably, replacing. Raises ``Unavailable``."""

    def delete(self, label: str) -> None:
        """Forget; fine if absent. Raises ``Unavailable``."""
