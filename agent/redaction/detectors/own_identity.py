"""Who sits there: account, name, computer and home address of the employee, wherever they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.records import RawOwner
from agent.redaction.kinds import ADDRESS, COMPUTER, NAME, USER_NAME
from agent.redaction.names import shipped
from agent.redaction.names.words import COMMON_MASK, FIRST, LAST
from agent.redaction.session import Session
from agent.redaction.view import Span, View, fold

#: Names that every second computer has: they say nothing about who sits there.
_COMMON_NAMES: Final = """
root admin administrator user users test tester guest gast live default owner nobody system sysadmin support service
ubuntu debian fedora centos arch suse mint kali pi raspberrypi alpine vagrant docker oracle postgres mysql git jenkins
ec2-user cloud-user core dev developer demo student me home work office vm pc host localhost localhost.localdomain
server client desktop laptop notebook computer workstation machine node box macbook windows linux runner build builder
"""
_EVERYBODYS: Final = frozenset(_COMMON_NAMES.split())
_LEAST: Final = 3

#: Where an account is written, even if it is a word: its folder, a prompt, an option, a label.
_ACCOUNT_BEFORE: Final = (
    r"(?:[\\/](?:home|users|benutzer|utilisateurs|usuarios|utenti)[\\/]|(?<![^\s\"'=:(])~|\b[a-z]:\\users\\"
    r"|\bssh\s(?:-\S+\s)*|\bsu\s+(?:-\s+)?|\bsudo\s+-u\s*|\bchown\s(?:-\S+\s)*"
    r"|\b(?:user|username|user[ _-]name|login|logname|account|benutzer|benutzername|konto|usuario|utilisateur|utente)"
    r"\s{0,2}[:=]\s{0,2}[\"']?)"
)
_COMPUTER_BEFORE: Final = (
    r"(?:[^\s@]@|//|\\\\|\bssh\s(?:-\S+\s)*|\b(?:host|hostname|host[ _-]name|computer|computername|rechner|rechnername)"
    r"\s{0,2}[:=]\s{0,2}[\"']?)"
)


def known_of(owner: RawOwner, home: str) -> tuple[str, ...]:
    """What of somebody is looked for: ``account``, ``name``, ``computer``, ``address``. What everybody is called like
    is not. home: their address as they wrote it, or empty.
    """
    account, name, computer = owner.expose()
    found = (
        ("account", _own(fold(account))),
        ("name", bool(_words_of(name))),
        ("computer", _own(_host(computer))),
        ("address", bool(home.strip())),
    )
    return tuple(what for what, known in found if known)


def probes_of(owner: RawOwner) -> tuple[tuple[str, str], ...]:
    """Texts in which account and computer stand, and what has to be found in them: for the check of the rules."""
    account, _name, computer = owner.expose()
    known = known_of(owner, "")
    probes = (
        ("account", f"cd /home/{account.strip()}/x", USER_NAME),
        ("computer", f"ssh {_host(computer)} now", COMPUTER),
    )
    return tuple((text, kind) for what, text, kind in probes if what in known)


class OwnIdentity:
    """Finds the values of one ``RawOwner`` and their home address; whole words, in any case.

    What is an ordinary word or very short counts only where an account or a computer is named: in paths, prompts,
    options and beside labels.
    """

    rule: Final = "own-identity"

    def __init__(self, owner: RawOwner, home: str = "") -> None:
        account, name, computer = owner.expose()
        self._patterns: list[tuple[str, re.Pattern[str], str]] = []
        host = _host(computer)
        self._add(fold(account).strip(), USER_NAME, _ACCOUNT_BEFORE, "")
        domain = fold(computer).strip()[len(host) :]
        self._add(host, COMPUTER, _COMPUTER_BEFORE, rf"(?:{re.escape(domain)})?" if domain else "")
        self._values = Session()
        name = _words_of(name)
        name = name if any(map(str.isupper, name)) and not name.isupper() else name.title()
        self._values.learn(name, [Span(0, len(name), NAME)], sure=True)
        for part in _parts(home):
            self._values.learn(part, [Span(0, len(part), ADDRESS)])

    def _add(self, value: str, kind: str, before: str, rest: str) -> None:
        if not _own(value):
            return
        body = re.escape(value) + rest
        end = r"(?![^\W_])(?!-[^\W\d_])" if value[-1].isalnum() else ""
        if _ordinary(value):
            self._patterns.append((value, re.compile(rf"{before}(?P<value>{body}){end}"), kind))
            if kind == USER_NAME:
                self._patterns.append((value, re.compile(rf"(?<![^\s(\[])(?P<value>{body})(?=@)"), kind))
        else:
            self._patterns.append((value, re.compile(rf"(?<![^\W_])(?<![^\W_]-)(?P<value>{body}){end}"), kind))

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        for value, pattern, kind in self._patterns:
            if value in view.folded:
                for match in pattern.finditer(view.folded):
                    yield view.span(match.start("value"), match.end("value"), kind)
        yield from self._values.find(view)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``: account and computer are one word, name and address several."""
        return self._values.open_from(view)


def _own(value: str) -> bool:
    """Does this tell one person or computer from others at all?"""
    return any(char.isalnum() for char in value) and value not in _EVERYBODYS and len(value) > 1


def _ordinary(value: str) -> bool:
    """Would it be met in ordinary text as well: a word, a given name, two or three letters?"""
    known = shipped().known(value)
    return len(value) <= _LEAST or bool(known & (COMMON_MASK | FIRST | LAST))


def _host(computer: str) -> str:
    return fold(computer).strip().split(".", 1)[0]


def _words_of(name: str) -> str:
    """The full name; empty for one that names nobody, as accounts of programs have."""
    words = re.findall(r"[^\W_]+", fold(name))
    if max(map(len, words), default=0) < _LEAST or all(word in _EVERYBODYS for word in words) or re.search(r"\d", name):
        return ""
    return name.strip()


def _parts(address: str) -> Iterator[str]:
    """The address as a whole, and what of it is written alone: the street with its number, code and town."""
    lines = [part.strip() for part in re.split(r"[,;\n]", address) if part.strip()]
    yield " ".join(" ".join(lines).split())
    for line in lines:
        yield line
        street = re.sub(r"\A\d+\s*[a-z]?\s+|\s+\d+\s*[a-z]?\Z", "", line, flags=re.IGNORECASE)
        words = re.findall(r"[^\W_]+", street)
        if street != line and words and sum(map(len, words)) >= 2 * _LEAST:
            number = line.replace(street, "").strip()
            yield f"{number} {street}"
            yield f"{street} {number}"
