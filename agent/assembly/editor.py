"""The text of one stretch of one field, with its caret and selection. Every operation keeps the caret in range."""

from __future__ import annotations

from agent.assembly.marks import MARKS
from agent.assembly.words import BOUNDARIES, word_end, word_start
from agent.records import Raw


class Editor(Raw):
    """What was typed since the last commit. ``caret`` and ``anchor`` (other end of a selection) count characters.

    Moves answer False when the caret would leave the text: whether there is more beyond is for the caller to know.
    """

    __slots__ = ("_born", "_boundaries", "_chars", "_oldest", "all_selected", "anchor", "caret")

    def __init__(self, boundaries: frozenset[str] = BOUNDARIES) -> None:
        """boundaries: what ends a word, see ``words``."""
        self._boundaries = boundaries
        self._chars: list[str] = []
        self._born: list[float] = []
        self._oldest: float | None = None
        self.caret = 0
        self.anchor: int | None = None
        self.all_selected = False

    def __len__(self) -> int:
        return len(self._chars)

    def text(self) -> str:
        """The text as it stands."""
        return "".join(self._chars)

    def oldest(self) -> float | None:
        """When the oldest character was typed, or earlier; None if there is none."""
        return self._oldest if self._chars else None

    def refresh_oldest(self) -> None:
        """Make ``oldest`` exact: characters that are gone no longer count."""
        self._oldest = min(self._born, default=None)

    def reaches_to(self, now: float, age: float) -> int:
        """How many characters from the start reach to the last one that is ``age`` seconds old at ``now``."""
        for place in range(len(self._born), 0, -1):
            if now >= self._born[place - 1] + age:
                return place
        return 0

    def at_end(self) -> bool:
        """Is the caret behind the last character, with nothing selected?"""
        return self.caret == len(self._chars) and not self.has_selection()

    # ------------------------------------------------------------ selection

    def has_selection(self) -> bool:
        """Is at least one character selected, or everything in the field?"""
        return self.all_selected or (self.anchor is not None and self.anchor != self.caret)

    def select_all(self) -> None:
        """Everything in the field is selected, also what is not known here."""
        self.all_selected = True
        self.anchor = None

    def delete_selection(self) -> bool:
        """Delete what is selected; False if nothing was."""
        if self.all_selected:
            self._cut_out(0, len(self._chars))
            return True
        anchor, self.anchor = self.anchor, None
        if anchor is None or anchor == self.caret:
            return False
        self._cut_out(min(anchor, self.caret), max(anchor, self.caret))
        return True

    # ------------------------------------------------------------ changing

    def insert(self, text: str, at: float) -> None:
        """Type ``text`` at the caret, over the selection. at: monotonic seconds."""
        self.delete_selection()
        self._chars[self.caret : self.caret] = text
        self._born[self.caret : self.caret] = [at] * len(text)
        self.caret += len(text)
        self._oldest = at if self._oldest is None else min(self._oldest, at)

    def backspace(self, word: bool) -> bool:
        """Delete the selection, or the character or word before the caret; False if what is there now is not known.

        At the start of the text that is for the caller to say: nothing is done then.
        """
        if self.delete_selection():
            return True
        start, sure = word_start(self._chars, self.caret, self._boundaries) if word else (max(0, self.caret - 1), True)
        return self._erase(start, self.caret, backwards=True) and sure

    def delete(self, word: bool) -> bool:
        """Delete the selection, or the character or word after the caret; False if what is there now is not known."""
        if self.delete_selection():
            return True
        end, sure = word_end(self._chars, self.caret) if word else (min(len(self._chars), self.caret + 1), True)
        return self._erase(self.caret, end, backwards=False) and sure

    def kill(self, rest: bool) -> bool:
        """Delete the selection, or the line up to the caret (``rest``: from the caret on); False if what is there now
        is not known.
        """
        if self.delete_selection():
            return True
        if rest:
            return self._erase(self.caret, self.line_end(), backwards=False)
        return self._erase(self.line_start(), self.caret, backwards=True)

    def _erase(self, start: int, end: int, *, backwards: bool) -> bool:
        """Delete ``start:end``, as far as the first mark on the way: how long a mark's content is nobody knows."""
        marks = [place for place in range(start, end) if self._chars[place] in MARKS]
        if marks and backwards:
            start = marks[-1] + 1
        elif marks:
            end = marks[0]
        if start < end:
            self._cut_out(start, end)
        return not marks

    def ends_with(self, mark: str) -> bool:
        """Does this mark stand right before the caret?"""
        return self.caret > 0 and self._chars[self.caret - 1] == mark

    def retract(self) -> None:
        """Take out the mark right before the caret."""
        self._cut_out(self.caret - 1, self.caret)

    def exact(self) -> bool:
        """Is every character known, so that places can be counted?"""
        return not MARKS.intersection(self._chars)

    def place(self, start: int, end: int, caret: int) -> None:
        """The caret and the selection are here, as the field itself says. Only for places inside the text."""
        self.caret = caret
        self.all_selected = False
        self.anchor = None if start == end else start + end - caret

    def take(self, count: int) -> str:
        """Remove the first ``count`` characters and return them; the selection is dropped if it reaches into them."""
        text = "".join(self._chars[:count])
        del self._chars[:count], self._born[:count]
        self.caret = max(0, self.caret - count)
        if self.anchor is not None:
            self.anchor = self.anchor - count if self.anchor >= count else None
        self.all_selected = False
        self.refresh_oldest()
        return text

    def _cut_out(self, start: int, end: int) -> None:
        del self._chars[start:end], self._born[start:end]
        self.caret = start
        self.anchor = None
        self.all_selected = False
        if not self._chars:
            self._oldest = None

    # ------------------------------------------------------------ moving

    def left(self, word: bool, select: bool) -> bool:
        """One character or word to the left. GTK leaves a selection at its edge, Qt one beside the caret."""
        if self.anchor is not None and self.anchor != self.caret and not select:
            edge, beside = min(self.anchor, self.caret), self.caret - 1
            return self._move(edge, select) and edge == beside and not word
        if self.caret == 0:
            return False
        target, sure = word_start(self._chars, self.caret, self._boundaries) if word else (self.caret - 1, True)
        return self._go(target, select) and sure

    def right(self, word: bool, select: bool) -> bool:
        """One character or word to the right. GTK leaves a selection at its edge, Qt one beside the caret."""
        if self.anchor is not None and self.anchor != self.caret and not select:
            edge, beside = max(self.anchor, self.caret), self.caret + 1
            return self._move(edge, select) and edge == beside and not word
        if self.caret == len(self._chars):
            return False
        target, sure = word_end(self._chars, self.caret) if word else (self.caret + 1, True)
        return self._go(target, select) and sure

    def line_start(self) -> int:
        """The place after the last line break before the caret; 0 if there is none."""
        start = self.caret
        while start > 0 and self._chars[start - 1] != "\n":
            start -= 1
        return start

    def line_end(self) -> int:
        """The place before the next line break; the end of the text if there is none."""
        end = self.caret
        while end < len(self._chars) and self._chars[end] != "\n":
            end += 1
        return end

    def home(self, everything: bool, select: bool) -> bool:
        """To the start of the line, or of everything; False if a mark lies on the way of the line.

        Of everything only in a field of more than one line: a single line of Qt does not know that key.
        """
        return self._move(0, select) and "\n" in self._chars if everything else self._go(self.line_start(), select)

    def end(self, everything: bool, select: bool) -> bool:
        """To the end of the line, or of everything; as ``home``."""
        return (
            self._move(len(self._chars), select) and "\n" in self._chars
            if everything
            else self._go(self.line_end(), select)
        )

    def _go(self, target: int, select: bool) -> bool:
        """Move there, unless a mark lies on the way: what it stands for may be long, and may hold line breaks."""
        low, high = min(self.caret, target), max(self.caret, target)
        if MARKS.intersection(self._chars[low:high]):
            return False
        return self._move(target, select)

    def _move(self, caret: int, select: bool) -> bool:
        if not select:
            self.anchor = None
        elif self.anchor is None:
            self.anchor = self.caret
        self.caret = caret
        return True
