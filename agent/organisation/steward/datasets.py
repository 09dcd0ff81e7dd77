"""Which kind of dataset lies in a folder, or shall lie there."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from agent.organisation.steward import datakey
from agent.organisation.steward.dataset import Dataset
from agent.organisation.steward.plain import PlainDataset, is_plain
from agent.problems import Invalid, Unavailable
from agent.seal.hybrid import public_of


def for_opening(folder: Path, seeds: Sequence[bytes], *, plain: bool) -> Dataset:
    """The dataset to add to, made if nothing is there: for the first of these private keys alone.

    Raises ``Invalid('batch-store-failed')`` if the other kind lies there, ``Unavailable('batch-store-failed')`` without
    the Parquet library, else as ``existing``.
    """
    if plain and _is_encrypted(folder):
        raise _other_kind(folder, "encrypted; leave --plain out")
    if not plain and is_plain(folder):
        raise _other_kind(folder, "in plain; say --plain to go on so")
    if plain:
        return PlainDataset(folder)
    _need_parquet()
    if not _is_encrypted(folder):
        datakey.make(folder, public_of(seeds[0]))
    return _encrypted(folder, seeds)


def existing(folder: Path, seeds: Sequence[bytes]) -> Dataset:
    """What lies there. Raises ``Invalid('key-file-invalid')`` if none of the private keys opens it,
    ``Invalid('batch-store-failed')`` if it is damaged or there is none.
    """
    if is_plain(folder):
        return PlainDataset(folder)
    if _is_encrypted(folder):
        return _encrypted(folder, seeds)
    raise Invalid("batch-store-failed", detail=f"There is no dataset in {folder}.")


def _is_encrypted(folder: Path) -> bool:
    return (folder / datakey.NAME).exists() or (folder / "parts").exists()


def _need_parquet() -> None:
    """Making keys, signing policies and plain datasets do without the library; a trial does not bring it."""
    if find_spec("pyarrow") is None:
        detail = "Encrypted datasets need the Parquet library: pip install aboveboard[organisation]."
        raise Unavailable("batch-store-failed", detail=detail)


def _encrypted(folder: Path, seeds: Sequence[bytes]) -> Dataset:
    _need_parquet()
    from agent.organisation.steward.parquet import ParquetDataset  # noqa: PLC0415

    return ParquetDataset(folder, datakey.unlock(folder, seeds))


def _other_kind(folder: Path, how: str) -> Invalid:
    return Invalid("batch-store-failed", detail=f"The dataset in {folder} is {how}, or name another folder.")
