"""The demo's desktop, eyes and hands, tried on real programs: what they say they did has happened."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.demo.desktop import VirtualDesktop, missing
from tests.demo.eyes import Eyes, NotSeen
from tests.demo.hands import Hands
from tests.demo.windows import Windows
from tests.fakes.waiting import until

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}"),
]


@pytest.fixture(scope="module")
def desktop() -> Iterator[VirtualDesktop]:
    with VirtualDesktop() as desktop:
        yield desktop


@pytest.fixture(scope="module")
def eyes(desktop: VirtualDesktop) -> Iterator[Eyes]:
    eyes = Eyes(desktop.environ)
    yield eyes
    eyes.close()


@pytest.fixture(scope="module")
def hands(desktop: VirtualDesktop) -> Iterator[Hands]:
    hands = Hands(desktop.environ, pace=0.02)
    yield hands
    hands.close()


@pytest.fixture(scope="module")
def windows(desktop: VirtualDesktop) -> Iterator[Windows]:
    windows = Windows(desktop.environ)
    yield windows
    windows.close()


def red(hands: Hands) -> tuple[int, int] | None:
    """Where the first run of red pixels is."""
    width, _, rgb = hands.pixels()
    at = rgb.find(b"\xff\0\0" * 8)
    return ((at // 3) % width, (at // 3) // width) if at >= 0 else None


def test_a_form_is_filled_and_sent_and_the_tray_menu_used(
    desktop: VirtualDesktop, eyes: Eyes, hands: Hands, windows: Windows, tmp_path: Path
) -> None:
    program = desktop.run([sys.executable, "-m", "tests.fakes.window"], cwd=ROOT)
    said = max(desktop.logs.glob("python*"), key=lambda log: log.stat().st_mtime)
    form = eyes.application(pid=program.pid)

    send = form.find("push button", "Send")
    assert "sensitive" not in send.states
    hands.click(form.find("text", "Message"))
    hands.type("Hello, World! (1+2) ~ {x}")
    hands.key("BackSpace", 4)
    eyes.wait(lambda: form.find("text", "Message").text() == "Hello, World! (1+2) ~", "the text in its field", 10)
    agree = form.find("check box", "I agree")
    hands.click(agree)
    agree.until("checked")
    hands.click(send.until("sensitive"))
    until(lambda: "sent Hello, World! (1+2) ~" in said.read_text(), "the form to be sent")

    hands.screenshot(tmp_path / "screen.png")
    hands.screenshot(tmp_path / "button.png", send.box())
    assert (tmp_path / "screen.png").stat().st_size > 2_000
    assert (tmp_path / "button.png").read_bytes().startswith(b"\x89PNG")

    x, y = until(lambda: red(hands), "the tray icon")
    icon = until(lambda: windows.tray_icon(program.pid, desktop.tray.pid), "the tray icon")
    left, top, width, height = icon.box()
    assert left <= x < left + width
    assert top <= y < top + height
    hands.click(icon, button=3)
    menu = eyes.menu(lambda: hands.key("Down"))
    assert [item.name for item in menu.all("menu item")] == ["Pause", "More", "Leave"]
    hands.click(menu.find("menu item", "Pause"))
    until(lambda: "pause" in said.read_text(), "the menu's answer")
    hands.click(icon, button=3)
    hands.click(eyes.menu(lambda: hands.key("Down")).find("menu item", "More"))
    hands.click(eyes.menu(lambda: hands.key("Down")).find("menu item", "One hour"))
    until(lambda: "one hour" in said.read_text(), "the submenu's answer")
    hands.click(icon, button=3)
    hands.click(eyes.menu(lambda: hands.key("Down")).find("menu item", "Leave"))
    assert program.wait(20) == 0


def test_text_reaches_an_editor(desktop: VirtualDesktop, eyes: Eyes, hands: Hands, windows: Windows) -> None:
    program = desktop.run(["mousepad"])
    (window,) = until(lambda: windows.of(program.pid), "the editor's window")
    assert window.kind == "Mousepad"
    editor = eyes.application(pid=program.pid)
    page = editor.find("text", states=["focused"])
    hands.type("one two")
    hands.key("Control+a")
    hands.key("Home")
    hands.type("zero ")
    eyes.wait(lambda: page.text() == "zero one two", "the text in the editor", 10)
    desktop.end(program)


def test_what_is_not_there_is_named(eyes: Eyes) -> None:
    with pytest.raises(NotSeen, match="nowhere"):
        eyes.find("push button", "nowhere", seconds=0.3)


def test_the_tray_host_can_be_killed_and_started_again(desktop: VirtualDesktop) -> None:
    desktop.end(desktop.tray)
    desktop.tray = desktop.start_tray()
    assert desktop.tray.poll() is None


def test_nothing_stays_behind() -> None:
    with VirtualDesktop((640, 480)) as desktop:
        home = desktop.home
        desktop.run(["xterm"])
        pids = [process.pid for process in desktop.leftovers()]
        assert pids
    assert not home.exists()
    assert not [pid for pid in pids if psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie"]
