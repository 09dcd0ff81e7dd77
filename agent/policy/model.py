"""A valid policy as typed, frozen values, and the hashes that consent and records are bound to. Pure."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import rfc8785

from agent.policy.keys import SUPPORTED
from agent.records import CATEGORIES, Category, Cell


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who asks. country: ISO 3166-1 alpha-2."""

    id: str
    name: str
    address: str
    country: str
    privacy_contact: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """A row of the grid. title, where: text by language. programs: ids, or ``*`` for those the employee ticks."""

    id: str
    title: dict[str, str]
    where: dict[str, str]
    categories: tuple[Category, ...]
    programs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who can open batches. key: 1184 bytes of ML-KEM-768 followed by 32 of X25519."""

    id: str
    role: str
    name: str
    suite: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Assessment:
    """The assessment of risks; empty fields are not stated."""

    id: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class WorkerRepresentation:
    """Who was consulted for the employees; empty fields are not stated."""

    body: str = ""
    agreement: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """Where one can complain; empty fields are not stated."""

    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the employee is asked. organisation_key: raw Ed25519 public key. effective_from: Unix seconds."""

    id: str
    version: int
    effective_from: int
    organisation: Organisation
    organisation_key: bytes
    purposes: tuple[Purpose, ...]
    recipients: tuple[Recipient, ...]
    collector_host: str
    countries: tuple[str, ...]
    retention_days: int
    forbidden_uses: tuple[str, ...]
    assessment: Assessment
    worker_representation: WorkerRepresentation
    authority: Authority
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What narrows further; the defaults are those of the table."""

    categories: tuple[Category, ...] = CATEGORIES
    programs_denied: tuple[str, ...] = ()
    hold_hours: int = 24
    unreviewed_days: int = 7
    require_asking: bool = False
    quiet_hours: tuple[str, ...] = ()
    redaction: str = "light"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How batches travel. collector_key: raw Ed25519 public key. Empty: not set."""

    collector: str
    collector_key: bytes
    ca: str = ""
    proxy: str = ""
    enrolment_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Policy:
    """A valid, signed policy. not_after: Unix seconds. hash: SHA-256 (hex) of the bytes that were signed.

    stated: paths of the keys the file has itself; the others have their defaults.
    """

    serial: int
    not_after: int
    notice: Notice
    limits: Limits
    delivery: Delivery
    hash: str
    stated: frozenset[str] = field(default=frozenset(), repr=False)

    def purpose(self, purpose_id: str) -> Purpose | None:
        """The purpose of that id, None if the notice has none."""
        return next((purpose for purpose in self.notice.purposes if purpose.id == purpose_id), None)


def offered(policy: Policy) -> frozenset[Cell]:
    """The cells an employee may tick: asked for by the notice, not limited away, and collectable by this version."""
    return frozenset(
        (purpose.id, category)
        for purpose in policy.notice.purposes
        for category in purpose.categories
        if category in policy.limits.categories and category in SUPPORTED
    )


def digest(value: Mapping[str, object]) -> str:
    """SHA-256 of the RFC 8785 bytes, lower-case hex."""
    canonical = rfc8785.dumps(dict(value))  # type: ignore[arg-type]  # its alias of JSON types is private
    return hashlib.sha256(canonical).hexdigest()


def encoded(key: bytes) -> str:
    """Base64 of a raw key, as it stands in files."""
    return base64.b64encode(key).decode()


def notice_hash(policy: Policy) -> str:
    """What an answer names: hash of everything the employee is shown. The way of delivery is not part of it."""
    notice, limits = policy.notice, policy.limits
    return digest(
        {
            "id": notice.id,
            "version": notice.version,
            "not_after": policy.not_after,
            "effective_from": notice.effective_from,
            "organisation": _plain(notice.organisation),
            "organisation_key": encoded(notice.organisation_key),
            "purposes": [
                {
                    "id": purpose.id,
                    "title": purpose.title,
                    "where": purpose.where,
                    "categories": list(purpose.categories),
                    "programs": list(purpose.programs),
                }
                for purpose in notice.purposes
            ],
            "recipients": [
                {**_plain(r, "id", "role", "name", "suite"), "key": encoded(r.key)} for r in notice.recipients
            ],
            "collector_host": notice.collector_host,
            "countries": list(notice.countries),
            "retention_days": notice.retention_days,
            "forbidden_uses": list(notice.forbidden_uses),
            "assessment": _plain(notice.assessment),
            "worker_representation": _plain(notice.worker_representation),
            "authority": _plain(notice.authority),
            "languages": list(notice.languages),
            "limits": {
                "categories": list(limits.categories),
                "programs_denied": list(limits.programs_denied),
                "hold_hours": limits.hold_hours,
                "unreviewed_days": limits.unreviewed_days,
                "require_asking": limits.require_asking,
                "quiet_hours": list(limits.quiet_hours),
                "redaction": limits.redaction,
            },
        }
    )


def _plain(value: object, *names: str) -> dict[str, object]:
    slots = names or tuple(type(value).__dataclass_fields__)  # type: ignore[attr-defined]  # only dataclasses come here
    return {name: getattr(value, name) for name in slots}
