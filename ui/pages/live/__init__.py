"""The page that shows, line by line, what is kept and what is not. Its lines live in memory only."""

from ui.pages.live.lines import LiveLines
from ui.pages.live.page import LivePage

__all__ = ["LiveLines", "LivePage"]
