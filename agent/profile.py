"""The encrypted state of this employee: consent, settings, exclusions, own words, pause, what was sent.

Every value is sealed with its section's name and version; one sealed list names the newest version of each, so an
older value put back is seen. A value that is not what was last written reads as None: whoever asks must then take
the narrowest meaning. Names of sections are on the disk only as keyed hashes.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from agent.problems import Invalid, Refused, Unavailable
from agent.vault import Database, Vault, bind, pad, remove, seal, unpad, unseal

_SCHEMA: Final = (
    "CREATE TABLE sections (place BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE versions (one INTEGER PRIMARY KEY, sealed BLOB NOT NULL)",
)
_PLACE: Final = 16
_STEP: Final = 256
_VERSIONS: Final = b"versions"


#: Beside the files: which keystore on which computer they belong to.
HOME_FILE: Final = "profile.home"
_SET_ASIDE: Final = "elsewhere-"


def claim(folder: Path) -> None:
    """Our folder and nobody else's, or it is refused. One that others may look into is closed to them.

    Raises ``Refused('profile-not-yours')``, ``Unavailable('store-failed')``.
    """
    try:
        found = folder.stat()
        if found.st_uid != os.geteuid():
            raise Refused("profile-not-yours", place=str(folder))
        if found.st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise Unavailable("store-failed", detail=f"{error.strerror or 'The folder cannot be read'}.") from error


def home(folder: Path) -> str | None:
    """Which keystore and computer the files in ``folder`` belong to, as last written; None if nothing says so."""
    try:
        return (folder / HOME_FILE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None


def settle_in(folder: Path, mark: str) -> None:
    """From now on they belong here. Raises ``Unavailable('store-failed')``."""
    place, new = folder / HOME_FILE, folder / f"{HOME_FILE}.new"
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(f"{mark}\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(place)
    except OSError as error:
        raise Unavailable("store-failed", detail=f"{error.strerror or 'Writing failed'}.") from error


def set_aside(folder: Path, names: Sequence[str]) -> Path:
    """Move what belongs elsewhere out of the way, so that nothing reads or sends it. names: patterns of files, the one
    that says there is anything at all last: after a crash it is done again.

    Nothing is deleted: the key may only be away for a while. Raises ``Unavailable('store-failed')``.
    """
    try:
        number = 1
        while (aside := folder / f"{_SET_ASIDE}{number}").exists():
            number += 1
        aside.mkdir(mode=0o700)
        for pattern in (*names, HOME_FILE):
            for found in sorted(folder.glob(pattern)):
                found.rename(aside / found.name)
    except OSError as error:
        raise Unavailable("store-failed", detail=f"{error.strerror or 'Moving failed'}.") from error
    return aside


def come_home(folder: Path, names: Sequence[str], mark: str) -> bool:
    """Put back what was set aside and belongs to ``mark``: the key is there again. False if there is nothing of it.

    In the same order: after a crash it is done again. Raises ``Unavailable('store-failed')``.
    """
    try:
        for aside in sorted(folder.glob(f"{_SET_ASIDE}*")):
            if home(aside) != mark:
                continue
            for pattern in (*names, HOME_FILE):
                for found in sorted(aside.glob(pattern)):
                    found.rename(folder / found.name)
            aside.rmdir()
            return True
    except OSError as error:
        raise Unavailable("store-failed", detail=f"{error.strerror or 'Moving failed'}.") from error
    return False


class Profile:
    """Open state of one profile. Belongs to the thread that opened it.

    damaged: sections that are not what was last written. If the list of versions itself is damaged nothing can be
    believed: every section reads as None, ``damaged`` holds ``"*"`` and nothing can be put until the file is erased.
    """

    def __init__(self, database: Database, vault: Vault) -> None:
        """Use ``Profile.open``."""
        self._database = database
        self._key = vault.derive("profile")
        self._names = vault.derive("profile names")
        self._versions: dict[str, int] = {}
        self.damaged: set[str] = set()

    @classmethod
    def open(cls, path: Path, vault: Vault) -> Profile:
        """Open or create. Raises ``Refused('profile-in-use')``, ``Invalid('store-damaged')``, ``Unavailable``."""
        database = Database(path, _SCHEMA)
        try:
            profile = cls(database, vault)
            profile._load()
        except BaseException:
            database.close()
            raise
        return profile

    @staticmethod
    def idle(path: Path) -> None:
        """Nobody has it open. Raises ``Refused('profile-in-use')``, and what opening a damaged file raises."""
        Database(path, _SCHEMA).close()

    @staticmethod
    def erase(path: Path) -> None:
        """Remove a profile that is not open, readable or not."""
        remove(path)

    def get(self, section: str) -> object | None:
        """The JSON value last put there; None if there is none or it is damaged (then ``section in damaged``)."""
        version = self._versions.get(section)
        if version is None:
            return None
        try:
            found = self._database.read("SELECT sealed FROM sections WHERE place = ?", (self._place(section),))
            sealed = found[0][0] if found else None
            value: object = json.loads(unpad(unseal(self._key, sealed, _about(section, version))))
        except (Invalid, ValueError):
            self.damaged.add(section)
            return None
        return value

    def put(self, section: str, value: object) -> None:
        """Durable when it returns; what stood there before is overwritten. value: anything JSON can say.

        Raises ``Unavailable('store-failed')``, ``Invalid('store-damaged')``; ``TypeError`` or ``ValueError`` for what
        JSON cannot say. Nothing has changed then.
        """
        body = json.dumps(value, allow_nan=False, separators=(",", ":")).encode()
        version = self._versions.get(section, 0) + 1
        sealed = seal(self._key, pad(body, _STEP), _about(section, version))
        self._change(
            "INSERT OR REPLACE INTO sections VALUES (?, ?)",
            (self._place(section), sealed),
            {**self._versions, section: version},
        )
        self.damaged.discard(section)

    def remove(self, section: str) -> None:
        """Forget a section; fine if there is none. Durable when it returns. Raises as ``put``."""
        versions = {name: version for name, version in self._versions.items() if name != section}
        if versions != self._versions:
            self._change("DELETE FROM sections WHERE place = ?", (self._place(section),), versions)
            self.damaged.discard(section)

    def sections(self) -> tuple[str, ...]:
        """Names of what is there, damaged or not, sorted."""
        return tuple(sorted(self._versions))

    def destroy(self) -> None:
        """Close and remove the file. Its key is gone only with the vault's root."""
        self._versions.clear()
        self._database.erase()

    def close(self) -> None:
        """Let go of the file. Safe twice."""
        self._database.close()

    def _load(self) -> None:
        found = self._database.read("SELECT sealed FROM versions WHERE one = 1")
        if not found:
            if self._database.read("SELECT place FROM sections LIMIT 1"):
                self.damaged.add("*")
            return
        try:
            plain = unpad(unseal(self._key, found[0][0], bind(_VERSIONS)))
            self._versions = msgspec.msgpack.decode(plain, type=dict[str, int])
        except (Invalid, msgspec.DecodeError):
            self.damaged.add("*")
            return
        for section in self._versions:
            self.get(section)

    def _change(self, sql: str, values: Sequence[bytes], versions: dict[str, int]) -> None:
        if "*" in self.damaged:
            raise Invalid("store-damaged", detail="The settings on this computer cannot be read.")
        sealed = seal(self._key, pad(msgspec.msgpack.encode(versions), _STEP), bind(_VERSIONS))
        with self._database.transaction():
            self._database.write(sql, values)
            self._database.write("INSERT OR REPLACE INTO versions VALUES (1, ?)", (sealed,))
        self._versions = versions
        self._database.checkpoint()

    def _place(self, section: str) -> bytes:
        return hmac.digest(self._names, section.encode(), "sha256")[:_PLACE]


def _about(section: str, version: int) -> bytes:
    return bind(b"section", section.encode(), str(version).encode())
