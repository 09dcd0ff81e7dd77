"""The pipeline: owns what is in memory between the hook and the store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from agent.actions import Actions, chord, is_wheel
from agent.assembly import Assembler
from agent.exclusion import OWN, page_reason, protected_class
from agent.gate import Guards, admit, may, may_show
from agent.pipeline.effects import Effect, Front, Kind, Notes
from agent.pipeline.front import front
from agent.pipeline.output import Output
from agent.pipeline.waiting import CATEGORY, GUIDING, QUARANTINE, SIGHTING_LIMIT, TYPING, Item, Mark, Quarantine
from agent.policy.effective import Effective
from agent.records import (
    Admitted,
    Attributed,
    Category,
    Dropped,
    Program,
    RawCaret,
    RawCommit,
    RawControl,
    RawEvent,
    RawField,
    RawFocus,
    RawKey,
    RawPage,
    RawPointer,
    RawText,
    RawTitle,
    Reason,
    Secure,
)
from agent.redaction import Redactor

#: What the live view calls something that was done.
_NOTED: Final[dict[Mark, Kind]] = {"key": "key", "commit": "key", "chord": "shortcut", "pointer": "pointer"}
#: Reasons that may still turn into a yes while an event waits.
_MAY_SETTLE: Final = frozenset({Reason.UNKNOWN_FIELD, Reason.UNKNOWN_PAGE})


class Pipeline:
    """``effective`` and ``guards`` are what is allowed now; the engine replaces them whole through ``allow``.

    All times are monotonic seconds but ``wall``, Unix seconds. Events arrive in the system's own order.
    """

    def __init__(self, redactor: Redactor) -> None:
        self._out = Output(redactor)
        self._assembler = Assembler(redactor.open_tail)
        self._actions = Actions()
        self._effective: Effective | None = None
        self._guards = Guards()
        self._waiting = Quarantine()
        self._notes = Notes()
        self._seen = float("-inf")
        self._foreign: Program | None = None
        self._window: int | None = None
        self._program: Program | None = None
        self._field: str | None = None
        self._field_before: str | None = None
        self._secure = Secure.UNKNOWN
        self._page: RawPage | None = None
        #: Was the page told since this window came to the front? What the window's title is, if it may be told.
        self._known_page = False
        self._shown: RawFocus | RawTitle | None = None

    # ------------------------------------------------------------ what is allowed

    def allow(self, effective: Effective | None, guards: Guards) -> None:
        """From now on this is allowed. Called on every change of consent, policy, settings and guards."""
        self._effective = self._out.effective = effective
        self._guards = self._out.guards = guards

    def sighted(self, at: float) -> None:
        """The engine saw the indicator itself at ``at``: keys up to then may leave the quarantine."""
        self._seen = max(self._seen, at)

    def redact_with(self, redactor: Redactor) -> None:
        """Use these rules from now on, also for what is still in memory."""
        self._out.redactor = redactor
        self._assembler.open_tail = redactor.open_tail

    def front(self) -> Front:
        """What the state line says about the program in front."""
        return front(self._window, self._program, self._foreign, self._may_show)

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
        elif isinstance(event, RawPointer):
            self._pointer(event)
        elif isinstance(event, RawTitle):
            self._titled(event)
        elif isinstance(event, RawPage):
            self._page_changed(event)
        elif isinstance(event, RawControl):
            self._hit(event)
        elif isinstance(event, RawCommit):
            self._committed(event)
        elif event.window == self._window:
            self._waiting.put(Item(event.at, "caret", event=event))
        return effects + self._notes.take(now)

    def tick(self, now: float, wall: int) -> list[Effect]:
        """Nothing happened but time."""
        effects = self._release(now, wall)
        effects += self._out.texts(self._assembler.tick(self._horizon(now), wall))
        effects += self._out.actions(self._actions.tick(self._horizon(now), wall))
        return effects + self._notes.take(now)

    def deadline(self, now: float) -> float | None:
        """When ``tick`` is worth calling again, None if nothing waits."""
        soon = now + 0.05 if self._waiting.due(now) else 0.0
        judged = (self._assembler.deadline(now - QUARANTINE), self._actions.deadline(), self._out.early_until())
        times = (
            self._waiting.deadline(now),
            self._notes.deadline(),
            *(None if time is None else max(time + QUARANTINE, soon) for time in judged),
        )
        return min((time for time in times if time is not None), default=None)

    def close(self, reason: Reason, now: float, wall: int) -> list[Effect]:
        """Capture stops (pause, indicator gone, end): what waits is dropped, the open field is committed.

        Keys that were judged before stay; nothing new comes.
        """
        effects = self._release(now, wall)
        effects += self._out.texts(self._assembler.tick(self._horizon(now), wall))
        self._drop_waiting(reason)
        effects += self._out.texts(self._assembler.leave(now, wall))
        effects += self._out.actions(self._actions.finish(wall))
        self._forget_focus()
        return effects + self._notes.take(None)

    def wipe(self) -> None:
        """Destroy everything in memory (withdrawal, forget), the session's too. Where the focus is stays known."""
        self._out.redactor.end_session()
        self._waiting.clear()
        self._assembler.discard()
        self._actions.discard()

    def blind(self, reason: Reason) -> list[Effect]:
        """Events were lost: destroy everything, trust nothing that is known of the focus."""
        self._drop_waiting(reason)
        self._assembler.discard()
        self._actions.discard()
        self._forget_focus()
        return self._notes.take(None)

    def forget_program(self, program_id: str) -> None:
        """The employee excluded this program: what of it is still in memory goes, too."""
        self._throw_away(lambda item: item.program is not None and program_id in item.program.known_as())
        self._cancel("title")
        self._assembler.forget(program_id)
        self._actions.forget(program_id)

    # ------------------------------------------------------------ one kind of event each

    def _focus(self, event: RawFocus) -> None:
        # A click tells the focus anew without moving it: the same field afterwards is no other field.
        self._field_before = self._field if event.window == self._window else None
        if event.window != self._window:
            self._cancel("front", "title")
            self._waiting.put(Item(event.at, "leave"))
        self._window, self._program = event.window, event.program
        if event.program is not None and protected_class(event.program) != OWN:
            self._foreign = event.program
        self._field, self._secure, self._page = None, Secure.UNKNOWN, None
        self._known_page, self._shown = False, None
        if event.window is None:
            return
        self._waiting.came(event.window, event.program, event.at - QUARANTINE)
        # If the window that took the focus is not one of ours to record, whatever was typed in the last half second
        # may have been meant for it.
        closed = {
            mark
            for mark, category in CATEGORY.items()
            if mark != "pointer" and isinstance(may(category, event.program, self._effective, self._guards), Reason)
        }
        self._throw_away(lambda item: item.mark in closed and event.at - item.at < QUARANTINE)
        if event.program is not None:
            self._waiting.put(Item(event.at, "front", window=event.window, program=event.program))
            self._show(event)

    def _titled(self, event: RawTitle) -> None:
        if event.window == self._window:
            self._show(event)

    def _show(self, event: RawFocus | RawTitle) -> None:
        """A title counts once it has stood for the quarantine: the newest takes the place of the one before it."""
        self._shown = event
        self._cancel("title")
        self._waiting.put(
            Item(event.at, "title", shown=event, window=event.window, program=self._program, page=self._page)
        )

    def _page_changed(self, event: RawPage) -> None:
        if event.window != self._window or self._program is None:
            return
        reason = page_reason(self._program, event)
        self._page = None if reason is Reason.UNKNOWN_PAGE else event
        if reason is None:
            self._waiting.turned(event)
            if self._shown is not None and not self._known_page:
                # Told for the first time: what came to the front and its title may have waited in vain.
                self._waiting.put(Item(event.at, "front", window=event.window, program=self._program))
                self._show(self._shown)
            self._known_page = True
        elif reason is not Reason.UNKNOWN_PAGE:
            # What was typed in the last half second may have been meant for this page.
            self._throw_away(lambda item: item.window == event.window and event.at - item.at < QUARANTINE, reason)
            self._cancel("title")
            self._shown = None

    def _cancel(self, *marks: Mark) -> None:
        self._waiting.cancel(*marks)
        self._out.drop_early()

    def _field_changed(self, event: RawField) -> None:
        if event.window != self._window:
            return
        changed = event.field != self._field and (event.field is None or event.field != self._field_before)
        self._field_before = None if event.field is not None else self._field_before
        self._field, self._secure = event.field, event.secure
        if event.secure is Secure.NO:
            self._waiting.settle(event, changed=changed)
            return
        reason = Reason.PASSWORD if event.secure is Secure.YES else Reason.UNKNOWN_FIELD
        hidden = event.secure is Secure.YES
        self._throw_away(
            lambda item: (
                item.window == event.window
                and event.at - item.at < QUARANTINE
                # Where a press or a shortcut leads becomes known in steps: only what hides takes it back.
                and (item.mark == "key" or hidden)
            ),
            reason,
        )
        if changed:
            self._waiting.put(Item(event.at, "leave"))

    def _key(self, event: RawKey) -> None:
        self._wait(self._here("key", event))
        if chord(event) and self._agreed("shortcut"):
            self._wait(self._here("chord", event))

    def _committed(self, event: RawCommit) -> None:
        """An input method's text belongs to the field it names; of one it does not name nothing is known."""
        item = self._here("commit", event)
        if event.field is None or event.field != item.field:
            item.field, item.secure = event.field, Secure.UNKNOWN
        self._wait(item)

    def _pointer(self, event: RawPointer) -> None:
        if not is_wheel(event.button) and event.pressed:
            self._waiting.put(Item(event.at, "click", event=event))
        if not self._agreed("pointer"):
            return
        item = self._here("pointer", event)
        if event.window is not None and event.window != self._window:
            # Not in front yet: whose window it is will be known if this press brings it there.
            item.window = event.window
            self._waiting.put(item)
            return
        self._wait(item)

    def _hit(self, event: RawControl) -> None:
        item = self._waiting.hit(event)
        if item is None:
            self._actions.control(event)
        elif event.secure is not Secure.NO:
            reason = Reason.PASSWORD if event.secure is Secure.YES else Reason.UNKNOWN_FIELD
            self._throw_away(lambda one: one is item, reason)

    def _agreed(self, category: Category) -> bool:
        """Was this category agreed to at all? If not, that it is not kept is no news of every moment."""
        return self._effective is not None and any(cell == category for _, cell in self._effective.cells)

    def _here(self, mark: Mark, event: RawKey | RawCommit | RawPointer) -> Item:
        known = event.window is not None and event.window == self._window
        return Item(
            event.at,
            mark,
            event=event,
            window=event.window if known else None,
            program=self._program if known else None,
            field=self._field if known else None,
            secure=self._secure if known else Secure.UNKNOWN,
            page=self._page if known else None,
        )

    def _wait(self, item: Item) -> None:
        """Into the quarantine, unless the answer is a no that nothing can change any more."""
        answer = self._judge(item)
        if isinstance(answer, Dropped) and answer.reason not in _MAY_SETTLE:
            self._notes.add(_NOTED[item.mark], answer, item.at)
            if item.mark in TYPING:
                self._waiting.put(Item(item.at, "cut"))
            return
        self._waiting.put(item)

    # ------------------------------------------------------------ quarantine

    def _judge(self, item: Item) -> Admitted | Dropped:
        if item.event is None or isinstance(item.event, RawCaret):
            raise TypeError("only what was done can be judged")
        attributed = Attributed(item.event, item.window, item.program, item.field, item.secure, item.page)
        return admit(CATEGORY[item.mark], attributed, self._effective, self._guards)

    def _horizon(self, now: float) -> float:
        """Up to when everything that was done has been judged."""
        return min(now - QUARANTINE, self._waiting.head().at if self._waiting else now)

    def _release(self, now: float, wall: int) -> list[Effect]:
        effects: list[Effect] = []
        while self._waiting.due(now):
            item = self._waiting.head()
            if item.mark not in GUIDING and self._seen < item.at:
                if now - item.at < SIGHTING_LIMIT:
                    break
                self._waiting.take()
                if item.done:
                    self._notes.add(_NOTED[item.mark], Dropped(Reason.NO_INDICATOR, item.program), now)
                if item.mark in TYPING:
                    effects += self._out.texts(self._assembler.cut(item.at, wall))
                continue
            self._waiting.take()
            effects += self._out.texts(self._assembler.tick(item.at, wall))
            effects += self._out.actions(self._actions.tick(item.at, wall))
            effects += self._pass_on(item, now, wall)
        return effects + self._titles(self._horizon(now), wall)

    def _pass_on(self, item: Item, now: float, wall: int) -> list[Effect]:
        match item.mark:
            case "leave":
                return self._out.texts(self._assembler.leave(item.at, wall))
            case "cut" | "click" | "caret":
                return self._out.texts(self._guide(item, wall))
            case "front":
                return self._out.front(item.program, self._may_show("app", item.program), wall)
            case "title":
                return self._out.title(item, self._may_show("title", item.program), wall)
            case _:
                return self._was_done(item, now, wall)

    def _titles(self, until: float, wall: int) -> list[Effect]:
        """A title that came too soon and still stands."""
        due = self._out.early_until()
        item = self._out.early() if due is not None and until >= due else None
        return [] if item is None else self._out.title(item, self._may_show("title", item.program), wall)

    def _guide(self, item: Item, wall: int) -> list[RawText]:
        if isinstance(item.event, RawPointer):
            return self._assembler.clicked(item.event, item.at, wall)
        if isinstance(item.event, RawCaret):
            return self._assembler.caret(item.event, item.at, wall)
        return self._assembler.cut(item.at, wall)

    def _was_done(self, item: Item, now: float, wall: int) -> list[Effect]:
        answer = self._judge(item)
        if isinstance(answer, Dropped):
            self._notes.add(_NOTED[item.mark], answer, now)
            return self._out.texts(self._assembler.cut(item.at, wall)) if item.mark in TYPING else []
        if item.mark in TYPING:
            return self._out.texts(self._assembler.feed(answer, item.at, wall))
        if item.mark == "chord":
            return self._out.actions(self._actions.shortcut(answer, wall))
        done = self._actions.pointer(answer, wall)
        if item.control is not None:
            self._actions.control(item.control)
        return self._out.actions(done)

    def _throw_away(self, which: Callable[[Item], bool], reason: Reason = Reason.QUARANTINE) -> None:
        for item in self._waiting.throw_away(which):
            self._notes.add(_NOTED[item.mark], Dropped(reason, item.program), item.at)

    def _drop_waiting(self, reason: Reason) -> None:
        self._throw_away(lambda _item: True, reason)
        self._waiting.clear()

    def _forget_focus(self) -> None:
        self._waiting.clear()
        self._window = self._program = self._field = self._field_before = self._page = self._shown = None
        self._secure = Secure.UNKNOWN
        self._out.forget()

    def _may_show(self, category: Category, program: Program | None) -> tuple[str, ...] | Reason:
        return may_show(category, program, self._page, self._effective, self._guards)
