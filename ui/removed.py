"""Why a part of a text was taken out, in the person's language: one sentence for each kind."""

from __future__ import annotations

from collections.abc import Iterable

from agent.protocol import Part
from ui.text import current, t


def why_removed(part: Part) -> str:
    """The sentence; empty for a kind that this version does not know."""
    key = f"rule.{part.kind}"
    return t(key) if current().has(key) else ""


def whys(parts: Iterable[Part]) -> list[str]:
    """``[kind]: sentence`` for each kind once, in the order of the text."""
    found: dict[str, str] = {}
    for part in sorted(parts, key=lambda each: each.start):
        sentence = why_removed(part)
        if sentence:
            found.setdefault(part.kind, f"[{part.kind}] {sentence}")
    return list(found.values())
