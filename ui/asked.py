"""What another program of the same user asked for, done or answered: the state, and what tightens. No more exists."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from agent.protocol import Done, Exclude, GetPrograms, Pause, Programs
from agent.protocol.control import (
    AskErase,
    AskExclude,
    AskExport,
    AskPause,
    AskShow,
    AskStatus,
    Request,
    Status,
    Told,
)
from ui.engine import Engine, Reply
from ui.flows import Flows
from ui.state import State
from ui.text import t

#: Of the answer of ``aboveboard status --json``; a new field is no new version.
STATUS_VERSION = 1
#: The engine tells a pause within a quarter of a second; after this long it does not.
_SHOWN_MS = 2000

Answer = Callable[[Told], None]


class Asked(QObject):
    """``take`` is the handler of ``ui.control.Control``. ``show_asked``: the window is to come to the front."""

    show_asked = Signal()

    def __init__(self, engine: Engine, state: State, flows: Flows, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._state = state
        self._flows = flows

    def take(self, request: Request, answer: Answer) -> None:
        """Do it; ``answer`` is called once, for a question when the person has answered."""
        match request:
            case AskStatus():
                answer(Told(status=self._status()))
            case AskPause(until=until):
                self._engine.ask(Pause(id=0, until=until, at_least=True), partial(self._paused, answer))
            case AskExclude(program=program):
                self._engine.ask(GetPrograms(id=0), partial(self._exclude, program, answer))
            case AskShow():
                self.show_asked.emit()
                answer(Told())
            case AskErase():
                self._flows.erase_all(partial(_done, answer))
            case AskExport(folder=folder, language=language):
                self._flows.export(folder, language, partial(_done, answer))
            case _:
                assert_never(request)

    def _status(self) -> Status:
        shown, snapshot = self._state.presented(), self._state.snapshot if self._state.fresh else None
        return Status(
            version=STATUS_VERSION,
            collecting=shown.collecting,
            state=snapshot.state if snapshot is not None else "stopped",
            sentence=shown.sentence if snapshot is None or snapshot.state != "off" else self._off(),
            trial=self._state.trial,
            paused_until=snapshot.paused_until if snapshot is not None else None,
            waiting=snapshot.waiting if snapshot is not None else 0,
            leaving=snapshot.leaving if snapshot is not None else 0,
            sending=snapshot.sending if snapshot is not None else 0,
            problems=tuple(problem.code for problem in snapshot.problems) if snapshot is not None else (),
        )

    def _off(self) -> str:
        """Without why: a no is told to nobody, and whoever runs programs as this user could ask here."""
        words = t("state.off.given")
        return t("state.trial", sentence=words) if self._state.trial else words

    def _paused(self, answer: Answer, reply: Reply) -> None:
        """Answers when the window shows it, so that whoever asks for the state next is told of the pause."""
        done = _plain(reply)
        until = done.facts.get("until", "")
        if done.problem:
            answer(_told(done))
            return
        limit = QTimer(self)
        limit.setSingleShot(True)

        def look() -> None:
            snapshot = self._state.snapshot
            if limit.isActive() and snapshot is not None and snapshot.paused_until is None:
                return
            self._state.changed.disconnect(look)
            limit.deleteLater()
            answer(Told(until=int(until) if until.isdecimal() else None))

        self._state.changed.connect(look)
        limit.timeout.connect(look)
        limit.start(_SHOWN_MS)
        look()

    def _exclude(self, wanted: str, answer: Answer, reply: Reply) -> None:
        """Also a program nobody knows: it may be started later, or be known to the engine alone."""
        found = _program(wanted, reply) if isinstance(reply, Programs) else None
        program = found or wanted.strip().lower()
        then = partial(_excluded, answer, Told(program=program, known=found is not None))
        self._engine.ask(Exclude(id=0, program=program, delete_waiting=False), then)


def _program(wanted: str, programs: Programs) -> str | None:
    """The id of the program called so: by id, else by the one name it can be."""
    name = wanted.strip().casefold()
    ids = {row.id for row in programs.rows}
    if name in ids:
        return name
    named = [row.id for row in programs.rows if row.name.casefold() == name]
    return named[0] if len(named) == 1 else None


def _excluded(answer: Answer, told: Told, reply: Reply) -> None:
    done = _plain(reply)
    answer(_told(done) if done.problem else told)


def _done(answer: Answer, done: Done) -> None:
    answer(_told(done))


def _told(done: Done) -> Told:
    return Told(problem=done.problem, facts=done.facts, count=done.count)


def _plain(reply: Reply) -> Done:
    return reply if isinstance(reply, Done) else Done(problem="protocol-invalid", facts={"detail": "an answer"})
