"""Limits beside the signed file: files of the administrator that narrow further and need no signature. Pure.

Each is ``{"limits": {...}}`` with keys of the table and nothing else. Of all values of a key the tighter one holds, so
that no file, in no order, can give anything back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from agent.policy.check import section_mistakes
from agent.policy.keys import Key, children
from agent.policy.mistakes import Mistake, shown
from agent.policy.model import Policy
from agent.policy.never import never

PART: Final = "limits"


def dropin_mistakes(document: dict[str, object]) -> list[Mistake]:
    """Everything wrong with one of these files."""
    mistakes = []
    for name in document:
        if name != PART:
            reason = never(name) or "Only the signed file has it."
            mistakes.append(Mistake(shown(name), "such a file has limits and nothing else", f"{reason} Take it out."))
    limits = document.get(PART)
    if isinstance(limits, dict):
        return mistakes + section_mistakes(PART, limits)
    return [*mistakes, Mistake(PART, "it is not a section", "It has the form {...}.")]


def narrowed(policy: Policy, document: Mapping[str, object]) -> Policy:
    """The policy under these limits too. Only for a document without mistakes."""
    limits: Any = document[PART]
    changed = {
        key.name: _tighter(key, getattr(policy.limits, key.name), limits[key.name])
        for key in children(PART)
        if key.name in limits
    }
    stated = policy.stated | {PART} | {f"{PART}.{name}" for name in changed}
    return replace(policy, limits=replace(policy.limits, **changed), stated=stated)


def _tighter(key: Key, here: Any, there: Any) -> Any:  # of whichever kind the key is
    match key.tighter:
        case "intersection":
            return tuple(item for item in here if item in there)
        case "union":
            return tuple(dict.fromkeys((*here, *there)))
        case "larger":
            return max(here, there)
        case "smaller":
            return min(here, there)
        case "later":
            return max(here, there, key=key.choices.index)
        case "true":
            return here or there
    raise AssertionError(f"{key.path} is no limit")
