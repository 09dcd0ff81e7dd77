"""The second value of a kind has a number, in one record and no further; no number is ever missing."""

from __future__ import annotations

import pytest

from agent.redaction import Redactor, Session
from agent.redaction.numbers import in_order, is_placeholder, numbered
from agent.redaction.spans import replace
from agent.redaction.view import Span
from tests.fakes.marked import raw


def text(typed: str, redactor: Redactor | None = None) -> str:
    return (redactor or Redactor(())).redact(raw(typed)).text or ""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("to jan@example.org", "to [e-mail address]"),
        (
            "jan@example.org, eva@example.org; JAN@example.org",
            "[e-mail address], [e-mail address 2]; [e-mail address]",
        ),
        ("ring +49 30 901820 or +49-30-901820", "ring [phone number] or [phone number]"),
        ("Peter Kowalczyk met Anna Lindqvist.", "[name] met [name 2]."),
        ("password: hunter2 and password: hunter3", "password: [password] and password: [password]"),
    ],
)
def test_the_same_value_has_the_same_number(typed: str, expected: str) -> None:
    assert text(typed) == expected


def test_a_part_of_one_name_is_the_same_person_and_of_two_is_nobody() -> None:
    typed = "aa bb, bb; cc bb, bb"
    spans = [Span(0, 5, "name"), Span(7, 9, "name"), Span(11, 16, "name"), Span(18, 20, "name")]
    assert replace(typed, (), spans)[0] == "[name], [name]; [name], [name]"
    spans = [Span(0, 5, "name"), Span(11, 16, "name")]
    assert replace(typed, (), spans)[0] == "[name], bb; [name 2], bb"


def test_the_numbers_begin_anew_in_every_record_also_of_one_session() -> None:
    redactor = Redactor((), Session())
    assert text("to jan@example.org and eva@example.org", redactor) == "to [e-mail address] and [e-mail address 2]"
    assert text("to eva@example.org", redactor) == "to [e-mail address]"


def test_what_is_taken_out_by_hand_leaves_no_gap() -> None:
    redactor = Redactor(())
    record = redactor.redact(raw("jan@example.org eva@example.org eva@example.org 4111111111111111"))
    smaller = redactor.remove(record, 0, 3)
    assert smaller.text == "[removed by you] [e-mail address] [e-mail address] [card number]"
    assert [smaller.text[part.start : part.end] for part in smaller.removed] == smaller.text.replace(
        "] [", "]|["
    ).split("|")
    assert redactor.again(smaller) is smaller


def test_what_is_found_later_is_numbered_in_the_order_of_the_text() -> None:
    record = Redactor(()).redact(raw("nightfall: jan@example.org, eva@example.org"))
    assert record.text == "nightfall: [e-mail address], [e-mail address 2]"
    newer, removed = replace(record.text or "", record.removed, [Span(0, 9, "e-mail address")])
    assert newer == "[e-mail address]: [e-mail address 2], [e-mail address 3]"
    assert [newer[part.start : part.end] for part in removed] == [
        "[e-mail address]",
        "[e-mail address 2]",
        "[e-mail address 3]",
    ]


def test_typed_numbers_are_ordinary_text() -> None:
    record = Redactor(()).redact(raw("I saw [name 2] and jan@example.org"))
    assert record.text == "I saw [name 2] and [e-mail address]"


@pytest.mark.parametrize(
    ("mark", "kind", "is_one"),
    [
        ("[name]", "name", True), ("[name 2]", "name", True), ("[name 12]", "name", True),
        ("[name 1]", "name", False), ("[name 02]", "name", False), ("[name x]", "name", False),
        ("[password 2]", "password", False), ("[input method]", "input-method", True), ("name 2", "name", False),
        ("[names 2]", "name", False), ("[name 123456]", "name", False),
    ],
)  # fmt: skip
def test_what_is_a_placeholder(mark: str, kind: str, is_one: bool) -> None:
    assert is_placeholder(mark, kind) is is_one


def test_numbers_close_up() -> None:
    assert in_order([("name", "[name 7]"), ("name", "[name 3]"), ("name", "[name 7]"), ("undo", "[undo]")]) == [
        "[name]",
        "[name 2]",
        "[name]",
        "[undo]",
    ]
    assert numbered("name", 1) == "[name]"
