"""Every keystore keeps 32 bytes, forgets them when told, and never keeps them in the clear."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from agent.native.keystore import SecretServiceKeystore
from agent.problems import Unavailable
from agent.vault import Keystore
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.session import PrivateSession

KEY = bytes(range(32))
OTHER = bytes(range(100, 132))

_missing = PrivateSession.missing()
needs_keyring = pytest.mark.skipif(bool(_missing), reason=f"not installed: {', '.join(_missing)}")


@pytest.fixture(scope="module")
def session() -> Iterator[PrivateSession]:
    with PrivateSession() as running:
        yield running


class KeystoreContract:
    @pytest.fixture
    def keystore(self) -> Keystore:
        raise NotImplementedError

    def test_what_was_never_written_is_none(self, keystore: Keystore) -> None:
        assert keystore.read("nothing") is None

    def test_keeps_and_replaces(self, keystore: Keystore) -> None:
        keystore.write("root", KEY)
        assert keystore.read("root") == KEY

        keystore.write("root", OTHER)
        assert keystore.read("root") == OTHER

    def test_labels_do_not_mix(self, keystore: Keystore) -> None:
        keystore.write("epoch-1", KEY)
        keystore.write("epoch-10", OTHER)
        keystore.delete("epoch-10")

        assert keystore.read("epoch-1") == KEY
        assert keystore.read("epoch-10") is None

    def test_forgets_also_twice(self, keystore: Keystore) -> None:
        keystore.write("gone", KEY)
        keystore.delete("gone")
        keystore.delete("gone")

        assert keystore.read("gone") is None

    @pytest.mark.parametrize("size", [0, 31, 33])
    def test_takes_only_32_bytes(self, keystore: Keystore, size: int) -> None:
        with pytest.raises(ValueError, match="32 bytes"):
            keystore.write("root", bytes(size))

    def test_is_ready_without_asking_anybody(self, keystore: Keystore) -> None:
        assert keystore.ready() is True

    def test_has_a_name_to_show(self, keystore: Keystore) -> None:
        assert keystore.name


class TestMemory(KeystoreContract):
    @pytest.fixture
    def keystore(self) -> Keystore:
        return MemoryKeystore()

    def test_can_be_taken_away(self) -> None:
        keystore = MemoryKeystore()
        keystore.gone = True

        with pytest.raises(Unavailable, match="taken away"):
            keystore.read("root")
        assert not keystore.ready()


@needs_keyring
class TestSecretService(KeystoreContract):
    @pytest.fixture
    def keystore(self, session: PrivateSession) -> Keystore:
        return SecretServiceKeystore("contract", session.address, patience=1.0)

    def test_another_object_reads_what_the_first_wrote(self, session: PrivateSession) -> None:
        SecretServiceKeystore("again", session.address).write("root", KEY)

        assert SecretServiceKeystore("again", session.address).read("root") == KEY

    def test_profiles_do_not_see_each_other(self, session: PrivateSession) -> None:
        SecretServiceKeystore("mine", session.address).write("root", KEY)

        assert SecretServiceKeystore("theirs", session.address).read("root") is None

    def test_the_key_is_in_no_file_in_the_clear(self, session: PrivateSession) -> None:
        SecretServiceKeystore("files", session.address).write("root", KEY)
        kept = [path.read_bytes() for path in session.home.rglob("*") if path.is_file()]

        assert any(content != b"" for content in kept), "the keyring keeps something somewhere"
        for shape in (KEY, KEY.hex().encode(), base64.b64encode(KEY)):
            assert not any(shape in content for content in kept)

    def test_no_variable_of_the_environment_chooses_another_store(self, session: PrivateSession) -> None:
        program = (
            "from agent.native.keystore import SecretServiceKeystore as K\n"
            "k = K('environment'); k.write('root', bytes(range(32))); assert k.read('root') == bytes(range(32))"
        )
        environ = {
            **session.environ,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        subprocess.run([sys.executable, "-W", "error", "-c", program], env=environ, check=True, timeout=60)

        assert SecretServiceKeystore("environment", session.address).read("root") == KEY

    @pytest.mark.parametrize("content", [b"not a key", base64.b64encode(bytes(31)), b""])
    def test_something_that_is_not_a_key_is_refused(self, session: PrivateSession, content: bytes) -> None:
        import secretstorage  # noqa: PLC0415  # Linux only
        from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415

        with open_dbus_connection(session.address) as connection:
            secretstorage.get_default_collection(connection).create_item(
                "x", {"application": "aboveboard", "profile": "bad", "label": "root"}, content, replace=True
            )

        with pytest.raises(Unavailable, match="not a key"):
            SecretServiceKeystore("bad", session.address).read("root")


@needs_keyring
class TestRefusals:
    def test_no_bus(self, tmp_path: object) -> None:
        with pytest.raises(Unavailable, match="no D-Bus session"):
            SecretServiceKeystore("x", f"unix:path={tmp_path}/nothing").read("root")
        assert not SecretServiceKeystore("x", f"unix:path={tmp_path}/nothing").ready()

    def test_a_bus_without_a_keystore(self) -> None:
        with (
            PrivateSession(keyring=False, services=False) as session,
            pytest.raises(Unavailable, match="No keystore is running"),
        ):
            SecretServiceKeystore("x", session.address, patience=0.5).write("root", KEY)

    def test_a_locked_collection_that_nobody_unlocks(self) -> None:
        with PrivateSession(keyring=False) as session:
            first = session.start_locked_keyring("--unlock", typed=b"a password")
            SecretServiceKeystore("x", session.address).write("root", KEY)
            session.end(first)
            session.start_locked_keyring()

            assert not SecretServiceKeystore("x", session.address).ready()
            with pytest.raises(Unavailable, match=r"locked and was not unlocked|in time"):
                SecretServiceKeystore("x", session.address, patience=0.5).read("root")
