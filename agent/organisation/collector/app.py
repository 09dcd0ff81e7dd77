"""The HTTP face of the collector.

::

    PUT /v1/ORGANISATION/DEVICE/DAY/BATCH           If-None-Match: *   -> 201 receipt | 412 there already | ...
    GET /v1/ORGANISATION/DEVICE/DAY/BATCH/receipt                      -> 200 receipt | 404
    GET /health                                                        -> 200

No listing and no way to ask about a person or a device: who knows the whole address of a batch sent it.
No state but the storage: any number of these may serve the same bucket.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from agent.organisation.collector.admit import Place, Rejected, admit
from agent.organisation.store import BatchStore, batch_key
from agent.problems import Invalid, Unavailable
from agent.seal import MAX_BATCH, Delivered, Header, issue, verify

_BODY_SECONDS: Final = 60.0
_RATE: Final = 50.0
_BURST: Final = 200.0
_DEVICE: Final = re.compile(r"\A[0-9a-f]{64}\Z")
_DAY: Final = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_BATCH: Final = re.compile(r"\A[0-9a-f]{32}\Z")
_PATH: Final = "/v1/{organisation}/{device}/{day}/{batch}"


@dataclass
class Rate:
    """Batches a second that this replica takes; a token bucket."""

    per_second: float = _RATE
    burst: float = _BURST
    clock: Callable[[], float] = time.monotonic
    _tokens: float = field(init=False)
    _at: float = field(init=False)

    def __post_init__(self) -> None:
        self._tokens, self._at = self.burst, self.clock()

    def take(self) -> bool:
        now = self.clock()
        self._tokens = min(self.burst, self._tokens + (now - self._at) * self.per_second)
        self._at = now
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True


@dataclass(frozen=True)
class Terms:
    """organisation: whose batches it takes. host: the name it signs receipts with. token: what a sender must show."""

    organisation: str
    host: str
    key: Ed25519PrivateKey = field(repr=False)
    token: str | None = field(default=None, repr=False)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    rate: Rate = field(default_factory=Rate)


def make_app(store: BatchStore, terms: Terms) -> Starlette:
    """The application, without a server around it."""
    desk = _Desk(store, terms)
    return Starlette(
        routes=[
            Route(_PATH, desk.put, methods=["PUT"]),
            Route(_PATH + "/receipt", desk.receipt, methods=["GET"]),
            Route("/health", _health, methods=["GET"]),
        ]
    )


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


def _receipt(document: bytes, status: int) -> Response:
    return Response(document, status, media_type="application/json")


class _Desk:
    def __init__(self, store: BatchStore, terms: Terms) -> None:
        self._store = store
        self._terms = terms

    async def put(self, request: Request) -> Response:
        return await _answered(self._put(request))

    async def receipt(self, request: Request) -> Response:
        return await _answered(self._get(request))

    async def _put(self, request: Request) -> Response:
        self._check_token(request)
        if request.headers.get("if-none-match") != "*":
            raise Rejected(428, "create-only", "Batches are only created: send If-None-Match: *.")
        if not self._terms.rate.take():
            raise Rejected(429, "rate", "Too many at once.")
        data = await _body(request)
        today = self._terms.now().date()
        header = await run_in_threadpool(admit, data, _place(request), self._terms.organisation, today)
        if not await run_in_threadpool(self._store.create, batch_key(header) + ".seal", data):
            raise Rejected(412, "exists", "It is there already; its receipt can be asked for.")
        return _receipt(await run_in_threadpool(self._sign, header, data), 201)

    async def _get(self, request: Request) -> Response:
        self._check_token(request)
        return _receipt(await run_in_threadpool(self._find, _place(request)), 200)

    def _check_token(self, request: Request) -> None:
        token = self._terms.token
        shown = request.headers.get("authorization", "")
        if token is not None and not hmac.compare_digest(shown.encode(), f"Bearer {token}".encode()):
            raise Rejected(401, "token", "The enrolment token is missing or wrong.")

    def _sign(self, header: Header, data: bytes) -> bytes:
        """The receipt, stored before it is given. If another replica was faster, theirs."""
        about = Delivered(header.batch, hashlib.sha256(data).hexdigest(), len(data))
        document = issue(about, self._terms.now(), self._terms.host, self._terms.key)
        key = batch_key(header) + ".receipt"
        if self._store.create(key, document):
            return document
        return self._store.read(key) or document

    def _find(self, place: Place) -> bytes:
        """The receipt of a stored batch; signed now if the process died between storing and signing."""
        missing = Rejected(404, "unknown", "There is no such batch.")
        if place.organisation != self._terms.organisation or not _is_plain(place):
            raise missing
        key = "/".join(("v1", *place))
        document = self._store.read(key + ".receipt")
        if document is not None:
            return document
        data = self._store.read(key + ".seal")
        if data is None:
            raise missing
        try:
            return self._sign(verify(data), data)
        except Invalid as error:
            raise Rejected(500, "damaged", "What is stored there is damaged.") from error


def _is_plain(place: Place) -> bool:
    """Could a batch lie there at all? Nothing else is looked up, so that no part can step out of its folder."""
    return bool(_DEVICE.match(place.device) and _DAY.match(place.day) and _BATCH.match(place.batch))


def _place(request: Request) -> Place:
    parts = request.path_params
    return Place(parts["organisation"], parts["device"], parts["day"], parts["batch"])


async def _body(request: Request) -> bytes:
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise Rejected(411, "length", "Send Content-Length.")
    if len(length) > 12 or int(length) > MAX_BATCH:
        raise Rejected(413, "size", f"At most {MAX_BATCH} bytes.")
    data = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for piece in request.stream():
                data += piece
                if len(data) > MAX_BATCH:
                    raise Rejected(413, "size", f"At most {MAX_BATCH} bytes.")
    except TimeoutError as error:
        raise Rejected(408, "slow", "The body did not arrive in time.") from error
    return bytes(data)


async def _answered(work: Awaitable[Response]) -> Response:
    try:
        return await work
    except Rejected as error:
        status, code, detail = error.status, error.code, error.detail
    except Unavailable:
        status, code, detail = 503, "storage", "The storage does not answer."
    except ClientDisconnect:
        status, code, detail = 400, "gone", "The sender went away."
    headers = {"retry-after": "2"} if status in {429, 503} else {}
    return JSONResponse({"problem": code, "detail": detail}, status, headers)
