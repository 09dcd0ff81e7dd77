from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from agent.organisation.steward.cli import main
from agent.policy.fingerprint import words
from agent.policy.load import parse
from agent.seal import keyfile
from tests.fakes.organisation import NOW, make_keys, sample


def call(*arguments: object) -> int:
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as ended:
        return int(ended.code or 0)


def draft_for(folder: Path) -> dict[str, Any]:
    """The sample, with the public keys of ``folder`` in it."""
    files = {name: json.loads((folder / f"{name}.key.pub").read_bytes()) for name in ("recipient", "organisation")}
    document = sample(make_keys())
    document["notice"]["organisation_key"] = files["organisation"]["public"]
    recipient = document["notice"]["recipients"][0]
    recipient["suite"], recipient["key"] = files["recipient"]["suite"], files["recipient"]["public"]
    return document


def test_keygen_makes_two_pairs_and_shows_their_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("keygen", "--out", tmp_path / "keys") == 0
    shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for line in shown:
        path = Path(line["file"])
        private, public = (keyfile.decode(file.read_bytes()) for file in (path, path.with_name(path.name + ".pub")))
        assert (private.kid, private.public, public.seed) == (line["kid"], public.public, None)
        assert line["words"].split() == list(words(public.public))
        assert path.stat().st_mode & 0o777 == 0o600
        assert private.seed is not None
        assert private.seed.hex() not in str(shown)
    assert [Path(line["file"]).name for line in shown] == ["recipient.key", "organisation.key"]


def test_keygen_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("keygen", "--out", tmp_path) == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert call("keygen", "--out", tmp_path) == 1
    assert "never overwritten" in capsys.readouterr().err
    (tmp_path / "recipient.key").unlink()
    assert call("keygen", "--out", tmp_path) == 1
    assert {path.name for path in tmp_path.iterdir()} == set(before) - {"recipient.key"}


def test_a_draft_becomes_the_file_that_the_agent_accepts(tmp_path: Path) -> None:
    assert call("keygen", "--out", tmp_path) == 0
    draft, out = tmp_path / "draft.json", tmp_path / "policy.json"
    draft.write_text(json.dumps(draft_for(tmp_path)))
    for _ in range(2):
        assert call("sign-policy", "--key", tmp_path / "organisation.key", draft, out) == 0
    policy = parse(out.read_bytes(), NOW)
    assert policy.notice.recipients[0].key == keyfile.decode((tmp_path / "recipient.key").read_bytes()).public
    assert not list(tmp_path.glob("*.tmp"))


def test_every_mistake_of_a_draft_is_named_and_nothing_is_signed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call("keygen", "--out", tmp_path)
    draft, out = tmp_path / "draft.json", tmp_path / "policy.json"
    document = draft_for(tmp_path)
    document["notice"]["retention_days"] = "long"
    document["limits"]["max_pause"] = 5
    draft.write_text(json.dumps(document))
    assert call("sign-policy", "--key", tmp_path / "organisation.key", draft, out) == 1
    said = capsys.readouterr().err
    assert "notice.retention_days" in said
    assert "max_pause" in said
    for text in ("", "[]", '{"format":1,"format":1}', "not JSON"):
        draft.write_text(text)
        assert call("sign-policy", "--key", tmp_path / "organisation.key", draft, out) == 1
    assert not out.exists()


def test_the_wrong_key_signs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call("keygen", "--out", tmp_path)
    call("keygen", "--out", tmp_path / "other")
    draft, out = tmp_path / "draft.json", tmp_path / "policy.json"
    draft.write_text(json.dumps(draft_for(tmp_path)))
    for key in ("recipient.key", "organisation.key.pub", "other/organisation.key", "absent.key", "draft.json"):
        assert call("sign-policy", "--key", tmp_path / key, draft, out) == 1, key
        assert capsys.readouterr().err
    assert not out.exists()


def test_keys_under_a_passphrase(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    phrase, wrong, empty = (tmp_path / name for name in ("phrase", "wrong", "empty"))
    phrase.write_text("correct horse\n")
    wrong.write_text("battery\n")
    empty.write_text("\n")
    assert call("keygen", "--out", tmp_path / "k", "--passphrase-file", empty) == 1
    assert call("keygen", "--out", tmp_path / "k", "--passphrase-file", phrase) == 0
    opening = ["open", "--plain", "--store", tmp_path / "store", "--out", tmp_path / "out"]
    opening += ["--key", tmp_path / "k/recipient.key"]
    assert call(*opening) == 1
    assert call(*opening, "--passphrase-file", wrong) == 1
    capsys.readouterr()
    assert call(*opening, "--passphrase-file", phrase) == 0
    assert set(json.loads(capsys.readouterr().out).values()) == {0}


#: The program on a computer without the Parquet library, as a trial is set up.
WITHOUT = """
import sys
sys.modules['pyarrow'] = None
from agent.organisation.steward.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_without_the_parquet_library_only_plain_is_opened_and_the_rest_is_named(tmp_path: Path) -> None:
    def run(*arguments: object) -> tuple[int, str]:
        command = [sys.executable, "-c", WITHOUT, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    assert run("keygen", "--out", tmp_path / "k") == (0, "")
    opening = ("open", "--store", tmp_path / "store", "--key", tmp_path / "k/recipient.key", "--out", tmp_path / "out")
    status, said = run(*opening)
    assert status == 1
    assert "aboveboard[organisation]" in said
    assert "Traceback" not in said
    assert run(*opening, "--plain") == (0, "")


@pytest.mark.parametrize("arguments", [[], ["sing"], ["open"], ["keygen"], ["sign-policy", "--key", "k"]])
def test_wrong_use_is_two(arguments: list[str]) -> None:
    assert call(*arguments) == 2
