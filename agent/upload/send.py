"""One batch, one attempt: create-only PUT, and what its answer means."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Final

import httpx
import msgspec

from agent.problems import Invalid
from agent.records import Sealed
from agent.seal import Delivered, Header, parse_header, prove, verify_enrolment, verify_receipt
from agent.seal.receipt import MAX_RECEIPT
from agent.upload.destination import Destination
from agent.upload.outcome import Accepted, Enrolled, Outcome, RefusedByCollector, RetryAfter
from agent.upload.schedule import CAP, retry_after

_PIECE: Final = 64 * 1024
_TRY_AGAIN: Final = frozenset({408, 409, 425, 429})
_NOT_US: Final = frozenset({401, 403})


#: The token of the policy lets nobody in any more; a newer policy brings a newer one.
_ENDED: Final = frozenset({"token-expired", "token-revoked", "token-full"})


class _Problem(msgspec.Struct):
    problem: str = ""


def named(body: bytes) -> str:
    """The code a collector gives with its no; empty if it gives none."""
    try:
        return msgspec.json.decode(body, type=_Problem).problem
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""


class Cancelled(Exception):
    """Sending was stopped in the middle. The batch stays where it was."""


def send(
    sealed: Sealed,
    destination: Destination,
    client: httpx.Client,
    cancelled: Callable[[], bool] = lambda: False,
    enrolled: Callable[[Enrolled], None] = lambda _enrolled: None,
) -> Outcome:
    """Send one batch. Blocks until there is an outcome; network trouble is one, not an exception.

    A collector that takes enrolled devices alone is asked to enrol this one by the group's token, and then sent the
    batch again; nothing else is ever asked of it. enrolled: told its signed word before that.

    cancelled: asked between pieces of the body; raises ``Cancelled`` when it says yes. TypeError for anything but
    Sealed; ``Invalid('batch-invalid')`` if its bytes are not a batch or not those it names.
    """
    if type(sealed) is not Sealed:
        raise TypeError(f"send takes Sealed and nothing else, not {type(sealed).__name__}")
    header = parse_header(sealed.data)
    if header.batch != sealed.batch_id or hashlib.sha256(sealed.data).hexdigest() != sealed.digest:
        raise Invalid("batch-invalid", detail="A batch is not what it says it is.")
    attempt = _Attempt(sealed, header, destination, client)
    try:
        return attempt.deliver(cancelled, enrolled)
    except httpx.HTTPError as error:
        # Only the kind of trouble: the text of these errors may hold addresses and inner details.
        return RetryAfter(sealed.batch_id, None, "upload-unreachable", {"detail": trouble(error)})


def trouble(error: httpx.HTTPError) -> str:
    match error:
        case httpx.ProxyError():
            return "The proxy does not let us through."
        case httpx.TimeoutException():
            return "It does not answer in time."
        case httpx.ConnectError() if "CERTIFICATE" in str(error).upper():
            return "Its certificate is not trusted on this computer."
        case httpx.ConnectError():
            return "No connection."
        case _:
            return "The connection broke."


class _Attempt:
    def __init__(self, sealed: Sealed, header: Header, destination: Destination, client: httpx.Client) -> None:
        self._sealed = sealed
        self._header = header
        self._to = destination
        self._client = client
        self._not_enrolled = False
        self._headers = {} if destination.token is None else {"authorization": f"Bearer {destination.token}"}

    def deliver(self, cancelled: Callable[[], bool], enrolled: Callable[[Enrolled], None]) -> Outcome:
        outcome = self.put(cancelled)
        wish = self._wish() if self._not_enrolled else None
        if wish is None:
            return outcome
        answer = self._enrol(wish)
        if not isinstance(answer, Enrolled):
            return answer
        enrolled(answer)
        return self.put(cancelled)

    def _wish(self) -> bytes | None:
        """What asks to be enrolled; None without a token, or for a batch of another pseudonym than today's."""
        token, key = self._to.token, self._to.device
        if token is None or key is None or key.public_key().public_bytes_raw().hex() != self._header.device:
            return None
        signature = prove(self._header.organisation, token, key)
        return msgspec.json.encode({"token": token, "device": self._header.device, "signature": signature})

    def _enrol(self, wish: bytes) -> Enrolled | Outcome:
        status, headers, body = self._answer(
            self._client.build_request(
                "POST", self._to.enrol_url(), content=wish, headers={"content-type": "application/json"}
            )
        )
        if status in {200, 201}:
            try:
                verify_enrolment(body, self._to.collector_key, self._header.device)
            except Invalid as error:
                return RetryAfter(self._sealed.batch_id, None, error.code, error.facts)
            return Enrolled(self._header.device, body)
        if status not in _NOT_US:
            outcome = self._no(status, headers)
            # Whatever is wrong is wrong with the enrolment: the batch itself was not judged.
            return outcome if isinstance(outcome, RetryAfter) else self._later(CAP, f"It answers {status}.")
        ended = named(body) in _ENDED
        return self._later(CAP, f"It answers {status}.", "enrolment-ended" if ended else "enrolment-refused")

    def put(self, cancelled: Callable[[], bool]) -> Outcome:
        data = self._sealed.data

        def pieces() -> Iterator[bytes]:
            for start in range(0, len(data), _PIECE):
                if cancelled():
                    raise Cancelled
                yield data[start : start + _PIECE]

        request = self._client.build_request(
            "PUT",
            self._to.url(self._header),
            content=pieces(),
            headers={
                **self._headers,
                "if-none-match": "*",
                "content-type": "application/octet-stream",
                "content-length": str(len(data)),
            },
        )
        status, headers, body = self._answer(request)
        if status == 412:
            return self._there_already()
        if status in {200, 201}:
            return self._accepted(body)
        self._not_enrolled = status == 401 and named(body) == "not-enrolled"
        return self._no(status, headers)

    def _there_already(self) -> Outcome:
        """Sent before, perhaps by a process that died before the answer came: ask for the receipt and compare."""
        status, headers, body = self._answer(
            self._client.build_request("GET", self._to.url(self._header, "receipt"), headers=self._headers)
        )
        if status == 404:
            return self._later(None, "It says a batch is there, but has no receipt.")
        return self._accepted(body, there=True) if status == 200 else self._no(status, headers)

    def _answer(self, request: httpx.Request) -> tuple[int, httpx.Headers, bytes]:
        """Status, headers and at most a receipt's length of body."""
        response = self._client.send(request, stream=True)
        try:
            body = b""
            for piece in response.iter_raw(MAX_RECEIPT + 1):
                body += piece
                if len(body) > MAX_RECEIPT:
                    break
            return response.status_code, response.headers, body
        finally:
            response.close()

    def _accepted(self, body: bytes, *, there: bool = False) -> Outcome:
        about = Delivered(self._sealed.batch_id, self._sealed.digest, len(self._sealed.data))
        try:
            receipt = verify_receipt(body, self._to.collector_key, about)
        except Invalid as error:
            if there and error.facts.get("conflict"):
                detail = "It signed for other bytes than those that wait here."
                return RefusedByCollector(self._sealed.batch_id, "upload-conflict", {"detail": detail})
            return RetryAfter(self._sealed.batch_id, None, error.code, error.facts)
        return Accepted(self._sealed.batch_id, receipt, body)

    def _later(self, seconds: float | None, detail: str, problem: str = "upload-unreachable") -> RetryAfter:
        return RetryAfter(self._sealed.batch_id, seconds, problem, {"detail": detail})

    def _no(self, status: int, headers: httpx.Headers) -> Outcome:
        asked = retry_after(headers.get("retry-after"), datetime.now(UTC))
        if status in _NOT_US:
            return self._later(max(asked or 0.0, CAP), f"It answers {status}.", "upload-unauthorised")
        if status in _TRY_AGAIN or status >= 500 or status == 407:
            return self._later(asked, f"It answers {status}.")
        if status < 400:
            return self._later(asked, f"Something else answers in its place ({status}).")
        detail = "It is larger than the collector takes." if status == 413 else f"It answers {status}."
        return RefusedByCollector(self._sealed.batch_id, "upload-refused", {"detail": detail})
