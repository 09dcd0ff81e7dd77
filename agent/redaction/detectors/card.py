"""Payment card numbers: 12 to 19 digits, in one piece or with separators.

Issuer ranges: ISO/IEC 7812-1 as published by the schemes. The Luhn check (ISO/IEC 7812-1, annex B) lowers what else
is asked for and never vetoes: typed numbers hold mistakes, and a mistyped card number is still one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction.kinds import CARD
from agent.redaction.view import Span, View, fold

_SEPARATORS: Final = r"[\s.\-_/,·|*]{0,3}"
_REGION: Final = re.compile(rf"\d(?:{_SEPARATORS}+\d)*+")
_GROUP: Final = re.compile(r"\d+")
#: The letters that hands and scanners put for digits; beside a card word only.
_SLIPPED: Final = re.compile(r"(?<![a-z])(?=[\doli])(?:[\doli]{1,19}[ .\-]{0,2}){1,6}(?<=[\doli])(?![a-z0-9])")
_PRODUCT: Final = re.compile(r"(?:ean|upc|gtin|isbn|barcode|imei|iccid|strichcode|code-barres)\b[^\n]{0,12}\Z")
#: How cards are printed: a longer row of numbers holds one only in these groups.
_PRINTED: Final = frozenset(
    {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 3), (8, 8), (4, 4, 4, 2), (4, 4, 4, 1), (4, 4, 4, 4, 3)}
)
_OPEN: Final = re.compile(r"[\d\s.\-_/,·|*]*\Z")

_WORDS: Final = re.compile(
    "|".join(
        sorted(
            {
                fold(word)
                for word in (
                    "card", "karte", "kreditkort", "kaart", "carte", "carta", "tarjeta", "cartão", "karta", "karty",
                    "kortti", "kortnummer", "kortet", "kart no", "kartı", "карт", "カード", "卡号", "信用卡", "银行卡",
                    "카드", "visa", "mastercard", "master card", "maestro", "amex", "american express", "diners",
                    "discover", "unionpay", "银联", "jcb", "debit", "kredit", "credit", "cvv", "cvc",
                )
            }
        )
    )
)  # fmt: skip

#: First digits (low, high), and the lengths that scheme issues.
_ISSUERS: Final = (
    ("34", "34", (15,)),
    ("37", "37", (15,)),
    ("300", "305", (14, 16, 19)),
    ("309", "309", (14, 16, 19)),
    ("36", "36", (14, 16, 19)),
    ("38", "39", (14, 16, 19)),
    ("3528", "3589", (16, 17, 18, 19)),
    ("4", "4", (13, 16, 19)),
    ("51", "55", (16,)),
    ("2221", "2720", (16,)),
    ("2200", "2205", (16, 17, 18, 19)),
    ("50", "50", (12, 13, 14, 15, 16, 17, 18, 19)),
    ("56", "58", (12, 13, 14, 15, 16, 17, 18, 19)),
    ("60", "69", (12, 13, 14, 15, 16, 17, 18, 19)),
    ("81", "82", (16, 17, 18, 19)),
    ("9792", "9792", (16,)),
)
_MOST: Final = 19
_MOST_GROUPS: Final = max(map(len, _PRINTED))
_NEAR_BEFORE: Final = 60
_NEAR_AFTER: Final = 24


def luhn(digits: str) -> bool:
    """Is the last digit the check digit of the ones before it?"""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = ord(char) - 48
        if place % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0


def _issued(digits: str) -> tuple[int, ...]:
    """Lengths that cards beginning like this have; empty if no scheme issues them."""
    for low, high, lengths in _ISSUERS:
        if low <= digits[: len(low)] <= high:
            return lengths
    return ()


class _Region:
    """A run of digits and separators. ``groups``: (start, end) of each block of digits, in folded places."""

    __slots__ = ("card_words", "folded", "groups", "plus", "product")

    def __init__(self, folded: str, start: int, end: int) -> None:
        self.folded = folded
        self.groups = [match.span() for match in _GROUP.finditer(folded, start, end)]
        around = folded[max(0, start - _NEAR_BEFORE) : start] + "\n" + folded[end : end + _NEAR_AFTER]
        self.card_words = _WORDS.search(around) is not None
        self.product = _PRODUCT.search(folded, max(0, start - 30), start) is not None
        self.plus = start > 0 and folded[start - 1] in "+("

    def digits(self, first: int, last: int) -> str:
        return "".join(self.folded[start:end] for start, end in self.groups[first : last + 1])

    def separators(self, first: int, last: int) -> set[str]:
        pairs = zip(self.groups[first:last], self.groups[first + 1 : last + 1], strict=True)
        return {self.folded[left[1] : right[0]] for left, right in pairs}

    def sizes(self, first: int, last: int) -> list[int]:
        return [end - start for start, end in self.groups[first : last + 1]]


def _row(region: _Region, first: int, last: int) -> bool:
    """Does it stand in a row or table, where the next number is as far away as its own groups from each other?"""
    inner = region.separators(first, last)
    sign = next(iter(inner))
    if len(inner) > 1:
        return any(char in part for part in inner for char in ",|;\t\n")
    ends = []
    if first:
        ends.append(region.folded[region.groups[first - 1][1] : region.groups[first][0]])
    if last + 1 < len(region.groups):
        ends.append(region.folded[region.groups[last][1] : region.groups[last + 1][0]])
    if any(char in sign for char in ",|;\t"):
        return bool(ends) or not luhn(region.digits(first, last))
    crowded = len(region.groups) > 8 or (len(region.groups) > last - first + 5 and sign in ends)
    return crowded and sign in {"  ", "   ", "\n"}


def _even(sizes: list[int]) -> bool:
    """Grouped as a person groups one long number: no odd bits such as dates have."""
    if len(set(sizes)) == 1:
        return True
    return min(sizes[:-1]) >= 3


def _alone(region: _Region, digits: str) -> bool:
    """Is the whole region, which is just this number, a card number?"""
    if region.card_words:
        return True
    rowed = len(region.groups) > 1 and _row(region, 0, len(region.groups) - 1)
    if len(digits) < 13 or (region.product and len(digits) <= 14) or rowed:
        return False
    lengths = _issued(digits)
    if luhn(digits) and lengths:
        return True
    if region.plus:
        return False
    sizes = region.sizes(0, len(region.groups) - 1)
    if sizes == [4, 4, 4, 4]:
        return True
    return bool(lengths) and len(digits) >= 15 and _even(sizes)


def _window(region: _Region, first: int, last: int, digits: str) -> bool:
    """Is this part of a longer region a card number?"""
    if region.card_words and len(digits) >= 13 and luhn(digits):
        return True
    lengths = _issued(digits)
    if region.product and first == last and len(digits) <= 14:
        return False
    if not lengths or (
        first < last and (tuple(region.sizes(first, last)) not in _PRINTED or _row(region, first, last))
    ):
        return False
    if len(digits) in lengths and luhn(digits):
        return True
    if first == last:
        return len(digits) >= 15
    separators = region.separators(first, last)
    return region.sizes(first, last) == [4, 4, 4, 4] and len(separators) == 1 and "\n" not in separators.pop()


class Cards:
    """Finds card numbers; a number that a scheme would issue, or any of 12 to 19 digits beside a card word."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        for match in _REGION.finditer(view.folded):
            if match.end() - match.start() < 12:
                continue
            region = _Region(view.folded, match.start(), match.end())
            count = sum(end - start for start, end in region.groups)
            if count < 12:
                continue
            # One digit more beside a card word is one that was typed twice.
            if count <= _MOST + region.card_words and _alone(region, region.digits(0, len(region.groups) - 1)):
                yield view.span(match.start(), match.end(), CARD)
            else:
                yield from self._inside(view, region)
        if view.digits and (word := _WORDS.search(view.folded)):
            yield from self._slipped(view, word.start())

    @staticmethod
    def _slipped(view: View, word: int) -> Iterator[Span]:
        """Beside a card word: 12 to 19 digits of which one or two are the letters that look like them."""
        for match in _SLIPPED.finditer(view.folded, max(0, word - 60)):
            signs = [char for char in match.group() if char.isalnum()]
            letters = sum(map(str.isalpha, signs))
            if 12 <= len(signs) <= _MOST and 0 < letters <= 3:
                yield view.span(match.start(), match.end(), CARD)

    @staticmethod
    def _inside(view: View, region: _Region) -> Iterator[Span]:
        """Card numbers among other numbers: from the start of a block to the end of one, or inside one block."""
        for first, (start, stop) in enumerate(region.groups):
            digits = ""
            best = None
            for last in range(first, len(region.groups)):
                left, right = region.groups[last]
                if len(digits) + right - left > _MOST or (last - first >= _MOST_GROUPS and not region.card_words):
                    break
                digits += region.folded[left:right]
                if len(digits) >= 12 and _window(region, first, last, digits):
                    best = right
            if best is not None:
                yield view.span(start, best, CARD)
            if 13 < stop - start <= 64:
                block = region.folded[start:stop]
                for offset in range(1, len(block) - 12):
                    for length in _issued(block[offset:]):
                        piece = block[offset : offset + length]
                        if len(piece) == length >= 13 and luhn(piece):
                            yield view.span(start + offset, start + offset + length, CARD)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``: digits and separators at the end."""
        tail = view.folded[-120:]
        run = _OPEN.search(tail)
        start = run.start() if run else len(tail)
        while start < len(tail) and not tail[start].isdigit():
            start += 1
        if start == len(tail):
            return len(view.text)
        return view.place(len(view.folded) - len(tail) + start)
