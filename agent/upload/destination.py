"""Where batches go: checked before anything is opened."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from typing import Final

import httpx
import truststore
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.problems import Invalid
from agent.seal import Header

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_TIMEOUT: Final = httpx.Timeout(connect=15.0, read=60.0, write=60.0, pool=15.0)


def _insecure(detail: str) -> Invalid:
    return Invalid("collector-insecure", detail=detail)


@dataclass(frozen=True, slots=True)
class Destination:
    """collector: https address, or http on this computer in a trial. collector_key: 32 bytes, signs receipts.

    ca: further certificates to trust, PEM. proxy: address or None; nothing is taken from the environment.
    token: the enrolment token, the same for everybody, so that it tells nobody apart. device: the pseudonym's key, with
    which it asks to be enrolled; None: it never asks.
    Raises ``Invalid('collector-insecure')`` when made of an address, key or certificate that may not be used, so that
    nothing of it can fail later, in the thread that sends.
    """

    collector: str
    collector_key: bytes
    ca: str | None = None
    proxy: str | None = None
    token: str | None = field(default=None, repr=False)
    trial: bool = False
    device: Ed25519PrivateKey | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        try:
            address = httpx.URL(self.collector)
        except (httpx.InvalidURL, TypeError) as error:
            raise _insecure("The collector's address is not an address.") from error
        loopback = address.host in _LOOPBACK
        if self.trial and not loopback:
            raise _insecure("A trial sends to this computer only.")
        if address.scheme != "https" and not (address.scheme == "http" and self.trial and loopback):
            raise _insecure("It does not begin with https.")
        if not address.host or address.userinfo or address.query or address.fragment:
            raise _insecure("The collector's address may hold a host and a path, nothing else.")
        if len(self.collector_key) != 32:
            raise _insecure("The collector's key is not a key.")
        self.client().close()

    def url(self, header: Header, *further: str) -> str:
        """The one address of a batch."""
        parts = ("v1", header.organisation, header.device, header.day, header.batch, *further)
        return "/".join((self.collector.rstrip("/"), *parts))

    def enrol_url(self) -> str:
        """Where a pseudonym asks to be let in."""
        return self.collector.rstrip("/") + "/v1/enrol"

    def erase_url(self) -> str:
        """Where a batch is asked to be deleted."""
        return self.collector.rstrip("/") + "/v1/erase"

    def openings_url(self, after: int) -> str:
        """Where the log of openings is read, from the entry after this number on."""
        return f"{self.collector.rstrip('/')}/v1/openings?after={after}"

    def client(self) -> httpx.Client:
        """A client for this destination; the caller closes it. Opens no connection yet."""
        try:
            proxy = None if self.proxy is None else httpx.Proxy(self.proxy)
        except (httpx.InvalidURL, ValueError) as error:
            raise _insecure("The proxy's address is not an address.") from error
        if proxy is not None and not (proxy.url.scheme in {"http", "https"} and proxy.url.host):
            raise _insecure("The proxy's address does not begin with http or https.")
        return httpx.Client(
            verify=self._certificates(),
            proxy=proxy,
            trust_env=False,
            follow_redirects=False,
            timeout=_TIMEOUT,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            headers={"user-agent": "aboveboard", "accept": "application/json", "accept-encoding": "identity"},
        )

    def _certificates(self) -> ssl.SSLContext:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.ca is not None:
            try:
                context.load_verify_locations(cadata=self.ca)
            except (ssl.SSLError, ValueError) as error:
                raise _insecure("The certificates in the policy cannot be read.") from error
        return context
