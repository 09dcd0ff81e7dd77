"""Personal names, by the small model in ``agent/redaction/names``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from agent.redaction.kinds import NAME
from agent.redaction.names import ROUNDS, Decoder, revealed, shipped
from agent.redaction.view import Span, View

Dial = Literal["strict", "balanced", "light"]

#: How much a name is favoured at each word. Strict takes more out, light less.
BIAS: Final[dict[Dial, float]] = {"strict": 2.8, "balanced": 1.8, "light": 0.8}

#: A feast that is also a given name is the feast behind these words, where no surname follows.
_FEAST: Final = re.compile(
    r"\b(?:pour|avant|après|à|depuis|d['’]ici|joyeux|père|(?:cadeaux?|vacances|sapin|veille|marchés?|jour|fêtes?) de"
    r"|per|dopo|prima di|buon|babbo|feliz|até o?|antes do|depois do)\s+(?:noël|noel|natale|natal)\Z",
    re.IGNORECASE,
)
_BEFORE_FEAST: Final = 24
_SURNAME: Final = re.compile(r"[ -][^\W\d_]")

#: No stretch of possible names that is still open is longer.
_OPEN_WINDOW: Final = 400


class Names:
    """Names of people, in any case and in the scripts of 17 languages."""

    #: Finding no more names than this, ``find`` has looked again until there were none beside the ones it had found.
    ROUNDS: Final = ROUNDS

    def __init__(self, dial: Dial = "balanced") -> None:
        self._decoder = Decoder(shipped(), BIAS[dial])

    def forget(self) -> None:
        """Let go of every word that is remembered for speed."""
        self._decoder.forget()

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        text, origin = revealed(view.text)
        for start, end in self._decoder.find(text):
            if end - start <= len("natale") and _is_feast(text, start, end):
                continue
            if origin is None:
                yield Span(start, end, NAME)
            else:  # with what has no width behind the last letter
                yield Span(origin[start], origin[end] if end < len(origin) else len(view.text), NAME)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``: from the last stretch of possible names that the next words still decide."""
        text, origin = revealed(view.text)
        place = self._decoder.open_from(text, max(0, len(text) - _OPEN_WINDOW))
        if origin is None:
            return place
        return origin[place] if place < len(origin) else len(view.text)


def _is_feast(text: str, start: int, end: int) -> bool:
    if _FEAST.search(text[max(0, start - _BEFORE_FEAST) : end]) is None:
        return False
    follows = _SURNAME.match(text, end)
    return follows is None or not follows.group()[1].isupper()
