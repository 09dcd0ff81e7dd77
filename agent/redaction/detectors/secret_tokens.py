"""Tokens that need no word beside them: by documented form, by a random shape, hashes beside an issuer's name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from agent.redaction.detectors import secret_shape as shape
from agent.redaction.detectors import secret_words as words
from agent.redaction.detectors.secret_forms import (
    BLOCK,
    BLOCK_END,
    FORMS,
    GROUPED,
    HOOK,
    PUBLIC,
    PUBLIC_END,
    SHAPED,
    SHOWN,
)  # fmt: skip
from agent.redaction.detectors.secret_vendors import ISSUERS, SUMS
from agent.redaction.kinds import SECRET
from agent.redaction.view import Span, View

_SUMMED: Final = 80
_WORDS: Final = re.compile(r"[a-z0-9]+")
_MOST_LINES: Final = 400
_CONTINUES_FROM: Final = 40
#: Shorter pieces must be assigned or quoted.
_FREE: Final = 20
_ASSIGNED: Final = re.compile(r"[:=>,(][ \t]{0,3}(?:\\?[\"'`])?\Z|[\"'`]\Z")


def blocks(view: View) -> Iterator[Span]:
    """Private keys from their first line to their last; to the end of the text if that is not there."""
    done = 0
    for begin in BLOCK.finditer(view.folded):
        if begin.start() < done:
            continue
        end = BLOCK_END.search(view.folded, begin.end())
        done = end.end() if end else len(view.folded)
        yield view.span(begin.start(), done, SECRET)


def open_block(view: View) -> int:
    """Where (as typed) a private key begins that has no end yet; the length of the text if none does."""
    folded = view.folded
    if "begin" in folded or "putty-" in folded:
        begun = list(BLOCK.finditer(folded))
        if begun and not BLOCK_END.search(folded, begun[-1].end()):
            return view.place(begun[-1].start())
    return len(view.text)


def find(view: View) -> Iterator[Span]:
    """Tokens in a text that has a piece long enough for one."""
    folded = view.folded
    if not view.digits and "_" not in folded and "-" not in folded and view.text == folded:
        return  # words and paths in small letters
    if not folded.isascii() and words.PIECE.search(folded) is None:
        return
    cased = view.cased
    public = _public(folded)
    known = sorted(_known(cased))
    for start, end in (*known, *_random(folded, cased, known)):
        if not public or not _inside(public, start):
            yield view.span(start, end, SECRET)
    if "http" in folded or "=" in folded:
        for start, end in _whole(folded, cased):
            yield view.span(start, end, SECRET)


def _whole(folded: str, cased: str) -> Iterator[tuple[int, int]]:
    """Addresses that are keys, base64 in quotes."""
    if "http" in folded:
        for match in HOOK.finditer(folded):
            yield match.span()
    if '="' in cased or "='" in cased or "=\\" in cased:
        for match in words.PADDED.finditer(cased):
            value = match.group("value")
            if words.PUBLIC_START.match(value):
                continue
            if shape.encoded(value) and not _harmless(folded, match.start("value")):
                yield match.span("value")


def _known(cased: str) -> Iterator[tuple[int, int]]:
    """Documented forms, each with the lines that go on below."""
    done = 0
    for piece in words.PIECE.finditer(cased):
        start, end = piece.span()
        for word in words.WORD.finditer(cased, start, end):
            place = word.start()
            if place < done:
                continue
            patterns = FORMS.get(cased[place : place + 2])
            match = _form(patterns, cased, place, end) if patterns else None
            if match:
                done = match.end()
                if not (SHOWN.search(match.group()) or _is_name(match.group())):
                    yield place, _continued(cased, match)
    yield from _odd(cased)


def _form(patterns: tuple[re.Pattern[str], ...], cased: str, place: int, end: int) -> re.Match[str] | None:
    """The documented form that begins at ``place``."""
    for pattern in patterns:
        match = pattern.match(cased, place, end)
        if match:
            return match
    return None


def _odd(cased: str) -> Iterator[tuple[int, int]]:
    """Documented forms without a beginning of their own."""
    for sign, pattern in SHAPED:
        if sign in cased:
            for match in pattern.finditer(cased):
                if not SHOWN.search(match.group()):
                    yield match.span()
    if cased.count("-") >= 4:
        for pattern in GROUPED:
            for match in pattern.finditer(cased):
                yield match.span()


def _segments(folded: str, path: re.Match[str]) -> Iterator[tuple[int, int]]:
    """What of a path is random."""
    start = path.start()
    for segment in path.group().split("/"):
        if shape.random_token(segment) and not _harmless(folded, start):
            yield start, start + len(segment)
        start += len(segment) + 1


def _is_name(value: str) -> bool:
    """Is it a name of a program that begins as a token does, such as ``napi_create_string``?"""
    return words.NAME.fullmatch(value) is not None and shape.surprise(value) < 0 and not words.NUMBERED.search(value)


def _random(folded: str, cased: str, known: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Long random pieces that nothing says to be harmless, and hashes beside an issuer's name."""
    for match in words.LONG.finditer(cased):
        value = match.group()
        if words.PLAIN.fullmatch(value) or (
            known and _inside(known, match.start()) and _inside(known, match.end() - 1)
        ):
            continue
        if shape.hexadecimal(value) or shape.uuid(value):
            if len(value) >= 24 and _issued(folded, match.start()):
                yield match.span()
        elif _stands_out(folded, cased, match):
            if "/" in value and words.IN_PATH.search(value):
                yield from _segments(folded, match)
            else:
                yield match.start(), _continued(cased, match)


def _public(folded: str) -> list[tuple[int, int]]:
    """Where certificates and public keys stand."""
    if "-----begin" not in folded:
        return []
    found: list[tuple[int, int]] = []
    for begin in PUBLIC.finditer(folded):
        if not found or begin.start() >= found[-1][1]:
            end = PUBLIC_END.search(folded, begin.end())
            found.append((begin.start(), end.end() if end else len(folded)))
    return found


def _inside(ranges: list[tuple[int, int]], place: int) -> bool:
    index = bisect_right(ranges, (place, len(ranges) and ranges[-1][1] + 1)) - 1
    return index >= 0 and place < ranges[index][1]


def _continued(cased: str, match: re.Match[str]) -> int:
    """The end of the value, with further lines of base64 below it."""
    end = match.end()
    if end - match.start() < _CONTINUES_FROM:
        return end
    for _line in range(_MOST_LINES):
        line = words.CONTINUED.match(cased, end)
        if line is None or not (shape.random_piece(line.group("line").replace("/", "").rstrip("="), 14, 0.0)):
            break
        end = line.end("line")
    return end


def _stands_out(folded: str, cased: str, match: re.Match[str]) -> bool:
    """Is this long piece random, and nothing that everybody may see?"""
    value = match.group()
    if words.PUBLIC_START.match(value):
        return False
    start, size = match.start(), len(value)
    if size < _FREE and not _ASSIGNED.search(cased, max(0, start - 4), start):
        return False
    if not shape.random_token(value, min(_FREE, size)):
        return False
    return not _harmless(folded, start)


def _harmless(folded: str, start: int) -> bool:
    """Does what stands before say that everybody may see it?"""
    return words.HARMLESS.search(folded, max(0, start - words.HARMLESS_REACH), start) is not None


def _issued(folded: str, start: int) -> bool:
    """Does the line name an issuer before this hash, and no sum or version?"""
    floor = max(0, start - _SUMMED)
    line = folded.rfind("\n", floor, start)
    before = _WORDS.findall(folded, line + 1 if line >= 0 else floor, start)
    return any(word in ISSUERS for word in before) and not any(word in SUMS for word in before[-4:])
