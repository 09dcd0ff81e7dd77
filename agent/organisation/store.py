"""Batches in object storage: one face over a folder, S3 and the like. Nothing is ever overwritten.

``v1/ORGANISATION/DEVICE/DAY/BATCH.seal`` the batch as received, ``….receipt`` beside it;
``places/ORGANISATION/BATCH`` where the batch of an id lies, so that an id is taken once;
``erased/ORGANISATION/HASH`` the collector's signed word that a batch is gone, by the hash of its id;
``openings/ORGANISATION/NUMBER.json`` who opened what, for the employees to see;
``tokens/``, ``devices/``, ``counts/`` as ``collector/enrolment.py`` and ``collector/counts.py`` say.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from agent.problems import Unavailable
from agent.seal import HEAD_LENGTH, Header

ROOT: Final = "v1"
OPENINGS: Final = "openings"
PLACES: Final = "places"
ERASED: Final = "erased"
_STAGING: Final = "staging"
_TRIAL: Final = "trial"
_TRIES: Final = 100
#: Seconds after which a write that has not finished has no writer any more; writing takes far less.
_LONGEST_WRITE: Final = 3600
_WINDOWS_DRIVE: Final = re.compile(r"\A[A-Za-z]:[\\/]")


def batch_key(header: Header) -> str:
    """Where a batch lies; ``.seal`` or ``.receipt`` follows."""
    return f"{ROOT}/{header.organisation}/{header.device}/{header.day}/{header.batch}"


def _failed(error: Exception) -> Unavailable:
    return Unavailable("batch-store-failed", detail=f"{type(error).__name__}.")


class BatchStore:
    """Every method raises ``Unavailable('batch-store-failed')`` when the storage cannot. Safe from many threads."""

    def __init__(self, store: ObjectStore, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    @classmethod
    def open(cls, url: str) -> BatchStore:
        """A folder (path or ``file://``, made if absent) or the address of a bucket, e.g. ``s3://bucket/prefix``.

        Keys for a bucket come from where its maker's tools look for them (environment, instance role).
        """
        parts = urlsplit(url)
        try:
            if parts.scheme == "" or _WINDOWS_DRIVE.match(url):
                return cls._local(Path(url))
            if parts.scheme == "file":
                return cls._local(Path(unquote(parts.path)))
            if parts.scheme in {"s3", "s3a"}:
                # Keys are deleted one by one anyway, and not every server that speaks S3 knows the call for many.
                return cls(from_url(url, config={"disable_bulk_delete": True}))
            return cls(from_url(url))
        except (BaseError, OSError, ValueError) as error:
            raise _failed(error) from error

    @classmethod
    def _local(cls, folder: Path) -> BatchStore:
        folder = folder.absolute()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(LocalStore(folder), folder)

    def create(self, key: str, data: bytes) -> bool:
        """Durable when it returns True. False: something is there already, and stays as it is."""
        try:
            if self._folder is None:
                obstore.put(self._store, key, data, mode="create")
            else:
                self._create_file(self._folder, key, data)
        except (AlreadyExistsError, FileExistsError):
            return False
        except (BaseError, OSError) as error:
            raise _failed(error) from error
        return True

    def read(self, key: str) -> bytes | None:
        """The bytes, None if nothing is there."""
        try:
            return bytes(obstore.get(self._store, key).bytes())
        except FileNotFoundError:
            return None
        except (BaseError, OSError) as error:
            raise _failed(error) from error

    def read_start(self, key: str, length: int) -> bytes | None:
        """At most the first ``length`` bytes, None if nothing is there; the rest is not fetched."""
        try:
            return bytes(obstore.get_range(self._store, key, start=0, length=length))
        except FileNotFoundError:
            return None
        except (BaseError, OSError):
            # Of nothing there is no beginning: that is how an empty object answers. Whatever else it was comes again.
            data = self.read(key)
            return None if data is None else data[:length]

    def check_creates_only(self) -> None:
        """Raises ``Unavailable('batch-store-failed')`` if what is there can be overwritten: some servers do not ask.

        Nothing is left of the trial.
        """
        key = f"{_TRIAL}/{secrets.token_hex(16)}"
        first = self.create(key, b"1")
        second = self.create(key, b"2")
        self.delete(key)
        if not first or second:
            raise Unavailable("batch-store-failed", detail="It overwrites what is there although it was told not to.")

    def keys(self, prefix: str, ending: str) -> Iterator[str]:
        """All keys below ``prefix`` with this ending, in order of name within each page of the listing."""
        try:
            for page in obstore.list(self._store, prefix=prefix):
                yield from sorted(meta["path"] for meta in page if meta["path"].endswith(ending))
        except (BaseError, OSError) as error:
            raise _failed(error) from error

    def delete(self, key: str) -> None:
        """Gone for good when it returns, with folders that are empty then: their names tell, too. Twice is fine."""
        try:
            with suppress(FileNotFoundError):
                obstore.delete(self._store, key)
            if self._folder is not None:
                _remove_empty(self._folder, self._folder / key)
        except (BaseError, OSError) as error:
            raise _failed(error) from error

    def delete_unfinished(self, now: datetime, also: Callable[[bytes], bool]) -> int:
        """Delete what writers that died left on their way, and how many that were. Buckets leave nothing of the kind.

        also: says of the first bytes of what is on its way whether it has to go even if its writer may still live.
        """
        if self._folder is None or not (self._folder / _STAGING).is_dir():
            return 0
        deleted, before = 0, now.timestamp() - _LONGEST_WRITE
        try:
            for path in (self._folder / _STAGING).iterdir():
                with suppress(FileNotFoundError):
                    with path.open("rb") as file:
                        start = file.read(HEAD_LENGTH)
                    if path.stat().st_mtime < before or also(start):
                        path.unlink()
                        deleted += 1
            if sys.platform != "win32":
                _sync(self._folder / _STAGING)
        except OSError as error:
            raise _failed(error) from error
        return deleted

    def _create_file(self, folder: Path, key: str, data: bytes) -> None:
        """The library's own create does not sync: after a power cut a name could stand for an empty file.

        So: written under another name, synced, and only then given its name, which fails if the name is taken.
        """
        staged = f"{_STAGING}/{secrets.token_hex(16)}"
        obstore.put(self._store, staged, data, mode="create")
        place = folder / key
        try:
            _sync(folder / staged)
            _link(folder / staged, place)
        finally:
            obstore.delete(self._store, staged)
        if sys.platform != "win32":
            # What is erased again in this very moment takes its folders along.
            with suppress(FileNotFoundError):
                for parent in place.parents[: len(place.relative_to(folder).parts)]:
                    _sync(parent)


def _link(staged: Path, place: Path) -> None:
    """Give the file its name. Raises ``FileExistsError`` if it is taken, ``OSError``."""
    for _ in range(_TRIES):
        # Somebody may remove a folder as empty between its making and its use: then it is made again. While that goes
        # on, making it may find it there and gone.
        with suppress(FileNotFoundError, FileExistsError):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            os.link(staged, place)
            return
    os.link(staged, place)


def _remove_empty(top: Path, gone: Path) -> None:
    """Folders above ``gone`` with nothing in them, but for those right below ``top``; durable."""
    removable = max(len(gone.relative_to(top).parts) - 2, 0)
    for parent in gone.parents[:removable]:
        try:
            parent.rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            # Not empty.
            break
    else:
        parent = gone.parents[removable]
    if sys.platform != "win32":
        with suppress(FileNotFoundError):
            _sync(parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
