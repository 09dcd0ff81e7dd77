"""The file under the store: durable, private, for one process, and honest about what went wrong."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from agent.problems import Invalid, Refused, Unavailable
from agent.vault import Database, remove

SCHEMA = ("CREATE TABLE things (one INTEGER PRIMARY KEY, two BLOB NOT NULL)",)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.db"


def test_it_runs_as_durable_as_promised(path: Path) -> None:
    database = Database(path, SCHEMA)
    settings = {name: database.setting(name) for name in ("journal_mode", "synchronous", "secure_delete", "fullfsync")}
    database.close()

    assert settings == {"journal_mode": b"wal", "synchronous": 2, "secure_delete": 1, "fullfsync": 1}


def test_the_log_is_synced_before_a_change_is_acknowledged(tmp_path: Path) -> None:
    """Killing a process proves nothing about fsync, so the system calls themselves are read."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    trace = tmp_path / "trace"
    program = (
        "import os, pathlib, sys\n"
        "from agent.vault import Database\n"
        "database = Database(pathlib.Path(sys.argv[1]), sys.argv[2:3])\n"
        "for number in range(20):\n"
        "    database.write(sys.argv[3], (number, b'x'))\n"
        "    os.write(1, b'acknowledged')\n"
        "database.close()\n"
    )
    arguments = [str(tmp_path / "a.db"), *SCHEMA, "INSERT INTO things VALUES (?, ?)"]
    calls = ["strace", "-f", "-y", "-e", "trace=write,pwrite64,fsync,fdatasync", "-o", str(trace)]
    done = subprocess.run(
        [*calls, sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, check=False
    )
    if b"ptrace" in done.stderr.lower():
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr

    unsynced, synced, acknowledged = False, 0, 0
    for line in trace.read_text(errors="replace").splitlines():
        if re.search(r"pwrite64\(\d+<[^>]*-wal>", line):
            unsynced = True
        elif re.search(r"f(data)?sync\(\d+<[^>]*-wal>", line):
            unsynced, synced = False, synced + 1
        elif "acknowledged" in line:
            assert not unsynced
            acknowledged += 1
    assert acknowledged == 20
    assert synced >= 20


def test_only_its_owner_may_read_it(path: Path) -> None:
    old = os.umask(0)
    try:
        database = Database(path, SCHEMA)
    finally:
        os.umask(old)
    database.write("INSERT INTO things VALUES (1, ?)", (b"x",))
    modes = {place.name: stat.S_IMODE(place.stat().st_mode) for place in path.parent.iterdir()}
    database.close()

    assert modes == {"a.db": 0o600, "a.db-wal": 0o600}


def test_a_second_opener_is_refused_here_and_in_another_process(path: Path) -> None:
    database = Database(path, SCHEMA)
    with pytest.raises(Refused) as raised:
        Database(path, SCHEMA)
    program = "import pathlib, sys\nfrom agent.vault import Database\nDatabase(pathlib.Path(sys.argv[1]), ())"
    other = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    database.close()

    assert raised.value.code == "profile-in-use"
    assert "already running" in other.stderr
    Database(path, SCHEMA).close()


def test_a_transaction_is_all_or_nothing(path: Path) -> None:
    database = Database(path, SCHEMA)

    def fail() -> None:
        with database.transaction():
            database.write("INSERT INTO things VALUES (1, ?)", (b"x",))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with database.transaction():
        database.write_all("INSERT INTO things VALUES (?, ?)", [(2, b"y"), (3, b"z")])
    found = database.read("SELECT * FROM things")
    database.close()

    assert found == [(2, b"y"), (3, b"z")]


def test_deleted_content_is_nowhere_in_the_files(path: Path) -> None:
    database = Database(path, SCHEMA)
    database.write("INSERT INTO things VALUES (1, ?)", (b"canary" * 3000,))
    database.checkpoint()
    assert b"canary" in path.read_bytes()
    database.write("DELETE FROM things")
    database.checkpoint()
    left = b"".join(place.read_bytes() for place in path.parent.iterdir())
    database.close()

    assert b"canary" not in left


@pytest.mark.parametrize("content", [b"not a database at all" * 99, b"SQLite format 3\0" + bytes(5000), b"S"])
def test_a_file_that_is_no_database_is_called_damaged(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(Invalid) as raised:
        Database(path, SCHEMA)
    assert raised.value.code == "store-damaged"


@pytest.mark.parametrize(
    "foreign",
    [
        "CREATE TABLE others (one)",
        "CREATE TRIGGER leak AFTER INSERT ON things BEGIN DELETE FROM things; END",
        "CREATE VIEW things2 AS SELECT * FROM things",
    ],
)
def test_tables_nobody_asked_for_are_refused(path: Path, foreign: str) -> None:
    Database(path, SCHEMA).close()
    other = sqlite3.connect(path)
    other.execute(foreign)
    other.commit()
    other.close()

    with pytest.raises(Invalid, match="expected tables"):
        Database(path, SCHEMA)


@pytest.mark.parametrize("damage", [b"CRE\xccTE", b"NOTHING", b"CREATE\xff"])
def test_tables_that_are_not_even_text_are_damaged_and_not_quoted(path: Path, damage: bytes) -> None:
    Database(path, SCHEMA).close()
    content = path.read_bytes()
    place = content.index(b"CREATE TABLE")
    path.write_bytes(content[:place] + damage + content[place + len(damage) :])

    with pytest.raises(Invalid) as raised:
        Database(path, SCHEMA)
    assert raised.value.code == "store-damaged"
    assert damage.decode(errors="replace") not in str(raised.value)


def test_a_folder_that_cannot_be_made_is_a_named_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(Unavailable) as raised:
        Database(tmp_path / "file" / "a.db", SCHEMA)
    assert raised.value.code == "store-failed"


def test_removing_takes_the_log_along_and_may_be_done_twice(path: Path) -> None:
    Database(path, SCHEMA).close()
    for end in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + end).write_bytes(b"old")
    remove(path)
    remove(path)

    assert list(path.parent.iterdir()) == []
