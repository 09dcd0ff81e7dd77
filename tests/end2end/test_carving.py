"""Erased records cannot be found by carving the raw image of the file system they lay on, with the keystore of then.

The whole image is read, free blocks and journal included: no canary in clear, and of every place that could be a
wrapped key none opens the key of an erased record. That the search finds what is there is shown by a survivor.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent.buffer import Buffer
from agent.problems import Invalid
from agent.vault import Vault
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.stored import keep

#: Nonce 12, key 32, tag 16.
WRAPPED = 60
COUNT = 30


def _cannot() -> str:
    if os.geteuid() != 0:
        return "mounting an image needs root"
    if missing := [name for name in ("mkfs.ext4", "mount", "umount") if not shutil.which(name)]:
        return f"not installed: {', '.join(missing)}"
    return ""


pytestmark = pytest.mark.skipif(bool(_cannot()), reason=_cannot())


class Disk:
    """A small ext4 with a journal in an image file."""

    def __init__(self, folder: Path) -> None:
        self.image = folder / "disk.img"
        self.place = folder / "mounted"
        self.place.mkdir()
        with self.image.open("wb") as image:
            image.truncate(12 << 20)
        subprocess.run(["mkfs.ext4", "-q", "-F", "-J", "size=1", self.image], check=True, capture_output=True)
        mounted = subprocess.run(["mount", "-o", "loop", self.image, self.place], check=False, capture_output=True)
        if mounted.returncode:
            pytest.skip("this system mounts no images (no loop device)")

    def raw(self) -> bytes:
        """Every byte of the image as the disk has it."""
        subprocess.run(["sync", "-f", self.place], check=True)
        return self.image.read_bytes()

    def close(self) -> None:
        subprocess.run(["umount", self.place], check=False, capture_output=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    made = Disk(tmp_path)
    yield made
    made.close()


def keys_in(raw: bytes, vault: Vault) -> set[bytes]:
    """Every data key that anything in the keystore of now opens anywhere in the image."""
    found = set()
    # What has 60 bytes of zeros before it ends is no key: most of an image is that.
    for run in re.finditer(rb"(?:(?!\x00{16}).)+", raw, re.DOTALL):
        start, end = max(0, run.start() - WRAPPED), run.end()
        for place in range(start, end):
            for epoch in vault._wrapping:
                try:
                    found.add(vault.unwrap(raw[place : place + WRAPPED], epoch))
                except Invalid:
                    continue
    return found


def canary(number: int) -> bytes:
    return f"canary {number} ".encode()


ERASINGS: dict[str, Callable[[Buffer, list[int]], object]] = {
    "some records": lambda buffer, rows: buffer.delete(rows[:10]),
    "a program": lambda buffer, _rows: buffer.delete_program("gedit"),
    "a time": lambda buffer, _rows: buffer.delete_since(COUNT // 2),
}


@pytest.mark.parametrize("erasing", ERASINGS)
def test_what_is_erased_is_nowhere_on_the_disk(disk: Disk, erasing: str) -> None:
    keystore = MemoryKeystore()
    buffer = Buffer.open(disk.place / "profile" / "records.db", Vault.open(keystore))
    rows = [keep(buffer, number, "gedit" if number % 3 == 0 else "mousepad") for number in range(1, COUNT + 1)]
    keys = {row: buffer._unlock(row)[0] for row in rows}
    disk.raw()  # all of it was on the disk once
    assert ERASINGS[erasing](buffer, rows)
    left = {stored.row for stored in buffer.rows(limit=COUNT)}
    gone = set(rows) - left
    raw = disk.raw()
    found = keys_in(raw, Vault.open(keystore))
    buffer.close()

    assert gone
    assert left
    assert {keys[row] for row in left} <= found, "the search finds what is there"
    assert not {keys[row] for row in gone} & found
    assert not [number for number in range(1, COUNT + 1) if canary(number) in raw], "in clear"


def test_after_a_withdrawal_no_key_is_left_for_anything(disk: Disk) -> None:
    keystore = MemoryKeystore()
    vault = Vault.open(keystore)
    buffer = Buffer.open(disk.place / "profile" / "records.db", vault)
    for number in range(1, COUNT + 1):
        keep(buffer, number)
    disk.raw()
    buffer.destroy()
    vault.destroy()
    raw = disk.raw()

    assert keystore.values == {}
    assert keys_in(raw, Vault.open(keystore)) == set()
    assert not [number for number in range(1, COUNT + 1) if canary(number) in raw]
    assert not (disk.place / "profile" / "records.db").exists()
