"""Which named problems are true now."""

from __future__ import annotations

from agent.problems import PROBLEMS, AgentError
from agent.protocol import ActiveProblem


class Problems:
    """Problems by code; a *slot* holds the problem of one part, so that the part's recovery clears it."""

    def __init__(self) -> None:
        self._active: dict[str, dict[str, str]] = {}
        self._slots: dict[str, AgentError] = {}

    def set(self, code: str, **facts: str) -> None:
        """True from now on."""
        self._active[code] = facts

    def raise_(self, error: AgentError) -> None:
        """As ``set``, from an exception."""
        self._active[error.code] = error.facts

    def clear(self, *codes: str) -> None:
        """No longer true."""
        for code in codes:
            self._active.pop(code, None)

    def replace(self, slot: str, error: AgentError | None) -> None:
        """The problem of one part, or none."""
        if error is None:
            self._slots.pop(slot, None)
        else:
            self._slots[slot] = error

    def has(self, *codes: str) -> bool:
        """Is one of these true?"""
        return any(problem.code in codes for problem in self.all())

    def stops_capture(self) -> bool:
        """Is one of them a reason why nothing is collected?"""
        return any(PROBLEMS[problem.code].stops_capture for problem in self.all())

    def all(self) -> tuple[ActiveProblem, ...]:
        """All that are true, in the table's order."""
        found = dict(self._active)
        for error in self._slots.values():
            found[error.code] = error.facts
        return tuple(ActiveProblem(code=code, facts=found[code]) for code in PROBLEMS if code in found)
