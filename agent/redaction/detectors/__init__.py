"""One file per kind of thing to take out."""

from agent.redaction.detectors.base import Detector
from agent.redaction.detectors.card import Cards
from agent.redaction.detectors.email import Emails
from agent.redaction.detectors.own_words import OwnWords
from agent.redaction.detectors.password import Passwords

__all__ = ["Cards", "Detector", "Emails", "OwnWords", "Passwords"]
