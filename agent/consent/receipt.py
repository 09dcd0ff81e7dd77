"""What proves a consent: facts for ledger and employee, and the hashes records and batches are bound to. Pure."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from agent.consent.state import ConsentState
from agent.policy.fingerprint import words
from agent.policy.model import Policy, digest


def receipt(state: ConsentState, policy: Policy, now: int) -> dict[str, str]:
    """The agreement as flat facts, all texts. created: when this receipt was made; agreement: ``receipt_hash``."""
    notice = policy.notice
    return {
        **_facts(state),
        "acknowledged": _time(state.acknowledged_at) if state.acknowledged else "",
        "organisation_words": " ".join(words(notice.organisation_key)),
        "contact": notice.organisation.privacy_contact,
        "notice_id": f"{notice.id} {notice.version}",
        "policy": policy.hash,
        "agreement": receipt_hash(state),
        "created": _time(now),
    }


def receipt_hash(state: ConsentState) -> str:
    """SHA-256 (hex) of what was agreed and when: the same as long as the agreement is, whatever policies come."""
    return digest(_facts(state))


def context(state: ConsentState, policy: Policy) -> bytes:
    """32 bytes that bind a stored record to the agreement and the policy it was made under."""
    return hashlib.sha256(f"{receipt_hash(state)} {policy.hash}".encode()).digest()


def _facts(state: ConsentState) -> dict[str, str]:
    facts = {
        "decision": state.decision,
        "decided": _time(state.decided_at),
        "organisation": state.grants[0].scope.organisation_name if state.grants else "",
        "organisation_id": state.organisation,
        "cells": " ".join(f"{purpose}:{category}" for purpose, category in (grant.cell for grant in state.grants)),
        "withdraw": "Tray icon, Stop and withdraw",
    }
    for grant in state.grants:
        name, scope = f"{grant.cell[0]}:{grant.cell[1]}", grant.scope
        facts |= {
            f"{name} scope": scope.hash(),
            f"{name} purpose": dict(scope.title).get(grant.language, scope.title[0][1] if scope.title else ""),
            f"{name} programs": " ".join(scope.programs),
            f"{name} fields": " ".join(scope.fields),
            f"{name} recipients": ", ".join(recipient[2] for recipient in scope.recipients),
            f"{name} opened": "by all recipients together" if len(scope.recipients) > 1 else "by the recipient alone",
            f"{name} collector": scope.collector_host,
            f"{name} countries": " ".join(scope.countries),
            f"{name} retention_days": str(scope.retention_days),
            f"{name} forbidden_uses": " ".join(scope.forbidden_uses),
            f"{name} valid_until": _time(grant.expires),
            f"{name} notice": grant.notice,
            f"{name} language": grant.language,
            f"{name} shown": grant.shown,
        }
    return facts


def _time(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
