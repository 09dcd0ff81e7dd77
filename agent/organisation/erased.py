"""Erasures: the word that a batch is gone is written first and never taken back; then its bytes go."""

from __future__ import annotations

from agent.organisation.store import ERASED, PLACES, ROOT, BatchStore
from agent.seal import erased_name


def place_key(organisation: str, batch: str) -> str:
    """Where it stands where the batch of this id lies."""
    return f"{PLACES}/{organisation}/{batch}"


def erased_key(organisation: str, batch: str) -> str:
    """Where the word lies that this batch is gone."""
    return f"{ERASED}/{organisation}/{erased_name(batch)}"


def is_erased(store: BatchStore, organisation: str, batch: str) -> bool:
    """Was this batch (its id) erased at its sender's wish?"""
    return store.read(erased_key(organisation, batch)) is not None


def delete_batch(store: BatchStore, organisation: str, batch: str) -> None:
    """Delete the bytes of a batch and its receipt, wherever its id says they lie. Twice is fine."""
    place = store.read(place_key(organisation, batch))
    if place is not None:
        delete_at(store, place.decode())
    store.delete(place_key(organisation, batch))


def delete_at(store: BatchStore, place: str) -> None:
    """Delete batch and receipt at a key without ending; nothing outside the organisation's batches."""
    if place.startswith(f"{ROOT}/"):
        store.delete(place + ".seal")
        store.delete(place + ".receipt")
