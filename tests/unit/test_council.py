"""The works council's command: keys of its own, and co-signing without either private key leaving its computer."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.organisation.council import cli as council
from agent.organisation.steward import cli as steward
from agent.organisation.store import BatchStore, batch_key
from agent.records import Sealed
from agent.seal import Delivered, issue, keyfile, parse_header
from tests.fakes.batches import COLLECTOR, STRANGER, sealed

NOW = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


class Two:
    """Steward and council, each with a folder of its own, and a store that both can reach."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        assert council.main(["keygen", "--out", str(folder / "council")]) == 0
        assert steward.main(["keygen", "--out", str(folder / "steward")]) == 0
        self.seeds = [
            keyfile.decode((folder / name / "recipient.key").read_bytes()).opening() for name in ("steward", "council")
        ]
        self.store = BatchStore.open(str(folder / "store"))

    def put(self, *texts: str) -> Sealed:
        batch = sealed(*texts, recipients=self.seeds)[0]
        key = batch_key(parse_header(batch.data))
        about = Delivered(batch.batch_id, batch.digest, len(batch.data))
        assert self.store.create(key + ".seal", batch.data)
        assert self.store.create(key + ".receipt", issue(about, NOW, "collector.example", COLLECTOR))
        return batch

    def cosign(self, *which: str, out: str = "cosigned.json", keys: str = "council") -> int:
        return council.main(
            [
                *("cosign", "--store", str(self.folder / "store"), "--keys", str(self.folder / keys)),
                *("--steward", str(self.folder / "steward/recipient.key.pub"), "--out", str(self.folder / out)),
                *which,
            ]
        )

    def open(self, *more: str) -> int:
        return steward.main(
            [
                *("open", "--plain", "--store", str(self.folder / "store"), "--out", str(self.folder / "out")),
                *("--key", str(self.folder / "steward/recipient.key"), *more),
            ]
        )

    def opened(self) -> int:
        records = self.folder / "out/records.jsonl"
        return len(records.read_bytes().splitlines()) if records.exists() else 0


@pytest.fixture
def two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Two:
    made = Two(tmp_path)
    capsys.readouterr()
    return made


def test_keygen_makes_two_keys_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert council.main(["keygen", "--out", str(tmp_path)]) == 0
    shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(Path(line["file"]).name, line["suite"]) for line in shown] == [
        ("recipient.key", "MLKEM768_X25519"),
        ("signing.key", "ED25519"),
    ]
    assert all(len(line["words"].split()) == 12 for line in shown)
    assert stat.S_IMODE((tmp_path / "recipient.key").stat().st_mode) == 0o600
    assert council.main(["keygen", "--out", str(tmp_path)]) == 1
    assert "never overwritten" in capsys.readouterr().err


def test_the_steward_opens_only_what_the_council_cosigned(two: Two, capsys: pytest.CaptureFixture[str]) -> None:
    first, _second = two.put("one", "two"), two.put("three")
    assert two.open() == 1, "neither opens alone"
    assert "not given" in capsys.readouterr().err
    assert two.opened() == 0
    assert two.cosign("--batch", first.batch_id) == 0
    assert json.loads(capsys.readouterr().out)["batches"] == [first.batch_id]
    file, key = two.folder / "cosigned.json", two.folder / "council/signing.key.pub"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert two.open("--cosigned", str(file), "--council", str(key)) == 1, "the other one is still shut"
    assert two.opened() == 2
    openings = [json.loads(line) for line in (two.folder / "out/openings.jsonl").read_bytes().splitlines()]
    assert openings[0]["batches"] == [first.batch_id]
    assert len(openings[0]["keys"]) == 2, "both who made it possible are named"
    assert two.cosign("--all", out="all.json") == 0
    both = ["--cosigned", str(file), "--cosigned", str(two.folder / "all.json"), "--council", str(key)]
    assert two.open(*both) == 0
    assert two.opened() == 3


def test_the_files_that_travel_hold_no_private_key(two: Two) -> None:
    two.put("one")
    assert two.cosign("--all") == 0
    file = (two.folder / "cosigned.json").read_bytes()
    for name in ("council/recipient.key", "council/signing.key", "steward/recipient.key"):
        private = json.loads((two.folder / name).read_bytes())["private"]
        assert private.encode() not in file


def test_a_cosigning_file_of_somebody_else_opens_nothing(two: Two, capsys: pytest.CaptureFixture[str]) -> None:
    two.put("one")
    assert two.cosign("--all") == 0
    file = two.folder / "cosigned.json"
    assert council.main(["keygen", "--out", str(two.folder / "other")]) == 0
    for key in (["--council", str(two.folder / "other/signing.key.pub")], []):
        assert two.open("--cosigned", str(file), *key) == 1
    changed = two.folder / "changed.json"
    changed.write_bytes(file.read_bytes().replace(b'"made":"20', b'"made":"19', 1))
    assert two.open("--cosigned", str(changed), "--council", str(two.folder / "council/signing.key.pub")) == 1
    said = capsys.readouterr().err
    for reason in ("another key", "--council", "signature does not fit"):
        assert reason in said
    assert two.opened() == 0


def test_what_is_not_there_or_not_theirs_is_named_and_the_rest_is_done(
    two: Two, capsys: pytest.CaptureFixture[str]
) -> None:
    good = two.put("one")
    strange = sealed("x", recipients=(two.seeds[0], STRANGER))[0]
    assert two.store.create(batch_key(parse_header(strange.data)) + ".seal", strange.data)
    misplaced = f"v1/example-org/{'0' * 64}/2026-11-24/{'1' * 32}.seal"
    assert two.store.create(misplaced, good.data)
    absent = "f" * 32
    ids = ["--batch", good.batch_id, "--batch", strange.batch_id, "--batch", absent, "--batch", "1" * 32]
    assert two.cosign(*ids) == 1
    said = capsys.readouterr()
    assert f"not in the store: {absent}" in said.err
    assert strange.batch_id in said.err
    assert misplaced in said.err
    answer = json.loads(said.out)
    assert (answer["batches"], answer["refused"], answer["missing"]) == ([good.batch_id], 2, 1)
    assert two.cosign("--all") == 1, "a file is never overwritten"
    assert two.cosign("--batch", absent, out="none.json") == 1
    assert not (two.folder / "none.json").exists()
    assert two.cosign("--all", keys="steward", out="wrong.json") == 1, "no signing key there"


@pytest.mark.parametrize("arguments", [[], ["cosign"], ["keygen"], ["cosign", "--batch", "x"], ["nonsense"]])
def test_wrong_usage_is_told_from_failure(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        council.main(arguments)
    assert caught.value.code == 2
