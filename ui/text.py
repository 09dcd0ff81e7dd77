"""Every sentence a person reads, by key, in their language.

``resources/text/LANGUAGE/*.json`` hold flat objects ``{"key": "Sentence with {facts}."}``. A sentence that depends
on a number is an object ``{"one": ..., "other": ...}`` and is chosen by the fact ``n``. The files of one language
are one catalogue; a key may stand in one file only. Both languages have the same keys and the same facts (tested).

The language belongs to the running application (a property of the QApplication), so a widget only says ``t(key)``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final, TypeAlias

from PySide6.QtCore import QCoreApplication, QLocale

from agent.problems import PROBLEMS

LANGUAGES: Final = ("en", "de")
_PROPERTY: Final = "aboveboard_language"

Entry: TypeAlias = str | Mapping[str, str]


class CatalogueError(ValueError):
    """A catalogue file that is not what this module's docstring says; names file and key."""


class _Facts(dict[str, object]):
    """Facts of a problem: one that is missing leaves its place empty."""

    def __missing__(self, key: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class ProblemText:
    """A named problem in the person's language, facts filled in."""

    title: str
    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All sentences of one language. ``entries``: key -> sentence or plural pair."""

    language: str
    entries: Mapping[str, Entry]

    def t(self, key: str, /, **facts: object) -> str:
        """The sentence for ``key``. Raises KeyError for an unknown key or a fact that is missing."""
        entry = self.entries[key]
        if not isinstance(entry, str):
            entry = entry["one" if facts["n"] == 1 else "other"]
        return entry.format_map(facts) if facts or "{" in entry else entry

    def has(self, key: str) -> bool:
        """Whether there is a sentence for ``key``."""
        return key in self.entries

    def problem(self, code: str, facts: Mapping[str, str] | None = None) -> ProblemText:
        """A row of agent.problems in this language; English comes from the table itself.

        A code this window does not know is shown as ``protocol-invalid``: never an empty line.
        """
        row = PROBLEMS.get(code) or PROBLEMS["protocol-invalid"]
        filled = _Facts(facts or {"detail": code})
        parts = []
        for part, english in (("title", row.title), ("text", row.text), ("remedy", row.remedy)):
            entry = self.entries.get(f"problem.{row.code}.{part}", english)
            parts.append(str(entry).format_map(filled).strip())
        return ProblemText(*parts)


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> Catalogue:
    """The catalogue of ``language``. Raises CatalogueError, naming every mistake at once."""
    folder = resources.files("ui") / "resources" / "text" / language
    entries: dict[str, Entry] = {}
    mistakes: list[str] = []
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if not file.name.endswith(".json"):
            continue
        for key, entry in json.loads(file.read_text(encoding="utf-8")).items():
            if key in entries:
                mistakes.append(f"{language}/{file.name}: {key} stands in another file too")
            if not isinstance(entry, str) and set(entry) != {"one", "other"}:
                mistakes.append(f"{language}/{file.name}: {key} needs exactly one and other")
            entries[key] = entry
    if mistakes:
        raise CatalogueError("; ".join(mistakes))
    return Catalogue(language, entries)


def choose(wanted: str | None, preferred: tuple[str, ...] | None = None) -> str:
    """The language to show: ``wanted`` (the option), else the first of ``preferred`` we have, else English.

    preferred: tags such as ``de-AT``; None asks the system (LANG, LC_MESSAGES, the desktop's setting).
    """
    tags = preferred if preferred is not None else tuple(QLocale.system().uiLanguages())
    for tag in (wanted or "", *tags):
        base = tag.replace("_", "-").split("-")[0].lower()
        if base in LANGUAGES:
            return base
    return "en"


def use(language: str) -> None:
    """Set the language of the running application. Needs a QCoreApplication; windows made later speak it."""
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("no application is running")
    application.setProperty(_PROPERTY, language)


def current() -> Catalogue:
    """The catalogue of the running application, English without one."""
    application = QCoreApplication.instance()
    language = application.property(_PROPERTY) if application is not None else None
    return catalogue(language if language in LANGUAGES else "en")


def locale() -> QLocale:
    """How this language writes dates and numbers: the system's way where it speaks the same language."""
    system = QLocale.system()
    wanted = QLocale(current().language)
    return system if system.language() == wanted.language() else wanted


def t(key: str, /, **facts: object) -> str:
    """The sentence for ``key`` in the application's language."""
    return current().t(key, **facts)


def problem(code: str, facts: Mapping[str, str] | None = None) -> ProblemText:
    """A named problem in the application's language."""
    return current().problem(code, facts)


def listed(names: Sequence[str], words: Catalogue) -> str:
    """``a``, ``a and b``, ``a, b and c`` in the language of ``words``."""
    if len(names) < 2:
        return "".join(names)
    return words.t("list.and", first=", ".join(names[:-1]), last=names[-1])


def program_list(names: Sequence[str]) -> str:
    """``listed`` in the application's language."""
    return listed(names, current())


def in_fours(digest: str) -> str:
    """A hash in groups of four: people and screen readers can follow it, and lines can break."""
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))
