"""Names of people go, words that look like names stay; floors per language only rise."""

from __future__ import annotations

import zlib

import pytest

from agent.redaction import Redactor
from agent.redaction.detectors.names import BIAS, Names
from agent.redaction.kinds import NAME
from agent.redaction.names import Decoder, read, shipped
from agent.redaction.names.model import MAGIC
from agent.redaction.view import View
from tests.fakes.marked import raw, unmark

FOUND = [
    "Please contact ⟦Margaret Thornbury⟧ for details.",
    "Dear Mr ⟦Okafor⟧,",
    "thx ⟦kevin⟧",
    "i spoke to ⟦sandra wilson⟧ today",
    "Best regards,\n⟦Pedro Almeida⟧",
    "PLEASE ASK ⟦HELEN CARTER⟧",
    "Sehr geehrte Frau ⟦Lindemann⟧,",
    "Cordialement,\n⟦Benoît Lefebvre⟧",
    "hablé con ⟦Lucía Fernández⟧",
    "Спасибо, ⟦Мария⟧",
    "Cześć ⟦Katarzyna⟧,",
    "⟦佐藤健一⟧様",
    "联系人⟦张伟⟧",
    "⟦김민수⟧님 안녕하세요",
    "Beste mevrouw ⟦Anneke van der Berg⟧,",
    "signed ⟦J. R. Whitfield⟧",
    "⟦Jean-Pierre Moreau⟧ wrote:",
]
STAYS = [
    "The meeting is on Monday in May.",
    "will you mark it as done?",
    "Please open Visual Studio Code",
    "Kind regards",
    "Microsoft Teams meeting in New York",
    "Die Rechnung liegt im Ordner",
    "Release Notes for Version 2.3.1",
    "def __init__(self, name): return None",
    "grace period ends in june",
    "Karte 12",
    "Project Falkenstein",
    "￼ 😀 Karte ￼.",
    "会議は10時です",
    "请查收附件",
    "첨부 파일 확인 부탁드립니다",
    "",
    "   \n \n",
]


@pytest.mark.parametrize("marked", FOUND)
def test_found_whole(marked: str) -> None:
    text, spans = unmark(marked)
    found = [(span.start, span.end) for span in Names().find(View(text))]
    assert all(any(start <= a and b <= end for start, end in found) for a, b in spans)
    assert sum(end - start for start, end in found) <= sum(b - a for a, b in spans) + 2


@pytest.mark.parametrize("text", STAYS)
def test_stays(text: str) -> None:
    assert list(Names().find(View(text))) == []


def test_a_name_is_told_as_a_name() -> None:
    record = Redactor(()).redact(raw("Please contact Margaret Thornbury for details."))
    assert record.text == "Please contact [name] for details."
    assert [part.kind for part in record.removed] == [NAME]


def test_the_dial_only_takes_more_when_stricter() -> None:
    assert BIAS["strict"] > BIAS["balanced"] > BIAS["light"]
    text = "Baker said that Rose and Thornbury will be at Hudson with kevin"
    sizes = [sum(s.end - s.start for s in Names(dial).find(View(text))) for dial in ("light", "balanced", "strict")]
    assert sizes == sorted(sizes)


def test_looking_again_finds_nothing_more() -> None:
    text = "Anna Smith, Peter Brown, Lucy Adams and Tom Clark met Mary Jones Lee Young Hill Scott Green Ada King Eva"
    record = Redactor(()).redact(raw(text))
    assert Redactor(()).again(record) is record


def test_an_open_stretch_waits_for_the_next_words() -> None:
    detector = Names()
    text = "i met Margaret Thornbury"
    assert detector.open_from(View(text)) <= text.index("Margaret")
    assert detector.open_from(View("the report is not ready")) == len("the report is not ready")


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"no model",
        zlib.compress(b"else"),
        zlib.compress(MAGIC + b"\x04\0\0\0\x04\0\0\0" + b"\0" * 60),
    ],
)
def test_what_is_no_model_is_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match="names"):
        read(packed)


def test_kept_words_are_bounded_and_public() -> None:
    decoder = Decoder(shipped(), 0.0)
    decoder.find("Zbrxqvilk Tqwrtzu and john called")
    assert "Zbrxqvilk" not in decoder._entries
    assert "john" in decoder._entries
