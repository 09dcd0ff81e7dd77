"""What looks like a key and is none: sums, versions, identities, paths, names of programs, pictures, public keys."""

# ruff: noqa: E501  # many short texts in a row read better than one a line

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Iterator

from tests.redaction_cases.secret_values import value

_WORDS = [
    "account",
    "user",
    "session",
    "token",
    "cache",
    "handler",
    "factory",
    "manager",
    "service",
    "request",
    "response",
    "buffer",
    "stream",
    "parser",
    "writer",
    "reader",
    "index",
    "config",
    "client",
    "server",
    "message",
    "worker",
    "thread",
    "socket",
    "packet",
    "driver",
    "render",
    "layout",
    "widget",
    "dialog",
    "button",
    "header",
    "footer",
    "column",
    "search",
    "filter",
    "export",
    "import",
    "update",
    "delete",
    "create",
]


def _some(rng: random.Random, count: int) -> list[str]:
    return [rng.choice(_WORDS) for _ in range(count)]


def _camel(rng: random.Random) -> str:
    first, *rest = _some(rng, rng.randint(3, 6))
    name = first + "".join(map(str.title, rest)) + rng.choice(("", "2", "V3", "Impl", "64"))
    return rng.choice(
        (
            f"call {name}() first",
            f"self.{name} = {name}",
            f"import {name} from './{name}'",
            f"new {name.title()}(x)",
            f"{name}: {name};",
        )
    )


def _snake(rng: random.Random) -> str:
    name = "_".join(_some(rng, rng.randint(3, 6))) + rng.choice(("", "_2", "_v3", "_64"))
    return rng.choice(
        (
            f"def test_{name}_1():",
            f"{name.upper()} = 4096",
            f"TC_{name.upper()}_{rng.randint(1, 999):03}",
            f"tests/test_{name}.py::test_{name}",
            f"{name} = get_{name}()",
            f"assert {name} is None",
        )
    )


def _path(rng: random.Random) -> str:
    path = "/".join(_some(rng, rng.randint(3, 6)))
    return rng.choice(
        (
            f"/usr/share/{path}/README.md",
            f"src/{path}.tsx",
            f"C:\\Users\\Public\\{path}".replace("/", "\\"),
            f"https://example.org/{path}/index.html",
            f"~/{path}/v2.1.0/x86_64",
            f"@scope/{path}@1.20.3",
            f"org.{path}.Main2".replace("/", "."),
        )
    )


def _sum(rng: random.Random) -> str:
    return value(rng, rng.choice((
        "sha256:{h64}", "commit {h40}", "md5: {h32}", '"integrity": "sha512-{b86}=="', "--hash=sha256:{h64}", 'checksum = "{h64}"', "h1:{b43}=", 'ETag: "{h32}"', "index {h7}..{h7} 100644", "image@sha256:{h64}", "SHA256:{b43}", 'etag: W/"{w27}"', "digest: {b43}=", "merge {h40} into main", "{h40}", "oid sha256:{h64}", "git show {h12}", "fingerprint {h40}", "resolved https://example.org/x.tgz#{h40}", 'integrity="sha384-{b64}"', "Content-MD5: {b22}==",
    )))  # fmt: skip


def _identity(rng: random.Random) -> str:
    return value(rng, rng.choice((
        "request id {u} took 3 ms", "{u}", "trace_id={h32}", "id: {u}", "cus_{A14}", "pi_{A24}", "X-Amz-Cf-Id: {w52}==", "Message-ID: <{A24}@mail.example.org>", "i-{h17}", "order_id=ORD-{d10}", "https://docs.google.com/document/d/{w44}/edit", "https://youtu.be/watch?v={w11}", "document id {w28}", "gclid={w60}", "build-{d8}.{d4}", "01HV{T22}".replace("{T22}", "{U22}").replace("U22", "d22"), "object id {h24}", "device-id: {u}", "span_id {h16}", "pod web-{h10}-x{l4}", "ticket JIRA-{d5}", "{{{u}}}", "S-1-5-21-{d9}-{d10}-{d9}-1001", "correlation-id={u}", "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKsVbV",
    )))  # fmt: skip


def _picture(rng: random.Random) -> str:
    start = rng.choice(
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
            b"\xff\xd8\xff\xe0\x00\x10JFIF",
            b"GIF89a",
            b"<svg xmlns=",
            b"%PDF-1.7\n",
        )
    )
    data = base64.b64encode(start + rng.randbytes(90)).decode()
    kind = rng.choice(("image/png", "image/jpeg", "application/pdf", "font/woff2"))
    return rng.choice(
        (
            f"data:{kind};base64,{data}",
            f'<img src="data:{kind};base64,{data}">',
            f'"thumbnail": "{data}"',
            f"url(data:{kind};base64,{data})",
        )
    )


def _public(rng: random.Random) -> str:
    return value(rng, rng.choice((
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b43} jan@host", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ{b300} jan", "-----BEGIN CERTIFICATE-----\nMIID{b60}\n{b64}\n{b64}\n-----END CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A{b32}\n{b64}\n-----END PUBLIC KEY-----", "boundary=----WebKitFormBoundary{A16}", "AKIAIOSFODNN7EXAMPLE", "token = os.environ['API_TOKEN']", "api_key = <your-api-key>", "Authorization: Bearer ${{TOKEN}}", "secret: ********", "password = getpass.getpass()", "token: Optional[str] = None", "api_key: xxxxxxxxxxxxxxxx", "the token is stored in the vault", "secret = load_secret(name)", "max_tokens=4096", "key = lambda item: item.name", "the secret of good soup", "sort_key = operator.attrgetter('created_at')", "primary_key=True", "keyboard shortcut ctrl+shift+{l1}", "sha256(key + nonce)", "reset your password here", "tokens: 1532", "KeyError: 'session'",
    )))  # fmt: skip


def _version(rng: random.Random) -> str:
    a, b, c = (rng.randint(0, 30) for _ in range(3))
    return value(rng, rng.choice((f"v{a}.{b}.{c}-beta.{c}+build.{{d8}}", f"numpy-{a}.{b}.{c}-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/{a}37.36 Chrome/{b}.0.{c}.1", "main.{h8}.js", "chunk-vendors.{h8}.css", f"2024-0{b % 9 + 1}-{c % 28 + 1:02}T10:11:12.{{d6}}Z", f"jdk-{a}.{b}.{c}+9_linux-x64_bin.tar.gz", "{d5}-{d5}-{d5}", "PN 0{d3}-{d4}-{U2}", "model ABC-{d4}{L1}, serial no. SN{U10}")))  # fmt: skip


KINDS: tuple[Callable[[random.Random], str], ...] = (
    _camel,
    _snake,
    _path,
    _sum,
    _identity,
    _picture,
    _public,
    _version,
)


def texts(count: int, seed: int) -> Iterator[str]:
    """The same ones every time, the kinds in turn."""
    rng = random.Random(f"look-alikes {seed}")
    for number in range(count):
        yield KINDS[number % len(KINDS)](rng)
