"""Which rule found a part, and why in a sentence. Says nothing of what stood there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from agent.redaction.detectors import Detector
from agent.redaction.view import Span, View

#: Kind -> why, for every rule that says nothing finer of itself.
_WHY: Final = {
    "card number": "It has the digits of a payment card, or stands beside a word for one.",
    "e-mail address": "It has the form of an e-mail address, written or spelled out.",
    "password": "It stands where a password stands: beside a word for one, in an address or on a command line.",
    "secret": "It has the form of a key, a token or a code, or stands beside a word for one.",
    "phone number": "It is written as phone numbers are, or stands beside a word for one.",
    "bank account": "It has the form of an account number of a country, with its check digits.",
    "account number": "It stands beside a word for an account.",
    "ID number": "It has the form of an official number, or stands beside a word for one.",
    "passport number": "It stands beside a word for a passport.",
    "licence number": "It stands beside a word for a licence.",
    "number plate": "It stands beside a word for a vehicle.",
    "health ID": "It stands beside a word for an insurance or a patient.",
    "date of birth": "It is a date beside a word for a birth.",
    "network address": "It has the form of an address of a computer in a network.",
    "device address": "It has the form of the address of a network device.",
    "wallet address": "It has the form of an address of a crypto currency.",
    "position": "It has the form of a place on the map.",
    "address": "It has a street and a number, stands beside a word for an address, or is the home address you gave.",
    "private word": "It is one of your own words.",
    "name": "It reads as the name of a person, or is your own.",
    "user name": "It is the name of your account on this computer.",
    "computer name": "It is the name of this computer.",
}
#: Of rules with a name of their own.
_WHY_BY_RULE: Final = {
    "seen-before": "The same was taken out elsewhere in this session.",
    "own-identity": "It is your name, your account, this computer or the home address you gave.",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """A find with the rule that made it. rule: a stable id. why: one sentence, the same for every find of the rule."""

    span: Span
    rule: str
    why: str


def rule_of(detector: Detector, kind: str) -> str:
    """The id a detector gives its rule, else the kind of the find, in lower case with hyphens."""
    return getattr(detector, "rule", "") or kind.lower().replace(" ", "-")


def why(rule: str, kind: str) -> str:
    """The sentence of a rule; of one that has none, that of what it finds."""
    return _WHY_BY_RULE.get(rule) or _WHY.get(kind, "It looks like something private.")


def explained(text: str, spans: Iterable[Span], detectors: Iterable[Detector]) -> list[Explained]:
    """What each of the ``spans`` of ``text`` is owed to: the first detector that finds its kind there by itself."""
    view = View(text)
    alone = [(detector, span) for detector in detectors for span in detector.find(view)]
    result = []
    for span in spans:
        finder = next(
            (one for one, own in alone if own.kind == span.kind and own.start < span.end and span.start < own.end), None
        )
        rule = rule_of(finder, span.kind) if finder is not None else span.kind.lower().replace(" ", "-")
        result.append(Explained(span, rule, why(rule, span.kind)))
    return result
