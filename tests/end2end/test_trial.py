"""The trial's organisation: made with the real commands, valid for the app, repeatable, never half done."""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path

import pytest

from agent.policy.load import find
from installers.trial import HOST, Organisation, TrialError, default_folder, main


def test_the_app_takes_the_policy_and_a_second_start_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "trial"
    with Organisation(folder) as first:
        port = first.port
        loaded = find(folder, now=int(time.time()))
        assert loaded.trial
        assert loaded.policy.serial == 1
        with socket.create_connection((HOST, port), timeout=10):
            pass
        before = first.policy.read_bytes()
        assert set(first.open(tmp_path / "opened").values()) == {0}
    with Organisation(folder) as second:
        assert second.port == port
        assert second.policy.read_bytes() == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, port), timeout=10)
    assert folder.stat().st_mode & 0o077 == 0
    assert second.policy.stat().st_mode & 0o022 == 0


def test_a_taken_port_gives_a_new_policy_with_a_higher_serial(tmp_path: Path) -> None:
    with Organisation(tmp_path) as first:
        port = first.port
        notice = json.loads(first.policy.read_text())["notice"]
    with socket.create_server((HOST, port)), Organisation(tmp_path) as second:
        assert second.port != port
        policy = json.loads(second.policy.read_text())
        assert policy["serial"] == 2
        assert policy["delivery"]["collector"].endswith(f":{second.port}")
        assert policy["notice"] == notice  # nothing is asked anew


def test_what_an_interrupted_start_left_is_not_taken_for_whole(tmp_path: Path) -> None:
    half = tmp_path / "organisation.1"
    half.mkdir()
    (half / "recipient.key").write_text("half")
    (tmp_path / "policy.1.json").write_text("half")
    with Organisation(tmp_path) as organisation:
        assert find(tmp_path, now=int(time.time())).policy.serial == 1
        assert len(organisation.public("recipient")) > 1000
    assert not half.exists()
    assert not (tmp_path / "policy.1.json").exists()


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    organisation = Organisation(tmp_path)
    organisation.make_keys()
    (organisation.keys / "organisation.key").write_text("no key")
    with pytest.raises(TrialError, match="aboveboard-steward sign-policy ended with 1"):
        organisation.sign(1234)
    assert not organisation.policy.exists()


def test_the_default_folder_is_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "aboveboard-trial"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    assert default_folder() == tmp_path / "me/.local/share/aboveboard-trial"


def test_wrong_usage_is_two() -> None:
    assert main(["--help"]) == 2
    assert main(["a", "b"]) == 2
