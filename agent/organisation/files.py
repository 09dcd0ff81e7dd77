"""Private files of the organisation's tools: made once, never overwritten, readable by their owner only."""

from __future__ import annotations

import os
from pathlib import Path

from agent.problems import Invalid
from agent.seal import keyfile


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
