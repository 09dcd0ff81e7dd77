"""One sign, one sentence: the same everywhere, and a full disc only while something is collected."""

import itertools
import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEventLoop, QTimer

from agent.problems import PROBLEMS
from agent.protocol import ActiveProblem
from tests.fakes import samples
from ui.presented import DISC, FRESH, STARTING, may_resume, presented
from ui.state import State
from ui.text import catalogue

STATES = ("off", "collecting", "elsewhere", "paused", "quiet", "stopped")
CONSENTS = ("never-asked", "given", "refused", "withdrawn", "expired")
EVERYTHING = list(
    itertools.product(STATES, CONSENTS, (0, 1, 12), (0, 3), (False, True), (False, True), (0.0, FRESH, FRESH + 0.01))
)


def case(state: str, consent: str, due: int, sending: int, *, decision: bool, trial: bool) -> object:
    return samples.snapshot(
        state=state, consent=consent, due_soon=due, sending=sending, decision=decision, trial=trial,
        categories=("app", "text") if state == "collecting" else (),
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_full_disc_if_and_only_if_collecting_and_fresh(language: str) -> None:
    words = catalogue(language)
    for state, consent, due, sending, decision, trial, age in EVERYTHING:
        snapshot = case(state, consent, due, sending, decision=decision, trial=trial)
        shown = presented(snapshot, age, words)  # type: ignore[arg-type]
        assert shown.collecting == (state == "collecting" and age <= FRESH), (state, consent, age)
        assert (shown.sign in DISC) == shown.collecting
        assert shown.sentence
        assert shown.facts
        assert shown.short


def test_order_stopped_paused_quiet_before_additions() -> None:
    for base in ("stopped", "paused", "quiet"):
        shown = presented(samples.snapshot(state=base, decision=True, sending=2, due_soon=5), 0)
        assert shown.sign == base
        assert shown.count == 0


@pytest.mark.parametrize(
    ("changes", "sign"),
    [
        ({}, "collecting"),
        ({"due_soon": 3}, "waiting"),
        ({"sending": 1, "due_soon": 3}, "collecting-sending"),
        ({"decision": True, "sending": 1, "due_soon": 3}, "collecting-decision"),
        ({"state": "off", "decision": True, "consent": "never-asked"}, "decision"),
        ({"state": "off", "sending": 1}, "sending"),
        ({"state": "elsewhere", "sending": 1}, "sending"),
        ({"state": "elsewhere", "decision": True}, "decision"),
        ({"state": "elsewhere", "reason": "password-field"}, "elsewhere"),
        ({"state": "off", "consent": "refused"}, "off"),
    ],
)
def test_additions_stand_beside_the_disc(changes: dict[str, object], sign: str) -> None:
    assert presented(samples.snapshot(**changes), 0).sign == sign


def test_silence_is_stopped_whatever_was_said_last() -> None:
    for state in STATES:
        assert presented(samples.snapshot(state=state), 2.01).sign == "stopped"
    assert presented(None, STARTING).sign == "off"
    assert presented(None, STARTING + 1).sign == "stopped"
    assert presented(None, math.inf).sign == "stopped"


def test_every_stopping_problem_is_named() -> None:
    for code, row in PROBLEMS.items():
        if not row.stops_capture:
            continue
        shown = presented(samples.snapshot(state="stopped", problems=(ActiveProblem(code),)), 0)
        assert row.title in shown.sentence


def test_a_warning_does_not_hide_the_cause() -> None:
    problems = (ActiveProblem("upload-unreachable"), ActiveProblem("redaction-failed"))
    assert "redaction" in presented(samples.snapshot(state="stopped", problems=problems), 0).sentence


def test_sentences_of_the_common_states() -> None:
    def sentence(**changes: object) -> str:
        return presented(samples.snapshot(**changes), 0).sentence

    assert sentence(categories=("text", "shortcut", "pointer")) == "Collecting text, shortcuts and clicks in Mousepad."
    assert sentence(state="paused", paused_until=0) == "Paused until you resume."
    assert sentence(state="elsewhere", program="Firefox", reason="password-field") == (
        "Not collecting in Firefox: password field."
    )
    assert sentence(state="off", consent="never-asked") == "Off. You have not agreed to anything."
    assert sentence(state="quiet") == "Quiet hours. Nothing is being collected."
    until = samples.NOW - samples.NOW % 60 + 60
    assert sentence(state="quiet", quiet_until=until).startswith("Quiet hours until ")
    assert sentence(trial=True, state="quiet").startswith("Trial. ")


def test_facts_say_what_waits_and_what_was_sent() -> None:
    assert presented(samples.snapshot(), 0).facts == (
        "12 items wait on this computer. Nothing has been sent today."
    )  # fmt: skip
    assert "1 item has been sent today." in presented(samples.snapshot(sent_today=1), 0).facts


@given(st.sampled_from(list(PROBLEMS)), st.dictionaries(st.text(max_size=5), st.text(max_size=5)))
def test_any_problem_with_any_facts_can_be_shown(code: str, facts: dict[str, str]) -> None:
    assert presented(samples.snapshot(state="stopped", problems=(ActiveProblem(code, facts),)), 0).sentence


def test_state_tells_when_time_alone_changes_the_sign() -> None:
    now = [0.0]
    state = State(clock=lambda: now[0])
    told: list[str] = []
    state.changed.connect(lambda: told.append(state.presented().sign))
    state.take(samples.snapshot())
    now[0] = 1.9
    state.look()
    now[0] = 2.1
    state.look()
    state.take(samples.snapshot(state="paused"))
    state.engine_gone()
    state.started()
    assert told == ["collecting", "stopped", "paused", "stopped", "off"]
    assert state.snapshot is None


def test_a_heartbeat_that_says_nothing_new_changes_nothing_but_the_age() -> None:
    now = [0.0]
    state = State(clock=lambda: now[0])
    told: list[int] = []
    first = samples.snapshot(seq=1, at=600)
    state.take(first)
    state.changed.connect(lambda: told.append(state.snapshot.seq if state.snapshot is not None else 0))
    for beat in range(2, 9):
        now[0] += 1.9
        state.take(msgspec.structs.replace(first, seq=beat, at=600 + beat))
        assert state.fresh
    assert told == []
    state.take(msgspec.structs.replace(first, seq=9, at=609, waiting=first.waiting + 1))
    state.take(msgspec.structs.replace(first, seq=10, at=660, waiting=first.waiting + 1))
    assert told == [9, 10]


def test_a_silent_engine_is_shown_as_stopped_without_being_asked() -> None:
    state = State()
    state.take(samples.snapshot())
    assert state.presented().sign == "collecting"
    shown: list[str] = []
    state.changed.connect(lambda: shown.append(state.presented().sign))
    loop = QEventLoop()
    state.changed.connect(loop.quit)
    QTimer.singleShot(10_000, loop, loop.quit)
    loop.exec()
    assert shown == ["stopped"]


def test_a_trial_says_so_even_when_the_engine_is_gone() -> None:
    for age in (0.0, 60.0):
        assert presented(None, age, catalogue("en"), trial=True).sentence.startswith("Trial. ")


def test_one_resumes_from_a_pause_and_from_a_clock_that_is_right_and_from_nothing_else() -> None:
    clock = (ActiveProblem("clock-moved", {"seconds": "3600"}),)
    assert may_resume(samples.snapshot(state="paused", paused_until=0))
    assert may_resume(samples.snapshot(state="stopped", problems=clock))
    assert not may_resume(None)
    assert not may_resume(samples.snapshot())
    assert not may_resume(samples.snapshot(state="stopped", problems=(ActiveProblem("capture-failed"),)))
    assert not may_resume(samples.snapshot(state="paused", trying=True))
    assert not may_resume(samples.snapshot(state="stopped", consent="withdrawn", problems=clock))
