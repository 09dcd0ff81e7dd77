"""Keys typed while the focus moves never count for the wrong program.

Two programs in processes of their own; the focus moves between them in every way a desktop knows, and typing goes on
at once. The truth is what each program says it received.
"""

from __future__ import annotations

import itertools
import random
import shutil
import time
from collections.abc import Callable, Iterator

import pytest

from agent.records import RawEvent, RawKey
from tests.fakes.hands import CODES
from tests.fakes.real_desktop import RealDesktop
from tests.fakes.typewriter import Typewriter
from tests.fakes.waiting import until
from tests.fakes.xclient import screen

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(not shutil.which("Xvfb") or not shutil.which("openbox"), reason="not installed: xvfb openbox"),
]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: Milliseconds before each key of a burst: the first comes with the switch itself.
BURST = (0, 1, 2, 4, 8, 10, 15, 20)


@pytest.fixture(scope="module")
def desktop() -> Iterator[RealDesktop]:
    with screen() as environ:
        real = RealDesktop(environ)
        yield real
        real.close()


class Race:
    """Bursts of keys right after switches, and the score."""

    def __init__(self, desktop: RealDesktop) -> None:
        self.desktop = desktop
        self.keys: list[RawKey] = []
        self.sent: list[str] = []
        self._letters = itertools.cycle(LETTERS)

    def sink(self, event: RawEvent) -> None:
        if isinstance(event, RawKey):
            self.keys.append(event)

    def burst(self) -> None:
        for pause in BURST:
            time.sleep(pause / 1000)
            letter = next(self._letters)
            self.sent.append(letter)
            self.desktop.hands.type(letter)

    def received(self, program: Typewriter) -> set[int]:
        """Which of the sent keys ``program`` got: its keys in their order are a part of the sent ones in theirs."""
        found: set[int] = set()
        place = 0
        for _, code in list(program.keys):
            while CODES[self.sent[place]][0] != code:
                place += 1
            found.add(place)
            place += 1
        return found


def rounds(race: Race, switch: Callable[[int], None], settled: Callable[[int], bool], count: int) -> None:
    for turn in range(count):
        switch(turn)
        race.burst()
        until(lambda: len(race.keys) == len(race.sent), "every key to arrive")
        until(lambda turn=turn: settled(turn), "the switch to be over")  # type: ignore[misc]
        time.sleep(random.random() * 0.02)  # so that bursts do not fall into step with anything


def run(desktop: RealDesktop, method: str, count: int) -> tuple[int, int, int, int]:
    """(keys the excluded program got, of these counted for the other, wanted keys, of these without a window)."""
    race = Race(desktop)
    notes, vault = desktop.notes, desktop.vault
    for program in (notes, vault):
        program.keys.clear()
    desktop.focus(notes)
    places = {notes.name: (150, 160), vault.name: (600, 160)}

    def target(turn: int) -> Typewriter:
        return notes if turn % 2 else vault

    def switch(turn: int) -> None:
        program = target(turn)
        if method == "set-focus":
            desktop.set_focus(program.windows[0])
        elif method == "activate":
            desktop.activate(program.windows[0])
        elif method == "click":
            desktop.hands.click(*places[program.name])
        elif turn % 2:
            vault.tell("destroy")
        else:
            vault.tell("window")

    def settled(turn: int) -> bool:
        if method == "new-window":
            newest = vault.windows[-1]
            return (desktop.focused() == newest) if turn % 2 == 0 else (desktop.focused() == notes.windows[0])
        return desktop.focused() == target(turn).windows[0]

    desktop.input.start(race.sink)
    try:
        rounds(race, switch, settled, count)
        for program in (notes, vault):
            program.sync()
        got = {program.name: race.received(program) for program in (notes, vault)}
    finally:
        desktop.input.stop()
    assert [key.expose()[1] for key in race.keys] == race.sent, "every key once, in order"
    assert not got["Notes"] & got["Vault"]
    windows = {"Notes": set(notes.windows), "Vault": set(vault.windows)}
    leaked = sum(race.keys[place].window in windows["Notes"] for place in got["Vault"])
    reverse = sum(race.keys[place].window in windows["Vault"] for place in got["Notes"])
    nowhere = set(range(len(race.sent))) - got["Notes"] - got["Vault"]
    invented = sum(race.keys[place].window is not None for place in nowhere)
    dropped = sum(race.keys[place].window is None for place in got["Notes"])
    print(
        f"{method}: {len(race.sent)} keys; excluded {len(got['Vault'])}, leaked {leaked}; wanted {len(got['Notes'])}, "
        f"dropped {dropped} ({100 * dropped / max(1, len(got['Notes'])):.1f} %), to the wrong program {reverse}; "
        f"to nobody {len(nowhere)}, of these counted {invented}"
    )
    assert reverse == 0
    assert invented == 0
    return len(got["Vault"]), leaked, len(got["Notes"]), dropped


@pytest.mark.parametrize("method", ["set-focus", "activate", "click", "new-window"])
def test_no_key_of_the_excluded_program_counts_for_the_other(desktop: RealDesktop, method: str) -> None:
    """About 100 keys of the excluded program per method, 400 together."""
    excluded, leaked, wanted, dropped = run(desktop, method, 26)
    assert leaked == 0
    assert excluded > 60
    assert wanted > 60
    assert dropped < wanted / 2, "the test would prove little"


@pytest.mark.long
@pytest.mark.parametrize("method", ["set-focus", "activate", "click", "new-window"])
def test_the_same_with_ten_thousand_keys(desktop: RealDesktop, method: str) -> None:
    _, leaked, _, _ = run(desktop, method, 2_500 // len(BURST))
    assert leaked == 0
