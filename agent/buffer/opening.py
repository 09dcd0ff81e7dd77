"""Opening the store: every row is read once, what is sound is listed, what is not is counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from agent.buffer.manifest import Listed, Manifest, empty, open_manifest, seal_manifest, tag
from agent.buffer.records import Head, open_body, open_head
from agent.problems import Invalid
from agent.records import State
from agent.vault import Database, Vault

SCHEMA: Final = (
    "CREATE TABLE records (row INTEGER PRIMARY KEY, head BLOB NOT NULL, body BLOB NOT NULL)",
    "CREATE TABLE keys (row INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, wrapped BLOB NOT NULL)",
    "CREATE TABLE manifest (one INTEGER PRIMARY KEY, sealed BLOB NOT NULL)",
)


class Secrets(NamedTuple):
    """Derived keys: one seals the manifest, one makes the rows' tags."""

    manifest: bytes
    tags: bytes

    def __repr__(self) -> str:
        return "<Secrets (not shown)>"


@dataclass
class Stock:
    """What was found. manifest None: it cannot be read, so nothing may be added. index: oldest row first."""

    manifest: Manifest | None = None
    index: dict[int, Listed] = field(default_factory=dict)
    unreadable: set[int] = field(default_factory=set)
    missing: int = 0


class _Cut:
    """Remembers that a table could not be read to its end."""

    def __init__(self) -> None:
        self.happened = False

    def __call__(self) -> None:
        self.happened = True


def take_stock(database: Database, vault: Vault, secrets: Secrets) -> Stock:
    """Read everything once; settle the vault's epoch on the one the manifest names."""
    cut = _Cut()
    manifests = list(database.salvage("SELECT sealed FROM manifest WHERE one = 1", cut))
    keys = {
        row: (epoch, wrapped) for row, epoch, wrapped in database.salvage("SELECT row, epoch, wrapped FROM keys", cut)
    }
    stock = Stock(manifest=_manifest(secrets, manifests))
    lost_epoch = stock.manifest is not None and not vault.settle(stock.manifest.epoch)
    total = _read_rows(database, vault, secrets, keys, stock, cut)
    found = len(stock.index) + len(stock.unreadable)
    if not (found or keys or cut.happened) and (not manifests or (lost_epoch and _was_empty(stock.manifest))):
        return _begin(database, vault, secrets, stock.manifest)
    if stock.manifest is None:
        orphans = len(keys.keys() - stock.index.keys() - stock.unreadable)
        stock.missing = orphans if orphans or stock.unreadable else 1
        _void_approvals(stock)
        return stock
    stock.missing = max(0, stock.manifest.count - found)
    if cut.happened or not stock.manifest.covers(total, len(stock.index)):
        _void_approvals(stock)
        if not stock.unreadable:
            stock.missing = max(1, stock.missing)
    if lost_epoch:
        stock.manifest = None
    return stock


def unlock(
    vault: Vault, row: int, head: object, body: object, epoch: int, wrapped: object
) -> tuple[bytes, Head, bytes, bytes]:
    """Data key, head, canonical bytes and sealed body of one row. Raises ``Invalid('store-damaged')``."""
    key = vault.unwrap(wrapped, epoch)
    opened = open_head(key, row, head)
    plain = open_body(key, row, opened, body)
    if len(plain) != opened.size or not isinstance(body, bytes):
        raise Invalid("store-damaged", detail="A record cannot be read.")
    return key, opened, plain, body


def listed(secrets: Secrets, row: int, head: Head, sealed_head: bytes, sealed_body: bytes) -> Listed:
    """What is kept in memory of a row."""
    return Listed(
        row,
        head.kind,
        head.program_id,
        head.time,
        head.size,
        head.state,
        head.stored_at,
        head.expires,
        head.approved,
        head.batch,
        tag(secrets.tags, row, sealed_head, sealed_body),
    )


def write_manifest(database: Database, secrets: Secrets, manifest: Manifest) -> None:
    """Inside the transaction that changes the rows."""
    sealed = seal_manifest(secrets.manifest, manifest)
    database.write("INSERT OR REPLACE INTO manifest VALUES (1, ?)", (sealed,))


def _manifest(secrets: Secrets, found: list[tuple[object]]) -> Manifest | None:
    try:
        return open_manifest(secrets.manifest, found[0][0]) if found else None
    except Invalid:
        return None


def _was_empty(manifest: Manifest | None) -> bool:
    return manifest is not None and manifest.count == 0


def _begin(database: Database, vault: Vault, secrets: Secrets, before: Manifest | None) -> Stock:
    """A new file, or one whose rows were all destroyed with their keys just before a crash."""
    vault.settle(vault.epoch)
    manifest = empty(vault.epoch, before.next_row if before is not None else 1)
    with database.transaction():
        write_manifest(database, secrets, manifest)
    return Stock(manifest=manifest)


def _read_rows(
    database: Database,
    vault: Vault,
    secrets: Secrets,
    keys: dict[int, tuple[int, object]],
    stock: Stock,
    cut: _Cut,
) -> int:
    """Fill the index; returns the sum of the tags."""
    for row, sealed_head, sealed_body in database.salvage("SELECT row, head, body FROM records ORDER BY row", cut):
        epoch, wrapped = keys.get(row, (0, None))
        try:
            _, head, _, _ = unlock(vault, row, sealed_head, sealed_body, epoch, wrapped)
        except Invalid:
            stock.unreadable.add(row)
            continue
        if row in stock.index:  # a page of the file stands there twice
            cut()
            stock.unreadable.add(row)
        stock.index[row] = listed(secrets, row, head, sealed_head, sealed_body)
    for row in stock.unreadable & stock.index.keys():  # two rows with one number: a look-up may find either
        del stock.index[row]
    return sum(entry.tag for entry in stock.index.values())


def _void_approvals(stock: Stock) -> None:
    """An older copy of a row may have been put back, and it cannot be told which: the employee looks again."""
    for row, entry in stock.index.items():
        if entry.state is State.APPROVED:
            stock.index[row] = entry._replace(state=State.HELD, approved=None)
