"""The encrypted state of this employee: consent, settings, exclusions, own words, pause, what was sent.

Every value is sealed with its section's name and version; one sealed list names the newest version of each, so an
older value put back is seen. A value that is not what was last written reads as None: whoever asks must then take
the narrowest meaning. Names of sections are on the disk only as keyed hashes.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from agent.problems import Invalid
from agent.vault import Database, Vault, bind, pad, remove, seal, unpad, unseal

_SCHEMA: Final = (
    "CREATE TABLE sections (place BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE versions (one INTEGER PRIMARY KEY, sealed BLOB NOT NULL)",
)
_PLACE: Final = 16
_STEP: Final = 256
_VERSIONS: Final = b"versions"


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
