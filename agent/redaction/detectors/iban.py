"""International bank account numbers: ISO 13616, lengths from the registry's published structures.

The check digits (ISO 7064, mod 97-10) say where a number ends and lower what else is asked for; they never veto.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction.detectors.edges import joined, open_digits
from agent.redaction.kinds import IBAN
from agent.redaction.view import Span, View

_LENGTHS: Final = {
    country: int(length)
    for country, length in (
        pair.split(":")
        for pair in [
            "ad:24",
            "ae:23",
            "al:28",
            "at:20",
            "az:28",
            "ba:20",
            "be:16",
            "bg:22",
            "bh:22",
            "bi:27",
            "br:29",
            "by:28",
            "ch:21",
            "cr:22",
            "cy:28",
            "cz:24",
            "de:22",
            "dj:27",
            "dk:18",
            "do:28",
            "ee:20",
            "eg:29",
            "es:24",
            "fi:18",
            "fk:18",
            "fo:18",
            "fr:27",
            "gb:22",
            "ge:22",
            "gi:23",
            "gl:18",
            "gr:27",
            "gt:28",
            "hn:28",
            "hr:21",
            "hu:28",
            "ie:22",
            "il:23",
            "iq:23",
            "is:26",
            "it:27",
            "jo:30",
            "kw:30",
            "kz:20",
            "lb:28",
            "lc:32",
            "li:21",
            "lt:20",
            "lu:20",
            "lv:21",
            "ly:25",
            "mc:27",
            "md:24",
            "me:22",
            "mk:19",
            "mn:20",
            "mr:27",
            "mt:31",
            "mu:30",
            "ni:28",
            "nl:18",
            "no:15",
            "om:23",
            "pk:24",
            "pl:28",
            "ps:29",
            "pt:25",
            "qa:29",
            "ro:24",
            "rs:22",
            "ru:33",
            "sa:24",
            "sc:31",
            "sd:18",
            "se:24",
            "si:19",
            "sk:24",
            "sm:27",
            "so:23",
            "st:25",
            "sv:28",
            "tl:23",
            "tn:24",
            "tr:26",
            "ua:29",
            "va:22",
            "vg:24",
            "xk:20",
            "ye:30",
            "dz:26",
            "ao:25",
            "bj:28",
            "bf:28",
            "cm:27",
            "cv:25",
            "cf:27",
            "td:27",
            "km:27",
            "cg:27",
            "ci:28",
            "gq:27",
            "ga:27",
            "gw:25",
            "ir:26",
            "mg:27",
            "ml:28",
            "ma:28",
            "mz:25",
            "ne:28",
            "sn:28",
            "tg:28",
        ]
    )
}
_START: Final = re.compile(r"(?<![a-z0-9_-])([a-z]{2})[ \-.]?(?:\d[ ]?\d|xx|\d[xoli]|[xoli]\d)[ \-.]?(?=[a-z0-9])")
_WORD: Final = re.compile(r"iban")
_SEPARATORS: Final = frozenset(" -.\u2009")
_LEAST_DIGITS: Final = 6
#: Countries whose accounts have digits only, by the registry.
_DIGITS_ONLY: Final = frozenset(
    {"ae", "at", "ba", "be", "cr", "cz", "de", "dk", "ee", "eg", "es", "fi", "fk", "fo", "gl", "hr", "hu"}
    | {
        "il",
        "is",
        "lt",
        "me",
        "mn",
        "no",
        "pl",
        "pt",
        "rs",
        "se",
        "si",
        "sk",
        "sn",
        "st",
        "sd",
        "tn",
        "tl",
        "xk",
        "dz",
        "ir",
    }
)


def _valid(value: str) -> bool:
    """Do the check digits fit (ISO 7064, mod 97-10)?"""
    turned = value[4:] + value[:4]
    if not turned.isascii() or not turned.isalnum():
        return False
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _places(folded: str, start: int, most: int) -> list[int]:
    """Places of the letters and digits of the run at ``start``, at most ``most``: groups with single separators."""
    places: list[int] = []
    place = start
    gap = 0
    while place < len(folded) and len(places) < most:
        char = folded[place]
        if char.isascii() and char.isalnum():
            places.append(place)
            gap = 0
        elif char in _SEPARATORS or char == "\n":
            gap += 1
            if gap > 2:
                break
        else:
            break
        place += 1
    return places


class Ibans:
    """Finds account numbers with a country that issues them."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        if not view.digits:
            return
        folded = view.folded
        done = 0
        for match in _START.finditer(folded):
            length = _LENGTHS.get(match.group(1))
            if length is None or match.start() < done:
                continue
            end = self._end(view, match.start(), length)
            if end:
                done = end
                yield view.span(match.start(), end, IBAN)

    @staticmethod
    def _end(view: View, start: int, length: int) -> int:
        folded = view.folded
        places = _places(folded, start, length + 3)
        named = _WORD.search(folded, max(0, start - 40), start) is not None
        together = folded[start + 2 : start + 4].isalnum()
        slipped = not folded[start + 2 : start + 4].replace(" ", "x").replace("o", "x").replace("x", "0").isdigit()
        if not named and (not together or slipped):
            return 0
        if len(places) >= length:
            value = "".join(folded[place] for place in places[:length])
            last = places[length - 1] + 1
            if _valid(value) and value[2:4].isdigit() and sum(map(str.isdigit, value)) >= _LEAST_DIGITS - 2:
                rest = len(places) == length or not joined(folded, last) or not folded[last].isdigit()
                return last if rest else places[-1] + 1
        # Wrong check digits, a digit too many or too few: the run must end where a number of that country may end.
        first = "".join(folded[place] for place in places[:8])
        capitals = view.cased[start : start + 2].isupper() or first[4:8].isdigit()
        fours = " " in folded[start : start + 6] and folded[start + 4 : start + 5] == " "
        whole = len(places) >= length and not joined(folded, places[length - 1] + 1)
        if not named and not (capitals or fours or whole):
            return 0
        for size in (length, length - 1, length + 1, length + 2, length - 2):
            if not 15 <= size <= len(places):
                continue
            last = places[size - 1] + 1
            value = "".join(folded[place] for place in places[:size])
            digits = sum(map(str.isdigit, value))
            if joined(folded, last) or digits < _LEAST_DIGITS:
                continue
            if not named and value[:2] in _DIGITS_ONLY and size - digits > 4:
                continue  # a hash, a name with numbers
            loose = not (capitals or fours) and digits * 2 < size
            if (size == length and not loose) or named or digits >= size - 8:
                return last
        return 0

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``."""
        return open_digits(view)
