"""Planted values and an engine killed at any moment: nothing is ever found in clear, nothing acknowledged is lost.

The engine process is the product; the desktop is scripted.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent import protocol
from installers.trial import Organisation
from tests.demo.leaks import search_open_files, search_places
from tests.demo.recorder import Recorder
from tests.fakes.canaries import FORBIDDEN, ORDINARY, SECRET, Employee, Known
from tests.fakes.mortal_engine import Killed, MortalEngine
from tests.fakes.waiting import until

SHORT = 12
FULL = 50
EVERYTHING = {**ORDINARY, **SECRET, **FORBIDDEN}


@pytest.fixture
def organisation(tmp_path: Path) -> Iterator[tuple[Organisation, Recorder]]:
    """A real collector, with a recorder of every byte before it."""
    organisation = Organisation(tmp_path / "computer/trial")
    organisation.folder.mkdir(mode=0o700, parents=True)
    organisation.make_keys()
    organisation.start_collector()
    try:
        with Recorder(("127.0.0.1", organisation.port), tmp_path / "wire") as recorder:
            organisation.prepare(recorder.port)
            yield organisation, recorder
    finally:
        organisation.stop()


def torture(
    tmp_path: Path, organisation: tuple[Organisation, Recorder], kills: int, seed: int, report: Callable[[str], None]
) -> None:
    chance = random.Random(seed)
    computer = tmp_path / "computer"
    engine = MortalEngine(computer, tmp_path / "keystore", tmp_path / "said")
    employee = Employee(engine, chance)
    try:
        for number in range(kills):
            _one_life(employee, chance, number)
            employee.remembers()
            _nothing_in_clear(tmp_path)
            engine.start()
            employee.finds_everything()
            assert search_open_files(engine.pid, EVERYTHING) == []
        _last_life(employee)
        employee.remembers()
        opened = _opened(organisation[0], tmp_path / "opened")
        employee_sent = Counter(digest for row in employee.sent() for digest in row.records)
    finally:
        engine.close()
    _nothing_in_clear(tmp_path)
    _opened_is_what_was_sent(employee.known, employee_sent, opened)
    report(f"{kills} kills, {employee.known.ordinary} ordinary records acknowledged, {len(opened)} opened")


def _one_life(employee: Employee, chance: random.Random, number: int) -> None:
    """Up to six things, in any order, and the end at any point of them; every second time in the middle of the last."""
    typing = [
        employee.writes_prose,
        employee.writes_secrets,
        employee.types_elsewhere,
        employee.types_into_hiding_fields,
        employee.types_what_is_taken_back,
        employee.types_while_paused,
        employee.types_while_asked,
        employee.types_without_sign,
    ]
    last = (employee.sends, employee.deletes, employee.withdraws, employee.writes_prose)[number // 2 % 4]
    plan = [employee.writes_prose, employee.writes_secrets, *chance.sample(typing, 3)]
    chance.shuffle(plan)
    moment = chance.choice((chance.uniform(0, 0.02), chance.uniform(0, 0.2), chance.uniform(0, 1.0)))
    try:
        if number % 2 == 0:
            employee.engine.dies(chance.randrange(1, 60), moment)
        employee.is_back()
        for deed in plan:
            deed()
        if number % 2:
            employee.engine.passes(0.6)
            employee.engine.dies(2, moment)
        last()
        employee.engine.passes(1.0)
    except Killed:
        pass
    employee.engine.meets_its_end()


def _last_life(employee: Employee) -> None:
    """Undisturbed: everything is typed once more, everything that waits is sent and confirmed."""
    engine = employee.engine
    employee.is_back()
    before = employee.known.ordinary
    for _ in range(4):
        employee.writes_secrets()
    employee.types_elsewhere()
    engine.passes(1.2)
    engine.waits(lambda: next((line for line in engine.lines() if line.reason == "program-not-chosen"), None))  # type: ignore[arg-type,return-value]  # a Live is told, too
    rows = employee.waiting()
    assert sum(ORDINARY["ordinary"] in row.preview for row in rows) >= 4, before
    engine.ask(protocol.Send, items=tuple((row.row, row.digest) for row in rows))
    engine.ask(protocol.SendNow)
    until(lambda: {row.state for row in employee.sent()} == {"acknowledged"}, "all receipts", 60)
    assert not employee.waiting()


def _nothing_in_clear(tmp_path: Path) -> None:
    """Disk, temporary files, logs and wire: nothing. What the window was told: no secret, nothing forbidden."""
    assert search_places([tmp_path / "computer", tmp_path / "wire"], EVERYTHING) == []
    # The window shows the employee's own words to the employee.
    told = {name: value for name, value in {**SECRET, **FORBIDDEN}.items() if name != "own word"}
    assert search_places([tmp_path / "said"], told) == []


def _opened(organisation: Organisation, out: Path) -> list[str]:
    organisation.open(out)
    return (out / "records.jsonl").read_text(encoding="utf-8").splitlines()


def _opened_is_what_was_sent(known: Known, sent: Counter[str], opened: list[str]) -> None:
    found = Counter(hashlib.sha256(line.encode()).hexdigest() for line in opened)
    lines = "\n".join(opened)
    assert ORDINARY["ordinary"] in lines
    assert [name for name, value in {**SECRET, **FORBIDDEN}.items() if value.lower() in lines.lower()] == []
    for placeholder in ("[card number]", "[e-mail address]", "[password]", "[private word]"):
        assert placeholder in lines or len(opened) < 40
    assert not sent - found, "confirmed, and not there"
    assert set(found - sent) <= known.left, "there, and never sent"
    twice = [line for line in opened if json.loads(line)["kind"] == "text" and opened.count(line) > 1]
    assert twice == [], "sealed twice"
    assert not known.gone & set(found), "deleted, and sent"


def test_nothing_in_clear_and_nothing_lost_whenever_it_is_killed(
    tmp_path: Path, organisation: tuple[Organisation, Recorder]
) -> None:
    torture(tmp_path, organisation, SHORT, seed=1, report=print)


@pytest.mark.long
@pytest.mark.parametrize("seed", [2, 3])
def test_the_same_at_full_size(tmp_path: Path, organisation: tuple[Organisation, Recorder], seed: int) -> None:
    torture(tmp_path, organisation, FULL, seed, report=print)
