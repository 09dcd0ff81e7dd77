"""The HTTP face of the collector.

::

    PUT  /v1/ORGANISATION/DEVICE/DAY/BATCH           If-None-Match: *   -> 201 receipt | 412 there already | ...
    GET  /v1/ORGANISATION/DEVICE/DAY/BATCH/receipt                      -> 200 receipt | 404 | 410 erased
    POST /v1/enrol     {token, device, signature}                       -> 201, 200 signed word | 403
    POST /v1/erase     {batch, secret}                                  -> 200 signed word | 403
    GET  /v1/openings?after=NUMBER                                      -> 200 who opened what
    GET  /v1/counts    the operator's token                             -> 200 months | 401
    GET  /health                                                        -> 200

No listing and no way to ask about a person or a device: who knows the whole address of a batch sent it.
No state but the storage: any number of these may serve the same bucket.
"""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from agent.organisation.collector.admit import Place, Rejected
from agent.organisation.collector.counts import AT_LEAST, counts
from agent.organisation.collector.enrolment import Wish, enrol
from agent.organisation.collector.intake import EraseWish, Intake
from agent.organisation.openings import Opening, read
from agent.organisation.store import BatchStore
from agent.problems import Invalid, Unavailable
from agent.seal import MAX_BATCH

_BODY_SECONDS: Final = 60.0
_MAX_WISH: Final = 2048
_RATE: Final = 50.0
_BURST: Final = 200.0
#: Wishes that need no batch (enrol, erase, openings, counts) a second: rare, so a flood of them is nobody's need.
_WISHES: Final = 5.0
_WISH_BURST: Final = 100.0
_DAILY: Final = 500
_PATH: Final = "/v1/{organisation}/{device}/{day}/{batch}"

_Wish = TypeVar("_Wish", Wish, EraseWish)


@dataclass
class Rate:
    """Requests a second that this replica takes; a token bucket."""

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
    """organisation: whose batches it takes. host: the name it signs receipts with. token: what a sender must show.

    enrolled_only: batches of enrolled devices alone. operator: the token that may ask for counts, None: nobody may.
    daily: batches of one device with one day.
    """

    organisation: str
    host: str
    key: Ed25519PrivateKey = field(repr=False)
    token: str | None = field(default=None, repr=False)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    rate: Rate = field(default_factory=Rate)
    wishes: Rate = field(default_factory=lambda: Rate(_WISHES, _WISH_BURST))
    enrolled_only: bool = False
    operator: str | None = field(default=None, repr=False)
    daily: int = _DAILY


def make_app(store: BatchStore, terms: Terms) -> Starlette:
    """The application, without a server around it."""
    desk = _Desk(store, terms)
    return Starlette(
        routes=[
            Route("/v1/enrol", _answering(desk.enrol), methods=["POST"]),
            Route("/v1/erase", _answering(desk.erase), methods=["POST"]),
            Route("/v1/openings", _answering(desk.openings), methods=["GET"]),
            Route("/v1/counts", _answering(desk.counts), methods=["GET"]),
            Route(_PATH, _answering(desk.put), methods=["PUT"]),
            Route(_PATH + "/receipt", _answering(desk.receipt), methods=["GET"]),
            Route("/health", _health, methods=["GET"]),
        ],
        exception_handlers={404: _nowhere, 405: _nowhere},
    )


async def _nowhere(_request: Request, error: Exception) -> Response:
    """A path that is not there, or asked for in a way that is not offered."""
    offered = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if isinstance(error, HTTPException) and error.status_code == 405:
        return _no(405, "method", "This is not offered there.", offered)
    return _no(404, "path", "There is nothing of that name.", offered)


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


def _document(document: bytes, status: int) -> Response:
    return Response(document, status, media_type="application/json")


class _Desk:
    def __init__(self, store: BatchStore, terms: Terms) -> None:
        self._terms = terms
        self._intake = Intake(
            store, terms.organisation, terms.host, terms.key, terms.now, terms.daily, terms.enrolled_only
        )

    async def put(self, request: Request) -> Response:
        self._check_token(request)
        if request.headers.get("if-none-match") != "*":
            raise Rejected(428, "create-only", "Batches are only created: send If-None-Match: *.")
        if not self._terms.rate.take():
            raise Rejected(429, "rate", "Too many at once.")
        data = await _body(request, MAX_BATCH)
        return _document(await run_in_threadpool(self._intake.take, data, _place(request)), 201)

    async def receipt(self, request: Request) -> Response:
        self._check_token(request)
        return _document(await run_in_threadpool(self._intake.receipt, _place(request)), 200)

    async def enrol(self, request: Request) -> Response:
        wish = await self._wish(request, Wish)
        intake = self._intake
        document, new = await run_in_threadpool(
            enrol, intake.store, intake.organisation, wish, intake.host, intake.key, intake.now()
        )
        return _document(document, 201 if new else 200)

    async def erase(self, request: Request) -> Response:
        """No token: the recovery sheet works for who has left the group long ago."""
        wish = await self._wish(request, EraseWish)
        return _document(await run_in_threadpool(self._intake.erase, wish), 200)

    async def openings(self, request: Request) -> Response:
        self._not_too_many()
        after = request.query_params.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) <= 8):
            raise Rejected(400, "after", "after is the number of an opening.")
        found = await run_in_threadpool(lambda: list(self._read_openings(int(after))))
        return JSONResponse({"openings": [msgspec.to_builtins(entry) for entry in found]})

    def _read_openings(self, after: int) -> list[Opening]:
        return list(read(self._intake.store, self._terms.organisation, after))

    async def counts(self, request: Request) -> Response:
        if self._terms.operator is None or not _shows(request, self._terms.operator):
            raise Rejected(401, "operator", "The operator's token is missing or wrong.")
        self._not_too_many()
        today = self._terms.now().astimezone(UTC).date()
        months = await run_in_threadpool(counts, self._intake.store, self._terms.organisation, today)
        return JSONResponse({"at_least": AT_LEAST, "months": [msgspec.to_builtins(month) for month in months]})

    async def _wish(self, request: Request, kind: type[_Wish]) -> _Wish:
        self._not_too_many()
        data = await _body(request, _MAX_WISH)
        try:
            return msgspec.json.decode(data, type=kind)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise Rejected(400, "request", "It is not as agreed.") from error

    def _not_too_many(self) -> None:
        if not self._terms.wishes.take():
            raise Rejected(429, "rate", "Too many at once.")

    def _check_token(self, request: Request) -> None:
        if self._terms.token is not None and not _shows(request, self._terms.token):
            raise Rejected(401, "token", "The enrolment token is missing or wrong.")


def _shows(request: Request, token: str) -> bool:
    shown = request.headers.get("authorization", "")
    return hmac.compare_digest(shown.encode(), f"Bearer {token}".encode())


def _place(request: Request) -> Place:
    parts = request.path_params
    return Place(parts["organisation"], parts["device"], parts["day"], parts["batch"])


async def _body(request: Request, most: int) -> bytes:
    """At most ``most`` bytes, whether their number is told before or they come in chunks."""
    too_long = Rejected(413, "size", f"At most {most} bytes.")
    length = request.headers.get("content-length")
    if length is not None:
        if not (length.isascii() and length.isdigit()):
            raise Rejected(400, "length", "Content-Length is no number.")
        if len(length) > 12 or int(length) > most:
            raise too_long
    data = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for piece in request.stream():
                data += piece
                if len(data) > most:
                    raise too_long
    except TimeoutError as error:
        raise Rejected(408, "slow", "The body did not arrive in time.") from error
    return bytes(data)


def _answering(work: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            return await work(request)
        except Rejected as error:
            status, code, detail = error.status, error.code, error.detail
        except (Unavailable, Invalid):
            status, code, detail = 503, "storage", "The storage does not answer as it should."
        except ClientDisconnect:
            status, code, detail = 400, "gone", "The sender went away."
        headers = {"retry-after": "2"} if status in {429, 503} else {}
        if code == "daily":
            headers["retry-after"] = "3600"
        return _no(status, code, detail, headers)

    return answer


def _no(status: int, code: str, detail: str, headers: Mapping[str, str]) -> Response:
    return JSONResponse({"problem": code, "detail": detail}, status, headers)
