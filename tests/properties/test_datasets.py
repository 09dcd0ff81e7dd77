"""Whatever is opened, erased, over and cut off in whatever order: bucket and dataset hold what they should, no more."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from agent.organisation.erased import delete_batch
from agent.organisation.steward.ending import expire
from agent.organisation.store import batch_key
from agent.policy.load import parse
from agent.records import Sealed
from agent.seal import parse_header
from tests.fakes.batches import ORGANISATION
from tests.fakes.organisation import NOW as SECONDS
from tests.fakes.organisation import make_policy
from tests.fakes.yard import PowerCut, Yard, anywhere, traces

POLICY = parse(make_policy(**{"notice.organisation.id": ORGANISATION, "notice.retention_days": 10})[0], SECONDS)


@dataclass
class Known:
    """What should be so. word: that it is gone was written down."""

    batch: Sealed
    text: str
    day: int
    in_bucket: bool = True
    in_dataset: bool = False
    word: bool = False
    gone: bool = False


class Datasets(RuleBasedStateMachine):
    kind = "plain"

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory(prefix="datasets-")
        self.yard = Yard(Path(self.place.name), self.kind)
        self.known: list[Known] = []
        self.today = 1
        self.yard.open()

    def teardown(self) -> None:
        self.place.cleanup()

    @rule(placed=st.booleans())
    def arrives(self, placed: bool) -> None:
        text = f"CANARY {len(self.known)}"
        batch = self.yard.put(text, placed=placed, day=f"2026-12-{self.today:02d}", policy=POLICY.hash)
        self.known.append(Known(batch, text, self.today))

    @rule()
    def opened(self) -> None:
        self.yard.open()
        for one in self.known:
            one.in_dataset |= one.in_bucket and not one.word

    @precondition(lambda self: any(not one.word for one in self.known))
    @rule(data=st.data(), deletes=st.booleans())
    def the_collector_erases(self, data: st.DataObject, deletes: bool) -> None:
        """deletes: or dies before it does."""
        one = data.draw(st.sampled_from([one for one in self.known if not one.word]))
        self.yard.word(one.batch)
        one.word = True
        if deletes:
            delete_batch(self.yard.store, ORGANISATION, one.batch.batch_id)
            one.in_bucket = self.yard.store.read(batch_key(parse_header(one.batch.data)) + ".seal") is not None

    @rule(cuts=st.lists(st.integers(0, 6), max_size=2))
    def erased(self, cuts: list[int]) -> None:
        for left in cuts:
            self.yard.store.left = left  # type: ignore[attr-defined]  # of Dying
            with suppress(PowerCut):
                self.yard.erase()
            self.yard.store.left = 10**9  # type: ignore[attr-defined]  # of Dying
        self.yard.erase()
        self._ended([one for one in self.known if one.word])

    @rule(days=st.integers(1, 6))
    def days_pass_and_some_are_over(self, days: int) -> None:
        self.today = min(self.today + days, 31)
        now = datetime(2026, 12, self.today, 12, tzinfo=UTC)
        ended = expire(self.yard.store, [self.yard.dataset()], [POLICY], now)
        assert ended.unknown == ()
        self._ended([one for one in self.known if one.day + 10 <= self.today])

    def _ended(self, ended: list[Known]) -> None:
        for one in ended:
            one.in_bucket = one.in_dataset = False
            one.gone = True

    @invariant()
    def the_dataset_holds_what_it_should(self) -> None:
        assert self.yard.texts() == sorted(one.text for one in self.known if one.in_dataset)

    @invariant()
    def nothing_of_what_is_gone_is_anywhere(self) -> None:
        needles = [piece for one in self.known if one.gone for piece in (*traces(one.batch), one.text.encode() + b'"')]
        assert not needles or anywhere(self.yard.folder, *needles) == []

    @invariant()
    def the_bucket_holds_what_it_should(self) -> None:
        names = {key.rsplit("/", 1)[-1].removesuffix(".seal") for key in self.yard.store.keys("v1/", ".seal")}
        assert names == {one.batch.batch_id for one in self.known if one.in_bucket}


class Encrypted(Datasets):
    kind = "encrypted"


FEW = settings(max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))

TestPlain = Datasets.TestCase
TestPlain.settings = FEW

if pytest.importorskip("pyarrow", reason="the steward's encrypted datasets need the extra 'organisation'"):
    TestEncrypted = Encrypted.TestCase
    TestEncrypted.settings = FEW
