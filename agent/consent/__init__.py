"""Consent: a pure state machine over purposes x categories, each yes bound to exactly what it covers."""

from agent.consent.receipt import context, receipt, receipt_hash
from agent.consent.state import (
    ConsentState,
    Grant,
    Standing,
    acknowledge,
    decision_needed,
    give,
    given_cells,
    granted,
    observe,
    refuse,
    standing,
    valid_until,
    withdraw,
)

__all__ = [
    "ConsentState",
    "Grant",
    "Standing",
    "acknowledge",
    "context",
    "decision_needed",
    "give",
    "given_cells",
    "granted",
    "observe",
    "receipt",
    "receipt_hash",
    "refuse",
    "standing",
    "valid_until",
    "withdraw",
]
