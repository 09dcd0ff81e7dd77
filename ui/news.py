"""What is true and stops nothing: said in the window above every page, as long as it is true."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent.problems import PROBLEMS
from agent.protocol import ActiveProblem, Snapshot
from ui.components import Banner, Button
from ui.flows import Flows
from ui.pages.sent import SAID_THERE
from ui.text import problem, t

#: More than these would push the page away; what comes first matters most.
_MOST: Final = 2
#: Where one can see what it is about.
_PAGES: Final = {
    "collects-less": "consent",
    "profile-elsewhere": "consent",
    "policy-refused": "policy",
} | dict.fromkeys(SAID_THERE, "sent")


class News(QWidget):
    """``follow``: the newest snapshot. One line for each, so that the page below keeps its room; the rest on demand.

    Problems that stop capture are not here: the strip says nothing else then.
    """

    def __init__(self, flows: Flows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flows = flows
        self._said: tuple[ActiveProblem, ...] = ()
        self.banner: Banner | None = None
        self.show_button = Button(t("news.show"), self._show)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 16, 24, 0)
        self.hide()

    def follow(self, snapshot: Snapshot | None, page: str = "") -> None:
        """Made anew only when something else is true: a reader is not told the same again and again.

        page: key of the open one; what it says itself is not said above it.
        """
        found = tuple(each for each in worth_saying(snapshot) if page != "sent" or each.code not in SAID_THERE)
        if found == self._said:
            return
        self._said = found
        if self.banner is not None:
            self.show_button.setParent(self)
            self._column.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        self.setVisible(bool(found))
        if found:
            titles = [problem(each.code, each.facts).title for each in found]
            warns = PROBLEMS[found[0].code].severity == "warning"
            icon = "ui/not-kept" if warns else "nav/about"
            more = ". ".join(titles[1:])
            self.banner = Banner("turn" if warns else "note", icon, titles[0], more, [self.show_button])
            self._column.addWidget(self.banner)
            QAccessible.updateAccessibility(QAccessibleEvent(self.banner, QAccessible.Event.Alert))

    def _show(self) -> None:
        page = _PAGES.get(self._said[0].code) if len(self._said) == 1 else None
        if page is not None:
            self._flows.open_page.emit(page)
            return
        lines = []
        for each in self._said:
            words = problem(each.code, each.facts)
            lines.append(" ".join(part for part in (f"{words.title}.", words.text, words.remedy) if part))
        self._flows.say(t("news.heading"), lines)


def worth_saying(snapshot: Snapshot | None) -> tuple[ActiveProblem, ...]:
    """Warnings before notes, at most as many as fit."""
    if snapshot is None:
        return ()
    known = [each for each in snapshot.problems if each.code in PROBLEMS and not PROBLEMS[each.code].stops_capture]
    known.sort(key=lambda each: PROBLEMS[each.code].severity != "warning")
    return tuple(known[:_MOST])
