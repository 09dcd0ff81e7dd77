"""From keys to records, through the pipeline with the real rules: how the keys arrive changes nothing that is written.

A stream holds values of every kind in sentences, typed with slips that are mended, with pauses, with text that reads
like a placeholder. It is told at once, late, in lumps, with and without moments of looking in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.pipeline import Effect, Keep, Note, Pipeline
from agent.records import RawEvent, RawField, RawFocus, RawKey, Reason, Secure
from agent.redaction import Redactor
from agent.redaction.session import Session
from tests.fakes.desktop import EDITOR
from tests.fakes.marked import alnum
from tests.fakes.pipelinehouse import FREE, WALL, effective
from tests.fakes.typing import NAMED

OWN_WORDS = ("Projekt Falke",)
REDACTOR = Redactor(OWN_WORDS)

#: Words before a value of each kind, and values.
PLANTED = (
    ("write to ", ("jan.novak+x@example.museum", "petra_77@mail.example.org")),
    ("it is ", ("jan dot novak at example dot org",)),
    ("paid with ", ("4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005")),
    ("my password is ", ("Sommer-24!x", "hunter2")),
    ("Kennwort: ", ("xK9#pl2Q", "Winterfest88")),
    ("to ", ("DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819")),
    ("it is at ", ("93.184.216.34", "2001:db8:85a3::8a2e:370:7334")),
    ("hardware ", ("00:1b:63:84:45:e6",)),
    ("export TOKEN=", ("aZ3k9QwX7bT2mN8vL5cR1pY4",)),
    ("send to ", ("1BoatSLRHtKNngkdXEeobR76b53LETtpyT",)),
    ("born on ", ("14 March 1979",)),
    ("SSN ", ("219-09-9999",)),
    ("passport no. ", ("X4829105",)),
    ("ring ", ("+49 30 901820", "(030) 901820-17")),
    ("we live at ", ("12 Baker Street",)),
    ("ask ", ("Maria Lopez",)),
    ("about ", ("Projekt Falke", "projekt falke")),
)
PLAIN = (
    "The meeting is at noon. ", "see you there, ", "[card number] ", "[name] said [password]. ", "ok\n", "\n",
    "und dann nach Hause. ", "0 1 2 ", "[", "] ", "it was: ", "@ ", "版 ", "né ",
)  # fmt: skip

#: A key: name, text, seconds since the one before.
Press = tuple[str, str, float]


@dataclass(frozen=True)
class Stream:
    """What is pressed, and the values that must not be in any record."""

    presses: tuple[Press, ...]
    values: tuple[str, ...]


def char(sign: str, pause: float = 0.05) -> Press:
    return (NAMED.get(sign, sign), {"\n": "\r"}.get(sign, sign), pause)


@st.composite
def typed(draw: st.DrawFn, text: str, pauses: Sequence[float]) -> list[Press]:
    """The keys of ``text``, with at most one slip and one pause."""
    keys = [char(sign) for sign in text]
    slip = draw(st.one_of(st.none(), st.integers(0, len(text) - 1)))
    how = draw(st.sampled_from(("erase", "back", "select")))
    pause = draw(st.one_of(st.none(), st.tuples(st.integers(0, len(keys) - 1), st.sampled_from(pauses))))
    if pause is not None:
        keys[pause[0]] = (*keys[pause[0]][:2], pause[1])
    if slip is None:
        return keys
    wrong = char(draw(st.sampled_from("xq7 ")))
    back, left, right = (("BackSpace", "\x08", 0.05), ("Left", "", 0.05), ("Right", "", 0.05))
    mend = {
        "erase": [wrong, back],
        "back": [wrong, wrong, left, back, ("Delete", "\x7f", 0.05)],
        "select": [wrong, left, right, back],
    }[how]
    return [*keys[:slip], *mend, *keys[slip:]]


@st.composite
def streams(draw: st.DrawFn, pauses: Sequence[float]) -> Stream:
    presses: list[Press] = []
    values = []
    for _part in range(draw(st.integers(1, 5))):
        if draw(st.booleans()):
            presses += draw(typed(draw(st.sampled_from(PLAIN)), pauses))
        else:
            before, ways = draw(st.sampled_from(PLANTED))
            value = draw(st.sampled_from(ways))
            values.append(value)
            presses += draw(typed(before + value, pauses))
            presses += [char(sign) for sign in draw(st.sampled_from((" today. ", "\n", ", please. ")))]
    return Stream(tuple(presses), tuple(values))


def told(presses: Sequence[Press], lags: Sequence[float], *, looking: bool, redactor: Redactor) -> list[object]:
    """What is written of the stream. lags: seconds by which each event comes late, in turns; none comes before another,
    and none by the half minute after which a field counts as idle.

    looking: the loop wakes up whenever it asked for, and in between.
    """
    pipeline = Pipeline(redactor)
    pipeline.allow(effective(), FREE)
    pipeline.sighted(float("inf"))
    effects: list[Effect] = []
    at = 100.0
    events: list[RawEvent] = [RawFocus(1, EDITOR, None, at), RawField(1, "f", Secure.NO, at)]
    at += 1
    for name, text, pause in presses:
        at = round(at + pause, 6)
        events.append(RawKey(1, name, text, frozenset(), False, at))
    now = 100.0
    for number, event in enumerate(events):
        now = max(now, event.at + lags[number % len(lags)])
        effects += pipeline.step(event, now, WALL)
        following = events[number + 1].at if number + 1 < len(events) else event.at + 1
        while looking:
            due = pipeline.deadline(now)
            now = max(now, min(due if due is not None else following, now + 7.0))
            if now >= following:
                now = max(event.at, min(now, following))
                break
            effects += pipeline.tick(now, WALL)
    effects += pipeline.tick(now + 0.6, WALL)
    effects += pipeline.close(Reason.PAUSED, now + 3, WALL)
    return [
        (each.record.text, each.record.removed) if isinstance(each, Keep) else each.dropped.reason
        for each in effects
        if (isinstance(each, Keep) and each.record.kind == "text") or (isinstance(each, Note) and each.kind == "text")
    ]


def all_ways(presses: Sequence[Press], lags: Sequence[float], *, remembering: bool) -> list[list[object]]:
    ways = (([0.0], True), ([0.0], False), (lags, False), (lags, True))
    return [
        told(presses, late, looking=look, redactor=Redactor(OWN_WORDS, Session()) if remembering else REDACTOR)
        for late, look in ways
    ]


def kept(records: Sequence[object]) -> str:
    """What of the records is not a placeholder, with a bar for each."""
    pieces = []
    for record in records:
        assert isinstance(record, tuple)
        text, removed = record
        start = 0
        for part in removed:
            pieces.append(text[start : part.start])
            start = part.end
        pieces.append(text[start:])
    return "|".join(pieces)


lumps = st.lists(st.sampled_from((0.0, 0.0, 0.2, 1.0, 5.0, 20.0)), min_size=1, max_size=8)


@settings(max_examples=40)
@given(streams((0.3, 2.0, 20.0)), lumps, st.booleans())
def test_lumps_and_looks_change_nothing_and_no_value_is_written(
    stream: Stream, lags: list[float], remembering: bool
) -> None:
    first, *others = all_ways(stream.presses, lags, remembering=remembering)
    assert others == [first] * len(others)
    left = kept(first)
    assert [value for value in stream.values if alnum(value) in alnum(left)] == []


@settings(max_examples=40)
@given(streams((29.0, 31.0)), lumps)
def test_pauses_in_which_a_field_becomes_idle_give_the_same_records(stream: Stream, lags: list[float]) -> None:
    first, *others = all_ways(stream.presses, lags, remembering=False)
    assert others == [first] * len(others)


@pytest.mark.parametrize("filler", ["The report is nearly done and we go home. ", "lorem ", "x", "1 ", "[name] ", "\n"])
def test_a_field_longer_than_any_is_written_whole_and_the_value_at_its_end_is_not(filler: str) -> None:
    text = filler * (6_000 // len(filler)) + ". Please write to jan.novak@example.org today"
    first, *others = all_ways([char(sign) for sign in text], [0.0, 5.0, 0.0, 20.0], remembering=False)
    assert others == [first] * len(others)
    assert "Please write to" in kept(first)
    assert "jan.novak@" not in kept(first)
    if filler != "1 ":
        assert len(alnum(kept(first))) >= len(alnum(filler)) * (6_000 // len(filler))
