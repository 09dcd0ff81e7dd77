"""Aboveboard itself, as the engine has it: rules and names, no own words."""

from __future__ import annotations

from loop import Find, run  # type: ignore[import-not-found]  # beside this script


def ready() -> Find:
    from agent.redaction import Redactor  # noqa: PLC0415  # its import is part of what starting costs

    redactor = Redactor(())
    redactor.find("Hello, it is Maria Lopez.")
    return lambda text: [(span.start, span.end) for span in redactor.find(text)]


run(ready)
