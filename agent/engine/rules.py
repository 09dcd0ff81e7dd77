"""The rules of redaction as this person, this computer and the policy want them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from agent.protocol import Strictness
from agent.redaction import Redactor

if TYPE_CHECKING:  # the engine is what is asked; only the type comes from there
    from agent.engine.engine import Engine


#: Seconds between two checks.
RULES_EVERY: Final = 3600.0


def strictness(said: str) -> Strictness:
    """As a value of the type; what is none of them is the strictest."""
    return "light" if said == "light" else "balanced" if said == "balanced" else "strict"


def wanted(engine: Engine) -> Strictness:
    """The stricter of what policy and employee want; without a policy in force what the employee wants."""
    left = engine.effective
    return strictness(left.redaction if left is not None else engine.stores.choices.redaction)


def rules(engine: Engine) -> Redactor:
    """Of now: with the employee's own words and identity, and what this session remembers."""
    choices, session = engine.stores.choices, engine.redactor.session
    owner = engine.native.session.owner()
    return Redactor(choices.own_words, session, owner, choices.home_address, wanted(engine))
