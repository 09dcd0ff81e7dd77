"""Keys, tokens and other secrets of programs: by documented form, by the word beside them, by their shape.

Forms: ``secret_forms``. A word such as ``token`` or ``secret`` with a sign of assignment asks little of the value;
a word alone asks more; no word at all asks for a long random piece. Hashes and UUIDs are secrets only beside a word
or an issuer's name. Codes sent once and phrases that restore a wallet: ``secret_codes``, ``secret_phrases``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction.detectors import secret_codes as codes
from agent.redaction.detectors import secret_phrases as phrases
from agent.redaction.detectors import secret_shape as shape
from agent.redaction.detectors import secret_tokens as tokens
from agent.redaction.detectors import secret_words as words
from agent.redaction.detectors.secret_forms import SHOWN
from agent.redaction.kinds import SECRET
from agent.redaction.view import BARRIER, Span, View

#: How often a word inside a value that was refused is looked at again; without a bound the effort is a square.
_ATTEMPTS: Final = 4
#: A shorter identifier with a figure may be a password as well.
_LONG_NAME: Final = 15
#: Parameters of one URL that are looked at.
_MOST_IN_PIECE: Final = 16
_PUNCTUATION: Final = re.compile(r"[^\w\s.,:;-]")
_JOINTS: Final = re.compile(r"[-._]+")
_CUT_PARAMETER: Final = re.compile(r"[&#]")
#: Words of verbs that join a label with a value in a sentence; after them, a word is rarely a secret.
_SAYS: Final = frozenset({"is", "ist", "est", "es", "jest", "", ">", "は", "是", "为"})


class Secrets:
    """Finds the value, never the word beside it."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        folded = view.folded
        if "begin" in folded or "putty-" in folded:
            yield from tokens.blocks(view)
        if view.long:
            yield from tokens.find(view)
        stems = words.stems(folded)
        if stems:
            yield from self._named(view, stems)
            if "'" in folded or '"' in folded:
                yield from self._compared(view)
        if view.digits and codes.GATE.search(folded):
            yield from codes.find(view)
        if "/" in folded or "=" in folded:
            yield from self._elsewhere(view)
        if folded.count(" ") + folded.count("\n") >= phrases.LEAST - 1:
            yield from phrases.find(view)

    def _named(self, view: View, stems: Iterator[re.Match[str]]) -> Iterator[Span]:
        """What stands after a word: assigned to it, or beside it."""
        folded = view.folded
        done = refused = attempts = 0
        for found in stems:
            start, end = found.span()
            stem = found.group()
            if end <= done or not _is_word(folded, start, stem):
                continue
            match = words.ASSIGN.match(folded, end)
            if match is None:
                span = _beside(view, start)
            else:
                attempts = attempts + 1 if match.end() < refused else 0
                if attempts > _ATTEMPTS:
                    continue
                strong = stem in words.IS_STRONG or (
                    stem == "key" and words.QUALIFIED.search(folded, max(0, start - 24), start) is not None
                )
                span, reached = _assigned(view, match, start, strong)
                refused = max(refused, reached)
            if span:
                done = span[1]
                yield view.span(*span, SECRET)

    @staticmethod
    def _compared(view: View) -> Iterator[Span]:
        folded = view.folded
        if "==" in folded or "!=" in folded:
            for match in words.COMPARED.finditer(folded):
                if shape.mixed(view.cased[match.start(2) : match.end(2)]):
                    yield view.span(match.start(2), match.end(2), SECRET)

    @staticmethod
    def _elsewhere(view: View) -> Iterator[Span]:
        """In a path, in a query."""
        folded = view.folded
        for match in _outside(words.PATH, folded):
            value = _value(folded, match.end(), "&")
            if value and shape.random_token(view.cased[slice(*value)], 16):
                yield view.span(*value, SECRET)
        if "=" not in folded:
            return
        for match in _outside(words.QUERY, folded):
            value = _value(folded, match.end(), "&")
            if value is None or value[1] - value[0] < 6 or shape.PLACEHOLDER.match(folded, value[0]):
                continue
            typed = view.cased[slice(*value)]
            if shape.mixed(typed) or (len(typed) >= 16 and sum(map(str.isdigit, typed)) >= 10):
                yield view.span(*value, SECRET)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``: a private key that has no end yet, or words of a phrase."""
        return min(tokens.open_block(view), phrases.open_from(view))


def _outside(pattern: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """The matches, of those in one unbroken piece the first few only."""
    piece = count = 0
    for match in pattern.finditer(folded):
        if match.start() < piece:
            count += 1
        else:
            token = words.TOKEN.match(folded, match.end())
            piece, count = token.end() if token else match.end(), 0
        if count < _MOST_IN_PIECE:
            yield match


def _is_word(folded: str, start: int, stem: str) -> bool:
    """Is it that word, not a part of another one?"""
    end = start + len(stem)
    if stem in words.SHORT:
        return not (folded[start - 1 : start].isalpha() or folded[end : end + 1].isalpha())
    if stem == "key" and folded[max(0, start - 3) : start] in {"mon", "tur", "hoc", "don", "his", "joc", "whi", "ski"}:
        return False
    return not words.NOT_A_STEM.match(folded, start)


def _assigned(view: View, match: re.Match[str], start: int, strong: bool) -> tuple[tuple[int, int] | None, int]:
    """The value after the sign if it is a secret, and how far was read."""
    folded = view.folded
    opening = match.group("open") or ""
    in_query = (
        not opening
        and ("?" in folded or "&" in folded)
        and words.IN_QUERY.search(folded, max(0, start - 41), start) is not None
    )
    if not opening and "(" in folded and (fallback := words.FALLBACK.match(folded, match.end())):
        place = fallback.span("value")
        typed = view.cased[slice(*place)]
        if strong and shape.mixed(typed) and not shape.PLACEHOLDER.match(typed) and " " not in typed:
            return place, place[1]
    value = _value(folded, match.end(), "&" if in_query else opening[-1] if opening else "")
    if value is None:
        return None, match.end()
    typed = view.typed(*value) if opening else view.cased[slice(*value)]
    if strong:
        good = _assigned_fits(typed, bool(opening), match.group("sign"))
    else:
        good = (
            _weakly_assigned_fits(typed, bool(opening))
            or _is_session(folded, start, typed)
            or (
                shape.uuid(typed)
                and folded[start : start + 3] == "key"
                and not words.NOT_KEYS.search(folded, max(0, start - 14), start)
            )
        )
    return (value if good else None), value[1]


def _is_session(folded: str, start: int, value: str) -> bool:
    """Is it what stands after ``sessionid=``? Such are short."""
    figures = sum(map(str.isdigit, value))
    if not (folded.startswith("sess", start) and value.isalnum() and len(value) >= 8 and 1 < figures < len(value)):
        return False
    return shape.surprise(value) > 0


def _beside(view: View, start: int) -> tuple[int, int] | None:
    """``token VALUE``, ``--api-key VALUE``, ``Bearer VALUE``."""
    folded = view.folded
    match = words.BESIDE.match(folded, start)
    if match is None:
        return None
    opening = match.group("open")
    value = _value(folded, match.end(), opening or "")
    if value is None or value[1] - value[0] < 6:
        return None
    keyed = words.KEYED.match(view.cased, value[0], value[1] - 4)
    value = (keyed.end(), value[1]) if keyed else value
    typed = view.cased[slice(*value)]
    word = match.group("word")
    if shape.PLACEHOLDER.match(typed) or words.NOT_KEYS.search(folded, max(0, start - 14), start):
        return None
    option = _is_option(folded, start)
    likely = option or opening or word in {"bearer", "basic"} or " " in word or "string" in word
    if (
        shape.random_piece(typed, 12, 5.0)
        or shape.random_token(typed, 16)
        or shape.uuid(typed)
        or (shape.hexadecimal(typed) and len(typed) >= 24)
        or (likely and shape.mixed(typed) and not words.CALL.match(typed))
    ):
        return value
    return None


def _is_option(folded: str, start: int) -> bool:
    """Does the word end an option of a command line, as in ``--api-key``?"""
    at = start
    while at > 0 and start - at < 24 and (folded[at - 1].isalnum() or folded[at - 1] in "-_"):
        at -= 1
    return folded[at : at + 1] == "-"


def _value(folded: str, at: int, quote: str) -> tuple[int, int] | None:
    """The value at ``at``: to its closing quote on the line, or to the next blank, without the sentence's own signs."""
    if quote in {'"', "'", "`"}:
        stop = min(len(folded), at + words.LONGEST)
        line = folded.find("\n", at, stop)
        closing = folded.find(quote, at, line if line >= 0 else stop)
        barrier = folded.find(BARRIER, at, closing if closing >= 0 else stop)
        if closing > at and barrier < 0:
            return at, closing - 1 if folded[closing - 1] == "\\" and closing - 1 > at else closing
    token = words.TOKEN.match(folded, at)
    if token is None:
        return None
    end = token.end()
    if quote == "&":
        cut = _CUT_PARAMETER.search(folded, at, end)
        end = cut.start() if cut else end
    elif following := words.NEXT.search(folded, at, end):
        end = following.start()
    if folded.startswith("...", end - 3) or folded.startswith("...", end):
        return None  # only its beginning is shown
    stop_signs = words.STOP.search(folded[at:end])
    end = at + stop_signs.start() if stop_signs else end
    return (at, end) if end - at >= 4 else None


def _weakly_assigned_fits(value: str, quoted: bool) -> bool:
    """Is this a secret after ``key =``, where any other thing may stand as well?"""
    if shape.PLACEHOLDER.match(value) or SHOWN.search(value) or " " in value or value.isdigit() or shape.uuid(value):
        return False
    if words.OCTETS.match(value):
        return False
    if shape.random_piece(value, 14, 5.0) or shape.random_token(value, 16):
        return True
    figures = sum(map(str.isdigit, value))
    if (
        len(value) >= 20
        and figures >= 4
        and not shape.repeated(value)
        and any(map(str.isalpha, value))
        and "/" not in value
    ):
        return len(_JOINTS.findall(value)) <= 3
    return quoted and len(value) >= 8 and figures > 0 and any(char in "#%$@!^*" for char in value)


def _assigned_fits(value: str, quoted: bool, sign: str) -> bool:
    """Is this what stands after ``token =``?"""
    if shape.PLACEHOLDER.match(value) or SHOWN.search(value) or len(value) < 6 or words.OCTETS.match(value):
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
    named = identifier and (not figures or (figures < 3 and len(value) > _LONG_NAME and shape.surprise(value) < -8))
    if named or words.CALL.match(value):
        return False
    if sign.strip(":") in _SAYS:
        signs = len(set(_PUNCTUATION.findall(value)))
        return (figures + signs > 2 * (figures < 1) and shape.mixed(value) and len(value) >= 8) or shape.random_piece(
            value, 12, 5.0
        )
    if identifier and figures <= 2:
        short = len(value) < 16 and "_" not in value and "." not in value
        return short or shape.random_piece(value, 12, 5.0)
    return shape.mixed(value) or shape.hexadecimal(value)
