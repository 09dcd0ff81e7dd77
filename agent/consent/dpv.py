"""Consent receipts after ISO/IEC TS 27560:2023 in terms of the Data Privacy Vocabulary 2.3, as JSON-LD. Pure.

One record for each cell, because purposes and categories are answered one by one; a receipt wraps the records of one
answer. Shape: https://w3id.org/dpv/guides/consent-27560; every term of DPV is checked against a list in the tests.
What DPV has no term for stands under ``ab:``, a name space of our own.
"""

from __future__ import annotations

import base64
import binascii
import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal, TypeAlias

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from agent.consent.grant import year_after
from agent.policy.model import Policy, encoded, notice_hash
from agent.policy.scope import Scope
from agent.problems import Invalid

Document: TypeAlias = dict[str, Any]
Status: TypeAlias = Literal["ConsentGiven", "RenewedConsentGiven", "ConsentRefused"]

WITHDRAW: Final = "Tray icon or window: Stop and withdraw"
_LABEL: Final = b"aboveboard consent receipt 1\n"
_PROOF: Final = "ab:proof"
_RECORDS: Final = "dpv:hasRecordOfActivity"
_STATUSES: Final = "dpv:hasConsentStatus"
_CONTEXT: Final = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "ai": "https://w3id.org/dpv/ai#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "legal-eu": "https://w3id.org/dpv/legal/eu#",
    "loc": "https://w3id.org/dpv/loc#",
    "dpv-27560": "https://w3id.org/dpv/schema/dpv-27560#",
    "dct": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "ab": "urn:aboveboard:",
}
#: Where the GDPR applies: the European Economic Area. https://www.efta.int/eea
_EEA: Final = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905  # a list of thirty words is no easier to read
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to ``policy``. scopes: of the cells it is about. at: Unix seconds. method: in words.

    agreement: ``receipt_hash`` of the state, empty for a no; it stands inside every batch sealed under it.
    language, shown: of the text on the screen, and its SHA-256; shown empty where no such text was named.
    acknowledged: when the notice was marked as read, None if it was not.
    """

    status: Status
    scopes: Sequence[Scope]
    at: int
    method: str
    agreement: str = ""
    language: str = "en"
    shown: str = ""
    acknowledged: int | None = None


def receipt_document(answer: Answer, policy: Policy, device: bytes, identifier: str) -> Document:
    """The receipt, not signed yet. device: the pseudonym's public key. identifier: a UUID, new for each receipt."""
    european = policy.notice.organisation.country in _EEA
    shape = "-eu-gdpr" if european else ""
    return {
        "@context": dict(_CONTEXT),
        "@id": f"urn:uuid:{identifier}",
        "@type": "dpv:ConsentReceipt",
        "dct:identifier": identifier,
        "dct:conformsTo": {"@id": f"dpv-27560:receipt{shape}"},
        "dct:created": _time(answer.at),
        "schema:recipient": {"@id": "dpv:DataSubject"},
        "ab:policy": policy.hash,
        "ab:agreement": answer.agreement,
        _RECORDS: [
            _record(answer, scope, policy, device, f"urn:uuid:{identifier}#{place}", european=european)
            for place, scope in enumerate(answer.scopes, 1)
        ],
    }


def withdrawn(document: Mapping[str, Any], at: int, identifier: str) -> Document:
    """The same records with the withdrawal after the yes, as a receipt of its own."""
    new: Document = copy.deepcopy({name: value for name, value in document.items() if name != _PROOF})
    new |= {"@id": f"urn:uuid:{identifier}", "dct:identifier": identifier, "dct:created": _time(at)}
    new["ab:previous"] = document.get("@id", "")
    for record in new[_RECORDS]:
        record[_STATUSES].append(_status("ConsentWithdrawn", at, WITHDRAW))
    return new


def signed(document: Document, key: Ed25519PrivateKey) -> Document:
    """With the device's signature over the RFC 8785 bytes of all the rest: the key that signs its batches."""
    public = key.public_key().public_bytes_raw()
    proof = {
        "ab:algorithm": "Ed25519",
        "ab:device": encoded(public),
        "ab:signature": encoded(key.sign(_bytes(document))),
    }
    return {**document, _PROOF: proof}


def check_signature(document: Mapping[str, Any]) -> str:
    """The device (public key, hex) that signed this very receipt. Raises ``Invalid('receipt-invalid')``."""
    proof = document.get(_PROOF)
    if not isinstance(proof, dict):
        raise Invalid("receipt-invalid", detail="It is not signed.")
    try:
        device = base64.b64decode(proof["ab:device"], validate=True)
        signature = base64.b64decode(proof["ab:signature"], validate=True)
        body = {name: value for name, value in document.items() if name != _PROOF}
        Ed25519PublicKey.from_public_bytes(device).verify(signature, _bytes(body))
    except (InvalidSignature, binascii.Error, ValueError, KeyError, TypeError, rfc8785.CanonicalizationError) as error:
        raise Invalid("receipt-invalid", detail="Its signature does not hold.") from error
    return device.hex()


def is_receipt(document: object) -> bool:
    """Does it claim to be one of these?"""
    return isinstance(document, dict) and document.get("@type") == "dpv:ConsentReceipt"


# ---------------------------------------------------------------- parts


def _record(
    answer: Answer, scope: Scope, policy: Policy, device: bytes, identifier: str, *, european: bool
) -> Document:
    notice = policy.notice
    record: Document = {
        "@id": identifier,
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": {"@id": f"dpv-27560:record{'-eu-gdpr' if european else ''}"},
        "dpv:hasDataSubject": {"@id": f"ab:device:{device.hex()}", "@type": "dpv:Employee"},
        "dpv:hasDataController": {
            "@id": f"ab:organisation:{scope.organisation}",
            "@type": "dpv:DataController",
            "dpv:hasName": scope.organisation_name,
            "dpv:hasAddress": notice.organisation.address,
            "dpv:hasContact": notice.organisation.privacy_contact,
            "ab:key": scope.organisation_key,
        },
        "dpv:hasJurisdiction": _country(scope.organisation_country),
        "dpv:hasLegalBasis": {"@id": "eu-gdpr:A6-1-a" if european else "dpv:Consent"},
        "dpv:hasProcess": _process(answer, scope),
        "dpv:hasNotice": {
            "@id": f"ab:notice:{notice.id}:{notice.version}",
            "@type": "dpv:ConsentNotice",
            "dct:date": _time(notice.effective_from)[:10],
            "dct:language": answer.language,
            "ab:sha256": notice_hash(policy),
            "ab:shown": answer.shown,
            "ab:acknowledged": _time(answer.acknowledged) if answer.acknowledged is not None else "",
        },
        "dpv:hasConsentControl": [
            {"@type": "dpv:ProvideConsent", "dpv:isExercisedAt": "Window: Consent and notice"},
            {"@type": "dpv:WithdrawConsent", "dpv:isExercisedAt": WITHDRAW},
        ],
        "dpv:hasRight": {
            "@type": ["dpv:DataSubjectRight", "eu-gdpr:A7-3"] if european else "dpv:DataSubjectRight",
            "dpv:isExercisedAt": "Window: Rights and contacts",
        },
        _STATUSES: [_status(answer.status, answer.at, answer.method)],
    }
    if european:
        record["dpv:hasApplicableLaw"] = {"@id": "legal-eu:law-GDPR"}
    if answer.status != "ConsentRefused":
        record["dct:valid"] = f"{_time(answer.at)}/{_time(year_after(answer.at))}"
    if notice.assessment.id:
        record["dpv:hasImpactAssessment"] = {"dct:title": notice.assessment.id, "dct:date": notice.assessment.date}
    if notice.authority.name:
        record["dpv:hasAuthority"] = {"dpv:hasName": notice.authority.name, "ab:address": notice.authority.url}
    if notice.worker_representation.body:
        representation = notice.worker_representation
        record["ab:workerRepresentation"] = {
            "dpv:hasName": representation.body,
            "ab:agreement": representation.agreement,
        }
    return record


def _process(answer: Answer, scope: Scope) -> Document:
    title, where = _in(scope.title, answer.language), _in(scope.where, answer.language)
    return {
        "@type": "dpv:Process",
        "dpv:hasPurpose": {"@id": f"ab:purpose:{scope.purpose}", "dct:title": title, "ab:where": where},
        "dpv:hasProcessing": [{"@id": "dpv:Collect"}, {"@id": "ai:ModelTraining"}],
        "dpv:hasPersonalData": {
            "@id": f"ab:category:{scope.category}",
            "@type": "pd:Behavioural",
            "dpv:hasNecessity": {"@id": "dpv:Optional"},
            "ab:fields": list(scope.fields),
        },
        "ab:programs": list(scope.programs),
        "ab:programsDenied": list(scope.programs_denied),
        "dpv:hasRecipient": [
            {"@id": f"ab:recipient:{row[0]}", "dpv:hasName": row[2], "ab:role": row[1], "ab:key": row[4]}
            for row in scope.recipients
        ],
        "dpv:hasStorageCondition": [
            {
                "@type": "dpv:StorageLocation",
                "dpv:hasLocation": [{"@id": "dpv:LocalLocation"}, *(_country(country) for country in scope.countries)],
                "ab:collector": scope.collector_host,
            },
            {"@type": "dpv:StorageDuration", "dpv:hasDuration": f"P{scope.retention_days}D"},
            {"@type": "dpv:StorageDeletion", "dpv:hasDuration": f"P{scope.unreviewed_days}D", "ab:what": "unreviewed"},
        ],
        "dpv:hasTechnicalMeasure": [
            {"@id": f"dpv:{name}"} for name in ("DataRedaction", "EncryptionAtRest", "EncryptionInTransfer")
        ],
        "ab:forbiddenUses": list(scope.forbidden_uses),
        "ab:holdHours": scope.hold_hours,
        "ab:requireAsking": scope.require_asking,
        "ab:quietHours": list(scope.quiet_hours),
        "ab:redaction": scope.redaction,
        "ab:scope": scope.hash(),
    }


def _status(status: str, at: int, method: str) -> Document:
    kinds: str | list[str] = f"dpv:{status}"
    if status in {"ConsentGiven", "RenewedConsentGiven"}:
        kinds = [f"dpv:{status}", "dpv:ExplicitlyExpressedConsent"]
    return {
        "@type": kinds,
        "dpv:isIndicatedBy": {"@id": "dpv:DataSubject"},
        "dpv:hasIndicationMethod": method,
        "dpv:isIndicatedAtTime": _time(at),
    }


def _country(code: str) -> dict[str, str]:
    return {"@id": f"loc:{code}"}


def _in(texts: tuple[tuple[str, str], ...], language: str) -> str:
    return dict(texts).get(language, texts[0][1] if texts else "")


def _bytes(document: Mapping[str, Any]) -> bytes:
    return _LABEL + rfc8785.dumps(dict(document))


def _time(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
