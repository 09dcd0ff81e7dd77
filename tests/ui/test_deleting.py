"""A part of what waits is deleted by program or by day, after one question in words that count."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from agent.protocol import DeleteWaiting
from tests.fakes.waiting_desk import Desk
from ui.components import Question


def entries(desk: Desk) -> list[str]:
    menu = desk.page.delete_part.menu()
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def choose(desk: Desk, words: str) -> Question:
    menu = desk.page.delete_part.menu()
    next(action for action in menu.actions() if action.text() == words).trigger()
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, Question) and w.isVisible())


def test_every_program_and_day_that_is_shown_can_be_deleted() -> None:
    desk = Desk()
    offered = entries(desk)
    assert offered[:3] == [
        "Delete 3 items from Mousepad",
        "Delete 2 items from LibreOffice Writer",
        "Delete 2 items from XTerm",
    ]
    assert len(offered) == 5
    choose(desk, "Delete 2 items from XTerm").answered.emit(True)
    assert [(command.program, command.since) for command in desk.engine.of(DeleteWaiting)] == [("xterm", None)]


def test_no_deletes_nothing_and_a_day_ends_at_midnight() -> None:
    desk = Desk()
    *_, first_day, _second = entries(desk)
    choose(desk, first_day).answered.emit(False)
    assert desk.engine.of(DeleteWaiting) == []
    entries(desk)
    choose(desk, first_day).answered.emit(True)
    (command,) = desk.engine.of(DeleteWaiting)
    assert command.since is not None
    assert command.until is not None
    assert command.until - command.since in (23 * 3600, 24 * 3600, 25 * 3600)
    assert command.program == ""
