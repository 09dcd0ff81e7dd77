"""Which programs nobody can switch on, as pure rules over what the operating system calls them."""

from agent.exclusion.classes import OWN, VERSION, protected_class

__all__ = ["OWN", "VERSION", "protected_class"]
