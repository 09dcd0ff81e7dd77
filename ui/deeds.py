"""What a hand did, as one plain sentence. Pure."""

from __future__ import annotations

from agent.protocol import Deed
from ui.text import current, t


def sentence(deed: Deed, label: str) -> str:
    """``You clicked the button “Save”.`` label: the redacted name of what was hit, empty if not known."""
    if deed.name == "chord":
        return t("deed.chord", keys=deed.keys)
    said = _done(deed, label)
    return f"{said} {t('deed.held', keys=deed.keys)}" if deed.keys else said


def _done(deed: Deed, label: str) -> str:
    match deed.name:
        case "scroll":
            return _scrolled(deed)
        case "drag":
            return _with_button("drag", deed, {"way": _way(deed)})
        case _:
            return _with_button(deed.name, deed, {"what": _what(deed, label)})


def _with_button(name: str, deed: Deed, facts: dict[str, str]) -> str:
    if deed.button in ("", "left"):
        return t(f"deed.{name}.left", **facts)
    return t(f"deed.{name}.other", button=t(f"deed.button.{deed.button}"), **facts)


def _scrolled(deed: Deed) -> str:
    if deed.steps_y:
        return t("deed.scroll.down" if deed.steps_y > 0 else "deed.scroll.up", n=abs(deed.steps_y))
    return t("deed.scroll.right" if deed.steps_x > 0 else "deed.scroll.left", n=abs(deed.steps_x))


def _what(deed: Deed, label: str) -> str:
    role = t(f"role.{deed.role}") if current().has(f"role.{deed.role}") else ""
    if role and label:
        return t("deed.on.named", role=role, label=label)
    if role or label:
        return t("deed.on.role", role=role or label)
    return t("deed.on.place")


def _way(deed: Deed) -> str:
    if None in (deed.x, deed.y, deed.to_x, deed.to_y):
        return t("deed.way.unknown")
    return t("deed.way", x=deed.x, y=deed.y, to_x=deed.to_x, to_y=deed.to_y)
