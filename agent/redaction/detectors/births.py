"""Birth dates whose label comes after them ("8 Şubat 1953 doğumlu", "1959年3月19日生まれ") or is a star before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction.dates import DATE
from agent.redaction.detectors.edges import joined, open_digits, places
from agent.redaction.kinds import BIRTH
from agent.redaction.view import Span, View, fold

_WORDS: Final = (
    "doğumlu", "geburtstag", "birthday", "birth", "születésű", "geboren", "born", "syntynyt", "narozen", "født", "född"
)  # fmt: skip
_LABELS: Final = frozenset(map(fold, _WORDS))
_UNSPACED: Final = tuple(map(fold, ("生まれ", "出生", "생")))
_AFTER: Final = re.compile(
    r"[ ,]{0,2}(?:(?:'s|is|ist|war) )?(?:(?:my|her|his|mein|ihr) )?(?:"
    + "|".join((*sorted(_LABELS, key=len, reverse=True), *_UNSPACED))
    + ")"
)
_STAR: Final = re.compile(r"(?<=[\w.,(] )\* ?(?=\d)|\(\* ?(?=\d)")
_REACH: Final = 36


class Births:
    """Finds them."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        if not view.digits:
            return
        folded = view.folded
        labels = list(_LABELS & view.words)
        if not folded.isascii():
            labels += _UNSPACED
        for label in labels:
            for place in places(folded, label):
                for date in DATE.finditer(folded, max(0, place - _REACH), place):
                    if _AFTER.match(folded, date.end()) and not joined(folded, date.start() - 1):
                        yield view.span(date.start(), date.end(), BIRTH)
        if "*" in folded:
            for star in _STAR.finditer(folded):
                born = DATE.match(folded, star.end())
                if born:
                    yield view.span(born.start(), born.end(), BIRTH)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``."""
        return open_digits(view)
