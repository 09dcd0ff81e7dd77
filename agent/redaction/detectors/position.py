"""Places on the map: degrees (ISO 6709, RFC 5870), degrees with minutes and seconds, plus codes, links of maps."""

# alternatives in groups read better than wrapped ones

# ruff: noqa: E501  # alternatives in groups read better than wrapped ones

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction.detectors.edges import joined, open_digits
from agent.redaction.kinds import PLACE
from agent.redaction.view import Span, View

_DEGREES: Final = re.compile(
    r"(?<![a-z0-9_.])[-+]?\d{1,3}\.\d{3,}(?:\s{0,2}°)?(?:\s?[nsewo](?![a-z]))?\s{0,2}[,;/ ]\s{0,3}[-+]?\d{1,3}\.\d{3,}(?:\s?°)?"
    r"(?:\s?[nsewo](?![a-z]))?"
)
_DECIMAL: Final = re.compile(r"\d+\.\d+")
_HALF: Final = r"\d{1,3}(?:\.\d{1,8})?\s?°\s?(?:\d{1,2}(?:[.,]\d{1,6})?\s?(?:['`′]\s?)?(?:\d{1,2}(?:[.,]\d{1,6})?\s?(?:\"|''|″|′′)\s?)?)?"
_DMS: Final = re.compile(
    rf"(?<![a-z])[nsewo]\s?{_HALF}[\s,;]{{0,3}}[nsewo]\s?{_HALF}(?!\s?[nsewo](?![a-z]))|{_HALF}[nsewo](?![a-z])(?:[\s,;]{{0,3}}{_HALF}[nsewo](?![a-z]))?"
)
_LAT: Final = re.compile(
    r"(?<![a-z])(?:lat|lon|lng|long|latitude|longitude|breitengrad|langengrad|breite|lange|latitud|longitud|latitudine"
    r"|longitudine|szerokosc|dlugosc|широта|долгота|enlem|boylam|[xy]=)[\"']?\s?[:=]?\s?[\"']?([-+]?\d{1,3}[.,]\d{3,})"
)
#: Open Location Code: the pair of signs that the map's grid is written with, never a vowel.
_PLUS: Final = re.compile(
    r"(?<![a-z0-9_+])(?:[23456789cfghjmpqrvwx]{2}){2,4}\+[23456789cfghjmpqrvwx]{2,3}(?![a-z0-9_+])"
)
_GEOHASH: Final = re.compile(
    r"(?:geohash[ :=]{1,3}|what3words\.com/|///)([0-9a-z]{6,12}(?![\w.])|[a-z]{3,16}\.[a-z]{3,16}\.[a-z]{3,16})"
)
#: A bare "20° E" may be a direction.
_SIGNS: Final = frozenset(".'`′")


class Positions:
    """Finds where somebody is or was."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        folded = view.folded
        if "." in folded and view.digits:
            yield from self._decimal(view)
        if "°" in folded:
            for match in _DMS.finditer(folded):
                if not _SIGNS.isdisjoint(match.group()):
                    yield view.span(match.start(), match.end(), PLACE)
        if "+" in folded:
            for match in _PLUS.finditer(folded):
                if any(map(str.isalpha, match.group())) and any(map(str.isdigit, match.group())):
                    yield view.span(match.start(), match.end(), PLACE)
        if "geohash" in folded or "///" in folded or "what3words" in folded:
            for match in _GEOHASH.finditer(folded):
                yield view.span(match.start(1), match.end(1), PLACE)

    @staticmethod
    def _decimal(view: View) -> Iterator[Span]:
        folded = view.folded
        for match in _DEGREES.finditer(folded):
            numbers = [float(number) for number in _DECIMAL.findall(match.group())]
            if numbers[0] <= 180 and numbers[-1] <= 180 and not joined(folded, match.end()):
                yield view.span(match.start(), match.end(), PLACE)
        for match in _LAT.finditer(folded):
            yield view.span(match.start(1), match.end(1), PLACE)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``."""
        return open_digits(view)
