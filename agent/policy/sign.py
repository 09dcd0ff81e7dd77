"""Signing a draft. Runs where the organisation's offline key is."""

from __future__ import annotations

import base64
import json

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.policy.check import check, signed_bytes
from agent.policy.keys import FORMAT
from agent.policy.mistakes import Mistake, PolicyInvalid


def sign(document: dict[str, object], key: Ed25519PrivateKey) -> bytes:
    """The finished policy file (UTF-8 JSON, keys sorted, readable). A signature already there is replaced.

    Raises ``PolicyInvalid`` with all mistakes; a ``notice.organisation_key`` that is not of ``key`` is one of them.
    """
    body = {name: value for name, value in document.items() if name != "signature"}
    mistakes = check(body, signature=False)
    notice = body.get("notice")
    public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    own = base64.b64encode(public).decode()
    if isinstance(notice, dict) and notice.get("organisation_key") not in {own, None}:
        mistakes.append(
            Mistake("notice.organisation_key", "it is not the key that signs", f"Write the public key there: {own}")
        )
    if mistakes:
        raise PolicyInvalid(tuple(mistakes), f"draft of format {FORMAT}")
    body["signature"] = base64.b64encode(key.sign(signed_bytes(body))).decode()
    return json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
