"""Consent: a pure state machine over purposes x categories, each yes bound to exactly what it covers."""

from agent.consent.changes import Change, asked_anew, changes
from agent.consent.honoured import honoured
from agent.consent.receipt import context, receipt, receipt_hash
from agent.consent.state import (
    ConsentState,
    Grant,
    Standing,
    acknowledge,
    decision_needed,
    decline,
    give,
    given_cells,
    granted,
    observe,
    pending,
    refuse,
    standing,
    valid_until,
    withdraw,
)

__all__ = [
    "Change",
    "ConsentState",
    "Grant",
    "Standing",
    "acknowledge",
    "asked_anew",
    "changes",
    "context",
    "decision_needed",
    "decline",
    "give",
    "given_cells",
    "granted",
    "honoured",
    "observe",
    "pending",
    "receipt",
    "receipt_hash",
    "refuse",
    "standing",
    "valid_until",
    "withdraw",
]
