"""Whether a browser's window is a private one, by positive evidence only. Pure.

Firefox ends the title of a private window with its brand and a word in the person's language, of another window with
the brand alone (browser/locales, browser.ftl, ``browser-main-window-titles``).
"""

from __future__ import annotations

from typing import Final

from agent.records import Secure

_BRANDS: Final = ("Mozilla Firefox",)


def private(title: str | None) -> Secure:
    """NO: the title ends as that of an ordinary window does. YES: the brand is followed by more."""
    if not title:
        return Secure.UNKNOWN
    for brand in _BRANDS:
        if title == brand or title.endswith(f" — {brand}"):
            return Secure.NO
        if title.startswith(brand) or f" — {brand}" in title:
            return Secure.YES
    return Secure.UNKNOWN
