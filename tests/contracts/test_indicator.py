"""The sign counts as visible exactly while a person can see it: on a real X server, with real windows."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from agent.native.base import Indicator, IndicatorState
from agent.native.x11.indicator import X11Indicator
from tests.fakes.waiting import until
from tests.fakes.xclient import XClient, screen

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(not shutil.which("Xvfb") or not shutil.which("openbox"), reason="not installed: xvfb openbox"),
]
ME = os.getpid()
SIGN = (100, 100, 200, 40)


@pytest.fixture(scope="module")
def display() -> Iterator[dict[str, str]]:
    with screen() as environ:
        yield environ


@pytest.fixture(scope="module")
def clients(display: dict[str, str]) -> Iterator[tuple[XClient, XClient]]:
    pair = XClient(display), XClient(display)
    yield pair
    for client in pair:
        client.close()


@pytest.fixture
def client(clients: tuple[XClient, XClient]) -> Iterator[XClient]:
    """Makes the sign."""
    yield clients[0]
    clients[0].clear()


@pytest.fixture
def stranger(clients: tuple[XClient, XClient]) -> Iterator[XClient]:
    """Another client: makes what is in the way."""
    yield clients[1]
    clients[1].clear()


@pytest.fixture
def indicator(display: dict[str, str]) -> Iterator[X11Indicator]:
    indicator = X11Indicator(display)
    yield indicator
    indicator.close()
    indicator.close()


def hidden(indicator: Indicator, why: str, *windows: int, owner: int = ME) -> None:
    """Wait for the state: a window manager takes a moment."""
    until(lambda: not indicator.verify(windows, owner).visible, f"not visible: {why}")
    state = indicator.verify(windows, owner)
    assert not state.visible
    assert why in state.detail


def visible(indicator: Indicator, *windows: int, owner: int = ME) -> None:
    why = ""

    def seen() -> bool:
        nonlocal why
        why = indicator.verify(windows, owner).detail
        return not why

    try:
        until(seen, "the sign to count as visible")
    except AssertionError:
        pytest.fail(f"the sign does not count as visible: {why}")


@pytest.mark.parametrize("managed", [False, True], ids=["unmanaged", "in a frame"])
class TestOneSign:
    @pytest.fixture
    def sign(self, client: XClient, indicator: X11Indicator, managed: bool) -> int:
        sign = client.window(*SIGN, managed=managed)
        visible(indicator, sign)
        return sign

    def test_unmapped(self, indicator: X11Indicator, client: XClient, sign: int) -> None:
        client.unmap(sign)
        hidden(indicator, "not shown", sign)

        client.map(sign)
        visible(indicator, sign)

    def test_made_tiny(self, indicator: X11Indicator, client: XClient, sign: int) -> None:
        client.place(sign, 100, 100, 1, 1)
        hidden(indicator, "too small", sign)

    @pytest.mark.parametrize("share", [0.0, 0.89])
    def test_see_through(self, indicator: X11Indicator, client: XClient, sign: int, share: float) -> None:
        client.opacity(sign, share)
        hidden(indicator, "see-through", sign)

        client.opacity(sign, 0.95)
        visible(indicator, sign)

    def test_moved_off_the_screen(self, indicator: X11Indicator, client: XClient, sign: int) -> None:
        client.place(sign, 1200, 100, 200, 40)
        hidden(indicator, "not wholly on a screen", sign)

    def test_destroyed(self, indicator: X11Indicator, client: XClient, sign: int) -> None:
        client.destroy(sign)
        hidden(indicator, "gone", sign)

    def test_of_another_process(self, indicator: X11Indicator, sign: int) -> None:
        hidden(indicator, "not Aboveboard's own", sign, owner=ME + 1)

    @pytest.mark.parametrize("kind", [0, 1], ids=["bounding", "clip"])
    @pytest.mark.parametrize("left", [(), ((0, 0, 110, 40),)], ids=["nothing left", "55 % left"])
    def test_cut_out(
        self,
        indicator: X11Indicator,
        client: XClient,
        sign: int,
        left: tuple[tuple[int, int, int, int], ...],
        kind: int,
    ) -> None:
        client.shape(sign, *left, kind=kind)
        hidden(indicator, "shape", sign)

        client.shape(sign, (0, 0, 100, 40), (100, 0, 50, 40), kind=kind)
        visible(indicator, sign)

    def test_covered_by_an_unmanaged_window(self, indicator: X11Indicator, stranger: XClient, sign: int) -> None:
        cover = stranger.window(50, 50, 400, 200)
        hidden(indicator, "covers", sign)

        stranger.destroy(cover)
        visible(indicator, sign)

    def test_covered_by_an_ordinary_window(
        self, indicator: X11Indicator, client: XClient, stranger: XClient, sign: int, managed: bool
    ) -> None:
        stranger.lift(stranger.window(60, 60, 400, 200, managed=True))
        if not managed:
            client.lower(sign)
        hidden(indicator, "covers", sign)

    def test_a_cover_that_leaves_most_of_it(self, indicator: X11Indicator, stranger: XClient, sign: int) -> None:
        cover = stranger.window(0, 0, 140, 300)  # 20 % of the sign
        visible(indicator, sign)

        stranger.place(cover, 0, 0, 160, 300)  # 30 %, less a frame's border
        hidden(indicator, "covers", sign)

    def test_two_halves_cover_together(self, indicator: X11Indicator, stranger: XClient, sign: int) -> None:
        stranger.window(0, 0, 130, 300)
        visible(indicator, sign)

        stranger.window(270, 0, 130, 300)
        hidden(indicator, "covers", sign)

    def test_a_cover_with_a_hole(self, indicator: X11Indicator, stranger: XClient, sign: int) -> None:
        cover = stranger.window(0, 0, 600, 400)
        stranger.shape(cover, (0, 0, 600, 50), (0, 300, 600, 100))
        visible(indicator, sign)

    def test_a_clip_does_not_make_a_cover_transparent(
        self, indicator: X11Indicator, stranger: XClient, sign: int
    ) -> None:
        cover = stranger.window(0, 0, 600, 400)
        stranger.shape(cover, kind=1)
        hidden(indicator, "covers", sign)

    def test_what_shows_nothing_covers_nothing(self, indicator: X11Indicator, stranger: XClient, sign: int) -> None:
        stranger.window(0, 0, 600, 400, input_only=True)
        stranger.window(0, 0, 600, 400, mapped=False)
        visible(indicator, sign)

    def test_a_strangers_window_inside_it(self, indicator: X11Indicator, stranger: XClient, sign: int) -> None:
        cover = stranger.window(600, 300, 200, 40)
        stranger.reparent(cover, sign, 0, 0)
        stranger.map(cover)
        hidden(indicator, "covers", sign)

    def test_its_own_parts_do_not_cover_it(self, indicator: X11Indicator, client: XClient, sign: int) -> None:
        client.window(0, 0, 200, 40, parent=sign)
        visible(indicator, sign)


def test_no_window_is_no_sign(indicator: X11Indicator) -> None:
    assert indicator.verify([], ME) == IndicatorState(visible=False, detail="there is no sign.")


@pytest.mark.parametrize("window", [0, 1, -1, 0x7FFFFFFF, 1 << 40])
def test_a_bad_window_id_is_not_visible(indicator: X11Indicator, window: int) -> None:
    hidden(indicator, "gone", window)


def test_the_root_window_is_not_a_sign(indicator: X11Indicator, client: XClient) -> None:
    hidden(indicator, "gone", client.connection.root)


def test_a_sign_inside_a_small_window_is_clipped(indicator: X11Indicator, client: XClient) -> None:
    holder = client.window(100, 100, 100, 100)
    sign = client.window(0, 0, 200, 40, parent=holder)
    hidden(indicator, "clipped", sign)


def test_a_shaped_frame_clips_what_is_inside(indicator: X11Indicator, client: XClient) -> None:
    holder = client.window(100, 100, 300, 300)
    sign = client.window(10, 10, 200, 40, parent=holder)
    visible(indicator, sign)

    client.shape(holder, (0, 100, 300, 200))
    hidden(indicator, "clipped", sign)


def test_a_see_through_frame(indicator: X11Indicator, client: XClient) -> None:
    sign = client.window(*SIGN, managed=True)
    visible(indicator, sign)
    client.opacity(client.parent(sign), 0.0)
    hidden(indicator, "see-through", sign)


def test_what_a_compositor_paints_into_is_not_in_the_way(
    display: dict[str, str], indicator: X11Indicator, client: XClient, stranger: XClient
) -> None:
    sign = client.window(*SIGN)
    compositor = XClient(display)
    assert compositor.viewable(compositor.overlay())
    visible(indicator, sign)

    stranger.window(0, 0, 600, 400)
    hidden(indicator, "covers", sign)
    compositor.close()


def test_one_of_two_windows_is_enough_for_one_monitor(indicator: X11Indicator, client: XClient) -> None:
    shown = client.window(*SIGN)
    lost = client.window(*SIGN, mapped=False)

    visible(indicator, lost, shown)


def test_every_monitor_needs_its_own(display: dict[str, str], indicator: X11Indicator, client: XClient) -> None:
    with two_monitors(display):
        left = client.window(*SIGN)
        hidden(indicator, "a screen has no sign", left)

        right = client.window(900, 100, 200, 40)
        visible(indicator, left, right)

        client.place(right, 540, 100, 200, 40)
        hidden(indicator, "not wholly on a screen", left, right)


def test_a_server_that_goes_away_is_not_visible_and_one_that_comes_back_is() -> None:
    with screen() as environ:
        client = XClient(environ)
        indicator = X11Indicator(environ)
        sign = client.window(*SIGN)
        visible(indicator, sign)
    hidden(indicator, "does not answer", sign)
    client.close()
    indicator.close()


def test_a_server_held_by_somebody_is_not_visible(indicator: X11Indicator, client: XClient, stranger: XClient) -> None:
    sign = client.window(*SIGN)
    visible(indicator, sign)
    stranger.connection.send(36)  # GrabServer
    stranger.sync()
    hidden(indicator, "does not answer", sign)

    stranger.connection.send(37)  # UngrabServer
    stranger.sync()
    visible(indicator, sign)


def test_says_what_a_look_costs(indicator: X11Indicator, client: XClient) -> None:
    sign = client.window(*SIGN, managed=True)
    visible(indicator, sign)
    costs = []
    for _ in range(50):
        began = time.perf_counter()
        indicator.verify([sign], ME)
        costs.append(time.perf_counter() - began)

    print(f"a look takes {sorted(costs)[25] * 1000:.2f} ms (median of 50)", file=sys.stderr)


@contextmanager
def two_monitors(display: dict[str, str]) -> Iterator[None]:
    environ = {**os.environ, **display}

    def xrandr(*words: str) -> None:
        subprocess.run(["xrandr", *words], env=environ, check=True, capture_output=True, timeout=30)

    xrandr("--setmonitor", "left", "640/200x800/200+0+0", "screen")
    xrandr("--setmonitor", "right", "640/200x800/200+640+0", "none")
    try:
        yield
    finally:
        xrandr("--delmonitor", "left")
        xrandr("--delmonitor", "right")
