"""Deletion of what was sent, without the app: the wish is written down, the collector asked once. What it does not
confirm the app asks again by itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agent.engine.asking import ask_deletion, confirm_deletion
from agent.engine.slots import read_slot
from agent.problems import AgentError
from agent.upload import NotErased, erase

if TYPE_CHECKING:  # only the types: stores and terms are handed in
    from collections.abc import Sequence

    from agent.engine.delivery import Delivery
    from agent.engine.stores import Stores
    from agent.engine.terms import Terms


def erase_sent(
    stores: Stores, delivery: Delivery, terms: Terms, batches: Sequence[str], now: int
) -> tuple[list[str], dict[str, str]]:
    """Which of these batches (none: all sent) are confirmed now, and which are not, with the reason in words.

    Raises what opening the stores raises. now: Unix seconds.
    """
    opened = stores.open()
    wanted = batches or [row.batch for row in delivery.sent()]
    for batch in dict.fromkeys(wanted):
        ask_deletion(stores, delivery, batch, now)
    asked = [row.batch for row in delivery.sent() if row.batch in wanted and row.deletion == "asked"]
    secrets = {batch: read_slot(opened.profile, batch).erasure_secret for batch in asked}
    try:
        destination = replace(terms.destination(), token=None)
    except AgentError as error:
        return [], dict.fromkeys(asked, str(error))
    confirmed: list[str] = []
    open_: dict[str, str] = {}
    with destination.client() as client:
        for batch, secret in secrets.items():
            if secret is None:
                open_[batch] = "Its last day is over: everybody has to have deleted it."
                continue
            heard = erase(batch, secret, destination, client)
            if isinstance(heard, NotErased):
                open_[batch] = heard.detail
                continue
            try:
                confirm_deletion(stores, delivery, heard, now)
            except AgentError as error:
                open_[batch] = error.facts.get("detail", str(error))
            else:
                confirmed.append(batch)
    return confirmed, open_
