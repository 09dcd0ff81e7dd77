"""What was taken out once in a session is taken out wherever it stands in it, and nothing of it is kept as it was."""

from __future__ import annotations

import gc

import pytest

from agent.records import RawTitle, Redacted
from agent.redaction import Redactor, Session
from agent.redaction.session import MOST_VALUES
from agent.redaction.view import Span, View
from tests.fakes.marked import PROGRAM, raw

FIRST = "Please ask Ludmila Przybylska about it."


def meet(redactor: Redactor, first: str = FIRST) -> None:
    """As if the text had been typed; of the names' model only that it knows this name is taken for granted."""
    if first == FIRST and redactor.session is not None:
        start = FIRST.index("Ludmila")
        redactor.session.learn(FIRST, [Span(start, start + 18, "name")], sure=True)
    else:
        assert redactor.redact(raw(first)).removed


@pytest.fixture
def redactor() -> Redactor:
    return Redactor((), Session(lambda: b"k" * 32))


def text(redactor: Redactor, typed: str) -> str:
    return redactor.redact(raw(typed)).text or ""


@pytest.mark.parametrize(
    ("first", "later", "expected"),
    [
        (FIRST, "tell przybylska that it is done", "tell [name] that it is done"),
        (FIRST, "the ludmila przybylska file", "the [name] file"),
        (FIRST, "see file_przybylska_old", "see file_[name]_old"),
        ("write to jan.novak@example.museum", "jan.novak (example, museum)", "[e-mail address])"),
        ("ring +49 30 901820 now", "it was 030-90-18-20, dial it", "it was [phone number], dial it"),
        ("my password is hunter2x", "then type hunter2x there", "then type [password] there"),
        ("born on 14 March 1979.", "on 14 March 1979 it", "on [date of birth] it"),
        ("田中太郎さんに聞く", "昨日田中太郎が来た", "昨日[name]が来た"),
    ],
)
def test_what_was_taken_out_once_is_taken_out_later(redactor: Redactor, first: str, later: str, expected: str) -> None:
    alone = text(Redactor(()), later)
    meet(redactor, first)
    assert text(redactor, later) == expected
    assert text(Redactor(()), later) == alone


def test_it_is_taken_out_of_what_stands_before_it_in_the_same_text() -> None:
    typed = "kestrel9x will do, my password is kestrel9x."
    assert text(Redactor((), Session()), typed) == "[password] will do, my password is [password]."


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Thanks, Will Smith, for this.", "It will be a smith who will do it."),
        ("Thanks, Will Smith, for this.", "Will you come?"),
        ("Best regards, Mark Rose", "Mark it as read. The rose is red, and the mark stays."),
        ("Regards, May Hope", "We hope that it may go in May."),
        ("Dear Jordan Paris,", "The office in Jordan"),
        ("my password is sunshine", "what sunshine we had"),
        ("ring 112 now", "there are 112 of them"),
    ],
)
def test_words_that_are_no_names_elsewhere_stay(redactor: Redactor, first: str, later: str) -> None:
    alone = text(Redactor(()), later)
    redactor.redact(raw(first))
    assert text(redactor, later) == alone


def test_titles_are_remembered_and_looked_at() -> None:
    redactor = Redactor((), Session())
    title = redactor.title(RawTitle(1, "password: kestrel9x", 0.0), PROGRAM, 60, ("a",))
    assert title is not None
    assert title.text == "password: [password]"
    assert text(redactor, "for kestrel9x only") == "for [password] only"
    title = redactor.title(RawTitle(1, "kestrel9x.odt", 0.0), PROGRAM, 60, ("a",))
    assert title is not None
    assert title.text == "[password].odt"


def test_a_held_record_is_redacted_again_with_what_is_known_since(redactor: Redactor) -> None:
    held = redactor.redact(raw("tell przybylska that it is done"))
    assert (held.removed, redactor.stale(held)) == ((), False)
    meet(redactor)
    assert redactor.stale(held)
    again = redactor.again(held)
    assert again.text == "tell [name] that it is done"
    assert not redactor.stale(again)
    assert redactor.again(again) is again


def test_after_the_session_nothing_is_known_and_nothing_can_be_compared() -> None:
    session = Session()
    redactor = Redactor((), session)
    meet(redactor)
    before = set(session._values)
    redactor.end_session()
    assert len(session) == 0
    assert text(redactor, "tell przybylska") == "tell przybylska"
    meet(redactor)
    assert before.isdisjoint(session._values)


def test_the_forgetting_for_speed_leaves_the_session(redactor: Redactor) -> None:
    meet(redactor)
    redactor.forget()
    assert text(redactor, "tell przybylska") == "tell [name]"


def test_no_value_is_kept_as_it_was() -> None:
    session = Session()
    Redactor((), session).redact(raw(FIRST + " His mail is qx.zwilling@example.museum"))
    assert len(session) > 1
    seen: list[object] = [session]
    for value in seen:
        if isinstance(value, str):
            assert not {"przybylska", "ludmila", "zwilling"} & set(value.lower().replace("@", " ").split())
        seen += [
            one
            for one in gc.get_referents(value)
            if isinstance(one, str | bytes | tuple | dict | set | list) and not any(one is other for other in seen)
        ]
        if len(seen) > 500:
            break


def test_it_is_bounded_and_lets_the_oldest_go() -> None:
    session = Session()
    for number in range(MOST_VALUES + 100):
        value = f"value-{number:06}x@example.org"
        session.learn(value, [Span(0, len(value), "e-mail address")])
    assert len(session) <= MOST_VALUES
    assert len(session._firsts) <= MOST_VALUES
    assert not list(session.find(View("value-000000x@example.org")))
    assert list(session.find(View(f"value-{MOST_VALUES + 99:06}x@example.org")))


def test_what_goes_on_from_before_is_not_remembered_in_half(redactor: Redactor) -> None:
    record = redactor.redact(raw("ple.org please", "write to jan.novak@exam"))
    assert record.text == "[e-mail address] please"
    assert text(redactor, "see ple.org please") == "see ple.org please"


def test_what_was_taken_out_by_hand_or_is_an_own_word_is_not_remembered() -> None:
    redactor = Redactor(("Nightfall",), Session())
    redactor.redact(raw("nightfall is near"))
    assert redactor.session is not None
    assert len(redactor.session) == 0


def test_the_end_waits_while_a_remembered_value_could_grow(redactor: Redactor) -> None:
    redactor.redact(raw("my password is kestrel wing9x, keep it"))
    redactor.redact(raw("I live at 14 Ludmila Road, London."))
    known, unknown = redactor.open_tail("he came to 14 ludmila "), Redactor(()).open_tail("he came to 14 ludmila ")
    assert known >= unknown


def test_the_check_of_the_rules_neither_needs_nor_ends_the_session(redactor: Redactor) -> None:
    meet(redactor)
    assert redactor.healthy()
    assert text(redactor, "tell przybylska") == "tell [name]"
    assert redactor.session is not None
    assert not list(redactor.session.find(View("hunter2 4111 1111 1111 1111"))), "nor is what is planted remembered"


def test_what_is_remembered_does_not_change_a_record_that_is_fresh(redactor: Redactor) -> None:
    records: list[Redacted] = [
        redactor.redact(raw(typed))
        for typed in (FIRST, "przybylska and 030-901820", "ring +49 30 901820", "Anna Przybylska, Ludmila")
    ]
    for record in records[2:]:
        assert redactor.again(record) is record
