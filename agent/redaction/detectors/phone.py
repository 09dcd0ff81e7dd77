"""Phone numbers of the whole world: ITU-T E.164 and E.123 (forms), national ways of grouping, words that announce one.

Numbers in national form look like any other number, so without a country code, a trunk zero in groups, an area code in
parentheses or the American 3-3-4 they need such a word before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction import number_words as words
from agent.redaction.detectors.edges import joined, open_digits
from agent.redaction.kinds import PHONE
from agent.redaction.view import BARRIER, Span, View

_CANDIDATE: Final = re.compile(
    r"(?:\(?\+\s?\(?|\()?\d(?:[ \t().\-/~]{0,3}\d){4,17}"
    r"(?:\s{0,2}(?:,?\s?(?:x|ext|extension|durchwahl|dw|int|poste|#)\.?:?\s?)\d{1,6})?"
)
_DIGITS: Final = re.compile(r"\d+")
_EXTENSION: Final = re.compile(r"\s{0,2},?\s?(?:x|ext|extension|durchwahl|dw|int|poste|#)\.?:?\s?\d{1,6}\Z")

_WORD: Final = re.compile(r"[^\W\d_]+")
_DATE: Final = re.compile(
    r"(?<![\d-])(?<!\d[./])(?:(?:19|20)\d\d([-/.])[01]?\d\1[0-3]?\d|[0-3]?\d([-/.])[01]?\d\2(?:19|20)?\d\d"
    r"|[01]?\d([-/.])[0-3]?\d\3(?:19|20)?\d\d)(?![\d-])(?![./]\d)|(?<!\d)(?:19|20)\d{2}[ -]{1,3}(?:19|20)\d{2}(?!\d)"
)
_NANP: Final = re.compile(
    r"(?:(?:\+?1|001)[ .\-]{0,2})?(?:\(\d{3}\)[ .\-]{0,2}\d{3}[ .\-]?\d{4}"
    r"|\d{3}([ .\-])\d{3}\1\d{4}|\d{3}[ .\-]\d{3}[.\-]\d{4})"
)
_AREA: Final = re.compile(r"(?:\+?\d{1,3}[ .\-]?)?\(\d{2,5}\)[ .\-/]{0,3}\d[\d .\-/]{3,}\d")
_TRUNK: Final = re.compile(r"0\d{1,5}(?:[ .\-/]{1,3}\d{2,8}){1,5}")
_CHINESE: Final = re.compile(r"1[3-9]\d{9}")
_CJK: Final = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff]")
_ROW: Final = re.compile(r"(?:[,;|\t]|(?<= )-|\n|['\"])\s{0,2}['\"]?\Z|\A\Z")
_ROW_END: Final = re.compile(r"['\"]?\s{0,2}(?:[,;|\t\n]|\)|\Z)")
#: "030 901820 (office)": a line of a signature.
_AFTER: Final = re.compile(
    r"[ \t]{1,2}\(?(?:office|fax|mob|mobile|cell|home|work|phone|tel"
    r"|direct|desk|handy|mobil|privat|buro|numarasindan)\b"
)
_FIELDS: Final = re.compile(r"(?: - [^\n]{2,60}){1,3} - \Z")
_CALL: Final = re.compile(
    r"(?<![a-z])(?:call|text|ring|phone|dial|sms|whatsapp|reach|contact)(?: (?:me|us|him|her|them|back))?"
    r"(?: (?:on|at|under))?:? \Z"
)
_WINDOW: Final = 42
_NOT_BEFORE: Final = frozenset("$€£#")
_UNIT: Final = re.compile(r" ?[%€]|[°$]")
_JOINTS: Final = frozenset("/=-.:")


class _Number:
    """One candidate: its digits in groups, what stands before it, and the judgements that follow."""

    __slots__ = (
        "before",
        "count",
        "digits",
        "dotted",
        "end",
        "extension",
        "folded",
        "groups",
        "start",
        "value",
        "words",
    )

    def __init__(self, folded: str, start: int, end: int, floor: int) -> None:
        self.folded, self.start, self.end = folded, start, end
        whole = folded[start:end]
        extension = _EXTENSION.search(whole)
        self.extension = extension is not None
        self.value = whole[: extension.start()] if extension else whole
        self.groups = _DIGITS.findall(self.value)
        self.digits = "".join(self.groups)
        self.count = len(self.digits)
        self.dotted = len(self.groups) > 1 and self.value.count(".") == len(self.groups) - 1
        before = folded[max(floor, start - _WINDOW) : start]
        self.before = before[before.rfind(BARRIER) + 1 :]
        self.words = _WORD.findall(self.before)

    def previous(self) -> str:
        """The character before, or nothing."""
        return self.folded[self.start - 1 : self.start] if self.start else ""

    def impossible(self) -> bool:
        """A date, an amount, one digit over and over, too long."""
        return (
            self.count > 16
            or len(set(self.digits)) < 2
            or self.previous() in _NOT_BEFORE
            or _UNIT.match(self.folded, self.end) is not None
            or _DATE.search(self.value) is not None
        )

    def announced(self) -> bool:
        """Is there a word for phones before it?"""
        if any(word in words.PHONE and word not in words.ANY_NUMBER for word in self.words[-6:]):
            return True
        return not self.before.isascii() and any(word in self.before for word in words.UNSPACED)

    def called(self) -> bool:
        """Is it what somebody is asked to call, as in "call 99252265" and "text me on 6048 3430"?"""
        return self.count >= 7 and _CALL.search(self.before) is not None

    def other(self) -> bool:
        """Is it announced as another number?"""
        last = self.words[-1] if self.words else ""
        return last in words.OTHER or (
            len(self.words) > 1 and self.words[-2] in words.OTHER and last in words.ANY_NUMBER
        )

    def attached(self) -> bool:
        """Does it hang on something: a path, a key, a version?"""
        previous = self.previous()
        if previous not in _JOINTS or not previous or _ROW.search(self.folded[max(0, self.start - 3) : self.start]):
            return False
        return previous != ":" or not (self.words and self.words[-1] in words.ANY_NUMBER)

    def shaped(self) -> bool:
        """Does its form alone tell?"""
        if self.extension and 7 <= self.count <= 15:
            return True
        if _NANP.fullmatch(self.value) or (_AREA.fullmatch(self.value) and 7 <= self.count <= 15):
            return True
        if self.digits.startswith("00"):
            return 10 <= self.count <= 16 and self.digits[2] != "0"
        if self.digits[0] == "0" and 9 <= self.count <= 12:
            if len(self.groups) == 1:
                return self.count in {10, 11}
            return _TRUNK.fullmatch(self.value) is not None and not (self.dotted and len(self.groups) == 2)
        return self.digits[0] == "8" and "(" in self.value and self.count == 11

    def beside(self) -> bool:
        """Do weaker words, or its place in a table or signature, tell?"""
        count, groups = self.count, len(self.groups)
        if any(word in words.ANY_NUMBER for word in self.words[-4:]) and 7 <= count <= 15:
            last = self.words[-1]
            return (
                (groups > 1 and not self.dotted) or self.digits[0] == "0" or (count >= 9 and last not in {"no", "nr"})
            )
        if groups > 1 and 7 <= count <= 13 and _AFTER.match(self.folded, self.end):
            return True
        if _CHINESE.fullmatch(self.value) and _CJK.search(self.folded):
            return True
        return self.in_row()

    def in_row(self) -> bool:
        """Is it a field of its own: in a table, a signature, after a dash?"""
        folded, start, count = self.folded, self.start, self.count
        if not _ROW_END.match(folded, self.end):
            return False
        if len(self.groups) == 1 and count == 10 and _FIELDS.search(folded, max(0, start - 90), start):
            return True
        around = folded[max(0, start - 300) : self.end + 300]
        if not _ROW.search(folded[max(0, start - 3) : start]) or not ("@" in around or around.count(",") >= 3):
            return False
        if len(self.groups) == 1:
            return count in {10, 11, 12} and self.previous() not in {"\n", ""}
        return 7 <= count <= 13 and not self.dotted and len(self.groups) <= 5

    def is_phone(self) -> bool:
        """All of it together."""
        if self.impossible():
            return False
        if "+" in self.value[:3]:
            if (
                self.dotted
                and len(self.groups) == 2
                and self.folded[max(0, self.start - 2) : self.start].rstrip()[-1:].isdigit()
            ):
                return False  # "842.5 + 3.613396"
            return 7 <= self.count <= 15 and not (self.previous() in {"/", "="} and self.count < 9)
        if self.announced() or self.called():
            least = 6 if len(self.groups) == 1 else 5
            return self.count >= least and not (self.dotted and len(self.groups) == 2)
        if self.other() or self.attached():
            return False
        return self.shaped() or self.beside()


class Phones:
    """Finds phone and fax numbers, with their extension."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        if not view.digits:
            return
        folded = view.folded
        last = 0
        for match in _CANDIDATE.finditer(folded):
            start, end = match.span()
            floor, last = last, end
            if folded[start] == "(" and ")" not in match.group():
                start += 1  # it encloses the number, not its area code
            if joined(folded, start - 1) or joined(folded, end) or not _Number(folded, start, end, floor).is_phone():
                continue
            yield view.span(start, end, PHONE)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``."""
        return open_digits(view)
