"""Planted values on a real desktop: window or engine killed while somebody types, nothing in clear, nothing lost."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from installers.trial import Organisation
from tests.demo import way
from tests.demo.desktop import VirtualDesktop, missing
from tests.demo.leaks import search_places
from tests.demo.person import Person
from tests.demo.recorder import Recorder
from tests.demo.report import DemoReport
from tests.demo.way import PLANTED, SECRETS
from tests.fakes.waiting import until

SHORT = 4
FULL = 50
#: Typed where it may be collected: found by the steward, and by nobody else.
ORDINARY = {"acknowledged": "quillfeather", "while it was killed": "orchardgate"}
SECRETS_OF = ("card number", "card digits", "e-mail address", "labelled password", "own word")
SECRET = {name: PLANTED[name] for name in SECRETS_OF}
FORBIDDEN = {name: PLANTED[name] for name in ("excluded program", "while paused")}
EVERYTHING = {**ORDINARY, **SECRET, **FORBIDDEN}

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}"),
]


@dataclass
class Place:
    """A desktop on which the yes was given by hand, with the editor in front."""

    person: Person
    organisation: Organisation
    editor: object
    terminal: object
    wire: Path

    @property
    def trial(self) -> Path:
        return self.organisation.folder


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    report = DemoReport()
    with VirtualDesktop() as desktop:
        organisation = Organisation(desktop.home / "trial")
        organisation.folder.mkdir(mode=0o700, parents=True)
        organisation.make_keys()
        organisation.start_collector()
        person = Person(desktop, report, tmp_path)
        try:
            with Recorder(("127.0.0.1", organisation.port), tmp_path / "wire") as recorder:
                organisation.prepare(recorder.port)
                editor, _ = person.open_editor()
                person.start(organisation.folder)
                way.first_run(person, report)
                way._own_word(person)
                terminal = person.open_terminal()
                way._excluded(person, report, terminal)
                way._paused(person, report, editor)
                yield Place(person, organisation, editor, terminal, tmp_path / "wire")
        finally:
            person.close()
            organisation.stop()


def acknowledged(place: Place, number: int) -> None:
    """A line is typed, and the live view says that it was kept."""
    person = place.person
    person.goes_to(place.editor)  # type: ignore[arg-type]  # the process of the editor
    person.sees("Collecting", 60)
    person.hands.key("Control+End")
    words = f"{ORDINARY['acknowledged']} number {number} is safe"
    person.hands.type(f" {words}")
    person.takes_a_breath()
    person.goes_to(place.editor)  # type: ignore[arg-type]  # as above
    person.open_window()
    person.page("Live")
    until(lambda: any(line.startswith("Kept") and words in line for line in person.live()), "the line to be kept")
    person.hides_window()


def killed(place: Place, chance: random.Random, number: int) -> None:
    """Somebody types on and on; at some moment of it the window or the engine is gone."""
    person = place.person
    person.goes_to(place.editor)  # type: ignore[arg-type]  # as above
    person.sees("Collecting")
    person.hands.key("Control+End")
    window, engine = psutil.Process(person.pid), person.engine()
    death = threading.Timer(chance.uniform(0, 6), (window if number % 2 else engine).kill)
    death.start()
    while death.is_alive():
        person.hands.type(f" {ORDINARY['while it was killed']} {number}: {chance.choice(SECRETS)}")
        person.hands.key("Return")
        if chance.random() < 0.4:
            person.goes_to(place.terminal)  # type: ignore[arg-type]  # the process of the terminal
            person.hands.type(f"{FORBIDDEN['excluded program']} ")
        person.goes_to(place.editor)  # type: ignore[arg-type]  # as above
        person.hands.key("Control+End")
    death.join()
    assert person.app is not None
    person.desktop.end(person.app)
    psutil.wait_procs([engine], 20)
    assert not engine.is_running()
    assert nothing_in_clear(place) == []
    person.start(place.trial)
    person.sees("a window of Aboveboard", 60)
    person.hides_window()


def nothing_in_clear(place: Place) -> list[str]:
    """Everything of this computer and of the wire but what the editor saves by itself, which is the person's own."""
    home = place.person.desktop.home
    own = str(home / ".local/share/Mousepad")
    found = search_places([home, place.wire], EVERYTHING)
    return [f"{leak.value} as {leak.form} in {leak.file}" for leak in found if not leak.file.startswith(own)]


def torture(place: Place, kills: int, seed: int, out: Path) -> None:
    chance, person = random.Random(seed), place.person
    for number in range(kills):
        acknowledged(place, number)
        killed(place, chance, number)
    acknowledged(place, kills)
    person.open_window()
    person.page("Waiting to leave")
    person.press("Send all", part=True)
    person.press("Send now")
    person.page("Sent")
    person.sees("Confirmed")
    assert nothing_in_clear(place) == []

    place.organisation.open(out)
    opened = (out / "records.jsonl").read_text(encoding="utf-8")
    for number in range(kills + 1):
        assert opened.count(f"{ORDINARY['acknowledged']} number {number} is safe") == 1, number
    assert [name for name, value in {**SECRET, **FORBIDDEN}.items() if value in opened] == []
    texts = [line for line in opened.splitlines() if '"kind":"text"' in line]
    assert len(texts) == len(set(texts))


def test_killed_while_somebody_types(place: Place, tmp_path: Path) -> None:
    torture(place, SHORT, 1, tmp_path / "opened")


@pytest.mark.long
def test_the_same_at_full_size(place: Place, tmp_path: Path) -> None:
    torture(place, FULL, 2, tmp_path / "opened")
