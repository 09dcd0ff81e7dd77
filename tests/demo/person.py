"""The employee at the desk: uses the product only as a person could, by looking, clicking and typing."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.demo.desktop import VirtualDesktop
from tests.demo.eyes import Element, Eyes, NotSeen
from tests.demo.hands import Box, Hands
from tests.demo.report import DemoReport, Picture
from tests.demo.site import browser_profile
from tests.demo.windows import Window, Windows
from tests.fakes.waiting import until

BUTTON = ("push button", "button")
CHECK = ("check box",)
SEGMENT = ("toggle button", "check box", "radio button")
ROW = ("list item", "table cell")


class Person:
    """Knows the words on the screen, nothing else. Pictures go into ``folder`` and ``report``."""

    def __init__(self, desktop: VirtualDesktop, report: DemoReport, folder: Path) -> None:
        self.desktop = desktop
        self.report = report
        self.folder = folder
        self.eyes = Eyes(desktop.environ)
        self.hands = Hands(desktop.environ, pace=0.03)
        self.windows = Windows(desktop.environ)
        self.app: subprocess.Popen[bytes] | None = None
        self._pictures = 0
        self._selected = ("", "")

    def close(self) -> None:
        self.eyes.close()
        self.hands.close()
        self.windows.close()

    # ------------------------------------------------------------ the product

    def start(self, trial: Path) -> None:
        """Start the app as installed; the question opens by itself."""
        command = [str(Path(sys.executable).parent / "aboveboard"), "--trial", str(trial)]
        self.app = self.desktop.run(command)

    @property
    def pid(self) -> int:
        assert self.app is not None, "not started"
        return self.app.pid

    def engine(self) -> psutil.Process:
        """The engine: the window's one child."""
        return until(lambda: next(iter(psutil.Process(self.pid).children()), None), "the engine")

    def window(self) -> Element:
        """Everything the product shows."""
        return self.eyes.application(pid=self.pid)

    def sees(self, words: str, seconds: float = 20.0) -> Element:
        """Wait until these words stand somewhere in the product."""
        return self.eyes.find("", words, seconds, inside=self.window(), part=True)

    def press(self, name: str, *, part: bool = False) -> None:
        """Click a button, when it can be pressed."""
        button = self.window().find(BUTTON, name, part=part)
        self.click(button.until("sensitive"))

    def click(self, element: Element) -> None:
        """Click where something is, once it has stopped moving: a window that opens is placed a moment later."""
        before: Box | None = None

        def steady() -> bool:
            nonlocal before
            last, before = before, element.box()
            return last == before and before[2] > 0

        self.eyes.wait(steady, f"{element.name!r} to stand still", 10)
        self.hands.click(element)

    def reach(self, element: Element) -> None:
        """Scroll the page down until something on it can be seen."""
        _, y, _, height = self.window().find(BUTTON, "Stop and withdraw").box()
        foot = y + height
        self.eyes.wait(lambda: element.box()[2] > 0, f"{element.name!r} to have a place", 10)

        def seen() -> bool:
            left, top, wide, high = element.box()
            if top + high <= foot:
                return True
            self.hands.scroll_at(left + wide // 2, foot - 4 * height, 1)
            return False

        self.eyes.wait(seen, f"{element.name!r} to come into view", 20)

    def tick(self, name: str, *, part: bool = True) -> None:
        """Click a box and see it ticked."""
        box = self.window().find(CHECK, name, part=part)
        self.click(box)
        self.eyes.wait(lambda: "checked" in box.now().states, f"{name} to be ticked", 10)

    def switches(self, name: str) -> None:
        """Click one word of a control with two or three, and see it taken."""
        segment = self.window().find(SEGMENT, name)
        self.click(segment)
        segment.until("checked")

    def choose(self, name: str) -> None:
        """Click one of several equal answers and see it taken."""
        button = self.window().find("radio button", name, part=True)
        self.click(button)
        button.until("checked")

    def page(self, name: str) -> None:
        """A page of the window, through its navigation."""
        pages = self.window().find("list", "Pages")
        row = self.eyes.find(ROW, name, inside=pages, part=True)
        self.click(row)
        row.until("selected")

    def open_window(self) -> None:
        """The one window, from the tray."""
        self.tray("Open Aboveboard")
        self.window().find("list", "Pages")

    def tray(self, *path: str) -> None:
        """The tray icon's menu, by real clicks."""
        icon = until(lambda: self.windows.tray_icon(self.pid, self.desktop.tray.pid), "the tray icon")
        self.hands.click(icon, button=3)
        for number, name in enumerate(path):
            menu = self.eyes.menu(lambda: self.hands.key("Down"))
            if number == 0:
                self.picture(f"Tray menu, on the way to “{', '.join(path)}”")
            self.hands.click(self.eyes.find("", name, inside=menu, part=True))

    def live(self) -> list[str]:
        """The lines of the live page, as a screen reader says them."""
        rows = self.window().find("list", "Live")
        return [row.name for row in self.eyes.all(ROW, inside=rows)]

    def waiting_rows(self) -> list[Element]:
        """The records on the waiting page, without the headings."""
        rows = self.window().find("list", "Waiting to leave this computer")
        return [row for row in self.eyes.all(ROW, inside=rows) if re.match(r"\d?\d:\d\d", row.name)]

    def waiting(self) -> int:
        """How many records wait, as the navigation says."""
        (row,) = [row for row in self.window().find("list", "Pages").all(ROW) if row.name.startswith("Waiting")]
        return int(row.name.rpartition(", ")[2]) if ", " in row.name else 0

    def selected(self, number: int) -> str:
        """The name of the next waiting record, by the keyboard; of the first one for 0."""
        if number:
            self.hands.key("Down")

        def reached() -> Element | None:
            chosen = [row for row in self.waiting_rows() if "selected" in row.states]
            return chosen[0] if chosen and chosen[0].place != self._selected else None

        row = self.eyes.wait(reached, f"record {number + 1} to be selected", 10)
        self._selected = row.place
        return row.name

    def selects(self, wanted: Callable[[str], bool]) -> None:
        """Go through the waiting records from the first on until one has such a name."""
        self.click(self.window().find("list", "Waiting to leave this computer"))
        self.hands.key("Home")
        self._selected = ("", "")
        number = 0
        while not wanted(self.selected(number)):
            number += 1

    def waits(self, count: int, seconds: float = 20.0) -> None:
        """Wait until this many records wait; the navigation says so."""
        pages = self.window().find("list", "Pages")
        wanted = f"Waiting to leave, {count}" if count else "Waiting to leave"
        self.eyes.find(ROW, wanted, seconds, inside=pages)

    def takes_a_breath(self) -> None:
        """As a person does between typing and doing something else: longer than keys wait in quarantine."""
        time.sleep(0.8)

    def hides_window(self) -> None:
        """Close the window: the sign and the tray icon stay."""
        self.hands.key("Alt+F4")

    # ------------------------------------------------------------ other programs

    def open_editor(self) -> tuple[subprocess.Popen[bytes], Element]:
        """A GTK editor with the caret in its page."""
        program = self.desktop.run(["mousepad"])
        until(lambda: self.windows.of(program.pid), "the editor's window")
        return program, self.eyes.application(pid=program.pid).find("text", states=["showing"])

    def open_terminal(self) -> subprocess.Popen[bytes]:
        """A terminal in which a program reads what is typed."""
        program = self.desktop.run(["xterm", "-u8", "-geometry", "60x12-10+20", "-e", "cat"])
        until(lambda: self.windows.of(program.pid), "the terminal's window")
        return program

    def open_browser(self, address: str) -> subprocess.Popen[bytes]:
        """Firefox with a page loaded, behind nothing."""
        profile = browser_profile(self.desktop.home / "firefox")
        command = ["firefox-esr", "--no-remote", "--profile", str(profile), "--width", "620", "--height", "520"]
        program = self.desktop.run([*command, address])
        shown = self.eyes.application(pid=program.pid, seconds=60)
        shown.find(("text", "entry"), "Note of the day", 60)
        return program

    def raises(self, window: Window) -> None:
        """Bring a window to the front by its title bar's edge: no program is told of a press."""
        self.windows.activate(window.id)

    def goes_to(self, program: subprocess.Popen[bytes]) -> None:
        """Click into a program's window."""
        (window, *_) = until(lambda: self.windows.of(program.pid), "the window")
        x, y, width, height = window.box()
        self.hands.click_at(x + width // 2, y + height - 40)

    # ------------------------------------------------------------ pictures

    def picture(self, caption: str) -> None:
        """The screen as it is."""
        self._pictures += 1
        name = f"{self._pictures:02d}.png"
        self.hands.screenshot(self.folder / name)
        self.report.pictures.append(Picture(name, caption))

    def tells(self) -> str:
        """What stands on the screen, for a failure."""
        with contextlib.suppress(NotSeen, psutil.Error):
            return self.eyes.told(self.window())
        return "nothing of the product"
