"""Payment cards, IBANs and national accounts by ISO 7812, ISO 13616 and what the national schemes publish."""

# lists of forms and sentences in many scripts

# ruff: noqa: E501, RUF001  # lists of forms and sentences in many scripts

from __future__ import annotations

import random

from tests.redaction_cases.draw import digits, grouped, letters, luhn_digit

_CARDS = (
    ("4", 16), ("4", 16), ("51", 16), ("53", 16), ("55", 16), ("2223", 16), ("2699", 16), ("34", 15), ("37", 15), ("36", 14), ("6011", 16),
    ("65", 16), ("3530", 16), ("3569", 16), ("62", 16), ("62", 19), ("6759", 16), ("5018", 16), ("2200", 16), ("60", 16), ("9792", 16), ("4", 13),
)  # fmt: skip
#: Country, then its bank account in the letters of the registry: n digits, a capitals, c either.
_IBANS = (
    "DE18n", "FR10n 11c 2n", "GB4a 14n", "ES20n", "IT1a 10n 12c", "NL4a 10n", "PL24n", "SE20n", "NO11n", "CH5n 12c", "TR5n 1n 16c", "AT16n",
    "BE12n", "DK14n", "FI14n", "PT21n", "CZ20n", "SK20n", "HU24n", "RO4a 16c", "BG4a 6n 8c", "HR17n", "SI15n", "LT16n", "LV4a 13c", "EE16n",
    "IE4a 14n", "LU3n 13c", "MT4a 5n 18c", "CY8n 16c", "GR7n 16c", "IL19n", "SA2n 18c", "AE19n", "QA4a 21c", "KW4a 22c", "BR23n 1a 1c",
    "UA6n 19c", "GE2a 16n", "IS22n", "LI5n 12c", "MC10n 11c 2n", "RS18n", "PK4a 16c", "EG25n", "TN20n", "KZ3n 13c", "AL8n 16c", "SM1a 10n 12c",
)  # fmt: skip


def card(rng: random.Random) -> str:
    """An issuer's number with its check digit, or with one digit mistyped."""
    start, size = rng.choice(_CARDS)
    body = start + digits(rng, size - len(start) - 1)
    value = body + luhn_digit(body)
    if size == 16 and rng.random() < 0.15:
        value = value[:-1] + str((int(value[-1]) + rng.randint(1, 9)) % 10)
    sign = rng.choice((" ", "-", "", " ", ".", "\u00a0", "  "))
    if size == 15 and sign:
        return f"{value[:4]}{sign}{value[4:10]}{sign}{value[10:]}"
    if size == 14 and sign:
        return f"{value[:4]}{sign}{value[4:10]}{sign}{value[10:]}"
    return grouped(value, 4, sign)


def iban(rng: random.Random) -> str:
    """A country's form with fitting check digits, as paper, screen and hand write it."""
    form = rng.choice(_IBANS)
    country, body = form[:2], ""
    for part in form[2:].split():
        among = {"n": "0123456789", "a": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "c": "0123456789ABCDEFGHKMT"}[part[-1]]
        body += letters(rng, int(part[:-1]), among)
    number = int("".join(str(int(char, 36)) for char in f"{body}{country}00"))
    value = f"{country}{98 - number % 97:02}{body}"
    if rng.random() < 0.12:
        value = value[:8] + str((ord(value[8]) + 1) % 10) + value[9:]
    return rng.choice(
        (
            value,
            grouped(value, 4, " "),
            grouped(value, 4, " "),
            grouped(value, 4, "-"),
            value.lower(),
            grouped(value.lower(), 4, " "),
        )
    )


_ACCOUNTS = {
    "en": ("account number {8}", "acct no. {10}", "account # {9}", "routing number {9}", "ABA {9}", "sort code {s} account {8}", "sort code {s}", "BSB {b}", "account no: {8}", "checking account {10}", "a/c {12}", "IFSC HDFC0{6}"),
    "de": ("Kontonummer {10}", "Konto-Nr. {8}", "BLZ {8}", "Kto. {7}", "Bankleitzahl {8}", "Kontonummer: {9}"),
    "fr": ("numéro de compte {11}", "RIB : {23}", "compte n° {11}"),
    "es": ("número de cuenta {20}", "cuenta {10}", "CCC {20}", "CLABE {18}", "CBU {22}"),
    "it": ("numero di conto {12}", "conto corrente n. {12}", "c/c {12}"),
    "nl": ("rekeningnummer {9}", "bankrekening {10}"),
    "pt": ("número da conta {8}", "conta corrente {6}-{1}", "NIB {21}"),
    "pl": ("numer konta {26}", "nr rachunku {26}"),
    "sv": ("kontonummer {11}", "bankgiro {4}-{4}", "plusgiro {6}-{1}", "clearingnummer {4}, konto {7}"),
    "da": ("kontonummer {10}", "reg.nr. {4} konto {10}"),
    "fi": ("tilinumero {14}",),
    "cs": ("číslo účtu {10}/0800", "účet {10}/2010", "č. účtu {6}-{10}/0100"),
    "tr": ("hesap no {10}", "hesap numarası: {12}"),
    "ru": ("расчётный счёт {20}", "номер счета {20}", "р/с {20}", "к/с {20}", "БИК {9}"),
    "ja": ("口座番号は{7}", "普通口座 {7}"),
    "zh": ("银行账号：{19}", "账号 {19}", "开户账号{18}"),
    "ko": ("계좌번호 {3}-{6}-{2}", "계좌 {11}"),
}  # fmt: skip


def account(rng: random.Random, language: str) -> tuple[str, str]:
    """(label with a ⟦value⟧ that must go, language's filler after it)."""
    form = rng.choice(_ACCOUNTS[language])
    label, _, rest = form.partition("{")
    parts = ("{" + rest).split("{")[1:]
    value = ""
    for part in parts:
        size, _, after = part.partition("}")
        value += {
            "s": digits(rng, 2) + "-" + digits(rng, 2) + "-" + digits(rng, 2),
            "b": digits(rng, 3) + "-" + digits(rng, 3),
        }.get(size, "") or digits(rng, int(size))
        value += after
    # "sort code 11-22-33 account 12345678": the words between stay, both values go.
    for word in (" account ", ", konto ", " konto "):
        if word == " konto " and ", konto" in value:
            continue
        value = value.replace(word, f"⟧{word}⟦")
    if label.endswith(" HDFC0"):
        label, value = label.removesuffix("HDFC0"), "HDFC0" + value
    return label + "⟦" + value + "⟧", value
