"""The smallest window with the largest fonts: words are whole, and what can be pressed can be reached."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton

from tests.fakes import samples
from tests.fakes.looks import fonts_times, inside, settle
from tests.fakes.pages import PagesEngine
from ui import text
from ui.app import make_window
from ui.components import Label
from ui.flows import Flows
from ui.main_window import MainWindow
from ui.state import State

PAGES = ("live", "waiting", "sent", "rights")


@pytest.fixture(params=text.LANGUAGES)
def window(request: pytest.FixtureRequest) -> Iterator[MainWindow]:
    text.use(request.param)
    with fonts_times(2):
        engine, state = PagesEngine(), State(clock=lambda: 0.0)
        state.take(samples.snapshot())
        made, lines = make_window(engine, state, Flows(engine, state))
        for line in samples.deed_lives():
            lines.add(line)
        made.resize(860, 600)
        made.show()
        yield made


@pytest.mark.parametrize("key", PAGES)
def test_words_are_whole_and_buttons_stand_on_the_page(window: MainWindow, key: str) -> None:
    window.open_page(key)
    settle()
    page = window.page()
    assert page is not None
    for label in page.findChildren(Label):
        if label.isVisibleTo(page) and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    for button in page.findChildren(QPushButton):
        if button.isVisibleTo(page):
            assert inside(button, page), button.text()


def test_the_words_of_a_filter_go_below_each_other(window: MainWindow) -> None:
    window.open_page("live")
    settle()
    page = window.page()
    assert page is not None
    words = [one for one in page.findChildren(QPushButton) if one.property("seg")]
    assert all(inside(one, page) for one in words)
    assert words[0].y() < words[1].y()
