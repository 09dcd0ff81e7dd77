"""A real text field of GTK and the assembler are given the same keys: they hold the same text.

Only steps after which the caret is known: what ends a text in the assembler is left out when the steps are chosen.
``tests/ui/test_editing_qt.py`` asks Qt the same.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.fakes.editing import session
from tests.fakes.typing import NAMED
from tests.fakes.xclient import screen

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(
        not all(shutil.which(program) for program in ("Xvfb", "openbox", "zenity", "xdotool")),
        reason="not installed: xvfb openbox zenity xdotool",
    ),
]

_SYMBOLS = {"-": "minus", "@": "at", ".": "period", ",": "comma", "_": "underscore"}


@pytest.fixture(scope="module")
def environ() -> Iterator[dict[str, str]]:
    with screen() as made:
        yield made


def pressed(step: str) -> str:
    """The step in the words of xdotool."""
    *held, key = step.split("+")
    return "+".join(
        ["ctrl" if each == "Control" else each.lower() for each in held] + [_SYMBOLS.get(key, NAMED.get(key, key))]
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_text_is_what_the_field_holds(environ: dict[str, str], seed: int) -> None:
    steps, text = session(seed)
    title = f"field {seed}"
    with subprocess.Popen(
        ["zenity", "--entry", "--title", title, "--text", "type"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as field:
        try:
            keys = [pressed(step) for step in [*steps, "x", "BackSpace", "Return"]]
            found = ["xdotool", "search", "--sync", "--onlyvisible", "--name", f"^{title}$", "windowfocus", "--sync"]
            subprocess.run([*found, "key", "--delay", "8", *keys], env=environ, check=True, timeout=60)
            held, _ = field.communicate(timeout=60)
        finally:
            field.kill()
    assert (held.removesuffix("\n") if held.strip() else "") == text, steps  # blanks alone are no record
