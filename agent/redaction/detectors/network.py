"""Addresses of machines: IPv4 (RFC 791), IPv6 (RFC 4291, 5952, zones of 4007), MAC (IEEE 802).

Masks of nets and versions with four parts stay, and "this computer" where a port or a scheme shows it is code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv6Address
from typing import Final

from agent.redaction.detectors.edges import joined, open_digits
from agent.redaction.kinds import IP, MAC
from agent.redaction.view import Span, View

_BYTE: Final = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d|0\d\d?)"
_V4: Final = re.compile(rf"(?<![\d.]){_BYTE}(?:(?:\.|\[\.\]|\(\.\)){_BYTE}){{3}}(?!\d)(?:/\d{{1,2}}(?!\d))?")
#: A mask of a net is nobody's address.
_MASK: Final = re.compile(r"255\.|0\.0\.0\.255")
_LOOPBACK: Final = re.compile(r"127\.|::1|0\.0\.0\.0")
_VERSION: Final = re.compile(
    r"(?:\bv|\bver|\bversions?|\brelease|\brev|\bbuild|\bfirmware|\bdriver|\bupgraded? to|\bupdated? to"
    r"|==|>=|<=|~=|!=|\bsection|\bchapter|\bkapitel|\babschnitt|\bclause|\bannex|\bpart|\bfigure|\btable|\bpunkt|§"
    r"|\b[a-z]{3,}/)[ .:]{0,2}\Z"
)
_WORD_JOINT: Final = re.compile(r"[a-z][\w]*[-_.]\Z")

_V6: Final = re.compile(
    r"(?<![a-z0-9_:.])(?:[0-9a-f]{0,4}:){2,8}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4})?(?![0-9a-f])"
)
_ZONE: Final = re.compile(r"%[a-z0-9]{1,15}|/\d{1,3}(?!\d)")

_MAC: Final = re.compile(
    r"(?:[0-9a-f]{2}([:-]))[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}(?:\1[0-9a-f]{2}\1[0-9a-f]{2})?(?![:-]?[0-9a-f])"
    r"|[0-9a-f]{4}([.:-])[0-9a-f]{4}\2[0-9a-f]{4}(?![0-9a-f])"
    r"|(?<![0-9a-z])(?:[0-9a-f]{2} ){5}[0-9a-f]{2}(?![0-9a-f])"
    r"|[0-9a-f]{6}[:-][0-9a-f]{6}(?![0-9a-f-])"
)
_MAC_WORD: Final = re.compile(
    r"(?<![a-z])(?:macs?|mac[-_ ]?addr\w*|mac-?adress\w*|hwaddr|ethernet|bssid|ether|lladdr|hw ?address"
    r"|hardware ?address|physical address|physische adresse|adresse physique|bluetooth|eui-?(?:48|64)|wi-?fi|wlan|nic)"
    r"(?![a-z])"
)
#: One of these is in every text that the expression above finds something in.
_MAC_WORDS: Final = frozenset(
    {"mac", "macs", "hwaddr", "ethernet", "bssid", "ether", "lladdr", "hw", "hwaddress", "hardware", "hardwareaddress"}
    | {"physical", "physische", "physique", "bluetooth", "eui", "wifi", "wi", "wlan", "nic", "macaddr", "macaddress"}
    | {"macadresse", "macadress"}
)
_JOINT: Final = frozenset({":", "-"})
_PORT: Final = re.compile(r"\]?:\d")
_HUNDREDS: Final = re.compile(r"\d{3}")
_MAC_BARE: Final = re.compile(r"(?<![0-9a-z-])[0-9a-f]{12}(?![0-9a-z]|-[0-9a-f])")


class Network:
    """Finds addresses of machines."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        folded = view.folded
        colons, dots = folded.count(":"), folded.count(".")
        if not view.digits and colons < 2 and folded.count("-") < 5:
            return
        if dots >= 3 or "[.]" in folded:
            yield from self._v4(view)
        if colons >= 2:
            yield from self._v6(view)
        if colons >= 2 or dots >= 2 or "-" in folded:
            yield from self._mac(view)
        if not view.words.isdisjoint(_MAC_WORDS) and (word := _MAC_WORD.search(folded)):
            yield from self._bare_mac(view, word.start())

    @staticmethod
    def _v4(view: View) -> Iterator[Span]:
        folded = view.folded
        for match in _V4.finditer(folded):
            start, end = match.span()
            value = match.group()
            if _MASK.match(value) or joined(folded, end):
                continue
            # "1.2.3.4.5" is a chapter; a fifth part after numbers of three digits was mistyped.
            if folded[end : end + 1] == "." and folded[end + 1 : end + 2].isdigit() and not _HUNDREDS.search(value):
                continue
            before = folded[max(0, start - 18) : start]
            if _LOOPBACK.match(value) and ("://" in before or _PORT.match(folded, end)):
                continue  # what developers write for "this computer"
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
        for match in _MAC.finditer(folded):
            start, end = match.span()
            if (start and (folded[start - 1] in ":-" or joined(folded, start - 1))) or joined(folded, end):
                continue
            value = match.group()
            if match.group(1) is None:
                letters = sum(map(str.isalpha, value))
                if " " in value or not 0 < letters < 11 or folded[end : end + 1] in _JOINT:
                    continue  # numbers with dots or dashes between, a part of a UUID
            if len(set(value)) > 3:
                yield view.span(start, end, MAC)

    @staticmethod
    def _bare_mac(view: View, word: int) -> Iterator[Span]:
        """Forms that only a word beside them tells from other numbers: without separators, with blanks, all digits."""
        folded = view.folded
        for pattern in (_MAC_BARE, _MAC):
            for match in pattern.finditer(folded, max(0, word - 60)):
                if any(map(str.isdigit, match.group())) and not joined(folded, match.start() - 1):
                    yield view.span(match.start(), match.end(), MAC)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``."""
        return open_digits(view)


def _v6_end(folded: str, start: int, end: int) -> int:
    """Where the IPv6 address at ``start`` ends, 0 if there is none of somebody."""
    value = folded[start:end]
    if len(value) < 3 or joined(folded, end):
        return 0
    # A full stop or colon of the sentence, or a port after eight groups, may stand at the end.
    for piece in (value, value.rstrip(":"), value[: value.rfind(":")]):
        try:
            address = IPv6Address(piece)
        except (AddressValueError, ValueError):
            continue
        if int(address) <= 1 and _local(folded, start, start + len(piece)):
            return 0
        if not any(char.isdigit() for char in piece) and piece.count(":") < 4:
            return 0
        return start + len(piece)
    return 0


def _local(folded: str, start: int, end: int) -> bool:
    """Is "::1" code for this computer ("[::1]:8080"), or "::" a sign between words?"""
    if folded[max(0, start - 3) : start] == "//[" or _PORT.match(folded, end):
        return True
    return folded[start:end] == "::" and folded[end : end + 1] != "/" and folded[max(0, start - 1) : start] != "="
