"""Made-up values of every kind are gone whole, and texts that only look as if stay: bounds that only tighten."""

from __future__ import annotations

import random

import pytest

from agent.redaction import Redactor
from agent.redaction.kinds import NAME, SECRET
from tests.redaction_cases import harmless, noise
from tests.redaction_cases.structured import LABELS, Case, cases

#: Share of made-up values that must be gone whole. May only rise.
FLOORS = {
    "EMAIL": 0.995,
    "CREDIT_CARD": 0.995,
    "IBAN": 0.995,
    "PHONE": 0.995,
    "IP_ADDRESS": 0.995,
    "MAC_ADDRESS": 0.995,
    "CRYPTO": 0.995,
    "ADDRESS": 0.99,
    "NATIONAL_ID": 0.99,
    "PASSPORT": 0.98,
    "DRIVER_LICENSE": 0.99,
    "LICENSE_PLATE": 0.98,
    "DOB": 0.98,
    "BANK_ACCOUNT": 0.98,
    "MEDICAL_ID": 0.98,
    "LOCATION": 0.98,
}
#: Share of what stands around the values that may be gone with them, and of harmless texts that may be touched.
MOST_AROUND = 0.03
MOST_TOUCHED = 0.01
#: A street takes what follows it.
AROUND = {"ADDRESS": 0.08}


def _gone(case: Case, redactor: Redactor) -> tuple[bool, int, int]:
    """(is the value gone whole, signs around it that are gone, signs around it)"""
    spans = redactor.find(case.text)
    removed = {place for span in spans for place in range(span.start, span.end)}
    inside = {place for start, end in case.spans for place in range(start, end)}
    whole = all(place in removed for place in inside if case.text[place].isalnum())
    around = [place for place, char in enumerate(case.text) if place not in inside and not char.isspace()]
    # What is taken for a name or a secret has ceilings of its own.
    ours = {place for span in spans if span.kind not in {NAME, SECRET} for place in range(span.start, span.end)}
    return whole, sum(place in ours for place in around), len(around)


@pytest.mark.parametrize("label", sorted(LABELS))
def test_made_up_values_are_gone_whole_and_little_else(label: str) -> None:
    redactor = Redactor(())
    kept, lost, around = [], 0, 0
    count = 400
    for case in cases(label, count):
        whole, gone, beside = _gone(case, redactor)
        lost, around = lost + gone, around + beside
        if not whole:
            kept.append(case.text)
    assert 1 - len(kept) / count >= FLOORS[label], kept[:20]
    assert lost / around <= AROUND.get(label, MOST_AROUND), label


def test_harmless_texts_stay() -> None:
    redactor = Redactor(())
    count = 1300
    touched = [text for text in harmless.texts(count) if redactor.find(text)]
    assert len(touched) / count <= MOST_TOUCHED, touched[:20]


@pytest.mark.parametrize("label", ["EMAIL", "PHONE", "ADDRESS", "NATIONAL_ID"])
def test_half_characters_are_no_fault(label: str) -> None:
    rng = random.Random(label)
    redactor = Redactor(())
    for case in cases(label, 60, seed=2):
        text = noise.lone_surrogate(rng, case.text)
        assert all(0 <= span.start < span.end <= len(text) for span in redactor.find(text))
