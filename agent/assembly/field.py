"""One field: what each key does to its text, and what the field says of its own caret."""

from __future__ import annotations

from typing import Final

from agent.assembly import keys
from agent.assembly.editor import Editor
from agent.assembly.habits import Habits
from agent.assembly.marks import INPUT_MARK, PASTE_MARK, UNDO_MARK
from agent.records import Program, Raw, RawCaret

#: Seconds without a key after which a field's word about its caret is about all keys before.
QUIET: Final = 0.2
#: Seconds that a field has to say where its caret went.
DRIFT: Final = 0.4


class Field(Raw):
    """One field. ``whole``: nothing of it was committed and the caret was never lost, so its start is our start.

    ``joined``: what is typed at the start of the editor follows directly on ``before``.
    ``adrift``: since when (monotonic seconds) the caret is somewhere else, None if it is not; where, the field itself
    may still say, and until then no key may come.
    ``base``: how many characters of the field stand before the editor's, ``outside``: how many in all are not the
    editor's; None if the field never said so. ``undone``: what is typed next follows on an undo.
    """

    __slots__ = (
        "adrift", "base", "before", "before_at", "editor", "habits", "joined", "last", "outside", "program", "purposes",
        "settled", "undone", "whole",
    )  # fmt: skip

    def __init__(self, program: Program, purposes: tuple[str, ...], habits: Habits) -> None:
        self.habits = habits
        self.program = program
        self.purposes = purposes
        self.editor = Editor(self.habits.boundaries)
        self.before = ""
        self.before_at = 0.0
        self.last = 0.0
        self.settled = True
        self.whole = True
        self.joined = True
        self.undone = False
        self.adrift: float | None = None
        self.base: int | None = None
        self.outside = 0

    # ------------------------------------------------------------ keys

    def apply(self, name: str, text: str, modifiers: frozenset[str], now: float) -> bool:
        """Do what the key does; False if the caret is lost by it."""
        chord = modifiers - {"Shift", "AltGr"}
        word = chord == {"Control"}
        if keys.pastes(name, modifiers):
            self.insert(PASTE_MARK, now)
            return True
        if chord and not word:
            return False
        if name in keys.ERASERS | keys.KILLS:
            return self._erase(name, word, shift="Shift" in modifiers)
        if name in keys.MOVES:
            return self._go(name, word, "Shift" in modifiers)
        if word:
            return self._shortcut(name.lower())
        typed = "\n" if name == keys.RETURN else keys.printable(name, text)
        if typed:
            self.insert(typed, now)
        return bool(typed)  # Tab, Escape, Insert, function keys: the caret may be anywhere

    def insert(self, text: str, now: float) -> None:
        """Type ``text``; the first after an undo says that it follows on one."""
        if self.undone and not len(self.editor):
            self.editor.insert(UNDO_MARK, now)
        self.undone = False
        self.editor.insert(text, now)

    def compose(self, now: float) -> None:
        """An input method took a key."""
        if self.editor.has_selection() or not self.editor.ends_with(INPUT_MARK):
            self.insert(INPUT_MARK, now)

    def only_composed(self) -> bool:
        """Is nothing here but what an input method took?"""
        return self.editor.text().strip(INPUT_MARK) == ""

    def empty(self) -> None:
        """What was typed here may be gone, nobody knows how much of it: none of it is said to stand here."""
        self.editor = Editor(self.habits.boundaries)
        self.whole = self.joined = self.undone = False
        self.base = None

    def commit(self, text: str, now: float) -> None:
        """An input method put this in place of the keys it took."""
        if not self.editor.has_selection() and self.editor.ends_with(INPUT_MARK):
            self.editor.retract()
        if text:
            self.insert(text, now)

    def _erase(self, name: str, word: bool, *, shift: bool) -> bool:
        editor = self.editor
        selected = editor.has_selection()
        if name in keys.KILLS:
            return self._kill(rest=name == keys.KILL_REST)
        if name == "Delete":
            return (selected or not shift) and editor.delete(word)  # Shift+Delete cuts: a line, if nothing is chosen
        if selected or editor.caret:
            sure = editor.backspace(word)
            return sure and (selected or not word or editor.caret > 0 or self._starts_word())
        if word and self.before and self.joined:
            return False
        if self.joined:
            self.before = self.before[:-1]
        if self.base:
            self.base, self.outside = self.base - 1, self.outside - 1
        return True

    def _kill(self, *, rest: bool) -> bool:
        editor = self.editor
        selected = editor.has_selection()
        inside = editor.line_end() < len(editor) if rest else editor.line_start() > 0
        whole = self._is_last() if rest else self._is_first()
        return editor.kill(rest) and (selected or inside or whole)

    def _go(self, name: str, word: bool, select: bool) -> bool:
        editor = self.editor
        if editor.all_selected:
            return False
        first, last = self._is_first(), self._is_last()
        match name:
            case "Left" | "Right":
                return self._step(name, word, select)
            case "Home":
                inside = editor.line_start() > 0
                return editor.home(word, select) and (first or (inside and not word))
            case _:
                inside = editor.line_end() < len(editor)
                return editor.end(word, select) and (last or (inside and not word))

    def _step(self, name: str, word: bool, select: bool) -> bool:
        editor = self.editor
        collapses = editor.has_selection() and not select
        if name == "Left":
            if editor.caret == 0 and not collapses:
                return self._is_first()
            return editor.left(word, select) and (not word or editor.caret > 0 or self._starts_word())
        if editor.caret == len(editor) and not collapses:
            return self._is_last()
        return editor.right(word, select) and (not word or editor.caret < len(editor) or self._is_last())

    def _is_first(self) -> bool:
        """Does nothing of the field stand before the editor's text, as far as can be told?"""
        return self.whole if self.base is None else self.base == 0

    def _is_last(self) -> bool:
        """Does nothing of the field stand behind the editor's text, as far as can be told?"""
        return self.joined if self.base is None else self.outside == self.base

    def _starts_word(self) -> bool:
        """Does a word that begins where the editor begins begin there in the field, too?"""
        return self._is_first() or (self.joined and self.before[-1:] in self.habits.boundaries)

    def _shortcut(self, letter: str) -> bool:
        """Control and a letter: select all, save, copy and cut of a known selection; anything else may do anything."""
        if letter == "a":
            self.editor.select_all()
            return True
        if letter == "c":
            return self.editor.has_selection()
        if letter == "x":
            return self.editor.delete_selection()
        return letter == "s"

    # ------------------------------------------------------------ what the field says

    def told(self, event: RawCaret) -> bool:
        """The field says where its caret is. False if the text that is here cannot be the one it speaks of."""
        if self.adrift is not None:
            return self._found(event)
        if event.at - self.last < QUIET or self.editor.has_selection() or not self.editor.exact():
            return True
        base = event.offset - self.editor.caret
        known = self.base is None or base == self.base
        return known and self.anchor(base, event.length - len(self.editor))

    def anchor(self, base: int, outside: int) -> bool:
        """The editor's text begins ``base`` characters into the field. False if it does not fit there."""
        if not 0 <= base <= outside:
            return False
        self.base, self.outside = base, outside
        return True

    def _found(self, event: RawCaret) -> bool:
        """The caret is back inside what was typed here; anywhere else it is as good as lost."""
        size = len(self.editor)
        if self.base is None or not self.editor.exact() or event.length != self.outside + size:
            return False
        start, end, caret = (place - self.base for place in (event.start, event.end, event.offset))
        if not 0 <= start <= end <= size or caret not in (start, end):
            return False
        self.editor.place(start, end, caret)
        self.adrift = None
        return True
