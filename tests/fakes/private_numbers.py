"""Made-up numbers of persons and machines, as people write them: one generator a kind, in changing surroundings."""

from __future__ import annotations

import random
import string
from collections.abc import Callable

from agent.redaction.checks import luhn

_B58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_FRAMES = ("{}", "it is {}.", "({})", "please note: {}", "{} is the new one", "a,b,{},c", "<p>{}</p>", "=> {}\nthanks")


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice(string.digits) for _ in range(count))


def grouped(value: str, size: int, sign: str) -> str:
    return sign.join(value[place : place + size] for place in range(0, len(value), size))


def email(rng: random.Random) -> str:
    local = rng.choice(("jan.novak", "k_b", "o'neill", "m+shop", "x7", "anna-lena.vogt", "info1"))
    return (
        f"{local}{digits(rng, rng.randint(0, 3))}@{rng.choice(('example.org', 'mail.example.co.uk', 'firma.museum'))}"
    )


def card(rng: random.Random) -> str:
    body = rng.choice(("4", "51", "55", "2221", "6011", "3530")) + digits(rng, 15)
    body = body[:15]
    value = next(body + last for last in string.digits if luhn(body + last))
    return rng.choice((value, grouped(value, 4, " "), grouped(value, 4, "-")))


_COUNTRIES = ("DE:22", "FR:27", "GB:22", "ES:24", "IT:27", "NL:18", "PL:28", "SE:24", "NO:15", "CH:21", "TR:26")


def iban(rng: random.Random) -> str:
    country, length = rng.choice(_COUNTRIES).split(":")
    letters = {"GB": 4, "NL": 4, "IT": 1}.get(country, 0)
    body = "".join(rng.choice(string.ascii_uppercase) for _ in range(letters)) + digits(rng, int(length) - 4 - letters)
    number = int("".join(str(int(char, 36)) for char in f"{body}{country}00"))
    value = f"{country}{98 - number % 97:02}{body}"
    if rng.random() < 0.2:
        value = value[:-1] + str((int(value[-1]) + 1) % 10)
    return rng.choice((value, grouped(value, 4, " ")))


def phone(rng: random.Random) -> str:
    number = "".join(rng.choice("23456789") for _ in range(10))
    return rng.choice(
        (
            f"+49 {number[:3]} {number[3:9]}",
            f"+{rng.choice(('1', '33', '44', '81', '380', '971'))} {number[:2]} {number[2:5]} {number[5:9]}",
            f"({number[:3]}) {number[3:6]}-{number[6:]}",
            f"{number[:3]}-{number[3:6]}-{number[6:]}",
            f"{number[:3]}.{number[3:6]}.{number[6:]} x{number[:3]}",
            f"0{number[:3]} {number[3:6]} {number[6:9]}",
            f"0{number[0]} {number[1:3]} {number[3:5]} {number[5:7]} {number[7:9]}",
            f"+{number}",
            f"00{rng.choice(('49', '358', '420'))} {number[:3]} {number[3:9]}",
            f"(0{number[:3]}) {number[3:9]}",
        )
    )


def ip(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return f"{rng.randint(1, 126)}.{rng.randint(0, 255)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}"
    groups = [f"{rng.randint(1, 0xFFFF):x}" for _ in range(8)]
    groups[0] = f"2{rng.randint(0, 0xFFF):03x}"
    return rng.choice((":".join(groups), ":".join(groups[:3]) + "::" + groups[3], ":".join(groups).upper()))


def mac(rng: random.Random) -> str:
    sign = rng.choice(":-")
    value = sign.join(f"{rng.randint(0, 255):02x}" for _ in range(6))
    dotted = grouped("".join(f"{rng.randint(0, 255):02x}" for _ in range(5)) + "a7", 4, ".")
    return rng.choice((value, value.upper(), dotted))


def wallet(rng: random.Random) -> str:
    def base58(count: int) -> str:
        return "a7K" + "".join(rng.choice(_B58) for _ in range(count - 3))

    bech = "q7" + "".join(rng.choice(_BECH) for _ in range(36))
    return rng.choice(
        (
            rng.choice("13") + base58(33),
            f"bc1{bech}",
            f"ltc1{bech}",
            "0x" + "".join(rng.choice("0123456789abcdef") for _ in range(39)) + "7",
            "L" + base58(33),
            "4" + base58(94),
            "T" + base58(33),
        )
    )


KINDS: dict[str, Callable[[random.Random], str]] = {
    "email": email,
    "card": card,
    "iban": iban,
    "phone": phone,
    "ip": ip,
    "mac": mac,
    "wallet": wallet,
}


def cases(kind: str, count: int) -> list[tuple[str, str]]:
    """(text, the value in it), the same ones every time."""
    rng = random.Random(f"private {kind}")
    made = []
    for _ in range(count):
        value = KINDS[kind](rng)
        made.append((rng.choice(_FRAMES).replace("{}", value), value))
    return made
