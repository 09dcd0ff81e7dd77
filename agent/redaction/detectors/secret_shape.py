"""Does a piece look random, as machines make keys, or like something a person or a program named?"""

from __future__ import annotations

import re
from typing import Final

_UUID: Final = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_HEX: Final = re.compile(r"(?:0x)?[0-9a-fA-F]+")
_TURN: Final = re.compile(r"[a-z](?=[A-Z0-9])|[A-Z](?=[0-9])|[0-9](?=[A-Za-z])|[A-Z](?=[a-z])|[A-Za-z0-9](?=[+/=_-])")
_WORDY: Final = re.compile(r"[A-Z]?[a-z]{4,}|[A-Z]{7,}")
_VOWELS: Final = re.compile(r"[aeiouyAEIOUY]")
_SEGMENT: Final = re.compile(r"[A-Za-z0-9+]{8,}")
#: What a person writes where a secret would stand.
PLACEHOLDER: Final = re.compile(
    r"\$[({\w]|\{\{|<|%[({\w]|\[|#\{|\*{3,}|x{4,}|\.{3}|-{3,}|_{3,}|\?{3,}|~{4,}|none\b|null\b|true\b|false\b|nil\b|undefined\b|required\b"
    r"|string\b|your|example|changeme|change_me|replace|insert|placeholder|redacted|todo|self\.|this\.|os\.|process\.|env\.|getenv|config\."
    r"|settings\.|request\.|ctx\.|await |new |function|lambda|var\.|data\.|secrets\.|vault:|ref\+|arn:aws|https?://|file:|/[a-z]+/|\./|~/",
    re.IGNORECASE,
)
_SAME: Final = re.compile(r"(.)\1{7,}")


def uuid(value: str) -> bool:
    """Is it a UUID? Only a word beside it makes one a secret."""
    return _UUID.fullmatch(value) is not None


def hexadecimal(value: str) -> bool:
    """Is it a hash as far as anybody can see?"""
    return _HEX.fullmatch(value) is not None


def random_piece(value: str, least: int = 16) -> bool:
    """Letters and digits in a mixture that no name has. Not for hexadecimal."""
    size = len(value)
    if size < least or hexadecimal(value) or _SAME.search(value):
        return False
    figures = sum(map(str.isdigit, value))
    if figures == size:
        return False
    lower = any(map(str.islower, value))
    upper = any(map(str.isupper, value))
    turns = len(_TURN.findall(value)) / size
    wordy = sum(len(word) for word in _WORDY.findall(value)) / size
    if lower and upper:
        if figures >= 2:
            return turns > 0.27 and wordy < 0.5
        return size >= 24 and turns > 0.33 and wordy < 0.34
    if figures < 3 or figures / size < 0.1 or size < max(least, 12):
        return False
    # One case: letters between digits, few vowels in a row, many turns.
    return turns > 0.2 and figures / size < 0.75 and wordy < 0.72


def random_token(value: str, least: int = 20) -> bool:
    """Is the token, or a long part of it, random? Paths, identifiers, versions and hashes are not."""
    if uuid(value) or hexadecimal(value):
        return False
    if value.count("/") >= 2 and (value[0] in "/.~" or len(value) < 40 or sum(map(str.isdigit, value)) < 2):
        return False
    return any(random_piece(part, least) for part in _SEGMENT.findall(value) if len(part) >= least)


def mixed(value: str) -> bool:
    """Digits with letters, capitals inside, or signs: not a plain word."""
    letters = any(map(str.isalpha, value))
    if any(map(str.isdigit, value)):
        return letters
    if any(not char.isalnum() and char not in "_-. /" for char in value[:-1]):
        return letters
    return letters and value[1:] != value[1:].lower() and value != value.upper() and len(_WORDY.findall(value)) < 2
