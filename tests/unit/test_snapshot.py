"""The small truth the window shows: never "collecting" unless everything says so."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from agent.engine.snapshot import Facts, build, state_of
from agent.pipeline import Front
from agent.protocol import ActiveProblem, Standing
from agent.records import Program, Reason
from tests.fakes.desktop import EDITOR

NOTES = Front(EDITOR, ("app", "text"), None)
ELSEWHERE = Front(EDITOR, (), Reason.EXCLUDED)
#: Collecting: all that must be true at once.
ALL = Facts(
    consent="given",
    consent_until=2_000_000_000,
    given=(("train", "app"), ("train", "text")),
    organisation="Acme GmbH",
    trial=False,
    hooks=True,
    indicator=True,
    front=NOTES,
    paused_until=None,
    asking_withdrawal=False,
    waiting=3,
    waiting_bytes=900,
    due_soon=1,
    leaving=0,
    leaving_at=None,
    sending=1,
    sent_today=2,
    sent_batches=4,
    sent_items=9,
    decision=False,
    sending_mode="ask",
    hold_hours=24,
    unreviewed_days=7,
    own_words=("Falkenstein",),
    home_address="",
    own=(),
    redaction="balanced",
    redaction_chosen="light",
    problems=(),
    stopped=False,
)


def test_collecting_names_program_and_categories() -> None:
    snapshot = build(ALL, seq=7, at=1_795_424_400)
    assert (snapshot.seq, snapshot.at, snapshot.state) == (7, 1_795_424_400, "collecting")
    assert (snapshot.program, snapshot.program_id, snapshot.categories) == ("Mousepad", "mousepad", ("app", "text"))
    assert snapshot.reason == ""


def test_every_count_and_choice_goes_through_unchanged() -> None:
    snapshot = build(ALL, seq=1, at=1)
    same = (
        "consent", "consent_until", "given", "organisation", "trial", "hooks", "paused_until", "waiting",
        "waiting_bytes", "due_soon", "sending", "sent_today", "sent_batches", "sent_items", "decision", "sending_mode",
        "hold_hours", "unreviewed_days", "own_words", "problems",
    )  # fmt: skip
    assert {name: getattr(snapshot, name) for name in same} == {name: getattr(ALL, name) for name in same}


@pytest.mark.parametrize(
    ("change", "state"),
    [
        *(({"consent": consent}, "off") for consent in ("never-asked", "refused", "withdrawn", "expired")),
        ({"stopped": True}, "stopped"),
        ({"paused_until": 0}, "paused"),
        ({"paused_until": 2_000_000_000}, "paused"),
        ({"asking_withdrawal": True}, "paused"),
        ({"hooks": False}, "elsewhere"),
        ({"indicator": False}, "elsewhere"),
        ({"front": ELSEWHERE}, "elsewhere"),
        ({"front": Front(None, (), None)}, "elsewhere"),
    ],
)
def test_one_thing_missing_is_enough(change: dict[str, object], state: str) -> None:
    facts = replace(ALL, **change)  # type: ignore[arg-type]  # names and values of Facts
    snapshot = build(facts, seq=1, at=1)
    assert snapshot.state == state
    assert snapshot.categories == ()


def test_collecting_only_if_all_of_it_is_true() -> None:
    standings: tuple[Standing, ...] = ("never-asked", "given", "refused", "withdrawn", "expired")
    for consent, stopped, paused, asking, hooks, indicator, front in itertools.product(
        standings, (True, False), (None, 0), (True, False), (True, False), (True, False), (NOTES, ELSEWHERE)
    ):
        facts = replace(
            ALL,
            consent=consent,
            stopped=stopped,
            paused_until=paused,
            asking_withdrawal=asking,
            hooks=hooks,
            indicator=indicator,
            front=front,
        )
        assert (state_of(facts) == "collecting") == (facts == ALL)


def test_what_wins_over_what() -> None:
    """A fault is said before a pause, and neither to somebody who has not said yes."""
    facts = replace(ALL, stopped=True, paused_until=0, hooks=False)
    assert state_of(facts) == "stopped"
    assert state_of(replace(facts, consent="refused")) == "off"
    assert state_of(replace(facts, stopped=False)) == "paused"


@pytest.mark.parametrize("state", ["off", "stopped", "paused"])
def test_no_program_is_named_while_nothing_is_looked_at(state: str) -> None:
    changes = {"off": {"consent": "refused"}, "stopped": {"stopped": True}, "paused": {"paused_until": 0}}
    snapshot = build(replace(ALL, **changes[state]), seq=1, at=1)  # type: ignore[arg-type]  # as above
    assert (snapshot.state, snapshot.program, snapshot.program_id) == (state, "", "")


def test_why_not_here() -> None:
    def reason(**changes: object) -> str:
        return build(replace(ALL, **changes), seq=1, at=1).reason  # type: ignore[arg-type]  # as above

    assert reason(front=ELSEWHERE) == Reason.EXCLUDED
    assert reason(front=ELSEWHERE, indicator=False) == Reason.NO_INDICATOR
    assert reason(front=Front(Program("x", "X"), (), None)) == ""
    problems = (ActiveProblem(code="capture-failed", facts={}), ActiveProblem(code="clock-moved", facts={}))
    assert reason(stopped=True, problems=problems) == "capture-failed"
    assert reason(stopped=True) == ""
    assert reason(paused_until=0, front=ELSEWHERE) == ""


def test_the_question_of_withdrawal_is_told_apart_from_a_pause() -> None:
    assert build(replace(ALL, asking_withdrawal=True), seq=1, at=1).trying
    assert not build(replace(ALL, paused_until=0), seq=1, at=1).trying
