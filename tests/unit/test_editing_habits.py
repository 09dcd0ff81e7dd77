"""Chords of Windows and macOS: what they leave of a text, or that nobody can know."""

from __future__ import annotations

import io
import json

import pytest

from agent.assembly.habits import System
from agent.assembly.replay import redact_key_lines

NAMES = {" ": "Key.space", "\n": "Key.enter"}
HELD = {"Control": "Key.ctrl", "Alt": "Key.alt", "Super": "Key.cmd", "Shift": "Key.shift"}


def typed(system: System, script: list[str]) -> list[str]:
    """What is kept of pieces of text and ``<chords>``, as of recorded keys."""
    events: list[list[object]] = [[0.0, "focus", "a window"]]
    for piece in script:
        if piece.startswith("<"):
            *held, name = piece.strip("<>").split("+")
            key = name if len(name) == 1 else f"Key.{name}"
            events += [[0.1, "press", HELD[one]] for one in held]
            events.append([0.1, "press", key])
            events += [[0.1, "release", HELD[one]] for one in held]
        else:
            events += [[0.1, "press", NAMES.get(char, char)] for char in piece]
    out = io.StringIO()
    redact_key_lines([json.dumps({"id": "1", "events": events})], out, system)
    answer = json.loads(out.getvalue())
    return [text for text in answer["texts"] if text]


@pytest.mark.parametrize(
    ("script", "kept"),
    [
        (["one two", "<Alt+backspace>", "three"], ["one three"]),
        (["one two", "<Alt+left>", "<Alt+left>", "so "], ["so one two"]),
        (["one two", "<Super+left>", "so "], ["so one two"]),
        (["two", "<Control+a>", "one ", "<Control+e>", " three"], ["one two three"]),
        (["one two", "<Super+backspace>", "three"], ["three"]),
        (["one\ntwo", "<Super+backspace>", "three"], ["one\nthree"]),
        (["one two", "<Super+left>", "<Control+k>", "three"], ["three"]),
        (["one two", "<Super+Shift+left>", "<backspace>", "three"], ["three"]),
        (["one two", "<Super+a>", "three"], ["three"]),
        (["onx", "<Control+h>", "e"], ["one"]),
        (["one", "<Control+b>", "<Control+d>", "x"], ["onx"]),
        (["one ", "<Super+v>", " two"], ["one [pasted] two"]),
        (["one ", "<Super+Alt+Shift+v>", " two"], ["one [pasted] two"]),
        (["one", "<Super+z>", "two"], ["one", "[undo]two"]),
        (["eur", "<Alt+€>", "o"], ["eur€o"]),
        (["one", "<home>", "two"], ["one", "two"]),
        (["one", "<Control+v>", "two"], ["one", "two"]),
        (["one two", "<Control+left>", "three"], ["one two", "three"]),
    ],
)
def test_macos(script: list[str], kept: list[str]) -> None:
    assert typed("macos", script) == kept


@pytest.mark.parametrize(
    ("script", "kept"),
    [
        (["one two", "<Control+backspace>", "three"], ["one three"]),
        (["one two", "<Control+left>", "so "], ["one so two"]),
        # A plain field takes out all of it, a rich one its last part: all is gone, and what follows stands alone.
        (["go foo-bar", "<Control+backspace>", "three"], ["go ", "three"]),
        (["one", "<Alt+backspace>", "two"], ["one", "[undo]two"]),
        (["one", "<Control+z>", "two"], ["one", "[undo]two"]),
        (["one ", "<Shift+insert>", " two"], ["one [pasted] two"]),
        (["two", "<home>", "one ", "<end>", " three"], ["one two three"]),
        (["one", "<Super+left>", "two"], ["one", "two"]),
    ],
)
def test_windows(script: list[str], kept: list[str]) -> None:
    assert typed("windows", script) == kept


def test_the_same_keys_on_linux() -> None:
    assert typed("linux", ["go foo-bar", "<Control+backspace>", "three"]) == ["go foo-three"]
    assert typed("linux", ["one two", "<Alt+backspace>", "three"]) == ["one two", "three"]
