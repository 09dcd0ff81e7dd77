"""The employee's own state: comes back as put, or not at all."""

from __future__ import annotations

import math
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.problems import Invalid, Refused
from agent.profile import Profile
from agent.vault import Vault
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.stored import all_bytes, image


@pytest.fixture
def keystore() -> MemoryKeystore:
    return MemoryKeystore()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "profile" / "profile.db"


@contextmanager
def opened(path: Path, keystore: MemoryKeystore) -> Iterator[Profile]:
    profile = Profile.open(path, Vault.open(keystore))
    try:
        yield profile
    finally:
        profile.close()


def sql(path: Path, statement: str, *values: bytes) -> None:
    database = sqlite3.connect(path)
    database.execute(statement, values)
    database.commit()
    database.close()


def test_what_is_put_comes_back_after_a_restart(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as profile:
        assert profile.get("consent") is None
        profile.put("consent", {"cells": [["p", "text"]], "until": 5})
        profile.put("words", ["Müller"])
        profile.put("words", ["Müller", "Meier"])
        profile.put("gone", 1)
        profile.remove("gone")
        profile.remove("never")
    with opened(path, keystore) as profile:
        assert profile.get("consent") == {"cells": [["p", "text"]], "until": 5}
        assert profile.get("words") == ["Müller", "Meier"]
        assert profile.get("gone") is None
        assert profile.sections() == ("consent", "words")
        assert profile.damaged == set()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(), children, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.text(alphabet=st.characters(codec="utf-8")), JSON, max_size=4))
def test_any_json_value_survives(values: dict[str, object]) -> None:
    with TemporaryProfile() as (path, keystore):
        with opened(path, keystore) as profile:
            for section, value in values.items():
                profile.put(section, value)
        with opened(path, keystore) as profile:
            assert {section: profile.get(section) for section in values} == values
            assert profile.damaged == set()


def test_a_value_json_cannot_say_changes_nothing(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as profile:
        profile.put("a", 1)
        for wrong in (math.nan, {1, 2}, b"bytes"):
            with pytest.raises((TypeError, ValueError)):
                profile.put("a", wrong)
        assert profile.get("a") == 1


def test_neither_names_nor_values_are_in_clear_and_the_old_value_is_gone(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as profile:
        profile.put("own-words", ["canary"] * 500)
        place, old = profile._database.read("SELECT place, sealed FROM sections")[0]
        profile.put("own-words", [])
        content = all_bytes(path)

    assert b"own-words" not in content
    assert b"canary" not in content
    assert place in content
    assert old[500:532] not in content


def test_a_damaged_value_is_none_and_named(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as profile:
        profile.put("consent", {"given": True})
        profile.put("words", ["x"])
        place = profile._place("consent")
    sql(path, "UPDATE sections SET sealed = x'00' WHERE place = ?", place)
    with opened(path, keystore) as profile:
        assert profile.damaged == {"consent"}
        assert profile.get("consent") is None
        assert profile.get("words") == ["x"]
        profile.put("consent", {"given": False})
        assert profile.damaged == set()
    with opened(path, keystore) as profile:
        assert profile.get("consent") == {"given": False}


def test_a_missing_or_swapped_value_is_damaged(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as profile:
        for section in "abc":
            profile.put(section, section)
        places = {section: profile._place(section) for section in "abc"}
    sql(path, "DELETE FROM sections WHERE place = ?", places["a"])
    copy = "UPDATE sections SET sealed = (SELECT sealed FROM sections WHERE place = ?) WHERE place = ?"
    sql(path, copy, places["c"], places["b"])
    with opened(path, keystore) as profile:
        assert profile.damaged == {"a", "b"}
        assert [profile.get(section) for section in "abc"] == [None, None, "c"]


def test_an_older_value_put_back_is_damaged(path: Path, keystore: MemoryKeystore, tmp_path: Path) -> None:
    with opened(path, keystore) as profile:
        profile.put("consent", "given")
    old = image(path, tmp_path / "old")
    with opened(path, keystore) as profile:
        profile.put("consent", "withdrawn")
    before = sqlite3.connect(old)
    sealed = before.execute("SELECT sealed FROM sections").fetchone()[0]
    before.close()
    sql(path, "UPDATE sections SET sealed = ?", sealed)
    with opened(path, keystore) as profile:
        assert profile.get("consent") is None
        assert profile.damaged == {"consent"}


@pytest.mark.parametrize("statement", ["DELETE FROM versions", "UPDATE versions SET sealed = x'00'"])
def test_without_its_list_nothing_is_believed(path: Path, keystore: MemoryKeystore, statement: str) -> None:
    with opened(path, keystore) as profile:
        profile.put("consent", "given")
    sql(path, statement)
    with opened(path, keystore) as profile:
        assert profile.get("consent") is None
        assert profile.damaged == {"*"}
        with pytest.raises(Invalid):
            profile.put("consent", "given")
    Profile.erase(path)
    with opened(path, keystore) as profile:
        assert profile.damaged == set()
        profile.put("consent", "refused")


def test_another_keystore_believes_nothing(path: Path, keystore: MemoryKeystore) -> None:
    with opened(path, keystore) as profile:
        profile.put("consent", "given")
    with opened(path, MemoryKeystore()) as profile:
        assert profile.get("consent") is None
        assert profile.damaged == {"*"}


def test_one_process_at_a_time_and_nothing_left_when_destroyed(path: Path, keystore: MemoryKeystore) -> None:
    profile = Profile.open(path, Vault.open(keystore))
    profile.put("a", 1)
    with pytest.raises(Refused):
        Profile.open(path, Vault.open(keystore))
    profile.destroy()
    profile.close()

    assert list(path.parent.iterdir()) == []


class TemporaryProfile:
    """A place for one generated example."""

    def __enter__(self) -> tuple[Path, MemoryKeystore]:
        self._folder = tempfile.TemporaryDirectory()
        return Path(self._folder.name) / "profile.db", MemoryKeystore()

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()
