"""Postal addresses in many languages: exact spans and near misses."""

from __future__ import annotations

import pytest

from agent.redaction import Redactor
from agent.redaction.kinds import ADDRESS
from tests.fakes.marked import unmark

FOUND = [
    "she works at ⟦14 Maple Street, Springfield, IL 62704⟧.",
    "⟦221b Baker Street, London NW1 6XE⟧",
    "my address is ⟦9 hyde motorway⟧, please update",
    "ship to: ⟦Jo, 32699 Bobby Drive Apt. 740, Mariafurt, CA 10237⟧",
    "⟦Musterstraße 12a, 10115 Berlin⟧",
    "Er wohnt in ⟦Am Hahnplatz 1, 67300 Günzburg⟧.",
    "Madame Cousin habite ⟦3, avenue Vaillant, 83972 Bonneau-sur-Legrand⟧.",
    "vive en ⟦Calle de Alcalá 166, 28009 Madrid⟧",
    "abita in ⟦Via Garibaldi 44, 00153 Roma⟧",
    "mora em ⟦Rua das Flores, 88⟧.",
    "woont op ⟦Victoriabaan 9, 6714IE, Bruchem⟧.",
    "mieszka ⟦ul. Długosza 791, 54-049 Dąbrowa Górnicza⟧.",
    "bor på ⟦Nygränd 8, 76791 Linköping⟧.",
    "bor ⟦Smedegade 43, 7283 Ejby⟧.",
    "asuu ⟦Rukopolku 97, 97926 Karkkila⟧.",
    "bydliště ⟦Novodvorská 47, 102 45 Chotěboř⟧",
    "адрес: ⟦ул. Ленина, д. 8⟧",
    "住所：⟦千葉県市川市渡辺20丁目8番20号⟧",  # noqa: RUF001
    "地址：⟦天津市琴县秀英街12号 601718⟧",  # noqa: RUF001
    "주소: ⟦충청북도 용인시 처인구 백제고분길 758⟧",
    "⟦P.O. Box 1234⟧",
    "⟦PSC 3227, Box 5014, APO AE 15289⟧",
]
MISSED = [
    "meet in room 4.12 at 14:00",
    "it takes 5 minutes drive from here",
    "2 way binding and 3 main points",
    "Windows 11 23H2 (OS Build 22631)",
    "sent via port 8080",
    "place order 5 again",
    "the address is wrong",
    "address: 0x7ffee",
    "she lives in Berlin and works from home",
    "in May 2026 we ship 20 units",
    "see chapter 12 of the book, page 120",
    "return to sender; write to the file at line 20",
    "the unit 12 test failed",
]


@pytest.mark.parametrize("marked", FOUND)
def test_found_exactly(marked: str) -> None:
    text, spans = unmark(marked)
    assert [(span.start, span.end) for span in Redactor(()).find(text) if span.kind == ADDRESS] == spans


@pytest.mark.parametrize("text", MISSED)
def test_near_misses_stay(text: str) -> None:
    assert Redactor(()).find(text) == []
