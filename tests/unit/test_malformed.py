"""A seeded corpus of malformed files and messages: each is refused by name or changes nothing; none crashes.

Whatever is accepted must say what the sound one said. The corpus is counted: a kind that is skipped fails the test.
"""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agent import protocol
from agent.engine.inbox import BadLine
from agent.engine.terms import Terms
from agent.ledger import Ledger
from agent.policy.load import Policy
from agent.problems import PROBLEMS, AgentError
from agent.profile import Profile
from agent.protocol import ProtocolError, decode_command, encode
from agent.seal import keyfile, open_batch
from agent.seal.receipt import Delivered, issue, parse_receipt
from agent.upload.outbox import Outbox
from agent.vault import Vault
from tests.fakes.batches import COLLECTOR, COLLECTOR_PUBLIC, STEWARD, sealed
from tests.fakes.enginehouse import House
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.mutations import mutated_bytes, mutated_json
from tests.fakes.organisation import NOW, make_policy
from tests.fakes.stored import a_record, keep, opened

#: How many of each kind; together what the promise names.
COUNTS = {
    "policy": 500, "protocol": 500, "records": 200, "profile": 150, "ledger": 150, "outbox": 150, "batch": 300,
    "receipt": 250, "key file": 250, "keystore": 60,
}  # fmt: skip


def test_the_corpus_is_as_large_as_it_is_said_to_be() -> None:
    assert sum(COUNTS.values()) >= 2000


def _variants(kind: str, sound: bytes) -> Iterator[bytes]:
    """Changed bytes; for JSON every second one is changed in its structure."""
    rng = random.Random(f"malformed {kind}")
    try:
        value: Any = json.loads(sound)
    except ValueError:
        value = None
    for number in range(COUNTS[kind]):
        while True:
            structural = value is not None and number % 2
            changed = mutated_json(value, rng) if structural else mutated_bytes(sound, rng)
            if changed != sound:
                yield changed
                break


def _tried(kind: str, variants: Iterator[bytes], read: Callable[[bytes], object], sound: object) -> Counter[str]:
    """Outcome -> how often. Raises whatever is not a named problem."""
    outcomes: Counter[str] = Counter()
    for changed in variants:
        try:
            found = read(changed)
        except AgentError as error:
            outcomes[error.code] += 1
        else:
            assert found == sound, f"{kind}: accepted as something else: {changed[:300]!r}"
            outcomes["the same"] += 1
    assert sum(outcomes.values()) == COUNTS[kind], "some were skipped"
    assert set(outcomes) <= {*PROBLEMS, "the same"}
    print(f"{kind}: {dict(outcomes)}")
    return outcomes


def test_policies(tmp_path: Path) -> None:
    sound, _ = make_policy(**{"delivery.collector": "http://127.0.0.1:9"})
    place = tmp_path / "policy.json"

    def read(data: bytes) -> str:
        place.write_bytes(data)
        place.chmod(0o600)
        terms = Terms(trial=tmp_path)
        terms.reload(NOW)
        policy: Policy = terms.in_force()
        return policy.hash

    sound_hash = read(sound)
    outcomes = _tried("policy", _variants("policy", sound), read, sound_hash)
    assert outcomes["the same"] < COUNTS["policy"] // 4, "most changes must be refused"


def test_a_policy_that_is_refused_loads_no_hook_and_ends_no_engine(tmp_path: Path) -> None:
    """Through the whole engine, after a yes: what goes on is what the sound policy allows, or nothing."""
    house = House(tmp_path)
    house.agree()
    assert house.snapshot.hooks
    for number, changed in enumerate(_variants("policy", house.data)):
        if number % 25:
            continue
        house.write_policy(changed)
        house.restart()
        house.later(0.5)
        if house.engine.terms.policy is None:
            assert not house.snapshot.hooks
            assert house.snapshot.state != "collecting"
            assert house.snapshot.problems
    house.write_policy(house.data)
    house.restart()
    house.later(0.5)
    assert house.snapshot.hooks, "the sound one is taken up again"
    house.engine.stop()


def _commands() -> list[protocol.Command]:
    """One of each kind that takes facts; a yes is not among them, for a changed yes could be one."""
    return [
        protocol.Hello(id=1, version=protocol.VERSION, language="en"),
        protocol.ShowIndicator(id=2, windows=(7, 8), tray=True),
        protocol.Acknowledge(id=3, notice="ab" * 32),
        protocol.Exclude(id=4, program="mousepad", delete_waiting=True),
        protocol.SetOwnWords(id=5, words=("one", "two")),
        protocol.Forget(id=6, minutes=5),
        protocol.GetWaiting(id=7, offset=0, limit=20),
        protocol.RemoveMore(id=8, row=1, digest="cd" * 32, start=0, end=4),
        protocol.Delete(id=9, rows=(1, 2, 3)),
        protocol.Send(id=10, items=((1, "ef" * 32),)),
        protocol.Pause(id=11, until="1h"),
        protocol.ChooseSending(id=12, mode="hold"),
    ]


def test_messages_of_the_window(tmp_path: Path) -> None:
    """Through the whole engine before any answer: nothing begins, nothing ends, each line has one outcome."""
    house = House(tmp_path)
    house.show_sign()
    rng = random.Random("malformed protocol")
    outcomes: Counter[str] = Counter()
    commands = _commands()
    for number in range(COUNTS["protocol"]):
        sound = encode(commands[number % len(commands)])
        changed = mutated_json(json.loads(sound), rng) if number % 2 else mutated_bytes(sound, rng)
        try:
            command = decode_command(changed)
        except ProtocolError as error:
            house.engine.inbox.put(BadLine(str(error)))
            outcomes["refused"] += 1
        else:
            assert not isinstance(command, protocol.Give | protocol.Quit)
            house.engine.turn(command)
            outcomes["a command"] += 1
        house.run()
        assert not house.engine.ended
    assert sum(outcomes.values()) == COUNTS["protocol"]
    assert outcomes["refused"] > COUNTS["protocol"] // 2
    assert not house.snapshot.hooks
    assert house.snapshot.consent == "never-asked"
    assert house.desk.starts == 0
    print(f"protocol: {dict(outcomes)}")
    house.engine.stop()


def _stored(kind: str, folder: Path, keystore: MemoryKeystore) -> tuple[Path, Callable[[Path, MemoryKeystore], object]]:
    """A closed file of that kind, and how to read everything in it."""
    path = folder / kind / "sound.db"
    if kind == "records":
        with opened(path, keystore) as buffer:
            for number in range(1, 9):
                keep(buffer, number)

        def records(place: Path, keys: MemoryKeystore) -> object:
            with opened(place, keys) as buffer:
                return all(stored.record == a_record(stored.row) for stored in buffer.rows()) and buffer.count() <= 8

        return path, records
    if kind == "profile":
        profile = Profile.open(path, Vault.open(keystore))
        profile.put("settings", {"excluded": ["xterm"]})
        profile.put("consent", {"decision": "given"})
        profile.close()

        def sections(place: Path, keys: MemoryKeystore) -> object:
            found = Profile.open(place, Vault.open(keys))
            try:
                values = [(name, found.get(name)) for name in ("settings", "consent")]
            finally:
                found.close()
            sound = {"settings": {"excluded": ["xterm"]}, "consent": {"decision": "given"}}
            return all(value in (None, sound[name]) for name, value in values)

        return path, sections
    ledger = Ledger.open(path, Vault.open(keystore))
    for number in range(1, 6):
        ledger.append("consent-given", {"purpose": f"p{number}"}, 1000 + number)
    ledger.close()

    def entries(place: Path, keys: MemoryKeystore) -> object:
        found = Ledger.open(place, Vault.open(keys))
        try:
            found.verify()
            return all(dict(entry.facts) == {"purpose": f"p{entry.seq}"} for entry in found.entries())
        finally:
            found.close()

    return path, entries


@pytest.mark.parametrize("kind", ["records", "profile", "ledger"])
def test_databases(kind: str, tmp_path: Path) -> None:
    """Never wrong content: what cannot be believed is left out or the file is refused."""
    keystore = MemoryKeystore()
    path, read_all = _stored(kind, tmp_path, keystore)
    data = path.read_bytes()
    rng = random.Random(f"malformed {kind}")

    def read(changed: bytes) -> object:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        keys = MemoryKeystore()
        keys.values = dict(keystore.values)
        place = folder / "changed.db"
        place.write_bytes(changed)
        place.chmod(0o600)
        try:
            return read_all(place, keys)
        finally:
            shutil.rmtree(folder)

    assert read(data) is True
    _tried(kind, (_harmed(data, rng) for _ in range(COUNTS[kind])), read, sound=True)


def _harmed(data: bytes, rng: random.Random) -> bytes:
    """Half of the changes hit the pages that hold something, not the free ones."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 20))):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed) if rng.random() < 0.6 else mutated_bytes(data, rng)


def test_files_of_the_outbox(tmp_path: Path) -> None:
    batch, _ = sealed("one", "two")
    outbox = Outbox(tmp_path)
    outbox.add(batch)
    place = tmp_path / f"{batch.batch_id}.seal"

    def read(data: bytes) -> object:
        place.write_bytes(data)
        found = outbox.read(batch.batch_id)
        return found is not None and found.data == batch.data

    _tried("outbox", _variants("outbox", batch.data), read, sound=True)


def test_batches() -> None:
    batch, _ = sealed("one", "two", "three")
    sound = open_batch(batch.data, [STEWARD]).records
    outcomes = _tried("batch", _variants("batch", batch.data), lambda data: open_batch(data, [STEWARD]).records, sound)
    assert outcomes["the same"] == 0


def test_receipts() -> None:
    received = datetime(2026, 11, 24, 12, tzinfo=UTC)
    sound = issue(Delivered("ab" * 16, "cd" * 32, 70_000), received, "collector.example", COLLECTOR)
    outcomes = _tried(
        "receipt",
        _variants("receipt", sound),
        lambda data: parse_receipt(data, COLLECTOR_PUBLIC),
        parse_receipt(sound, COLLECTOR_PUBLIC),
    )
    assert outcomes["the same"] == 0


def test_key_files() -> None:
    key = keyfile.make("MLKEM768_X25519", datetime(2026, 11, 24, tzinfo=UTC))
    sound = keyfile.encode_private(key, None)

    def read(data: bytes) -> keyfile.Key:
        found = keyfile.decode(data)
        # Without its private half it is the file of a public key: sound, and it opens nothing.
        return found if found.seed is not None else replace(found, seed=keyfile.decode(sound).seed)

    _tried("key file", _variants("key file", sound), read, keyfile.decode(sound))


def test_entries_of_the_keystore(tmp_path: Path) -> None:
    """A keystore that gives back something else opens nothing and loses nothing."""
    keystore = MemoryKeystore()
    path, read_all = _stored("records", tmp_path, keystore)
    rng = random.Random("malformed keystore")
    assert keystore.values

    def read(number: int) -> object:
        keys = MemoryKeystore()
        keys.values = dict(keystore.values)
        name = sorted(keys.values)[number % len(keys.values)]
        keys.values[name] = type(keys.values[name])(mutated_bytes(bytes(keys.values[name]), rng))
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        shutil.copyfile(path, folder / "copy.db")
        (folder / "copy.db").chmod(0o600)
        try:
            return read_all(folder / "copy.db", keys)
        finally:
            shutil.rmtree(folder)

    outcomes: Counter[str] = Counter()
    for number in range(COUNTS["keystore"]):
        try:
            assert read(number) is True
            outcomes["nothing wrong read"] += 1
        except AgentError as error:
            outcomes[error.code] += 1
    assert sum(outcomes.values()) == COUNTS["keystore"]
    assert set(outcomes) <= {*PROBLEMS, "nothing wrong read"}
    print(f"keystore: {dict(outcomes)}")
