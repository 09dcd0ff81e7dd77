"""The employee's own words: exact spans and near misses."""

from __future__ import annotations

import pytest

from agent.redaction import Redactor
from agent.redaction.kinds import OWN_WORD
from agent.redaction.view import Span
from tests.fakes.marked import unmark

WORDS = ("Zoë", "Anna María Novak", "Projekt Falke", "田中", "4815", "X", "김철수")

FOUND = [
    "hi ⟦Zoë⟧,",
    "hi ⟦zoe⟧",
    "hi ⟦ZOË⟧!",
    "⟦Zoe's⟧ desk",
    "⟦Zoe\u2019s⟧ desk",
    "⟦Zoës⟧ idea",
    "⟦Z.o.e⟧",
    "⟦z o e⟧",
    "⟦Zoe\u0308⟧ comes",
    "⟦anna maria novak⟧",
    "⟦Anna  Maria\nNovak⟧",
    "⟦anna-maria_novak⟧",
    "⟦annamarianovak⟧",
    "⟦Projekt-Falke⟧ starts",
    "⟦田中⟧さんは",
    "number ⟦4815⟧.",
    "plan ⟦X⟧ works",
    "⟦김철수⟧가 왔다",
    "⟦zoe⟧_desk and ⟦Zoe⟧1985",
]
MISSED = ["azoe", "Zoelle", "anna maria", "48150", "14815", "Xavier", "x-ray", "projekt", "maX"]


@pytest.mark.parametrize("marked", FOUND)
def test_found_exactly(marked: str) -> None:
    text, spans = unmark(marked)
    assert Redactor(WORDS).find(text) == [Span(start, end, OWN_WORD) for start, end in spans]


@pytest.mark.parametrize("text", MISSED)
def test_near_misses_stay(text: str) -> None:
    assert [span for span in Redactor(WORDS).find(text) if span.kind == OWN_WORD] == []


@pytest.mark.parametrize("word", ["", "  ", "--", "\u200b"])
def test_a_word_without_letters_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="letter or digit"):
        Redactor((word,))


def test_an_own_word_is_told_as_one_even_inside_what_else_it_may_be() -> None:
    found = Redactor(("Falkenstein",)).find("Project Falkenstein starts on Monday.")
    assert [span.kind for span in found] == [OWN_WORD]
