"""The whole way of a datum without IO: events and the time go in, effects come out.

A key waits half a second in memory. Then it is judged once more by what became known meanwhile: the program that
came to the front, the field it went to, whether the sign on the screen was seen after it. Only then does it reach
the text of its field, and only redacted text leaves this module.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from agent.assembly import Assembler
from agent.exclusion import OWN, protected_class
from agent.gate import Guards, admit, may
from agent.policy.effective import Effective
from agent.records import (
    Admitted,
    Attributed,
    Dropped,
    Program,
    RawClick,
    RawEvent,
    RawField,
    RawFocus,
    RawKey,
    RawText,
    Reason,
    Redacted,
    Secure,
)
from agent.redaction import RedactionFailed, Redactor

#: Seconds a key waits before it counts (DESIGN: quarantine).
QUARANTINE: Final = 0.5
#: Seconds after which a key that no sighting of the indicator has confirmed is dropped.
SIGHTING_LIMIT: Final = 2.0
#: Seconds over which equal non-events become one line of the live view.
GATHER: Final = 1.0


#: What was not kept.
Kind: TypeAlias = Literal["text", "app", "title", "shortcut", "pointer", "key"]


@dataclass(frozen=True, slots=True)
class Keep:
    """Write this record."""

    record: Redacted


@dataclass(frozen=True, slots=True)
class Note:
    """Something was not kept. Shown in the live view, stored nowhere."""

    kind: Kind
    dropped: Dropped


Effect: TypeAlias = Keep | Note


@dataclass(frozen=True, slots=True)
class Front:
    """The program in front and what may be kept in it. reason: why nothing may, None if something may.

    While a window of Aboveboard itself is in front, or a menu holds the keyboard, ``program`` is the one before it: the
    one a person speaks of.
    """

    program: Program | None
    categories: tuple[str, ...]
    reason: Reason | None


class _Waiting:
    """A place in the quarantine: a key, or a mark that keeps its order among keys."""

    __slots__ = ("at", "event", "field", "mark", "program", "secure", "window")

    def __init__(
        self,
        at: float,
        mark: Literal["key", "leave", "cut", "front"],
        event: RawKey | None = None,
        window: int | None = None,
        program: Program | None = None,
        field: str | None = None,
        secure: Secure = Secure.UNKNOWN,
    ) -> None:
        self.at = at
        self.mark = mark
        self.event = event
        self.window = window
        self.program = program
        self.field = field
        self.secure = secure


class Pipeline:
    """Owns what is in memory between the hook and the store.

    ``effective`` and ``guards`` are what is allowed now; the engine replaces them whole through ``allow``.
    All times are monotonic seconds but ``wall``, Unix seconds. Events arrive in the system's own order.
    """

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._assembler = Assembler(redactor.open_tail)
        self._effective: Effective | None = None
        self._guards = Guards()
        self._waiting: deque[_Waiting] = deque()
        self._seen = float("-inf")
        self._window: int | None = None
        self._program: Program | None = None
        self._foreign: Program | None = None
        self._field: str | None = None
        self._secure = Secure.UNKNOWN
        self._last_front: str | None = None
        self._drops: dict[tuple[Kind, Reason, str], tuple[Dropped, float]] = {}

    # ------------------------------------------------------------ what is allowed

    def allow(self, effective: Effective | None, guards: Guards) -> None:
        """From now on this is allowed. Called on every change of consent, policy, settings and guards."""
        self._effective = effective
        self._guards = guards

    def sighted(self, at: float) -> None:
        """The engine saw the indicator itself at ``at``: keys up to then may leave the quarantine."""
        self._seen = max(self._seen, at)

    def redact_with(self, redactor: Redactor) -> None:
        """Use these rules from now on, also for what is still in memory."""
        self._redactor = redactor
        self._assembler.open_tail = redactor.open_tail

    def front(self) -> Front:
        """What the state line says about the program in front."""
        if self._program is not None and protected_class(self._program) == OWN:
            return Front(self._foreign, (), Reason.OWN_WINDOW)
        if self._window is None:
            return Front(self._foreign, (), None)
        categories: list[str] = []
        reason: Reason | None = None
        for category in ("app", "text"):
            answer = may(category, self._program, self._effective, self._guards)
            if isinstance(answer, Reason):
                reason = reason or answer
            else:
                categories.append(category)
        return Front(self._program, tuple(categories), None if categories else reason)

    # ------------------------------------------------------------ events

    def step(self, event: RawEvent, now: float, wall: int) -> list[Effect]:
        """One event from the hooks. What comes late says as much about the keys before it as if it had come at once."""
        effects = self._release(min(now, event.at), wall)
        if isinstance(event, RawFocus):
            self._focus(event)
        elif isinstance(event, RawField):
            self._field_changed(event)
        elif isinstance(event, RawKey):
            self._key(event)
        elif isinstance(event, RawClick):
            self._click(event)
        return effects + self._notes(now)

    def tick(self, now: float, wall: int) -> list[Effect]:
        """Nothing happened but time."""
        effects = self._release(now, wall)
        effects += self._write(self._assembler.tick(now, wall))
        return effects + self._notes(now)

    def deadline(self, now: float) -> float | None:
        """When ``tick`` is worth calling again, None if nothing waits."""
        times = []
        if self._waiting:
            times.append(max(self._waiting[0].at + QUARANTINE, now + 0.05 if self._overdue(now) else 0.0))
        if self._drops:
            times.append(min(since for _, since in self._drops.values()) + GATHER)
        later = self._assembler.deadline(now)
        if later is not None:
            times.append(later)
        return min(times, default=None)

    def close(self, reason: Reason, now: float, wall: int) -> list[Effect]:
        """Capture stops (pause, indicator gone, end): what waits is dropped, the open field is committed.

        Keys that were judged before stay; nothing new comes.
        """
        effects = self._release(now, wall)
        self._drop_waiting(reason)
        effects += self._write(self._assembler.leave(now, wall))
        self._forget_focus()
        return effects + self._notes(None)

    def wipe(self) -> None:
        """Destroy everything in memory (withdrawal, forget). Where the focus is stays known."""
        self._waiting.clear()
        self._assembler.discard()

    def blind(self, reason: Reason) -> list[Effect]:
        """Events were lost: destroy everything, trust nothing that is known of the focus."""
        self._drop_waiting(reason)
        self._assembler.discard()
        self._forget_focus()
        return self._notes(None)

    def forget_program(self, program_id: str) -> None:
        """The employee excluded this program: what of it is still in memory goes, too."""
        if any(program_id in item.program.known_as() for item in self._waiting if item.program is not None):
            self._throw_away(lambda item: item.program is not None and program_id in item.program.known_as())
        self._assembler.forget(program_id)

    # ------------------------------------------------------------ one kind of event each

    def _focus(self, event: RawFocus) -> None:
        if event.window != self._window:
            self._cancel_front()
            self._waiting.append(_Waiting(event.at, "leave"))
        self._window = event.window
        self._program = event.program
        if event.program is not None and protected_class(event.program) != OWN:
            self._foreign = event.program
        self._field = None
        self._secure = Secure.UNKNOWN
        if event.window is None:
            return
        if isinstance(may("text", event.program, self._effective, self._guards), Reason):
            # The window that took the focus is not one of ours to record: whatever was typed in the last half second
            # may have been meant for it.
            self._throw_away(lambda item: event.at - item.at < QUARANTINE)
        if event.program is not None:
            self._waiting.append(_Waiting(event.at, "front", window=event.window, program=event.program))

    def _field_changed(self, event: RawField) -> None:
        if event.window != self._window:
            return
        changed = event.field != self._field
        self._field, self._secure = event.field, event.secure
        if event.secure is Secure.NO:
            self._settle(event, changed=changed)
            return
        reason = Reason.PASSWORD if event.secure is Secure.YES else Reason.UNKNOWN_FIELD
        self._throw_away(lambda item: item.window == event.window and event.at - item.at < QUARANTINE, reason)
        if changed:
            self._waiting.append(_Waiting(event.at, "leave"))

    def _settle(self, event: RawField, *, changed: bool) -> None:
        """The field is known and hides nothing. Keys that waited to be told theirs belong to it, from the first of
        them on; what was typed into a field that has another name does not.
        """
        settled: deque[_Waiting] = deque()
        for item in self._waiting:
            ours = item.mark == "key" and item.window == event.window and item.field in (None, event.field)
            if ours and item.secure is Secure.UNKNOWN:
                item.field, item.secure = event.field, event.secure
                if changed:
                    settled.append(_Waiting(item.at, "leave"))
                    changed = False
            settled.append(item)
        if changed:
            settled.append(_Waiting(event.at, "leave"))
        self._waiting = settled

    def _key(self, event: RawKey) -> None:
        known = event.window is not None and event.window == self._window
        item = _Waiting(
            event.at,
            "key",
            event,
            event.window if known else None,
            self._program if known else None,
            self._field if known else None,
            self._secure if known else Secure.UNKNOWN,
        )
        answer = self._judge(item)
        if isinstance(answer, Dropped) and answer.reason is not Reason.UNKNOWN_FIELD:
            self._drop("key", answer, event.at)
            self._waiting.append(_Waiting(event.at, "cut"))
            return
        self._waiting.append(item)

    def _click(self, event: RawClick) -> None:
        self._waiting.append(_Waiting(event.at, "cut"))

    # ------------------------------------------------------------ quarantine

    def _judge(self, item: _Waiting) -> Admitted | Dropped:
        if item.event is None:
            raise TypeError("only a key can be judged")
        attributed = Attributed(item.event, item.window, item.program, item.field, item.secure)
        return admit(attributed, self._effective, self._guards)

    def _overdue(self, now: float) -> bool:
        head = self._waiting[0]
        return head.at + QUARANTINE <= now

    def _release(self, now: float, wall: int) -> list[Effect]:
        effects: list[Effect] = []
        while self._waiting and self._overdue(now):
            item = self._waiting[0]
            if item.mark in ("key", "front") and self._seen < item.at:
                if now - item.at < SIGHTING_LIMIT:
                    break
                self._waiting.popleft()
                if item.mark == "key":
                    self._drop("key", Dropped(Reason.NO_INDICATOR, item.program), now)
                    effects += self._write(self._assembler.cut(item.at, wall))
                continue
            self._waiting.popleft()
            effects += self._pass_on(item, now, wall)
        return effects

    def _pass_on(self, item: _Waiting, now: float, wall: int) -> list[Effect]:
        if item.mark == "leave":
            return self._write(self._assembler.leave(item.at, wall))
        if item.mark == "cut":
            return self._write(self._assembler.cut(item.at, wall))
        if item.mark == "front":
            return self._came_to_front(item.program, wall)
        answer = self._judge(item)
        if isinstance(answer, Dropped):
            self._drop("key", answer, now)
            return self._write(self._assembler.cut(item.at, wall))
        return self._write(self._assembler.feed(answer, item.at, wall))

    def _throw_away(self, which: Callable[[_Waiting], bool], reason: Reason = Reason.QUARANTINE) -> None:
        kept: deque[_Waiting] = deque()
        for item in self._waiting:
            if item.mark == "key" and which(item):
                self._drop("key", Dropped(reason, item.program), item.at)
                kept.append(_Waiting(item.at, "cut"))
            else:
                kept.append(item)
        self._waiting = kept

    def _drop_waiting(self, reason: Reason) -> None:
        self._throw_away(lambda _item: True, reason)
        self._waiting.clear()

    def _cancel_front(self) -> None:
        self._waiting = deque(item for item in self._waiting if item.mark != "front")

    def _forget_focus(self) -> None:
        self._waiting.clear()
        self._window = self._program = self._field = None
        self._secure = Secure.UNKNOWN
        self._last_front = None

    # ------------------------------------------------------------ what comes out

    def _came_to_front(self, program: Program | None, wall: int) -> list[Effect]:
        purposes = may("app", program, self._effective, self._guards)
        if program is None or isinstance(purposes, Reason):
            self._last_front = None
            return []
        if self._last_front == program.id:
            return []
        self._last_front = program.id
        return [Keep(self._redactor.app(program, wall, purposes))]

    def _write(self, texts: list[RawText]) -> list[Effect]:
        effects: list[Effect] = []
        for text in texts:
            allowed = may("text", text.program, self._effective, self._guards)
            agreed = self._effective.purposes("text", text.program) if self._effective is not None else ()
            text.purposes = tuple(purpose for purpose in text.purposes if purpose in agreed)  # some may be given up
            if not text.purposes or (isinstance(allowed, Reason) and allowed not in _STOPS_LATER):
                reason = allowed if isinstance(allowed, Reason) else Reason.NO_CONSENT
                effects.append(Note("text", Dropped(reason, text.program)))
                continue
            try:
                effects.append(Keep(self._redactor.redact(text)))
            except RedactionFailed:
                effects.append(Note("text", Dropped(Reason.REDACTION, text.program)))
        return effects

    def _drop(self, kind: Kind, dropped: Dropped, now: float) -> None:
        name = dropped.program.id if dropped.program is not None else ""
        key: tuple[Kind, Reason, str] = (kind, dropped.reason, name)
        before, since = self._drops.get(key, (None, now))
        count = dropped.count + (before.count if before is not None else 0)
        self._drops[key] = (Dropped(dropped.reason, dropped.program, count), since)

    def _notes(self, now: float | None) -> list[Effect]:
        """Gathered non-events that are old enough; all of them for None."""
        ready = [key for key, (_, since) in self._drops.items() if now is None or now - since >= GATHER]
        return [Note(key[0], self._drops.pop(key)[0]) for key in ready]


#: Guards that stop new input but do not take back what was typed while everything was allowed.
_STOPS_LATER: Final = frozenset({Reason.PAUSED, Reason.NO_INDICATOR, Reason.LOCKED, Reason.QUIET_HOURS, Reason.CLOCK})
