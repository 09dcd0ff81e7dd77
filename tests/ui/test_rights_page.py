"""Rights and contacts: everything and the recovery sheet are one press away, and what came of it is said."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from agent.protocol import Done, Export, GetNotice, Saved, SaveSheet
from tests.fakes import samples
from tests.fakes.looks import settle
from tests.fakes.pages import PagesEngine
from ui import text
from ui.components import Label
from ui.pages.rights import RightsPage, Taking
from ui.places import free
from ui.state import State


def taking(engine: PagesEngine, place: str) -> tuple[Taking, list[str]]:
    proposed: list[str] = []

    def choose(_parent: QWidget, _title: str, name: str) -> str:
        proposed.append(name)
        return place

    made = Taking(engine, choose, choose)
    made.show()
    settle()
    return made, proposed


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_a_press_asks_where_and_says_where_it_lies(language: str) -> None:
    text.use(language)
    engine = PagesEngine()
    engine.answers |= {
        Export: Saved(place="/home/me/everything", files=12),
        SaveSheet: Saved(place="/home/me/sheet.html", files=1),
    }
    made, proposed = taking(engine, "/home/me/x")
    made.export.click()
    assert engine.of(Export)[0].folder == "/home/me/x"
    assert engine.of(Export)[0].language == language
    assert "/home/me/everything" in made.outcome.text()
    assert "12" in made.outcome.text()
    made.sheet.click()
    assert engine.of(SaveSheet)[0].file == "/home/me/x"
    assert "/home/me/sheet.html" in made.outcome.text()
    assert [name.endswith(".html") for name in proposed] == [False, True]
    assert made.export.isEnabled()
    assert made.sheet.isEnabled()


def test_nowhere_asks_nothing_and_a_refusal_is_told() -> None:
    engine = PagesEngine()
    made, _ = taking(engine, "")
    made.export.click()
    made.sheet.click()
    assert not engine.of(Export)
    assert not engine.of(SaveSheet)
    assert not made.outcome.isVisibleTo(made)
    engine.answers[Export] = Done(problem="export-refused", facts={"detail": "It is full there."})
    made, _ = taking(engine, "/x")
    made.export.click()
    assert "The export was not written" in made.outcome.text()
    assert "It is full there." in made.outcome.text()


def test_the_page_names_contacts_once_and_none_without_an_organisation() -> None:
    engine = PagesEngine()
    state = State(clock=lambda: 0.0)
    state.take(samples.snapshot())
    made = RightsPage(engine, state)
    made.show()
    for _ in range(2):
        made.activate()
        settle()
    words = [label.text() for label in made.findChildren(Label) if label.isVisibleTo(made)]
    assert words.count(text.t("rights.contacts")) == 1
    assert any("privacy@acme.example" in each for each in words)
    engine.answers[GetNotice] = Done(problem="no-organisation")
    made.activate()
    settle()
    words = [label.text() for label in made.findChildren(Label) if label.isVisibleTo(made)]
    assert text.t("rights.contacts") not in words
    assert text.t("rights.take") in words


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    assert free(tmp_path / "a.html") == tmp_path / "a.html"
    (tmp_path / "a.html").touch()
    (tmp_path / "a-2.html").touch()
    assert free(tmp_path / "a.html") == tmp_path / "a-3.html"
