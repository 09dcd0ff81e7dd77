"""Receipts of every answer, kept in the profile for the employee: a yes, what became of it, and a no.

None of them is ever sent. They stay after a withdrawal, and after the organisation is gone.
"""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import msgspec

from agent import consent
from agent.consent import ConsentState, dpv
from agent.policy.load import Policy
from agent.policy.model import offered
from agent.policy.scope import scope
from agent.problems import Refused

if TYPE_CHECKING:  # only the type: the stores are handed in
    from agent.engine.stores import Stores

SECTION: Final = "agreement/"

Kind: TypeAlias = Literal["given", "withdrawn", "refused"]


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """at: Unix seconds. cells: how many it is about. document: the signed receipt."""

    at: int
    kind: Kind
    cells: int
    document: dict[str, Any]


def kept(stores: Stores) -> dict[int, Kept]:
    """By number, newest first. One that cannot be read is left out; the profile counts it as damaged."""
    opened = stores.opened
    found: dict[int, Kept] = {}
    for name in reversed(_names(stores)):
        try:
            found[int(name[len(SECTION) :])] = msgspec.convert(opened.profile.get(name) if opened else None, Kept)
        except msgspec.ValidationError:
            continue
    return found


def text(receipt: Kept) -> bytes:
    """The document as it is shown and saved."""
    return json.dumps(receipt.document, indent=2, ensure_ascii=False).encode() + b"\n"


def one(stores: Stores, number: int) -> Kept:
    """The receipt of that number. Raises ``Refused('receipt-gone')``."""
    found = kept(stores).get(number)
    if found is None:
        raise Refused("receipt-gone")
    return found


def given(stores: Stores, before: ConsentState, state: ConsentState, policy: Policy) -> None:
    """After a yes. before: what held until then; a yes after a yes is a renewed one. Durable when it returns."""
    grant = state.grants[0]
    answer = dpv.Answer(
        status="RenewedConsentGiven" if before.decision == "given" else "ConsentGiven",
        scopes=[found.scope for found in state.grants],
        at=state.decided_at,
        method="A button whose words are a yes to what is ticked",
        agreement=consent.receipt_hash(state),
        language=grant.language,
        shown=grant.shown,
        acknowledged=state.acknowledged_at if state.acknowledged == grant.notice else None,
    )
    _keep(stores, "given", answer.at, _document(stores, answer, policy))


def refused(stores: Stores, state: ConsentState, policy: Policy) -> None:
    """After a no without a yes before it."""
    answer = dpv.Answer(
        status="ConsentRefused",
        scopes=[found for cell in sorted(offered(policy)) if (found := scope(policy, *cell)) is not None],
        at=state.decided_at,
        method="The button No, collect nothing",
    )
    _keep(stores, "refused", answer.at, _document(stores, answer, policy))


def settle(stores: Stores, at: int) -> None:
    """The yes has ended: a receipt of that, once, from the one of the yes. Signed by the pseudonym that gave it."""
    newest = next(iter(kept(stores).values()), None)
    if newest is not None and newest.kind == "given":
        _keep(stores, "withdrawn", at, dpv.withdrawn(newest.document, at, str(uuid.uuid4())))


def _document(stores: Stores, answer: dpv.Answer, policy: Policy) -> dpv.Document:
    device = stores.device_key().public_key().public_bytes_raw()
    return dpv.receipt_document(answer, policy, device, str(uuid.uuid4()))


def _keep(stores: Stores, kind: Kind, at: int, document: dpv.Document) -> None:
    names = _names(stores)
    number = int(names[-1][len(SECTION) :]) + 1 if names else 1
    signed = dpv.signed(document, stores.device_key())
    receipt = Kept(at, kind, len(document["dpv:hasRecordOfActivity"]), signed)
    stores.open().profile.put(f"{SECTION}{number:08}", msgspec.to_builtins(receipt))


def _names(stores: Stores) -> list[str]:
    if stores.opened is None:
        return []
    return [name for name in stores.opened.profile.sections() if name.startswith(SECTION)]
