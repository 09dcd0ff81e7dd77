"""Keys, tokens and other secrets of programs: by documented form, by the word beside them, by their shape.

Forms: ``secret_forms``. A word such as ``token`` or ``secret`` with a sign of assignment asks little of the value;
a word alone asks more; no word at all asks for a long random piece. Hashes and UUIDs are secrets only beside a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction.detectors import secret_shape as shape
from agent.redaction.detectors import secret_words as words
from agent.redaction.detectors.secret_forms import BLOCK, BLOCK_END, FORM, HOOK, SHOWN
from agent.redaction.kinds import SECRET
from agent.redaction.view import BARRIER, Span, View

#: How often a word inside a value that was refused is looked at again; without a bound the effort is a square.
_ATTEMPTS: Final = 4


class Secrets:
    """Finds the value, never the word beside it."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        folded = view.folded
        if "begin" in folded or "putty" in folded:
            yield from self._blocks(view)
        if view.long:
            yield from self._formed(view)
        if any(map(folded.__contains__, words.FOLDED_GATE)):
            yield from self._assigned(view)
            yield from self._beside(view)
            if view.digits and any(map(folded.__contains__, words.CODE_GATE)):
                yield from self._codes(view)
        if "/" in folded or "=" in folded:
            yield from self._elsewhere(view)

    @staticmethod
    def _blocks(view: View) -> Iterator[Span]:
        done = 0
        for begin in BLOCK.finditer(view.folded):
            if begin.start() < done:
                continue
            end = BLOCK_END.search(view.folded, begin.end())
            done = end.end() if end else len(view.folded)
            yield view.span(begin.start(), done, SECRET)

    @staticmethod
    def _formed(view: View) -> Iterator[Span]:
        cased = view.cased
        for piece in words.PIECE.finditer(cased):
            for match in FORM.finditer(cased, piece.start(), piece.end()):
                if not SHOWN.search(match.group()):
                    yield view.span(match.start(), match.end(), SECRET)
        if "http" in view.folded:
            for match in HOOK.finditer(view.folded):
                yield view.span(match.start(), match.end(), SECRET)
        for match in words.LONG.finditer(cased):
            value = match.group()
            if shape.random_token(value):
                yield view.span(match.start(), match.end(), SECRET)

    def _assigned(self, view: View) -> Iterator[Span]:
        folded = view.folded
        done = refused = attempts = 0
        for match in words.ASSIGN.finditer(folded):
            attempts = attempts + 1 if match.end() < refused else 0
            if match.end() <= done or attempts > _ATTEMPTS:
                continue
            opening = match.group("open")
            in_query = not opening and words.IN_QUERY.search(folded, max(0, match.start() - 41), match.start())
            value = _value(folded, match.end(), "&" if in_query else opening[-1] if opening else "")
            if value is None:
                continue
            typed = view.cased[slice(*value)]
            if match.group("strong") or words.NAMED.search(match.group()):
                good = _assigned_fits(typed, bool(opening), match.group("sign"))
            else:
                good = _weakly_assigned_fits(typed, bool(opening))
            if good:
                done = value[1]
                yield view.span(*value, SECRET)
            else:
                refused = max(refused, value[1])

    @staticmethod
    def _elsewhere(view: View) -> Iterator[Span]:
        """Compared with, in a path, in a query."""
        folded = view.folded
        for match in words.COMPARED.finditer(folded):
            if shape.mixed(view.cased[match.start(2) : match.end(2)]):
                yield view.span(match.start(2), match.end(2), SECRET)
        for match in words.PATH.finditer(folded):
            value = _value(folded, match.end(), "&")
            if value and shape.random_token(view.cased[slice(*value)], 16):
                yield view.span(*value, SECRET)
        for match in words.QUERY.finditer(folded):
            value = _value(folded, match.end(), "&")
            if value is None or value[1] - value[0] < 6 or shape.PLACEHOLDER.match(folded, value[0]):
                continue
            if shape.mixed(view.cased[slice(*value)]):
                yield view.span(*value, SECRET)

    @staticmethod
    def _beside(view: View) -> Iterator[Span]:
        folded = view.folded
        for match in words.BESIDE.finditer(folded):
            opening = match.group("open")
            value = _value(folded, match.end(), opening or "")
            if value is None or value[1] - value[0] < 6:
                continue
            keyed = words.KEYED.match(view.cased, value[0], value[1] - 4)
            value = (keyed.end(), value[1]) if keyed else value
            typed = view.cased[slice(*value)]
            word = match.group("word")
            if shape.PLACEHOLDER.match(typed) or words.NOT_KEYS.search(
                folded, max(0, match.start() - 12), match.start("word")
            ):
                continue
            option = match.group().startswith("-")
            if (
                shape.random_piece(typed, 12)
                or shape.random_token(typed, 16)
                or shape.uuid(typed)
                or (shape.hexadecimal(typed) and len(typed) >= 24)
                or (
                    (option or opening or word in {"bearer", "basic"} or " " in word or "string" in word)
                    and shape.mixed(typed)
                )
            ):
                yield view.span(*value, SECRET)

    @staticmethod
    def _codes(view: View) -> Iterator[Span]:
        for match in words.CODE.finditer(view.folded):
            yield view.span(match.start("value"), match.end("value"), SECRET)
        for pattern in (words.CODE_UNSPACED, words.CODE_FIRST):
            for match in pattern.finditer(view.folded):
                yield view.span(match.start(1), match.end(1), SECRET)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``: a private key that has no end yet."""
        folded = view.folded
        blocks = list(BLOCK.finditer(folded)) if "begin" in folded or "putty" in folded else []
        if not blocks or BLOCK_END.search(folded, blocks[-1].end()):
            return len(view.text)
        return view.place(blocks[-1].start())


def _value(folded: str, at: int, quote: str) -> tuple[int, int] | None:
    """The value at ``at``: to its closing quote on the line, or to the next blank, without the sentence's own signs."""
    if quote in {'"', "'", "`"}:
        stop = min(len(folded), at + words.LONGEST)
        line = folded.find("\n", at, stop)
        closing = folded.find(quote, at, line if line >= 0 else stop)
        barrier = folded.find(BARRIER, at, closing if closing >= 0 else stop)
        if closing > at and barrier < 0:
            return at, closing
    token = words.TOKEN.match(folded, at)
    if token is None:
        return None
    end = token.end()
    if quote == "&":
        cut = re.compile(r"[&#]").search(folded, at, end)
        end = cut.start() if cut else end
    elif following := words.NEXT.search(folded, at, end):
        end = following.start()
    stop_signs = words.STOP.search(folded[at:end])
    end = at + stop_signs.start() if stop_signs else end
    return (at, end) if end - at >= 4 else None


def _weakly_assigned_fits(value: str, quoted: bool) -> bool:
    """Is this a secret after ``key =``, where any other thing may stand as well?"""
    if shape.PLACEHOLDER.match(value) or SHOWN.search(value) or " " in value or value.isdigit() or shape.uuid(value):
        return False
    if shape.random_piece(value, 14) or shape.random_token(value):
        return True
    figures = sum(map(str.isdigit, value))
    if len(value) >= 20 and figures >= 4 and any(map(str.isalpha, value)) and "/" not in value:
        return value.count("-") + value.count(".") <= 3
    return quoted and len(value) >= 8 and figures > 0 and any(char in "#%$@!^*" for char in value)


def _assigned_fits(value: str, quoted: bool, sign: str) -> bool:
    """Is this what stands after ``token =``?"""
    if shape.PLACEHOLDER.match(value) or SHOWN.search(value) or len(value) < 6:
        return False
    if value.isdigit():
        return quoted and len(value) >= 12
    if quoted:
        sentence = " " in value.strip()
        return shape.random_token(value) if sentence else shape.mixed(value) or (len(value) >= 20 and value.isalnum())
    return _bare_fits(value, sign)


def _bare_fits(value: str, sign: str) -> bool:
    """The same without quotes, where code has names and calls, and a sentence words."""
    figures = sum(map(str.isdigit, value))
    if value.isalpha() and (value.islower() or value.istitle() or value.isupper()):
        return len(value) >= 28
    identifier = words.IDENTIFIER.fullmatch(value) is not None
    if "(" in value or (identifier and not figures):
        return False
    if sign.strip(":") in {"is", "ist", "est", "", ">", "は", "是", "为"}:
        return (figures > 0 and shape.mixed(value) and len(value) >= 8) or shape.random_piece(value, 12)
    if identifier and figures <= 2:
        short = len(value) < 16 and "_" not in value and "." not in value
        return short or shape.random_piece(value, 12)
    return shape.mixed(value) or shape.hexadecimal(value)
