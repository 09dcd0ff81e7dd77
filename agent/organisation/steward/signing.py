"""A draft of a policy becomes the one signed file that IT installs; with any mistake in it nothing is signed."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.organisation.files import write_new
from agent.policy.jsontext import decode
from agent.policy.mistakes import PolicyInvalid
from agent.policy.sign import sign


def sign_policy(draft: Path, out: Path, key: Ed25519PrivateKey) -> bytes:
    """Write the signed policy to ``out``, replacing an older one as a whole, and return its bytes.

    Raises ``PolicyInvalid`` with every mistake of the draft, ``OSError``.
    """
    document, mistakes = decode(draft.read_bytes())
    if mistakes:
        raise PolicyInvalid(tuple(mistakes), str(draft))
    signed = sign(document, key)
    written = out.with_name(f"{out.name}.{os.getpid()}.tmp")
    write_new(written, signed, private=False)
    written.replace(out)
    return signed
