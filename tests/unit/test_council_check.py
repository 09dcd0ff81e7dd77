"""What the works council finds out on its own: cut, doubled, rolled back and forged things, and what changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent import protocol
from agent.ledger import Ledger
from agent.organisation.council import cli
from agent.organisation.council.chains import Seen, check_ledger, read_memory
from agent.organisation.council.checking import differences
from agent.policy.load import parse
from agent.problems import Invalid
from agent.records import Sealed
from agent.seal import Delivered, SealTerms, issue, seal
from agent.seal.hybrid import public_of
from agent.seal.keyfile import decode
from agent.vault import Vault
from tests.fakes.batches import TERMS, approved
from tests.fakes.enginehouse import House
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.organisation import NOW, make_policy, make_policy_of_two


class Office:
    """A device with a ledger, and the council with the keys to open what it seals."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        assert cli.main(["keygen", "--out", str(folder / "keys")]) == 0
        self.key = folder / "keys/recipient.key"
        self.seed = decode(self.key.read_bytes()).opening()
        self.vault = Vault.open(MemoryKeystore())
        self.ledger = Ledger.open(folder / "ledger.db", self.vault)
        self.batches = folder / "batches"
        self.batches.mkdir()
        self.memory = folder / "checkpoints.jsonl"
        self.count = 0
        capsys.readouterr()

    def seal(
        self, previous: str | None, ledger: Ledger | None = None, device: Ed25519PrivateKey | None = None, **more: Any
    ) -> Sealed:
        """One more batch, its own entry in the ledger behind it."""
        log = ledger or self.ledger
        self.count += 1
        terms: SealTerms = replace(
            TERMS,
            recipients=(public_of(self.seed),),
            previous=previous,
            **{"checkpoint": log.checkpoint().text(), **more},
        )
        batch, _ = seal(approved("x"), terms, device or self.vault.device_key(0))
        log.append("sealed", {"batch": batch.batch_id}, NOW + self.count)
        return batch

    def put(self, *batches: Sealed) -> None:
        for batch in batches:
            (self.batches / f"{batch.batch_id}.seal").write_bytes(batch.data)

    def take(self, batch: Sealed) -> None:
        (self.batches / f"{batch.batch_id}.seal").unlink()

    def check(self, *more: str, place: Path | None = None) -> tuple[int, str]:
        code = cli.main(
            ["check", str(place or self.batches), "--key", str(self.key), "--checkpoints", str(self.memory), *more]
        )
        said = self.capsys.readouterr()
        return code, said.out + said.err


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Office]:
    made = Office(tmp_path, capsys)
    yield made
    made.ledger.close()


def three(office: Office) -> list[Sealed]:
    first = office.seal(None)
    second = office.seal(first.digest)
    return [first, second, office.seal(second.digest)]


def test_a_whole_chain_holds_and_is_remembered(office: Office) -> None:
    office.put(*three(office))
    code, said = office.check()
    assert code == 0, said
    assert "3 batches follow each other" in said
    assert "3 new checkpoints" in said
    assert len(read_memory(office.memory)) == 3
    assert office.memory.stat().st_mode & 0o077 == 0
    assert "0 new checkpoints" in office.check()[1]


def test_a_batch_that_arrives_late_is_no_rollback_and_a_missing_one_is_said(office: Office) -> None:
    first, second, third = three(office)
    office.put(first, third)
    code, said = office.check()
    assert code == 0, said
    assert "erased or held back" in said
    office.put(second)
    code, said = office.check()
    assert code == 0, said


def test_two_that_follow_the_same_or_are_both_the_first_are_a_fork(office: Office) -> None:
    first, second, _ = three(office)
    office.put(first, second, office.seal(first.digest))
    code, said = office.check()
    assert code == 1
    assert "fork" in said
    office.put(office.seal(None))
    assert "the first" in office.check()[1]


def test_a_ledger_rolled_back_is_seen_in_the_next_batch(office: Office, tmp_path: Path) -> None:
    batches = three(office)
    office.put(*batches)
    assert office.check()[0] == 0
    other = Ledger.open(tmp_path / "other.db", office.vault)
    try:
        back = office.seal(batches[-1].digest, ledger=other)
    finally:
        other.close()
    office.put(back)
    code, said = office.check()
    assert code == 1
    assert "rollback" in said


def test_memory_sees_what_the_batches_at_hand_do_not(office: Office, tmp_path: Path) -> None:
    """The whole storage exchanged for another history of the same device: only who remembers can tell."""
    batches = three(office)
    office.put(*batches)
    assert office.check()[0] == 0
    for batch in batches:
        office.take(batch)
    other = Ledger.open(tmp_path / "other.db", office.vault)
    try:
        other.append("something else", {}, NOW)
        anew = office.seal(None, ledger=other)
    finally:
        other.close()
    office.put(anew)
    code, said = office.check()
    assert code == 1
    assert "fork" in said
    assert "rollback" in said
    office.memory.unlink()
    assert office.check()[0] == 0, "without memory nothing is known"


def test_a_checkpoint_of_another_device_is_none(office: Office) -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(b"z" * 32)
    office.put(office.seal(None, device=stranger))
    code, said = office.check()
    assert code == 1
    assert "not one that its device signed" in said
    assert "0 new checkpoints" in said


def test_same_size_with_another_hash_is_a_fork(office: Office, tmp_path: Path) -> None:
    one = office.seal(None)
    other = Ledger.open(tmp_path / "other.db", office.vault)
    try:
        other.append("another first entry", {}, NOW)
        text = other.checkpoint().text()
    finally:
        other.close()
    second = office.seal(one.digest)
    office.put(one, second, office.seal(second.digest, checkpoint=text))
    code, said = office.check()
    assert code == 1
    assert "another entry 1" in said


def test_without_keys_the_clear_part_is_checked_and_the_rest_is_not_claimed(office: Office) -> None:
    batch = office.seal(None)
    office.put(batch)
    assert cli.main(["check", str(office.batches)]) == 0
    assert "opens only with the keys" in office.capsys.readouterr().out
    file = office.batches / f"{batch.batch_id}.seal"
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert office.check()[0] == 1
    other = office.folder / "other"
    assert cli.main(["keygen", "--out", str(other)]) == 0
    file.write_bytes(data)
    assert cli.main(["check", str(office.batches), "--key", str(other / "recipient.key")]) == 0
    assert "not given" in office.capsys.readouterr().out


def test_receipts_are_checked_with_the_policy_and_changes_of_it_are_named(office: Office) -> None:
    old, new = office.folder / "old.json", office.folder / "new.json"
    one, keys = make_policy()
    old.write_bytes(one)
    new.write_bytes(make_policy_of_two(serial=8, **{"notice.retention_days": 90})[0])
    batch = office.seal(None)
    about = Delivered(batch.batch_id, batch.digest, len(batch.data))
    office.put(batch)
    (office.batches / "a.receipt").write_bytes(issue(about, datetime(2026, 11, 24, tzinfo=UTC), "c.ex", keys.collector))
    code, said = office.check("--policy", str(new), "--previous", str(old))
    assert code == 0, said
    assert "signed that it has batch" in said
    assert "notice.retention_days: 180 -> 90" in said
    assert "is wider" in said
    assert "both are needed to open" in said
    new.write_bytes(b"{}")
    assert office.check("--policy", str(new))[0] == 1


def test_a_narrower_policy_is_called_that() -> None:
    old, new = parse(make_policy()[0], NOW), parse(make_policy(serial=8, **{"notice.retention_days": 90})[0], NOW)
    assert differences(old, new)[-1].endswith("allows nothing that the earlier one did not")
    assert differences(old, old) == ["the later policy allows nothing that the earlier one did not"]


def test_the_log_of_an_export_is_held_against_what_batches_saw(office: Office) -> None:
    three(office)
    entries = office.ledger.entries(newest_first=False)
    device = office.vault.device_key(0).public_key().public_bytes_raw().hex()
    good = [Seen(device, 0, "0" * 64, "a" * 32), Seen(device, 2, entries[1].hash, "b" * 32)]
    held = check_ledger(device, entries, good)
    assert held.wrong == []
    assert "2 checkpoints" in held.checked[0]
    assert "rollback" in check_ledger(device, entries, [Seen(device, 4, "c" * 64, "b" * 32)]).wrong[0]
    assert "fork" in check_ledger(device, entries, [Seen(device, 2, "c" * 64, "b" * 32)]).wrong[0]
    assert check_ledger("d" * 64, entries, good).checked == []


def test_memory_that_is_none_is_refused(office: Office) -> None:
    office.put(office.seal(None))
    for junk in (b"junk\n", json.dumps({"device": "x"}).encode() + b"\n"):
        office.memory.write_bytes(junk)
        code, said = office.check()
        assert code == 1
        assert "was not written by this program" in said
        with pytest.raises(Invalid):
            read_memory(office.memory)


def test_an_export_of_an_employee_is_checked_whole(office: Office, tmp_path: Path) -> None:
    house = House(tmp_path / "house")
    try:
        house.agree()
        answer = house.ask(protocol.Export, folder=str(tmp_path / "bundle"), language="en")
        assert isinstance(answer, protocol.Saved)
    finally:
        house.engine.stop()
    code, said = office.check(place=tmp_path / "bundle")
    assert code == 0, said
    device = (tmp_path / "bundle/ledger-0.device").read_text().strip()
    office.memory.write_text(json.dumps({"batch": "b" * 32, "device": device, "hash": "c" * 64, "size": 1}) + "\n")
    code, said = office.check(place=tmp_path / "bundle")
    assert code == 1
    assert "fork" in said
