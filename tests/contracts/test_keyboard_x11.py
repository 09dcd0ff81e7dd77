"""Text as the layout, its dead keys and the Compose key give it, on a real server, also when the layout changes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

import pytest

from agent.native.x11.compose import LOST
from tests.demo.hands import Hands
from tests.fakes.observed import Observed
from tests.fakes.real_desktop import RealDesktop
from tests.fakes.waiting import until
from tests.fakes.xclient import screen

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(
        not all(map(shutil.which, ("Xvfb", "openbox", "setxkbmap"))), reason="not installed: xvfb openbox x11-xkb-utils"
    ),
]


@pytest.fixture(scope="module")
def desktop() -> Iterator[RealDesktop]:
    with screen() as environ:
        real = RealDesktop(environ)
        yield real
        real.close()


@pytest.fixture
def observed(desktop: RealDesktop) -> Iterator[Observed]:
    desktop.focus(desktop.notes)
    observed = Observed(desktop)
    desktop.input.start(observed.events.append)
    until(lambda: observed.events, "the first focus")
    yield observed
    desktop.input.stop()


@pytest.fixture
def hands(observed: Observed) -> Iterator[Hands]:
    hands = Hands(observed.desktop.environ, pace=0)
    yield hands
    hands.keyboard.use("us")
    hands.close()


def _typed(observed: Observed) -> str:
    return "".join(key.expose()[1] for key in observed.marked())


@pytest.mark.parametrize(
    ("layout", "variant", "text"),
    [
        ("us", "", "Hello {x} [y] ~ | \\"),
        ("de", "", "Grüße an Zoë: 20 € @ Köln, fenêtre, café, ß?"),
        ("fr", "", "Le dépôt est prêt, à bientôt, Noël, ça € @ #"),
        ("us", "intl", "señor, façade, über, crème"),
        ("es", "", "El niño comió más: ¿qué?"),
        ("ru", "", "Привет, склад готов. Ёж № 5"),
        ("gr", "", "Καλημέρα"),
        ("cz", "", "Příliš žluťoučký kůň"),
        ("pl", "", "Zażółć gęślą jaźń"),
        ("se", "", "Åsa köper räkor till Noël"),
    ],
)
def test_text_is_what_the_layout_says(observed: Observed, hands: Hands, layout: str, variant: str, text: str) -> None:
    hands.keyboard.use(layout, variant)
    hands.type(text)
    assert _typed(observed) == text


def test_switching_between_two_layouts_is_followed_key_by_key(observed: Observed, hands: Hands) -> None:
    hands.keyboard.use("us,ru")
    for group, text in ((0, "one "), (1, "два "), (0, "three "), (1, "четыре")):
        hands.keyboard.switch(group)
        hands.type(text)
    hands.keyboard.switch(0)
    assert _typed(observed) == "one два three четыре"


def test_a_waiting_dead_key_types_nothing_by_itself(observed: Observed, hands: Hands) -> None:
    hands.keyboard.use("de")
    hands.type("é")
    assert [key.expose()[:2] for key in observed.marked()] == [("dead_acute", ""), ("eacute", "é")]


def test_a_key_that_fits_no_sequence_is_not_guessed(observed: Observed, hands: Hands) -> None:
    """Toolkits differ in what they type then; so nobody knows, and the text after it begins anew."""
    hands.keyboard.use("de")
    hands._stroke(hands.keyboard.symbol(0xFE51))
    hands.type("xy")
    assert [key.expose()[:2] for key in observed.marked()] == [("dead_acute", ""), (LOST, ""), ("y", "y")]


def test_a_dead_key_does_not_wait_across_a_change_of_focus(observed: Observed, hands: Hands) -> None:
    hands.keyboard.use("de")
    hands._stroke(hands.keyboard.symbol(0xFE51))
    observed.wait(1)
    observed.desktop.focus(observed.desktop.vault)
    hands.type("e")
    assert [key.expose()[1] for key in observed.wait(2)] == ["", "e"]


def test_the_compose_key_composes(observed: Observed, hands: Hands) -> None:
    subprocess.run(["setxkbmap", "-layout", "us", "-option", "compose:menu"], env=observed.desktop.environ, check=True)
    hands.keyboard.read()
    for first, second in ("o/", "ss", "c,"):
        hands._stroke(hands.keyboard.symbol(0xFF20))
        hands.type(first + second)
    typed = _typed(observed)
    subprocess.run(["setxkbmap", "-layout", "us", "-option", ""], env=observed.desktop.environ, check=True)
    assert typed == "øßç"
