"""Random pieces that the makers of values share; everything hangs on the ``random.Random`` that is handed in."""

from __future__ import annotations

import random
import string

B58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
HEX = "0123456789abcdef"


def digits(rng: random.Random, count: int) -> str:
    """So many digits, the first not zero."""
    return rng.choice("123456789") + "".join(rng.choice(string.digits) for _ in range(count - 1)) if count else ""


def letters(rng: random.Random, count: int, among: str = string.ascii_uppercase) -> str:
    """So many characters of ``among``."""
    return "".join(rng.choice(among) for _ in range(count))


def pattern(rng: random.Random, form: str) -> str:
    """``#`` a digit, ``%`` a digit but zero, ``A`` a capital, ``?`` a small letter, ``*`` a capital or digit."""
    table = {
        "#": string.digits,
        "%": "123456789",
        "A": string.ascii_uppercase,
        "?": string.ascii_lowercase,
        "*": string.ascii_uppercase + string.digits,
    }
    return "".join(rng.choice(table[sign]) if sign in table else sign for sign in form)


def grouped(value: str, size: int, sign: str) -> str:
    """The value in groups of ``size``."""
    return sign.join(value[place : place + size] for place in range(0, len(value), size))


def luhn_digit(body: str) -> str:
    """The check digit (ISO/IEC 7812-1) that ``body`` asks for."""
    total = 0
    for place, char in enumerate(reversed(body)):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def weighted(body: str, weights: tuple[int, ...]) -> int:
    """Sum of digits times weights."""
    return sum(int(char) * weight for char, weight in zip(body, weights, strict=False))


def day(rng: random.Random) -> tuple[int, int, int]:
    """Year, month and day of a birth."""
    return rng.randint(1940, 2005), rng.randint(1, 12), rng.randint(1, 28)
