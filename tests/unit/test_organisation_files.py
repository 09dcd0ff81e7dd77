"""A file is replaced whole or not at all, and stands in its folder only once its bytes are durable."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

import pytest

from agent.organisation.files import held, replace_whole
from agent.problems import Unavailable


def test_bytes_are_durable_before_they_get_the_name_and_the_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new" / "file"
    seen: list[tuple[bool, bytes | None]] = []
    sync = os.fsync

    def watching(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        seen.append((is_folder, path.read_bytes() if path.exists() else None))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watching)
    replace_whole(path, lambda out: out.write(b"one"))
    replace_whole(path, lambda out: out.write(b"two"))
    assert seen == [(False, None), (True, b"one"), (False, b"one"), (True, b"two")]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [child.name for child in path.parent.iterdir()] == ["file"]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    replace_whole(path, lambda out: out.write(b"old"))

    def half(out: BinaryIO) -> None:
        out.write(b"ne")
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        replace_whole(path, half)
    assert path.read_bytes() == b"old"

    def full(_descriptor: int) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="no space"):
            replace_whole(path, lambda out: out.write(b"new"))
    assert path.read_bytes() == b"old"
    replace_whole(path, lambda out: out.write(b"x"))
    assert path.read_bytes() == b"x", "what was left of the failed ones is not in the way"


def test_one_works_in_a_folder_at_a_time(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "when absent"
    with held(folder), pytest.raises(Unavailable) as caught, held(folder):
        pass
    assert caught.value.code == "batch-store-failed"
    with held(folder), held(tmp_path / "another"):
        pass
