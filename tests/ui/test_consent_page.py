"""Consent: what holds is shown, changing it takes two equal buttons, and nothing changes by looking."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from agent.protocol import Done, GetHistory, GetNotice, Give, History, Snapshot
from tests.fakes import pages, samples
from tests.fakes.looks import fonts_times, inside, settle
from tests.fakes.pages import PagesEngine
from ui import text
from ui.components import Label, Question, Tick
from ui.consent_grid import ConsentGrid
from ui.first_run.choosing import shown_digest
from ui.pages.consent import ConsentPage
from ui.state import State
from ui.theme import theme

HOLDS = (("train", "app"), ("train", "text"))


class Desk:
    """The page in a window of its own."""

    def __init__(self, snapshot: Snapshot | None = None, size: tuple[int, int] = (891, 620)) -> None:
        self.engine = PagesEngine()
        self.state = State(clock=lambda: 0.0)
        self.state.take(snapshot or samples.snapshot())
        self.page = ConsentPage(self.engine, self.state)
        self.page.resize(*size)
        self.page.show()
        self.page.activate()
        self.page.render_state(self.state.snapshot)

    @property
    def grid(self) -> ConsentGrid:
        assert self.page.grid is not None
        return self.page.grid

    def words(self) -> str:
        settle()
        return " ".join(label.text() for label in self.page.findChildren(Label) if label.isVisibleTo(self.page))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_holds_is_ticked_and_nothing_else(desk: Desk) -> None:
    assert desk.grid.cells() == HOLDS
    assert not desk.page.leave.isEnabled()
    assert not desk.page.take.isEnabled()


@pytest.mark.parametrize("consent", ["never-asked", "refused", "withdrawn", "expired"])
def test_without_a_yes_nothing_is_ticked(consent: str) -> None:
    desk = Desk(samples.snapshot(state="off", consent=consent, given=(), consent_until=None))
    assert desk.grid.cells() == ()
    assert text.t(f"consent.lead.{consent}") in desk.words()


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_both_buttons_are_equal(language: str) -> None:
    text.use(language)
    desk = Desk()
    settle()
    assert desk.page.leave.size() == desk.page.take.size()
    assert desk.page.leave.font() == desk.page.take.font()
    assert desk.page.leave.width() >= 236
    assert not desk.page.take.isDefault()
    left = desk.page.leave.mapTo(desk.page, desk.page.leave.rect().topLeft()).x()
    assert left < desk.page.take.mapTo(desk.page, desk.page.take.rect().topLeft()).x()


def test_ticking_alone_changes_nothing(desk: Desk) -> None:
    desk.grid.box("evaluate", "text").click()
    assert "Not in force yet." in desk.words()
    assert desk.engine.of(Give) == []


def test_leaving_it_takes_the_ticks_back(desk: Desk) -> None:
    desk.grid.box("evaluate", "text").click()
    desk.page.leave.click()
    assert desk.grid.cells() == HOLDS
    assert desk.engine.of(Give) == []


def test_the_new_answer_carries_what_is_ticked_and_what_was_shown(desk: Desk) -> None:
    desk.grid.box("evaluate", "text").click()
    desk.grid.box("train", "app").click()
    desk.page.take.click()
    (give,) = desk.engine.of(Give)
    assert give.cells == (("train", "text"), ("evaluate", "text"))
    assert give.notice == pages.notice().notice
    assert give.shown == shown_digest(pages.notice())
    assert give.language == "en"


def test_ticks_stay_when_the_engine_will_not(desk: Desk) -> None:
    desk.engine.answers[Give] = Done(problem="store-failed", facts={"detail": "full"})
    desk.grid.box("evaluate", "text").click()
    desk.page.take.click()
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, Question) and w.isVisible()]
    assert shown[-1].heading.text() == text.problem("store-failed").title
    assert ("evaluate", "text") in desk.grid.cells()


def test_the_heartbeat_does_not_take_ticks_away(desk: Desk) -> None:
    desk.grid.box("evaluate", "text").click()
    for seq in range(2, 6):
        snapshot = samples.snapshot(seq=seq)
        desk.state.take(snapshot)
        desk.page.render_state(snapshot)
    assert ("evaluate", "text") in desk.grid.cells()


def test_an_empty_grid_is_no_answer_and_says_where_the_way_out_is(desk: Desk) -> None:
    for cell in HOLDS:
        desk.grid.box(*cell).click()
    assert not desk.page.take.isEnabled()
    assert desk.page.leave.isEnabled()
    assert text.t("consent.nothing") in desk.words()


def test_the_history_says_in_words_what_was(desk: Desk) -> None:
    for words in ("You said no.", "You withdrew your yes; 12 waiting items were destroyed.", "with 9 items was sealed"):
        assert words in desk.words()


def test_without_an_organisation_the_page_says_so() -> None:
    engine = PagesEngine({GetNotice: Done(problem="no-organisation"), GetHistory: History(rows=())})
    page = ConsentPage(engine, State(clock=lambda: 0.0))
    page.activate()
    assert page.grid is None
    shown = " ".join(label.text() for label in page.findChildren(Label))
    assert text.t("empty.nobody") in shown
    assert text.t("consent.history.none") in shown


def test_a_cell_that_is_not_asked_for_cannot_be_ticked_and_names_who(desk: Desk) -> None:
    with pytest.raises(KeyError):
        desk.grid.box("train", "screen")
    assert "Not asked for by Acme" in desk.words()


@pytest.mark.parametrize("factor", [1, 2])
@pytest.mark.parametrize("width", [600, 651, 891])
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_the_grid_is_never_wider_than_the_page(language: str, width: int, factor: int) -> None:
    text.use(language)
    with fonts_times(factor):
        desk = Desk(size=(width, 480))
        settle()
        boxes = [box for box in desk.grid.findChildren(QCheckBox) if box.isVisibleTo(desk.page)]
        assert len(boxes) == desk.grid.total()
        for box in boxes:
            assert inside(box, desk.page)
            assert box.height() >= box.heightForWidth(box.width())
        assert desk.grid.cells() == HOLDS


@pytest.mark.parametrize("factor", [1, 2])
def test_a_box_is_as_high_as_its_words_and_shows_its_edge(factor: int) -> None:
    with fonts_times(factor):
        box = Tick("Not collected")
        narrow = box.minimumSizeHint().width()
        line = QFontMetrics(theme().font(bold=True)).height()
        assert box.heightForWidth(narrow) >= 2 * line
        assert box.heightForWidth(box.sizeHint().width()) < 2 * line
        assert min(box.sizeHint().width(), box.sizeHint().height(), Tick().sizeHint().width()) >= 24
    for dark in (False, True):
        theme().force(dark=dark)
        box = Tick()
        box.resize(box.sizeHint())
        image = box.grab().toImage()
        seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert theme().colour("border").name() in seen


def test_no_row_of_keys_is_an_answer() -> None:
    """200 keys at the boxes and the page: ticking is not agreeing."""
    random_ = random.Random(3)  # no secret: the same keys every time
    desk = Desk()
    keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Y, Qt.Key.Key_Down)
    targets: list[QWidget] = [desk.page, desk.grid, *desk.grid.findChildren(QCheckBox)]
    for _ in range(200):
        QTest.keyClick(random_.choice(targets), random_.choice(keys))
    assert desk.engine.of(Give) == []
