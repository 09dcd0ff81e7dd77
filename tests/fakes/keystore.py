"""Keystores of memory and of files, for tests of everything above it."""

from __future__ import annotations

from pathlib import Path

from agent.problems import Unavailable


class MemoryKeystore:
    """Implements ``agent.vault.Keystore``. ``gone = True`` makes it behave like one that cannot be reached.

    locked: the first use asks for the password, which is given; ``prompts`` counts how often.
    """

    name = "memory"

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self.gone = False
        self.locked = False
        self.prompts = 0

    def ready(self) -> bool:
        return not self.gone and not self.locked

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
        self.prompts += self.locked
        self.locked = False


class FileKeystore(MemoryKeystore):
    """A keystore that outlives its process, for tests that kill it: one file per key in a folder of its own."""

    name = "file"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)

    def read(self, label: str) -> bytes | None:
        try:
            return (self._folder / label).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, label: str, value: bytes) -> None:
        super().write(label, value)
        fresh = self._folder / f"{label}.new"
        fresh.write_bytes(value)
        fresh.replace(self._folder / label)

    def delete(self, label: str) -> None:
        (self._folder / label).unlink(missing_ok=True)
