"""How much is taken out: the stricter of what the policy and the employee want, at every place it passes through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from agent import consent, protocol
from agent.engine.stores import Choices
from agent.policy.dropins import dropin_mistakes, narrowed
from agent.policy.effective import Settings, effective
from agent.policy.keys import STRICTNESS
from agent.policy.load import Policy, notice_hash, parse
from agent.policy.scope import scope
from agent.redaction import Redactor
from tests.fakes.desktop import TERMINAL
from tests.fakes.enginehouse import House
from tests.fakes.organisation import NOW, make_policy

#: Words that may be names, in places that favour a name more or less.
SENTENCES = [
    pattern.format(word)
    for pattern in ("{} said so", "the {} report", "for {} please", "our {} is late", "bring it to {}", "from {} to me")
    for name in ("anna", "jordan", "grace", "weber", "falke", "rosa", "max", "frank", "hunter", "baker", "steinbrenner")
    for word in (name, name.capitalize())
]


def parsed(**changes: Any) -> Policy:
    return parse(make_policy(**changes)[0], NOW)


@pytest.mark.parametrize(("theirs", "own"), list(product(STRICTNESS, STRICTNESS)))
def test_the_stricter_of_the_two_holds(theirs: str, own: str) -> None:
    policy = parsed(**{"limits.redaction": theirs})
    left = effective(policy, frozenset(), Settings(redaction=own))
    assert STRICTNESS.index(left.redaction) == max(STRICTNESS.index(theirs), STRICTNESS.index(own))


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Makes a house whose policy has these values; it is left when the test is."""
    houses: list[House] = []

    def make(**values: str) -> House:
        houses.append(House(tmp_path, **values))
        return houses[-1]

    yield make
    for house in houses:
        house.engine.stop()


@pytest.mark.parametrize(("theirs", "own"), list(product(STRICTNESS, STRICTNESS)))
def test_the_engine_redacts_by_it_and_tells_both(build: Callable[..., House], theirs: str, own: str) -> None:
    house = build(**{"limits.redaction": theirs})
    house.agree("mousepad")
    house.ask(protocol.SetRedaction, strictness=own)
    holds = STRICTNESS[max(STRICTNESS.index(theirs), STRICTNESS.index(own))]
    assert (house.snapshot.redaction, house.snapshot.redaction_chosen) == (holds, own)
    assert house.engine.redactor.dial == holds
    assert house.page(protocol.Notice, protocol.GetNotice).redaction == theirs
    house.restart()
    assert (house.snapshot.redaction, house.snapshot.redaction_chosen) == (holds, own)


def test_each_step_takes_out_no_less_and_the_last_more_than_the_first() -> None:
    taken = {
        dial: [span for text in SENTENCES for span in Redactor((), dial=dial).find(text)]  # type: ignore[arg-type]
        for dial in STRICTNESS
    }
    assert len(taken["light"]) <= len(taken["balanced"]) <= len(taken["strict"])
    assert len(taken["light"]) < len(taken["strict"])
    assert all(Redactor((), dial=dial).healthy() for dial in ("light", "balanced", "strict"))


def test_what_waits_is_redacted_again_when_the_employee_wants_more(build: Callable[..., House]) -> None:
    light, strict = Redactor((), dial="light"), Redactor((), dial="strict")
    typed = next(text for text in SENTENCES if strict.find(text) and not light.find(text))
    house = build()
    house.agree("mousepad", "xterm")
    house.ask(protocol.SetRedaction, strictness="light")
    house.types(typed)
    house.goes_to(TERMINAL)
    assert house.texts() == [typed]
    done = house.ask(protocol.SetRedaction, strictness="strict")
    assert isinstance(done, protocol.Done)
    assert done.count == 1
    assert house.texts() != [typed]


def test_a_file_beside_the_policy_can_only_want_more() -> None:
    for theirs, beside in product(STRICTNESS, STRICTNESS):
        document: dict[str, object] = {"limits": {"redaction": beside}}
        assert dropin_mistakes(document) == []
        found = narrowed(parsed(**{"limits.redaction": theirs}), document).limits.redaction
        assert STRICTNESS.index(found) == max(STRICTNESS.index(theirs), STRICTNESS.index(beside))
    assert dropin_mistakes({"limits": {"redaction": "off"}})


def test_less_is_a_new_question_and_not_in_force_before_the_answer() -> None:
    then, now = parsed(**{"limits.redaction": "strict"}), parsed(**{"limits.redaction": "light"})
    before, after = scope(then, "train", "text"), scope(now, "train", "text")
    assert before is not None
    assert after is not None
    assert not before.covers(after)
    assert after.covers(before)
    assert before.goes_no_further(after)
    yes = consent.give(
        consent.ConsentState(), then, notice_hash(then), frozenset({("train", "text")}), NOW, "en", "0" * 64
    )
    assert consent.honoured(yes, now).limits.redaction == "strict"
    assert [(change.what, change.sort) for change in consent.asked_anew(yes, now, NOW)] == [
        ("cell", "new"),
        ("redaction", "wider"),
    ]


@pytest.mark.parametrize("stored", ["off", None, 3])
def test_a_choice_that_cannot_be_read_is_the_narrowest(stored: object) -> None:
    assert Choices.from_json({**Choices().to_json(), "redaction": stored}) == Choices(paused_until=0)
    kept = {name: value for name, value in Choices(redaction="strict").to_json().items() if name != "redaction"}
    assert Choices.from_json(kept).redaction == "balanced", "a profile from before there was a choice"
