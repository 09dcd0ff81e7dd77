"""Which programs, pages and windows nobody can switch on, as pure rules over what the operating system calls them."""

from agent.exclusion.classes import OWN, VERSION, protected_class
from agent.exclusion.pages import is_browser, page_reason, protected_host

__all__ = ["OWN", "VERSION", "is_browser", "page_reason", "protected_class", "protected_host"]
