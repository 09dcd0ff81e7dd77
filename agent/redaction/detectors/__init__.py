"""One file per kind of thing to take out."""

from agent.redaction.detectors.address import Addresses
from agent.redaction.detectors.base import Detector
from agent.redaction.detectors.births import Births
from agent.redaction.detectors.card import Cards
from agent.redaction.detectors.documents import Documents
from agent.redaction.detectors.email import Emails
from agent.redaction.detectors.iban import Ibans
from agent.redaction.detectors.identity import Identity
from agent.redaction.detectors.names import Names
from agent.redaction.detectors.network import Network
from agent.redaction.detectors.own_identity import OwnIdentity, known_of, probes_of
from agent.redaction.detectors.own_words import OwnWords
from agent.redaction.detectors.password import Passwords
from agent.redaction.detectors.phone import Phones
from agent.redaction.detectors.position import Positions
from agent.redaction.detectors.secret import Secrets
from agent.redaction.detectors.wallet import Wallets

__all__ = [
    "Addresses",
    "Births",
    "Cards",
    "Detector",
    "Documents",
    "Emails",
    "Ibans",
    "Identity",
    "Names",
    "Network",
    "OwnIdentity",
    "OwnWords",
    "Passwords",
    "Phones",
    "Positions",
    "Secrets",
    "Wallets",
    "known_of",
    "probes_of",
]
