"""E-mail addresses: exact spans and near misses."""

from __future__ import annotations

import pytest

from agent.redaction import Redactor
from agent.redaction.kinds import EMAIL
from agent.redaction.view import Span
from tests.fakes.marked import unmark

FOUND = [
    "write to ⟦jan@example.org⟧.",
    "write to ⟦jan@example.org⟧, please",
    "(⟦jan@example.org⟧)",
    "<⟦jan@example.org⟧>",
    "⟦jan.novak+invoices@sub.example.co.uk⟧!",
    "⟦JAN@EXAMPLE.ORG⟧",
    "⟦o'brien@example.org⟧",
    '⟦"jan novak"@example.org⟧',
    "mailto:⟦jan@example.museum⟧?subject=hi",
    "https://example.org/?to=⟦jan%40example.org⟧",
    "user=⟦jan@example.technology⟧;",
    "⟦用户@例え.テスト⟧",
    "⟦müller@bücher.example⟧ schreibt",
    "⟦ｊａｎ＠ｅｘａｍｐｌｅ．ｏｒｇ⟧",  # noqa: RUF001
    "⟦jan\u200b@example.org⟧",
    "⟦jan@example。org⟧",
    "⟦jan at example dot org⟧",
    "⟦jan dot novak at mail dot example dot org⟧, yes",
    "⟦jan (at) example.org⟧",
    "⟦jan[at]example[dot]org⟧",
    "⟦jan @ example.org⟧",
    "es ⟦jan arroba example punto org⟧",
    "⟦jan@example.org⟧.5 people",
    "⟦jan at example dot org⟧ dot 5",
    "⟦a@b.cz⟧ and ⟦c@d.sk⟧",
]
MISSED = [
    "meet me at example.org",
    "10 @ 5.00 each",
    "@everyone said",
    "react@18.2.0",
    "icon@2x.png",
    "git clone git@example.org:x/y",
    "ssh root@server",
    "look at the dot on the map",
    "a@b",
    "3 @ 4",
    "",
]


@pytest.mark.parametrize("marked", FOUND)
def test_found_exactly(marked: str) -> None:
    text, spans = unmark(marked)
    assert Redactor(()).find(text) == [Span(start, end, EMAIL) for start, end in spans]


@pytest.mark.parametrize("text", MISSED)
def test_near_misses_stay(text: str) -> None:
    assert Redactor(()).find(text) == []
