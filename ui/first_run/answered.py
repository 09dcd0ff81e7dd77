"""What is shown after a no, and when the engine could not do what was asked."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent.protocol import Done
from ui.components import HeadingLabel, Icon, Label
from ui.engine import Reply
from ui.text import problem, t


class Answered(QWidget):
    """The answer to a no: what it means, and that it was not told to anybody."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 16)
        column.setSpacing(16)
        self.heading = HeadingLabel(t("first.refused"), "firstRun")
        column.addWidget(self.heading)
        column.addWidget(Label(t("first.refused.more"), "section", bold=False))
        column.addStretch(1)


class ProblemBar(QFrame):
    """A named problem above the buttons: what is wrong, and what the person can do. Hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("problem")
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 12, 32, 12)
        row.setSpacing(12)
        row.addWidget(Icon("ui/denied", "turn", 20))
        words = QVBoxLayout()
        words.setSpacing(4)
        self._title = Label("", bold=True)
        self._more = Label("")
        words.addWidget(self._title)
        words.addWidget(self._more)
        row.addLayout(words, 1)
        self.hide()

    def show_problem(self, reply: Reply) -> None:
        """Say it. Any reply that is no Done is one this window does not understand."""
        done = reply if isinstance(reply, Done) else Done(problem="protocol-invalid")
        words = problem(done.problem or "protocol-invalid", done.facts)
        self._title.set_words(words.title)
        self._more.set_words(" ".join(part for part in (words.text, words.remedy) if part))
        self.setAccessibleName(f"{words.title}. {self._more.text()}")
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
