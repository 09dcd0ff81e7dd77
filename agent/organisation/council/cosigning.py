"""Give the council's share of named batches to the steward: one signed file, and no private key leaves its computer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from agent.organisation.store import ROOT, BatchStore
from agent.problems import AgentError
from agent.seal import Share, cosign_share


@dataclass
class Cosigning:
    """What came of it. refused: place in the store to the reason. missing: batches asked for and not there."""

    shares: list[Share] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)


def cosign_named(store: BatchStore, batches: Collection[str] | None, own: bytes, steward: bytes) -> Cosigning:
    """Shares of the named batches (None: of every one in the store) for the steward's public key.

    own: the council's private key (seed). What does not verify, or is not sealed to exactly these two keys, is
    refused by name; the rest is done all the same. Raises ``Unavailable('batch-store-failed')``.
    """
    done = Cosigning(missing=set(batches or ()))
    for place in store.keys(f"{ROOT}/", ".seal"):
        batch = place.rsplit("/", 1)[-1].removesuffix(".seal")
        if batches is not None and batch not in batches:
            continue
        data = store.read(place)
        if data is None:
            continue
        done.missing.discard(batch)
        try:
            share = cosign_share(data, own, steward)
        except AgentError as error:
            done.refused[place] = str(error)
            continue
        if share.batch == batch:
            done.shares.append(share)
        else:
            done.refused[place] = "It does not lie where its header says."
    return done
