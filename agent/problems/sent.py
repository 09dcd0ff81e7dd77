"""What can be in the way of what somebody wishes for that was sent already. None of it stops capture."""

from __future__ import annotations

from typing import Final

from agent.problems.row import Problem

SENT: Final = (
    Problem(
        "sent-not-here",
        "This batch cannot be shown here",
        "Its content or its key is not on this computer any more.",
        "Nothing to do. The list shows how many items it held and where it went.",
        severity="note",
        stops_capture=False,
    ),
    Problem(
        "deletion-unconfirmed",
        "The collector has not confirmed a deletion yet",
        "You asked for something you sent to be deleted. {detail}",
        "Nothing to do; it is asked again by itself until it confirms. Your recovery sheet can ask as well.",
        severity="note",
        stops_capture=False,
    ),
    Problem(
        "openings-unreachable",
        "Who opened batches cannot be looked up now",
        "{detail} What was known before is shown.",
        "Nothing to do; it is looked up again by itself.",
        severity="note",
        stops_capture=False,
    ),
    Problem(
        "openings-changed",
        "The list of who opened batches was changed",
        "{detail} Such a list may only grow. What was known before is kept and shown.",
        "Tell your works council or the privacy contact; this computer keeps the proof.",
        severity="warning",
        stops_capture=False,
    ),
)
