"""Search for planted values in every byte of given places, in clear and in every usual disguise.

Looks at file names, at files without reading permission for others, at what is deleted but still open, and inside
gzip and zlib streams; never follows a symbolic link out of the place.
"""

from __future__ import annotations

import base64
import gzip
import os
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.demo.sockets import hides

_BLOCK = 1 << 22
#: Fewer bytes than this appear by accident.
_SHORTEST = 6


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """value: name of the planted value. form: how it was written. at: byte offset, -1 for a file's name."""

    value: str
    form: str
    file: str
    at: int


def forms(value: str) -> dict[str, bytes]:
    """How ``value`` may stand in a file. Cases are handled by ``search``, which ignores them for text forms."""
    raw = value.encode()
    found = {
        "clear": raw,
        "utf-16-le": value.encode("utf-16-le"),
        "utf-16-be": value.encode("utf-16-be"),
        "backwards": value[::-1].encode(),
        "hex": raw.hex().encode(),
        "json": value.encode("unicode_escape"),
        "url": "".join(chr(byte) if chr(byte).isalnum() else f"%{byte:02X}" for byte in raw).encode(),
    }
    for shift in range(3):
        found |= _base64(raw, shift)
        found |= _base64(value.encode("utf-16-le"), shift, "utf-16 ")
    return {form: data for form, data in found.items() if len(data) >= _SHORTEST and (form == "clear" or data != raw)}


def _base64(raw: bytes, shift: int, prefix: str = "") -> dict[str, bytes]:
    """The characters of a base64 text that depend on ``raw`` alone, ``shift`` bytes after the start of a group."""
    skipped = (0, 2, 3)[shift]
    whole = (shift + len(raw)) // 3 * 4
    standard = base64.b64encode(bytes(shift) + raw)[skipped:whole]
    urlsafe = base64.urlsafe_b64encode(bytes(shift) + raw)[skipped:whole]
    return {f"{prefix}base64+{shift}": standard, f"{prefix}base64url+{shift}": urlsafe}


def search(data: bytes, planted: Mapping[str, str], place: str, start: int = 0) -> set[Leak]:
    """Leaks in ``data``: exact for base64, whatever the case for the rest."""
    lower = data.lower()
    found = set()
    for name, value in planted.items():
        for form, needle in forms(value).items():
            at = data.find(needle) if "base64" in form else lower.find(needle.lower())
            if at >= 0:
                found.add(Leak(name, form, place, start + at))
    return found


def search_file(path: Path, planted: Mapping[str, str], place: str = "") -> set[Leak]:
    """Leaks in one file, read in overlapping blocks; compressed content is looked at too."""
    place = place or str(path)
    longest = max((len(needle) for value in planted.values() for needle in forms(value).values()), default=0)
    found: set[Leak] = set()
    whole = bytearray()
    with path.open("rb") as file:
        before, offset = b"", 0
        while block := file.read(_BLOCK):
            found |= search(before + block, planted, place, offset - len(before))
            before = (before + block)[-longest:]
            offset += len(block)
            if offset <= _BLOCK:
                whole += block
    for kind, unpacked in _unpacked(bytes(whole)):
        found |= search(unpacked, planted, f"{place} ({kind})")
    return found


def _unpacked(data: bytes) -> Iterable[tuple[str, bytes]]:
    if data.startswith(b"\x1f\x8b"):
        try:
            yield "gzip", gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            return
    elif data[:1] == b"\x78":
        try:
            yield "zlib", zlib.decompress(data)
        except zlib.error:
            return


def search_places(places: Iterable[Path], planted: Mapping[str, str]) -> list[Leak]:
    """Leaks in files and whole folders, sorted. Raises FileNotFoundError for a place that is not there.

    What vanishes meanwhile is passed over; what cannot be read raises: unread is not clean.
    """
    found: set[Leak] = set()
    for place in places:
        if not place.exists():
            raise FileNotFoundError(place)
        for path in _files(place):
            found |= {
                Leak(leak.value, leak.form, str(path), -1) for leak in search(os.fsencode(path.name), planted, "")
            }
            if path.is_symlink() or not path.is_file():
                continue
            try:
                found |= search_file(path, planted)
            except FileNotFoundError:
                continue
    return sorted(found)


def _files(place: Path) -> Iterable[Path]:
    yield place
    if place.is_dir() and not place.is_symlink():
        for path in sorted(place.iterdir()):
            yield from _files(path)


def search_open_files(pid: int, planted: Mapping[str, str]) -> list[Leak]:
    """Leaks in files that a process still holds open after they were deleted; none of one that hides them."""
    found: set[Leak] = set()
    if hides(pid):
        return []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = str(link.readlink())
        except FileNotFoundError:
            continue
        if target.startswith("/") and target.endswith(" (deleted)") and link.is_file():
            found |= search_file(link, planted, f"process {pid}: {target}")
    return sorted(found)
