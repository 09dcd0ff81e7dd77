"""One text in two forms: as typed, and folded for matching, with a map from the second to the first.

Folding makes ``Ｐａｓｓ\u200bwörter`` and ``passworter`` the same to a detector: compatibility forms (Unicode NFKD,
UAX 15), case, accents, zero-width characters, every kind of dash, blank, quote and digit. Spans are always handed
out in code points of the text as typed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from agent.records import Raw

#: Stands for a part that is already taken out. No detector matches across it.
BARRIER: Final = "\ufffc"

_LETTERS: Final = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
_MARKS: Final = {
    "\r": "\n",
    "\x0b": "\n",
    "\x0c": "\n",
    "\x85": "\n",
    "。": ".",
    "•": "·",
    **dict.fromkeys("‘’‚‛´ʼ‹›", "'"),
    **dict.fromkeys("“”„‟«»「」『』", '"'),
}
#: So many signs are remembered; there are more, but not in what people type.
_MOST_SIGNS: Final = 8192
_BY_CATEGORY: Final = {"Cf": "", "Mn": "", "Me": "", "Pd": "-", "Zs": " ", "Zl": "\n", "Zp": "\n"}


class Span(NamedTuple):
    """Code points ``start:end`` of a text, and what was found there. Holds no content."""

    start: int
    end: int
    kind: str


class _Folded(dict[str, str]):
    """Signs as they are folded, each worked out once: single signs say nothing of what was typed."""

    def __missing__(self, char: str) -> str:
        folded = _fold_char(char)
        if len(self) < _MOST_SIGNS:
            self[char] = folded
        return folded


def _fold_char(char: str) -> str:
    if char in _MARKS:
        return _MARKS[char]
    category = unicodedata.category(char)
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    if category == "Nd":
        return str(unicodedata.decimal(char))
    parts = unicodedata.normalize("NFKD", char.casefold()).casefold()
    return "".join(
        _LETTERS.get(part, _MARKS.get(part, part))
        for part in parts
        if unicodedata.category(part) not in {"Mn", "Me", "Cf"}
    )


_FOLDED: Final = _Folded()


def fold(text: str) -> str:
    """The form in which texts, labels and own words are compared. Folding twice is folding once."""
    if text.isascii() and "\r" not in text:
        return text.lower()
    return "".join(map(_FOLDED.__getitem__, text))


_DIGIT: Final = re.compile(r"\d")
_LONG: Final = re.compile(r"\S{13}")
_WORDS: Final = re.compile(r"[^\W\d_]+")


class View(Raw):
    """``text`` as typed and ``folded`` for matching. Raw: it cannot be printed, pickled or copied."""

    __slots__ = ("_cased", "_digits", "_long", "_origin", "_words", "folded", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._origin: list[int] | None = None
        self._digits: bool | None = None
        self._long: bool | None = None
        self._words: frozenset[str] | None = None
        self._cased: str | None = None
        if text.isascii():
            self.folded = fold(text)
            return
        pieces = list(map(_FOLDED.__getitem__, text))
        self.folded = "".join(pieces)
        if len(self.folded) != len(text) or "" in pieces:
            self._origin = [place for place, piece in enumerate(pieces) for _ in piece]

    @property
    def digits(self) -> bool:
        """Is there a digit at all? Most rules need one."""
        if self._digits is None:
            self._digits = _DIGIT.search(self.folded) is not None
        return self._digits

    @property
    def long(self) -> bool:
        """Is there a piece of 13 characters without a blank, as every token has?"""
        if self._long is None:
            self._long = _LONG.search(self.folded) is not None
        return self._long

    @property
    def words(self) -> frozenset[str]:
        """The words of the folded form, each once: what a table of labels is asked with."""
        if self._words is None:
            self._words = frozenset(_WORDS.findall(self.folded))
        return self._words

    @property
    def cased(self) -> str:
        """The folded form with the capitals of the typed one, place by place; folded where they cannot be aligned."""
        if self._cased is None:
            if self.text.isascii():
                self._cased = self.text.replace("\r", "\n")
            else:
                origin = range(len(self.text)) if self._origin is None else self._origin
                self._cased = "".join(
                    char.upper() if self.text[place].isupper() and char.isascii() else char
                    for char, place in zip(self.folded, origin, strict=True)
                )
        return self._cased

    def span(self, start: int, end: int, kind: str) -> Span:
        """The span as typed of folded ``start:end`` (not empty), with the marks and zero-width characters after it."""
        if self._origin is None:
            return Span(start, end, kind)
        after = self._origin[end] if end < len(self._origin) else len(self.text)
        return Span(self._origin[start], max(self._origin[end - 1] + 1, after), kind)

    def place(self, index: int) -> int:
        """The place as typed of folded ``index``; the end of the text for the end of the folded form."""
        if self._origin is None:
            return index
        return self._origin[index] if index < len(self._origin) else len(self.text)

    def typed(self, start: int, end: int) -> str:
        """Folded ``start:end`` as it was typed, with its case."""
        if start >= end:
            return ""
        span = self.span(start, end, "")
        return self.text[span.start : span.end]
