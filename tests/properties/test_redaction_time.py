"""No text of any shape costs more than twenty times what prose of its length does, and twice the text twice the work.

Time is that of the process, both texts one after the other, and one good reading of several is enough: a busy machine
can make any single one long, none of them short. Calls are counted, which no machine changes.
"""

from __future__ import annotations

import random
import sys
import time
from types import FrameType

import pytest

from agent.redaction import Redactor
from agent.redaction.session import Session
from tests.fakes.marked import raw

MOST = 20
READINGS = 6
PROSE = (
    "I met Anna Novak at the station on Tuesday and we talked about the project until the train came in. "
    "The report is due on 14 March, so please send your numbers to jan.novak@example.org before noon; "
    "my phone is +49 30 901820 if anything goes wrong. Otherwise we could meet again next week, "
    "perhaps in the small room on the second floor, and look at the budget together. "
    "Das Treffen beginnt um halb drei, und danach gehen wir noch kurz in die Kantine.\n"
)
#: Repeated as they stand. Single signs, pairs, labels, halves of values, whole values, marks, placeholders.
SHAPES = (
    *"a1@.-_:/=,'\"`<>(){}[]\\&%#+*|~$€°\n \t\x00\x1c\x85\u2028\u00a0\u200b\u202e\u0301\ud800\udc00\ufffc日가ไİßﬁﷺ½①😀",
    *("a@", "a.", "a@a", "a.b@", "1 ", "1.", "1,", "1-", "1/", "1:", "\t1", "\u00a01", "_1", "4 ", "4-", "4111 "),
    *("1.1.", "1.1.1.1 ", "1.5, ", "52.5, 13.4 ", "1.1.1990 ", "00:", "::", "fe80::", "a:", "a:b:", "\u0660 "),
    *("f0", "deadbeef", "Zm9v", "Zg==", "aA", "A1", "a1 ", "Ab ", "A. ", "A.B. ", "J. A", "x;y=", "a=b&", "?a="),
    *("password ", "password: ", "pw is ", 'pw:"', "<password>", "passphrase: ", "pin 1 ", "login a / ", "mysql -p"),
    *("curl -u a:", "zip -P ", "--password ", "://", "http://a:", "token=", "token is ", "key: ", "secret ", "bearer "),
    *("your code is ", "ghp_", "eyJa.", "sk-", "AKIA", "-----begin private key-----", "bc1", "0x", "DE89 ", "fr76 "),
    *("12 main street ", "1 street ", "rue a ", "live at ", "address is ", "po box ", "strasse 1 ", "12345 ", "省a"),
    *("東京都", "住所は1", "路1号", "강남구 ", "田中", "王小明", "さん", "김민수", "ไทย ", "Иван ", "عربي ", "שלום "),
    *("ssn ", "id: ", "passport a1", "born on ", "born 1 ", "iban de", "account 1 ", "a1 is my ", "tel ", "+4"),
    *("Anna ", "Anna Novak ", "von ", "Mc", "O'", " at ", " dot ", "a dot ", "a at ", "p r o ", "zo", "z.", "lat: "),
    *("jan@example.org ", "+49 30 901820", "4111 1111 1111 1111", "aZ3k9QwX7bT2mN8vL5cR1pY4", "219-09-9999"),
    *("[name]", "[card number] ", "[password]", "[e-mail address][", "\ufffc ", "a\ufffc", "a\u0301", "\u202ea"),
    *("ﷺ1", "a\u200b", "각\u0308", "fr76 live at ", "live at call 1+4pw is ", "1.5, /\u0660 ",
      "Dr. van ", "\ud800a", "&pw=", "+49 (", "\u0661"),
)  # fmt: skip


def remembering() -> Redactor:
    """With own words, and with values of a session that every text is searched for."""
    redactor = Redactor(("Zoë", "Projekt Falke", "田中"), Session())
    redactor.redact(raw("ask Anna Lopez, jan.novak@example.org, ring +49 30 901820, at 12 Baker Street"))
    return redactor


REDACTOR = remembering()


def effort(text: str) -> float:
    """Seconds of the processor for both questions a text is asked."""
    REDACTOR.forget()
    start = time.process_time()
    REDACTOR.find(text)
    REDACTOR.open_tail(text)
    return time.process_time() - start


def affordable(piece: str, length: int) -> bool:
    """Is a text of ``piece`` over and over worth at most ``MOST`` times its length in prose?"""
    text = (piece * (length // len(piece) + 1))[:length]
    prose = (PROSE * (length // len(PROSE) + 1))[:length]
    return any(effort(text) <= MOST * effort(prose) for _reading in range(READINGS))


def strange(chance: random.Random) -> str:
    """A piece nobody thought of: shapes beside each other, in turns, or signs at random."""
    way = chance.random()
    if way < 0.4:
        return "".join(chance.choice(SHAPES) for _ in range(chance.choice((1, 2, 2, 3, 3, 4, 6))))
    if way < 0.7:
        few = chance.sample(SHAPES, chance.randrange(2, 6))
        return "".join(chance.choice(few) for _ in range(40))
    if way < 0.85:
        one = chance.choice(SHAPES)
        return "".join(chance.choice((one, chance.choice("abz019 .-:/@=\n,'\"()"))) for _ in range(20))
    if way < 0.95:
        return "".join(chance.choice("a1 .-:/@=_,") for _ in range(chance.randrange(2, 12)))
    return "".join(
        chr(chance.choice((0x80, 0x2500, 0x11000, 0x110000)) * chance.random().__trunc__()) for _ in range(9)
    )


@pytest.mark.parametrize("piece", SHAPES)
def test_no_shape_costs_more_than_twenty_times_prose(piece: str) -> None:
    assert affordable(piece, 6_000)


@pytest.mark.parametrize("seed", range(6))
def test_no_random_shape_does(seed: int) -> None:
    chance = random.Random(seed)
    dear = [piece for piece in (strange(chance) for _ in range(10)) if not affordable(piece, 3_000)]
    assert dear == []


@pytest.mark.long
@pytest.mark.parametrize("length", [2_000, 20_000])
def test_no_shape_of_thousands_does(length: int) -> None:
    chance = random.Random()
    pieces = [*SHAPES, *(strange(chance) for _ in range(4_000_000 // length))]
    assert [piece for piece in pieces if not affordable(piece, length)] == []


def calls(text: str) -> int:
    """How many functions are called, of Python's own too, to answer both questions."""
    count = 0

    def counting(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    REDACTOR.forget()
    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        REDACTOR.find(text)
        REDACTOR.open_tail(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", SHAPES)
def test_four_times_the_text_takes_no_more_than_four_times_the_calls(piece: str) -> None:
    """Half as many again are allowed: where one find leads to the next, a longer text takes a round or two more."""
    small, large = ((piece * length)[:length] for length in (700, 2_800))
    assert calls(large) <= 6 * calls(small) + 500
