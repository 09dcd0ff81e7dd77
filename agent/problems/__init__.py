"""Named problems: everything that can go wrong, with words for the person and the remedy.

A leaf: the UI imports it too. Exceptions carry a code and facts, never content.
"""

from __future__ import annotations

from agent.problems.row import Problem
from agent.problems.table import PROBLEMS

__all__ = ["PROBLEMS", "AgentError", "Invalid", "Problem", "Refused", "Unavailable", "describe"]


class AgentError(Exception):
    """Base of every error that reaches a person. ``code`` names a row of PROBLEMS, ``facts`` fill its braces.

    Facts never carry what somebody typed.
    """

    def __init__(self, code: str, **facts: str) -> None:
        if code not in PROBLEMS:
            raise KeyError(f"no such problem: {code}")
        self.code = code
        self.facts = facts
        super().__init__(code, facts)

    def __str__(self) -> str:
        return describe(self.code, self.facts)


class Refused(AgentError):
    """We will not."""


class Unavailable(AgentError):
    """The operating system or a service cannot."""


class Invalid(AgentError):
    """The input is wrong."""


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def describe(code: str, facts: dict[str, str]) -> str:
    """Title, text and remedy in one line, facts filled in; a fact that is missing leaves its place empty."""
    row = PROBLEMS[code]
    known = _Facts(facts)
    text = row.text.format_map(known).strip()
    remedy = row.remedy.format_map(known).strip()
    return f"{row.title}. {text} {remedy}"
