"""DISPLAY names and Xauthority files."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.native.x11.display import DisplayName, cookie
from agent.problems import Unavailable

HOST = "desk"
LOCAL, WILD, INTERNET = 256, 65535, 0


def entry(family: int, address: bytes, number: bytes, data: bytes, name: bytes = b"MIT-MAGIC-COOKIE-1") -> bytes:
    fields = (address, number, name, data)
    return struct.pack(">H", family) + b"".join(struct.pack(">H", len(field)) + field for field in fields)


def found(folder: Path, content: bytes, number: int = 7) -> tuple[bytes, bytes]:
    place = folder / "authority"
    place.write_bytes(content)
    return cookie(DisplayName(number, 0), {"XAUTHORITY": str(place)}, HOST)


@pytest.mark.parametrize(
    ("name", "number", "screen"), [(":0", 0, 0), (":12.1", 12, 1), ("unix:3", 3, 0), ("desk/unix:4.0", 4, 0)]
)
def test_local_displays(name: str, number: int, screen: int) -> None:
    assert DisplayName.parse(name) == DisplayName(number, screen)


@pytest.mark.parametrize("name", ["", ":", "desk:0", "localhost:10.0", "[::1]:0", ":x", ":0\n"])
def test_everything_else_is_refused(name: str) -> None:
    with pytest.raises(Unavailable) as refusal:
        DisplayName.parse(name)
    assert refusal.value.code == "session-unsupported"


def test_our_own_entry_is_taken_before_others(tmp_path: Path) -> None:
    content = (
        entry(INTERNET, b"\x7f\0\0\1", b"7", b"internet")
        + entry(LOCAL, b"desk", b"8", b"other display")
        + entry(LOCAL, b"desk", b"7", b"x" * 16, b"XDM-AUTHORIZATION-1")
        + entry(WILD, b"", b"7", b"wild")
        + entry(LOCAL, b"desk", b"7", b"ours")
    )
    assert found(tmp_path, content) == (b"MIT-MAGIC-COOKIE-1", b"ours")


def test_a_wild_entry_or_one_of_an_older_host_name_will_do(tmp_path: Path) -> None:
    assert found(tmp_path, entry(WILD, b"", b"", b"wild"))[1] == b"wild"
    assert found(tmp_path, entry(LOCAL, b"renamed", b"7", b"old"))[1] == b"old"


def test_no_file_means_no_cookie(tmp_path: Path) -> None:
    assert cookie(DisplayName(0, 0), {"XAUTHORITY": str(tmp_path / "none")}, HOST) == (b"", b"")
    assert cookie(DisplayName(0, 0), {}, HOST) == (b"", b"")


@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_without_complaint(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    name, data = found(folder, content)
    assert (name, data) == (b"", b"") or name == b"MIT-MAGIC-COOKIE-1"
    assert found(folder, entry(LOCAL, b"desk", b"7", b"ours") + content)[1] == b"ours"


def test_an_entry_cut_off_anywhere_is_none(tmp_path: Path) -> None:
    whole = entry(LOCAL, b"desk", b"7", b"ours")
    for cut in range(len(whole)):
        assert found(tmp_path, whole[:cut]) == (b"", b"")
