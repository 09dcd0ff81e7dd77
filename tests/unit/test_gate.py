"""The gate: one no is enough, in a fixed order, and why() tells who said it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from agent.gate import Guards, admit, may, why
from agent.policy.effective import Settings, effective
from agent.policy.model import offered
from agent.records import Admitted, Attributed, Dropped, Program, RawKey, Reason, Secure
from tests.fakes.deciding import BASE, CLEAR, ONE_NO
from tests.fakes.typing import press

EDITOR = Program("mousepad", "Mousepad", frozenset({"org.xfce.mousepad"}))
ALL = effective(BASE, offered(BASE), Settings(collect_in=frozenset({"mousepad"})))


def typed(window: Any = 1, program: Any = EDITOR, field: Any = "f", secure: Secure = Secure.NO) -> Attributed:
    return Attributed(RawKey(window, "a", "a", frozenset(), False, 0.0), window, program, field, secure)


def reason(event: Attributed, effective: Any = ALL, guards: Guards = CLEAR) -> Reason | None:
    answer = admit("text", event, effective, guards)
    return answer.reason if isinstance(answer, Dropped) else None


def test_lets_a_key_through_when_everybody_agrees() -> None:
    answer = admit("text", typed(), ALL, CLEAR)
    assert isinstance(answer, Admitted)
    assert (answer.window, answer.program, answer.field, answer.purposes) == (1, EDITOR, "f", ("train",))
    click = Attributed(press(1, 1, 0.0), 1, EDITOR, "f", Secure.NO)
    assert isinstance(admit("text", click, ALL, CLEAR), Admitted)
    assert may("app", EDITOR, ALL, CLEAR) == ("train",)


def test_guards_as_made_let_nothing_through() -> None:
    assert reason(typed(), ALL, Guards()) is Reason.PAUSED
    assert may("app", EDITOR, ALL, Guards()) is Reason.PAUSED


@pytest.mark.parametrize(("name", "value"), ONE_NO)
def test_one_guard_is_enough(name: str, value: Any) -> None:
    guards = replace(CLEAR, **{name: value})
    assert isinstance(admit("text", typed(), ALL, guards), Dropped)
    assert isinstance(may("app", EDITOR, ALL, guards), Reason)
    assert isinstance(may("text", EDITOR, ALL, guards), Reason)


def test_every_guard_that_can_say_no_is_in_the_list() -> None:
    assert {name for name, _ in ONE_NO} | {"own_windows"} == set(Guards.__dataclass_fields__)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (typed(program=None), Reason.UNKNOWN_PROGRAM),
        (typed(program=Program("gedit", "gedit")), Reason.POLICY),
        (typed(secure=Secure.YES), Reason.PASSWORD),
        (typed(secure=Secure.UNKNOWN), Reason.UNKNOWN_FIELD),
        (typed(field=None), Reason.UNKNOWN_FIELD),
        (typed(window=None), Reason.UNKNOWN_FIELD),
        (Attributed(RawKey(2, "a", "a", frozenset(), False, 0.0), 1, EDITOR, "f", Secure.NO), Reason.UNKNOWN_FIELD),
    ],
)
def test_unknown_is_no(event: Attributed, expected: Reason) -> None:
    assert reason(event) is expected


def test_nothing_without_a_yes() -> None:
    nothing = effective(BASE, frozenset(), Settings(collect_in=frozenset({"mousepad"})))
    assert reason(typed(), None) is Reason.NO_CONSENT
    assert reason(typed(), nothing) is Reason.NO_CONSENT
    assert reason(typed(), nothing, replace(CLEAR, expired=True)) is Reason.CONSENT_EXPIRED
    assert reason(typed(), None, replace(CLEAR, policy_ok=False)) is Reason.POLICY
    only_app = effective(BASE, frozenset({("train", "app")}), Settings(collect_in=frozenset({"mousepad"})))
    assert reason(typed(), only_app) is Reason.NO_CONSENT
    assert may("app", EDITOR, only_app, CLEAR) == ("train",)


def test_the_employees_choices_come_after_the_policy() -> None:
    wide = replace(BASE, notice=replace(BASE.notice, purposes=(replace(BASE.notice.purposes[0], programs=("*",)),)))
    chosen = effective(wide, offered(wide), Settings(collect_in=frozenset({"keepassxc", "aboveboard", "vim"})))
    assert reason(typed(program=EDITOR), chosen) is Reason.NOT_CHOSEN
    assert reason(typed(program=Program("keepassxc", "KeePassXC")), chosen) is Reason.PROTECTED
    assert reason(typed(program=Program("aboveboard", "Aboveboard")), chosen) is Reason.OWN_WINDOW
    assert reason(typed(program=Program("vim", "Vim")), chosen, replace(CLEAR, own_windows=frozenset({1}))) is (
        Reason.OWN_WINDOW
    )
    left_out = replace(chosen, excluded=frozenset({"org.xfce.mousepad"}))
    assert reason(typed(program=EDITOR), left_out) is Reason.EXCLUDED


def test_a_password_is_named_as_one_even_when_the_store_fails() -> None:
    assert reason(typed(secure=Secure.YES), ALL, replace(CLEAR, store_ok=False)) is Reason.PASSWORD


def test_the_first_no_in_the_closed_order_is_the_reason() -> None:
    order = list(Reason)
    noes = [
        ({"paused": True}, Reason.PAUSED),
        ({"quiet": True}, Reason.QUIET_HOURS),
        ({"indicator": False}, Reason.NO_INDICATOR),
        ({"locked": None}, Reason.LOCKED),
        ({"clock_ok": False}, Reason.CLOCK),
        ({"redactor_ok": False}, Reason.REDACTION),
        ({"overloaded": True}, Reason.OVERLOADED),
        ({"store_ok": False}, Reason.STORE),
    ]
    assert [order.index(found) for _, found in noes] == sorted(order.index(found) for _, found in noes)
    for place, (_, expected) in enumerate(noes):
        rest: dict[str, Any] = {}
        for change, _ in noes[place:]:
            rest |= change
        assert reason(typed(), ALL, replace(CLEAR, **rest)) is expected


@pytest.mark.parametrize("found", [None, *Reason])
def test_why_says_yes_until_the_first_no(found: Reason | None) -> None:
    answers = why(found)
    said = [answers.consent, answers.policy, answers.settings, answers.guards]
    if found is None:
        assert said == ["yes"] * 4
    else:
        place = said.index("no")
        assert said == ["yes"] * place + ["no"] + ["not-asked"] * (3 - place)


def test_who_said_no() -> None:
    assert why(Reason.NO_CONSENT).consent == "no"
    assert why(Reason.POLICY).policy == "no"
    assert why(Reason.EXCLUDED).settings == "no"
    assert why(Reason.PAUSED).settings == "no"
    assert why(Reason.PASSWORD).guards == "no"
