"""``aboveboard export`` and ``verify`` as anybody runs them, on a profile whose keys lie in a real keystore."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.engine.stores import Stores
from agent.native import machine
from agent.native.keystore import SecretServiceKeystore
from tests.fakes.organisation import make_policy
from tests.fakes.session import PrivateSession
from tests.fakes.stored import CONTEXT, LATER, a_record

BIN = Path(sys.executable).parent
_missing = PrivateSession.missing()
needs_keyring = pytest.mark.skipif(bool(_missing), reason=f"not installed: {', '.join(_missing)}")


def run(session: PrivateSession | None, *arguments: str | Path) -> tuple[int, str]:
    environ = session.environ if session is not None else {"PATH": "/usr/bin", "LANG": "C.UTF-8"}
    done = subprocess.run(
        [BIN / "aboveboard", *arguments], capture_output=True, check=False, timeout=60, env=environ, text=True
    )
    return done.returncode, done.stdout + done.stderr


def a_trial(folder: Path) -> Path:
    """A trial's folder with a policy that is in force whatever day it is."""
    folder.mkdir(mode=0o700)
    now = datetime.now(UTC)
    times = {"not_after": now + timedelta(days=300), "notice.effective_from": now - timedelta(days=30)}
    changes = {name: at.strftime("%Y-%m-%dT%H:%M:%SZ") for name, at in times.items()}
    policy = folder / "policy.json"
    policy.write_bytes(make_policy(**{"delivery.collector": "http://127.0.0.1:9", **changes})[0])
    policy.chmod(0o600)
    return folder


@needs_keyring
def test_everything_about_me_leaves_the_profile_and_verifies(tmp_path: Path) -> None:
    trial = a_trial(tmp_path / "trial")
    profile = trial / "profile"
    with PrivateSession() as session:
        stores = Stores(profile, SecretServiceKeystore(str(profile.resolve()), session.address), machine())
        records = stores.open().records
        record = a_record(1)
        records.append(record, now=1, expires=LATER, context=CONTEXT)
        stores.open().ledger.append("consent-given", {"cells": "train:text"}, 1)

        code, said = run(session, "--trial", trial, "export", tmp_path / "out")
        assert (code, "already running" in said) == (1, True), "whoever has the profile open exports it"
        assert not (tmp_path / "out").exists()
        stores.close()

        code, said = run(session, "--trial", trial, "export", tmp_path / "out")
        assert code == 0, said
        assert (tmp_path / "out/records.jsonl").read_bytes() == record.canonical() + b"\n"
        assert run(session, "--trial", trial, "export", tmp_path / "out")[0] == 1, "never into a full folder"

    code, said = run(None, "verify", tmp_path / "out")
    assert code == 0, said
    assert "of exactly this log" in said
    with (tmp_path / "out/ledger-0.jsonl").open("ab") as file:
        file.write(b"{}\n")
    code, said = run(None, "verify", tmp_path / "out")
    assert code == 1
    assert "WRONG: ledger-0.jsonl: it was changed" in said
    council = subprocess.run([BIN / "aboveboard-council", "check", tmp_path / "out"], capture_output=True, check=False)
    assert council.returncode == 1


def test_of_somebody_who_never_answered_there_is_nothing_and_nothing_is_made(tmp_path: Path) -> None:
    trial = a_trial(tmp_path / "trial")
    code, said = run(None, "--trial", trial, "export", tmp_path / "out")
    assert code == 1
    assert "Nothing about you is kept" in said
    assert [path.name for path in tmp_path.iterdir()] == ["trial"]
    assert [path.name for path in trial.iterdir()] == ["policy.json"]


def test_verify_ends_with_0_1_or_2(tmp_path: Path) -> None:
    policy = a_trial(tmp_path / "trial") / "policy.json"
    assert run(None, "verify", policy)[0] == 0
    assert run(None, "verify", policy, "--policy", policy)[0] == 0
    changed = json.loads(policy.read_bytes())
    changed["serial"] += 1
    policy.write_text(json.dumps(changed))
    assert run(None, "verify", policy)[0] == 1
    assert run(None, "verify", policy, "--policy", tmp_path / "absent")[0] == 1
    assert run(None, "verify")[0] == 2
