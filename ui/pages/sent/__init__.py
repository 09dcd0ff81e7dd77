"""What has left this computer: every batch, what was in it, who opened it, and how to have it deleted."""

from ui.pages.sent.page import SentPage

__all__ = ["SentPage"]
