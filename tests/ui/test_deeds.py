"""What a hand did is one plain sentence in every language."""

from __future__ import annotations

import pytest

from agent.protocol import Deed
from ui.deeds import sentence
from ui.text import catalogue


@pytest.mark.parametrize(
    ("deed", "label", "said"),
    [
        (Deed("chord", keys="Ctrl+S"), "", "You pressed Ctrl+S."),
        (Deed("click", button="left", role="push button"), "Save", "You clicked the button “Save”."),
        (Deed("click", button="left", role="terminal"), "", "You clicked the terminal."),
        (Deed("click", button="left", role="of no name"), "", "You clicked a place in the window."),
        (Deed("click", button="right"), "", "You clicked a place in the window with the right button."),
        (Deed("double-click", button="left", role="text"), "", "You double-clicked the text."),
        (Deed("drag", button="left", x=1, y=2, to_x=3, to_y=4), "", "You dragged from 1, 2 to 3, 4."),
        (
            Deed("drag", button="middle", keys="Ctrl+Shift"),
            "",
            "You dragged in the window with the middle button. Ctrl+Shift was held down.",
        ),
        (Deed("drag", button="left"), "", "You dragged in the window."),
        (Deed("scroll", steps_y=3), "", "You scrolled down 3 steps."),
        (Deed("scroll", steps_y=-1), "", "You scrolled up 1 step."),
        (Deed("scroll", steps_x=-2), "", "You scrolled left 2 steps."),
        (Deed("scroll", steps_x=2), "", "You scrolled right 2 steps."),
    ],
)
def test_in_words(deed: Deed, label: str, said: str) -> None:
    assert sentence(deed, label) == said


def test_every_deed_has_words_in_both_languages() -> None:
    for language in ("en", "de"):
        words = catalogue(language)
        for name in ("click", "double-click", "drag"):
            assert all(words.has(f"deed.{name}.{button}") for button in ("left", "other"))
        assert all(words.has(f"deed.button.{button}") for button in ("middle", "right", "back", "forward"))
