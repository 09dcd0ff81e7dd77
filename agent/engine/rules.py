"""The rules of redaction as this person and this computer want them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.redaction import Redactor

if TYPE_CHECKING:  # the engine is what is asked; only the type comes from there
    from agent.engine.engine import Engine


def rules(engine: Engine) -> Redactor:
    """Of now: with the employee's own words and identity, and what this session remembers."""
    choices = engine.stores.choices
    owner = engine.native.session.owner()
    return Redactor(choices.own_words, engine.redactor.session, owner, choices.home_address)
