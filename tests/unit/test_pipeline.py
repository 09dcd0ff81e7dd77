"""The way of a datum without IO: what waits, what is thrown away, what comes out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.pipeline import QUARANTINE, SIGHTING_LIMIT, Front, Keep, Pipeline
from agent.pipeline.effects import Notes
from agent.pipeline.waiting import Item
from agent.records import Program, RawCaret, RawCommit, RawFocus, RawKey, Reason, Redacted, Secure
from agent.redaction import RedactionFailed, Redactor
from tests.fakes.desktop import EDITOR, TERMINAL
from tests.fakes.pipelinehouse import FREE, OTHER, WALL, PipelineHouse, effective

OWN_WINDOW = Program("aboveboard", "Aboveboard", frozenset({"aboveboard"}))


@pytest.fixture
def house() -> PipelineHouse:
    return PipelineHouse()


def test_a_key_waits_half_a_second_and_a_field_until_it_is_left(house: PipelineHouse) -> None:
    house.at(1)
    house.type("hello")
    house.later(QUARANTINE - 0.01)
    house.focus(3)
    assert house.texts() == []
    house.later()
    assert house.texts() == ["hello"]


def test_every_program_that_comes_to_the_front_is_one_record(house: PipelineHouse) -> None:
    for window in (1, 2, 3, 4, 1, 5, 1):
        house.at(window)
    assert house.fronts() == ["mousepad", "gedit", "mousepad"]


def test_a_program_that_is_only_passed_is_none(house: PipelineHouse) -> None:
    house.focus(1)
    house.later(0.3)
    house.focus(3)
    house.later()
    assert house.fronts() == ["gedit"]


def test_keys_of_elsewhere_are_counted_and_said_once_a_second(house: PipelineHouse) -> None:
    house.at(4)
    house.type("secret")
    assert house.notes() == []
    deadline = house.pipeline.deadline(house.seconds)
    assert deadline is not None
    assert house.seconds < deadline <= house.seconds + Notes.GATHER
    house.later(Notes.GATHER)
    assert house.notes() == [("key", Reason.NOT_CHOSEN, 6)]
    house.later(5)
    house.focus(1)
    house.later(5)
    assert house.texts() == []


def test_keys_before_and_after_the_answer_about_their_field_are_one_text(house: PipelineHouse) -> None:
    house.focus(1)
    house.type("4929 1838 ")
    house.later(0.2)
    house.field()
    house.type("0471 6620")
    house.later()
    house.close()
    assert house.texts() == ["[card number]"]


def test_the_next_field_of_the_same_window_is_another_text(house: PipelineHouse) -> None:
    house.at(1)
    house.type("one")
    house.later(0.6)
    house.field(name="f2")
    house.type("two")
    house.later()
    house.close()
    assert house.texts() == ["one", "two"]


def test_keys_of_a_field_that_has_a_name_are_no_other_fields(house: PipelineHouse) -> None:
    house.at(1, Secure.UNKNOWN, "f9")
    house.type("whose")
    house.later(0.1)
    house.field(Secure.NO, "f1")
    house.type("mine")
    house.later()
    house.close()
    assert house.texts() == ["mine"]
    assert ("key", Reason.UNKNOWN_FIELD, 5) in house.notes()


def test_a_key_of_a_window_that_is_not_in_front_is_nobodys(house: PipelineHouse) -> None:
    house.at(1)
    house.window = 4
    house.type("secret")
    house.window = None
    house.type("grabbed")
    house.later()
    house.close()
    assert house.texts() == []


def test_what_was_known_of_a_field_is_not_believed_of_the_next_window(house: PipelineHouse) -> None:
    house.at(1)
    house.focus(3)
    house.type("secret")
    house.later(3)
    house.close()
    assert house.texts() == []
    assert ("key", Reason.UNKNOWN_FIELD, 6) in house.notes()


def test_being_told_again_that_the_field_is_unknown_ends_no_text(house: PipelineHouse) -> None:
    house.at(1, Secure.UNKNOWN, None)
    house.type("not yet")
    house.field(Secure.UNKNOWN, None)
    house.type("one")
    house.field()
    house.later()
    house.close()
    assert house.texts() == ["one"]


def test_an_answer_about_another_window_says_nothing(house: PipelineHouse) -> None:
    house.at(1)
    house.window = 3
    house.field(Secure.YES)
    house.window = 1
    house.type("kept")
    house.later()
    house.close()
    assert house.texts() == ["kept"]


@pytest.mark.parametrize("late", [0.0, 1.0, 20.0])
@pytest.mark.parametrize(
    ("then", "reason"),
    [("password", Reason.PASSWORD), ("unknown", Reason.UNKNOWN_FIELD), ("elsewhere", Reason.QUARANTINE)],
)
def test_what_turns_out_within_half_a_second_counts_however_late_it_is_handled(
    house: PipelineHouse, then: str, reason: Reason, late: float
) -> None:
    house.at(1)
    house.type("hunter2")
    house.seconds += 0.2
    if then == "elsewhere":
        house.focus(4, late)
    else:
        house.field(Secure.YES if then == "password" else Secure.UNKNOWN, "f2", late)
    house.later(late + 1)
    house.close()
    assert house.texts() == []
    assert ("key", reason, 7) in house.notes()


def test_a_click_ends_a_text(house: PipelineHouse) -> None:
    house.at(1)
    house.type("one")
    house.click()
    house.type("two")
    house.later()
    house.close()
    assert house.texts() == ["one", "two"]


def test_a_click_back_into_a_text_goes_on_there(house: PipelineHouse) -> None:
    house.at(1)
    house.step(RawCaret(1, "f1", 4, 9, (4, 4), house.seconds))
    house.type("one")
    house.later(0.6)
    house.click()
    house.step(RawCaret(1, "f1", 5, 12, (5, 5), house.seconds))
    house.step(RawCaret(3, "f1", 0, 12, (0, 0), house.seconds))  # of another window
    house.type("-")
    house.later()
    house.close()
    assert house.texts() == ["o-ne"]


def test_what_an_input_method_says_goes_to_the_field_it_names(house: PipelineHouse) -> None:
    house.at(1)
    house.step(RawKey(1, "n", "n", frozenset(), False, house.seconds, uncertain=True))
    house.step(RawCommit(1, "f1", "\u65e5", house.seconds))
    house.step(RawCommit(1, "f2", "\u672c", house.seconds))
    house.step(RawCommit(1, None, "\u8a9e", house.seconds))
    house.step(RawCommit(4, "f1", "\u8a9e", house.seconds))
    house.later()
    house.close()
    assert house.texts() == ["\u65e5"]
    assert ("key", Reason.UNKNOWN_FIELD, 2) in house.notes()


def test_an_input_methods_text_waits_to_be_told_its_field(house: PipelineHouse) -> None:
    house.focus(1)
    house.step(RawCommit(1, "f1", "\u65e5", house.seconds))
    house.later(0.2)
    house.field()
    house.later()
    house.close()
    assert house.texts() == ["\u65e5"]


def test_without_a_sighting_a_key_waits_and_is_dropped(house: PipelineHouse) -> None:
    house.at(1)
    house.type("seen")
    house.later(0.6)
    house.sign = False
    house.seconds += 0.1
    house.type("unseen")
    house.later(1)
    deadline = house.pipeline.deadline(house.seconds)
    assert deadline == pytest.approx(house.seconds + 0.05)
    house.later(SIGHTING_LIMIT)
    house.sign = True
    house.later()
    house.close()
    assert house.texts() == ["seen"]
    assert ("key", Reason.NO_INDICATOR, 6) in house.notes()


def test_a_program_that_came_to_the_front_unseen_is_no_record(house: PipelineHouse) -> None:
    house.sign = False
    house.seconds += 0.1
    house.focus(1)
    house.later(SIGHTING_LIMIT + 1)
    assert house.fronts() == []


def test_what_was_typed_before_a_pause_stays_and_what_still_waited_goes(house: PipelineHouse) -> None:
    house.at(1)
    house.type("before ")
    house.later(0.6)
    house.type("within")
    house.pipeline.allow(effective(), replace(FREE, paused=True))
    house.close()
    assert house.texts() == ["before "]
    assert ("key", Reason.PAUSED, 6) in house.notes()
    house.later(60)
    assert house.texts() == ["before "]


def test_keys_are_judged_again_when_they_leave_the_quarantine(house: PipelineHouse) -> None:
    house.at(1)
    house.type("locked")
    house.pipeline.allow(effective(), replace(FREE, locked=True))
    house.later(2)
    house.close()
    assert house.texts() == []
    assert ("key", Reason.LOCKED, 6) in house.notes()


def test_a_text_whose_consent_is_gone_at_the_end_is_not_kept(house: PipelineHouse) -> None:
    house.at(1)
    house.type("withdrawn")
    house.later(0.6)
    house.pipeline.allow(None, FREE)
    house.close()
    assert house.texts() == []
    assert ("text", Reason.NO_CONSENT, 1) in house.notes()


def test_a_text_that_cannot_be_redacted_is_not_kept() -> None:
    class Broken(Redactor):
        def redact(self, text: object) -> Redacted:
            raise RedactionFailed

    house = PipelineHouse()
    house.pipeline.redact_with(Broken(()))
    house.at(1)
    house.type("lost")
    house.later(0.6)
    house.close()
    assert house.texts() == []
    assert ("text", Reason.REDACTION, 1) in house.notes()


def test_new_rules_hold_for_what_is_in_memory(house: PipelineHouse) -> None:
    house.at(1)
    house.type("project Falkenstein")
    house.later(0.6)
    house.pipeline.redact_with(Redactor(("Falkenstein",)))
    house.close()
    assert house.texts() == ["project [private word]"]


@pytest.mark.parametrize("how", ["wipe", "blind"])
def test_nothing_of_before_comes_after(house: PipelineHouse, how: str) -> None:
    house.at(1)
    house.type("released ")
    house.later(0.6)
    house.type("waiting ")
    if how == "wipe":
        house.pipeline.wipe()
    else:
        house.effects += house.pipeline.blind(Reason.OVERLOADED)
        assert ("key", Reason.OVERLOADED, 8) in house.notes()
    house.type("after")
    house.later(5)
    house.close()
    assert house.texts() == (["after"] if how == "wipe" else [])


def test_an_excluded_program_takes_its_text_along(house: PipelineHouse) -> None:
    house.at(3)
    house.type("of the other")
    house.later(0.6)
    house.at(1)
    house.type("in the field ")
    house.later(0.6)
    house.type("waiting")
    house.pipeline.allow(effective(excluded=("org.xfce.mousepad",)), FREE)
    house.pipeline.forget_program("org.xfce.mousepad")
    house.later(5)
    house.close()
    assert house.texts() == ["of the other"]


def test_excluding_a_program_that_is_not_in_front_touches_nothing(house: PipelineHouse) -> None:
    house.at(1)
    house.type("kept")
    house.pipeline.forget_program("gedit")
    house.later()
    house.close()
    assert house.texts() == ["kept"]


def test_nothing_happens_for_long_and_the_text_is_committed(house: PipelineHouse) -> None:
    house.at(1)
    house.type("It is done. ")
    house.later(0.6)
    assert house.pipeline.deadline(house.seconds) == pytest.approx(house.seconds - 0.6 + 30 + QUARANTINE)
    house.later(31)
    assert house.texts() == ["It is "]  # the rest could still become part of something
    house.close()
    assert "".join(house.texts()) == "It is done. "


def test_the_next_deadline_is_the_end_of_the_quarantine(house: PipelineHouse) -> None:
    assert house.pipeline.deadline(house.seconds) is None
    house.at(1)
    house.type("x")
    assert house.pipeline.deadline(house.seconds) == house.seconds + QUARANTINE


def test_what_is_in_front(house: PipelineHouse) -> None:
    assert house.pipeline.front() == Front(None, (), None)
    house.at(1)
    assert house.pipeline.front() == Front(EDITOR, ("app", "text"), None)
    house.at(4)
    assert house.pipeline.front() == Front(TERMINAL, (), Reason.NOT_CHOSEN)
    house.at(5)
    assert house.pipeline.front() == Front(None, (), Reason.UNKNOWN_PROGRAM)
    house.at(3)
    house.pipeline.allow(effective(cells=("app",)), FREE)
    assert house.pipeline.front() == Front(OTHER, ("app",), None)
    house.step(RawFocus(9, OWN_WINDOW, None, house.seconds))
    assert house.pipeline.front() == Front(OTHER, (), Reason.OWN_WINDOW)
    house.focus(None)
    assert house.pipeline.front() == Front(OTHER, (), None)


def test_only_typing_is_agreed_and_no_program_is_noted(house: PipelineHouse) -> None:
    house.pipeline.allow(effective(cells=("text",)), FREE)
    house.at(1)
    house.type("words")
    house.later()
    house.close()
    assert (house.fronts(), house.texts()) == ([], ["words"])


def test_the_same_window_told_again_is_no_new_one(house: PipelineHouse) -> None:
    house.at(1)
    house.focus(1)
    house.later()
    assert house.fronts() == ["mousepad"]


def test_a_mark_is_not_a_key() -> None:
    pipeline = Pipeline(Redactor(()))
    with pytest.raises(TypeError, match="only what was done"):
        pipeline._judge(Item(0.0, "cut"))


def test_the_hour_of_a_record_is_the_one_given(house: PipelineHouse) -> None:
    house.at(1)
    house.type("now")
    house.later()
    house.close()
    assert [e.record.time for e in house.effects if isinstance(e, Keep) and e.record.kind == "text"] == [WALL]
