"""Which of several: in one record the second value of a kind is told as ``[name 2]``, the same value always the same.

Numbers belong to one record and begin anew in the next. Were they of the whole session, a gap among them would tell
the organisation that something was taken out or kept back, and a new start of a pause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from agent.redaction.kinds import (
    ACCOUNT,
    ADDRESS,
    BIRTH,
    EMAIL,
    IBAN,
    ID,
    IP,
    LICENCE,
    MAC,
    MEDICAL,
    NAME,
    PASSPORT,
    PHONE,
    PLACE,
    PLATE,
    WALLET,
    placeholder,
)
from agent.redaction.view import fold

#: Not passwords, secrets and cards: that two of them are the same is a thing to keep, too.
NUMBERED: Final = frozenset({
    ACCOUNT, ADDRESS, BIRTH, EMAIL, IBAN, ID, IP, LICENCE, MAC, MEDICAL, NAME, PASSPORT, PHONE, PLACE, PLATE, WALLET,
})  # fmt: skip

_NOT_ALNUM: Final = re.compile(r"[\W_]+")
_WORDS: Final = re.compile(r"[^\W_]+")
_NUMBER: Final = re.compile(r" ([1-9][0-9]{0,4})\]\Z")


def is_placeholder(mark: str, kind: str) -> bool:
    """Is this what stands where something of ``kind`` was, with a number or without?"""
    if mark == placeholder(kind):
        return True
    number = _NUMBER.search(mark)
    if number is None or kind not in NUMBERED or number.group(1) == "1":
        return False
    return mark == numbered(kind, int(number.group(1)))


def numbered(kind: str, number: int) -> str:
    """The placeholder of the ``number``-th value of a kind; the first has no number."""
    plain = placeholder(kind)
    return plain if number == 1 else f"{plain[:-1]} {number}]"


def number_of(mark: str) -> int:
    """The number of a placeholder."""
    number = _NUMBER.search(mark)
    return int(number.group(1)) if number is not None else 1


def in_order(marks: Sequence[tuple[str, str]]) -> list[str]:
    """Kinds and placeholders in the order of a text -> the placeholders, numbered by where each value first stands.

    So no number is missing, whatever was taken out by hand or found later.
    """
    seen: dict[str, dict[int, int]] = {}
    found = []
    for kind, mark in marks:
        if kind not in NUMBERED or not is_placeholder(mark, kind):
            found.append(mark)
            continue
        known = seen.setdefault(kind, {})
        found.append(numbered(kind, known.setdefault(number_of(mark), len(known) + 1)))
    return found


class Numbers:
    """The values of one record, while it is made. Keeps them no longer."""

    def __init__(self, marks: Iterable[tuple[str, str]]) -> None:
        """marks: kind and placeholder of what is already out; of those the values are not known any more."""
        self._next: dict[str, int] = {}
        self._values: dict[tuple[str, str], int] = {}
        self._names: list[tuple[frozenset[str], int]] = []
        for kind, mark in marks:
            if kind in NUMBERED and is_placeholder(mark, kind):
                self._next[kind] = max(self._next.get(kind, 1), number_of(mark) + 1)

    def mark(self, kind: str, value: str) -> str:
        """The placeholder for this value."""
        if kind not in NUMBERED:
            return placeholder(kind)
        folded = fold(value)
        key = kind, _NOT_ALNUM.sub("", folded)
        if key not in self._values:
            number = self._same_person(folded) if kind == NAME else None
            if number is None:
                number = self._next.get(kind, 1)
                self._next[kind] = number + 1
            self._values[key] = number
        return numbered(kind, self._values[key])

    def _same_person(self, folded: str) -> int | None:
        """The number of the one whose name this is a part of, or tells more fully; None: nobody's, or several'."""
        words = frozenset(_WORDS.findall(folded))
        numbers = {number for known, number in self._names if known <= words or words <= known}
        number = numbers.pop() if len(numbers) == 1 else None
        self._names.append((words, self._next.get(NAME, 1) if number is None else number))
        return number
