"""What a browser's window shows decides whether anything may be kept there: private windows and protected sites never.

Unknown counts as no: a browser whose page or private state cannot be told is off. Pure.
"""

from __future__ import annotations

from typing import Final

from agent.exclusion.hosts import HOSTS, LABELS
from agent.records import Program, RawPage, Reason, Secure

#: Browsers whose page and private state can be told, by the name of their program file.
READABLE: Final = frozenset({"firefox", "firefox-esr", "firefox-bin"})


def is_browser(program: Program) -> bool:
    """Is it a browser that can be read?"""
    return program.id.lower() in READABLE


def page_reason(program: Program, page: RawPage | None) -> Reason | None:
    """Why nothing may be kept of what ``program`` shows, None if its page does not speak against it."""
    if not is_browser(program):
        return None
    if page is not None and page.private is Secure.YES:
        return Reason.PRIVATE_WINDOW
    host = page.expose() if page is not None else None
    if page is None or page.private is not Secure.NO or not host:
        return Reason.UNKNOWN_PAGE
    return Reason.PROTECTED_PAGE if protected_host(host) else None


def protected_host(host: str) -> bool:
    """Is this host, or a domain above it, protected? Whole labels only: ``notmybank.example`` is not ``bank``'s."""
    labels = host.lower().strip(".").split(".")
    return any(label in LABELS for label in labels) or any(
        ".".join(labels[start:]) in HOSTS for start in range(len(labels))
    )
