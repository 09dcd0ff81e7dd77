"""Phrases that restore a wallet: 12 to 24 words of the published list (BIP-39, English), in a row or as a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from agent.redaction.detectors.secret_phrase_words import LIST
from agent.redaction.kinds import SECRET
from agent.redaction.view import Span, View

_WORD: Final = re.compile(r"[a-z]{2,12}")
#: Between two words of a phrase: blanks, commas, lines, numbers and bullets of a list.
_BETWEEN: Final = re.compile(r"[\s,;|/\"'-]{0,6}(?:[#(]?\d{1,2}[.):=]?[\s]{0,3}|[*·-]\s{1,2})?[\s\"'-]{0,3}")
#: Five words of the list's lengths at the end: the beginning of a phrase perhaps.
_FOUR: Final = re.compile(r"\b(?:[a-z]{3,9}+[^a-z]{1,12}+){4}[a-z]{0,9}\Z")
#: The shortest phrase, in words.
LEAST: Final = 12
_KNOWN: Final = 9
#: Twelve words of three to eight letters, as those of the list are, or of one more.
_TWELVE: Final = re.compile(r"\b(?:[a-z]{3,9}+[^a-z]{1,12}+){11,}[a-z]{3,9}")
#: One word in six may be mistyped.
_WRONG_IN: Final = 6
_MOST: Final = 26
_TAIL: Final = 400


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """The words, and their first four letters: no two share them, so they tell a word that was typed wrongly."""
    all_words = frozenset(LIST.split())
    return all_words, frozenset(word[:4] for word in all_words if len(word) > 3)


def find(view: View) -> Iterator[Span]:
    """Phrases of at least twelve words in a row of which few are not in the list."""
    folded = view.folded
    if len(folded) < 47:
        return
    listed = _words()[0]
    for words in _TWELVE.finditer(folded):
        if sum(map(listed.__contains__, _WORD.findall(words.group()))) < _KNOWN:
            continue
        for start, end, count in _runs(folded, words.start(), words.end()):
            if count >= LEAST:
                yield view.span(start, end, SECRET)


def open_from(view: View) -> int:
    """Where the last run of listed words begins, if it is long enough to become a phrase; the text's length if not."""
    folded = view.folded
    floor = max(0, len(folded) - _TAIL)
    last = len(folded)
    if _FOUR.search(folded, floor) is None:
        return view.place(last)
    for start, end, count in _runs(folded, floor, len(folded)):
        if count >= 4 and end >= len(folded) - 12:
            last = start
    return view.place(last)


def _runs(folded: str, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Runs of listed words with nothing between them but blanks and numbers: start, end, how many are listed."""
    listed, beginnings = _words()
    start = end = count = wrong = 0
    before = -1
    for match in _WORD.finditer(folded, first, last):
        word = match.group()
        known = word in listed
        near = not known and len(word) > 3 and (word[:4] in beginnings or _one_off(word, listed))
        joined = before >= 0 and match.start() - before <= 12 and _BETWEEN.fullmatch(folded, before, match.start())
        if not joined or not (known or near) or (near and (wrong + 1) * _WRONG_IN > count + _WRONG_IN):
            if count:
                yield start, end, count
            count = wrong = 0
            start = match.start()
        if known or (near and count):
            if not count:
                start = match.start()
            count += 1
            wrong += not known
            end = match.end()
        before = match.end()
    if count:
        yield start, end, count


def _one_off(word: str, listed: frozenset[str]) -> bool:
    """Is it a listed word with two letters changed round or one too many?"""
    if len(word) > 9:
        return False
    return any(
        word[:place] + word[place + 1 : place + 2] + word[place : place + 1] + word[place + 2 :] in listed
        or word[:place] + word[place + 1 :] in listed
        for place in range(len(word))
    )
