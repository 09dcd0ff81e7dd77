"""Takes private things out of text before anything is written."""

from agent.redaction.redactor import RULES, RedactionFailed, Redactor
from agent.redaction.session import Session

__all__ = ["RULES", "RedactionFailed", "Redactor", "Session"]
