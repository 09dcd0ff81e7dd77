"""The engine as a whole over a scripted desktop: answers, exclusions, review and what is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent import protocol
from tests.fakes.desktop import TERMINAL
from tests.fakes.enginehouse import SHOWN, House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.engine.stop()


def test_before_an_answer_nothing_is_hooked_opened_or_looked_at(house: House) -> None:
    house.show_sign()
    house.types("nobody asked me")

    assert house.snapshot.state == "off"
    assert house.snapshot.decision
    assert house.desk.starts == 0
    assert house.indicator.asked == []
    assert not (house.trial / "profile").exists()
    assert house.keystore.values == {}


def test_withdrawing_destroys_what_waits_and_stops(house: House) -> None:
    house.agree()
    house.types("gone soon")
    house.goes_to(TERMINAL)
    assert house.texts() == ["gone soon"]
    house.types("still in memory")

    house.ask(protocol.WithdrawQuestion, open=True)
    assert not house.desk.started
    done = house.ask(protocol.Withdraw)

    assert isinstance(done, protocol.Done)
    assert done.problem == ""
    assert house.waiting() == ()
    assert house.snapshot.consent == "withdrawn"
    house.types("after the no")
    assert house.waiting() == ()
    assert not house.desk.started


def test_closing_the_question_goes_on_as_before(house: House) -> None:
    house.agree()
    house.ask(protocol.WithdrawQuestion, open=True)
    assert house.snapshot.state == "paused"
    house.ask(protocol.WithdrawQuestion, open=False)
    house.types("as before")
    house.goes_to(TERMINAL)
    assert house.texts() == ["as before"]


def test_a_no_collects_nothing_and_is_not_asked_again(house: House) -> None:
    house.ask(protocol.Refuse, notice=house.notice().notice)
    house.show_sign()
    house.types("no means no")
    house.restart()

    assert house.snapshot.consent == "refused"
    assert not house.snapshot.decision
    assert house.desk.starts == 0


def test_a_yes_to_another_notice_is_not_taken(house: House) -> None:
    answer = house.ask(
        protocol.Give, notice="0" * 64, cells=(("train", "text"),), programs=("mousepad",), language="en", shown=SHOWN
    )
    assert isinstance(answer, protocol.Done)
    assert answer.problem == "notice-changed"
    assert house.snapshot.consent == "never-asked"


def test_without_text_ticked_no_text_is_kept(house: House) -> None:
    house.agree(cells=("app",))
    house.types("not agreed")
    house.goes_to(TERMINAL)
    assert [row.kind for row in house.waiting()] == ["app"]


def test_excluding_removes_what_is_in_memory_and_on_request_what_waits(house: House) -> None:
    house.agree("mousepad", "xterm")
    house.types("in the editor")
    house.types("in the terminal", TERMINAL)
    house.goes_to()
    assert len(house.texts()) == 2
    house.types("more ")
    done = house.ask(protocol.Exclude, program="mousepad", delete_waiting=True)
    assert isinstance(done, protocol.Done)
    house.goes_to(TERMINAL)

    assert house.texts() == ["in the terminal"]
    house.types("again")
    house.goes_to(TERMINAL)
    assert house.texts() == ["in the terminal"]


def test_forgetting_destroys_the_last_minutes(house: House) -> None:
    house.agree()
    house.types("long ago")
    house.goes_to(TERMINAL)
    house.later(600, step=10)
    house.types("just now")
    house.goes_to(TERMINAL)
    house.ask(protocol.Forget, minutes=5)
    assert house.texts() == ["long ago"]


def test_forgetting_reaches_what_was_let_go_and_what_is_still_being_typed(house: House) -> None:
    house.agree()
    house.types("let go")
    house.goes_to(TERMINAL)
    house.ask(protocol.Send, items=tuple((row.row, row.digest) for row in house.waiting()))
    house.types("half a sent")
    done = house.ask(protocol.Forget, minutes=5)
    assert isinstance(done, protocol.Done)
    assert done.count >= 1
    house.goes_to(TERMINAL)
    assert house.texts() == []
    house.later(2 * 3600, step=30)
    assert house.page(protocol.Sent, protocol.GetSent, offset=0, limit=9).rows == ()


def test_a_range_is_erased_and_what_is_beside_it_stays(house: House) -> None:
    house.agree()
    times = []
    for words in ("before", "within", "after"):
        house.types(words)
        house.goes_to(TERMINAL)
        house.later(120, step=5)
        times.append(house.engine.wall())
    house.ask(protocol.DeleteWaiting, since=times[0], until=times[1])
    assert house.texts() == ["before", "after"]


def test_own_words_are_taken_out_of_what_waits_too(house: House) -> None:
    house.agree()
    house.types("project nightfall starts")
    house.goes_to(TERMINAL)
    done = house.ask(protocol.SetOwnWords, words=("Nightfall",))
    assert isinstance(done, protocol.Done)
    assert done.count == 1
    assert house.texts() == ["project [private word] starts"]
    house.types("nightfall again")
    house.goes_to(TERMINAL)
    assert house.texts()[-1] == "[private word] again"


def test_a_word_that_cannot_be_looked_for_is_refused_and_the_old_list_stays(house: House) -> None:
    house.agree()
    house.ask(protocol.SetOwnWords, words=("Falkenstein",))
    answer = house.ask(protocol.SetOwnWords, words=("good", "!!!"))
    assert isinstance(answer, protocol.Done)
    assert answer.problem == "own-word-invalid"
    assert house.snapshot.own_words == ("Falkenstein",)


def test_without_a_keystore_a_yes_is_not_taken_and_says_why(house: House) -> None:
    house.keystore.gone = True
    answer = house.ask(
        protocol.Give,
        notice=house.notice().notice,
        cells=(("train", "text"),),
        programs=("mousepad",),
        language="en",
        shown=SHOWN,
    )
    assert isinstance(answer, protocol.Done)
    assert answer.problem == "keystore-unavailable"
    assert house.snapshot.consent == "never-asked"
    assert house.desk.starts == 0


def test_a_policy_that_disappears_stops_everything(house: House) -> None:
    house.agree()
    house.goes_to()
    (house.trial / "policy.json").unlink()
    house.later(7)
    assert not house.desk.started
    assert house.snapshot.state in {"off", "stopped"}


def test_a_wider_policy_asks_again_and_leaves_the_old_yes_as_it_was(tmp_path: Path) -> None:
    house = House(tmp_path, **{"notice.purposes.0.categories": ["text"]})
    house.agree(cells=("text",))
    wider = House(tmp_path / "other", serial=8)
    house.write_policy(wider.data)
    house.later(7)

    assert house.snapshot.decision
    house.types("still text")
    house.goes_to(TERMINAL)
    assert [row.kind for row in house.waiting()] == ["text"]
    house.engine.stop()
    wider.engine.stop()
