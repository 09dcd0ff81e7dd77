"""The real uploader against the real collector over TLS: only certificates that the system or the policy trusts."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from agent.upload import Accepted, Destination, Outcome, RetryAfter, send
from tests.fakes.batches import sealed
from tests.fakes.collector import Running, running_collector


def certificate(folder: Path, host: str) -> tuple[Path, Path]:
    """A certificate that is its own authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "collector")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "certificate.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    paths[1].write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    return paths


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[tuple[Running, str]]:
    chain, key = certificate(tmp_path, "127.0.0.1")
    with running_collector(tmp_path, "--certificate", str(chain), "--certificate-key", str(key)) as running:
        yield running, chain.read_text()


def attempt(to: Destination) -> Outcome:
    with to.client() as client:
        return send(sealed("x", day=datetime.now(UTC).date().isoformat())[0], to, client)


def test_only_a_certificate_that_is_trusted_for_this_host(collector: tuple[Running, str]) -> None:
    running, chain = collector
    address = running.url.replace("http:", "https:")
    assert isinstance(attempt(Destination(address, running.key, ca=chain)), Accepted)
    for to in (
        Destination(address, running.key),
        Destination(address.replace("127.0.0.1", "localhost"), running.key, ca=chain),
    ):
        outcome = attempt(to)
        assert isinstance(outcome, RetryAfter)
        assert outcome.facts == {"detail": "Its certificate is not trusted on this computer."}
    assert len(list(running.store.rglob("*.seal"))) == 1
