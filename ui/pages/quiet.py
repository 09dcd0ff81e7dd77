"""Quiet hours: the employee's own to add and take away, and those of the organisation beside them, to read only."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from agent.protocol import Done, GetNotice, Notice, QuietHours, SetQuietHours, Snapshot
from ui.components import Button, Card, Label, Tick
from ui.engine import Engine, Reply
from ui.text import locale, problem, t
from ui.theme import theme
from ui.when import clock_of, quiet_hours, short_weekday

_STEP: Final = 30
_DAY: Final = 24 * 60
_MOST: Final = 14
#: What a new row proposes: evenings and nights of working days. Nothing of it holds before it is saved.
_PROPOSED: Final = QuietHours((0, 1, 2, 3, 4), 18 * 60, 9 * 60)


class QuietCard(Card):
    """``follow`` shows what the engine says whenever that changes. ``ask`` asks who else decides."""

    def __init__(self, engine: Engine, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._engine = engine
        self._known: tuple[QuietHours, ...] = ()
        self.rows: list[QuietRow] = []
        self.body.addWidget(Label(t("quiet.title"), "section"))
        self.body.addWidget(Label(t("quiet.lead"), colour="muted"))
        self._theirs = Label("")
        self._theirs.hide()
        self.body.addWidget(self._theirs)
        self._place = QVBoxLayout()
        self._place.setSpacing(8)
        self.body.addLayout(self._place)
        self.add = Button(t("quiet.add"), self._add)
        self.save = Button(t("quiet.save"), self._save)
        self.body.addWidget(Beside(self.add, self.save))
        self.outcome = Label("", colour="muted")
        self.outcome.hide()
        self.body.addWidget(self.outcome)

    def ask(self) -> None:
        """Which hours the organisation leaves out."""
        self._engine.ask(GetNotice(id=0), self._told)

    def follow(self, snapshot: Snapshot) -> None:
        """What holds now."""
        if snapshot.quiet_hours != self._known:
            self._known = snapshot.quiet_hours
            self._show(self._known)

    def _told(self, reply: Reply) -> None:
        theirs = reply.quiet_hours if isinstance(reply, Notice) else ()
        if isinstance(reply, Notice) and theirs:
            said = "; ".join(quiet_hours(row) for row in theirs)
            self._theirs.set_words(t("quiet.theirs", organisation=reply.organisation, hours=said))
        self._theirs.setVisible(bool(theirs))

    def _show(self, rows: tuple[QuietHours, ...]) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for hours in rows:
            self._put(hours)

    def _put(self, hours: QuietHours) -> None:
        row = QuietRow(hours, len(self.rows) + 1)
        row.remove.clicked.connect(partial(self._remove, row))
        self.rows.append(row)
        self._place.addWidget(row)
        self.add.setEnabled(len(self.rows) < _MOST)

    def _add(self) -> None:
        self._put(_PROPOSED)
        self._say(t("quiet.not_saved"))

    def _remove(self, row: QuietRow, _checked: bool = False) -> None:  # a Qt signal has no keywords
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self.add.setEnabled(True)
        self._say(t("quiet.not_saved"))

    def _save(self) -> None:
        rows = tuple(hours for row in self.rows if (hours := row.hours()) is not None)
        self._engine.ask(SetQuietHours(id=0, rows=rows), self._saved)

    def _saved(self, reply: Reply) -> None:
        if isinstance(reply, Done) and reply.problem:
            found = problem(reply.problem, reply.facts)
            self._say(" ".join(part for part in (f"{found.title}.", found.text, found.remedy) if part))
        else:
            self._say(t("quiet.saved"))

    def _say(self, sentence: str) -> None:
        self.outcome.set_words(sentence)
        self.outcome.setVisible(bool(sentence))


class QuietRow(QFrame):
    """Seven boxes, from, until, remove. ``hours``: what it says now, None without a day."""

    def __init__(self, hours: QuietHours, number: int) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        self._days = QGridLayout()
        self._days.setHorizontalSpacing(12)
        self._days.setVerticalSpacing(4)
        self.days = [Tick(short_weekday(day)) for day in range(7)]
        for day, tick in enumerate(self.days):
            tick.setChecked(day in hours.days)
            tick.setAccessibleName(t("quiet.row.day", n=number, day=_day(day)))
        self._columns = 0
        self._lay(7)
        column.addLayout(self._days)
        self.start = _times(hours.start, t("quiet.row.start", n=number))
        self.end = _times(hours.end, t("quiet.row.end", n=number))
        self.remove = Button(t("quiet.remove"))
        self.remove.setAccessibleName(t("quiet.row.remove", n=number))
        self._line = Beside(_named(t("quiet.from"), self.start), _named(t("quiet.until"), self.end), self.remove)
        column.addWidget(self._line)

    def hours(self) -> QuietHours | None:
        """What is ticked and chosen."""
        days = tuple(day for day, tick in enumerate(self.days) if tick.isChecked())
        return QuietHours(days, int(self.start.currentData()), int(self.end.currentData())) if days else None

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """One day below the other, if it has to be."""
        widest = max(tick.minimumSizeHint().width() for tick in self.days)
        return QSize(max(widest, self._line.minimumSizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        widest = max(tick.minimumSizeHint().width() for tick in self.days) + 12
        self._lay(max(1, min(7, event.size().width() // widest)))

    def _lay(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        while self._days.takeAt(0) is not None:
            pass
        for column in range(8):
            self._days.setColumnStretch(column, 1 if column == columns else 0)
        for place, tick in enumerate(self.days):
            self._days.addWidget(tick, place // columns, place % columns)


class Beside(QWidget):
    """Widgets in a line at the left; one below the other where they do not fit."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._widgets = widgets
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)
        for widget in widgets:
            self._box.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        self._box.addStretch(1)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As wide as the widest alone."""
        widest = max(widget.minimumSizeHint().width() for widget in self._widgets)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        needed = sum(widget.sizeHint().width() + 12 for widget in self._widgets)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(across if needed <= event.size().width() else down)


def _named(name: str, widget: QWidget) -> QWidget:
    pair = QWidget()
    line = QHBoxLayout(pair)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(Label(name, wrap=False))
    line.addWidget(widget)
    return pair


class Chosen(QComboBox):
    """One of a list, with the chevron of buttons that open something."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        super().paintEvent(event)
        if theme().high_contrast:
            return  # without a style sheet the style draws its own
        painter = QPainter(self)
        mark = theme().pixmap("ui/chevron", "ink", 12, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - 20, (self.height() - 12) // 2, mark)
        painter.end()


def _times(chosen: int, name: str) -> QComboBox:
    box = Chosen()
    for minute in sorted({*range(0, _DAY, _STEP), chosen}):
        box.addItem(clock_of(minute), minute)
    box.setCurrentIndex(box.findData(chosen))
    box.setAccessibleName(name)
    return box


def _day(day: int) -> str:
    return locale().dayName(day + 1, QLocale.FormatType.LongFormat)
