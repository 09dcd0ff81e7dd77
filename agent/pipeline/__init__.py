"""The whole way of a datum without IO: events and the time go in, effects come out.

What was typed and clicked waits half a second in memory. Then it is judged once more by what became known meanwhile:
the program that came to the front, the field and the page it went to, whether the sign on the screen was seen after
it. Only then does it reach the text of its field or become an action, and only what was redacted leaves this module.
"""

from agent.pipeline.effects import Effect, Front, Keep, Kind, Note
from agent.pipeline.pipeline import Pipeline
from agent.pipeline.waiting import QUARANTINE, SIGHTING_LIMIT

__all__ = ["QUARANTINE", "SIGHTING_LIMIT", "Effect", "Front", "Keep", "Kind", "Note", "Pipeline"]
