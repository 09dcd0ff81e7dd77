"""What waits on this computer: the list at the left, one record at the right, byte for byte."""

from ui.pages.waiting.page import WaitingPage

__all__ = ["WaitingPage"]
