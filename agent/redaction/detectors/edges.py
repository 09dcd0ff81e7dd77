"""Where a value begins and ends: what the detectors of numbers share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction.view import View

_TAIL: Final = 160


def joined(folded: str, place: int) -> bool:
    """Is the character at ``place`` a Latin letter, a digit or an underscore, so that a value does not end there?

    Scripts without blanks stand directly beside a number and do not count.
    """
    if not 0 <= place < len(folded):
        return False
    char = folded[place]
    return char == "_" or (char.isascii() and char.isalnum())


def free(folded: str, start: int, end: int) -> bool:
    """Does ``start:end`` stand for itself, not as part of a longer word or number?"""
    return not joined(folded, start - 1) and not joined(folded, end)


def open_digits(view: View) -> int:
    """Where (as typed) the last run of groups with digits begins; the length of the text if it ends with none."""
    floor = max(0, len(view.folded) - _TAIL)
    tail = view.folded[floor:]
    words = list(re.finditer(r"\S+", tail))
    first = len(words)
    while first > 0:
        word = words[first - 1].group()
        if len(word) > 2 and not any(char.isdigit() for char in word):
            break
        first -= 1
    if first == len(words):
        return len(view.text)
    return view.place(floor + words[first].start())


def places(folded: str, word: str) -> Iterator[int]:
    """Where ``word`` (not empty) begins, one after the other."""
    place = folded.find(word)
    while place >= 0:
        yield place
        place = folded.find(word, place + len(word))
