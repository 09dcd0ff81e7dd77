"""From plain values without mistakes to the typed policy. Pure."""

from __future__ import annotations

import hashlib
from typing import Any

from agent.policy.check import filled, signed_bytes, stated
from agent.policy.leaves import raw, unix
from agent.policy.model import (
    Assessment,
    Authority,
    Delivery,
    Limits,
    Notice,
    Organisation,
    Policy,
    Purpose,
    Recipient,
    WorkerRepresentation,
)


def build(document: dict[str, object]) -> Policy:
    """The policy a document without mistakes says."""
    full: dict[str, Any] = filled(document)
    notice, limits, delivery = full["notice"], full["limits"], full["delivery"]
    return Policy(
        serial=full["serial"],
        not_after=_time(full["not_after"]),
        notice=_notice(notice),
        limits=Limits(
            categories=tuple(limits["categories"]),
            programs_denied=tuple(limits["programs_denied"]),
            hold_hours=limits["hold_hours"],
            unreviewed_days=limits["unreviewed_days"],
            require_asking=limits["require_asking"],
            quiet_hours=tuple(limits["quiet_hours"]),
            redaction=limits["redaction"],
        ),
        delivery=Delivery(**{**delivery, "collector_key": _bytes(delivery["collector_key"])}),
        hash=hashlib.sha256(signed_bytes(document)).hexdigest(),
        stated=stated(document),
    )


def _notice(notice: dict[str, Any]) -> Notice:
    return Notice(
        id=notice["id"],
        version=notice["version"],
        effective_from=_time(notice["effective_from"]),
        organisation=Organisation(**notice["organisation"]),
        organisation_key=_bytes(notice["organisation_key"]),
        purposes=tuple(
            Purpose(
                id=purpose["id"],
                title=dict(purpose["title"]),
                where=dict(purpose["where"]),
                categories=tuple(purpose["categories"]),
                programs=tuple(purpose["programs"]),
            )
            for purpose in notice["purposes"]
        ),
        recipients=tuple(Recipient(**{**entry, "key": _bytes(entry["key"])}) for entry in notice["recipients"]),
        collector_host=notice["collector_host"],
        countries=tuple(notice["countries"]),
        retention_days=notice["retention_days"],
        forbidden_uses=tuple(notice["forbidden_uses"]),
        assessment=Assessment(**notice["assessment"]),
        worker_representation=WorkerRepresentation(**notice["worker_representation"]),
        authority=Authority(**notice["authority"]),
        languages=tuple(notice["languages"]),
    )


def _bytes(value: str) -> bytes:
    found = raw(value)
    if found is None:
        raise ValueError("not base64 although it was checked")
    return found


def _time(value: str) -> int:
    found = unix(value)
    if found is None:
        raise ValueError("not a time although it was checked")
    return found
