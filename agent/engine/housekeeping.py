"""What is done every now and then: forget, let go what is due, delete what nobody let go in time, try what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from agent import consent
from agent.engine.looking_again import look_at_waiting
from agent.engine.sending import leave_due, send_due
from agent.problems import AgentError

if TYPE_CHECKING:  # the engine is what is kept in order; only the type comes from there
    from agent.engine.engine import Engine

HOUR: Final = 3600


def keep_house(engine: Engine, wall: int) -> None:
    """Each part by itself, so that what fails in one keeps no other from its work. Failures are shown, none ends us."""
    engine.redactor.forget()
    if engine.stores.opened is None:
        if engine.problems.has("store-failed"):
            engine.trying(engine.open_stores)
        elif _keystore_is_back(engine):
            engine.trying(engine.open_stores)  # with what was paused and excluded meanwhile
        return
    if engine.problems.has("store-failed"):
        _try_writing(engine, wall)
    engine.trying(lambda: look_at_waiting(engine))
    engine.trying(engine.uploads.take)
    engine.trying(lambda: send_due(engine))
    engine.trying(lambda: leave_due(engine))
    engine.trying(lambda: _expire(engine, wall))
    engine.trying(lambda: engine.delivery.forget_keys(wall))
    engine.trying(engine.asking.follow)
    engine.trying(lambda: _remember_time(engine, wall))
    engine.trying(lambda: _note_end(engine, wall))
    engine.trying(lambda: _leave(engine, wall))


def _keystore_is_back(engine: Engine) -> bool:
    """Only looked for without a prompt: nobody is asked for a password every half minute. And only where an answer lies
    that cannot be read: before a yes nothing is asked of a keystore.
    """
    return engine.problems.has("keystore-unavailable") and engine.stores.exists() and engine.stores.keystore.ready()


def _try_writing(engine: Engine, wall: int) -> None:
    """The disk was full: is there room again?"""
    try:
        engine.stores.open().profile.put("probe", wall)
    except AgentError:
        return
    engine.problems.clear("store-failed")


def _expire(engine: Engine, wall: int) -> None:
    engine.stores.open().records.expire(wall)


def _remember_time(engine: Engine, wall: int) -> None:
    """A clock that is set back extends nothing."""
    seen = consent.observe(engine.stores.consent, wall)
    if seen.latest - engine.stores.consent.latest >= HOUR:
        engine.stores.save_consent(seen)


def _leave(engine: Engine, wall: int) -> None:
    """The policy has ended and none has followed: what waits has nobody left to go to. Receipts and sent batches stay.

    Not while the clock is in doubt: a wrong year would destroy what is not over.
    """
    problem = engine.terms.problem(wall)
    if problem is None or problem.code != "policy-expired" or not engine.clock_ok():
        return
    engine.uploads.stop()
    count = engine.stores.open().records.clear() + engine.delivery.destroy_unsent(wall)
    if count:
        engine.journal.append("ended", wall, engine.terms.policy)


def _note_end(engine: Engine, wall: int) -> None:
    """An agreement that ran out is written down once."""
    state, policy = engine.stores.consent, engine.terms.policy
    if consent.standing(state, policy, wall) == "expired":
        engine.journal.ran_out(state, policy)
