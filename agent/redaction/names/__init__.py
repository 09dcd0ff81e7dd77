"""Personal names in text, by a small model of our own."""

from agent.redaction.names.decoder import ROUNDS, Decoder
from agent.redaction.names.disguise import revealed
from agent.redaction.names.model import Model, read, shipped

__all__ = ["ROUNDS", "Decoder", "Model", "read", "revealed", "shipped"]
