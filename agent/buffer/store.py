"""The encrypted store: what was redacted waits here until it is approved, sealed, expired or taken out.

A record is durable when ``append`` returns, and destroyed when ``delete`` returns: by then the key that wrapped its
data key is no longer in the keystore, so no old page or copy of the file can be read. Damage is counted, never
guessed around: a row that is not what was written is left out, and if the set of rows is not the one that was
written, nothing counts as approved any more.

What it cannot see: the whole file put back as it was between two deletions. The ledger's checkpoints are for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from agent.buffer.index import Index, States, wanted
from agent.buffer.manifest import Listed, empty
from agent.buffer.opening import SCHEMA, Secrets, Stock, listed, take_stock, unlock, write_manifest
from agent.buffer.records import Head, canonical, parse, seal_body, seal_head
from agent.problems import Invalid, Refused, Unavailable
from agent.records import Redacted, State, Stored
from agent.vault import Database, Rotation, Vault, remove

_MINUTE: Final = 60
_UNSEALED: Final = frozenset(State) - {State.SEALED}


class Buffer:
    """The open store of one profile. Belongs to the thread that opened it.

    Every writing method is durable when it returns, or when the surrounding ``batch`` ends, and changes nothing when
    it raises. They raise ``Unavailable('store-failed')`` (disk), ``Unavailable('keystore-unavailable')`` (erasing
    needs it), ``Invalid('store-damaged')``.
    """

    def __init__(self, database: Database, vault: Vault, secrets: Secrets, stock: Stock) -> None:
        """Use ``Buffer.open``."""
        self._database = database
        self._vault = vault
        self._secrets = secrets
        self._index = Index(stock.index.values())
        self._unreadable = stock.unreadable
        self._missing = stock.missing
        self._manifest = stock.manifest
        self._undo: list[tuple[int, Listed | None]] | None = None
        self._erasing = False
        self._failed = False

    @classmethod
    def open(cls, path: Path, vault: Vault) -> Buffer:
        """Open or create. Damaged rows are counted in ``damaged``; the others stay readable.

        Raises ``Refused('profile-in-use')``, ``Invalid('store-damaged')`` if not even the tables can be read (then
        ``Buffer.erase`` starts anew), ``Unavailable``.
        """
        database = Database(path, SCHEMA)
        try:
            secrets = Secrets(vault.derive("buffer manifest"), vault.derive("buffer rows"))
            return cls(database, vault, secrets, take_stock(database, vault, secrets))
        except BaseException:
            database.close()
            raise

    @staticmethod
    def erase(path: Path, vault: Vault) -> None:
        """Destroy a store that is not open, readable or not: first its keys, then its file."""
        try:
            vault.forget()
        finally:
            remove(path)

    # ------------------------------------------------------------ reading

    @property
    def damaged(self) -> int:
        """How many records are changed, forged or missing: 0 in a sound store; at least so many if the list is too."""
        return len(self._unreadable) + self._missing

    def listing(self, state: States = None) -> Iterator[Listed]:
        """What is known of each record without opening it, oldest first."""
        return self._index.listing(wanted(state))

    def rows(
        self, state: States = None, offset: int = 0, limit: int | None = None, *, newest_first: bool = True
    ) -> list[Stored]:
        """Records in the order in which they were stored. Only those asked for are decrypted."""
        numbers = self._index.page(wanted(state), offset, limit, newest_first=newest_first)
        return [stored for stored in map(self.get, numbers) if stored is not None]

    def get(self, row: int) -> Stored | None:
        """One record, None if it is not there or damaged."""
        entry = self._index.get(row)
        if entry is None:
            return None
        try:
            _, _, body, _ = self._unlock(row)
            record = parse(body)
        except Invalid:
            self._note_damage(row)
            return None
        return Stored(row, record, entry.state, entry.stored_at, entry.expires, entry.approved)

    def count(self, state: States = None) -> int:
        """How many records."""
        return self._index.count(wanted(state))

    def size(self, state: States = None) -> int:
        """Bytes of their canonical forms."""
        return self._index.size(wanted(state))

    def due_before(self, time: int, state: States = State.HELD) -> int:
        """How many of them expire before ``time``."""
        return self._index.due_before(time, wanted(state))

    def batch_of(self, row: int) -> str | None:
        """The batch into which a record was sealed."""
        entry = self._index.get(row)
        return entry.batch if entry is not None else None

    # ------------------------------------------------------------ writing

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Several changes as one: all durable when it ends, none if anything in it raises."""
        if self._undo is not None:
            yield
            return
        self._undo, self._erasing, self._failed = [], False, False
        before = self._manifest, self._unreadable, self._missing
        self._unreadable = set(self._unreadable)
        rotation = None
        try:
            with self._database.transaction():
                yield
                self._check_batch()
                if self._erasing:
                    rotation = self._rewrap()
                if self._manifest is not None and self._manifest is not before[0]:
                    write_manifest(self._database, self._secrets, self._manifest)
        except BaseException:
            self._manifest, self._missing = before[0], before[2]
            self._unreadable |= before[1]  # damage met on the way stays known
            self._take_back(self._undo)
            raise
        finally:
            self._undo = None
        if rotation is not None:
            try:
                self._database.checkpoint()
            finally:
                rotation.finish()

    def append(self, record: Redacted, now: int, expires: int, context: bytes) -> int:
        """Store a record as HELD; returns its row. context: hash of consent and policy, bound to the record.

        Raises ``TypeError`` for anything but ``Redacted``, ``Refused('redaction-failed')`` for one without exact bytes.
        """
        body = canonical(record)
        if self._manifest is None:
            raise Invalid("store-damaged", detail="The list of what is stored cannot be read.")
        row = self._manifest.next_row
        head = Head(record.kind, record.program_id, record.time, len(body), State.HELD, now, expires, context)
        with self._change():
            self._manifest = msgspec.structs.replace(self._manifest, next_row=row + 1)
            self._write(row, head, body)
        return row

    def replace(
        self,
        row: int,
        record: Redacted,
        now: int | None = None,
        expires: int | None = None,
        context: bytes | None = None,
    ) -> None:
        """Put ``record`` in the place of another and destroy the other; it is HELD again.

        now: its hold starts anew then; None: as before. expires, context: None keeps them.
        Raises ``Refused('record-gone')``; a sealed record cannot be replaced.
        """
        body = canonical(record)
        with self._change():
            head = self._movable(row)[1]
            self._erasing = True
            self._write(
                row,
                Head(
                    record.kind,
                    record.program_id,
                    record.time,
                    len(body),
                    State.HELD,
                    head.stored_at if now is None else now,
                    head.expires if expires is None else expires,
                    head.context if context is None else context,
                ),
                body,
            )

    def approve(self, row: int, digest: str) -> None:
        """HELD becomes APPROVED if ``digest`` is that of the stored bytes.

        Raises ``Refused('record-changed')``, ``Refused('record-gone')``.
        """
        with self._change():
            key, head, body, sealed = self._movable(row)
            if parse(body).digest() != digest:
                raise Refused("record-changed")
            self._move(row, key, sealed, head, State.APPROVED, digest, None)

    def take_back(self, rows: Iterable[int]) -> int:
        """APPROVED becomes HELD again, its hold as it was. Passes over what is not approved; returns how many were."""
        approved = {entry.row for entry in self.listing(State.APPROVED)}.intersection(rows)
        with self._change():
            for row, key, head, _, sealed in [(row, *self._movable(row)) for row in sorted(approved)]:
                self._move(row, key, sealed, head, State.HELD, None, None)
        return len(approved)

    def mark_sealed(self, rows: Iterable[int], batch_id: str) -> None:
        """APPROVED becomes SEALED, all or none. Raises ``Refused('record-gone')``, ``Refused('record-changed')``."""
        with self._change():
            found = [(row, *self._movable(row)) for row in rows]
            if any(self._index[row].state is not State.APPROVED for row, *_ in found):
                raise Refused("record-changed")
            for row, key, head, _, sealed in found:
                self._move(row, key, sealed, head, State.SEALED, self._index[row].approved, batch_id)

    def unseal(self, batch_id: str) -> int:
        """A batch that never became durable: its records are APPROVED again. Returns how many."""
        rows = [entry.row for entry in self.listing(State.SEALED) if entry.batch == batch_id]
        with self._change():
            for row, key, head, _, sealed in [(row, *self._readable(row)) for row in rows]:
                self._move(row, key, sealed, head, State.APPROVED, self._index[row].approved, None)
        return len(rows)

    # ------------------------------------------------------------ erasing

    def delete(self, rows: Iterable[int]) -> int:
        """Destroy these records; those not there are passed over. Returns how many."""
        gone = {row for row in rows if row in self._index}
        if not gone:
            return 0
        with self._change():
            for row in gone:
                self._drop(row)
            self._erasing = True
        return len(gone)

    def delete_since(self, time: int) -> int:
        """Destroy what was recorded at ``time`` or later, whatever its state. The times of ``app`` records are whole
        minutes, so one whose minute reaches past ``time`` goes too.
        """
        return self._delete_where(lambda entry: entry.time + (_MINUTE - 1 if entry.kind == "app" else 0) >= time)

    def delete_program(self, program_id: str) -> int:
        """Destroy what was recorded in a program, whatever its state."""
        return self._delete_where(lambda entry: entry.program_id == program_id)

    def expire(self, now: int) -> int:
        """Destroy what nobody let go in time. What is sealed belongs to its batch and stays."""
        if not self.due_before(now + 1, _UNSEALED):
            return 0
        return self._delete_where(lambda entry: entry.expires <= now and entry.state in _UNSEALED)

    def clear(self) -> int:
        """Destroy everything, damaged rows too, and go on with an empty store. Returns how many were readable."""
        count = len(self._index)
        next_row = 1 + max([self._manifest.next_row - 1 if self._manifest else 0, *self._index, *self._unreadable])
        with self._change():
            for row in list(self._index):
                self._drop(row)
            self._database.write("DELETE FROM records")
            self._database.write("DELETE FROM keys")
            self._manifest = empty(self._vault.epoch, next_row)
            self._unreadable, self._missing = set(), 0
            self._erasing = True
        return count

    def destroy(self) -> None:
        """Destroy everything: first the keys, then the file. The store is closed, also when the keystore is away."""
        self._index = Index()
        try:
            self._vault.forget()
        finally:
            self._database.erase()

    def close(self) -> None:
        """Let go of the file. Safe twice."""
        self._database.close()

    # ------------------------------------------------------------ inside

    @contextmanager
    def _change(self) -> Iterator[None]:
        """One change inside a batch. What was refused changed nothing; after any other error the batch is lost."""
        with self.batch():
            self._check_batch()
            try:
                yield
            except Refused:
                raise
            except BaseException:
                self._failed = True
                raise

    def _check_batch(self) -> None:
        """After a failed change SQLite may have ended the transaction by itself: nothing may follow it."""
        if self._failed:
            raise Unavailable("store-failed", detail="An earlier change of the same batch failed.")

    def _delete_where(self, gone: Callable[[Listed], bool]) -> int:
        return self.delete([entry.row for entry in self.listing() if gone(entry)])

    def _rewrap(self) -> Rotation:
        """A new epoch for the survivors. Rows that are damaged stay under the old one, which is about to die."""
        rotation = self._vault.rotate()
        survivors: list[tuple[int, bytes, int]] = []
        for row, _, wrapped in self._database.read("SELECT row, epoch, wrapped FROM keys"):
            if row in self._index:
                try:
                    survivors.append((rotation.epoch, rotation.rewrap(wrapped), row))
                except Invalid:
                    self._note_damage(row)
        self._database.write_all("UPDATE keys SET epoch = ?, wrapped = ? WHERE row = ?", survivors)
        if self._manifest is not None:
            self._manifest = msgspec.structs.replace(self._manifest, epoch=rotation.epoch)
        return rotation

    def _unlock(self, row: int) -> tuple[bytes, Head, bytes, bytes]:
        """Data key, head, canonical bytes, sealed body. Raises ``Invalid``."""
        found = self._database.read(
            "SELECT head, body, epoch, wrapped FROM records JOIN keys USING (row) WHERE row = ?", (row,)
        )
        if not found:
            raise Invalid("store-damaged", detail="A record is missing.")
        return unlock(self._vault, row, *found[0])

    def _readable(self, row: int) -> tuple[bytes, Head, bytes, bytes]:
        if row not in self._index:
            raise Refused("record-gone")
        try:
            return self._unlock(row)
        except Invalid:
            self._note_damage(row)
            raise Refused("record-gone") from None

    def _movable(self, row: int) -> tuple[bytes, Head, bytes, bytes]:
        entry = self._index.get(row)
        if entry is None or entry.state is State.SEALED:
            raise Refused("record-gone")
        return self._readable(row)

    def _note_damage(self, row: int) -> None:
        self._index.drop(row)
        self._unreadable.add(row)

    def _write(self, row: int, head: Head, body: bytes) -> None:
        """A record under a new data key, in place of whatever the row held."""
        key, wrapped = self._vault.new_data_key()
        sealed_head, sealed_body = seal_head(key, row, head), seal_body(key, row, head, body)
        self._database.write("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (row, sealed_head, sealed_body))
        self._database.write("INSERT OR REPLACE INTO keys VALUES (?, ?, ?)", (row, self._vault.epoch, wrapped))
        self._enter(row, listed(self._secrets, row, head, sealed_head, sealed_body))

    def _move(
        self, row: int, key: bytes, sealed: bytes, head: Head, state: State, approved: str | None, batch: str | None
    ) -> None:
        """Another state for the same bytes: only the head is written anew."""
        head = msgspec.structs.replace(head, state=state, approved=approved, batch=batch)
        sealed_head = seal_head(key, row, head)
        self._database.write("UPDATE records SET head = ? WHERE row = ?", (sealed_head, row))
        self._enter(row, listed(self._secrets, row, head, sealed_head, sealed))

    def _drop(self, row: int) -> None:
        self._database.write("DELETE FROM records WHERE row = ?", (row,))
        self._database.write("DELETE FROM keys WHERE row = ?", (row,))
        self._enter(row, None)

    def _enter(self, row: int, entry: Listed | None) -> None:
        """Keep index and manifest in step with what was just written, and remember how to take it back."""
        old = self._index.get(row)
        if self._undo is not None:
            self._undo.append((row, old))
        self._index.set(row, entry)
        if self._manifest is not None:
            rows = (entry is not None) - (old is not None)
            tags = (entry.tag if entry is not None else 0) - (old.tag if old is not None else 0)
            self._manifest = self._manifest.changed(rows=rows, tags=tags)

    def _take_back(self, undo: list[tuple[int, Listed | None]]) -> None:
        for row, old in reversed(undo):
            self._index.set(row, old)
        self._index = Index(self._index[row] for row in sorted(self._index) if row not in self._unreadable)
