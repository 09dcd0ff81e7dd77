"""Consent: what holds is shown, changing it takes two equal buttons, and nothing changes by looking."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from agent.protocol import Change, Command, Decline, Done, GetHistory, GetNotice, Give, History, Snapshot
from tests.fakes import pages, samples
from tests.fakes.looks import fonts_times, inside, settle
from tests.fakes.pages import PagesEngine
from ui import text
from ui.changes import history_lines
from ui.components import Label, Question, Tick
from ui.consent_grid import ConsentGrid
from ui.engine import Reply
from ui.first_run.choosing import shown_digest
from ui.pages.consent import ConsentPage
from ui.state import State
from ui.theme import theme

HOLDS = (("train", "app"), ("train", "text"))


class Desk:
    """The page in a window of its own."""

    def __init__(
        self,
        snapshot: Snapshot | None = None,
        size: tuple[int, int] = (891, 620),
        answers: dict[type[Command], Reply] | None = None,
    ) -> None:
        self.engine = PagesEngine(answers)
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

    def told(self, **changes: object) -> Snapshot:
        """The engine says something else."""
        snapshot = samples.snapshot(**changes)
        self.state.take(snapshot)
        return snapshot

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


def test_the_history_says_what_differed_and_what_never_leaves(desk: Desk) -> None:
    words = desk.words()
    assert "Notice acme-2026 4 came, policy number 12." in words
    assert "More: Window titles, for: Train models that operate software" in words
    assert "Less: Kept there for: 30 days (before: 180 days)" in words
    assert text.t("history.here") in words


# ---------------------------------------------------------------- something new beside a yes

NEW = ("New: Window titles, for: Train models that operate software",
       "New: Kept there for: 365 days (before: 180 days)",
       "New: In which countries: DE and US (before: DE)",
       "New: In which programs: mousepad and gedit (before: mousepad)")  # fmt: skip


def asked_anew() -> Desk:
    return Desk(samples.snapshot(decision=True, given=(("train", "text"),)), answers={GetNotice: pages.wider()})


def test_what_is_new_is_named_once_and_exactly() -> None:
    words = asked_anew().words()
    for line in NEW:
        assert words.count(line) == 1
    assert words.count("New: ") == len(NEW)
    assert "Not changed: everything else." in words


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_yes_and_no_to_what_is_new_are_equal_and_none_is_the_default(language: str) -> None:
    text.use(language)
    desk = asked_anew()
    settle()
    asked = desk.page.asked
    assert asked is not None
    assert asked.no.size() == asked.yes.size()
    assert asked.no.font() == asked.yes.font()
    assert not asked.yes.isDefault()
    assert asked.no.mapTo(desk.page, asked.no.rect().topLeft()).x() < asked.yes.mapTo(
        desk.page, asked.yes.rect().topLeft()
    ).x()  # fmt: skip


def test_yes_turns_on_what_is_new_and_keeps_what_holds() -> None:
    desk = asked_anew()
    assert desk.page.asked is not None
    desk.page.asked.yes.click()
    (give,) = desk.engine.of(Give)
    assert set(give.cells) == {("train", "text"), ("train", "title"), ("train", "app")}
    assert give.shown == shown_digest(pages.wider())


def test_no_leaves_off_what_is_new_and_takes_nothing_back() -> None:
    desk = asked_anew()
    assert desk.page.asked is not None
    desk.page.asked.no.click()
    (decline,) = desk.engine.of(Decline)
    assert decline.notice == pages.wider().notice
    assert desk.engine.of(Give) == []


def test_new_cells_say_so_in_words_and_in_their_names() -> None:
    desk = asked_anew()
    assert "new" in desk.grid.box("train", "title").accessibleName()
    assert "new" not in desk.grid.box("evaluate", "text").accessibleName()


def test_the_question_comes_and_goes_with_what_the_engine_says() -> None:
    desk = Desk()
    assert desk.page.asked is None
    desk.engine.answers[GetNotice] = pages.wider()
    desk.page.render_state(desk.told(decision=True))
    assert desk.page.asked is not None
    desk.engine.answers[GetNotice] = pages.notice()
    desk.page.render_state(desk.told(decision=False))
    assert desk.page.asked is None


def test_without_a_yes_the_page_asks_nothing_anew() -> None:
    first = samples.snapshot(state="off", consent="never-asked", given=(), consent_until=None, decision=True)
    assert Desk(first).page.asked is None


def test_a_fact_this_window_does_not_know_is_said_by_its_name() -> None:
    changes = (Change("p", "smell", "colour", "wider", "red", "blue"), Change("p", "smell", "cell", "gone"),
               Change("p", "text", "fields", "narrower", "text, time", "time"),
               Change("p", "text", "hold_hours", "narrower", "24", "48"),
               Change("p", "text", "require_asking", "narrower", "no", "yes"),
               Change("p", "text", "programs", "wider", "", "*"),
               Change("p", "text", "forbidden_uses", "narrower", "emotion", "emotion, odd"))  # fmt: skip
    assert history_lines(changes) == [
        "More: colour: blue (before: red)",
        "More: In which programs: every program you choose (before: none)",
        "Less: smell, for: p",
        "Less: What one entry holds (Text you type): time (before: text and time)",
        "Less: Time to look before it leaves by itself: 48 hours (before: 24 hours)",
        "Less: You are always asked before it leaves: yes (before: no)",
        "Less: Never used for: emotion and odd (before: emotion)",
    ]


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
