from __future__ import annotations

import base64
import gzip
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.demo.leaks import Leak, forms, search_file, search_open_files, search_places

CARD = "4929 1234 5678 9013"
MAIL = "Erika.Muster+x@example.org"
PLANTED = {"card": CARD, "mail": MAIL}

DISGUISES: dict[str, Callable[[str], bytes]] = {
    "clear": str.encode,
    "upper case": lambda value: value.upper().encode(),
    "lower case": lambda value: value.lower().encode(),
    "swapped case": lambda value: value.swapcase().encode(),
    "backwards": lambda value: value[::-1].encode(),
    "hex": lambda value: value.encode().hex().encode(),
    "HEX": lambda value: value.encode().hex().upper().encode(),
    "utf-16-le": lambda value: value.encode("utf-16-le"),
    "utf-16-be": lambda value: value.encode("utf-16-be"),
    "url": lambda value: "".join(c if c.isalnum() else f"%{ord(c):02x}" for c in value).encode(),
    "gzip": lambda value: gzip.compress(value.encode()),
    "zlib": lambda value: zlib.compress(value.encode()),
    **{
        f"{kind} after {shift} bytes": lambda value, shift=shift, encode=encode: encode(
            b"x" * shift + value.encode() + b"tail"
        )
        for kind, encode in (("base64", base64.b64encode), ("base64url", base64.urlsafe_b64encode))
        for shift in range(5)
    },
    "base64 of utf-16": lambda value: base64.b64encode(b"?" + value.encode("utf-16-le")),
}


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_value_is_found(tmp_path: Path, name: str, disguise: str) -> None:
    hidden = tmp_path / "deep" / "er" / "data.bin"
    hidden.parent.mkdir(parents=True)
    content = DISGUISES[disguise](PLANTED[name])
    packed = disguise in {"gzip", "zlib"}
    hidden.write_bytes(content if packed else b"\0" * 1001 + content + b"\xff" * 77)
    assert {leak.value for leak in search_places([tmp_path], PLANTED)} == {name}


@pytest.mark.parametrize("at", [0, (1 << 22) - 9, (1 << 22) - 1, 1 << 22])
def test_a_value_across_two_blocks_is_found(tmp_path: Path, at: int) -> None:
    path = tmp_path / "big"
    path.write_bytes(b"." * at + CARD.encode() + b"." * 50)
    assert Leak("card", "clear", str(path), at) in search_file(path, PLANTED)


def test_a_file_name_counts(tmp_path: Path) -> None:
    (tmp_path / f"{CARD}.txt").touch()
    assert [leak.at for leak in search_places([tmp_path], PLANTED)] == [-1]


def test_a_deleted_file_that_is_still_open_counts(tmp_path: Path) -> None:
    path = tmp_path / "gone"
    with path.open("wb") as file:
        file.write(MAIL.encode())
        file.flush()
        path.unlink()
        assert {leak.value for leak in search_open_files(os.getpid(), PLANTED)} == {"mail"}
    assert not search_open_files(os.getpid(), PLANTED)


def test_clean_places_are_clean(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(os.urandom(1 << 20))
    (tmp_path / "b").write_text("4929 1234 5678 9014, erika.muster@example.org")
    (tmp_path / "away").symlink_to("/")
    assert search_places([tmp_path], PLANTED) == []


def test_a_place_that_is_missing_is_no_clean_place(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        search_places([tmp_path / "none"], PLANTED)


def test_every_form_differs_from_the_clear_one() -> None:
    every = forms(MAIL)
    assert len(every) >= 15
    assert [form for form, needle in every.items() if needle == MAIL.encode()] == ["clear"]
