"""One SQLite file that keeps what it acknowledged, for one process at a time.

WAL with ``synchronous=FULL``: a commit is on the disk when it returns (with NORMAL, power cuts lose acknowledged
commits). Exclusive locking: a second opener is refused, and no shared-memory file is made. Deleted content is
overwritten (``secure_delete``), and nothing is sorted or kept in temporary files.
Sources: sqlite.org/wal.html, sqlite.org/pragma.html, sqlite.org/security.html.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, TypeAlias

from agent.problems import AgentError, Invalid, Refused, Unavailable

Row: TypeAlias = tuple[Any, ...]
Value: TypeAlias = int | bytes

_SETTINGS: Final = (
    ("locking_mode", "EXCLUSIVE", b"exclusive"),
    ("journal_mode", "WAL", b"wal"),
    ("synchronous", "FULL", 2),
    ("fullfsync", "ON", 1),  # macOS: plain fsync leaves data in the drive's cache; no effect elsewhere
    ("checkpoint_fullfsync", "ON", 1),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
)
_SIDE_FILES: Final = ("-wal", "-shm", "-journal")
_SMALLEST: Final = 512
_IN_USE: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_CANNOT: Final = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_NOLFS,
    sqlite3.SQLITE_INTERRUPT,
}


class Database:
    """An open file. Every method raises ``Unavailable('store-failed')`` when the disk cannot, and
    ``Invalid('store-damaged')`` when the file is not what was written. Belongs to the thread that opened it.
    """

    def __init__(self, path: Path, schema: Sequence[str]) -> None:
        """Open or create ``path`` (readable by its owner only) with exactly the tables in ``schema``.

        Raises also ``Refused('profile-in-use')`` while another process, or this one, has it open.
        """
        self.path = path
        with _named():
            _create(path)
            self._db = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            with _named():
                self._prepare(schema)
        except BaseException:
            self._db.close()
            raise

    def _prepare(self, schema: Sequence[str]) -> None:
        self._db.text_factory = bytes  # a damaged file may hold text that is not UTF-8
        for name, value, expected in _SETTINGS:
            self._db.execute(f"PRAGMA {name}={value}").fetchall()
            if self.setting(name) != expected:
                raise Unavailable("store-failed", detail=f"SQLite does not do {name}={value} here.")
        self._db.execute("BEGIN IMMEDIATE")  # takes the lock for good, also where nothing is to be made
        found = {row[0] for row in self._db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
        if not found:
            for statement in schema:
                self._db.execute(statement)
        elif found != {statement.encode() for statement in schema}:
            raise Invalid("store-damaged", detail="The file does not have the expected tables.")
        self._db.execute("COMMIT")

    def setting(self, name: str) -> object:
        """What SQLite answers to ``PRAGMA name``."""
        row = self._db.execute(f"PRAGMA {name}").fetchone()
        return None if row is None else row[0]

    def read(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """All rows of a query."""
        with _named():
            return self._db.execute(sql, values).fetchall()

    def salvage(self, sql: str, cut: Callable[[], None]) -> Iterator[Row]:
        """The rows of a query up to the place where the file is damaged; ``cut`` is called if there is one."""
        try:
            with _named():
                yield from self._db.execute(sql)
        except Invalid:
            cut()

    def write(self, sql: str, values: Sequence[Value] = ()) -> None:
        """One change; durable when the surrounding transaction ends, or at once outside of one."""
        with _named():
            self._db.execute(sql, values)

    def write_all(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """The same change for many rows."""
        with _named():
            self._db.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, durable when it returns.

        If the commit itself fails nothing is acknowledged, but after a crash it may turn out to have happened.
        """
        with _named():
            self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            with _named():
                self._db.execute("COMMIT")
        except BaseException:
            # Out of room, SQLite may have rolled back by itself; a second failure here changes nothing.
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise

    def checkpoint(self) -> None:
        """Copy the log into the file and empty it: no older copy of a page stays in the log."""
        with _named():
            busy = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise Unavailable("store-failed", detail="The log could not be emptied.")

    def close(self) -> None:
        """Let go of the file. Safe twice."""
        self._db.close()

    def erase(self) -> None:
        """Close, and remove the file with its log."""
        self.close()
        remove(self.path)


def remove(path: Path) -> None:
    """Remove a database file and what SQLite keeps beside it, durably; fine if absent. Raises ``Unavailable``."""
    with _named():
        for place in (path, *(path.with_name(path.name + end) for end in _SIDE_FILES)):
            place.unlink(missing_ok=True)
        if path.parent.is_dir():
            _sync_folder(path.parent)


def _create(path: Path) -> None:
    """Make the file before SQLite does, so that it never exists readable by others (its log inherits the mode)."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        log = path.with_name(path.name + "-wal")
        if 0 < path.stat().st_size < _SMALLEST and not (log.exists() and log.stat().st_size):
            # SQLite would take what is too short for a database for an empty one and begin anew.
            raise Invalid("store-damaged", detail="The file was cut off.") from None
        return
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # Windows has no such call; NTFS journals its directories
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _named() -> Iterator[None]:
    """Errors of SQLite and the file system as named problems."""
    try:
        yield
    except OSError as error:
        raise Unavailable("store-failed", detail=f"{error.strerror or 'Input or output failed'}.") from error
    except sqlite3.ProgrammingError:
        raise  # used after close, or from another thread: a mistake of ours
    except UnicodeDecodeError:
        # Python's module cannot even decode SQLite's complaint where that quotes a damaged table.
        raise Invalid("store-damaged", detail="The file does not have the expected tables.") from None
    except sqlite3.Error as error:
        raise _problem(error) from None  # its text may quote what stands in the file


def _problem(error: sqlite3.Error) -> AgentError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    detail = f"SQLite says {getattr(error, 'sqlite_errorname', 'nothing')}."
    if code in _IN_USE:
        return Refused("profile-in-use")
    if code in _CANNOT:
        return Unavailable("store-failed", detail=detail)
    return Invalid("store-damaged", detail=detail)
