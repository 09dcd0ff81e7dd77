"""What has left this computer: every batch, what was in it, who opened it, and how to have it deleted."""

from typing import Final

from ui.pages.sent.held import HELD
from ui.pages.sent.page import SentPage

#: Codes of what the page says itself, beside the batch it is about.
SAID_THERE: Final = (*HELD, "deletion-unconfirmed", "openings-changed", "openings-unreachable")

__all__ = ["HELD", "SAID_THERE", "SentPage"]
