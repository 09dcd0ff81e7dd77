"""Sealed batch -> collector: an outbox that survives, one attempt with a closed set of outcomes, a schedule."""

from agent.upload.destination import Destination
from agent.upload.outbox import Outbox
from agent.upload.outcome import Accepted, Enrolled, Outcome, RefusedByCollector, RetryAfter
from agent.upload.send import Cancelled, send
from agent.upload.uploader import Uploader

__all__ = [
    "Accepted",
    "Cancelled",
    "Destination",
    "Enrolled",
    "Outbox",
    "Outcome",
    "RefusedByCollector",
    "RetryAfter",
    "Uploader",
    "send",
]
