from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from pyarrow import Schema, Table

class FileEncryptionProperties: ...
class FileDecryptionProperties: ...

class FileMetaData:
    metadata: Mapping[bytes, bytes] | None
    num_rows: int

class ParquetFile:
    metadata: FileMetaData
    schema_arrow: Schema
    def __init__(self, source: Path, *, decryption_properties: FileDecryptionProperties | None = None) -> None: ...
    def read(self) -> Table: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

class ParquetWriter:
    def __init__(
        self,
        where: BinaryIO,
        schema: Schema,
        *,
        compression: str,
        use_dictionary: Sequence[str],
        column_encoding: Mapping[str, str],
        encryption_properties: FileEncryptionProperties,
    ) -> None: ...
    def write_table(self, table: Table) -> None: ...
    def add_key_value_metadata(self, metadata: Mapping[str, str]) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
