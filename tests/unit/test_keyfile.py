from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from agent.problems import Invalid
from agent.seal import hybrid, keyfile
from agent.seal.keyfile import SuiteName

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize("suite", ["MLKEM768_X25519", "ED25519"])
def test_a_key_comes_back_from_its_files(suite: SuiteName) -> None:
    key = keyfile.make(suite, NOW)
    assert keyfile.decode(keyfile.encode_private(key, None)) == key
    public = keyfile.decode(keyfile.encode_public(key))
    assert (public.public, public.kid, public.seed) == (key.public, key.kid, None)
    assert key.seed is not None
    assert key.seed.hex() not in repr(key)


def test_a_passphrase_is_needed_and_has_to_fit() -> None:
    key = keyfile.make("MLKEM768_X25519", NOW)
    locked = keyfile.encode_private(key, b"correct horse")
    assert b'"private"' not in locked
    assert keyfile.decode(locked, b"correct horse") == key
    with pytest.raises(Invalid, match="needs a passphrase"):
        keyfile.decode(locked)
    with pytest.raises(Invalid, match="does not open"):
        keyfile.decode(locked, b"wrong")
    moved = msgspec.json.decode(locked) | {"created": "2020-01-01"}
    with pytest.raises(Invalid, match="does not open"):
        keyfile.decode(msgspec.json.encode(moved), b"correct horse")


def test_halves_that_do_not_fit_are_refused() -> None:
    one, two = (msgspec.json.decode(keyfile.encode_private(keyfile.make("ED25519", NOW), None)) for _ in range(2))
    with pytest.raises(Invalid, match="private key does not fit"):
        keyfile.decode(msgspec.json.encode(one | {"private": two["private"]}))
    with pytest.raises(Invalid, match="key id"):
        keyfile.decode(msgspec.json.encode(one | {"kid": two["kid"]}))
    with pytest.raises(Invalid, match="not a key file"):
        keyfile.decode(msgspec.json.encode(one | {"extra": 1}))


@pytest.mark.parametrize("junk", [b"", b"{}", b"\xff", b"[]", b"x" * 20_000])
def test_junk_is_no_key_file(junk: bytes) -> None:
    with pytest.raises(Invalid):
        keyfile.decode(junk)


def test_a_key_is_used_only_for_what_it_is() -> None:
    signer, recipient = keyfile.make("ED25519", NOW), keyfile.make("MLKEM768_X25519", NOW)
    with pytest.raises(Invalid):
        signer.opening()
    with pytest.raises(Invalid):
        recipient.signing()
    with pytest.raises(Invalid):
        keyfile.decode(keyfile.encode_public(signer)).signing()
    assert hybrid.public_of(recipient.opening()) == recipient.public
