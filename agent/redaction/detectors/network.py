"""Addresses of machines: IPv4 (RFC 791), IPv6 (RFC 4291, 5952, zones of 4007), MAC (IEEE 802), positions on the map.

Loopback, unspecified and mask addresses belong to nobody and stay; so do version numbers with four parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv6Address
from typing import Final

from agent.redaction.detectors.edges import joined, open_digits
from agent.redaction.kinds import IP, MAC, PLACE
from agent.redaction.view import Span, View

_BYTE: Final = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d|0\d\d?)"
_V4: Final = re.compile(rf"(?<![\d.]){_BYTE}(?:(?:\.|\[\.\]){_BYTE}){{3}}(?!\d)(?!\.\d)(?:/\d{{1,2}}(?!\d))?")
_NOBODY: Final = re.compile(r"127\.|0\.|255\.|224\.0\.0\.")
_VERSION: Final = re.compile(
    r"(?:\bv|\bver|\bversions?|\brelease|\brev|\bbuild|\bupgraded? to|\bupdated? to|==|>=|<=|~=|!=|\bsection|\bchapter"
    r"|\bkapitel|\babschnitt|§|\b[a-z]{3,}/)[ .:]{0,2}\Z"
)
_WORD_JOINT: Final = re.compile(r"[a-z][\w]*[-_.]\Z")

_V6: Final = re.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,8}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4})?(?![0-9a-f])")
_ZONE: Final = re.compile(r"%[a-z0-9]{1,15}|/\d{1,3}(?!\d)")

_MAC: Final = re.compile(
    r"(?:[0-9a-f]{2}([:-]))[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}(?:\1[0-9a-f]{2}\1[0-9a-f]{2})?(?![:-]?[0-9a-f])"
    r"|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![0-9a-f])"
    r"|(?:[0-9a-f]{2} ){5}[0-9a-f]{2}(?![0-9a-f])"
    r"|[0-9a-f]{6}[:-][0-9a-f]{6}(?![0-9a-f-])"
)
_MAC_WORD: Final = re.compile(r"\b(?:mac|hwaddr|ethernet|bssid|ether|hw ?address|physical address)\b")
_MAC_BARE: Final = re.compile(r"(?<![0-9a-z])[0-9a-f]{12}(?![0-9a-z])")

_DEGREES: Final = re.compile(
    r"(?<![\d.])[-+]?\d{1,3}\.\d{3,}\s{0,2}°?\s?[nsew]?\s{0,2}[,;/ ]\s{0,3}[-+]?\d{1,3}\.\d{3,}\s?°?(?:\s?[nsew]\b)?"
)
_DMS: Final = re.compile(
    r"\d{1,3}\s?°\s?\d{1,2}(?:[.,]\d{1,6})?\s?(?:['`]|\u2032)\s?(?:\d{1,2}(?:[.,]\d{1,6})?\s?(?:\"|''|\u2033|\u2032\u2032)?)?"
    r"\s?[nsewo]\b"
)
_LAT: Final = re.compile(r"\b(?:lat|lon|lng|latitude|longitude)\b[\"']?\s?[:=]\s?[\"']?([-+]?\d{1,3}\.\d{3,})")


class Network:
    """Finds addresses of machines and positions."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        folded = view.folded
        colons, dashes = folded.count(":"), folded.count("-")
        if not view.digits and colons < 2 and dashes < 5:
            return
        if folded.count(".") >= 3 or "[.]" in folded:
            yield from self._v4(view)
        if colons >= 2:
            yield from self._v6(view)
        if colons >= 5 or dashes or folded.count(".") >= 2 or "mac" in folded:
            yield from self._mac(view)
        if folded.count(".") >= 1 or "°" in folded:
            yield from self._place(view)

    @staticmethod
    def _v4(view: View) -> Iterator[Span]:
        folded = view.folded
        for match in _V4.finditer(folded):
            start, end = match.span()
            if _NOBODY.match(match.group()) or joined(folded, end):
                continue
            before = folded[max(0, start - 14) : start]
            if joined(folded, start - 1) or (_VERSION.search(before) and "://" not in before):
                continue
            if _WORD_JOINT.search(before):
                continue
            yield view.span(start, end, IP)

    @staticmethod
    def _v6(view: View) -> Iterator[Span]:
        folded = view.folded
        for match in _V6.finditer(folded):
            end = _v6_end(folded, match.start(), match.end())
            if end:
                zone = _ZONE.match(folded, end)
                yield view.span(match.start(), zone.end() if zone else end, IP)

    @staticmethod
    def _mac(view: View) -> Iterator[Span]:
        folded = view.folded
        word = _MAC_WORD.search(folded)
        for match in _MAC.finditer(folded):
            start, end = match.span()
            if (start and (folded[start - 1] in ":-" or joined(folded, start - 1))) or joined(folded, end):
                continue
            value = match.group()
            if (match.group(1) is None and "." not in value and word is None) or len(set(value)) < 3:
                continue
            if value.replace(".", "").isdigit() and "." in value and word is None:
                continue
            yield view.span(start, end, MAC)
        if word is not None:
            for match in _MAC_BARE.finditer(folded):
                if any(char.isdigit() for char in match.group()):
                    yield view.span(match.start(), match.end(), MAC)

    @staticmethod
    def _place(view: View) -> Iterator[Span]:
        folded = view.folded
        for match in _DEGREES.finditer(folded):
            numbers = [abs(float(number)) for number in re.findall(r"\d+\.\d+", match.group())]
            if numbers[0] <= 180 and numbers[-1] <= 180 and not joined(folded, match.end()):
                yield view.span(match.start(), match.end(), PLACE)
        if "°" in folded:
            for match in _DMS.finditer(folded):
                yield view.span(match.start(), match.end(), PLACE)
        for match in _LAT.finditer(folded):
            yield view.span(match.start(1), match.end(1), PLACE)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``."""
        return open_digits(view)


def _v6_end(folded: str, start: int, end: int) -> int:
    """Where the IPv6 address at ``start`` ends, 0 if there is none of somebody."""
    value = folded[start:end]
    if len(value) < 3 or (end < len(folded) and (folded[end].isalnum() or folded[end] == "_")):
        return 0
    # A full stop or colon of the sentence, or a port after eight groups, may stand at the end.
    for piece in (value, value.rstrip(":"), value[: value.rfind(":")]):
        try:
            address = IPv6Address(piece)
        except (AddressValueError, ValueError):
            continue
        if address.is_loopback or int(address) == 0:
            return 0
        if not any(char.isdigit() for char in piece) and piece.count(":") < 4:
            return 0
        return start + len(piece)
    return 0
