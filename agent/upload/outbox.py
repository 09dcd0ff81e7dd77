"""The folder of sealed batches that wait: the one place where they are written on the employee's computer.

``ID.seal`` the batch as it will be sent; ``ID.receipt`` beside it once the collector has it; ``ID.refused`` once it was
set aside. All of it is ciphertext for the recipients or public. A name without ``.seal`` is a left-over.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
from pathlib import Path
from typing import Final

import msgspec

from agent.problems import Invalid, Refused, Unavailable
from agent.records import Sealed
from agent.seal import restore

_BATCH: Final = re.compile(r"\A[0-9a-f]{32}\Z")
_TEMPORARY: Final = ".tmp"


class _Aside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    problem: str
    facts: dict[str, str]


def _failed(error: OSError) -> Unavailable:
    return Unavailable("outbox-failed", detail=f"{error.strerror or 'Writing failed'}.")


def _durable(descriptor: int) -> None:
    """To the platter: on macOS plain fsync stops at the drive's cache."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415  # does not exist on Windows

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


class Outbox:
    """``folder`` is made with the first batch, so that nothing exists before. Safe to use from two threads.

    Every method raises ``Unavailable('outbox-failed')`` when the folder cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, sealed: Sealed) -> None:
        """Durable when it returns, and as a whole or not at all. The same batch twice is fine.

        Raises ``Refused('outbox-failed')`` if other bytes are here under its id, TypeError for anything but Sealed.
        """
        if type(sealed) is not Sealed:
            raise TypeError(f"the outbox takes Sealed and nothing else, not {type(sealed).__name__}")
        if hashlib.sha256(sealed.data).hexdigest() != sealed.digest:
            raise Refused("outbox-failed", detail="A batch is not what it says it is.")
        place = self._path(sealed.batch_id, "seal")
        try:
            if place.exists():
                if place.read_bytes() != sealed.data:
                    raise Refused("outbox-failed", detail="Other bytes are here under the same name.")
                return
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(place, sealed.data)
        except OSError as error:
            raise _failed(error) from error

    def pending(self) -> tuple[str, ...]:
        """Ids of the batches that are here and not set aside, oldest first; acknowledged ones too, until removed."""
        found = []
        aside = set(self.refused())
        try:
            if self._folder.exists():
                for entry in os.scandir(self._folder):
                    batch = entry.name.removesuffix(".seal")
                    if entry.name.endswith(".seal") and _BATCH.match(batch) and batch not in aside:
                        with contextlib.suppress(FileNotFoundError):
                            found.append((entry.stat().st_mtime_ns, batch))
        except OSError as error:
            raise _failed(error) from error
        return tuple(batch for _, batch in sorted(found))

    def read(self, batch_id: str) -> Sealed | None:
        """The batch; None if it is not (any more) here. Raises ``Invalid('batch-invalid')`` if the file was changed."""
        return self._read(batch_id, "seal")

    def keep(self, batch_id: str) -> None:
        """It was delivered: it waits no more, its bytes stay for its sender. In one step, durable; twice is fine."""
        try:
            with contextlib.suppress(FileNotFoundError):
                self._path(batch_id, "seal").replace(self._path(batch_id, "sent"))
        except OSError as error:
            raise _failed(error) from error
        self._unlink(batch_id, "receipt", "refused")

    def kept(self, batch_id: str) -> Sealed | None:
        """A delivered batch, None if it is not here. Raises as ``read``."""
        return self._read(batch_id, "sent")

    def keeps(self) -> frozenset[str]:
        """Ids of all delivered batches whose bytes are here."""
        try:
            return frozenset(path.stem for path in self._folder.glob("*.sent") if _BATCH.match(path.stem))
        except OSError as error:
            raise _failed(error) from error

    def _read(self, batch_id: str, kind: str) -> Sealed | None:
        try:
            data = self._path(batch_id, kind).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _failed(error) from error
        sealed = restore(data)
        if sealed.batch_id != batch_id:
            raise Invalid("batch-invalid", detail="It lies under another batch's name.")
        return sealed

    def acknowledged(self, batch_id: str, receipt: bytes) -> None:
        """Keep the receipt beside its batch until ``remove``. Nothing happens if the batch is gone."""
        self._beside(batch_id, "receipt", receipt)

    def receipt(self, batch_id: str) -> bytes | None:
        """The receipt, None while there is none."""
        try:
            return self._path(batch_id, "receipt").read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _failed(error) from error

    def set_aside(self, batch_id: str, problem: str, facts: dict[str, str]) -> None:
        """Refused by the collector: kept, not tried again until ``readmit``. Nothing happens if the batch is gone."""
        self._beside(batch_id, "refused", msgspec.json.encode(_Aside(problem, facts)))

    def refused(self) -> dict[str, tuple[str, dict[str, str]]]:
        """Batches set aside: id to problem code and facts."""
        found: dict[str, tuple[str, dict[str, str]]] = {}
        try:
            for path in sorted(self._folder.glob("*.refused")):
                if _BATCH.match(path.stem) and self._path(path.stem, "seal").exists():
                    found[path.stem] = self._aside(path)
        except OSError as error:
            raise _failed(error) from error
        return found

    def readmit(self, batch_id: str) -> None:
        """Try a batch again that was set aside."""
        self._unlink(batch_id, "refused")

    def remove(self, batch_id: str) -> None:
        """Forget a batch and what lies beside it; fine if it is not here. Gone for good when it returns."""
        self._unlink(batch_id, "seal", "receipt", "refused", "sent")

    def clear(self) -> None:
        """Remove every batch and every left-over."""
        try:
            names = [path.name for path in self._folder.iterdir()] if self._folder.exists() else []
            for name in names:
                (self._folder / name).unlink(missing_ok=True)
            if names:
                self._sync_folder()
        except OSError as error:
            raise _failed(error) from error

    # ------------------------------------------------------------ files

    def _path(self, batch_id: str, kind: str) -> Path:
        if not _BATCH.match(batch_id):
            raise Invalid("batch-invalid", detail="Its id is not 32 hexadecimal digits.")
        return self._folder / f"{batch_id}.{kind}"

    @staticmethod
    def _aside(path: Path) -> tuple[str, dict[str, str]]:
        try:
            aside = msgspec.json.decode(path.read_bytes(), type=_Aside)
        except msgspec.DecodeError:
            return "upload-refused", {}
        return aside.problem, aside.facts

    def _beside(self, batch_id: str, kind: str, data: bytes) -> None:
        try:
            if self._path(batch_id, "seal").exists():
                self._write(self._path(batch_id, kind), data)
        except OSError as error:
            raise _failed(error) from error

    def _unlink(self, batch_id: str, *kinds: str) -> None:
        try:
            for kind in kinds:
                self._path(batch_id, kind).unlink(missing_ok=True)
            if self._folder.exists():
                self._sync_folder()
        except OSError as error:
            raise _failed(error) from error

    def _write(self, place: Path, data: bytes) -> None:
        temporary = place.with_name(place.name + _TEMPORARY)
        temporary.unlink(missing_ok=True)
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                _durable(file.fileno())
            temporary.replace(place)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        self._sync_folder()

    def _sync_folder(self) -> None:
        """Make names durable. Windows has no such thing and needs none: NTFS journals them."""
        if sys.platform == "win32":
            return
        descriptor = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            _durable(descriptor)
        finally:
            os.close(descriptor)
