"""Numbers that a label announces: identity and tax numbers, documents, plates, insurances, accounts, birth dates.

Labels in ``lexicon``. Between label and value may stand what people write there ("number", "is", signs, a bracket);
the value may also come first ("AB123456 is my passport").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction import number_words
from agent.redaction.dates import DATE, PARTIAL
from agent.redaction.detectors.edges import joined, open_digits, places
from agent.redaction.kinds import ACCOUNT, BIRTH, ID, LICENCE, MAC, MEDICAL, PASSPORT, PLATE
from agent.redaction.lexicon import FIRST_WORDS, LABELS, UNSPACED, Label
from agent.redaction.view import Span, View, fold

_BIC: Final = re.compile(r"[a-z]{4}[a-z]{2}[a-z0-9]{2}(?:[a-z0-9]{3})?(?![a-z0-9])")
_BIC_WORDS: Final = frozenset({"bic", "swift"})
#: Plates in letters of their own scripts, and the ones whose first group has letters only.
_PLATE_FORM: Final = re.compile(
    r"[а-я] ?\d{3} ?[а-я]{2} ?\d{2,3}(?!\d)"
    r"|[\u3040-\u30ff\u3400-\u9fff]{1,4}[ ・]?\d{1,3} ?[\u3040-\u309f] ?[・.·\d]{1,2}[ -]?\d{1,2}(?!\d)"
    r"|[\u4e00-\u9fff][a-z][·. -]?[a-z0-9]{4,6}(?![a-z0-9])"
    r"|(?:[\u1100-\u11ff]{4,9} ?)?\d{2,3} ?[\u1100-\u11ff]{2,3} ?\d{4}(?!\d)"
    r"|[a-z]{1,3}[ :-][a-z]{1,2}[ -]?\d{1,4}[eh]?(?![a-z0-9])|\d{1,2}[ -]?[a-z]{1,3}[ -]?\d{2,5}(?![a-z0-9])"
)
_PUNCTUATION: Final = r"[ \t:=#>\"'`()\[\]*.,|/\-–—→?°º]"
_PARTICLES: Final = "|".join(
    map(fold, ("は", "が", "是", "为", "為", "는", "은", "이", "가", "を", "の", "号码", "号", "番号", "번호"))
)
_FILLERS: Final = "|".join(number_words.FILLER)
_CONNECT: Final = re.compile(
    rf"(?:{_PUNCTUATION}{{1,4}}|(?:{_FILLERS})(?![^\W_])(?!-\d)|[_]|\n(?!\n)|(?:{_PARTICLES})){{0,14}}"
)
_DIRECT: Final = re.compile(rf"(?:{_PUNCTUATION}|\n){{0,4}}")
_VALUE: Final = re.compile(r"[a-z0-9]+")
_GAP: Final = re.compile(r"[ \t]?[-./–·~][ \t]?|[ \t]|(?<=\d)\((?=\d)|\)(?![^\W_])")
_REVERSE: Final = re.compile(
    r"(?<![\w.])([a-z0-9](?:[a-z0-9]|[-./ ](?=[a-z]{0,3}\d)){3,22})[\"')]{0,2}[ ](?:is|are|was|ist|est|es|e|er|ar"
    r"|on|to|je|jest|это)[ ]"
    r"(?:[^\W\d_]{1,12}[ ]){0,4}\Z"
)
_LABEL_BETWEEN: Final = re.compile(r"[ _\-./'`]{0,2}")
#: Fewest digits, and fewest and most letters and digits, of a value of the kind.
_SIZES: Final = {
    ID: (3, 6, 24), PASSPORT: (1, 6, 14), LICENCE: (3, 6, 20), PLATE: (1, 3, 17), MEDICAL: (3, 5, 24),
    ACCOUNT: (4, 4, 28), MAC: (10, 12, 22),
}  # fmt: skip
_DATE_ONLY: Final = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{2,4}\Z")
_NEXT: Final = re.compile(r"[ \t]{0,2}(?:,|;|/|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bor\b|\bve\b)[ \t]{1,2}")


class Documents:
    """Finds what stands beside a label."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        if not view.digits and view.words.isdisjoint(_BIC_WORDS):
            return
        for start, stop, label in _labels(view):
            if label.words[0] in _BIC_WORDS:
                yield from self._bic(view, stop)
            yield from self._beside(view, start, stop, label.kind, label.weak)
        if not view.folded.isascii():
            for word, kind in UNSPACED:
                for place in places(view.folded, word):
                    yield from self._beside(view, place, place + len(word), kind, weak=False)

    @staticmethod
    def _bic(view: View, stop: int) -> Iterator[Span]:
        """A bank's code (ISO 9362) may have letters only; then it is written in capitals."""
        connect = _DIRECT.match(view.folded, stop)
        match = _BIC.match(view.folded, connect.end() if connect else stop)
        if match and (view.cased[match.start() : match.end()].isupper() or any(map(str.isdigit, match.group()))):
            yield view.span(match.start(), match.end(), ACCOUNT)

    def _beside(self, view: View, start: int, stop: int, kind: str, weak: bool) -> Iterator[Span]:
        folded = view.folded
        connect = _CONNECT.match(folded, stop)
        at = connect.end() if connect else stop
        if kind == BIRTH:
            yield from self._birth(view, at, weak)
            return
        direct = _DIRECT.match(folded, stop)
        first = direct.end() if direct else stop
        end = 0
        if first < at and (kind == PLATE or view.cased[first : first + 1].isupper()):
            # "AR" and "DE" are words between a label and its value, and the beginning of values.
            end = self._value_end(view, first, kind, weak)
            at = first if end else at
        end = end or self._value_end(view, at, kind, weak)
        if end:
            yield view.span(at, end, kind)
            for _more in range(4):
                again = _NEXT.match(folded, end)
                stop = again.end() if again else 0
                more = self._value_end(view, stop, kind, weak=True) if again else 0
                if not more:
                    break
                yield view.span(stop, more, kind)
                end = more
            return
        back = _REVERSE.search(folded, max(0, start - 70), start)
        if back:
            ending = self._value_end(view, back.start(1), kind, weak)
            if ending >= back.end(1):
                yield view.span(back.start(1), back.end(1), kind)

    @staticmethod
    def _birth(view: View, at: int, weak: bool) -> Iterator[Span]:
        folded = view.folded
        date = DATE.match(folded, at)
        if date is None:
            # "born in Lyon on 3 May 1980", "born 1980-05-03"
            near = DATE.search(folded, at, min(len(folded), at + 40))
            between = folded[at : near.start()] if near else ""
            date = near if near and not any(char in between for char in ".\n;|,") else None
        if date is None and not weak:
            date = PARTIAL.match(folded, at)
        if date is not None and not joined(folded, date.end()):
            yield view.span(date.start(), date.end(), BIRTH)

    @staticmethod
    def _value_end(view: View, at: int, kind: str, weak: bool) -> int:
        """Where the value at ``at`` ends, 0 if there is none of this kind."""
        folded = view.folded
        if joined(folded, at - 1) and folded[at - 1] != "_":
            return 0
        if kind == PLATE and (form := _plate_end(folded, at, weak)):
            return form
        end, digits, size, chunks = _run(view, at, _SIZES[kind][2])
        if kind in {ID, LICENCE} and chunks == 1 and not weak and 8 <= size <= 16 and 0 < digits < 3:
            return end if view.cased[at:end].isupper() else 0  # German ones may hold letters nearly all through
        return end if end > at and _fits(folded[at:end], kind, (digits, size, chunks), weak) else 0

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``."""
        return open_digits(view)


def _labels(view: View) -> Iterator[tuple[int, int, Label]]:
    """Start, end and meaning of every label, of several at one place the longest."""
    folded = view.folded
    for first in view.words & FIRST_WORDS:
        for place in places(folded, first):
            if _letter(folded, place - 1) or _letter(folded, place + len(first)):
                continue
            for label in LABELS[first]:
                stop = _matches(folded, place, label)
                if stop:
                    yield place, stop, label
                    break


def _run(view: View, at: int, most: int) -> tuple[int, int, int, int]:
    """End of the groups at ``at`` that read as one number; how many digits, characters and groups they hold."""
    folded = view.folded
    place, end, digits, size, chunks, letters = at, at, 0, 0, 0, 0
    while chunks < 9:
        chunk = _VALUE.match(folded, place)
        if chunk is None or joined(folded, chunk.end()):
            break
        figures = sum(map(str.isdigit, chunk.group()))
        if figures and size + len(chunk.group()) > most:
            if folded[chunk.start() - 1] == "-":
                return at, 0, 0, 0  # a UUID, a serial number
            break
        if not figures:
            letters += 1
            if letters > 3 or not _goes_on(view, chunk, chunks):
                break
        digits, size, end, chunks = digits + figures, size + len(chunk.group()), chunk.end(), chunks + 1
        gap = _GAP.match(folded, end)
        if gap is None:
            break
        place = gap.end()
    return end, digits, size, chunks


def _goes_on(view: View, chunk: re.Match[str], chunks: int) -> bool:
    """Is this group of letters part of the number: "AB 123", "123 XY", "12 34 d"?"""
    word = chunk.group()
    if len(word) == 1 and word not in number_words.NOT_MORE:
        return True
    capitals = view.cased[chunk.start() : chunk.end()].isupper()
    ahead = _GAP.match(view.folded, chunk.end())
    following = _VALUE.match(view.folded, ahead.end()) if ahead else None
    numbered = following is not None and any(map(str.isdigit, following.group()))
    if word in number_words.NOT_MORE:
        around = view.cased[max(0, chunk.start() - 30) : chunk.end() + 20]
        return capitals and (numbered or (chunks > 0 and len(word) < 3 and around != around.upper()))
    if capitals:
        return len(word) <= 4 and (numbered or (chunks > 0 and len(word) <= 3))
    return len(word) <= 3 and numbered


def _fits(value: str, kind: str, counted: tuple[int, int, int], weak: bool) -> bool:
    """Is this a value of the kind?"""
    digits, size, chunks = counted
    least_digits, least, _most = _SIZES[kind]
    if digits < least_digits or size < least:
        return False
    if kind == PLATE:
        return not (digits == size and size < 4) and (size <= 10 or size == 17) and chunks <= 4
    if kind == ACCOUNT:
        return not weak or (digits >= 5 and size >= 7 and not _DATE_ONLY.match(value))
    if _DATE_ONLY.match(value):
        return False
    if weak and kind == LICENCE and chunks == 1 and size > digits >= 3:
        return True
    return not (weak and kind in {ID, LICENCE, MEDICAL} and (digits < 5 or size < 7))


def _plate_end(folded: str, at: int, weak: bool) -> int:
    """Where the plate in a form of its own ends, 0 if there is none at ``at``."""
    form = _PLATE_FORM.match(folded, at)
    if form is None or (weak and len(form.group()) < 6 and form.group().isascii()):
        return 0
    word = _VALUE.match(folded, at)
    return 0 if word is not None and word.group() in number_words.NOT_MORE else form.end()


def _letter(folded: str, place: int) -> bool:
    return 0 <= place < len(folded) and folded[place].isalpha() and not _unspaced(folded[place])


def _unspaced(char: str) -> bool:
    return "\u1100" <= char <= "\u11ff" or "\u3040" <= char <= "\u9fff"


def _matches(folded: str, place: int, label: Label) -> int:
    """Where the label that begins at ``place`` ends, 0 if its other words do not follow."""
    for word in label.words:
        if not folded.startswith(word, place):
            return 0
        stop = place + len(word)
        if _letter(folded, stop) and folded[stop : stop + 1] != "":
            return 0
        place = stop
        gap = _LABEL_BETWEEN.match(folded, stop)
        if gap:
            place = gap.end()
    return stop
