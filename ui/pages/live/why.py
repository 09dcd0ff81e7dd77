"""Why was this kept, or not: four answers in fixed order; the first no decides and ends the chain."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.components import Card, Icon, Label
from ui.pages.live.lines import Row
from ui.removed import whys
from ui.text import current, t
from ui.theme import theme
from ui.when import seconds

STEPS: Final = ("consent", "policy", "settings", "guards")


class _Step(QWidget):
    def __init__(self, *, last: bool) -> None:
        super().__init__()
        self._last = last
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.icon = Icon("ui/check", "muted", 16)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.setContentsMargins(0, 0, 0, 4 if last else 12)
        top = QHBoxLayout()
        self.name = Label("", bold=True)
        self.answer = Label("", bold=True, wrap=False)
        top.addWidget(self.name, 1)
        top.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(top)
        self.more = Label("", "small", colour="muted")
        words.addWidget(self.more)
        row.addLayout(words, 1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The connector to the next answer."""
        super().paintEvent(event)
        if not self._last:
            painter = QPainter(self)
            painter.setPen(QPen(theme().colour("line"), 1.5))
            painter.drawLine(8, 20, 8, self.height() + 2)


class WhyPanel(Card):
    """``show_row``: the chain for one line of the live view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.setSpacing(2)
        self._heading = Label("", "section")
        self._lead = Label("", "small", colour="muted")
        self.body.addWidget(self._heading)
        self.body.addWidget(self._lead)
        self.body.addSpacing(10)
        self._steps = {name: _Step(last=name == STEPS[-1]) for name in STEPS}
        for step in self._steps.values():
            self.body.addWidget(step)
        self._removed = Label("", "small", colour="muted")
        self.body.addWidget(self._removed)
        self.setMinimumWidth(264)

    def show_row(self, row: Row) -> None:
        """The four answers of ``row``."""
        line = row.line
        self._heading.set_words(t("why.kept") if line.kept else t("why.not_kept"))
        facts = {"time": seconds(line.at), "program": line.program or t("live.no_program")}
        self._lead.set_words(t("why.lead", **facts))
        for name, step in self._steps.items():
            answer = getattr(line.why, name)
            icon, role = {"yes": ("ui/check", "ink"), "no": ("ui/denied", "ink")}.get(answer, ("ui/not-kept", "muted"))
            step.icon.show_icon(icon, role)
            step.name.set_words(t(f"why.{name}"))
            step.answer.set_words(t(f"why.answer.{answer}"))
            step.more.set_words(self._reason(row) if answer == "no" else t(f"why.{name}.{answer}"))
        reasons = whys(line.removed)
        self._removed.set_words("\n".join(reasons))
        self._removed.setVisible(bool(reasons))
        self.setAccessibleName(self._heading.text())
        self.setAccessibleDescription(
            ". ".join([*(f"{step.name.text()}: {step.answer.text()}" for step in self._steps.values()), *reasons])
        )

    def _reason(self, row: Row) -> str:
        key = f"reason.{row.line.reason}"
        words = t(key) if current().has(key) else t("reason.unknown")
        return words[:1].upper() + words[1:]
