"""What a person can do from several places: pause, forget, exclude, withdraw, quit. One way each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from agent.protocol import (
    Command,
    Done,
    EraseAll,
    Exclude,
    Export,
    Forget,
    GetWaiting,
    Pause,
    PauseLength,
    Resume,
    Saved,
    Waiting,
    Withdraw,
    WithdrawQuestion,
)
from ui.components import Question
from ui.engine import Engine, Reply, Then
from ui.state import State
from ui.text import problem, t

PAUSES: Final[tuple[PauseLength, ...]] = ("15m", "1h", "tomorrow", "resume")
FORGETS: Final = (5, 30, 0)
#: As many minutes as ``forgotten`` needs to mean all there is: 100 years.
FOREVER: Final = 100 * 366 * 24 * 60
_PAGE: Final = 200


class Flows(QObject):
    """``open_page(key)``: a page of the window is wanted ("" for whichever is open). ``quit_asked``: end everything.
    ``forgotten(minutes)``: what was recorded in the last minutes (0: today) is destroyed.

    parent_window: gives the widget questions belong to, None for a question of its own.
    """

    open_page = Signal(str)
    quit_asked = Signal()
    forgotten = Signal(int)

    def __init__(
        self,
        engine: Engine,
        state: State,
        parent_window: Callable[[], QWidget | None] = lambda: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._state = state
        self._parent_window = parent_window
        self.question: Question | None = None

    def pause(self, length: PauseLength) -> None:
        """Pause; has no cap."""
        self._engine.ask(Pause(id=0, until=length), self._say_if_failed)

    def resume(self) -> None:
        """End the pause."""
        self._engine.ask(Resume(id=0), self._say_if_failed)

    def forget(self, minutes: int) -> None:
        """Destroy what was recorded in the last minutes (0: today), then say how much that was."""
        self._engine.ask(Forget(id=0, minutes=minutes), partial(self._forgot, minutes))

    def start_again(self) -> None:
        """Start the engine again; says so when that was done too often."""
        if not self._engine.restart():
            self.say(t("failed.heading"), [t("tooMany.text")])

    def exclude(self, program_id: str, program: str) -> None:
        """Nothing more from this program, from now on; then ask about what already waits from it."""
        self._engine.ask(
            Exclude(id=0, program=program_id, delete_waiting=False), partial(self._excluded, program_id, program)
        )

    def exclude_current(self) -> None:
        """As ``exclude``, for the program in front."""
        snapshot = self._state.snapshot
        if snapshot is not None and snapshot.program_id:
            self.exclude(snapshot.program_id, snapshot.program)

    def withdraw(self) -> None:
        """The first of two clicks: capture pauses at once, and the question is asked."""
        if self.question is not None:
            self.question.close()  # before the pause: closing this very question ends the pause it made
        self._engine.ask(WithdrawQuestion(id=0, open=True))
        snapshot = self._state.snapshot
        waiting = snapshot.waiting if snapshot is not None else 0
        sentence = t("withdraw.text", n=waiting) if waiting else t("withdraw.text.none")
        something = snapshot is not None and (snapshot.sent_batches > 0 or snapshot.sending > 0)
        asked = Question(
            t("withdraw.heading"),
            [sentence],
            t("withdraw.no"),
            t("withdraw.yes"),
            self._parent_window(),
            tick=t("withdraw.delete") if something else "",
            more=t("withdraw.delete.more"),
        )
        self._put(asked, lambda yes: self._withdraw(yes, delete_sent=asked.ticked))

    def erase_all(self, then: Callable[[Done], object]) -> None:
        """Another program asks to destroy everything that has not left: the person says it, here. ``then`` gets what
        came of it, ``control-declined`` for a no and ``control-busy`` while another question stands.
        """
        snapshot = self._state.snapshot
        waiting = snapshot.waiting if snapshot is not None else 0
        sentences = [t("eraseAll.text", n=waiting) if waiting else t("eraseAll.text.none"), t("eraseAll.stays")]
        self._asked_for(t("eraseAll.heading"), sentences, "eraseAll", EraseAll(id=0), partial(self._erased, then), then)

    def export(self, folder: str, language: Literal["en", "de"], then: Callable[[Done], object]) -> None:
        """Another program asks to write everything about the person into ``folder``. ``then`` as in ``erase_all``."""
        sentences = [t("export.text"), folder]
        command = Export(id=0, folder=folder, language=language)
        self._asked_for(t("export.heading"), sentences, "export", command, partial(self._exported, then), then)

    def _asked_for(
        self,
        heading: str,
        sentences: Sequence[str],
        words: str,
        command: Command,
        came: Then,
        then: Callable[[Done], object],
    ) -> None:
        if self.question is not None and self.question.asks:
            then(Done(problem="control-busy"))  # closing it would answer it, and a no there may end a pause
            return

        def answered(yes: bool) -> None:
            if yes:
                self._engine.ask(command, came)
            else:
                then(Done(problem="control-declined"))

        self._ask(heading, sentences, t(f"{words}.no"), t(f"{words}.yes"), answered)

    def _erased(self, then: Callable[[Done], object], reply: Reply) -> None:
        done = reply if isinstance(reply, Done) else Done(problem="protocol-invalid")
        then(done)
        if done.problem:
            self.say_problem(done)
        else:
            self.forgotten.emit(FOREVER)
            self.say(t("eraseAll.done"), [t("forget.done.text", n=done.count)])

    def _exported(self, then: Callable[[Done], object], reply: Reply) -> None:
        if isinstance(reply, Saved):
            then(Done(count=reply.files))
            self.say(t("export.done"), [t("rights.take.saved", place=reply.place, n=reply.files)])
            return
        done = reply if isinstance(reply, Done) else Done(problem="protocol-invalid")
        then(done)
        self.say_problem(done)

    def say(self, heading: str, sentences: Sequence[str]) -> None:
        """An answer, no question: one button that closes."""
        self._ask(heading, sentences, t("action.close"), "", lambda _yes: None)

    def say_problem(self, done: Done) -> None:
        """A command that was not done, in the words of its problem."""
        words = problem(done.problem, done.facts)
        self.say(t("failed.heading"), [f"{words.title}. {words.text}".strip(), words.remedy])

    def _ask(
        self, heading: str, sentences: Sequence[str], no: str, yes: str, answered: Callable[[bool], object]
    ) -> None:
        self._put(Question(heading, sentences, no, yes, self._parent_window()), answered)

    def _put(self, asked: Question, answered: Callable[[bool], object]) -> None:
        """In front of the person, in place of whatever was asked before."""
        if self.question is not None:
            self.question.close()  # means no, and is answered as such
        self.question = asked

        def gone(yes_: bool) -> None:
            if self.question is asked:
                self.question = None
            answered(yes_)

        asked.answered.connect(gone)
        asked.show()
        asked.raise_()
        asked.activateWindow()

    def _withdraw(self, yes: bool, *, delete_sent: bool) -> None:
        if yes:
            self._engine.ask(Withdraw(id=0, delete_sent=delete_sent), partial(self._withdrawn, delete_sent))
        else:
            self._engine.ask(WithdrawQuestion(id=0, open=False), self._say_if_failed)

    def _withdrawn(self, delete_sent: bool, reply: Reply) -> None:
        if isinstance(reply, Done) and reply.problem:
            self.say_problem(reply)
        else:
            self.say(t("withdraw.done"), [t("withdraw.done.text.delete" if delete_sent else "withdraw.done.text")])

    def _forgot(self, minutes: int, reply: Reply) -> None:
        if isinstance(reply, Done) and reply.problem:
            self.say_problem(reply)
        elif isinstance(reply, Done):
            self.forgotten.emit(minutes)
            self.say(t("forget.done"), [t("forget.done.text", n=reply.count)])

    def _excluded(self, program_id: str, program: str, reply: Reply) -> None:
        if isinstance(reply, Done) and reply.problem:
            self.say_problem(reply)
            return
        self._count(program_id, program, 0, 0)

    def _count(self, program_id: str, program: str, offset: int, found: int) -> None:
        then = partial(self._counted, program_id, program, offset, found)
        self._engine.ask(GetWaiting(id=0, offset=offset, limit=_PAGE), then)

    def _counted(self, program_id: str, program: str, offset: int, found: int, reply: Reply) -> None:
        if not isinstance(reply, Waiting):
            return
        found += sum(1 for row in reply.rows if row.program_id == program_id)
        offset += len(reply.rows)
        if reply.rows and offset < reply.total:
            self._count(program_id, program, offset, found)
        elif found:
            self._ask(
                t("exclude.heading", program=program),
                [t("exclude.text", program=program, n=found)],
                t("exclude.no"),
                t("exclude.yes"),
                partial(self._delete_waiting, program_id),
            )

    def _delete_waiting(self, program_id: str, yes: bool) -> None:
        if yes:
            self._engine.ask(Exclude(id=0, program=program_id, delete_waiting=True), self._say_if_failed)

    def _say_if_failed(self, reply: Reply) -> None:
        if isinstance(reply, Done) and reply.problem:
            self.say_problem(reply)


def fill_pause_menu(menu: QMenu, flows: Flows) -> list[QAction]:
    """The four lengths, in their fixed order."""
    made = []
    for length in PAUSES:
        action = menu.addAction(t(f"action.pause.{length}"))
        action.triggered.connect(partial(_triggered, partial(flows.pause, length)))
        made.append(action)
    return made


def fill_forget_menu(menu: QMenu, flows: Flows) -> None:
    """5 minutes, 30 minutes, today."""
    for minutes in FORGETS:
        menu.addAction(t(f"action.forget.{minutes}")).triggered.connect(
            partial(_triggered, partial(flows.forget, minutes))
        )


def _triggered(do: Callable[[], object], _checked: bool = False) -> None:
    do()
