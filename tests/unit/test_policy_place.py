"""Where the policy file may lie, who may have written it, and what stays in force when it is refused."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from agent.policy.load import Loaded, Policy, find, is_narrower, parse
from agent.problems import AgentError
from tests.fakes.organisation import NOW, make_policy, put


def document(**changes: Any) -> dict[str, Any]:
    """A signed policy as plain values, changed after it was signed."""
    found: dict[str, Any] = json.loads(make_policy()[0])
    for path, value in changes.items():
        put(found, path, value)
    return found


@pytest.fixture
def etc(tmp_path: Path) -> Path:
    folder = tmp_path / "etc"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    return folder


def put_file(folder: Path, data: bytes, mode: int = 0o644) -> Path:
    folder.mkdir(exist_ok=True)
    place = folder / "policy.json"
    place.write_bytes(data)
    place.chmod(mode)
    return place


def look(etc: Path, previous: Policy | None = None, trial: Path | None = None, now: int = NOW) -> Loaded:
    return find(trial, etc, now=now, previous=previous, owner=os.getuid(), top=etc)


def code(action: Callable[[], object]) -> str:
    with pytest.raises(AgentError) as raised:
        action()
    return raised.value.code


def test_no_file_means_nobody_asked(etc: Path) -> None:
    assert code(lambda: look(etc)) == "no-organisation"
    assert code(lambda: look(etc / "absent")) == "no-organisation"


def test_the_file_of_the_computer(etc: Path) -> None:
    put_file(etc, make_policy()[0])
    loaded = look(etc)
    assert (loaded.policy.serial, loaded.trial, loaded.problem) == (7, False, None)
    assert loaded.place == str(etc / "policy.json")


@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666])
def test_a_file_others_may_write(etc: Path, mode: int) -> None:
    put_file(etc, make_policy()[0], mode)
    assert code(lambda: look(etc)) == "policy-invalid"


@pytest.mark.parametrize("mode", [0o775, 0o757, 0o1777])
def test_a_folder_others_may_write(etc: Path, mode: int) -> None:
    put_file(etc / "aboveboard", make_policy()[0])
    etc.chmod(mode)
    assert code(lambda: find(None, etc / "aboveboard", now=NOW, owner=os.getuid(), top=etc)) == "policy-invalid"


def test_the_folders_are_looked_at_up_to_the_root(etc: Path) -> None:
    put_file(etc, make_policy()[0])
    assert code(lambda: find(None, etc, now=NOW, owner=os.getuid())) == "policy-invalid"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else(etc: Path) -> None:
    os.chown(put_file(etc, make_policy()[0]), 12345, 12345)
    assert code(lambda: look(etc)) == "policy-invalid"


def test_a_link_a_folder_and_a_pipe_are_no_policy(etc: Path, tmp_path: Path) -> None:
    (etc / "policy.json").symlink_to(put_file(tmp_path / "real", make_policy()[0]))
    assert code(lambda: look(etc)) == "policy-invalid"
    (etc / "policy.json").unlink()
    (etc / "policy.json").mkdir()
    assert code(lambda: look(etc)) == "policy-invalid"
    (etc / "policy.json").rmdir()
    os.mkfifo(etc / "policy.json")
    assert code(lambda: look(etc)) == "policy-invalid"


def test_an_older_or_another_policy_of_the_same_number(etc: Path) -> None:
    newest = parse(make_policy(serial=8)[0], NOW)
    # What lies there now is wider in nothing, so what was accepted goes on, and the reason is told.
    put_file(etc, make_policy(serial=7)[0])
    kept = look(etc, newest)
    assert kept.policy is newest
    assert kept.problem is not None
    assert kept.problem.code == "policy-rolled-back"
    put_file(etc, make_policy(serial=8, **{"notice.retention_days": 365})[0])
    assert look(etc, newest).policy is newest
    # It asks for less than what was accepted: going on would collect more than anybody wants now.
    put_file(etc, make_policy(serial=7, **{"notice.retention_days": 30})[0])
    assert code(lambda: look(etc, newest)) == "policy-rolled-back"


def test_a_refused_file_keeps_only_a_narrower_unexpired_policy(etc: Path) -> None:
    before = parse(make_policy()[0], NOW)
    refused = document(serial=9, **{"limits.hide_tray": True})
    put_file(etc, json.dumps(refused).encode())
    kept = look(etc, before)
    assert kept.policy is before
    assert kept.problem is not None
    assert kept.problem.code == "policy-invalid"
    assert code(lambda: look(etc)) == "policy-invalid"
    assert code(lambda: look(etc, before, now=before.not_after)) == "policy-invalid"
    put_file(etc, json.dumps(document(**{"limits.hide_tray": True, "limits.categories": []})).encode())
    assert code(lambda: look(etc, before)) == "policy-invalid"
    for unreadable in (b"", b"{", b"{}", make_policy()[0][:900]):
        put_file(etc, unreadable)
        assert code(lambda: look(etc, before)) == "policy-invalid"
    (etc / "policy.json").unlink()
    assert code(lambda: look(etc, before)) == "no-organisation"


def test_narrower() -> None:
    before = parse(make_policy()[0], NOW)
    assert is_narrower(before, before)
    assert is_narrower(before, parse(make_policy(**{"limits.categories": ["app"]})[0], NOW))
    assert not is_narrower(parse(make_policy(**{"limits.categories": ["app"]})[0], NOW), before)
    assert not is_narrower(before, replace(before, not_after=before.not_after + 1))
    assert not is_narrower(before, replace(before, delivery=replace(before.delivery, proxy="http://p.example")))


def test_a_trial_is_the_users_own_and_sends_nowhere_else(etc: Path, tmp_path: Path) -> None:
    trial = tmp_path / "trial"
    put_file(trial, make_policy(**{"delivery.collector": "http://127.0.0.1:8443"})[0])
    trial.chmod(0o700)
    assert look(etc, trial=trial).trial
    put_file(trial, make_policy()[0])
    assert code(lambda: look(etc, trial=trial)) == "policy-invalid"
    put_file(trial, make_policy(**{"delivery.collector": "http://127.0.0.1:8443"})[0], 0o666)
    assert code(lambda: look(etc, trial=trial)) == "policy-invalid"
    assert code(lambda: look(etc, trial=tmp_path / "absent")) == "no-organisation"


def test_no_trial_beside_a_policy_of_the_computer(etc: Path, tmp_path: Path) -> None:
    trial = tmp_path / "trial"
    put_file(trial, make_policy(**{"delivery.collector": "http://127.0.0.1:8443"})[0])
    put_file(etc, b"anything, even broken")
    assert code(lambda: look(etc, trial=trial)) == "trial-refused"
