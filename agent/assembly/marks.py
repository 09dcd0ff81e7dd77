"""What stands in a text where its content is not known: a paste, an undo, keys of an input method.

While a text is edited a mark is one noncharacter of Unicode, which no key and no input method can type
(``keys.clean``); in what is given out its placeholder stands there.
"""

from __future__ import annotations

from typing import Final

from agent.records import Removed
from agent.redaction.kinds import INPUT_METHOD, PASTED, UNDO, placeholder
from agent.redaction.view import BARRIER

PASTE_MARK: Final = "\ufdd0"
UNDO_MARK: Final = "\ufdd1"
INPUT_MARK: Final = "\ufdd2"
_KINDS: Final = {PASTE_MARK: PASTED, UNDO_MARK: UNDO, INPUT_MARK: INPUT_METHOD}
MARKS: Final = frozenset(_KINDS)
_BARRIERS: Final = str.maketrans(dict.fromkeys(MARKS, BARRIER))


def barred(text: str) -> str:
    """The text as a detector may see it, as long as before: nothing matches across a mark."""
    return text.translate(_BARRIERS)


def spelled(text: str) -> tuple[str, tuple[Removed, ...]]:
    """The text with placeholders, and where they stand."""
    pieces: list[str] = []
    marks: list[Removed] = []
    length = 0
    for char in text:
        kind = _KINDS.get(char)
        piece = char if kind is None else placeholder(kind)
        if kind is not None:
            marks.append(Removed(length, length + len(piece), kind))
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces), tuple(marks)
