"""The Secret Service (GNOME Keyring, KWallet, KeePassXC) as the keystore of one profile.

Promise: a key is in the unlocked default collection or nowhere. There is no fallback to a file, and no variable of
the environment chooses another store. Specification: https://specifications.freedesktop.org/secret-service-spec/.
"""

from __future__ import annotations

import base64
import binascii
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import secretstorage
from secretstorage.collection import SESSION_COLLECTION
from secretstorage.defines import SS_PATH, SS_PREFIX
from secretstorage.util import DBusAddressWrapper, add_match_rules

from agent.native.dbus import BoundedConnection, BusError, ErrorReply, session_address
from agent.problems import Unavailable

VALUE_BYTES: Final = 32
_APPLICATION: Final = "aboveboard"
#: Seconds for the service to answer: it may have to be started, and to derive a key first.
_ANSWER: Final = 10.0
#: Seconds for each answer when it is only looked whether a keystore is back.
_GLANCE: Final = 0.3


class SecretServiceKeystore:
    """Implements ``agent.vault.Keystore``. Each operation opens the session bus and closes it again.

    A locked collection is asked to unlock, which may show the system's own password prompt.
    """

    name = "secret-service"

    def __init__(self, profile: str, address: str | None = None, patience: float = 60.0) -> None:
        """Nothing is opened yet. address: of the session bus, None for this session's own, looked up at each use.

        patience: seconds a person has for the unlock prompt before it counts as refused.
        """
        self._profile = profile
        self._address = address
        self._patience = patience
        self._one_at_a_time = threading.Lock()

    def ready(self) -> bool:
        """Is the default collection there and unlocked? Never shows a prompt and makes nothing; at most a second."""
        try:
            with (
                self._one_at_a_time,
                BoundedConnection(self._address or session_address(), _GLANCE, _GLANCE) as connection,
            ):
                add_match_rules(connection)
                _refuse_forgetful(connection)
                return not secretstorage.Collection(connection).is_locked()
        except (BusError, ErrorReply, Unavailable, secretstorage.SecretStorageException):
            return False
        except (OSError, AssertionError, ValueError, TypeError):
            return False  # a broken connection, or an answer of another shape than the library asserts

    def read(self, label: str) -> bytes | None:
        """The value, None if there is none. Raises ``Unavailable('keystore-unavailable')``."""
        with self._collection() as collection:
            return self._value(collection, label)

    def write(self, label: str, value: bytes) -> None:
        """Store 32 bytes, replacing, and read them back. Raises ``Unavailable``; ``ValueError`` for another size."""
        if len(value) != VALUE_BYTES:
            raise ValueError(f"a key has {VALUE_BYTES} bytes, not {len(value)}")
        with self._collection() as collection:
            collection.create_item(
                f"Aboveboard ({self._profile}): {label}",
                self._attributes(label),
                base64.b64encode(value),
                replace=True,
            )
            if self._value(collection, label) != value:
                raise _unavailable("It did not keep what was stored.")

    def delete(self, label: str) -> None:
        """Forget; fine if absent. Raises ``Unavailable``."""
        with self._collection() as collection:
            for item in list(collection.search_items(self._attributes(label))):
                item.delete()

    def _value(self, collection: secretstorage.Collection, label: str) -> bytes | None:
        values = {_decode(item.get_secret()) for item in collection.search_items(self._attributes(label))}
        if len(values) > 1:
            raise _unavailable("It holds several different keys under one name.")
        return values.pop() if values else None

    def _attributes(self, label: str) -> dict[str, str]:
        return {"application": _APPLICATION, "profile": self._profile, "label": label}

    @contextmanager
    def _collection(self) -> Iterator[secretstorage.Collection]:
        """The default collection, unlocked; every way this can fail comes out as ``Unavailable``."""
        with self._one_at_a_time:
            try:
                connection = BoundedConnection(self._address or session_address(), _ANSWER, self._patience)
            except (BusError, ErrorReply, OSError) as problem:
                raise _unavailable("There is no D-Bus session to ask.") from problem
            with connection:
                try:
                    add_match_rules(connection)
                    _refuse_forgetful(connection)
                    collection = secretstorage.get_default_collection(connection)
                    if collection.is_locked() and collection.unlock(timeout=self._patience):
                        raise _unavailable("It is locked and was not unlocked.")
                    yield collection
                except secretstorage.PromptDismissedException as problem:
                    raise _unavailable("It is locked and was not unlocked.") from problem
                except secretstorage.SecretServiceNotAvailableException as problem:
                    raise _unavailable("No keystore is running.") from problem
                except secretstorage.LockedException as problem:
                    raise _unavailable("It is locked.") from problem
                except TimeoutError as problem:
                    raise _unavailable("It did not answer in time.") from problem
                except (secretstorage.SecretStorageException, ErrorReply) as problem:
                    raise _unavailable("It refused.") from problem
                except (OSError, AssertionError, ValueError, TypeError) as problem:
                    # The library asserts the shape of answers.
                    raise _unavailable("Its answer made no sense or the connection broke.") from problem


def _refuse_forgetful(connection: BoundedConnection) -> None:
    """Keys in a collection that lives in memory only would be gone after the next login, and the store with them."""
    service = DBusAddressWrapper(SS_PATH, SS_PREFIX + "Service", connection)
    if service.call("ReadAlias", "s", "default")[0] == SESSION_COLLECTION:
        raise _unavailable("Its default collection is forgotten at logout.")


def _decode(secret: bytes) -> bytes:
    try:
        value = base64.b64decode(secret, validate=True)
    except binascii.Error as problem:
        raise _unavailable("What it holds under this name is not a key.") from problem
    if len(value) != VALUE_BYTES:
        raise _unavailable("What it holds under this name is not a key.")
    return value


def _unavailable(detail: str) -> Unavailable:
    return Unavailable("keystore-unavailable", detail=detail)
