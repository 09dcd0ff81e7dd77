"""The employee's own words: names, projects, numbers they never want to see recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from agent.redaction.kinds import OWN_WORD
from agent.redaction.view import Span, View, fold

_BETWEEN: Final = r"[\s\-_.,'/·*]{0,3}"
_POSSESSIVE: Final = r"(?:['`]?s|')?"

#: Scripts written without blanks between words, or with endings glued on: no word boundary can be asked for there.
_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]")


_NOT_ALNUM: Final = re.compile(r"[\W_]+")


def _squash(folded: str) -> str:
    return _NOT_ALNUM.sub("", folded)


def _edges(core: str) -> tuple[str, str]:
    """What may stand before and after: not a letter beside a letter, nor a letter or digit beside a digit."""

    def edge(char: str) -> str:
        if _UNSPACED.match(char):
            return ""
        return r"[^\W_]" if char.isdigit() else r"[^\W\d_]"

    before, after = edge(core[0]), edge(core[-1])
    return (f"(?<!{before})" if before else "", f"(?!{after})" if after else "")


class _Word:
    """One own word, compiled. ``core``: its letters and digits, folded."""

    __slots__ = ("core", "pattern", "tokens")

    def __init__(self, core: str, tokens: Sequence[str]) -> None:
        self.core = core
        self.tokens = len(tokens)
        if len(core) == 1:
            self.pattern = re.compile(rf"(?<!\S){re.escape(core)}(?!\S)")
            return
        before, after = _edges(core)
        body = _BETWEEN.join(map(re.escape, core))
        possessive = _POSSESSIVE if core[-1].isalpha() else ""
        self.pattern = re.compile(f"{before}{body}{possessive}{after}")


class OwnWords:
    """Finds the words whole, in any case, with or without accents, in the possessive, or spelled with separators.

    Words are unique letters-and-digits cores; a word without a letter or digit is refused with ValueError.
    """

    def __init__(self, words: Sequence[str]) -> None:
        compiled: dict[str, _Word] = {}
        for word in words:
            folded = fold(word)
            core = _squash(folded)
            if not core:
                raise ValueError("an own word needs at least one letter or digit")
            compiled.setdefault(core, _Word(core, folded.split()))
        self._words = tuple(compiled.values())
        self._most_tokens = max((word.tokens for word in self._words), default=0)

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        if not self._words:
            return
        squashed = _squash(view.folded)
        for word in self._words:
            if word.core in squashed:
                for match in word.pattern.finditer(view.folded):
                    yield view.span(match.start(), match.end(), OWN_WORD)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``: as many last words as an own word has, and single letters before."""
        if not self._words:
            return len(view.text)
        longest = max(len(word.core) for word in self._words)
        floor = max(0, len(view.folded) - 4 * longest - 200)
        words = list(re.finditer(r"[^\W_]+", view.folded[floor:]))
        index = max(0, len(words) - self._most_tokens)
        while 0 < index <= len(words) and len(words[index - 1].group()) == 1:
            index -= 1
        return view.place(floor + words[index].start()) if index < len(words) else len(view.text)
