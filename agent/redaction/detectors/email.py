"""E-mail addresses, written as such or spelled out ("jan at example dot org").

Form: RFC 5321 and 5322 (local part, quoted local part), RFC 6531 (letters of any script), RFC 6068 (``%40``).
No list of top-level domains: new ones come every month, so any last label with a letter counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction.kinds import EMAIL
from agent.redaction.view import Span, View, fold

_AT_WORDS: Final = ("at", "arroba", "arobase", "chiocciola", "klammeraffe", "apenstaartje", "małpa", "собака", "ät")
_DOT_WORDS: Final = ("dot", "punto", "ponto", "point", "punkt", "punt", "kropka", "точка", "nokta", "piste", "tečka")
_JOINTS: Final = ("dot", "underscore", "dash", "minus", "plus", "hyphen")

_AT: Final = "|".join(sorted({fold(word) for word in _AT_WORDS}))
_DOT: Final = "|".join(sorted({fold(word) for word in _DOT_WORDS}))
_JOINT: Final = "|".join(sorted({*_DOT.split("|"), *_JOINTS}))

_SIGN: Final = re.compile(r"@|%40")
_HOST: Final = re.compile(r"[\w-]++(?:\.[\w-]++)*+")
_LOCAL_MARKS: Final = frozenset(".!$%'*+=^_`{|}~-")
_LITERAL: Final = re.compile(r"\[(?:ipv6:)?[0-9a-f.:]{3,45}\]")
#: Scripts without blanks: what stands before or after the address is the sentence.
_UNSPACED: Final = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff]")
_PROSE: Final = frozenset(
    {
        "or",
        "and",
        "is",
        "was",
        "be",
        "us",
        "me",
        "it",
        "him",
        "her",
        "them",
        "meet",
        "look",
        "noon",
        "are",
        "not",
        "here",
    }
)
_KEY: Final = re.compile(r"[a-z_]{1,20}=(?=\w)")
_PICTURE: Final = re.compile(r"\d+x\.(?:png|jpe?g|gif|svg|webp)\Z")

_SPELLED_AT: Final = re.compile(rf"\s{{0,4}}[(\[{{<]\s?(?:at|@)\s?[)\]}}>]\s{{0,4}}|\s{{1,4}}(?:{_AT}|@)\s{{1,4}}")
_SPELLED_DOT: Final = rf"(?:\s{{0,4}}[(\[{{<]\s?(?:dot|\.)\s?[)\]}}>]\s{{0,4}}|\s{{1,4}}(?:{_DOT})\s{{1,4}})"
_SPELLED_HOST: Final = re.compile(rf"[\w-]{{1,63}}(?:(?:{_SPELLED_DOT}|\.)[\w-]{{1,63}}){{1,6}}")
_SPELLED_LOCAL: Final = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}(?:(?:{_SPELLED_DOT}|\s{{1,4}}(?:{_JOINT})\s{{1,4}})[\w.+-]{{1,64}}){{0,4}}\Z"
)
_DOT_SIGN: Final = re.compile(r"\.")
_ANY_DOT: Final = re.compile(rf"{_SPELLED_DOT}|\.")
_HAS_SPELLED_DOT: Final = re.compile(_SPELLED_DOT)
#: "look at the dot on the map" is no address.
_ARTICLE: Final = re.compile(r"(?:the|an?|this|that|my|your|which|every)\b")
_GLUE: Final = frozenset({*_AT.split("|"), *_JOINT.split("|"), "@", "(at)", "[at]", "(dot)", "[dot]"})


def _domain_end(folded: str, start: int, end: int, dots: re.Pattern[str]) -> int:
    """Where a domain that begins at ``start`` ends, at ``end`` at most: its last label has a letter and two characters.

    0 if none does. What was written on without a blank ("example.org.5") must not hide the address.
    """
    cuts = [(dot.start(), dot.end()) for dot in dots.finditer(folded, start, end)]
    stop = end
    for before, after in reversed(cuts):
        label = folded[after:stop].rstrip("-_")
        if len(label) > 1 and any(char.isalpha() for char in label):
            return after + len(label)
        stop = before
    return 0


def _is_local(char: str) -> bool:
    return char.isalnum() or char in _LOCAL_MARKS


class Emails:
    """Finds addresses; the trailing full stop or comma of the sentence stays."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        folded = view.folded
        for sign in _SIGN.finditer(folded):
            yield from self._written(view, sign.start(), sign.end())
        for at in _SPELLED_AT.finditer(folded):
            yield from self._spelled(view, at)

    def _written(self, view: View, at: int, after: int) -> Iterator[Span]:
        folded = view.folded
        host = _LITERAL.match(folded, after) or _HOST.match(folded, after)
        if host is None:
            return
        literal = folded.startswith("[", after)
        stop = host.end()
        if not literal and folded[after : after + 1].isascii() and (other := _UNSPACED.search(folded, after, stop)):
            stop = other.start()
        end = stop if literal else _domain_end(folded, after, stop, _DOT_SIGN)
        if not end or _PICTURE.match(folded, after, end):
            return
        start = self._local_start(folded, at)
        if folded[at - 1 : at].isascii() and not folded.isascii():
            before = [match.end() for match in _UNSPACED.finditer(folded, start, at)]
            start = before[-1] if before else start
        if start == at or (folded[start:at] == "git" and "@" in folded[at:after]):
            return  # git@host is the name of a service, the same for everybody
        yield view.span(start, end, EMAIL)

    @staticmethod
    def _local_start(folded: str, at: int) -> int:
        if at > 1 and folded[at - 1] == '"':
            opening = folded.rfind('"', max(0, at - 66), at - 1)
            if opening >= 0 and "\n" not in folded[opening:at]:
                return opening
        start = at
        while start > 0 and _is_local(folded[start - 1]):
            start -= 1
        while start < at and not folded[start].isalnum() and folded[start] != "_":
            start += 1
        key = _KEY.match(folded, start, at)
        return key.end() if key else start

    @staticmethod
    def _spelled(view: View, at: re.Match[str]) -> Iterator[Span]:
        folded = view.folded
        host = _SPELLED_HOST.match(folded, at.end())
        if host is None:
            return
        plain_word = at.group().strip().isalpha()
        if plain_word and (not _HAS_SPELLED_DOT.search(host.group()) or _ARTICLE.match(host.group())):
            return  # "meet me at example.org"
        end = _domain_end(folded, at.end(), host.end(), _ANY_DOT)
        if not end:
            return
        floor = max(0, at.start() - 160)
        local = _SPELLED_LOCAL.search(folded, floor, at.start())
        if local is not None and not (plain_word and local.group() in _PROSE):
            yield view.span(local.start(), end, EMAIL)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``: "jan at", "jan at example dot"."""
        floor = max(0, len(view.folded) - 400)
        words = list(re.finditer(r"\S+", view.folded[floor:]))
        index = len(words) - 1
        if index < 0:
            return len(view.text)
        if index > 0 and any(glue.startswith(words[index].group()) for glue in _GLUE):
            index -= 1  # "example d" may become "example dot"
        while index > 0:
            if words[index].group() in _GLUE:
                index -= 1
            elif words[index - 1].group() in _GLUE:
                index -= 2
            else:
                break
        return view.place(floor + words[max(index, 0)].start())
