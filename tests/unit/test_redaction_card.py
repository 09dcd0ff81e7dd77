"""Card numbers (all of them published test numbers): exact spans and near misses."""

from __future__ import annotations

import pytest

from agent.redaction import Redactor
from agent.redaction.detectors.card import luhn
from agent.redaction.kinds import CARD
from agent.redaction.view import Span
from tests.fakes.marked import unmark

FOUND = [
    "⟦4111111111111111⟧",
    "paid with ⟦4111 1111 1111 1111⟧ today",
    "⟦4111-1111-1111-1111⟧.",
    "⟦4111.1111.1111.1111⟧",
    "⟦4111\n1111\n1111\n1111⟧",
    "⟦4111\u00a01111\u20091111\u20141111⟧",
    "⟦４１１１ １１１１ １１１１ １１１１⟧",  # noqa: RUF001
    "⟦٤١١١١١١١١١١١١١١١⟧",
    "⟦4111\u200b1111\u200b1111\u200b1111⟧",
    "⟦4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1⟧",
    "⟦3782 822463 10005⟧",
    "⟦378282246310005⟧",
    "⟦5555555555554444⟧",
    "⟦6011 0009 9013 9424⟧",
    "⟦2223 0031 2200 3222⟧",
    "⟦30569309025904⟧",
    "⟦3530111333300000⟧",
    "⟦4111 1111 1111 1112⟧ with a wrong last digit",
    "⟦5105105105105109⟧ too",
    "⟦4111 1111 1111 1111⟧ 12/27 123",
    "⟦4111 1111 1111 1112⟧ 12/27",
    "x⟦4111111111111111⟧y",
    "room 12 ⟦4111 1111 1111 1111⟧",
    "card number ⟦123456789012⟧",
    "Kreditkarte: ⟦1234 5678 9012 3456⟧",
    "信用卡 ⟦1234567890123⟧",
    "⟦4111 1111 1111 1111⟧ or ⟦5555 5555 5555 4444⟧",
]
MISSED = [
    "call +49 30 1234567",
    "order 123456789012",
    "at 1700000000000 ms",
    "20261124020833",
    "24/11/2026, 24/12/2026",
    "978-3-16-148410-0",
    "192.168.100.200",
    "1 2 3 4 5",
    "1,000,000,000",
    "3.14159265358979",
    "550e8400-e29b-41d4-a716-446655440000",
]


@pytest.mark.parametrize("marked", FOUND)
def test_found_exactly(marked: str) -> None:
    text, spans = unmark(marked)
    assert Redactor(()).find(text) == [Span(start, end, CARD) for start, end in spans]


@pytest.mark.parametrize("text", MISSED)
def test_near_misses_stay(text: str) -> None:
    assert [span for span in Redactor(()).find(text) if span.kind == CARD] == []


@pytest.mark.parametrize(
    ("digits", "right"), [("4111111111111111", True), ("4111111111111112", False), ("79927398713", True), ("0", True)]
)
def test_luhn(digits: str, right: bool) -> None:
    assert luhn(digits) is right
