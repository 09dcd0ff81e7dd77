"""The store against a plain dictionary: any order of changes, closing, killing and failing keystores gives the same."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from agent.buffer import Buffer
from agent.problems import AgentError, Refused, Unavailable
from agent.records import Redacted, State, Stored
from agent.vault import Vault
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.stored import CONTEXT, a_record, an_app, image

PROGRAMS = st.sampled_from(["mousepad", "xterm", "gimp"])
TIMES = st.integers(0, 500)
BATCHES = st.sampled_from(["aa" * 16, "bb" * 16])


class Model(RuleBasedStateMachine):
    """``self.model`` is what the store must hold: row -> Stored, and row -> batch."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "first" / "records.db"
        self.images = 0
        self.keystore = MemoryKeystore()
        self.model: dict[int, Stored] = {}
        self.batches: dict[int, str] = {}
        self.highest = 0

    @initialize()
    def start(self) -> None:
        self.buffer = Buffer.open(self.path, Vault.open(self.keystore))

    def teardown(self) -> None:
        self.buffer.close()
        shutil.rmtree(self.folder)

    def pick(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from([*self.model, 0]))

    def put(self, record: Redacted, now: int, expires: int) -> None:
        row = self.buffer.append(record, now, expires, CONTEXT)
        assert row > self.highest
        self.highest = row
        self.model[row] = Stored(row, record, State.HELD, now, expires)

    @rule(number=TIMES, program=PROGRAMS, app=st.booleans(), length=st.integers(20, 300), expires=TIMES)
    def append(self, number: int, program: str, app: bool, length: int, expires: int) -> None:
        self.put(an_app(number, program) if app else a_record(number, program, length), number, expires)

    @rule(count=st.integers(1, 5), data=st.data())
    def append_many(self, count: int, data: st.DataObject) -> None:
        fail = data.draw(st.booleans())
        before = dict(self.model), self.highest
        try:
            with self.buffer.batch():
                for number in range(count):
                    self.put(a_record(number), number, 400)
                if fail:
                    self.model[-1]  # a KeyError
        except KeyError:
            self.model, self.highest = before

    @rule(data=st.data(), right=st.booleans())
    def approve(self, data: st.DataObject, right: bool) -> None:
        row = self.pick(data)
        old = self.model.get(row)
        digest = old.record.digest() if old is not None and right else "0" * 64
        try:
            self.buffer.approve(row, digest)
        except Refused:
            assert old is None or old.state is State.SEALED or not right
            return
        assert old is not None
        self.model[row] = Stored(row, old.record, State.APPROVED, old.stored_at, old.expires, digest)

    @rule(batch=BATCHES, data=st.data())
    def mark_sealed(self, batch: str, data: st.DataObject) -> None:
        rows = data.draw(st.lists(st.sampled_from([*self.model, 0]), max_size=3, unique=True))
        good = all(row in self.model and self.model[row].state is State.APPROVED for row in rows)
        try:
            self.buffer.mark_sealed(rows, batch)
        except Refused:
            assert not good
            return
        assert good
        for row in rows:
            old = self.model[row]
            self.model[row] = Stored(row, old.record, State.SEALED, old.stored_at, old.expires, old.approved_digest)
            self.batches[row] = batch

    @rule(batch=BATCHES)
    def unseal(self, batch: str) -> None:
        rows = [row for row, name in self.batches.items() if name == batch]
        assert self.buffer.unseal(batch) == len(rows)
        for row in rows:
            old = self.model[row]
            self.model[row] = Stored(row, old.record, State.APPROVED, old.stored_at, old.expires, old.approved_digest)
            del self.batches[row]

    @rule(data=st.data(), number=TIMES)
    def replace(self, data: st.DataObject, number: int) -> None:
        row = self.pick(data)
        old = self.model.get(row)
        try:
            self.buffer.replace(row, a_record(number))
        except Refused:
            assert old is None or old.state is State.SEALED
            return
        assert old is not None
        self.model[row] = Stored(row, a_record(number), State.HELD, old.stored_at, old.expires)

    def gone(self, rows: list[int], count: int) -> None:
        assert count == len(rows)
        for row in rows:
            del self.model[row]
            self.batches.pop(row, None)

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        rows = data.draw(st.lists(st.sampled_from([*self.model, 0]), max_size=3))
        self.gone(sorted(set(rows) & self.model.keys()), self.buffer.delete(rows))

    @rule(time=TIMES)
    def delete_since(self, time: int) -> None:
        rows = [
            row
            for row, stored in self.model.items()
            if stored.record.time + (59 if stored.record.kind == "app" else 0) >= time
        ]
        self.gone(rows, self.buffer.delete_since(time))

    @rule(program=PROGRAMS)
    def delete_program(self, program: str) -> None:
        rows = [row for row, stored in self.model.items() if stored.record.program_id == program]
        self.gone(rows, self.buffer.delete_program(program))

    @rule(now=TIMES)
    def expire(self, now: int) -> None:
        rows = [row for row, stored in self.model.items() if stored.expires <= now and stored.state is not State.SEALED]
        self.gone(rows, self.buffer.expire(now))

    @precondition(lambda self: self.model)
    @rule()
    def clear(self) -> None:
        self.gone(list(self.model), self.buffer.clear())

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def delete_without_keystore(self, data: st.DataObject) -> None:
        self.keystore.gone = True
        try:
            self.buffer.delete([data.draw(st.sampled_from(list(self.model)))])
        except Unavailable as error:
            assert error.code == "keystore-unavailable"  # noqa: PT017  # the other way is the next line
        else:
            raise AssertionError("nothing can be erased without the keystore")
        finally:
            self.keystore.gone = False

    @rule(kill=st.booleans())
    def reopen(self, kill: bool) -> None:
        """Closed properly, or opened from what a killed process leaves behind."""
        if kill:
            self.images += 1
            path = image(self.path, self.folder / str(self.images))
            self.buffer.close()
            self.path = path
        else:
            self.buffer.close()
        self.buffer = Buffer.open(self.path, Vault.open(self.keystore))

    @invariant()
    def the_same(self) -> None:
        assert self.buffer.damaged == 0
        assert self.buffer.rows(newest_first=False) == [self.model[row] for row in sorted(self.model)]
        assert {row: self.buffer.batch_of(row) for row in self.batches} == self.batches
        for state in State:
            rows = [stored for stored in self.model.values() if stored.state is state]
            assert self.buffer.count(state) == len(rows)
            assert self.buffer.size(state) == sum(len(stored.record.canonical()) for stored in rows)
        epochs = [label for label in self.keystore.values if label.startswith("epoch-")]
        assert len(epochs) <= 2  # two only while a rotation could not be ended

    @invariant()
    def never_an_unexpected_error(self) -> None:
        try:
            self.buffer.get(10**12)
        except AgentError as error:
            raise AssertionError from error


TestBuffer = Model.TestCase
TestBuffer.settings = settings(max_examples=60, stateful_step_count=30)


@pytest.mark.long
class TestBufferLong(Model.TestCase):  # type: ignore[name-defined,misc]  # made at run time by Hypothesis
    """3,000 runs of 40 steps."""

    settings = settings(max_examples=3000, stateful_step_count=40)
