"""Sealed batch -> collector: an outbox that survives, one attempt with a closed set of outcomes, a schedule."""

from agent.upload.asker import Asker
from agent.upload.destination import Destination
from agent.upload.openings import OpeningsChanged, OpeningsSeen, OpeningsUnread, read_openings
from agent.upload.outbox import Outbox
from agent.upload.outcome import Accepted, Enrolled, Outcome, RefusedByCollector, RetryAfter
from agent.upload.send import Cancelled, send
from agent.upload.uploader import Uploader
from agent.upload.wish import Erased, Heard, NotErased, erase

__all__ = [
    "Accepted",
    "Asker",
    "Cancelled",
    "Destination",
    "Enrolled",
    "Erased",
    "Heard",
    "NotErased",
    "OpeningsChanged",
    "OpeningsSeen",
    "OpeningsUnread",
    "Outbox",
    "Outcome",
    "RefusedByCollector",
    "RetryAfter",
    "Uploader",
    "erase",
    "read_openings",
    "send",
]
