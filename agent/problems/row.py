"""One row of the table of problems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Problem:
    """One row of the table.

    title: one short line. text: what it means, may name facts in braces. remedy: what the person can do.
    stops_capture: while it is active nothing is collected.
    """

    code: str
    title: str
    text: str
    remedy: str
    severity: Literal["note", "warning", "error"] = "error"
    stops_capture: bool = True
