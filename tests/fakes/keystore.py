"""A keystore in memory, for tests of everything above it."""

from __future__ import annotations

from agent.problems import Unavailable


class MemoryKeystore:
    """Implements ``agent.vault.Keystore``. ``gone = True`` makes it behave like one that cannot be reached."""

    name = "memory"

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self.gone = False

    def read(self, label: str) -> bytes | None:
        self._ask()
        return self.values.get(label)

    def write(self, label: str, value: bytes) -> None:
        self._ask()
        if len(value) != 32:
            raise ValueError(f"a key has 32 bytes, not {len(value)}")
        self.values[label] = bytes(value)

    def delete(self, label: str) -> None:
        self._ask()
        self.values.pop(label, None)

    def _ask(self) -> None:
        if self.gone:
            raise Unavailable("keystore-unavailable", detail="It was taken away.")
