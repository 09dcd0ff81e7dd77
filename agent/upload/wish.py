"""What is asked of the collector beside sending: to delete a batch. One attempt each; the batch's id, the secret that
belongs to it, and nothing about who asks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx
import msgspec

from agent.problems import Invalid
from agent.seal import verify_erasure
from agent.seal.receipt import MAX_RECEIPT
from agent.upload.destination import Destination
from agent.upload.schedule import CAP, retry_after
from agent.upload.send import trouble


class Heard:
    """What came of a wish; told to the owner."""


@dataclass(frozen=True, slots=True)
class Erased(Heard):
    """The collector signed that it does not have the batch any more. document: its word as it came, to be kept."""

    batch_id: str
    collector: str
    document: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotErased(Heard):
    """Not confirmed; asked again by itself. seconds: what the collector asked for, None: as the schedule says."""

    batch_id: str
    seconds: float | None
    detail: str


def erase(batch: str, secret: bytes, destination: Destination, client: httpx.Client) -> Erased | NotErased:
    """Ask for one batch to be deleted. Only a word that is signed, and about this very batch, is a yes."""
    wish = msgspec.json.encode({"batch": batch, "secret": secret.hex()})
    request = client.build_request(
        "POST", destination.erase_url(), content=wish, headers={"content-type": "application/json"}
    )
    try:
        status, headers, body = answer(client, request, MAX_RECEIPT)
    except httpx.HTTPError as error:
        return NotErased(batch, None, trouble(error))
    if status != 200:
        asked = retry_after(headers.get("retry-after"), datetime.now(UTC))
        lasting = 400 <= status < 500 and status not in {408, 425, 429}
        return NotErased(batch, max(asked or 0.0, CAP) if lasting else asked, f"It answers {status}.")
    try:
        word = verify_erasure(body, destination.collector_key, batch)
    except Invalid as error:
        return NotErased(batch, None, error.facts.get("detail", ""))
    return Erased(batch, word.collector, body)


def answer(client: httpx.Client, request: httpx.Request, most: int) -> tuple[int, httpx.Headers, bytes]:
    """Status, headers and at most one byte more than ``most`` of the body. Raises ``httpx.HTTPError``."""
    response = client.send(request, stream=True)
    try:
        body = bytearray()
        for piece in response.iter_raw(64 * 1024):
            body += piece
            if len(body) > most:
                break
        return response.status_code, response.headers, bytes(body[: most + 1])
    finally:
        response.close()
