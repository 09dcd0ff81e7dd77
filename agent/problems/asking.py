"""What can be in the way of what is asked from a terminal or by another program. None of it stops capture."""

from __future__ import annotations

from typing import Final

from agent.problems.row import Problem

ASKING: Final = (
    Problem(
        "app-not-running",
        "Aboveboard is not running",
        "Nothing is being collected.",
        "To start it: aboveboard. What was paused or excluded before stays so.",
        severity="note",
        stops_capture=False,
    ),
    Problem(
        "control-invalid",
        "That cannot be asked of Aboveboard",
        "{detail}",
        "Nothing was changed. To see what can be asked, run aboveboard --help.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "control-busy",
        "Aboveboard is asking you something already",
        "Only one question stands on the screen at a time.",
        "Answer it in the window, then try again.",
        severity="note",
        stops_capture=False,
    ),
    Problem(
        "control-declined",
        "The answer in the window was no",
        "Nothing was done.",
        "Ask again if that was not what you meant.",
        severity="note",
        stops_capture=False,
    ),
    Problem(
        "not-confirmed",
        "That was not confirmed",
        "Nothing was done. It takes the word {word} typed at a terminal, or --yes.",
        "Run the command again if you mean it.",
        severity="note",
        stops_capture=False,
    ),
    Problem(
        "nothing-kept",
        "There is nothing to erase",
        "Nothing about you is kept on this computer.",
        "Nothing to do.",
        severity="note",
        stops_capture=False,
    ),
    Problem(
        "control-silent",
        "Aboveboard runs and does not answer",
        "The running window did not answer in time, or not in a way that can be understood.",
        "Look at its sign on the screen: it shows what is true. Or quit Aboveboard from the tray and start it again.",
        severity="warning",
        stops_capture=False,
    ),
)
