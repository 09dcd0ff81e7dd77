"""Postal addresses: a street with a house number in the ways of seventeen languages, with what follows it, or announced.

A street needs a number beside it and capitals, or an announcement ("lives at"), or a postal code after it.
"""

# ruff: noqa: E501  # alternatives in groups read better than wrapped ones

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction import address_words as words
from agent.redaction.detectors.edges import joined
from agent.redaction.kinds import ADDRESS
from agent.redaction.view import BARRIER, Span, View

_NUMBER: Final = r"\d{1,5}(?:[-/]\d{1,4})?(?:[ ]?[a-z](?![^\W_]))?"
_NAME: Final = r"[^\W\d_][\w'`.\-]{0,24}"

_NUMBER_FIRST: Final = re.compile(
    rf"(?<![\w/.:-])(?:(?<!\d,)|(?<=\d\d\d\d,))(?P<number>{_NUMBER})(?:,? (?:{_NAME} ){{1,4}}?| (?:\d{{1,5}} )(?:{_NAME} ){{1,4}}?)"
    rf"(?P<type>(?:{words.AFTER_NAME})|(?:{words.AFTER_NAME_RARE}))(?![^\W_])\.?(?: (?:north|south|east|west|n|s|e|w)(?![^\W_]))?(?: {_NUMBER})?"
)
_FRENCH: Final = re.compile(
    rf"(?<![\w/.:-])(?P<number>{_NUMBER})(?: ?(?:bis|ter))?,? (?P<type>{words.BEFORE_NAME})\.? (?:{_NAME} ){{0,4}}?(?P<name>{_NAME})"
)
_PREFIXED: Final = re.compile(
    rf"(?<![^\W_])(?P<type>{words.BEFORE_NAME})(?:\. ?| )(?P<name>(?:[ivx]{{1,5}} )?{_NAME})(?:[ ]{_NAME}){{0,4}}?,? ?(?:n[°ºo.]{{1,2}} ?|nr\.? ?|д\. ?|dom ?)?(?P<number>{_NUMBER})"
)
_COMPOUND: Final = re.compile(
    rf"(?P<name>(?<![^\W_])(?:[^\W\d_][\w.'-]{{1,24}}[ -]){{0,2}}[^\W\d_]{{3,24}}?[ -]?(?:{words.COMPOUND}))\.?,? (?P<number>{_NUMBER})(?![\w:%])"
)
_BEFORE_DIGIT: Final = re.compile(r"([^\W\d_]{2,})\.?,? (?=\d)")
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

_POST: Final = r"(?:[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|[a-z]\d[a-z][ -]?\d[a-z]\d|\d{4} ?[a-z]{2}(?![^\W_])|\d{5}-\d{3,4}|\d{2,3}-\d{3}|\d{3} \d{2}|(?:[a-z]{1,2}-)?\d{4,6})(?![\w])"
_CITY: Final = r"[^\W\d_][\w'`./ \-]{1,34}?"
_WORD_CITY: Final = rf"{_NAME}(?:[ -]{_NAME}){{0,4}}"
_UNIT: Final = rf"(?:[, \n]{{1,3}}(?:{words.UNIT})\.?(?: ?#?\w{{1,5}}(?![^\W_])){{1,2}})"
_TAIL: Final = re.compile(
    rf"{_UNIT}{{0,4}}"
    rf"(?:[, \n]{{1,4}}(?P<a>{_POST})[ ,]{{1,3}}(?P<acity>{_WORD_CITY})(?: ?[(/,] ?[a-z]{{2}}\)?(?![^\W_]))?"
    rf"|[, \n]{{1,4}}(?P<city>{_CITY})(?:(?:, ?{_CITY}){{0,1}})[,\n ]{{1,4}}(?:(?:{_NAME}[ ,\n]{{1,2}}){{0,2}}?)-?(?P<b>{_POST})"
    r")?"
)
_INTRO: Final = re.compile(
    rf"(?<![^\W_])(?:{words.ANNOUNCED})(?:(?: is|est|es|ist| e| er| ar| on| jest| je)(?![^\W_]))?(?::|[ ]-|,)?[ \n]{{1,3}}(?:it is )?"
)
_STOP: Final = re.compile(
    r"[!?;|\"<>]|\.(?=\s|\Z)(?<!\b\w\.)(?<!\bст\.)(?<!\bстр\.)(?<!\bul\.)(?<!\bst\.)(?<!\bapt\.)(?<!\bpr\.)(?<!\bnr\.)(?<!\bno\.)(?<!\bav\.)(?<!\bal\.)(?<!\bpl\.)(?<!\bпр\.)(?<!\bул\.)(?<!\bнаб\.)(?<!\bпер\.)"
    r"(?<!\bбул\.)(?<!\bbul\.)(?<!\bалл\.)|\n\n|,? (?:please|thanks|bitte|merci|gracias|dziekuje|where|which|and|but|until|since|with|because|last|after|before|for|tomorrow|today|when|als|und|seit)(?![^\W_])"
    rf"|[ ]-[ ]|{BARRIER}|,(?=[^\s])"
)
_BEGUN: Final = re.compile(r"(?<!\w)\d{1,5}(?!\d)|(?<![^\W_])(?:rue|via|calle|ul|rua)(?![^\W_])")
_SENTENCE: Final = re.compile(
    r"(?:the|an?|this|that|my|your|our|all|me|us|him|her|them|you|it)(?![^\W_])(?! corner of)"
)
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

_EAST: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区|市|都|道|府|県|縣|郡|区|區|县|町|村|旗)){1,5}[\u3040-\u30ff\u4e00-\u9fffA-Za-z]{0,16}?"
    r"(?:[\u4e00-\u9fff]{1,6}(?:路|街|巷|弄|道|大道|胡同|村))?[\u3040-\u30ff\u4e00-\u9fff]{0,8}"
    r"(?:[\dA-Za-z]{1,5}(?:[-−丁目番地号條条巷弄号楼座栋室层の]{1,3}\d{0,4}){1,6})?(?: ?[\u3040-\u30ff\u4e00-\u9fff]{2,20}\d{1,4}(?:号室)?)?(?: ?\d{6})?"
)
_ROAD: Final = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:路|街|巷|大道|胡同)[\dA-Za-z]{1,5}(?:号|座|栋|楼|室|弄)(?:[\dA-Za-z]{1,5}(?:号|座|栋|楼|室|单元)){0,3}(?: ?\d{6})?"
)
_EAST_END: Final = re.compile(r"[\d号座室楼栋丁目番地]")
_KOREA: Final = re.compile(
    r"(?:[가-힣]{2,8}(?:특별시|광역시|특별자치시|특별자치도|도|시) ){0,1}(?:[가-힣]{1,8}(?:시|군|구|읍|면|동) ?){0,3}[가-힣\d]{1,12}(?:로|길|동|가|리) ?\d{1,4}(?:-\d{1,4})?(?:길 ?\d{1,4})?"
    r"(?:[, ]{1,2}\(?[가-힣\d ]{2,16}(?:동|호|층|아파트)\)?){0,3}"
)
_EAST_INTRO: Final = re.compile(
    r"(?:住所|地址|现居|住在|寄到|送到|收货地址|주소|배송지|거주지)(?:は|是|:|：|는|은)?\s{0,2}"
)
_EAST_VALUE: Final = re.compile(r"[^\n。，；;!?？！\"']{3,60}")
_CJK: Final = re.compile(r"[\u4e00-\u9fff\uac00-\ud7a3]")


class Addresses:
    """Finds addresses with street and number, and what an announcement says is one."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        if not view.text.isascii() and _CJK.search(view.text):
            yield from self._east(view)
        announced = bool(view.words & words.GATE)
        if not view.digits and not announced:
            return
        intros = [match.end() for match in _INTRO.finditer(view.folded)] if announced else []
        yield from self._announced(view, intros)
        if view.digits:
            yield from self._streets(view, intros)

    def _streets(self, view: View, intros: list[int]) -> Iterator[Span]:
        if view.words & words.STREETS:
            yield from self._typed(view, intros)
        folded = view.folded
        if any(word.endswith(words.COMPOUND_ENDS) for word in _BEFORE_DIGIT.findall(folded)):
            for match in _COMPOUND.finditer(folded):
                yield from self._whole(view, match, intros)
        yield from self._boxes(view)

    def _typed(self, view: View, intros: list[int]) -> Iterator[Span]:
        """Streets with a word of their own: Maple Street, rue Vaillant, ul. Długosza."""
        folded = view.folded
        for pattern in (_NUMBER_FIRST, _FRENCH, _PREFIXED):
            for match in pattern.finditer(folded):
                yield from self._whole(view, match, intros)
        for match in _UNIT_AFTER.finditer(folded):
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
        if match.re is _COMPOUND:
            start = _street_start(view, match, intros)
        stop = self._tail(view, end)
        posted = any(map(str.isdigit, folded[end:stop]))
        known = any(intro <= start < intro + 70 for intro in intros)
        if known or posted or _capital(view, match, start):
            leading = _LEADING.search(folded, max(0, start - 7), start)
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
                    if not (word.group()[0].isupper() or word.group() in _PARTICLES):
                        break
                    last = word.end()
                stop = min(stop, first + last) if last else stop
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
            if not _is_address(piece, numbered):
                continue
            first = re.search(r"\d|[^\W\d_]", piece)
            yield view.span(intro + (first.start() if first else 0), end, ADDRESS)

    @staticmethod
    def _east(view: View) -> Iterator[Span]:
        text = view.text
        for pattern in (_EAST, _ROAD, _KOREA):
            for match in pattern.finditer(text):
                value = match.group()
                if (
                    len(value) >= 5
                    and (any(map(str.isdigit, value)) or value[-1] in "号座室楼栋")
                    and _EAST_END.search(value)
                ):
                    yield Span(match.start(), match.start() + len(value.rstrip()), ADDRESS)
        for intro in _EAST_INTRO.finditer(text):
            told = _EAST_VALUE.match(text, intro.end())
            if told and any(char.isdigit() or char in "市区县路街町村구시로동座号" for char in told.group()):
                yield Span(told.start(), told.end(), ADDRESS)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``: the line that may be the beginning of an address."""
        folded = view.folded
        if not view.digits and not view.words & words.GATE:
            return len(view.text)
        floor = max(0, len(folded) - 120)
        begun = _BEGUN.search(folded, floor)
        return len(view.text) if begun is None else view.place(begun.start())


def _street_start(view: View, match: re.Match[str], intros: list[int]) -> int:
    """Where the name of the street begins: after what announces it, and after the last word written small before it."""
    start = max([match.start(), *(intro for intro in intros if match.start() < intro < match.start("number"))])
    typed = view.typed(start, match.start("number")).rstrip(" .,")
    if typed != typed.lower():
        words_before = list(re.finditer(r"\S+", typed))[:-1]
        for word in reversed(words_before):
            if not word.group()[0].isupper():
                return start + word.end() + 1
        return start
    last = view.folded.rfind(" ", start, match.start("number") - 1)
    return last + 1 if last >= start else start


def _capital(view: View, match: re.Match[str], start: int) -> bool:
    """Is the street written with capitals, as names are?"""
    typed = view.typed(start, match.end())
    street = match.groupdict().get("type")
    letters = re.findall(r"[^\W\d_]+", typed)
    if not letters:
        return False
    if street and view.folded.startswith(street, match.start()):
        # rue, via, ul.: often small themselves, and small words of the name as well.
        return len(letters) > 1 and (letters[1][0].isupper() or letters[1] in _PARTICLES) and letters[-1][0].isupper()
    long = [word for word in letters if len(word) > 2]
    if not long or any(word[0].islower() and len(word) > 3 for word in long[1:]):
        return False
    return long[0][0].isupper() or (len(long) > 1 and long[-1][0].isupper() and len(long[0]) <= 3)


_PARTICLES: Final = frozenset(
    {
        "van",
        "de",
        "der",
        "den",
        "la",
        "le",
        "les",
        "sur",
        "am",
        "an",
        "im",
        "op",
        "zand",
        "do",
        "da",
        "dos",
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


def _is_address(piece: str, numbered: bool) -> bool:
    """Does what was announced hold a street, or a number beside a name?"""
    if any(word in words.STREETS for word in re.findall(r"[^\W\d_]+", piece)) or _STREET_WORD.search(piece):
        return not _SENTENCE.match(piece) or numbered
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
