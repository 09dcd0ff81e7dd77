"""Keys become the text of a field."""

from agent.assembly.assembler import Assembler

__all__ = ["Assembler"]
