"""What is true and stops nothing is said in the window, once, and goes when it is over."""

import pytest

from agent.problems import PROBLEMS
from agent.protocol import ActiveProblem
from tests.fakes import samples
from tests.fakes.asked_engine import AskedEngine
from tests.fakes.looks import settle
from ui import text
from ui.app import make_window
from ui.components import Label
from ui.flows import Flows
from ui.main_window import MainWindow
from ui.state import State

LESS, LATE, ODD = (ActiveProblem(code) for code in ("collects-less", "upload-unreachable", "policy-refused"))


class Desk:
    """The main window with an engine that says what it is told."""

    def __init__(self) -> None:
        self.engine = AskedEngine()
        self.state = State(clock=lambda: 0.0)
        self.flows = Flows(self.engine, self.state)
        self.opened: list[str] = []
        self.flows.open_page.connect(self.opened.append)
        self.window: MainWindow = make_window(self.engine, self.state, self.flows)[0]
        self.window.show()

    def say(self, *problems: ActiveProblem) -> str:
        self.state.take(samples.snapshot(problems=problems))
        settle()
        banner = self.window.news.banner
        return banner.accessibleName() if banner is not None and banner.isVisibleTo(self.window) else ""


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_nothing_is_said_while_nothing_is_the_matter(desk: Desk) -> None:
    assert desk.say() == ""
    assert not desk.window.news.isVisibleTo(desk.window)


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_what_is_less_now_is_said_and_shown_where_it_stands(language: str) -> None:
    text.use(language)
    desk = Desk()
    assert text.problem("collects-less").title in desk.say(LESS)
    desk.window.news.show_button.click()
    assert desk.opened == ["consent"]
    assert desk.say() == ""


def test_warnings_come_first_and_the_rest_is_told_on_demand(desk: Desk) -> None:
    said = desk.say(LESS, LATE, ODD)
    assert said.startswith(PROBLEMS["policy-refused"].title)
    desk.window.news.show_button.click()
    asked = desk.flows.question
    assert asked is not None
    words = " ".join(label.text() for label in asked.findChildren(Label))
    for code in ("policy-refused", "collects-less"):
        assert PROBLEMS[code].title in words
        assert text.problem(code).remedy in words
    asked.close()


def test_the_button_outlives_what_it_stood_beside(desk: Desk) -> None:
    for problems in ((LESS,), (LATE,), (), (ODD,), (LESS, LATE)):
        desk.say(*problems)
        assert desk.window.news.show_button.isVisibleTo(desk.window) is bool(problems)


def test_what_stops_capture_is_said_by_the_strip_alone(desk: Desk) -> None:
    for code, row in PROBLEMS.items():
        if row.stops_capture:
            assert desk.say(ActiveProblem(code)) == ""


def test_the_heartbeat_says_nothing_again(desk: Desk) -> None:
    desk.say(LESS)
    before = desk.window.news.banner
    desk.say(LESS)
    assert desk.window.news.banner is before


def test_what_a_page_says_itself_is_not_said_above_it(desk: Desk) -> None:
    held = ActiveProblem("upload-held-metered")
    assert desk.say(held) == text.problem("upload-held-metered").title
    desk.window.news.show_button.click()
    assert desk.opened == ["sent"]
    desk.window.open_page("sent")
    assert desk.say(held) == ""
    desk.window.open_page("live")
    assert desk.say(held) == text.problem("upload-held-metered").title
