"""Records and stores for tests of what is written on this computer."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.buffer import Buffer
from agent.records import Redacted, Removed
from agent.vault import Keystore, Vault

CONTEXT = b"hash of consent and policy"
LATER = 4_000_000_000


def a_record(number: int, program: str = "mousepad", length: int = 20) -> Redacted:
    """A text record whose text names ``number``; time is ``number`` too."""
    text = f"[e-mail] canary {number} ".ljust(length, "x")
    return Redacted(
        "text", program, program.title(), number, ("train",), "rules-1", text, (Removed(0, 8, "e-mail", "machine"),)
    )


def an_app(number: int, program: str = "mousepad") -> Redacted:
    return Redacted("app", program, program.title(), number - number % 60, ("train",), "rules-1")


def keep(buffer: Buffer, number: int, program: str = "mousepad", now: int | None = None) -> int:
    """Append ``a_record(number)``; returns its row."""
    return buffer.append(a_record(number, program), now=number if now is None else now, expires=LATER, context=CONTEXT)


@contextmanager
def opened(path: Path, keystore: Keystore) -> Iterator[Buffer]:
    """A store, closed at the end whatever happens."""
    buffer = Buffer.open(path, Vault.open(keystore))
    try:
        yield buffer
    finally:
        buffer.close()


def files(path: Path) -> list[Path]:
    """The database and what SQLite keeps beside it."""
    return sorted(path.parent.glob(path.name + "*"))


def all_bytes(path: Path) -> bytes:
    return b"".join(place.read_bytes() for place in files(path))


def image(path: Path, folder: Path) -> Path:
    """A copy of the files as they are now: what a killed process leaves behind."""
    folder.mkdir(parents=True)
    for place in files(path):
        shutil.copyfile(place, folder / place.name)
    return folder / path.name


class FolderKeystore:
    """A keystore that outlives the process, for tests that kill it. Keys lie in plain files: only ever in a test."""

    name = "folder"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def ready(self) -> bool:
        return True

    def read(self, label: str) -> bytes | None:
        place = self.folder / label
        return place.read_bytes() if place.exists() else None

    def write(self, label: str, value: bytes) -> None:
        fresh = self.folder / f"new-{label}"
        fresh.write_bytes(value)
        os.replace(fresh, self.folder / label)  # noqa: PTH105  # atomic, as a keystore is

    def delete(self, label: str) -> None:
        (self.folder / label).unlink(missing_ok=True)
