"""The steward's real command killed while it erases, again and again: no dataset is ever half, at last all is gone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.yard import Yard, anywhere, key_file, traces

PROGRAM = [sys.executable, "-m", "agent.organisation.steward.cli"]
MANY = 24


def start(yard: Yard, key: Path) -> subprocess.Popen[str]:
    where = ["--store", str(yard.folder / "store"), "--dataset", str(yard.out), "--key", str(key)]
    return subprocess.Popen([*PROGRAM, "erase", *where], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed_when(process: subprocess.Popen[str], state: Callable[[], bool]) -> bool:
    """Kill it as soon as something is so; False: it ended before."""
    while process.poll() is None:
        if state():
            process.kill()
            break
    process.communicate()
    return process.returncode < 0


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
def test_erasing_may_be_killed_at_any_time(tmp_path: Path, kind: str) -> None:
    yard = Yard(tmp_path, kind)
    key = tmp_path / "steward.key"
    key.write_bytes(key_file())
    gone = [yard.put(f"CANARY {n}", placed=bool(n % 2)) for n in range(MANY)]
    for n in range(MANY):
        yard.put(f"stays {n}")
    yard.open()
    for batch in gone:
        yard.word(batch)
    old = yard.texts()
    new = [text for text in old if "CANARY" not in text]

    def seals() -> int:
        return sum(1 for _ in (yard.folder / "store" / "v1").rglob("*.seal"))

    def at_work() -> bool:
        names = [path.name for path in yard.out.rglob("*")]
        return any("unfinished" in name or name == "rewritten" for name in names)

    kills = 0
    for left in (2 * MANY - 1, 2 * MANY - 9, MANY + 1):
        kills += killed_when(start(yard, key), lambda left=left: seals() <= left)  # type: ignore[misc]  # bound now
        for text in yard.texts():
            assert text in old
        assert set(yard.texts()) >= set(new), "what stays is never lost"
    for _ in range(4):
        kills += killed_when(start(yard, key), at_work)
        assert set(new) <= set(yard.texts()) <= set(old)
    assert kills >= 1, "it was quicker than the look at it every time"
    last = start(yard, key)
    said, wrong = last.communicate(timeout=60)
    assert (last.returncode, wrong) == (0, ""), said
    assert yard.texts() == new
    assert anywhere(tmp_path, b"CANARY", *(trace for batch in gone for trace in traces(batch))) == []
