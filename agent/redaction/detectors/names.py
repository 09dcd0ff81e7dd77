"""Personal names, by the small model in ``agent/redaction/names``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from agent.redaction.kinds import NAME
from agent.redaction.names import ROUNDS, Decoder, revealed, shipped
from agent.redaction.view import Span, View

Dial = Literal["strict", "balanced", "light"]

#: How much a name is favoured at each word. Strict takes more out, light less.
BIAS: Final[dict[Dial, float]] = {"strict": 2.8, "balanced": 1.8, "light": 0.8}

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
