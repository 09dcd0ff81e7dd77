"""Before a yes: no hook, no record, no key, no packet. Looked at from outside the process, on a real desktop."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.person import BUTTON, CHECK
from tests.fakes.office import Office, missing
from tests.fakes.waiting import until

_missing = missing()
pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(_missing), reason=f"not installed: {', '.join(_missing)}"),
]

NO = "No, collect nothing"
YES = "Yes, collect what I ticked"
#: Buttons that open a window with more words.
TELLS_MORE = {"Full notice", "Example"}
#: The right button of each screen up to the question, and the heading it leads to.
FORWARD = (
    ("Show me more", "See what a record looks like"),
    ("Next", "The notice, in short"),
    ("I have read this", "What may be collected?"),
)


@pytest.fixture(scope="module")
def opened() -> Iterator[Office]:
    with Office() as office:
        yield office


@pytest.fixture
def office(opened: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An employee whom nobody has asked yet: the same policy, a profile of their own."""
    trial = Path(tmp_path_factory.mktemp("asked", numbered=True))
    trial.chmod(0o700)
    shutil.copy(opened.trial / "policy.json", trial)
    opened.trial, opened.profile = trial, trial / "profile"
    opened.start()
    opened.person.sees("asks if it may learn")
    yield opened
    opened.end()


def untouched(office: Office, *, answered: bool = False) -> None:
    """Nothing is collected, kept or sent, now and while something is typed."""
    engine = office.person.engine().pid
    office.person.goes_to(office.editor)
    office.writes("beforetheyes")
    assert office.outside.connections(engine) == 0
    assert office.outside.loaded(engine) == []
    assert office.outside.sockets(office.pid) == []
    assert office.recorder.connections == 0
    assert not office.shown("Collecting")
    assert office.find_sign() is None
    if not answered:
        assert not list(office.profile.rglob("*.db*"))
        assert office.outside.keys() == []


def ask_again(office: Office) -> None:
    """The question is closed; the employee opens it from the tray."""
    until(lambda: not office.shown(NO), "the question to be closed")
    office.person.tray("Consent and notice")
    office.person.sees("asks if it may learn")


def front(office: Office) -> None:
    """A click beside its buttons brings the question to the front; then the keyboard is its own."""
    office.person.click(office.person.window().find("label", "Step ", part=True))
    office.person.window().find("", "A question to you", states=["active"])


def escape(office: Office) -> None:
    """Esc until nothing asks any more: a window with more words may be open above the question."""

    def closed() -> bool:
        office.person.hands.key("Escape")
        return not office.shown(NO)

    until(closed, "the question to be closed")


def reach(office: Office, screen: int) -> None:
    for button, heading in FORWARD[:screen]:
        office.person.press(button)
        office.person.sees(heading)


def test_ignored(office: Office) -> None:
    untouched(office)
    office.end()
    untouched_files(office)


def untouched_files(office: Office) -> None:
    """After the end, too."""
    assert office.outside.keys() == []
    assert not list(office.profile.rglob("*.db*"))


@pytest.mark.parametrize("screen", range(4))
def test_enter_and_every_button_but_yes_are_no_yes_then_esc_closes(office: Office, screen: int) -> None:
    person = office.person
    reach(office, screen)
    forward = {button for button, _ in FORWARD} | {"Back", NO, YES}
    buttons = [one for one in person.eyes.all(BUTTON, inside=person.window()) if one.name not in forward]
    for button in [*buttons, *person.eyes.all(CHECK, inside=person.window())]:
        if "sensitive" in button.now().states:
            person.click(button)
            if button.name.partition(":")[0] in TELLS_MORE:
                person.click(person.window().find("dialog").find(BUTTON, "Close"))
                person.eyes.gone("dialog", inside=person.window())
    untouched(office)
    front(office)
    person.hands.key("Return")
    escape(office)
    ask_again(office)
    untouched(office)


def test_closed_killed_and_started_again(office: Office) -> None:
    front(office)
    office.person.hides_window()
    ask_again(office)
    untouched(office)
    office.kill(office.person.engine().pid)
    office.person.sees("Stopped.")
    office.kill(office.pid)
    office.end()
    untouched_files(office)
    office.start()
    office.person.sees("asks if it may learn")
    untouched(office)


def test_a_no_is_the_same_and_nobody_asks_again(office: Office) -> None:
    person = office.person
    reach(office, 3)
    person.press("Tick all")
    person.press(NO)
    person.sees("OK. Nothing is collected and nothing is sent.")
    untouched(office, answered=True)
    office.end()
    assert office.stored() == ""
    office.start()
    person.window().find("list", "Pages")
    untouched(office, answered=True)
    until(lambda: any("You said no" in state for state in office.states()), "the state to be told")
    assert not office.shown("asks if it may learn")
    office.end()
    assert office.stored() == ""
