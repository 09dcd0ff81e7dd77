"""From admitted keys to the final text of a field, handed on when it may be committed. Pure: time is an argument."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, TypeAlias

from agent.assembly import keys
from agent.assembly.editor import Editor
from agent.records import Admitted, Program, Raw, RawPointer, RawText
from agent.redaction import RedactionFailed

IDLE: Final = 30.0
LONGEST: Final = 600.0
CONTEXT: Final = 300
_MOST_FIELDS: Final = 64
_SCROLL_BUTTONS: Final = (4, 5, 6, 7)
_ENDS: Final = re.compile(r"\n|[.!?][\"')\]]*\s+|[。！？]")  # noqa: RUF001  # sentence ends of other scripts

#: A field: (window, id of the field in it).
Place: TypeAlias = tuple[int, str]


class _Field(Raw):
    """One field. ``whole``: nothing of it was committed and the caret was never lost, so its start is our start.

    ``joined``: what is typed at the start of the editor follows directly on ``before``.
    """

    __slots__ = ("before", "before_at", "editor", "joined", "last", "program", "purposes", "settled", "whole")

    def __init__(self, program: Program, purposes: tuple[str, ...]) -> None:
        self.program = program
        self.purposes = purposes
        self.editor = Editor()
        self.before = ""
        self.before_at = 0.0
        self.last = 0.0
        self.settled = True
        self.whole = True
        self.joined = True


class Assembler:
    """Replays keys into fields and gives out each stretch of text once, when it is final.

    A stretch ends when its field is left, the caret is lost, after 30 s without a key, or 10 minutes after its
    first key. After 30 s the part that could still belong to a match (``open_tail``) waits on. All times but
    ``wall`` (Unix seconds) are monotonic seconds. Nothing raises; nothing here prints or writes.
    """

    def __init__(self, open_tail: Callable[[str], int]) -> None:
        self.open_tail = open_tail
        self._fields: OrderedDict[Place, _Field] = OrderedDict()
        self._active: Place | None = None

    # ------------------------------------------------------------ what happens

    def feed(self, event: Admitted, now: float, wall: int) -> list[RawText]:
        """A key or click in a field."""
        place = (event.window, event.field)
        if isinstance(event.event, RawPointer):
            if event.event.button in _SCROLL_BUTTONS or not event.event.pressed:
                return []
            done = self._enter(place, event.program, event.purposes, now, wall)
            return done + self.cut(now, wall)
        key, text, modifiers = event.event.expose()
        return self.press(place, event.program, event.purposes, key, text, modifiers, now, wall)

    def press(
        self,
        place: Place,
        program: Program,
        purposes: tuple[str, ...],
        key: str,
        text: str,
        modifiers: frozenset[str],
        now: float,
        wall: int,
    ) -> list[RawText]:
        """A key press (repeats count): X keysym name, its text, held modifiers."""
        name = keys.normal(key, text)
        if keys.neutral(name):
            return []
        done = self._enter(place, program, purposes, now, wall)
        field = self._fields[place]
        field.last = now
        field.settled = False
        if not self._apply(field, name, text, modifiers, now):
            done += self.cut(now, wall)
        return done

    def leave(self, now: float, wall: int) -> list[RawText]:
        """Focus or window changed: what the field holds is final. Typing on in it later starts a new stretch."""
        field = self._current()
        self._active = None
        if field is None:
            return []
        if field.editor.at_end():
            return self._commit(field, len(field.editor), now, wall)
        caret = field.editor.caret
        context = (field.before + field.editor.text()[:caret])[-CONTEXT:]
        done = self._commit(field, len(field.editor), now, wall)
        field.before = context
        return done

    def cut(self, now: float, wall: int) -> list[RawText]:
        """Where the caret is now is not known: what there is is final, what follows does not continue it."""
        field = self._current()
        if field is None:
            return []
        done = self._commit(field, len(field.editor), now, wall)
        field.whole = field.joined = False
        return done

    def tick(self, now: float, wall: int) -> list[RawText]:
        """Time passes: commit what has waited long enough, forget context older than 10 minutes.

        Compares with the very sums that ``deadline`` answers: their rounding must not differ.
        """
        for known in self._fields.values():
            if now >= known.before_at + LONGEST:
                known.before = ""
        field = self._current()
        if field is None or not len(field.editor):
            return []
        oldest = field.editor.oldest()
        if oldest is not None and now >= oldest + LONGEST:
            field.editor.refresh_oldest()
            must = field.editor.reaches_to(now, LONGEST)
            if must:
                return self._overdue(field, must, now, wall)
        if not field.settled and now >= field.last + IDLE:
            field.settled = True
            return self._commit(field, self._safe(field), now, wall)
        return []

    def deadline(self, now: float) -> float | None:
        """When ``tick`` will next have something to do (monotonic seconds, may be past); None: nothing waits."""
        times = [field.before_at + LONGEST for field in self._fields.values() if field.before]
        field = self._current()
        if field is not None and len(field.editor):
            oldest = field.editor.oldest()
            times.append((now if oldest is None else oldest) + LONGEST)
            if not field.settled:
                times.append(field.last + IDLE)
        return min(times, default=None)

    def discard(self) -> None:
        """Wipe everything: text, context, which field is active."""
        self._fields.clear()
        self._active = None

    def forget(self, program_id: str) -> None:
        """Wipe everything of one program, whichever of its names this is."""
        gone = [place for place, field in self._fields.items() if program_id in field.program.known_as()]
        for place in gone:
            del self._fields[place]
        if self._active in gone:
            self._active = None

    # ------------------------------------------------------------ fields

    def _current(self) -> _Field | None:
        return None if self._active is None else self._fields.get(self._active)

    def _enter(self, place: Place, program: Program, purposes: tuple[str, ...], now: float, wall: int) -> list[RawText]:
        done: list[RawText] = []
        if place != self._active:
            done = self.leave(now, wall)
            self._active = place
        field = self._fields.get(place)
        if field is not None and (field.program, field.purposes) != (program, purposes):
            done += self.cut(now, wall)
            same_program = field.program == program
            field.program, field.purposes = program, purposes
            if not same_program:
                field = None
        if field is None:
            self._fields[place] = _Field(program, purposes)
        self._fields.move_to_end(place)
        while len(self._fields) > _MOST_FIELDS:
            self._fields.popitem(last=False)  # the field left longest ago: only context is in it
        return done

    # ------------------------------------------------------------ keys

    def _apply(self, field: _Field, name: str, text: str, modifiers: frozenset[str], now: float) -> bool:
        """Do what the key does; False if the caret is lost by it."""
        select = "Shift" in modifiers
        chord = modifiers - {"Shift", "AltGr"}
        word = chord == {"Control"}
        if chord and not word:
            return False
        if name in keys.ERASERS:
            return self._erase(field, name, word)
        if name in keys.MOVES:
            return self._go(field, name, word, select)
        if word:
            return self._shortcut(field.editor, name.lower())
        if name == keys.RETURN:
            field.editor.insert("\n", now)
            return True
        typed = keys.printable(name, text)
        if typed:
            field.editor.insert(typed, now)
        return bool(typed)  # Tab, Escape, arrows up and down, function keys: the caret may be anywhere

    @staticmethod
    def _erase(field: _Field, name: str, word: bool) -> bool:
        if name == "Delete":
            field.editor.delete(word)
        elif not field.editor.backspace(word):
            if word and field.before and field.joined:
                return False
            if field.joined:
                field.before = field.before[:-1]
        return True

    @staticmethod
    def _go(field: _Field, name: str, word: bool, select: bool) -> bool:
        editor = field.editor
        if editor.all_selected:
            return False
        match name:
            case "Left":
                return editor.left(word, select) or field.whole
            case "Right":
                return editor.right(word, select) or field.joined
            case "Home":
                inside = editor.home(word, select)
                return field.whole or (inside and not word)
            case _:
                inside = editor.end(word, select)
                return field.joined or (inside and not word)

    @staticmethod
    def _shortcut(editor: Editor, letter: str) -> bool:
        """Control and a letter: select all, save, copy and cut of a known selection; anything else may do anything."""
        if letter == "a":
            editor.select_all()
            return True
        if letter == "c":
            return editor.has_selection()
        if letter == "x":
            return editor.delete_selection()
        return letter == "s"

    # ------------------------------------------------------------ committing

    def _safe(self, field: _Field) -> int:
        """How many characters may be committed although typing may go on: none inside a match that could still grow.

        With the caret inside the text anything could still be put anywhere, so nothing is.
        """
        if not field.editor.at_end():
            return 0
        size = len(field.editor)
        try:
            tail = self.open_tail(field.before + field.editor.text())
        except RedactionFailed:
            return 0  # it stays until it must go, and is then refused by the same fault
        return size - min(max(tail, 0), size)

    def _overdue(self, field: _Field, must: int, now: float, wall: int) -> list[RawText]:
        """The first ``must`` characters have to go: to the end of a sentence if one fits, else as far as is safe."""
        safe = self._safe(field)
        ends = [end.end() for end in _ENDS.finditer(field.editor.text())]
        fitting = [end for end in ends if must <= end <= safe]
        if fitting:
            return self._commit(field, fitting[-1], now, wall)
        if must <= safe:
            return self._commit(field, safe, now, wall)
        if field.editor.at_end():
            return self._commit(field, len(field.editor), now, wall)
        return self.cut(now, wall)

    @staticmethod
    def _commit(field: _Field, count: int, now: float, wall: int) -> list[RawText]:
        """Give out the first ``count`` characters and keep their end as context."""
        if count <= 0:
            return []
        before = field.before
        text = field.editor.take(count)
        field.before = (before + text)[-CONTEXT:]
        field.before_at = now
        field.whole = False
        field.joined = True
        if not text.strip():
            return []
        return [RawText(text, before, field.program, field.purposes, wall)]
