"""Whatever is typed: no rule fails on it, and what comes of it needs no second look."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agent.records import Program, RawFocus, Removed
from agent.redaction import Redactor
from agent.redaction.kinds import PRECEDENCE, placeholder
from agent.redaction.session import Session
from tests.fakes.marked import PROGRAM, raw

OWN_WORDS = ("Zoë", "Projekt Falke", "田中")
REDACTOR = Redactor(OWN_WORDS)

#: What rules look for, whole and in halves, so that a piece may begin in one and end in the next.
PIECES = (
    "A. ", "J. ", "Anna ", "Dr. ", "van ", "+49 30 901820", "live at ", "call 1", "fr76 ", "+4", "pw is ", "my pw: ",
    "jan@example.org", " at ", " dot ", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "93.184.216.34", "1.1.",
    "00:1b:63:84:45:e6", "aZ3k9QwX7bT2mN8vL5cR1pY4", "token=", "key: ", "219-09-9999", "14 March 1979", "born on ",
    "passport ", "X4829105", "12 Baker Street", "rue ", "住所は", "東京都", "1号", "王小明", "ไทย", "가", "zoe",
    "Falke ", "[name]", "[card number] ", "[", "]", "\ufffc", "\n", " ", "-", ", ", ":", "\u202e", "\u200b", "\u0301",
    "\ud800", "\udfff", "ﷺ", "İ", "ß", "\u0660", "½", "\x00", "\x85", "one ",
)  # fmt: skip
KINDS = tuple(PRECEDENCE)

#: Every code point, lone surrogates as well.
anything = st.text(st.characters(exclude_categories=()), max_size=60)
mixture = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@st.composite
def repeated(draw: st.DrawFn) -> str:
    """A few pieces over and over: where one find leads to the next."""
    piece = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4)))
    return piece * draw(st.integers(1, 120))


texts = st.one_of(anything, mixture, repeated())


@settings(max_examples=300)
@given(texts, st.one_of(st.just(""), texts.map(lambda text: text[-300:])), st.booleans())
@example("A. " * 700, "", False)
@example("+49 30 901820" * 60, "", False)
@example("ไทย\n" * 60, "", True)
def test_no_text_is_refused_and_a_second_look_changes_nothing(text: str, before: str, remembering: bool) -> None:
    redactor = Redactor((), Session()) if remembering else REDACTOR
    record = redactor.redact(raw(text, before))
    assert redactor.again(record) is record
    spans = redactor.find(text, before)
    ends = [place for span in spans for place in (span.start, span.end)]
    assert ends == sorted(ends)
    assert all(span.start < span.end <= len(text) for span in spans)
    assert 0 <= redactor.open_tail(before + text) <= len(before + text)


@given(texts, st.booleans())
def test_no_title_is_refused(text: str, remembering: bool) -> None:
    redactor = Redactor(OWN_WORDS, Session() if remembering else None)
    record = redactor.title(RawFocus(1, PROGRAM, text, 0.0), Program("x", "x"), 1_790_000_000, ("train",))
    assert (record is None) == (not text.split())
    if record is not None:
        assert redactor.again(record) is record


@given(st.lists(st.tuples(texts, st.sampled_from(KINDS)), min_size=1, max_size=4), texts)
def test_no_stored_record_is_refused(parts: list[tuple[str, str]], end: str) -> None:
    text, removed = "", []
    for before, kind in parts:
        text += before
        mark = placeholder(kind)
        removed.append(Removed(len(text), len(text) + len(mark), kind))
        text += mark
    record = REDACTOR.redact(raw("x"))
    stored = dataclasses.replace(record, text=text + end, removed=tuple(removed), redactor="1")
    again = REDACTOR.again(stored)
    assert [part for part in again.removed if part.by == "machine"]
    assert REDACTOR.again(again) is again


@pytest.mark.parametrize("kind", KINDS)
def test_what_somebody_types_that_reads_like_a_placeholder_is_text(kind: str) -> None:
    text = f"we write {placeholder(kind)} where something was"
    assert REDACTOR.find(text) == []
    record = REDACTOR.redact(raw(text))
    assert (record.text, record.removed) == (text, ())
