"""Texts with the parts to be found marked: ``write to ⟦jan@example.org⟧.``"""

from __future__ import annotations

import re

from agent.records import Program, RawText

PROGRAM = Program("mousepad", "Mousepad")


def unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without marks, and start and end of every marked part."""
    text = ""
    spans: list[tuple[int, int]] = []
    for piece in re.split(r"(⟦[^⟧]*⟧)", marked):
        plain = piece.strip("⟦⟧")
        if plain != piece:
            spans.append((len(text), len(text) + len(plain)))
        text += plain
    return text, spans


def raw(text: str, before: str = "") -> RawText:
    """As assembly would hand it over."""
    return RawText(text, before, PROGRAM, ("purpose-b", "purpose-a"), 1_790_000_000)


def alnum(text: str) -> str:
    """Letters and digits only, lower case: what must not survive."""
    return "".join(char for char in text.lower() if char.isalnum())
