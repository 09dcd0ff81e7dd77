"""What training code uses: the records of an encrypted dataset, with the key, as Arrow tables in memory.

::

    from pathlib import Path
    from agent.organisation.steward.reading import open_dataset

    dataset = open_dataset(Path("dataset"), Path("reader/recipient.key"))
    for table in dataset.tables():          # pyarrow.Table, one per part; dataset.lines() has the terms of each batch
        ...
"""

from __future__ import annotations

from pathlib import Path

from agent.organisation.files import read_key
from agent.organisation.steward.columns import COLUMNS, record_of
from agent.organisation.steward.datakey import unlock
from agent.organisation.steward.parquet import Parts

__all__ = ["COLUMNS", "open_dataset", "record_of"]


def open_dataset(folder: Path, key_file: Path, passphrase_file: Path | None = None) -> Parts:
    """key_file: a private key the dataset was made for, or granted to.

    Raises ``Invalid('key-file-invalid')`` without such a key, ``Invalid('batch-store-failed')`` if a part is damaged,
    ``OSError``.
    """
    return Parts(folder, unlock(folder, [read_key(key_file, passphrase_file).opening()]))
