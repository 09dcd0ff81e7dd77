"""Private files of the organisation's tools: keys made once and never overwritten; others replaced whole or not."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from agent.problems import Invalid, Unavailable
from agent.seal import keyfile

if sys.platform != "win32":
    import fcntl

#: What is being written and is not yet what its name says.
UNFINISHED: Final = ".unfinished"
_LOCK: Final = "lock"


def write_new(path: Path, data: bytes, *, private: bool) -> None:
    """Create ``path`` durably with mode 0600 (private) or 0644. Raises ``FileExistsError`` rather than overwrite."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = 0o600 if private else 0o644
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def read_passphrase(path: Path | None) -> bytes | None:
    """First line of the file, None without one. Raises ``Invalid('key-file-invalid')`` if it is empty."""
    if path is None:
        return None
    line = path.read_bytes().split(b"\n", 1)[0].rstrip(b"\r")
    if not line:
        raise Invalid("key-file-invalid", detail="The passphrase file is empty.")
    return line


def read_key(path: Path, passphrase: Path | None) -> keyfile.Key:
    """Raises ``Invalid('key-file-invalid')``, ``OSError``."""
    return keyfile.decode(path.read_bytes(), read_passphrase(passphrase))


def write_pair(path: Path, key: keyfile.Key, passphrase: bytes | None) -> None:
    """``path`` the private key, ``path`` with ``.pub`` after it the public one. Raises ``FileExistsError``."""
    public = path.with_name(path.name + ".pub")
    if path.exists() or public.exists():
        raise FileExistsError(f"{path} or {public.name} is there already; keys are never overwritten")
    write_new(path, keyfile.encode_private(key, passphrase), private=True)
    write_new(public, keyfile.encode_public(key), private=False)


def replace_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """What ``write`` writes stands at ``path``, mode 0600, durably; or what stood there before. Never a part of it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(path.name + UNFINISHED)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(fresh, flags, 0o600), "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """What was made, renamed or removed in it stays so after a power cut."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Nobody else works in ``folder`` meanwhile. Raises ``Unavailable('batch-store-failed')`` if somebody does."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / _LOCK).open("ab") as file:
        if sys.platform != "win32":
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Unavailable("batch-store-failed", detail=f"Somebody else is working in {folder}.") from error
        yield
