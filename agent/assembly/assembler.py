"""From admitted keys to the final text of a field, handed on when it may be committed. Pure: time is an argument."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, TypeAlias

from agent.assembly import keys
from agent.assembly.field import DRIFT, Field
from agent.assembly.habits import HABITS, System
from agent.assembly.marks import MARKS, PASTE_MARK, UNDO_MARK, barred, spelled
from agent.records import Admitted, Program, RawCaret, RawCommit, RawKey, RawPointer, RawText
from agent.redaction import RedactionFailed

IDLE: Final = 30.0
#: Ten minutes, less what a key may have waited before it came here and what the next one may wait.
LONGEST: Final = 597.0
CONTEXT: Final = 300
_MOST_FIELDS: Final = 64
_SCROLL_BUTTONS: Final = (4, 5, 6, 7)
_MIDDLE: Final = 2
_ENDS: Final = re.compile(r"\n|[.!?][\"')\]]*\s+|[。！？]")  # noqa: RUF001  # sentence ends of other scripts

#: A field: (window, id of the field in it).
Place: TypeAlias = tuple[int, str]


class Assembler:
    """Replays keys into fields and gives out each stretch of text once, when it is final.

    A stretch ends when its field is left, the caret is lost, after 30 s without a key, or 10 minutes after its
    first key. After 30 s the part that could still belong to a match (``open_tail``) waits on. All times but
    ``wall`` (Unix seconds) are monotonic seconds. Nothing raises; nothing here prints or writes.
    """

    def __init__(self, open_tail: Callable[[str], int], system: System = "linux") -> None:
        self.open_tail = open_tail
        self._habits = HABITS[system]
        self._fields: OrderedDict[Place, Field] = OrderedDict()
        self._active: Place | None = None
        self._told: RawCaret | None = None

    # ------------------------------------------------------------ what happens

    def feed(self, event: Admitted, now: float, wall: int) -> list[RawText]:
        """A key in a field, or text that an input method put there."""
        place = (event.window, event.field)
        given = event.event
        if isinstance(given, RawCommit):
            return self.commit(place, event.program, event.purposes, given.expose(), now, wall)
        if not isinstance(given, RawKey):
            return []
        key, text, modifiers = given.expose()
        if given.uncertain:
            return self._compose(place, event.program, event.purposes, key, text, now, wall)
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
        name, modifiers = self._habits.chord(keys.normal(key, text), text, modifiers)
        if keys.neutral(name):
            return []
        drifts = name in keys.VERTICAL and not modifiers - {"Shift"}
        done, field = self._enter(place, program, purposes, now, wall, still=drifts)
        if drifts:
            field.adrift = now
        elif keys.undoes(name, modifiers):
            done += self.cut(now, wall)
            field.undone = True
        elif not field.apply(name, text, modifiers, now):
            done += self.cut(now, wall)
        return done

    def commit(
        self, place: Place, program: Program, purposes: tuple[str, ...], text: str, now: float, wall: int
    ) -> list[RawText]:
        """An input method put ``text`` into the field."""
        done, field = self._enter(place, program, purposes, now, wall)
        field.commit(keys.clean(text), now)
        return done

    def _compose(
        self, place: Place, program: Program, purposes: tuple[str, ...], key: str, text: str, now: float, wall: int
    ) -> list[RawText]:
        """A key that an input method may have taken. If it did not, it may have moved the caret, or taken out what
        was typed before.
        """
        if keys.neutral(key):
            return []
        done, field = self._enter(place, program, purposes, now, wall)
        if not text and not field.only_composed():
            if keys.normal(key, text) in keys.ERASERS:
                field.empty()
            else:
                done += self.cut(now, wall)
                field.last, field.settled = now, False
        field.compose(now)
        return done

    def clicked(self, event: RawPointer, now: float, wall: int) -> list[RawText]:
        """A button went down: the caret may be anywhere. The middle one pastes, wherever that is."""
        field = self._current()
        if field is None or not event.pressed or event.button in _SCROLL_BUTTONS:
            return []
        if event.button != _MIDDLE or self._active is None or event.window != self._active[0]:
            field.adrift = now
            self._told = None
            return []
        done = self.cut(now, wall)
        field.last, field.settled = now, False
        field.insert(PASTE_MARK, now)
        return done

    def pasted(self, place: Place, program: Program, purposes: tuple[str, ...], now: float, wall: int) -> list[RawText]:
        """Something was pasted into the field; once with the key that did it."""
        done, field = self._enter(place, program, purposes, now, wall)
        if field.editor.has_selection() or not field.editor.ends_with(PASTE_MARK):
            field.insert(PASTE_MARK, now)
        return done

    def caret(self, event: RawCaret, now: float, wall: int) -> list[RawText]:
        """A field says where its caret is: numbers only. What cannot be made to fit is final."""
        place = (event.window, event.field)
        self._told = event if event.start == event.end else None
        field = self._current()
        if field is None or place != self._active or field.told(event):
            return []
        done = self.cut(now, wall)
        if event.start == event.end:
            field.anchor(event.offset, event.length)
        return done

    def leave(self, now: float, wall: int) -> list[RawText]:
        """Focus or window changed: what the field holds is final. Typing on in it later starts a new stretch."""
        field = self._current()
        if field is not None and field.adrift is not None:
            done = self.cut(now, wall)
            self._active = None
            return done
        self._active = None
        if field is None:
            return []
        field.base, field.undone = None, False
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
        field.whole = field.joined = field.undone = False
        field.base = field.adrift = self._told = None
        return done

    def tick(self, now: float, wall: int) -> list[RawText]:
        """Time passes: commit what has waited long enough, forget context older than 10 minutes.

        Compares with the very sums that ``deadline`` answers: their rounding must not differ. When exactly it is
        called changes nothing but ``wall``.
        """
        for known in self._fields.values():
            if now >= known.before_at + LONGEST:
                known.before = ""
        field = self._current()
        if field is None:
            return []
        if field.adrift is not None and now >= field.adrift + DRIFT:
            return self.cut(field.adrift + DRIFT, wall)
        if not len(field.editor):
            return []
        oldest = field.editor.oldest()
        if oldest is not None and now >= oldest + LONGEST:
            field.editor.refresh_oldest()
            must = field.editor.reaches_to(now, LONGEST)
            if must:
                return self._overdue(field, must, now, wall)
        if not field.settled and now >= field.last + IDLE:
            field.settled = True
            return self._commit(field, self._safe(field), field.last + IDLE, wall)
        return []

    def deadline(self, now: float) -> float | None:
        """When ``tick`` will next have something to do (monotonic seconds, may be past); None: nothing waits."""
        times = [field.before_at + LONGEST for field in self._fields.values() if field.before]
        field = self._current()
        if field is not None and field.adrift is not None:
            times.append(field.adrift + DRIFT)
        if field is not None and len(field.editor):
            oldest = field.editor.oldest()
            times.append((now if oldest is None else oldest) + LONGEST)
            if not field.settled:
                times.append(field.last + IDLE)
        return min(times, default=None)

    def discard(self) -> None:
        """Wipe everything: text, context, which field is active."""
        self._fields.clear()
        self._active = self._told = None

    def forget(self, program_id: str) -> None:
        """Wipe everything of one program, whichever of its names this is."""
        gone = [place for place, field in self._fields.items() if program_id in field.program.known_as()]
        for place in gone:
            del self._fields[place]
        if self._active in gone:
            self._active = None

    # ------------------------------------------------------------ fields

    def _current(self) -> Field | None:
        return None if self._active is None else self._fields.get(self._active)

    def _enter(
        self,
        place: Place,
        program: Program,
        purposes: tuple[str, ...],
        now: float,
        wall: int,
        *,
        still: bool = False,
    ) -> tuple[list[RawText], Field]:
        """The field at ``place`` is typed into. still: also while nobody knows where its caret is."""
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
            field = self._fields[place] = Field(program, purposes, self._habits)
        if field.adrift is not None and not still:
            done += self.cut(now, wall)
        told = self._told
        if told is not None and not len(field.editor) and (told.window, told.field) == place:
            field.anchor(told.offset, told.length)
        self._told = None
        field.last, field.settled = now, False
        self._fields.move_to_end(place)
        while len(self._fields) > _MOST_FIELDS:
            self._fields.popitem(last=False)  # the field left longest ago: only context is in it
        return done, field

    # ------------------------------------------------------------ committing

    def _safe(self, field: Field) -> int:
        """How many characters may be committed although typing may go on: none inside a match that could still grow.

        With the caret inside the text anything could still be put anywhere, so nothing is.
        """
        if not field.editor.at_end():
            return 0
        size = len(field.editor)
        try:
            tail = self.open_tail(barred(field.before + field.editor.text()))
        except RedactionFailed:
            return 0  # it stays until it must go, and is then refused by the same fault
        return size - min(max(tail, 0), size)

    def _overdue(self, field: Field, must: int, now: float, wall: int) -> list[RawText]:
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
    def _commit(field: Field, count: int, now: float, wall: int) -> list[RawText]:
        """Give out the first ``count`` characters and keep their end as context."""
        if count <= 0:
            return []
        before = field.before
        text = field.editor.take(count)
        field.before = (before + text)[-CONTEXT:]
        field.before_at = now
        field.base = None if field.base is None or MARKS.intersection(text) else field.base + count
        field.whole = False
        field.joined = True
        if not text.replace(UNDO_MARK, "").strip():
            return []
        words, marks = spelled(text)
        return [RawText(words, barred(before), field.program, field.purposes, wall, marks)]
