from collections.abc import Callable

from pyarrow.parquet import FileDecryptionProperties, FileEncryptionProperties

class KmsClient:
    def __init__(self) -> None: ...
    def wrap_key(self, key_bytes: bytes, master_key_identifier: str) -> str: ...
    def unwrap_key(self, wrapped_key: str, master_key_identifier: str) -> bytes: ...

class KmsConnectionConfig:
    def __init__(self) -> None: ...

class EncryptionConfiguration:
    def __init__(
        self,
        footer_key: str,
        *,
        uniform_encryption: bool,
        encryption_algorithm: str,
        plaintext_footer: bool,
        double_wrapping: bool,
        data_key_length_bits: int,
    ) -> None: ...

class CryptoFactory:
    def __init__(self, kms_client_factory: Callable[[KmsConnectionConfig], KmsClient]) -> None: ...
    def file_encryption_properties(
        self, kms_connection_config: KmsConnectionConfig, encryption_config: EncryptionConfiguration
    ) -> FileEncryptionProperties: ...
    def file_decryption_properties(self, kms_connection_config: KmsConnectionConfig) -> FileDecryptionProperties: ...
