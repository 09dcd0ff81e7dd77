"""Does a piece look random, as machines make keys, or like something a person or a program named?

A step from one character to the next costs bits: as many as it is rare among names, paths and words of programs
(tables from ``tests/training/secrets/shape.py``). What costs clearly more than chance would is random.
"""

# ruff: noqa: E501  # tables and alternatives in groups read better than wrapped ones

from __future__ import annotations

import math
import re
from base64 import b64decode
from functools import lru_cache
from typing import Final

_UUID: Final = re.compile(r"\{?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}?")
_HEX: Final = re.compile(r"(?:0x)?[0-9a-fA-F]+")
_WORDY: Final = re.compile(r"[A-Z]?[a-z]{4,}|[A-Z]{7,}")
_SIGNS: Final = re.compile(r"[^A-Za-z0-9]+")
#: What a person writes where a secret would stand.
PLACEHOLDER: Final = re.compile(
    r"\$[({\w]|\{\{|<|%[({\w]|\[|#\{|\*{3,}|x{4,}|\.{3}|-{3,}|_{3,}|\?{3,}|~{4,}|none\b|null\b|true\b|false\b|nil\b|undefined\b|required\b"
    r"|string\b|your|example|changeme|change_me|replace|insert|placeholder|redacted|todo|self\.|this\.|os\.|process\.|env\.|getenv|config\."
    r"|settings\.|request\.|ctx\.|await |new |function|lambda|var\.|data\.|secrets\.|vault:|ref\+|arn:aws|https?://|file:|/[a-z]+/|\./|~/",
    re.IGNORECASE,
)
_SAME: Final = re.compile(r"(.)\1{7,}|0123456789|abcdefgh", re.IGNORECASE)
#: Identifiers of known making that nobody keeps secret: ULID, IPFS, names that compilers make, objects of services.
_KNOWN: Final = re.compile(
    r"01[0-9A-HJKMNP-TV-Z]{24}|Qm[1-9A-HJ-NP-Za-km-z]{44}|bafy[a-z2-7]{50,}|_Z[A-Za-z0-9_]+"
    r"|(?:cus|pi|pm|price|prod|sub|evt|ch|in|txn|req|acct|seti|si|po|re|dp|file|msg|run|thread|asst|chatcmpl|batch|org|proj|call)[_-][A-Za-z0-9]{14,32}"
)  # fmt: skip

#: Halves of bits (base 36) that the letter of the column costs after the letter of the row.
_PAIRS: Final = (
    "fa88ieakamc687o9n675cdfedj", "5b9d8fgi88i6df8am9ae6lik8g", "7hde6fh7bn77dh4eiac6afiken", "7ce93dfi5jj8gg7fla9c8hjkdm",
    "9f88dbdkgni6a7gbd647hdd9dk", "7fcb87ek4kp8gf5fm7ba8mhmdp", "afdf3ha97ol9d8bgo86b9giljf", "4ige4hjh7nhcdf5hn9d8bljngm",
    "cb9abc9mhlh7947ala76mcpcrb", "8kdf3fhhagagii59kh6g5jglfl", "8gdc2gaf6jj8jbddgc7eci9nej", "7ega45jk6oi8ig6dqha9ahkqck",
    "5bhd4ikk8ohbag66qh9camnocn", "7h866a6h9lddgb7dlg85bbkngn", "cb87hdclemc985a8s6998caejh", "5iec5ghe9qf7ih78k6c7bfhp7r",
    "fieghihfgmi7idhdebbi1jfijk", "7hbb4eak7pddbb6ep978bcgmbr", "bkbh4heb8nedfhaagg839ifkco", "7hcd3el76qgddh8do79abhfgai",
    "b9bd7bblaql685d8s686gloiom", "4gej2fhj7nnjdhbgngfgkihlkl", "5jec8fha3nkcf87gk69gjjafno", "9f6d7bkf7mldahe6mfd3ghj9ai",
    "edacaefhbmja97d4kd55hdagdd", "9igd2eie5mlcce8dkhefiphgd9",
)  # fmt: skip
#: Bits from a small letter, a capital, a digit, a sign (rows) to each of them.
_STEPS: Final = ((0.2, 5.8, 6.6, 3.1), (1.6, 0.8, 5.6, 3.7), (3.0, 5.2, 0.5, 2.9), (0.4, 3.6, 4.3, 3.2))
_FIRST: Final = 4.2
_DIGIT: Final = math.log2(10)
_SIGN: Final = 2.0
#: Longer pieces are judged by their beginning.
_JUDGED: Final = 64


@lru_cache(maxsize=8192)
def _step(before: str, after: str) -> float:
    first, second = _kind(before), _kind(after)
    bits = _STEPS[first][second]
    if second == 3:
        return bits + _SIGN
    if second == 2:
        return bits + _DIGIT
    if first > 1 or (first == 0 and second == 1):
        return bits + _FIRST
    return bits + int(_PAIRS[ord(before.lower()) - 97][ord(after.lower()) - 97], 36) / 2


def _kind(char: str) -> int:
    return 0 if "a" <= char <= "z" else 1 if "A" <= char <= "Z" else 2 if char.isdigit() else 3


def surprise(value: str) -> float:
    """Bits by which ``value`` is dearer as a name than as chance; above about 10 nobody named it."""
    value = value[:_JUDGED]
    if not value:
        return 0.0
    one_case = value == value.lower() or value == value.upper()
    chance = 5.17 if one_case else 6.0
    return _FIRST + sum(map(_step, value, value[1:])) - len(value) * chance


def uuid(value: str) -> bool:
    """Is it a UUID? Only a word beside it makes one a secret."""
    return _UUID.fullmatch(value) is not None


def hexadecimal(value: str) -> bool:
    """Is it a hash as far as anybody can see?"""
    return _HEX.fullmatch(value) is not None


def random_piece(value: str, least: int = 16, bits: float = 9.0) -> bool:
    """Letters and digits in a mixture that no name has. Not for hexadecimal."""
    size = len(value)
    if size < least or value.isdigit() or hexadecimal(value) or _SAME.search(value):
        return False
    figures = sum(map(str.isdigit, value))
    if figures < 2 and (value == value.lower() or value == value.upper() or size < 20):
        return False
    return surprise(value) > bits


def random_token(value: str, least: int = 20, bits: float = 11.0) -> bool:
    """Is the token, or a long part of it, random? Paths, identifiers, versions and hashes are not."""
    if len(value) < least or uuid(value) or hexadecimal(value) or _KNOWN.fullmatch(value):
        return False
    if value.isalnum():
        return random_piece(value, least, bits)
    pieces = [piece for piece in _SIGNS.split(value) if piece]
    if any(random_piece(piece, least, bits) for piece in pieces):
        return True
    core = value.rstrip("=")
    if len(pieces) * 8 > len(core) + 8 or core == core.lower() or core == core.upper() or len(core) < least:
        return False
    if not any(map(str.isdigit, core)) or _SAME.search(core):
        return False
    return surprise(core) > bits + 6


def repeated(value: str) -> bool:
    """Is it filled up with one character, or counted up?"""
    return _SAME.search(value) is not None


def encoded(value: str) -> bool:
    """Is it base64 (with its padding) of something that is no text?"""
    if len(value) % 4 or surprise(value.rstrip("=")) < 3 or not any(map(str.isdigit, value)):
        return False
    try:
        raw = b64decode(value, validate=True)
    except ValueError:
        return False
    return not raw.isascii()


def mixed(value: str) -> bool:
    """Digits with letters, capitals inside, or signs: not a plain word."""
    letters = any(map(str.isalpha, value))
    if any(map(str.isdigit, value)):
        return letters
    if any(not char.isalnum() and char not in "_-. /" for char in value[:-1]):
        return letters
    return letters and value[1:] != value[1:].lower() and value != value.upper() and len(_WORDY.findall(value)) < 2
