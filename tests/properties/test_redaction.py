"""Whatever stands around it: a planted value is gone, the rest stays, a second look changes nothing, time is linear."""

from __future__ import annotations

import io
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.assembly.replay import redact_key_lines
from agent.records import Redacted
from agent.redaction import Redactor, Session
from agent.redaction.numbers import is_placeholder
from agent.redaction.view import View, fold
from tests.fakes.marked import alnum, raw

OWN_WORDS = ("Zoë", "Projekt Falke", "田中")
REDACTOR = Redactor(OWN_WORDS)

CARDS = ("4111111111111111", "5555555555554444", "378282246310005", "6011000990139424")
MISTYPED_CARDS = ("4111111111111112", "5555555555554445", "378282246310006", "6011000990139425")
SEPARATORS = ("", " ", "-", ".", "\n", "\u00a0", "  ")
LABELS = ("password: ", "Passwort ist ", "пароль: ", "密码：", "my pw is ", "DB_PASSWORD=", "mot de passe : ")  # noqa: RUF001

PARTS = (
    "password", "passphrase:", "pw", "pin", " is ", ":", "=", '"', "'", "`", "@", " at ", " dot ", ".", "4111", "1111",
    "12", " ", "\n", "-", "http://", "a:b@", "mysql -p", "zoe", "Projekt", "Falke", "x", "A1!", "[", "]",
    "[card number]", "[password]", "\u200b", "\ufffc", "ü", "密码", "は", "각", "é", "ﬁ", "İ", "ß", "\u0308",
)  # fmt: skip

anything = st.text(max_size=40)
nasty = st.lists(st.sampled_from(PARTS), max_size=25).map("".join)
around = st.one_of(anything, nasty)


@st.composite
def grouped_card(draw: st.DrawFn) -> str:
    digits = draw(st.sampled_from(CARDS))
    separator = draw(st.sampled_from(SEPARATORS))
    return separator.join(digits[place : place + 4] for place in range(0, len(digits), 4))


@st.composite
def planted(draw: st.DrawFn) -> tuple[str, str]:
    """(what is typed, the value in it that must go)."""
    kind = draw(st.sampled_from(["email", "spelled", "card", "password", "own"]))
    if kind == "email":
        local = draw(st.from_regex(r"[a-z0-9]{3,8}[.+_-]?[a-z0-9]{2,8}", fullmatch=True))
        value = f"{local}@{draw(st.sampled_from(['mail.example.org', 'example.museum', 'bücher.example']))}"
        return value, value
    if kind == "spelled":
        value = draw(st.sampled_from(["jan dot novak at example dot org", "novak77 (at) mail.example.org"]))
        return value, value
    if kind == "card":
        value = draw(grouped_card())
        return value, value
    if kind == "own":
        value = draw(st.sampled_from(["zoe", "ZOË", "projekt falke", "Projekt\nFalke", "p-r-o-j-e-k-t falke"]))
        return value, value
    value = "Qx" + draw(st.from_regex(r"[A-Za-z]{4,10}[0-9]{2}", fullmatch=True))
    return draw(st.sampled_from(LABELS)) + value, value


def check(record: Redacted, text: str) -> None:
    """Every removal is a placeholder, and what is not removed is the text, in order."""
    assert record.text is not None
    start = place = 0
    for part in record.removed:
        assert is_placeholder(record.text[part.start : part.end], part.kind)
        kept = record.text[start : part.start]
        found = text.find(kept, place)
        assert found >= place
        place = found + len(kept)
        start = part.end
    assert text.endswith(record.text[start:])


def survives(value: str, record: Redacted, *around: str) -> bool:
    """Is the value still there, and not only because its surroundings hold it too?"""
    kept, start = "", 0
    assert record.text is not None
    for part in record.removed:
        kept += record.text[start : part.start] + "|"
        start = part.end
    kept += record.text[start:]
    return any(alnum(value) in alnum(piece) for piece in kept.split("|")) and not any(
        alnum(value) in alnum(text) for text in around
    )


@given(planted(), around, around)
def test_a_planted_value_is_gone(plant: tuple[str, str], before: str, after: str) -> None:
    typed, value = plant
    text = f"{before}\n{typed}\n{after}"
    record = REDACTOR.redact(raw(text))
    assert not survives(value, record, before, after)
    check(record, text)


@given(
    st.sampled_from(MISTYPED_CARDS),
    st.sampled_from(SEPARATORS),
    st.text(st.characters(exclude_categories=["Nd", "No", "Nl"]), max_size=30),
    st.text(st.characters(exclude_categories=["Nd", "No", "Nl"]), max_size=30),
)
def test_a_mistyped_card_number_is_gone_where_no_other_digits_stand(
    digits: str, separator: str, before: str, after: str
) -> None:
    value = separator.join(digits[place : place + 4] for place in range(0, len(digits), 4))
    record = REDACTOR.redact(raw(f"{before} {value} {after}"))
    assert not survives(value, record)


@given(around, around)
def test_a_second_look_changes_nothing(text: str, before: str) -> None:
    record = REDACTOR.redact(raw(text, before))
    check(record, text)
    assert REDACTOR.again(record) is record


@given(st.lists(st.tuples(around, planted(), around), min_size=1, max_size=4))
def test_with_a_memory_a_second_look_changes_nothing_and_the_same_texts_give_the_same(
    typed: list[tuple[str, tuple[str, str], str]],
) -> None:
    one, other = (Redactor(OWN_WORDS, Session()) for _ in range(2))
    for before, (plant, value), after in typed:
        text = f"{before} {value} \n{plant}\n{after}"
        record = one.redact(raw(text))
        check(record, text)
        assert one.again(record) is record
        other.open_tail(text)  # looked at as often as somebody pauses
        assert other.redact(raw(text)) == record


TYPED = "password: kestrel9x ring +49 30 901820 or kestrel9x\nit was 030-90-18-20, said jan@example.org. "


@given(
    st.lists(st.tuples(st.integers(1, len(TYPED) - 1), st.sampled_from((0.5, 4.0, 31.0, 700.0))), max_size=4),
    st.lists(st.floats(0, 60), max_size=8),
)
def test_with_a_memory_looking_in_between_changes_nothing(pauses: list[tuple[int, float]], looks: list[float]) -> None:
    waits, now, events = dict(pauses), 0.0, []
    for place, char in enumerate(TYPED * 2):
        now += 0.2 + waits.get(place % len(TYPED), 0.0)
        events.append((round(now, 3), "press", "Key.enter" if char == "\n" else char))
    looked = sorted([*events, *((look, "release", "Key.f5") for look in looks)])
    stored = []
    for case in (events, looked):
        out = io.StringIO()
        redact_key_lines([json.dumps({"id": "1", "events": case})], out)
        stored.append(json.loads(out.getvalue())["texts"])
    assert stored[0] == stored[1]
    if not pauses:  # in the middle of a value a long one cuts it in two
        assert "kestrel9x" not in " ".join(stored[0]).casefold()


@given(nasty, st.data())
def test_removing_by_hand_keeps_every_offset_right(text: str, data: st.DataObject) -> None:
    record = REDACTOR.redact(raw(text + "jan@example.org x"))
    for _ in range(3):
        assert record.text is not None
        start = data.draw(st.integers(0, len(record.text) - 1))
        record = REDACTOR.remove(record, start, data.draw(st.integers(start + 1, len(record.text))))
        assert record.text is not None
        assert all(record.text[part.start : part.end] == f"[{part.kind}]" for part in record.removed)
        ends = [place for part in record.removed for place in (part.start, part.end)]
        assert ends == sorted(ends)
    again = REDACTOR.again(record)
    assert [part for part in again.removed if part.by == "employee"]
    assert REDACTOR.again(again) is again


@given(planted(), st.data())
def test_cutting_where_it_is_allowed_leaks_nothing(plant: tuple[str, str], data: st.DataObject) -> None:
    typed, value = plant
    text = f"some words before. {typed} and after"
    here = data.draw(st.integers(1, len(text)))
    cut = here - REDACTOR.open_tail(text[:here])
    first = REDACTOR.redact(raw(text[:cut]))
    second = REDACTOR.redact(raw(text[cut:], text[:cut][-300:]))
    stored = alnum((first.text or "") + "|" + (second.text or ""))
    target = alnum(fold(value))
    for size in range(min(5, len(target)), len(target) + 1):
        assert target[:size] not in alnum(fold(stored))
        assert target[-size:] not in alnum(fold(stored))


@given(st.text(max_size=60))
def test_folding_keeps_its_map(text: str) -> None:
    view = View(text)
    assert fold(text) == view.folded
    assert fold(view.folded) == view.folded
    for place in range(len(view.folded)):
        span = view.span(place, place + 1, "x")
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "a", "1", "@", "a@", "a.", "a@a", "1 ", "4", "4111 ", "4111 1111 1111 1111 ", "password ", "password: ", "pw:",
        "password a ", "pw is ", '"', 'pw:"', "://", "a://", "http://a:", " dot ", "a dot ", " at ", "a at ",
        "mysql -p", "mysql ", " ", "\n", "-", "z", "zo", "z.", "p r o ", "login a / ", "login ", "<password>",
        "?a=", "&pw=", "\uff30", "각", "\u200b", "\u0308", "İ", "passphrase: ", "'s", "x;y=", "curl -u a:",
        "--password ", "key=", "token is ", "-----begin private key-----", "12 main street ", "rue a ", "address is ",
        "ssn ", "a1 is my ", "fr76 ", "+1", "(1", "a:", "1.1.1.1 ", "lat: ", "省a", "ghp_", "eyJa.", "bc1", "1 1 1",
    ],
)  # fmt: skip
def test_effort_grows_with_the_length_and_no_faster(piece: str) -> None:
    """Eight times the text may cost eight times the effort; a quadratic rule costs 64 times."""

    def effort(length: int) -> float:
        text = (piece * length)[:length]
        start = time.process_time()
        REDACTOR.find(text)
        REDACTOR.open_tail(text)
        return time.process_time() - start

    # A busy machine spoils single readings, so one good one is enough; below 20 ms there is nothing to compare.
    assert any(effort(40_000) < 24 * max(effort(5_000), 0.02) for _reading in range(5))
