"""From approved records to the steward's lines, each part as the process or thread it is, by one signed policy."""

from __future__ import annotations

import hashlib
import json
import queue
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent.organisation.steward.reading import open_dataset, record_of
from agent.policy.load import Policy, parse
from agent.seal import SealTerms, seal, split
from agent.upload import Accepted, Destination, Outbox, Outcome, Uploader
from tests.fakes.batches import DEVICE, ORGANISATION, approved
from tests.fakes.collector import Running, running_collector
from tests.fakes.organisation import NOW, make_keys, sample

STEWARD = [sys.executable, "-m", "agent.organisation.steward.cli"]
PLANTED = "4111 1111 planted 1111 1111"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*STEWARD, *map(str, arguments)], capture_output=True, text=True, check=False)


@dataclass
class Organisation:
    keys: Path
    policy: Policy


def organisation(folder: Path, collector: Running) -> Organisation:
    """Keys by keygen, a policy by sign-policy, read back as the agent reads it."""
    assert run("keygen", "--out", folder).returncode == 0
    document: dict[str, Any] = sample(make_keys())
    document["notice"]["organisation"]["id"] = ORGANISATION
    document["notice"]["organisation_key"] = json.loads((folder / "organisation.key.pub").read_bytes())["public"]
    document["notice"]["recipients"][0]["key"] = json.loads((folder / "recipient.key.pub").read_bytes())["public"]
    document["notice"]["collector_host"] = "127.0.0.1"
    document["delivery"]["collector"] = collector.url
    key = json.loads((folder.parent / "collector" / "collector.key.pub").read_bytes())
    document["delivery"]["collector_key"] = key["public"]
    (folder / "draft.json").write_text(json.dumps(document))
    signed = run("sign-policy", "--key", folder / "organisation.key", folder / "draft.json", folder / "policy.json")
    assert signed.returncode == 0, signed.stderr
    return Organisation(folder, parse((folder / "policy.json").read_bytes(), NOW))


def test_what_was_approved_reaches_the_steward_byte_for_byte_and_nobody_else(tmp_path: Path) -> None:
    with running_collector(tmp_path / "collector") as collector:
        them = organisation(tmp_path / "keys", collector)
        policy = them.policy
        terms = SealTerms(
            organisation=policy.notice.organisation.id,
            purposes=tuple(purpose.id for purpose in policy.notice.purposes),
            forbidden_uses=policy.notice.forbidden_uses,
            recipients=tuple(recipient.key for recipient in policy.notice.recipients),
            day=datetime.now(UTC).date().isoformat(),
            consent_receipt="c" * 64,
            policy=policy.hash,
            redactor="rules-1",
        )
        items = approved(*(f"{PLANTED} {n}" for n in range(300)), "x" * 3_000_000, "y" * 3_000_000)
        outbox = Outbox(tmp_path / "outbox")
        told: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        ids = []
        for run_of_items in split(items):
            batch, _ = seal(run_of_items, terms, DEVICE)
            outbox.add(batch)
            ids.append(batch.batch_id)
        assert len(ids) == 2
        to = Destination(policy.delivery.collector, policy.delivery.collector_key, trial=True)
        uploader = Uploader(outbox, to, told.put)
        uploader.start()
        outcomes = [told.get(timeout=60) for _ in ids]
        uploader.stop(60)
        assert all(isinstance(outcome, Accepted) for outcome in outcomes), outcomes

    for place in (collector.store, tmp_path / "outbox", tmp_path / "collector"):
        for path in place.rglob("*"):
            assert not path.is_file() or b"planted" not in path.read_bytes(), path

    nothing = {"redacted_again": 0, "left_out": 0, "already_there": 0, "erased": 0, "refused": 0}
    opening = ("open", "--store", collector.store, "--key", them.keys / "recipient.key")
    encrypted = run(*opening, "--out", tmp_path / "encrypted")
    assert (encrypted.returncode, encrypted.stderr) == (0, "")
    assert json.loads(encrypted.stdout) == {"batches": 2, "records": 302, **nothing}
    assert not any(b"planted" in path.read_bytes() for path in (tmp_path / "encrypted").rglob("*") if path.is_file())
    dataset = open_dataset(tmp_path / "encrypted", them.keys / "recipient.key")
    rows = [row for table in dataset.tables() for row in table.to_pylist()]
    assert sorted(hashlib.sha256(record_of(row)).hexdigest() for row in rows) == sorted(item.digest for item in items)

    opening = (*opening, "--out", tmp_path / "out", "--plain")
    first = run(*opening)
    assert (first.returncode, first.stderr) == (0, "")
    assert json.loads(first.stdout) == {"batches": 2, "records": 302, **nothing}
    lines = (tmp_path / "out" / "records.jsonl").read_bytes().split(b"\n")[:-1]
    assert sorted(hashlib.sha256(line).hexdigest() for line in lines) == sorted(item.digest for item in items)
    assert [line for line in lines if b"planted" in line] == [item.record.canonical() for item in items[:300]]

    damaged = next(iter(collector.store.rglob(f"{ids[0]}.seal")))
    data = bytearray(damaged.read_bytes())
    data[-1] ^= 1
    damaged.write_bytes(bytes(data))
    again = run(*opening)
    assert again.returncode == 1
    assert ids[0] in again.stderr
    assert json.loads(again.stdout) == {"batches": 0, "records": 0, **nothing, "already_there": 1, "refused": 1}
    assert (tmp_path / "out" / "records.jsonl").read_bytes().split(b"\n")[:-1] == lines
