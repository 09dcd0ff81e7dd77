"""What a detector is: it finds spans, and knows where a match could still grow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from agent.redaction.view import Span, View


class Detector(Protocol):
    """One kind of thing to take out. Pure, linear in the length of the text, keeps no text between calls.

    A detector may have a ``rule``: the id under which its finds are explained. Without one it is their kind.
    """

    def find(self, view: View) -> Iterator[Span]:
        """Everything of this kind, in code points of the text as typed; spans may overlap."""

    def open_from(self, view: View) -> int:
        """Where (as typed) a match begins that further typing could make or lengthen; the length if nowhere.

        The last word is held back for every detector already and need not be reported.
        """
