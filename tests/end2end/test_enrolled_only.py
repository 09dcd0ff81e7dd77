"""A collector that takes enrolled pseudonyms alone, and the product's engine as a process of its own: what is approved
arrives, and after a kill nothing is asked a second time. Deletion needs no enrolment.
"""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent import protocol
from agent.organisation.collector.enrolment import new_token
from agent.organisation.store import BatchStore
from agent.rights import verify_path
from installers.trial import HOST, NAME, Organisation, command, run
from tests.fakes.canaries import Employee
from tests.fakes.mortal_engine import MortalEngine
from tests.fakes.waiting import until


class Strict(Organisation):
    """Its collector takes enrolled pseudonyms alone, its policy carries the group's token."""

    def start_collector(self) -> None:
        serve = f"serve --organisation {NAME} --host {HOST} --port 0 --enrolled-only --store".split()
        self._collector = subprocess.Popen(
            [command("aboveboard-collector"), *serve, str(self.store), "--key", str(self.keys / "collector.key")],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._collector.stdout is not None
        self.port = int(json.loads(self._collector.stdout.readline())["port"])

    def sign(self, port: int) -> None:
        super().sign(port)
        draft = self._draft()
        token = new_token(BatchStore.open(str(self.store)), NAME, 7, 1, datetime.now(UTC))[0]
        draft["serial"] += 1
        draft["delivery"]["enrolment_token"] = token
        fresh = self.folder / "with-token.json"
        fresh.write_text(json.dumps(draft), encoding="utf-8")
        self.policy.unlink()
        run(command("aboveboard-steward"), "sign-policy", "--key", self.keys / "organisation.key", fresh, self.policy)
        self.policy.chmod(0o600)
        fresh.unlink()


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Strict]:
    made = Strict(tmp_path / "computer/trial")
    try:
        made.prepare()
        yield made
    finally:
        made.stop()


def sends(employee: Employee) -> None:
    employee.writes_prose()
    until(lambda: bool(employee.waiting()), "a record that waits", 60)
    items = tuple((row.row, row.digest) for row in employee.waiting())
    employee.engine.ask(protocol.Send, items=items)
    employee.engine.ask(protocol.SendNow)
    until(lambda: {row.state for row in employee.sent()} == {"acknowledged"}, "all receipts", 60)


def test_an_engine_enrols_once_sends_and_can_have_it_deleted(strict: Strict, tmp_path: Path) -> None:
    engine = MortalEngine(tmp_path / "computer", tmp_path / "keystore", tmp_path / "said")
    employee = Employee(engine, random.Random(1))
    try:
        employee.is_back()
        sends(employee)
        engine.meets_its_end()
        engine.start()
        employee.is_back()
        # The token lets one computer in, once: a second enrolment would be refused.
        sends(employee)
        assert len(employee.sent()) == 2
        engine.ask(protocol.AskDeletion, batches=())
        until(lambda: {row.deletion for row in employee.sent()} == {"confirmed"}, "all deletions", 60)
        engine.page(protocol.Saved, protocol.Export, folder=str(tmp_path / "export"), language="en")
    finally:
        engine.close()
    assert not list(strict.store.rglob("*.seal"))
    report = verify_path(tmp_path / "export")
    assert report.wrong == []
    assert any("may send" in line for line in report.checked)
    assert sum("has deleted batch" in line for line in report.checked) == 2
