"""Is a single value what its key's kind says? Each check gives None, or what a right value looks like. Pure."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ed25519, mlkem

from agent.policy.hours import parse_hours
from agent.policy.keys import Key

_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_PROGRAM: Final = re.compile(r"[a-z0-9][a-z0-9._+ -]{0,126}[a-z0-9._+-]|[a-z0-9]")
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_URL: Final = re.compile(r"(https?)://(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::([0-9]{1,5}))?(/[A-Za-z0-9._~/-]*)?")
_LINK: Final = re.compile(r"https://[!-~]{1,500}")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z]{1,7})?")
_TOKEN: Final = re.compile(r"[!-~]{1,200}")
_PEM: Final = re.compile(
    r"(?:-----BEGIN CERTIFICATE-----\r?\n(?:[A-Za-z0-9+/=]{1,76}\r?\n)+-----END CERTIFICATE-----(?:\r?\n|$))+"
)
_JOINERS: Final = "\u200c\u200d"
_MLKEM_PUBLIC: Final = 1184
_HPKE_PUBLIC: Final = 1216
_SIGNATURE: Final = 64


def is_readable(text: str) -> bool:
    """Nothing in it that cannot be seen or turns the writing around: with such signs a notice could mislead."""
    return all(
        character in _JOINERS or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        for character in text
    )


def raw(value: str) -> bytes | None:
    """The bytes of canonical base64; None for anything else."""
    try:
        found = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if base64.b64encode(found).decode() == value else None


def unix(value: str) -> int | None:
    """Unix seconds of ``2027-11-01T00:00:00Z``; None for anything else."""
    if not _TIME.fullmatch(value):
        return None
    try:
        return int(datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None


def service(value: str) -> tuple[str, str] | None:
    """(scheme, host) of an address without user, query or fragment; None for anything else."""
    found = _URL.fullmatch(value)
    if found is None:
        return None
    host, port = found[2].strip("[]"), found[3]
    if not _is_host(host) or (port is not None and not 0 < int(port) < 65536):
        return None
    return found[1], host


def is_loopback(host: str) -> bool:
    """Is this the very computer? Only addresses say so, and the name ``localhost``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_host(value: str) -> bool:
    if len(value) <= 253 and _HOST.fullmatch(value):
        return True
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True


def _whole(key: Key, value: object) -> str | None:
    if type(value) is int and key.least <= value <= key.most:
        return None
    return f"a whole number from {key.least} to {key.most}" if key.least < key.most else f"the number {key.least}"


def _yes_no(_key: Key, value: object) -> str | None:
    return None if type(value) is bool else "true or false"


def _text(key: Key, value: object) -> str | None:
    good = isinstance(value, str) and value.strip() and len(value) <= key.most and is_readable(value)
    return None if good else f"a text of 1 to {key.most} visible characters"


def _texts(_key: Key, value: object) -> str | None:
    good = (
        isinstance(value, dict)
        and value
        and all(
            isinstance(language, str)
            and _LANGUAGE.fullmatch(language)
            and isinstance(text, str)
            and text.strip()
            and len(text) <= 500
            and is_readable(text)
            for language, text in value.items()
        )
    )
    return None if good else 'texts by language, like {"en": "..."}, each of 1 to 500 visible characters'


def _matches(pattern: re.Pattern[str], looks: str) -> Callable[[Key, object], str | None]:
    def check(_key: Key, value: object) -> str | None:
        return None if isinstance(value, str) and pattern.fullmatch(value) else looks

    return check


def _choice(key: Key, value: object) -> str | None:
    return None if isinstance(value, str) and value in key.choices else "one of " + ", ".join(key.choices)


def _listed(
    accepts: Callable[[Key, str], bool], what: Callable[[Key], str], most: Callable[[Key], int]
) -> Callable[[Key, object], str | None]:
    def check(key: Key, value: object) -> str | None:
        good = (
            isinstance(value, list)
            and key.least <= len(value) <= most(key)
            and all(isinstance(item, str) and accepts(key, item) for item in value)
            and len(set(value)) == len(value)
        )
        return None if good else f"a list of {key.least} to {most(key)}, each once: {what(key)}"

    return check


def _programs_or_all(key: Key, value: object) -> str | None:
    return None if value == ["*"] else _programs(key, value)


def _time(_key: Key, value: object) -> str | None:
    return None if isinstance(value, str) and unix(value) is not None else "a UTC time like 2027-11-01T00:00:00Z"


def _date(_key: Key, value: object) -> str | None:
    try:
        good = isinstance(value, str) and _DATE.fullmatch(value) and date.fromisoformat(value)
    except ValueError:
        good = False
    return None if good else "a day like 2026-03-01"


def _ed25519(_key: Key, value: object) -> str | None:
    found = raw(value) if isinstance(value, str) else None
    try:
        good = found is not None and ed25519.Ed25519PublicKey.from_public_bytes(found)
    except ValueError:
        good = False
    return None if good else "base64 of an Ed25519 public key (32 bytes)"


def _hpke(_key: Key, value: object) -> str | None:
    found = raw(value) if isinstance(value, str) else None
    try:
        good = (
            found is not None
            and len(found) == _HPKE_PUBLIC
            and mlkem.MLKEM768PublicKey.from_public_bytes(found[:_MLKEM_PUBLIC])
        )
    except ValueError:
        good = False
    return None if good else f"base64 of an MLKEM768_X25519 public key ({_HPKE_PUBLIC} bytes), as keygen writes it"


def _signature(_key: Key, value: object) -> str | None:
    found = raw(value) if isinstance(value, str) else None
    return None if found is not None and len(found) == _SIGNATURE else "base64 of an Ed25519 signature (64 bytes)"


def _host(_key: Key, value: object) -> str | None:
    return None if isinstance(value, str) and _is_host(value) else "a lower-case host name or address, without a port"


def _service(_key: Key, value: object) -> str | None:
    found = service(value) if isinstance(value, str) else None
    good = found is not None and (found[0] == "https" or is_loopback(found[1]))
    return None if good else "an address like https://collect.example (http only on this very computer)"


def _proxy(_key: Key, value: object) -> str | None:
    return (
        None if isinstance(value, str) and service(value) is not None else "an address like http://proxy.example:8080"
    )


_programs = _listed(
    lambda _key, item: _PROGRAM.fullmatch(item) is not None, lambda _key: "lower-case file names", lambda key: key.most
)

CHECKS: Final[dict[str, Callable[[Key, object], str | None]]] = {
    "whole": _whole,
    "yes-no": _yes_no,
    "text": _text,
    "texts": _texts,
    "id": _matches(_ID, "1 to 64 of a-z, 0-9, dot, hyphen and underscore"),
    "choice": _choice,
    "choices": _listed(
        lambda key, item: item in key.choices, lambda key: ", ".join(key.choices), lambda key: len(key.choices)
    ),
    "programs": _programs,
    "programs-or-all": _programs_or_all,
    "time": _time,
    "date": _date,
    "ed25519": _ed25519,
    "hpke": _hpke,
    "signature": _signature,
    "host": _host,
    "service": _service,
    "link": _matches(_LINK, "an address that begins with https://"),
    "proxy": _proxy,
    "pem": _matches(_PEM, "certificates in PEM"),
    "token": _matches(_TOKEN, "1 to 200 visible ASCII characters"),
    "country": _matches(_COUNTRY, "a country code like DE"),
    "countries": _listed(
        lambda _key, item: _COUNTRY.fullmatch(item) is not None, lambda _key: "codes like DE", lambda key: key.most
    ),
    "hours": _listed(
        lambda _key, item: parse_hours(item) is not None, lambda _key: "like mon tue 18:00-09:00", lambda key: key.most
    ),
    "languages": _listed(
        lambda _key, item: _LANGUAGE.fullmatch(item) is not None, lambda _key: "codes like en", lambda key: key.most
    ),
}


def wrong(key: Key, value: object) -> str | None:
    """None if ``value`` is right for ``key``, else what it should be. An empty text is right if it is the default."""
    if key.default == "" and value == "":
        return None
    return CHECKS[key.kind](key, value)
