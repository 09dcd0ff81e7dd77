"""One list of cases a label: the text and where the value stands in it."""

# lists of forms and sentences in many scripts

# ruff: noqa: E501, RUF001  # lists of forms and sentences in many scripts

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.redaction_cases import addresses, carriers, identities, machines, money, noise, papers, phones


@dataclass(frozen=True)
class Case:
    """``text`` with values at ``spans`` (code points)."""

    text: str
    spans: tuple[tuple[int, int], ...]


def _case(marked: str) -> Case:
    text, spans = "", []
    for number, piece in enumerate(marked.replace("⟧", "⟦").split("⟦")):
        if number % 2:
            spans.append((len(text), len(text) + len(piece)))
        text += piece
    return Case(text, tuple(spans))


def _in(carrier: str, value: str) -> str:
    return carrier.replace("{}", f"⟦{value}⟧", 1)


def _labelled(rng: random.Random, label: str, value: str) -> str:
    return rng.choice(carriers.LABELLED).replace("{label}", label).replace("{value}", f"⟦{value}⟧")


def _email(rng: random.Random) -> str:
    value = machines.email(rng)
    if value.startswith("mailto:"):
        return _in(rng.choice(carriers.PLAIN), "⟧").replace("⟦⟧⟧", f"mailto:⟦{value[7:]}⟧")
    frames = carriers.MAIL if "@[" not in value and '"' not in value else ("write to {} please", "To: {}", "({})")
    if "@" not in value:
        frames = tuple(
            frame for frame in frames if " {} " not in f" {frame} " or frame.startswith(("write", "mail", "{} "))
        )
    if rng.random() < 0.08 and "@" in value:
        value = noise.wide(rng, value)
    elif rng.random() < 0.06:
        value = noise.invisible(rng, value)
    return _in(rng.choice(frames), value)


def _disguised(rng: random.Random, value: str, share: float = 0.15) -> str:
    return rng.choice(noise.DISGUISES)(rng, value) if rng.random() < share else value


def _card(rng: random.Random) -> str:
    value = money.card(rng)
    if rng.random() < 0.2:
        words = (
            "card number {}",
            "Kreditkarte: {}",
            "ma carte {}",
            "tarjeta {}",
            "carta di credito {}",
            "卡号{}",
            "カード番号：{}",
            "карта {}",
            "kart no {}",
        )
        slips = (noise.blank, noise.swapped, noise.doubled, noise.lookalike)
        return _in(rng.choice(words), rng.choice(slips)(rng, value))
    return _in(rng.choice(carriers.PLAIN), _disguised(rng, value))


def _iban(rng: random.Random) -> str:
    value = money.iban(rng)
    if rng.random() < 0.2:
        words = ("IBAN {}", "IBAN: {}", "meine IBAN ist {}", "mon IBAN : {}", "mi IBAN es {}", "IBAN nr {}", "iban: {}")
        return _in(rng.choice(words), rng.choice((noise.blank, noise.swapped, noise.lookalike))(rng, value))
    return _in(rng.choice(carriers.PLAIN), _disguised(rng, value))


def _phone(rng: random.Random) -> str:
    carrier, value = phones.phone(rng)
    return _in(carrier, _disguised(rng, value, 0.1))


def _ip(rng: random.Random) -> str:
    value = machines.ip(rng)
    frames = carriers.NET if "/" not in value and "%" not in value and "[" not in value else carriers.PLAIN
    if value.startswith(("127.", "::1")):
        frames = tuple(frame for frame in frames if ":8" not in frame and "//" not in frame)  # there it is code
    frame = rng.choice(frames)
    if ":" in value and ("http" in frame or "{}:8080" in frame):
        frame = frame.replace("{}", "[{}]")
    return _in(frame, _disguised(rng, value, 0.06) if "%" not in value else value)


def _mac(rng: random.Random) -> str:
    if rng.random() < 0.2:
        return _in(rng.choice(carriers.DEVICE), machines.labelled_mac(rng))
    return _in(rng.choice(carriers.PLAIN + carriers.DEVICE), _disguised(rng, machines.mac(rng), 0.08))


def _wallet(rng: random.Random) -> str:
    if rng.random() < 0.15:
        return _in(rng.choice(carriers.WALLET), machines.labelled_wallet(rng))
    return _in(rng.choice(carriers.PLAIN + carriers.WALLET), machines.wallet(rng))


def _address(rng: random.Random) -> str:
    carrier, value = addresses.address(rng, rng.choice(sorted(addresses.COUNTRIES)))
    after = rng.choice(("", "", ".", ", thanks", "\nbye", "!"))
    return _in(carrier, value) + ("" if carrier.endswith("ください") else after)


def _identity(rng: random.Random) -> str:
    label, value, shown = identities.identity(rng)
    if shown and rng.random() < 0.3:
        return _in(rng.choice(carriers.PLAIN), value)
    if rng.random() < 0.1:
        value = rng.choice((noise.other_digits, noise.invisible, noise.swapped))(rng, value)
    return _labelled(rng, label, value)


def _passport(rng: random.Random) -> str:
    if rng.random() < 0.15:
        return _in(rng.choice(("{}", "scan says:\n{}\nok", "MRZ: {}")), papers.mrz(rng))
    return _labelled(rng, *papers.passport(rng))


def _licence(rng: random.Random) -> str:
    if rng.random() < 0.15:
        return _in(rng.choice(carriers.PLAIN), papers.uk_licence(rng))
    return _labelled(rng, *papers.licence(rng))


def _plate(rng: random.Random) -> str:
    return _labelled(rng, *papers.plate(rng, rng.choice(carriers.LANGUAGES)))


def _birth(rng: random.Random) -> str:
    carrier, value = papers.birth(rng, rng.choice(carriers.LANGUAGES))
    return _in(carrier, value) + rng.choice(("", ".", ", ok", " - ja", "\nx"))


def _account(rng: random.Random) -> str:
    made, _ = money.account(rng, rng.choice(carriers.LANGUAGES))
    return rng.choice(("{}", "{}.", "hi, {}, thanks", "({})", "- {}")).replace("{}", made)


def _health(rng: random.Random) -> str:
    label, value = papers.health(rng, rng.choice(carriers.LANGUAGES))
    return _labelled(rng, label.rstrip(":"), value)


def _position(rng: random.Random) -> str:
    value = machines.position(rng)
    return rng.choice(carriers.PLAIN).replace("{}", value if "⟦" in value else f"⟦{value}⟧", 1)


LABELS: dict[str, Callable[[random.Random], str]] = {
    "EMAIL": _email, "CREDIT_CARD": _card, "IBAN": _iban, "PHONE": _phone, "IP_ADDRESS": _ip, "MAC_ADDRESS": _mac, "CRYPTO": _wallet,
    "ADDRESS": _address, "NATIONAL_ID": _identity, "PASSPORT": _passport, "DRIVER_LICENSE": _licence, "LICENSE_PLATE": _plate, "DOB": _birth,
    "BANK_ACCOUNT": _account, "MEDICAL_ID": _health, "LOCATION": _position,
}  # fmt: skip


def cases(label: str, count: int, seed: int = 1) -> Iterator[Case]:
    """The same ones every time."""
    rng = random.Random(f"{label} {seed}")
    for _ in range(count):
        yield _case(LABELS[label](rng))
