"""Keys: made once, wrapped, rotated, and gone when they are said to be gone."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.problems import Invalid, Unavailable
from agent.vault import Vault, bind, device_key, pad, seal, unpad, unseal
from tests.fakes.keystore import MemoryKeystore


@pytest.fixture
def keystore() -> MemoryKeystore:
    return MemoryKeystore()


def test_the_first_opening_makes_a_root_and_an_epoch(keystore: MemoryKeystore) -> None:
    vault = Vault.open(keystore)

    assert vault.epoch == 1
    assert set(keystore.values) == {"root", "epochs", "epoch-1"}


def test_a_second_opening_finds_the_same_keys(keystore: MemoryKeystore) -> None:
    first = Vault.open(keystore)
    key, wrapped = first.new_data_key()
    second = Vault.open(keystore)

    assert second.unwrap(wrapped, first.epoch) == key
    assert second.derive("profile") == first.derive("profile")


def test_data_keys_are_random_and_not_in_their_wrapping(keystore: MemoryKeystore) -> None:
    vault = Vault.open(keystore)
    pairs = [vault.new_data_key() for _ in range(100)]

    assert len({key for key, _ in pairs}) == 100
    assert all(len(key) == 32 and key not in wrapped for key, wrapped in pairs)


def test_every_label_and_every_root_gives_another_key() -> None:
    one, other = Vault.open(MemoryKeystore()), Vault.open(MemoryKeystore())
    keys = [vault.derive(label) for vault in (one, other) for label in ("profile", "ledger", "")]

    assert len(set(keys)) == len(keys)
    assert all(len(key) == 32 for key in keys)


def test_the_pseudonym_of_a_generation_is_stable_and_another_one_is_another(keystore: MemoryKeystore) -> None:
    vault = Vault.open(keystore)
    public = [device_key(vault, number).public_key().public_bytes_raw() for number in (0, 0, 1)]

    assert public[0] == public[1] != public[2]


def test_after_a_rotation_only_what_was_rewrapped_opens(keystore: MemoryKeystore) -> None:
    vault = Vault.open(keystore)
    kept, old_kept = vault.new_data_key()
    _, old_gone = vault.new_data_key()
    before = vault.epoch
    rotation = vault.rotate()
    new_kept = rotation.rewrap(old_kept)
    rotation.finish()

    assert set(keystore.values) == {"root", "epochs", f"epoch-{rotation.epoch}"}
    for holder in (vault, Vault.open(keystore)):
        assert holder.epoch == rotation.epoch
        assert holder.unwrap(new_kept, rotation.epoch) == kept
        for wrapped in (old_kept, old_gone):
            for epoch in (before, rotation.epoch):
                with pytest.raises(Invalid, match="damaged"):
                    holder.unwrap(wrapped, epoch)


def test_a_rotation_that_was_not_finished_leaves_both_until_the_store_says_which(keystore: MemoryKeystore) -> None:
    vault = Vault.open(keystore)
    key, wrapped = vault.new_data_key()
    old = vault.epoch
    new = vault.rotate().epoch
    reopened = Vault.open(keystore)

    assert reopened.unwrap(wrapped, old) == key
    assert reopened.settle(old)
    assert reopened.epoch == old
    assert f"epoch-{new}" not in keystore.values


def test_a_number_is_never_used_twice(keystore: MemoryKeystore) -> None:
    vault = Vault.open(keystore)
    first = vault.rotate().epoch  # its transaction failed, or perhaps not: the key must not be overwritten
    value = keystore.values[f"epoch-{first}"]
    second = vault.rotate()

    assert second.epoch != first
    assert keystore.values[f"epoch-{first}"] == value
    second.finish()
    assert f"epoch-{first}" not in keystore.values


def test_settling_on_an_epoch_that_is_gone_deletes_nothing(keystore: MemoryKeystore) -> None:
    vault = Vault.open(keystore)
    rotation = vault.rotate()
    rotation.finish()
    before = dict(keystore.values)

    assert not Vault.open(keystore).settle(1)
    assert keystore.values == before


def test_an_old_key_the_keystore_would_not_delete_is_deleted_the_next_time(keystore: MemoryKeystore) -> None:
    vault = Vault.open(keystore)
    rotation = vault.rotate()
    keystore.gone = True
    with pytest.raises(Unavailable):
        rotation.finish()
    keystore.gone = False

    assert vault.epoch == rotation.epoch
    vault.rotate().finish()
    assert [label for label in keystore.values if label.startswith("epoch-")] == [f"epoch-{vault.epoch}"]


def test_forgetting_kills_everything_wrapped_and_goes_on(keystore: MemoryKeystore) -> None:
    vault = Vault.open(keystore)
    _, wrapped = vault.new_data_key()
    epoch = vault.epoch
    vault.forget()

    for holder in (vault, Vault.open(keystore)):
        with pytest.raises(Invalid):
            holder.unwrap(wrapped, epoch)
        assert holder.unwrap(vault.wrap(b"k" * 32), vault.epoch) == b"k" * 32


def test_without_the_root_an_epoch_key_is_worth_nothing(keystore: MemoryKeystore) -> None:
    vault = Vault.open(keystore)
    _, wrapped = vault.new_data_key()
    del keystore.values["root"]

    with pytest.raises(Invalid):
        Vault.open(keystore).unwrap(wrapped, 1)


def test_destroying_leaves_nothing_in_the_keystore(keystore: MemoryKeystore) -> None:
    vault = Vault.open(keystore)
    vault.rotate()
    vault.destroy()

    assert keystore.values == {}
    with pytest.raises(Unavailable):
        vault.derive("profile")


@pytest.mark.parametrize("label", ["root", "epochs", "epoch-1"])
def test_an_item_that_is_no_key_is_refused_by_name(keystore: MemoryKeystore, label: str) -> None:
    Vault.open(keystore)
    keystore.values[label] = b"short"

    with pytest.raises(Unavailable, match=label):
        Vault.open(keystore)


@pytest.mark.parametrize("span", [bytes(32), b"\xff" * 32, (9).to_bytes(8, "big") + (1).to_bytes(8, "big") + bytes(16)])
def test_a_range_that_is_none_is_refused(keystore: MemoryKeystore, span: bytes) -> None:
    Vault.open(keystore)
    keystore.values["epochs"] = span

    with pytest.raises(Unavailable, match="range"):
        Vault.open(keystore)


def test_a_keystore_that_is_away_says_so() -> None:
    keystore = MemoryKeystore()
    keystore.gone = True

    with pytest.raises(Unavailable) as raised:
        Vault.open(keystore)
    assert raised.value.code == "keystore-unavailable"


def test_a_vault_cannot_be_printed_or_copied(keystore: MemoryKeystore) -> None:
    vault = Vault.open(keystore)

    assert repr(vault) == str(vault) == f"{vault}" == "<Vault (not shown)>"
    for leak in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            leak(vault)


@given(st.binary(max_size=300), st.binary(max_size=40), st.data())
def test_a_sealed_value_opens_unchanged_or_not_at_all(value: bytes, aad: bytes, data: st.DataObject) -> None:
    key = b"k" * 32
    sealed = seal(key, value, aad)
    assert unseal(key, sealed, aad) == value
    place = data.draw(st.integers(0, len(sealed) * 8 - 1))
    flipped = bytearray(sealed)
    flipped[place // 8] ^= 1 << place % 8

    for wrong in (
        (key, bytes(flipped), aad),
        (key, sealed, aad + b"."),
        (b"l" * 32, sealed, aad),
        (key, sealed[:-1], aad),
        (key, b"", aad),
        (key, None, aad),
    ):
        with pytest.raises(Invalid):
            unseal(*wrong)


def test_sealing_twice_never_gives_the_same_bytes() -> None:
    assert len({seal(b"k" * 32, b"same", b"") for _ in range(200)}) == 200


@given(st.binary(max_size=500))
def test_padding_hides_the_size_and_comes_off(value: bytes) -> None:
    assert len(pad(value)) % 64 == 0
    assert unpad(pad(value)) == value


@pytest.mark.parametrize("padded", [b"", b"\0\0", b"\0\0\0\x05four"])
def test_what_is_not_padded_is_refused(padded: bytes) -> None:
    with pytest.raises(Invalid):
        unpad(padded)


@given(st.lists(st.binary(max_size=9)), st.lists(st.binary(max_size=9)))
def test_two_lists_of_parts_never_look_alike(one: list[bytes], other: list[bytes]) -> None:
    assert (bind(*one) == bind(*other)) == (one == other)
