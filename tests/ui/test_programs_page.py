"""Programs: two words to choose from, and who decided where there is nothing to choose."""

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton

from agent.exclusion.table import CLASSES
from agent.protocol import (
    Collect,
    Done,
    Exclude,
    GetNotice,
    GetPrograms,
    ProgramRow,
    Programs,
    SetOwnWords,
    SetRedaction,
)
from tests.fakes import pages, samples
from tests.fakes.looks import fonts_times, settle
from tests.fakes.pages import PagesEngine
from ui import text
from ui.components import Button, Label, Question, Segmented
from ui.flows import Flows
from ui.pages.programs import ProgramsPage
from ui.state import State


class Desk:
    """The page in a window of its own."""

    def __init__(self, size: tuple[int, int] = (891, 620)) -> None:
        self.engine = PagesEngine()
        self.state = State(clock=lambda: 0.0)
        self.state.take(samples.snapshot())
        self.page = ProgramsPage(self.engine, self.state, Flows(self.engine, self.state))
        self.page.resize(*size)
        self.page.show()
        self.page.activate()
        self.page.render_state(self.state.snapshot)

    def segment(self, name: str) -> Segmented:
        return next(
            each for each in self.page.findChildren(Segmented)
            if each.accessibleName() == name and each.isVisibleTo(self.page)
        )  # fmt: skip

    def words(self) -> str:
        settle()
        return " ".join(label.text() for label in self.page.findChildren(Label) if label.isVisibleTo(self.page))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_only_what_the_person_decides_has_a_switch_with_words(desk: Desk) -> None:
    named = {each.accessibleName() for each in desk.page.findChildren(Segmented)} - {"How much is taken out"}
    free = {row.name for row in pages.programs().rows if row.standing in {"collect", "dont-collect"}}
    assert named == free
    segment = desk.segment("Mousepad")
    assert [button.accessibleName() for button in segment.findChildren(QPushButton)] == ["Collect", "Don't collect"]
    assert segment.selected() == "dont-collect"


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_protected_class_is_named_in_every_language(language: str) -> None:
    words = text.catalogue(language)
    assert [kind for kind in CLASSES if not words.has(f"protected.{kind}")] == []
    assert len({words.t(f"protected.{kind}") for kind in CLASSES}) == len(CLASSES)


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_protected_and_not_allowed_say_why_and_who(language: str) -> None:
    text.use(language)
    desk = Desk()
    for kind in ("password-manager", "banking", "mail-chat"):
        assert text.t("programs.protected.why", kind=text.t(f"protected.{kind}")) in desk.words()
    assert text.t("programs.not_allowed", organisation="Acme") in desk.words()


def test_a_class_this_window_does_not_know_is_protected_all_the_same() -> None:
    desk = Desk()
    desk.engine.answers[GetPrograms] = Programs(rows=(ProgramRow("x", "X", "protected", "from-the-future"),))
    desk.page.activate()
    assert "Protected. Nobody can switch it on" in desk.words()


def test_collect_and_exclude_name_the_program_that_was_clicked(desk: Desk) -> None:
    buttons = {button.accessibleName(): button for button in desk.segment("Mousepad").findChildren(QPushButton)}
    buttons["Collect"].click()
    assert [command.program for command in desk.engine.of(Collect)] == ["mousepad"]
    buttons = {button.accessibleName(): button for button in desk.segment("XTerm").findChildren(QPushButton)}
    desk.engine.answers[GetPrograms] = Programs(rows=(ProgramRow("xterm", "XTerm", "collect"),))
    desk.page.activate()
    buttons = {button.accessibleName(): button for button in desk.segment("XTerm").findChildren(QPushButton)}
    buttons["Don't collect"].click()
    assert next((command.program, command.delete_waiting) for command in desk.engine.of(Exclude)) == ("xterm", False)


def test_opening_the_page_switches_nothing(desk: Desk) -> None:
    assert {type(command) for command in desk.engine.asked} == {GetPrograms, GetNotice}


def test_searching_finds_by_name_and_id_and_says_when_there_is_none(desk: Desk) -> None:
    desk.page.search.setText("WRITER")
    assert "LibreOffice Writer" in desk.words()
    assert "Mousepad" not in desk.words()
    desk.page.search.setText("no such thing")
    assert "No such program" in desk.words()


def test_without_programs_the_page_says_so(desk: Desk) -> None:
    desk.engine.answers[GetPrograms] = Done(problem="no-organisation")
    desk.page.activate()
    assert "No programs to show" in desk.words()


def test_own_words_are_sent_as_they_stand_and_are_not_overwritten_by_the_heartbeat(desk: Desk) -> None:
    edit = desk.page.findChildren(QPlainTextEdit)[0]
    assert edit.accessibleName() == "Your own words"
    edit.setPlainText("Falkenstein\n\n  Nordlicht  ")
    desk.page.render_state(samples.snapshot(seq=2))
    next(b for b in desk.page.findChildren(Button) if b.accessibleName() == "Save words").click()
    assert desk.engine.of(SetOwnWords)[0].words == ("Falkenstein", "Nordlicht")
    assert "Saved." in desk.words()


def test_what_is_taken_out_by_itself_is_told_and_a_home_address_can_be_added(desk: Desk) -> None:
    assert "Taken out in any case" not in desk.words()
    desk.page.render_state(samples.snapshot(seq=2, own=("account", "name", "computer"), home_address="1 Elm Road"))
    assert "Taken out in any case: your account name, your name, this computer's name." in desk.words()
    assert desk.page.home.text() == "1 Elm Road"
    assert "address" in desk.page.home.accessibleName()
    desk.page.home.setText(" 14 Kestrel Road ")
    desk.page.render_state(samples.snapshot(seq=3, own=("account",), home_address="1 Elm Road"))
    assert "Taken out in any case: your account name." in desk.words()
    next(b for b in desk.page.findChildren(Button) if b.accessibleName() == "Save words").click()
    assert desk.engine.of(SetOwnWords)[0].home == "14 Kestrel Road"


def test_how_much_is_taken_out_is_chosen_and_what_the_organisation_wants_is_told(desk: Desk) -> None:
    card = desk.page.strictness
    assert card.choice.selected() == "balanced"
    assert "Most names" in desk.words()
    next(b for b in card.choice.findChildren(QPushButton) if b.accessibleName() == "Light").click()
    assert desk.engine.of(SetRedaction)[0].strictness == "light"
    desk.page.render_state(samples.snapshot(seq=2, redaction="strict", redaction_chosen="light"))
    assert card.choice.selected() == "light"
    assert "Acme wants at least: Strict. Whatever may be a name" in desk.words()
    desk.page.render_state(samples.snapshot(seq=3, redaction="strict", redaction_chosen="strict"))
    assert "Acme wants" not in desk.words()
    assert desk.engine.of(SetRedaction)[1:] == [], "what the engine tells is no choice"


def test_a_choice_that_was_not_taken_is_shown_as_such(desk: Desk) -> None:
    desk.engine.answers[SetRedaction] = Done(problem="engine-stopped")
    card = desk.page.strictness
    next(b for b in card.choice.findChildren(QPushButton) if b.accessibleName() == "Strict").click()
    assert card.choice.selected() == "balanced"
    assert text.problem("engine-stopped").title in desk.words()


def test_a_refusal_is_said_in_words(desk: Desk) -> None:
    desk.engine.answers[Collect] = Done(problem="engine-stopped")
    buttons = {button.accessibleName(): button for button in desk.segment("Mousepad").findChildren(QPushButton)}
    buttons["Collect"].click()
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, Question) and w.isVisible()]
    assert shown[-1].heading.text() == text.problem("engine-stopped").title
    assert desk.segment("Mousepad").selected() == "dont-collect"


@pytest.mark.parametrize("factor", [1, 2])
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_no_switch_is_cut_off_in_the_smallest_window(language: str, factor: int) -> None:
    text.use(language)
    with fonts_times(factor):
        desk = Desk((651, 480))
        settle()
        for segment in desk.page.findChildren(Segmented):
            left = segment.mapTo(desk.page, segment.rect().topLeft()).x()
            assert left >= 0
            assert left + segment.width() <= max(desk.page.width(), desk.page.minimumSizeHint().width())
