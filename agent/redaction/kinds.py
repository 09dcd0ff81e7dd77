"""What can be taken out, in words: the kind is what stands in the placeholder, the label is what data sets call it."""

from __future__ import annotations

from typing import Final

EMAIL: Final = "e-mail address"
CARD: Final = "card number"
PASSWORD: Final = "password"
OWN_WORD: Final = "private word"
SECRET: Final = "secret"
PHONE: Final = "phone number"
IBAN: Final = "bank account"
ACCOUNT: Final = "account number"
ID: Final = "ID number"
PASSPORT: Final = "passport number"
LICENCE: Final = "licence number"
PLATE: Final = "number plate"
MEDICAL: Final = "health ID"
BIRTH: Final = "date of birth"
IP: Final = "network address"
MAC: Final = "device address"
WALLET: Final = "wallet address"
PLACE: Final = "position"
ADDRESS: Final = "address"
NAME: Final = "name"
USER_NAME: Final = "user name"
COMPUTER: Final = "computer name"

#: What is never known: content of a paste, what an undo changed, keys that an input method took.
PASTED: Final = "pasted"
UNDO: Final = "undo"
INPUT_METHOD: Final = "input-method"

#: A part the employee took out by hand.
BY_EMPLOYEE: Final = "removed by you"

#: Kind -> label in evaluation data. The order is the precedence when two equally long finds overlap.
LABELS: Final = {
    PASSWORD: "PASSWORD",
    CARD: "CREDIT_CARD",
    EMAIL: "EMAIL",
    IBAN: "IBAN",
    ACCOUNT: "BANK_ACCOUNT",
    ID: "NATIONAL_ID",
    PASSPORT: "PASSPORT",
    LICENCE: "DRIVER_LICENSE",
    PLATE: "LICENSE_PLATE",
    MEDICAL: "MEDICAL_ID",
    BIRTH: "DOB",
    PHONE: "PHONE",
    IP: "IP_ADDRESS",
    MAC: "MAC_ADDRESS",
    WALLET: "CRYPTO",
    PLACE: "LOCATION",
    SECRET: "SECRET",
    ADDRESS: "ADDRESS",
    OWN_WORD: "OWN_WORD",
    NAME: "PERSON",
    USER_NAME: "USERNAME",
    COMPUTER: "HOSTNAME",
}

PRECEDENCE: Final = {kind: rank for rank, kind in enumerate(LABELS)}


def placeholder(kind: str) -> str:
    """What stands in the text where something of this kind was."""
    return f"[{kind.replace('input-method', 'input method')}]"
