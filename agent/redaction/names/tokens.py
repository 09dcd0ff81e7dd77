"""The tokens of a text, and what is known of each before its place is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from agent.redaction.names.words import (
    COMMON_MASK,
    FIRST,
    HAS_CJK,
    LABELS,
    LAST,
    MARKS_MASK,
    PARTICLES,
    PLACE,
    SMALL_LABELS,
    TOKEN,
    cjk_class,
    cjk_features,
    is_cjk,
    shape,
    sign_class,
    word_class,
    word_features,
)

#: Capitals that are words by themselves, or marks: initials only between other parts of a name.
_LONE: Final = frozenset("aeiouxyаиоуя")
#: Laughter and drawn out words of chat, which no list holds and no name looks like.
_DRAWN_OUT: Final = re.compile(r"(.)\1\1|(?:ha|he|hi|ho|ja|je|xa|lo|na|la){3}")
#: Endings of abstract nouns in many languages; names of people have none of them.
_ABSTRACT: Final = re.compile(
    r"(?:ungen|keit|heit|schaft|[ts]ion(?:en|s|e)?|ität(?:en)?|heid|teit|ningen|zion[ei]|[cs]i[oó]n(?:es)?|ç[ãa]o|ções"
    r"|ości?|ност[ьи]|ование|ов[aá]ní|elser|ment[oi])\Z"
)
#: The key of every token of mixed letters and digits.
MACHINE: Final = "000000"
NUMBERS: Final = frozenset(MACHINE[:size] for size in range(1, 7))


class Entry:
    """A token as the model sees it. may: part of a name (2: yes; 3: but not its first; 1: only between others; 0: no).

    ``weights`` are worked out when a stretch near by is judged.
    """

    __slots__ = ("favour", "key", "kind", "marks", "may", "weights")

    def __init__(self, key: str, may: int, kind: int, marks: int, favour: float) -> None:
        self.key, self.may, self.kind, self.marks, self.favour = key, may, kind, marks, favour
        self.weights: Sequence[int] | None = None


def candidate(token: str, low: str, kind: str, known: int) -> int:
    """2: may be part of a name; 1: only between parts of one; 0: never. low, kind: its small letters and its shape."""
    if low in LABELS or token in SMALL_LABELS:
        return 0
    if len(token) == 1 and token != low:
        return 1 if low in _LONE else 2
    common, named = known & COMMON_MASK, known & (FIRST | LAST)
    if low in PARTICLES and common:
        return 1
    if not known & MARKS_MASK and _DRAWN_OUT.search(low):
        return 0
    if not named and len(low) > 8 and _ABSTRACT.search(low):
        return 0
    if kind == "x" and not named:
        likely = common == 0 and 2 < len(token) < 12
    elif kind == "m" and not named:
        likely = common > 0
    else:
        likely = common < 3 or (kind != "x" and named > 0)
    return 2 if likely else 0


def cjk_known(known: Callable[[str], int], run: str) -> int:
    """1 and 2: a surname of one or more signs begins here; 4 beside that: a given name does."""
    surname = 1 if known(run[0]) & LAST else 0
    longer = [known(run[:size]) for size in (2, 3) if len(run) >= size]
    if any(marks & LAST for marks in longer):
        surname = 2
    return surname + (4 if any(marks & FIRST for marks in longer) else 0)


def hyphenated(known: Callable[[str], int], token: str) -> int:
    """What the word table says of a word's parts together: as common as its rarest, a name where a part is one."""
    parts = [known(part) for part in token.split("-")]
    marks = 0
    for part in parts:
        marks |= part & (FIRST | LAST)
    return min(part & COMMON_MASK for part in parts) | marks | parts[-1] & ~MARKS_MASK


def described(known: Callable[[str], int], key: str) -> tuple[int, int, int]:
    """May it be part of a name (see ``candidate``), its class, its marks; ``known``: the word table."""
    sign = key[1] if key[0] == " " else key[0]
    if is_cjk(sign):
        marks = cjk_known(known, key.strip())
        katakana = "\u30a0" <= sign <= "\u30ff"
        may = 0 if "\u3041" <= sign <= "\u309f" else 2 if marks or katakana else 3
        return may, cjk_class(key, marks), marks
    if not sign.isalpha():
        return 0, sign_class(key), 0
    low, kind = key.lower(), shape(key)
    marks = known(low)
    if not marks & MARKS_MASK:
        if "-" in key:
            marks = hyphenated(known, low)
        elif low[-1] == "s" and len(low) > 4:
            marks = known(low[:-1]) or marks  # the genitive of Germanic languages
    return candidate(key, low, kind, marks), word_class(kind, marks), marks


def features_of(key: str, marks: int) -> list[str]:
    """What the model weighs of a token; ``key``: as ``Tokens`` makes it, ``marks``: as ``described`` tells."""
    sign = key[1] if key[0] == " " else key[0]
    return cjk_features(key, marks) if is_cjk(sign) else word_features(key, marks)


def favour_of(key: str, marks: int) -> float:
    """How many times the bias goes to a word. Below zero: a word in small letters that no list holds."""
    if key[0].isupper():
        if marks & PLACE or not marks & (FIRST | LAST) or marks & COMMON_MASK == COMMON_MASK:
            return 0.5 if marks & COMMON_MASK else 1.0
        return 1.5 if marks & FIRST else 1.3
    if marks & MARKS_MASK and not is_cjk(key.strip()):
        return 0.5
    return -1.0 if key[0].islower() else 0.0


class Tokens:
    """The tokens of a text, with the keys under which their entries are found."""

    __slots__ = ("_matches", "keys")

    def __init__(self, text: str) -> None:
        self._matches = list(TOKEN.finditer(text))
        self.keys = [MACHINE if match.lastindex else match[0] for match in self._matches]
        if text.isascii() or HAS_CJK.search(text) is None:
            return
        for index, key in enumerate(self.keys):
            if is_cjk(key):
                start = self._matches[index].start()
                end = start + 1
                while end < start + 3 and end < len(text) and is_cjk(text[end]):
                    end += 1
                first = start == 0 or not is_cjk(text[start - 1])
                self.keys[index] = (" " if first else "") + text[start:end]

    def start(self, index: int) -> int:
        """Where the token begins."""
        return self._matches[index].start()

    def end(self, index: int) -> int:
        """Where the token ends."""
        return self._matches[index].end()
