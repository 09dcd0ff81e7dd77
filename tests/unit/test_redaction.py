"""The redactor as a whole: placeholders, offsets, context, a second look, removals by hand, faults."""

from __future__ import annotations

import traceback

import pytest

from agent.records import Program, Redacted
from agent.redaction import RULES, RedactionFailed, Redactor
from agent.redaction.kinds import CARD, EMAIL, OWN_WORD, PASSWORD
from agent.redaction.view import Span, View
from tests.fakes.marked import PROGRAM, alnum, raw

CARD_TEXT = "card 4111 1111 1111 1111, mail jan@example.org, password: hunter2"


def pieces(record: Redacted) -> list[str]:
    assert record.text is not None
    return [record.text[part.start : part.end] for part in record.removed]


def test_everything_is_replaced_and_every_offset_is_that_of_a_placeholder() -> None:
    record = Redactor(("Falke",)).redact(raw(CARD_TEXT + " for Falke"))
    assert record.text == "card [card number], mail [e-mail address], password: [password] for [private word]"
    assert pieces(record) == ["[card number]", "[e-mail address]", "[password]", "[private word]"]
    assert [part.kind for part in record.removed] == [CARD, EMAIL, PASSWORD, OWN_WORD]
    assert {part.by for part in record.removed} == {"machine"}
    assert record.redactor == RULES
    assert record.purposes == ("purpose-a", "purpose-b")
    assert (record.program_id, record.program_name, record.time) == ("mousepad", "Mousepad", 1_790_000_000)


def test_harmless_text_stays_as_it_is() -> None:
    text = "Zdravím, the meeting is at 14:30 in room 4.12.\nBring 3 copies."
    record = Redactor(("Falke",)).redact(raw(text))
    assert (record.text, record.removed) == (text, ())


def test_typed_placeholders_are_ordinary_text() -> None:
    record = Redactor(()).redact(raw("I saw [card number] and [removed by you] for 4111111111111111"))
    assert record.text == "I saw [card number] and [removed by you] for [card number]"
    assert [(part.start, part.kind) for part in record.removed] == [(45, CARD)]
    assert Redactor(()).again(record) is record


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("my card is 4111 1111 ", "1111 1111 thanks", "[card number] thanks"),
        ("write to jan.novak@exam", "ple.org please", "[e-mail address] please"),
        ("password: ", "hunter2 ok", "[password] ok"),
        ("password: hun", "ter2 ok", "[password] ok"),
        ("password", "hunter2", "[password]"),
        ("jan at example", " dot org now", "[e-mail address] now"),
        ("ask Projekt ", "Falke today", "[private word] today"),
        ("xx", "Projekt Falke today", "[private word] today"),
        ("jan@example.org ", "and so on", "and so on"),
        ("nothing special. ", "and so on", "and so on"),
    ],
)
def test_what_began_in_the_context_ends_in_the_text(before: str, text: str, expected: str) -> None:
    record = Redactor(("Projekt Falke",)).redact(raw(text, before))
    assert record.text == expected


def test_again_changes_nothing_on_a_fresh_record() -> None:
    redactor = Redactor(("Falke",))
    record = redactor.redact(raw(CARD_TEXT))
    assert redactor.again(record) is record


def test_again_applies_what_is_new_and_keeps_what_was_there() -> None:
    record = Redactor(()).redact(raw("nightfall pays with 4111111111111111. nightfall!"))
    start = record.text.index("pays") if record.text else 0
    record = Redactor(()).remove(record, start, start + 4)
    newer = Redactor(("Nightfall",)).again(record)
    assert newer.text == "[private word] [removed by you] with [card number]. [private word]!"
    assert pieces(newer) == ["[private word]", "[removed by you]", "[card number]", "[private word]"]
    assert [part.by for part in newer.removed] == ["machine", "employee", "machine", "machine"]


def test_again_never_looks_inside_a_placeholder() -> None:
    record = Redactor(()).redact(raw("mail jan@example.org"))
    newer = Redactor(("mail", "address", "e-mail address")).again(record)
    assert newer.text == "[private word] [e-mail address]"


def test_an_app_record_passes_and_has_minutes_only() -> None:
    redactor = Redactor(())
    record = redactor.app(Program("xterm", "XTerm"), 1_790_000_059, ("b", "a"))
    assert (record.kind, record.time % 60, record.text, record.purposes) == ("app", 0, None, ("a", "b"))
    assert 0 <= 1_790_000_059 - record.time < 60
    assert redactor.again(record) is record


def test_the_employee_removes_a_part() -> None:
    redactor = Redactor(())
    record = redactor.redact(raw("call me about the offer, jan@example.org or 4111111111111111"))
    assert record.text is not None
    start = record.text.index("the offer")
    smaller = redactor.remove(record, start, start + len("the offer"))
    assert smaller.text == "call me about [removed by you], [e-mail address] or [card number]"
    assert pieces(smaller) == ["[removed by you]", "[e-mail address]", "[card number]"]
    assert smaller.removed[0].by == "employee"
    assert redactor.again(smaller) is smaller


def test_a_removal_swallows_placeholders_it_touches() -> None:
    redactor = Redactor(())
    record = redactor.redact(raw("call jan@example.org or 4111111111111111 now"))
    assert record.text is not None
    smaller = redactor.remove(record, record.text.index("mail addr"), record.text.index("card") + 1)
    assert smaller.text == "call [removed by you] now"
    assert pieces(smaller) == ["[removed by you]"]


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 999)])
def test_a_removal_outside_the_text_is_refused(start: int, end: int) -> None:
    redactor = Redactor(())
    with pytest.raises(ValueError, match="range"):
        redactor.remove(redactor.redact(raw("hello")), start, end)


def test_an_app_record_has_nothing_to_remove() -> None:
    redactor = Redactor(())
    with pytest.raises(ValueError, match="range"):
        redactor.remove(redactor.app(PROGRAM, 60, ("a",)), 0, 1)


def test_a_fault_is_a_refusal_that_carries_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    redactor = Redactor(())

    class Broken:
        def find(self, view: object) -> object:
            raise ValueError("hunter2 is in this message")

        open_from = find

    record = redactor.redact(raw("plain"))
    monkeypatch.setattr(redactor, "_rules", (Broken(),))
    for call in (
        lambda: redactor.redact(raw("hunter2")),
        lambda: redactor.again(record),
        lambda: redactor.open_tail("hunter2"),
        lambda: redactor.find("hunter2"),
    ):
        with pytest.raises(RedactionFailed) as caught:
            call()
        error = caught.value
        assert error.__context__ is None
        assert error.__cause__ is None
        assert error.args == ()
        assert "hunter2 is" not in "".join(traceback.format_exception(error))
    assert not redactor.healthy()


def test_healthy_with_and_without_own_words() -> None:
    assert Redactor(()).healthy()
    assert Redactor(("Zoë", "Projekt Falke", "4815", "X")).healthy()


class Blind:
    """A detector that finds nothing."""

    def find(self, view: View) -> tuple[Span, ...]:
        return ()

    def open_from(self, view: View) -> int:
        return len(view.text)


#: All but the last, which takes own words and is planted with them.
RULES_OF_ALL = [type(rule).__name__ for rule in Redactor(())._rules[:-1]]


@pytest.mark.parametrize("name", RULES_OF_ALL)
def test_unhealthy_when_a_rule_finds_nothing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    redactor = Redactor(())
    rules = tuple(Blind() if type(rule).__name__ == name else rule for rule in redactor._rules)
    monkeypatch.setattr(redactor, "_rules", rules)
    assert not redactor.healthy()


def test_unhealthy_when_no_name_or_no_own_word_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    redactor = Redactor(())
    monkeypatch.setattr(redactor, "_names", Blind())
    assert not redactor.healthy()
    redactor = Redactor(("Falke",))
    assert redactor.healthy()
    monkeypatch.setattr(redactor, "_rules", redactor._rules[:-1])
    assert not redactor.healthy()


def test_the_version_says_nothing_about_own_words() -> None:
    assert Redactor(("Falke",)).version == Redactor(()).version == RULES


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("hello world", "world"),
        ("hello world ", "world "),
        ("pay 4111 1111 ", "4111 1111 "),
        ("write jan at", "jan at"),
        ("write jan at example d", "jan at example d"),
        ("write jan dot novak at example dot ", "jan dot novak at example dot "),
        ('password: "correct horse', 'password: "correct horse'),
        ("done. 4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("", ""),
    ],
)
def test_open_tail(text: str, tail: str) -> None:
    size = Redactor(()).open_tail(text)
    assert text[len(text) - size :] == tail


def test_nothing_of_a_planted_value_survives_in_the_record() -> None:
    record = Redactor(()).redact(raw(CARD_TEXT))
    for value in ("4111111111111111", "jan@example.org", "hunter2"):
        assert alnum(value) not in alnum(record.text or "")
