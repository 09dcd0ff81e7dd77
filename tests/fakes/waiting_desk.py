"""The waiting page in a window of its own, over an engine that answers as the test says."""

from __future__ import annotations

from agent.protocol import WaitingRow
from tests.fakes import samples
from tests.fakes.looks import settle
from tests.fakes.pages import PagesEngine
from ui.components import Label
from ui.pages.record import ROW
from ui.pages.waiting import WaitingPage
from ui.state import State


class Desk:
    """The page in a window of its own."""

    def __init__(self, size: tuple[int, int] = (850, 620)) -> None:
        self.engine = PagesEngine()
        self.state = State(clock=lambda: 0.0)
        self.state.take(samples.snapshot(waiting=7))
        self.page = WaitingPage(self.engine, self.state)
        self.page.resize(*size)
        self.page.show()
        self.page.activate()
        self.page.render_state(self.state.snapshot)

    def select(self, row: int) -> None:
        place = self.page.model.place_of(row)
        assert place is not None
        self.page.list.setCurrentIndex(self.page.model.index(place))

    def selected(self) -> int:
        found = self.page.list.currentIndex().data(ROW)
        return found.row if isinstance(found, WaitingRow) else 0

    def gone(self, *rows: int) -> None:
        """These left: the engine says so with its next snapshot."""
        self.engine.records = tuple(record for record in self.engine.records if record.row not in rows)
        waiting = len(self.engine.records)
        self.page.render_state(samples.snapshot(waiting=waiting, waiting_bytes=waiting))

    def words(self) -> str:
        settle()
        return " ".join(label.text() for label in self.page.findChildren(Label) if label.isVisibleTo(self.page))
