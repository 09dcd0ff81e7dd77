"""An organisation with keys of its own and a signed policy: the sample everything is tested with."""

from __future__ import annotations

import base64
import copy
import hashlib
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import mlkem, x25519
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

from agent.policy.leaves import service
from agent.policy.sign import sign
from agent.seal.hybrid import public_of

#: 23 November 2026, 09:00 UTC: inside the sample's validity.
NOW = 1_795_424_400


def ed25519(name: str) -> Ed25519PrivateKey:
    """The same key for the same name, so that failures repeat."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


@dataclass(frozen=True)
class Keys:
    """All private keys of the organisation. document: the policy as plain values, signature left out.

    steward_seed: X-Wing seed of 32 bytes (what key files hold); steward: the same key as ``hpke`` takes it;
    steward_public: 1184 bytes of ML-KEM-768 followed by 32 bytes of X25519. council_seed: the works council's own.
    """

    organisation: Ed25519PrivateKey
    collector: Ed25519PrivateKey
    steward_seed: bytes
    steward: MLKEM768X25519PrivateKey
    steward_public: bytes
    council_seed: bytes
    document: dict[str, Any] = field(default_factory=dict)


def make_keys(name: str = "acme") -> Keys:
    """Keys of the organisation of that name."""
    seed = hashlib.sha256(f"{name} steward".encode()).digest()
    expanded = hashlib.shake_256(seed).digest(96)
    one = mlkem.MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
    other = x25519.X25519PrivateKey.from_private_bytes(expanded[64:])
    return Keys(
        organisation=ed25519(f"{name} organisation"),
        collector=ed25519(f"{name} collector"),
        steward_seed=seed,
        steward=MLKEM768X25519PrivateKey(one, other),
        steward_public=one.public_key().public_bytes_raw() + other.public_key().public_bytes_raw(),
        council_seed=hashlib.sha256(f"{name} council".encode()).digest(),
    )


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def sample(keys: Keys) -> dict[str, Any]:
    """The sample policy as plain values, not signed."""
    return {
        "format": 1,
        "serial": 7,
        "not_after": "2027-11-01T00:00:00Z",
        "notice": {
            "id": "acme-2026-11",
            "version": 1,
            "effective_from": "2026-11-01T00:00:00Z",
            "organisation": {
                "id": "acme",
                "name": "Acme GmbH",
                "address": "Kaiserstr. 12, Frankfurt",
                "country": "DE",
                "privacy_contact": "R. Brandt, privacy@acme.example",
            },
            "organisation_key": _text(public(keys.organisation)),
            "purposes": [
                {
                    "id": "train",
                    "title": {
                        "en": "Train models that operate software",
                        "de": "Modelle trainieren, die Programme bedienen",
                    },
                    "where": {"en": "At Acme only", "de": "Nur bei Acme"},
                    "categories": ["app", "text"],
                    "programs": ["mousepad"],
                }
            ],
            "recipients": [
                {
                    "id": "steward",
                    "role": "steward",
                    "name": "Data steward",
                    "suite": "MLKEM768_X25519",
                    "key": _text(keys.steward_public),
                }
            ],
            "collector_host": "collect.acme.example",
            "countries": ["DE"],
            "retention_days": 180,
            "forbidden_uses": ["performance", "discipline", "emotion", "identification"],
            "assessment": {"id": "DPIA 2026-03", "date": "2026-03-01", "url": ""},
            "worker_representation": {"body": "Works council", "agreement": "BV-2026-07", "date": "2026-10-01"},
            "authority": {
                "name": "Der Hessische Beauftragte für Datenschutz und Informationsfreiheit",
                "url": "https://datenschutz.hessen.de",
            },
            "languages": ["en", "de"],
        },
        "limits": {
            "categories": ["app", "text"],
            "programs_denied": [],
            "hold_hours": 24,
            "unreviewed_days": 7,
            "require_asking": False,
            "quiet_hours": [],
            "redaction": "light",
        },
        "delivery": {
            "collector": "https://collect.acme.example",
            "collector_key": _text(public(keys.collector)),
            "ca": "",
            "proxy": "",
            "enrolment_token": "",
        },
    }


def controllers(keys: Keys) -> list[dict[str, Any]]:
    """``notice.recipients`` with both: the sample's steward, and the works council, without whom it cannot open."""
    steward = sample(keys)["notice"]["recipients"][0]
    council = {
        "id": "council",
        "role": "works-council",
        "name": "Works council",
        "suite": "MLKEM768_X25519",
        "key": _text(public_of(keys.council_seed)),
    }
    return [steward, council]


def make_policy_of_two(organisation: str = "acme", **changes: Any) -> tuple[bytes, Keys]:
    """As ``make_policy``, with two controllers."""
    both = controllers(make_keys(organisation))
    return make_policy(organisation, **{"notice.recipients": both, **changes})


def make_policy(organisation: str = "acme", **changes: Any) -> tuple[bytes, Keys]:
    """A signed, valid policy file and the keys behind it.

    changes: dotted paths, list entries by number, e.g. ``**{"notice.purposes.0.programs": ["*"], "serial": 8}``.
    A changed ``delivery.collector`` changes ``notice.collector_host`` along with it unless that is given too.
    """
    keys = make_keys(organisation)
    document = sample(keys)
    for path, value in changes.items():
        put(document, path, value)
    collector = service(document["delivery"]["collector"])
    if "delivery.collector" in changes and "notice.collector_host" not in changes and collector is not None:
        document["notice"]["collector_host"] = collector[1]
    data = sign(document, keys.organisation)
    return data, Keys(**{**vars(keys), "document": document})


def put(document: dict[str, Any], path: str, value: Any) -> None:
    """Change one value of a document in place."""
    *steps, last = path.split(".")
    place: Any = document
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if isinstance(place, list):
        place[int(last)] = copy.deepcopy(value)
    else:
        place[last] = copy.deepcopy(value)
