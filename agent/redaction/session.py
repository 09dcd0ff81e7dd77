"""What was taken out once in a session is taken out wherever it stands in it: keyed hashes, never the values."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from typing import Final

from agent.redaction.kinds import ADDRESS, BY_EMPLOYEE, EMAIL, NAME, OWN_WORD, PHONE
from agent.redaction.names import shipped
from agent.redaction.names.words import COMMON_MASK, FIRST, LAST, PARTICLES, PLACE
from agent.redaction.view import Span, View, fold

#: Values that are remembered at most; what was not met for longest is forgotten first.
MOST_VALUES: Final = 4096
#: Words of one value at most: nothing longer is written again by hand.
MOST_WORDS: Final = 12
_LEAST_DIGITS: Final = 6
_LEAST_SIGNS: Final = 6
_LONGEST: Final = 64
_COMMON: Final = 2
_EVERYDAY: Final = 3
_LONG: Final = 7

_FEW: Final = (1 << 18) - 1
_DIGIT: Final = re.compile(r"\d")
_TOKEN: Final = re.compile(r"[^\W_]+")
_GAP: Final = re.compile(r"[^\S\n]?[^\w\n]{0,3}_?[^\S\n]?\Z")
_SIGNS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_SENTENCE_END: Final = re.compile(r"(?:\A|[.!?:;\n\"(\[{>*#•…]|^[-–—])[\s\"'(\[]*\Z")
_ARTICLE: Final = re.compile(
    r"(?<![^\W_])(?:the|an?|der|die|das|de[mns]|eine?[mnrs]?|le|la|les|une?|el|los|las|il|lo|gli|het|een|o|os|as)\s+\Z"
)

#: Told of by the employee or by hand: those are looked for already, or meant one place only.
_NOT_LEARNED: Final = frozenset({OWN_WORD, BY_EMPLOYEE})

#: How a value must be written to count: in any case; with a capital; with one that no beginning of a sentence gave.
_ANY, _CAPITAL, _INSIDE = range(3)


class Session:
    """The memory of one session: hashes under a random key that never leaves it. Keeps no text.

    Bounded; ``forget`` ends the session, and nothing of it can be compared with the next.
    """

    rule: Final = "seen-before"

    def __init__(self, key: Callable[[], bytes] = lambda: secrets.token_bytes(32)) -> None:
        """key: makes the secret of a session, anew at every ``forget``."""
        self._new_key = key
        self._known = shipped().known
        self.learned = 0
        self.forget()

    def forget(self) -> None:
        """The session is over."""
        self._key = self._new_key()
        #: Hash of a value -> its kind, how it must be written, hash of its first word.
        self._values: dict[bytes, tuple[str, int, bytes]] = {}
        self._firsts: dict[bytes, int] = {}
        #: A few bits of the first words under the process's own secret: says quickly that a word begins nothing.
        self._bits: set[int] = set()
        self._salt = int.from_bytes(self._key[:8], "big")
        self._lengths: dict[int, int] = {}
        self._signs: set[int] = set()

    def __len__(self) -> int:
        return len(self._values)

    # ------------------------------------------------------------ learning

    def learn(self, text: str, spans: Sequence[Span], *, goes_on: bool = False, sure: bool = False) -> bool:
        """Remember what stands at ``spans``; was any of it new?

        goes_on: the text begins inside of something. sure: its names are names, whatever the word table says of them.
        """
        before = self.learned
        for span in spans:
            if span.kind in _NOT_LEARNED or (goes_on and span.start == 0) or span.end - span.start > 2 * _LONGEST:
                continue
            value = text[span.start : span.end]
            if span.kind == NAME:
                self._learn_name(value, sure=sure)
            else:
                self._learn_value(value, span.kind)
        return self.learned > before

    def _learn_name(self, value: str, *, sure: bool) -> None:
        signs = _SIGNS.fullmatch(fold(value))
        if signs:
            if 2 <= len(value) <= 6:
                self._signs.add(len(signs.group()))
                self._add("=" + signs.group(), NAME, _ANY, "")
            return
        words = [(match.group(), fold(match.group())) for match in _TOKEN.finditer(value)]
        marks = [self._known(low) for _, low in words]
        if not words or len(words) > MOST_WORDS:
            return
        listed = sure or any(mark & (FIRST | LAST) for mark in marks)
        if len(words) > 1:
            rarest = min(mark & COMMON_MASK for mark in marks)
            how = _CAPITAL if rarest == _EVERYDAY else _ANY
            lows = [low for _, low in words]
            self._add_words(lows, NAME, how)
            if len(words) == 2:  # the one name after the other, as lists have them
                self._add_words(lows[::-1], NAME, how)
        for (typed, low), mark in zip(words, marks, strict=True):
            # What no list calls a name may be a thing's; with a capital it is taken for the same.
            alone = _written(low, mark, sure=sure) if listed else _CAPITAL if not mark and len(words) > 1 else None
            if len(low) > 2 and alone is not None and low not in PARTICLES and _capital(typed):
                self._add_words([low], NAME, alone)

    def _learn_value(self, value: str, kind: str) -> None:
        words = _TOKEN.findall(fold(value))
        core = "".join(words)
        digits = sum(char.isdigit() for char in core)
        if not words or len(words) > MOST_WORDS or not _LEAST_SIGNS <= len(core) <= _LONGEST:
            return
        if kind == ADDRESS and not (digits and len(words) > 1):
            return
        if kind != EMAIL and not digits and any(self._known(word) for word in words):
            return  # a password that is a word: the word is said elsewhere, too
        self._add_words(words, kind, _ANY)
        if digits >= _LEAST_DIGITS:
            self._add_core(core, kind)
            if kind == PHONE:
                for rest in _without_country(value, core):
                    self._add_core(rest, kind)

    def _add_words(self, words: Sequence[str], kind: str, how: int) -> None:
        self._add(" ".join(words), kind, how, words[0])

    def _add_core(self, core: str, kind: str) -> None:
        self._lengths[len(core)] = self._lengths.get(len(core), 0) + 1
        self._add("#" + core, kind, _ANY, "")

    def _add(self, value: str, kind: str, how: int, first: str) -> None:
        digest, begins = self._hash(value), self._hash("^" + first)
        known = self._values.pop(digest, None)
        if known is not None:
            self._values[digest] = known
            return
        self.learned += 1
        self._values[digest] = (kind, how, begins)
        self._firsts[begins] = self._firsts.get(begins, 0) + 1
        self._bits.add(self._few(first))
        if len(self._values) > MOST_VALUES:
            _, _, begins = self._values.pop(next(iter(self._values)))
            self._firsts[begins] -= 1
            if not self._firsts[begins]:
                del self._firsts[begins]

    def _few(self, word: str) -> int:
        return (hash(word) ^ self._salt) & _FEW

    def _hash(self, value: str) -> bytes:
        return blake2b(value.encode("utf-8", "replace"), key=self._key, digest_size=8).digest()

    # ------------------------------------------------------------ finding

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        if not self._values:
            return
        folded = view.folded
        tokens = [(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(folded)]
        numbers = bool(self._lengths) and view.digits
        bits, salt = self._bits, self._salt
        for index, (start, end, word) in enumerate(tokens):
            if (hash(word) ^ salt) & _FEW in bits and self._hash("^" + word) in self._firsts:
                yield from self._sequence(view, tokens, index)
            elif word[-1] == "s" and len(word) > 4 and (hash(word[:-1]) ^ salt) & _FEW in bits:
                # The genitive of Germanic languages.
                found = self._values.get(self._hash(word[:-1]))
                if found is not None and found[0] == NAME and self._counts(view, start, end, found[1]):
                    yield view.span(start, end, found[0])
            if numbers and _DIGIT.search(word):
                yield from self._regrouped(view, tokens, index)
        if self._signs:
            yield from self._unspaced(view)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``: from the first of the last words with which a remembered value begins."""
        if not self._values:
            return len(view.text)
        floor = max(0, len(view.folded) - 3 * _LONGEST)
        tokens = list(_TOKEN.finditer(view.folded, floor))[-MOST_WORDS:]
        place, after = len(view.text), len(view.folded)
        for match in reversed(tokens):
            if not _GAP.match(view.folded[match.end() : after]):
                break
            after = match.start()
            if self._hash("^" + match.group()) in self._firsts:
                place = view.place(after)
        return place

    def _sequence(self, view: View, tokens: Sequence[tuple[int, int, str]], index: int) -> Iterator[Span]:
        """The longest remembered value that begins with this very word."""
        start, place, value = tokens[index]
        longest: Span | None = None
        for size in range(MOST_WORDS):
            if size:
                if index + size >= len(tokens) or not _GAP.match(view.folded[place : tokens[index + size][0]]):
                    break
                value = f"{value} {tokens[index + size][2]}"
                place = tokens[index + size][1]
            found = self._values.get(self._hash(value))
            if found is not None and self._counts(view, start, place, found[1]):
                longest = view.span(start, place, found[0])
        if longest is not None:
            yield longest

    def _regrouped(self, view: View, tokens: Sequence[tuple[int, int, str]], index: int) -> Iterator[Span]:
        """Numbers, however they are grouped."""
        start, place, core = tokens[index]
        most = max(self._lengths)
        for size in range(MOST_WORDS):
            if size:
                if index + size >= len(tokens) or not _GAP.match(view.folded[place : tokens[index + size][0]]):
                    return
                core += tokens[index + size][2]
                place = tokens[index + size][1]
            if len(core) > most:
                return
            if len(core) in self._lengths:
                found = self._values.get(self._hash("#" + core))
                if found is not None:
                    yield view.span(start, place, found[0])

    def _unspaced(self, view: View) -> Iterator[Span]:
        for run in _SIGNS.finditer(view.folded):
            for start in range(run.start(), run.end()):
                for size in self._signs:
                    part = view.folded[start : start + size]
                    if start + size <= run.end() and self._hash("=" + part) in self._values:
                        yield view.span(start, start + size, NAME)

    def _counts(self, view: View, start: int, end: int, how: int) -> bool:
        if how == _ANY:
            return True
        typed = view.typed(start, end)
        if not all(map(_capital, _TOKEN.findall(typed))):
            return False
        if how == _CAPITAL:
            return True
        before = view.folded[max(0, start - 16) : start]
        return not _SENTENCE_END.search(before) and not _ARTICLE.search(before)


def _capital(word: str) -> bool:
    """As names are written; what is all capitals is mostly an abbreviation."""
    return word[0].isupper() and not word.isupper()


def _written(word: str, mark: int, *, sure: bool) -> int | None:
    """How one word of a name must be written to be taken for it elsewhere; None: never by itself.

    Word lists hold surnames as well, so a word that is only known and long may still be one in small letters.
    """
    common, named = (mark & COMMON_MASK) + bool(mark & PLACE), sure or mark & (FIRST | LAST)
    if common == 0 or (common < _COMMON and named and len(word) >= _LONG):
        return _ANY
    if common < _COMMON:
        return _CAPITAL
    return _INSIDE if common < _EVERYDAY and named else None


def _without_country(value: str, core: str) -> Iterator[str]:
    """A number with its country's digits as it is dialled at home, whatever country that is."""
    rest = core.removeprefix("00") if not value.lstrip("( ").startswith("+") else core
    if rest == core and not value.lstrip("( ").startswith("+"):
        return
    for size in (1, 2, 3):
        if len(rest) - size > _LEAST_DIGITS:
            yield rest[size:]
            yield "0" + rest[size:].removeprefix("0")
