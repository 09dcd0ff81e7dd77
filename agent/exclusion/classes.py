"""Is a program protected? Compared by whole words, so that no name hides inside another one. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from agent.exclusion.pages import is_browser
from agent.exclusion.table import CLASSES, OWN, VERSION
from agent.records import Program

__all__ = ["OWN", "VERSION", "protected_class"]

_BETWEEN: Final = re.compile(r"[^0-9a-z]+")
#: Endings that belong to the file or the package, not to the name.
_ENDING: Final = re.compile(r"\.(?:exe|app|desktop|appimage)$", re.IGNORECASE)


def _words(name: str) -> tuple[str, ...]:
    """Lower-case words; ``TelegramDesktop`` has two."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", _ENDING.sub("", name))
    return tuple(word for word in _BETWEEN.split(spaced.lower()) if word)


def _index() -> dict[tuple[str, ...], str]:
    index: dict[tuple[str, ...], str] = {}
    for kind, names in CLASSES.items():
        for name in names:
            index.setdefault(_words(name), kind)
    return index


_INDEX: Final = _index()
#: The window class of every browser of Firefox's family, also of those that cannot be read.
_SHARED: Final = "navigator"
_LONGEST: Final = max(map(len, _INDEX))


@lru_cache(maxsize=256)  # asked at every key, always for the same few programs
def protected_class(program: Program) -> str | None:
    """Name of the class that keeps the program off for everybody, None if it is in none.

    Looks at everything the program is called: one protected name is enough. Our own windows come first.
    """
    names = {program.id, program.name, *program.aliases}
    if is_browser(program):
        names = {name for name in names if name.lower() != _SHARED}
    found = {kind for name in names for kind in _kinds(name)}
    return next((kind for kind in CLASSES if kind in found), None)


def _kinds(name: str) -> set[str]:
    plain, humps = _words(name.lower()), _words(name)
    found = _runs(plain, 1)
    # Parts of one written word count only together: ArcGIS is not Arc, TelegramDesktop is Telegram Desktop.
    return found if humps == plain else found | _runs(humps, 2)


def _runs(words: tuple[str, ...], least: int) -> set[str]:
    runs = (
        words[start:end]
        for start in range(len(words))
        for end in range(start + least, min(len(words), start + _LONGEST) + 1)
    )
    return {_INDEX[run] for run in runs if run in _INDEX}
