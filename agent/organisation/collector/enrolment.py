"""Who may send: pseudonyms that showed a token of their group. Nothing about a person is in a token or beside a device.

``tokens/ORGANISATION/ID`` hash of the secret, end, cap; ``….revoked`` beside it; ``….uses/NUMBER`` a taken seat;
``devices/ORGANISATION/DEVICE`` the collector's signed word. DEVICE is a hash of the pseudonym's public key.
A token that ends or is revoked lets nobody new in; who is enrolled stays so. Seats are numbered and created once each,
so that many collectors at once let in exactly as many as there are; which device took which token stands nowhere. A
collector that dies between seat and word has lost that seat.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final

import msgspec
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.organisation.collector.admit import Rejected
from agent.organisation.store import BatchStore
from agent.problems import Invalid
from agent.seal import device_name, issue_enrolment, proves

DEFAULT_DAYS: Final = 7
LONGEST_DAYS: Final = 31
DEFAULT_CAP: Final = 500
_TOKEN: Final = re.compile(r"\A([0-9a-f]{16})\.([0-9a-f]{64})\Z")
_ID: Final = re.compile(r"\A[0-9a-f]{16}\Z")
_TIME: Final = "%Y-%m-%dT%H:%M:%SZ"
_HASHED_AS: Final = b"aboveboard group token 1\n"


class _Token(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """hash: of the secret. expires: UTC. cap: how many devices it may let in."""

    hash: str
    expires: str
    cap: Annotated[int, msgspec.Meta(ge=1)]


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a device sends to be enrolled. device: its public key. signature: by its private key, both hex."""

    token: Annotated[str, msgspec.Meta(max_length=200)]
    device: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    signature: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{128}\Z")]


def new_token(store: BatchStore, organisation: str, days: int, cap: int, now: datetime) -> tuple[str, datetime]:
    """A token for the policy of one group and when it ends. Only its hash is stored: it is shown this once."""
    identifier, secret = secrets.token_hex(8), secrets.token_hex(32)
    ends = now.astimezone(UTC) + timedelta(days=days)
    document: dict[str, int | str] = {"hash": _hashed(secret), "expires": ends.strftime(_TIME), "cap": cap}
    if not store.create(_token_key(organisation, identifier), rfc8785.dumps(document)):
        raise Invalid("batch-store-failed", detail="A token of this name is there already.")
    return f"{identifier}.{secret}", ends


def revoke_token(store: BatchStore, organisation: str, token: str) -> bool:
    """token: the whole of it, or its first 16 characters. False: there is no such token. Twice is fine."""
    identifier = token.split(".", 1)[0]
    if not _ID.match(identifier) or store.read(_token_key(organisation, identifier)) is None:
        return False
    store.create(_token_key(organisation, identifier) + ".revoked", b"")
    return True


def is_enrolled(store: BatchStore, organisation: str, device: str) -> bool:
    """device: public key, hex."""
    return store.read(_device_key(organisation, device)) is not None


def enrol(
    store: BatchStore, organisation: str, wish: Wish, host: str, key: Ed25519PrivateKey, now: datetime
) -> tuple[bytes, bool]:
    """The collector's signed word, and whether it is new. Raises ``Rejected``."""
    if not proves(organisation, wish.token, wish.device, wish.signature):
        raise Rejected(403, "proof", "The device has not signed this.")
    place = _device_key(organisation, wish.device)
    if (document := store.read(place)) is not None:
        return document, False
    _let_in(store, organisation, wish, now)
    document = issue_enrolment(wish.device, now.astimezone(UTC).date(), host, key)
    if store.create(place, document):
        return document, True
    return store.read(place) or document, False


def _let_in(store: BatchStore, organisation: str, wish: Wish, now: datetime) -> None:
    unknown = Rejected(403, "token", "The token is not known.")
    match = _TOKEN.match(wish.token)
    if match is None:
        raise unknown
    identifier, secret = match.groups()
    data = store.read(_token_key(organisation, identifier))
    if data is None:
        raise unknown
    try:
        token = msgspec.json.decode(data, type=_Token)
        ends = datetime.strptime(token.expires, _TIME).replace(tzinfo=UTC)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
        raise unknown from error
    if not hmac.compare_digest(_hashed(secret), token.hash):
        raise unknown
    if now >= ends:
        raise Rejected(403, "token-expired", "The token has ended; a new policy brings a new one.")
    if store.read(_token_key(organisation, identifier) + ".revoked") is not None:
        raise Rejected(403, "token-revoked", "The token was revoked; a new policy brings a new one.")
    uses = _token_key(organisation, identifier) + ".uses/"
    taken = sum(1 for _ in store.keys(uses, ""))
    if not any(store.create(f"{uses}{number:07d}", b"") for number in range(taken, token.cap)):
        raise Rejected(403, "token-full", "The token has let in as many devices as it may.")


def _hashed(secret: str) -> str:
    return hashlib.sha256(_HASHED_AS + secret.encode()).hexdigest()


def _token_key(organisation: str, identifier: str) -> str:
    return f"tokens/{organisation}/{identifier}"


def _device_key(organisation: str, device: str) -> str:
    return f"devices/{organisation}/{device_name(device)}"
