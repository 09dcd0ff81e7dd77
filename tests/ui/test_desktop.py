"""The signs on a real X server with a window manager and a tray."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from agent.protocol import ShowIndicator, decode_command
from tests.demo.desktop import VirtualDesktop, missing
from tests.fakes.waiting import until

APP = Path(__file__).parents[1] / "fakes" / "scripted_app.py"
LACKS = missing() + [name for name in ("xwininfo", "xdotool", "xterm") if shutil.which(name) is None]

pytestmark = [pytest.mark.desktop, pytest.mark.skipif(bool(LACKS), reason=f"not installed: {', '.join(LACKS)}")]


@pytest.fixture(scope="module")
def desktop() -> Iterator[VirtualDesktop]:
    with VirtualDesktop() as started:
        yield started


class Running:
    """The app on the desktop."""

    def __init__(self, desktop: VirtualDesktop, folder: Path) -> None:
        self.desktop, self.folder, self.log = desktop, folder, folder / "log"
        self.command = [sys.executable, "-P", str(APP), str(folder / "profile"), str(self.log)]
        self.process = desktop.run(self.command, extra={"QT_QPA_PLATFORM": "xcb"})
        until(self.signs, "the sign was told to the engine")

    def signs(self) -> tuple[int, ...]:
        """Native ids, as the engine was told last."""
        lines = self.log.read_bytes().splitlines() if self.log.exists() else []
        told = [command for line in lines if isinstance(command := decode_command(line), ShowIndicator)]
        return told[-1].windows if told else ()

    def tray_told(self) -> bool:
        lines = self.log.read_bytes().splitlines()
        return [command for line in lines if isinstance(command := decode_command(line), ShowIndicator)][-1].tray

    def ask(self, *command: str) -> str:
        found = subprocess.run(command, env=self.desktop.environ, capture_output=True, text=True, check=False)
        return found.stdout

    def stack(self) -> list[int]:
        """Top-level windows, top first."""
        lines = self.ask("xwininfo", "-root", "-children").splitlines()
        return [int(line.split()[0], 16) for line in lines if line.strip().startswith("0x")]

    def visible(self, name: str) -> bool:
        return bool(self.ask("xdotool", "search", "--onlyvisible", "--name", name).split())


@pytest.fixture
def running(desktop: VirtualDesktop, tmp_path: Path) -> Iterator[Callable[[], Running]]:
    made: list[Running] = []

    def start() -> Running:
        made.append(Running(desktop, tmp_path))
        return made[-1]

    yield start
    for each in made:
        desktop.end(each.process)


def test_the_sign_is_a_real_window_nobody_manages_and_stays_above_full_screen(
    desktop: VirtualDesktop, running: Callable[[], Running]
) -> None:
    app = running()
    sign = app.signs()[0]
    facts = app.ask("xwininfo", "-id", str(sign))
    assert "Override Redirect State: yes" in facts
    assert "Map State: IsViewable" in facts
    sizes = dict(re.findall(r"(Width|Height): (\d+)", facts))
    assert int(sizes["Width"]) >= 28
    assert int(sizes["Height"]) >= 28
    cover = desktop.run(["xterm", "-fullscreen", "-title", "cover"])
    until(lambda: app.visible("cover"), "a full-screen window")
    until(lambda: app.stack()[0] == sign, "the sign is above a full-screen window")
    # nobody manages this one either, and it comes last: only raising itself brings the sign back above it
    app.ask("xdotool", "search", "--name", "cover", "windowunmap", "set_window", "--overrideredirect", "1", "windowmap")
    app.ask("xdotool", "search", "--name", "cover", "windowraise")
    until(lambda: app.stack()[0] == sign, "the sign is on top again")
    desktop.end(cover)


def test_if_the_window_process_is_killed_the_engine_ends(running: Callable[[], Running]) -> None:
    app = running()
    children = psutil.Process(app.process.pid).children()
    assert children
    app.process.kill()
    until(lambda: not any(child.is_running() for child in children), "the engine ended")


def test_a_second_start_shows_the_first_and_ends(desktop: VirtualDesktop, running: Callable[[], Running]) -> None:
    app = running()
    assert (
        not app.visible("^Aboveboard$")
        or len(app.ask("xdotool", "search", "--onlyvisible", "--name", "^Aboveboard$").split()) <= 2
    )
    second = desktop.run(app.command, extra={"QT_QPA_PLATFORM": "xcb"})
    assert second.wait(30) == 0
    until(lambda: "1100x760" in app.ask("xwininfo", "-root", "-tree"), "the window came")


def test_a_tray_that_goes_is_replaced_by_the_small_window_until_it_returns(
    desktop: VirtualDesktop, running: Callable[[], Running]
) -> None:
    app = running()
    until(app.tray_told, "the tray was there")
    desktop.end(desktop.tray)
    until(lambda: not app.tray_told(), "the engine was told that the tray is gone")
    until(lambda: app.visible("Aboveboard"), "the small window")
    desktop.tray = desktop.start_tray()
    until(app.tray_told, "the tray is back")
