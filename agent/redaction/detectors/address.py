"""Postal addresses: a street with a house number in the ways of seventeen languages, with what follows it, or announced.

A street needs a number beside it and capitals, or an announcement ("lives at"), or a postal code after it.
"""

# ruff: noqa: E501  # alternatives in groups read better than wrapped ones

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from agent.redaction import address_words as words
from agent.redaction.dates import MONTH_NAMES
from agent.redaction.detectors.address_east import CJK, east
from agent.redaction.detectors.edges import joined, places
from agent.redaction.kinds import ADDRESS
from agent.redaction.view import BARRIER, Span, View, fold

_NUMBER: Final = r"\d{1,5}(?:[-/](?:\d{1,4}|[a-z](?![^\W_])))?(?:[ ]?[a-z](?![^\W_]))?"
_NAME: Final = r"[^\W\d_][\w'`.\-]{0,24}"

_NUMBER_FIRST: Final = re.compile(
    rf"(?<![\w/.:-])(?:(?<!\d,)|(?<=\d\d\d\d,))(?P<number>{_NUMBER})(?:,? (?:(?:{_NAME}|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}?| (?:\d{{1,5}} )(?:{_NAME} ){{1,4}}?)"
    rf"(?P<type>(?:{words.AFTER_NAME})|(?:{words.AFTER_NAME_RARE}))(?![^\W_])\.?(?: (?:north|south|east|west|n|s|e|w)(?![^\W_]))?(?: {_NUMBER})?"
)
_FRENCH: Final = re.compile(
    rf"(?<![\w/.:-])(?P<number>{_NUMBER})(?: ?(?:bis|ter))?,? (?P<type>{words.BEFORE_NAME})\.? (?:(?:de|des|du|la|le|les|aux?|et|saint|sainte|st|ste) ){{0,3}}"
    rf"(?P<name>{_NAME})"
)
_PREFIXED: Final = re.compile(
    rf"(?<![^\W_])(?P<type>{words.BEFORE_NAME})(?:\. ?| |/ ?)(?P<name>(?:[ivx]{{1,5}} )?{_NAME})(?:[ ]{_NAME}){{0,4}}?,? ?(?:n[°ºo.]{{1,2}} ?|nr\.? ?|д\. ?|дом ?|dom ?)?(?P<number>{_NUMBER})"
)
_COMPOUND: Final = re.compile(
    rf"(?P<name>(?<![^\W_])(?:[^\W\d_][\w.'-]{{1,24}}[ -]){{0,2}}[^\W\d_]{{2,24}}?[ -]?(?:{words.COMPOUND}))\.?,? (?P<number>{_NUMBER}(?:(?<=[a-z]) \d{{1,3}}(?!\d))?)(?![\w:%])"
)
_DIGITS: Final = re.compile(r"\d+")
#: The street's name stands before its kind and the number after it: Невский пр-т 97, Gül Sokak No: 52 D: 6.
_KIND_BETWEEN: Final = re.compile(
    rf"(?<![^\W_])(?:{_NAME} ){{1,3}}(?P<type>{words.BETWEEN})\.?,?(?: (?:{_NAME} (?P<more>{words.BETWEEN})\.?,?))? ?"
    rf"(?:(?:no|nr|д|дом)\.? ?:? ?)?(?P<number>\d{{1,5}}(?:[-/]\d{{1,4}})?[a-z]?)(?:,? (?:d|daire|kat|k) ?[:.]? ?\d{{1,3}})?"
)
#: A name and a number are a street where a postal code and a town follow: Husova 63, 559 83 Plzeň.
_PLAIN: Final = re.compile(
    r"(?<![^\W_])(?P<name>(?:[^\W\d_]{2,24}[ -]){0,2}(?P<last>[^\W\d_]{3,24})) (?P<number>\d{1,4}(?:/\d{1,4})?[a-z]?)"
    r"(?=(?:,[ \n]|[ \n]{1,2})(?:[a-z]{1,2}-)?(?:\d{3} \d{2}|\d{2}-\d{3}|\d{5}|\d{4}(?: ?[a-z]{2})?)[ ]{1,2}(?P<town>[^\W\d_]))"
)
_UNIT_AFTER: Final = re.compile(
    rf"(?<![\w/.:-])\d{{1,5}}[ ,](?:(?:{_NAME}|\d{{1,5}})[ ,\n]{{1,2}}){{1,6}}(?:suite|ste|apt|apartment|unit|flat)\.? ?#?\w{{1,6}}"
)
_BOX: Final = re.compile(
    r"(?<![^\W_])(?:p\.? ?o\.? ?box|postfach|apartado(?: de correos)?|casella postale|caixa postal|boite postale|b\.?p\.?|postbus|postboks|skr\. pocztowa"
    r"|psc \d{1,5},? box|unit \d{1,5},? box|a/ya|а/я) ?\d{1,6}(?:[ ,\n]{1,3}(?:apo|fpo|dpo) (?:aa|ae|ap) \d{5})?"
)
_STUDIO: Final = re.compile(
    rf"(?<![^\W_])(?:flat|studio|apartment|unit|h\.no\.|house no\.?) ?\d{{1,4}}[a-z]?[,\n ]{{1,2}} ?(?:{_NAME} ?){{1,4}}"
)

#: A text with none of these has no street with a word of its own.
_TYPED: Final = words.AFTER_WORDS | words.BEFORE_WORDS | words.BETWEEN_WORDS | words.UNIT_WORDS

_POST: Final = r"(?:[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|[a-z]\d[a-z][ -]?\d[a-z]\d|\d{4} ?[a-z]{2}(?![^\W_])|\d{4}-\d{3}|\d{5}-\d{3,4}|\d{2,3}-\d{3}|\d{3} \d{2}|(?:[a-z]{1,2}-)?\d{4,6})(?![\w])"
_CITY: Final = r"[^\W\d_][\w'`./ \-]{1,34}?"
_WORD_CITY: Final = rf"{_NAME}(?:[ -]{_NAME}){{0,4}}(?:/{_NAME})?(?: \d{{1,2}}(?=[,.!\n]|\Z))?"
_UNIT: Final = rf"(?:,? \d{{1,2}}[oa°.]?\.? ?(?:izda|izq|dcha|drcha|esq|dto|dir|fte|tv|th|mf|[a-d])\.?(?![^\W_])|[, \n]{{1,3}}(?:{words.UNIT})(?![^\W\d_])\.?(?: ?#?\w{{1,5}}(?![^\W_])){{1,2}})"
_TAIL: Final = re.compile(
    rf"{_UNIT}{{0,4}}"
    rf"(?:(?:(?:[ -]{_NAME}){{1,3}}(?:, ?|\n)|[, \n]{{1,4}})(?P<a>{_POST})[ ,]{{1,3}}(?P<acity>{_WORD_CITY})(?: ?[-(/,] ?[a-z]{{2}}\)?(?![^\W_]))?"
    rf"|[, \n]{{1,4}}(?P<city>{_CITY})(?:(?:, ?{_CITY}){{0,1}})[,\n ]{{1,4}}(?:(?:{_NAME}[ ,\n]{{1,2}}){{0,2}}?)-?(?P<b>{_POST})"
    r")?"
)
_INTRO: Final = re.compile(
    rf"(?<![^\W_])(?:{words.ANNOUNCED})(?:(?: is|est|es|ist| e| er| ar| on| jest| je)(?![^\W_]))?(?::|[ ]-|,|\?)?[ \n]{{1,3}}(?:it is |it's )?"
)
_STOP: Final = re.compile(
    r"[!?;|\"<>]|\.(?=\s|\Z)(?<!\b\w\.)(?<!\bст\.)(?<!\bстр\.)(?<!\bul\.)(?<!\bst\.)(?<!\bapt\.)(?<!\bpr\.)(?<!\bnr\.)(?<!\bno\.)(?<!\bav\.)(?<!\bal\.)(?<!\bpl\.)(?<!\bпр\.)(?<!\bул\.)(?<!\bнаб\.)(?<!\bпер\.)"
    r"(?<!\bбул\.)(?<!\bbul\.)(?<!\bалл\.)(?<!\bкв\.)(?<!\bкорп\.)(?<!\bоф\.)(?<!\bобл\.)(?<!\bcad\.)(?<!\bsok\.)(?<!\bmah\.)(?<!\bavda\.)(?<!\bos\.)(?<!\bstr\.)(?<!\brd\.)(?<!\bave\.)(?<!\bdr\.)(?<!\bblvd\.)|\n\n|,? (?:please|thanks|bitte|merci|gracias|dziekuje|where|which|and|but|until|since|with|because|last|after|before|for|tomorrow|today|when|als|und|seit|now|right now|come|just|if|so|he|she|we|they|you|who|near|opposite|stimmt|oder|ok|bye)(?![^\W_])"
    rf"|[ ]-[ ]|{BARRIER}|,(?=[^\s])"
)
#: A postal code with a town after it.
#: German streets that begin with a preposition.
_PREPOSED: Final = re.compile(
    r"(?<![^\W_])(?:Am|An de[rnm]|Im|In de[rnm]|Auf de[rnm]|Unter de[rnm]|Zu[mr]|Bei de[rnm]) \Z"
)
_ONWARDS: Final = re.compile(r"(?:[ ,]{1,2}[A-Z][\w'./-]{1,20}){1,3}")
_POSTED: Final = re.compile(r"(?<!\d)(?:\d{3} \d{2}|\d{2}-\d{3}|\d{4,5})(?: ?[a-z]{2})? {1,2}[^\W\d_]{3}")
_BEGUN: Final = re.compile(r"(?<!\w)\d{1,5}(?!\d)|(?<![^\W_])(?:rue|via|calle|ul|rua)(?![^\W_])")
_SENTENCE: Final = re.compile(
    r"(?:the|an?(?! de[rnm] )|this|that|my|your|our|all|me|us|him|her|them|you|it)(?![^\W_])(?! corner of)"
)
_LONG_NUMBER: Final = re.compile(r"\d{5}|\d{3} \d{2}(?!\d)")
_MOST: Final = 130
_DIGIT: Final = re.compile(r"\d")
_STREET_WORD: Final = re.compile(rf"[^\W\d_]{{3,}}(?:{words.COMPOUND})(?![^\W_])")
_BESIDE: Final = re.compile(r"[^\W\d_]{3,}[ ,]{1,2}\d{1,5}|\d{1,5}[ ,]{1,2}[^\W\d_]{3,}")
_LINE_ON: Final = re.compile(r"\n[ ,]*(?=[^\n:@|]{1,45}(?:\n|\Z))(?:[A-Z]|[^\n]{0,40}\d)(?!hanks|egards)")
_MILITARY: Final = re.compile(
    r"(?:(?<![^\W_])(?:uss|usns|usnv|usv|usnss|uscgc|hms) [\w'-]{1,20}[, \n]{1,3})?(?<![^\W_])(?:apo|fpo|dpo)[ ,]{1,2}(?:aa|ae|ap)[ ,]{1,2}\d{5}"
)
_MORE: Final = re.compile(r"(?:[ ,\n]{1,3}[A-Z][\w'.-]{1,20}){1,3}")
_LEADING: Final = re.compile(r"(?<![\w.,:/-])\d{1,5} \Z")
_CORNER: Final = "the corner of"
_CORNER_STOP: Final = re.compile(r"[.!?;\n]")


class Addresses:
    """Finds addresses with street and number, and what an announcement says is one."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        if not view.text.isascii() and CJK.search(view.text):
            yield from east(view)
        announced = not view.words.isdisjoint(words.GATE)
        if not view.digits and not announced:
            return
        intros = [match.end() for match in _INTRO.finditer(view.folded)] if announced else []
        yield from self._announced(view, intros)
        if view.digits:
            yield from self._streets(view, intros)

    def _streets(self, view: View, intros: list[int]) -> Iterator[Span]:
        folded = view.folded
        starts = [match.start() for match in _DIGITS.finditer(folded)]
        if not view.words.isdisjoint(_TYPED):
            yield from self._typed(view, starts, intros)
        if any(folded[start - 1] == " " and _ends_compound(folded, start - 1) for start in starts if start > 2):
            for match in _COMPOUND.finditer(folded):
                yield from self._whole(view, match, intros)
        if len(starts) > 1 and not view.text.islower() and _POSTED.search(folded):
            yield from self._plain(view)
        yield from self._boxes(view)

    def _plain(self, view: View) -> Iterator[Span]:
        """A capitalised name and a number before a postal code and a capitalised town."""
        cased = view.cased
        for match in _PLAIN.finditer(view.folded):
            begin = _name_start(cased, match.start(), match.end("name"))
            if begin < 0 or not cased[match.end("town") - 1].isupper() or match.group("last") in MONTH_NAMES:
                continue
            begun = _PREPOSED.search(cased, max(0, begin - 12), begin)
            yield view.span(begun.start() if begun else begin, self._tail(view, match.end()), ADDRESS)

    def _typed(self, view: View, starts: list[int], intros: list[int]) -> Iterator[Span]:
        """Streets with a word of their own: Maple Street, rue Vaillant, ul. Długosza."""
        folded = view.folded
        present = view.words
        for pattern, needed in ((_NUMBER_FIRST, words.AFTER_WORDS), (_FRENCH, words.BEFORE_WORDS)):
            if not present.isdisjoint(needed):
                for match in _from(pattern, folded, starts):
                    yield from self._whole(view, match, intros)
        for word in present & words.BEFORE_WORDS:
            for match in _from(_PREFIXED, folded, places(folded, word)):
                yield from self._whole(view, match, intros)
        if not present.isdisjoint(words.BETWEEN_WORDS):
            for match in _KIND_BETWEEN.finditer(folded):
                yield from self._whole(view, match, intros)
        if not present.isdisjoint(words.UNIT_WORDS):
            yield from self._units(view, starts, intros)

    def _units(self, view: View, starts: list[int], intros: list[int]) -> Iterator[Span]:
        """Numbers before a suite or a flat, whatever the street is called."""
        folded = view.folded
        for match in _from(_UNIT_AFTER, folded, starts):
            stop = self._tail(view, match.end())
            more = _MORE.match(view.cased, stop)
            end = more.end() if more else stop
            yield view.span(match.start(), match.start() + len(folded[match.start() : end].rstrip(" .,")), ADDRESS)
        for match in _STUDIO.finditer(folded):
            yield from self._whole(view, match, intros)

    def _boxes(self, view: View) -> Iterator[Span]:
        folded = view.folded
        if "po a" in folded:
            for match in _MILITARY.finditer(folded):
                yield view.span(match.start(), match.end(), ADDRESS)
        if "box" in folded or "post" in folded or "bp" in folded or "casella" in folded or "apartado" in folded:
            for match in _BOX.finditer(folded):
                yield view.span(match.start(), self._tail(view, match.end()), ADDRESS)

    def _whole(self, view: View, match: re.Match[str], intros: list[int]) -> Iterator[Span]:
        folded = view.folded
        start, end = match.span()
        if joined(folded, end) or joined(folded, start - 1):
            return
        if match.re in {_COMPOUND, _KIND_BETWEEN}:
            start = _street_start(view, match, intros)
        stop = self._tail(view, end)
        if match.re in {_KIND_BETWEEN, _FRENCH} and stop == end and (onwards := _ONWARDS.match(view.cased, end)):
            stop = onwards.end()
        posted = any(map(str.isdigit, folded[end:stop]))
        known = any(intro <= start < intro + 70 for intro in intros)
        if known or posted or _capital(view, match, start):
            leading = _LEADING.search(folded, max(0, start - 7), start) or _PREPOSED.search(
                view.cased, max(0, start - 12), start
            )
            while folded[stop - 1] in ".,":
                stop -= 1
            yield view.span(leading.start() if leading else start, stop, ADDRESS)

    @staticmethod
    def _tail(view: View, end: int) -> int:
        """Where the address ends that has its street before ``end``: units, postal code and town."""
        match = _TAIL.match(view.folded, end)
        if match is None:
            return end
        stop = match.end()
        if match.group("acity"):
            # The town after a postal code: only its capitalised words, or all of them if the text has no capitals.
            first = match.start("acity")
            town = view.typed(first, match.end("acity"))
            if town[:1].isupper():
                last = 0
                for word in re.finditer(r"[^\s]+", town):
                    if not (word.group()[0].isupper() or word.group() in _PARTICLES or word.group().isdigit()):
                        break
                    last = word.end()
                stop = min(stop, first + last) if 0 < last < len(town) else stop
            elif len(town.split()) > 3:
                stop = first + len(" ".join(view.folded[first:stop].split(" ")[:2]))
        return end + len(view.folded[end:stop].rstrip(" .,\n-"))

    @staticmethod
    def _announced(view: View, intros: list[int]) -> Iterator[Span]:
        folded = view.folded
        for intro in intros:
            limit = min(len(folded), intro + _MOST)
            stop = (_CORNER_STOP if folded.startswith(_CORNER, intro) else _STOP).search(folded, intro, limit)
            end = stop.start() if stop else limit
            piece = folded[intro:end]
            line = piece.find("\n")
            while line >= 0 and _LINE_ON.match(view.cased, intro + line, end):
                line = piece.find("\n", line + 1)
            if line >= 0:
                end = intro + line
                piece = folded[intro:end]
            end = intro + len(piece.rstrip(" .,:\n"))
            if end - intro < 5 or "@" in piece or "://" in piece:
                continue
            numbered = _DIGIT.search(piece) is not None
            capital = any(map(str.isupper, view.cased[intro:end]))
            if not _is_address(piece, numbered, capital):
                continue
            if capital:
                end = intro + _written_on(view.cased[intro:end])
            first = re.search(r"\d|[^\W\d_]", piece)
            yield view.span(intro + (first.start() if first else 0), end, ADDRESS)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``: the line that may be the beginning of an address."""
        folded = view.folded
        if not view.digits and view.words.isdisjoint(words.GATE):
            return len(view.text)
        floor = max(0, len(folded) - 120)
        begun = _BEGUN.search(folded, floor)
        return len(view.text) if begun is None else view.place(begun.start())


def _from(pattern: re.Pattern[str], folded: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """What ``pattern`` matches at one of ``starts``, in order and without overlap."""
    done = 0
    for start in starts:
        if start >= done and (match := pattern.match(folded, start)):
            done = match.end()
            yield match


def _ends_compound(folded: str, end: int) -> bool:
    """Does a word like Gartenstrasse end at ``end``, a comma or full stop after it?"""
    end -= folded[end - 1] == ","
    end -= folded[end - 1] == "."
    return folded.endswith(words.COMPOUND_ENDS, 0, end)


def _name_start(cased: str, start: int, end: int) -> int:
    """Where the capitalised words begin that end at ``end``, small ones of names among them; -1 if there are none."""
    begin = -1
    for word in reversed(list(re.finditer(r"[^\s-]+", cased[start:end]))):
        if word.group()[0].isupper():
            begin = start + word.start()
        elif begin < 0 or word.group() not in _PARTICLES:
            break
    return begin


def _street_start(view: View, match: re.Match[str], intros: list[int]) -> int:
    """Where the name of the street begins: after what announces it, and after the last word written small before it."""
    start = max([match.start(), *(intro for intro in intros if match.start() < intro < match.start("number"))])
    typed = view.typed(start, match.start("number")).rstrip(" .,")
    if typed != typed.lower():
        words_before = list(re.finditer(r"\S+", typed))[:-1]
        first = len(typed) - len(typed.split(" ")[-1])
        for word in reversed(words_before):
            if word.group()[0].isupper():
                first = word.start()
            elif word.group() not in _PARTICLES:
                break
        return start + first
    if match.re is _KIND_BETWEEN:
        return start
    last = view.folded.rfind(" ", start, match.start("number") - 1)
    return last + 1 if last >= start else start


def _capital(view: View, match: re.Match[str], start: int) -> bool:
    """Is the street written with capitals, as names are?"""
    if match.re is _FRENCH:
        return view.cased[match.start("name")].isupper()
    typed = view.typed(start, match.end())
    street = match.groupdict().get("type")
    letters = re.findall(r"[^\W\d_]+", typed)
    if not letters:
        return False
    if street and view.folded.startswith(street, match.start()):
        # rue, via, ul.: often small themselves, and small words of the name as well.
        return (
            len(letters) > 1
            and (letters[1][0].isupper() or letters[1] in _PARTICLES or not letters[1].isascii())
            and letters[-1][0].isupper()
        )
    long = [word for word in letters if len(word) > 2]
    if not long or any(word[0].islower() and len(word) > 3 for word in long[1:]):
        return False
    return long[0][0].isupper() or (len(long) > 1 and long[-1][0].isupper() and len(long[0]) <= 3)


_PARTICLES: Final = frozenset(
    {"van", "de", "der", "den", "la", "le", "les", "sur", "am", "an", "im", "op", "zand", "do", "da", "dos"}
    | {
        "del",
        "di",
        "en",
        "u",
        "nad",
        "i",
        "y",
        "ob",
        "bei",
        "du",
        "des",
        "della",
        "dello",
        "dei",
        "das",
        "las",
        "los",
        "san",
        "santa",
        "sw",
    }
)


def _written_on(piece: str) -> int:
    """Where an announced address ends that is written with capitals: before small words of the sentence after it."""
    cut = re.search(r", (?:[^\W\d_A-Z][^\W\d_]{0,20}[ ,]{1,2}){0,8}[^\W\d_A-Z][^\W\d_]{0,20}\Z", piece)
    if cut is None or not any(map(str.isdigit, piece[: cut.start()])):
        return len(piece)
    first = re.search(r"[^\W\d_]+", fold(cut.group()))
    unit = first is not None and (first.group() in words.STREETS or first.group() in _PARTICLES)
    return len(piece) if unit else cut.start()


def _is_address(piece: str, numbered: bool, capital: bool) -> bool:
    """Does what was announced hold a street, or a number beside a name?"""
    if any(word in words.STREETS for word in re.findall(r"[^\W\d_]+", piece)) or _STREET_WORD.search(piece):
        return not _SENTENCE.match(piece) or (numbered and capital)
    if not capital and not _LONG_NUMBER.search(piece) and piece.count(",") < 1:
        return False
    if not numbered or _SENTENCE.match(piece) or len(piece.split()) > 14:
        return False
    return _BESIDE.search(piece) is not None and _DIGIT.search(piece[:48]) is not None and _looks_posted(piece)


def _looks_posted(piece: str) -> bool:
    """A number of a house or a postal code beside a name, not an amount or a time."""
    return (
        re.search(
            r"\d{1,2}:\d\d|\d ?(?:%|€|\$|am|pm|uhr|kg|km|minutes?|hours?|people|years?|days?|emails?|ms)\b", piece
        )
        is None
    )
