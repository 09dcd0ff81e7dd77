"""Differences between two notices as lines a person reads, each said once for all the cells it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agent.protocol import Change, Purpose
from ui.text import current, program_list, t

_MORE: Final = frozenset({"new", "wider"})
_LISTS: Final = frozenset({"programs", "programs_denied", "countries", "forbidden_uses", "fields"})


def new_lines(changes: Sequence[Change], purposes: Sequence[Purpose]) -> list[str]:
    """What goes further than what was agreed, and nothing else."""
    return _once([_fact(change, purposes) for change in changes if change.sort in _MORE])


def history_lines(changes: Sequence[Change], purposes: Sequence[Purpose] = ()) -> list[str]:
    """Everything that differs: what is more first, what is less after it."""
    more = [t("change.more", what=_fact(change, purposes)) for change in changes if change.sort in _MORE]
    less = [t("change.less", what=_fact(change, purposes)) for change in changes if change.sort not in _MORE]
    return _once([*more, *less])


def _once(lines: list[str]) -> list[str]:
    return list(dict.fromkeys(lines))


def _fact(change: Change, purposes: Sequence[Purpose]) -> str:
    """A fact that is no list of ours is said by its name as it stands: never an empty line."""
    if change.what == "cell":
        return t("change.cell", category=_category(change.category), purpose=_title(change.purpose, purposes))
    key = f"change.{change.what}"
    name = t(key) if current().has(key) else change.what
    if change.what == "fields":
        name = t("change.of", name=name, category=_category(change.category))
    before, after = _said(change.what, change.before), _said(change.what, change.after)
    return t("change.fact", name=name, before=before, after=after)


def _category(category: str) -> str:
    key = f"column.{category}"
    return t(key) if current().has(key) else category


def _title(purpose: str, purposes: Sequence[Purpose]) -> str:
    return next((found.title for found in purposes if found.id == purpose), purpose)


def _said(what: str, value: str) -> str:
    """A value as it is said to people: days and hours counted, lists joined, the star in words."""
    if not value:
        return t("change.nothing")
    if what in {"retention_days", "unreviewed_days", "hold_hours"} and value.isdigit():
        return t("change.hours" if what == "hold_hours" else "change.days", n=int(value))
    if what == "require_asking" and value in {"yes", "no"}:
        return t(f"change.{value}")
    if what == "redaction" and current().has(f"strictness.{value}"):
        return t(f"strictness.{value}")
    if what in _LISTS:
        return program_list([_item(what, item) for item in value.split(", ")])
    return value


def _item(what: str, item: str) -> str:
    if what == "programs" and item == "*":
        return t("change.any")
    key = f"use.{item}"
    return t(key) if what == "forbidden_uses" and current().has(key) else item
