"""Where words begin and end, as far as toolkits agree: GTK asks Unicode (UAX 29), Qt has its own separators.

Ctrl+Right ends behind a word in GTK and before the next one in Qt; ``foo.bar`` is one word for GTK and two for Qt.
Where they disagree the caret is not known; what either of them would delete is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

#: Before a run of letters and digits these end a word in GTK and in Qt. Not among them what may join two runs to one
#: word: full stop, comma, colon, semicolon, apostrophe, underscore.
BOUNDARIES: Final = frozenset(' \n\t-@/()[]{}<>=+*!?#$%&|~^`"\\')
#: What ends a word for every program of Windows: a plain EDIT control knows no other end.
BLANKS: Final = frozenset(" \n\t")
#: From here on scripts without blanks, whose words only a dictionary tells.
_WITHOUT_BLANKS: Final = "\u2e80"


def word_start(chars: Sequence[str], caret: int, boundaries: frozenset[str] = BOUNDARIES) -> tuple[int, bool]:
    """Where Ctrl+Left leads from ``caret``, and whether toolkits agree; if not, the farthest place any may mean."""
    blank = _back(chars, caret, _is_space)
    start = _back(chars, blank, _plain)
    if start < blank and (start == 0 or chars[start - 1] in boundaries):
        return start, True
    return _back(chars, blank, _not_blank), blank == 0


def word_end(chars: Sequence[str], caret: int) -> tuple[int, bool]:
    """Where Ctrl+Right leads from ``caret``, and whether toolkits agree; if not, the farthest place any may mean."""
    plain = _on(chars, caret, _plain)
    if plain == len(chars):
        return plain, True
    if chars[caret].isspace():
        return _on(chars, _on(chars, caret, str.isspace), _not_blank), False
    return _on(chars, _on(chars, caret, _not_blank), _is_space), False


def _on(chars: Sequence[str], place: int, which: Callable[[str], bool]) -> int:
    while place < len(chars) and which(chars[place]):
        place += 1
    return place


def _back(chars: Sequence[str], place: int, which: Callable[[str], bool]) -> int:
    while place > 0 and which(chars[place - 1]):
        place -= 1
    return place


def _is_space(char: str) -> bool:
    return char == " "


def _not_blank(char: str) -> bool:
    return not char.isspace()


def _plain(char: str) -> bool:
    return char.isalnum() and char < _WITHOUT_BLANKS
