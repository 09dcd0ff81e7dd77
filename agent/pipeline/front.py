"""What the state line says of the program in front."""

from __future__ import annotations

from collections.abc import Callable

from agent.exclusion import OWN, protected_class
from agent.pipeline.effects import Front
from agent.records import CATEGORIES, Category, Program, Reason


def front(
    window: int | None,
    program: Program | None,
    foreign: Program | None,
    may_show: Callable[[Category, Program | None], tuple[str, ...] | Reason],
) -> Front:
    """foreign: the last program in front that is not Aboveboard. may_show: purposes of a category now, or why not."""
    if program is not None and protected_class(program) == OWN:
        return Front(foreign, (), Reason.OWN_WINDOW)
    if window is None:
        return Front(foreign, (), None)
    categories: list[str] = []
    reason: Reason | None = None
    for category in CATEGORIES:
        answer = may_show(category, program)
        if isinstance(answer, Reason):
            # That one kind was not agreed to says nothing of the program; any other reason says more.
            reason = answer if reason in (None, Reason.NO_CONSENT) else reason
        else:
            categories.append(category)
    return Front(program, tuple(categories), None if categories else reason)
