"""The one place that says yes: consent, policy, settings and guards asked in a fixed order, the first no decides. Pure.

Nothing here can turn a no into a yes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from agent.exclusion import OWN, page_reason, protected_class
from agent.policy.effective import Effective
from agent.protocol import Why
from agent.records import Admitted, Attributed, Category, Dropped, Program, RawPage, RawPointer, Reason, Secure


@dataclass(frozen=True, slots=True)
class Guards:
    """What is true at this moment. As made without arguments it lets nothing through.

    paused: by the employee. withdraw_question: it is on the screen. quiet: quiet hours. expired: the consent has run
    out. policy_ok: a policy is in force now. locked: the session, None if it cannot be told. indicator: the engine
    itself sees the sign on every monitor. clock_ok: wall and boot clock agree. own_windows: windows of our own.
    expired and policy_ok only name the reason: without a valid consent and policy nothing is effective anyway.
    """

    paused: bool = True
    withdraw_question: bool = True
    quiet: bool = True
    locked: bool | None = None
    indicator: bool = False
    clock_ok: bool = False
    redactor_ok: bool = False
    store_ok: bool = False
    overloaded: bool = False
    expired: bool = False
    policy_ok: bool = True
    own_windows: frozenset[int] = frozenset()


def may(
    category: Category, program: Program | None, effective: Effective | None, guards: Guards
) -> tuple[str, ...] | Reason:
    """The purposes something of this category may be collected for in ``program`` now, or why it may not.

    For what is typed and clicked ``admit`` asks more: the window, the page and the field.
    """
    decided = _program(category, program, effective, guards)
    return decided if isinstance(decided, Reason) else _health(guards) or decided


def may_show(
    category: Category, program: Program | None, page: RawPage | None, effective: Effective | None, guards: Guards
) -> tuple[str, ...] | Reason:
    """As ``may``, for something a window shows now: of a browser also the page must be known and allowed."""
    decided = may(category, program, effective, guards)
    if isinstance(decided, Reason) or program is None:
        return decided
    return page_reason(program, page) or decided


def admit(category: Category, event: Attributed, effective: Effective | None, guards: Guards) -> Admitted | Dropped:
    """Let a key or pointer event through for ``category``, or say why not. Unknown counts as no."""
    window, program = event.window, event.program
    purposes = _program(category, program, effective, guards)
    if isinstance(purposes, Reason):
        return Dropped(purposes, program)
    reason = _page(event) or _field(event, guards) or _health(guards)
    if reason is not None or window is None or program is None:
        return Dropped(reason or Reason.UNKNOWN_FIELD, program)
    return Admitted(event.event, window, program, event.field or "", purposes)


def why(reason: Reason | None) -> Why:
    """The four answers behind a live line: up to the first no, and ``not-asked`` after it. None: all four said yes."""
    if reason is None:
        return Why(consent="yes", policy="yes", settings="yes", guards="yes")
    said = [_answer(_STAGES.index(_DECIDED_BY[reason]), place) for place in range(len(_STAGES))]
    return Why(consent=said[0], policy=said[1], settings=said[2], guards=said[3])


def _answer(decisive: int, place: int) -> Literal["yes", "no", "not-asked"]:
    if place < decisive:
        return "yes"
    return "no" if place == decisive else "not-asked"


def _program(
    category: Category, program: Program | None, effective: Effective | None, guards: Guards
) -> tuple[str, ...] | Reason:
    """Everything up to the program: agreement, policy, choices, session, protected classes."""
    refused = _agreement(category, effective, guards)
    if refused is not None or effective is None:
        return refused or Reason.NO_CONSENT
    decided = None if program is None else effective.decide(category, program)
    if isinstance(decided, Reason):
        return decided
    stopped = _session(guards)
    if stopped is not None or program is None or decided is None:
        return stopped or Reason.UNKNOWN_PROGRAM
    kind = protected_class(program)
    if kind is not None:
        return Reason.OWN_WINDOW if kind == OWN else Reason.PROTECTED
    return decided


def _agreement(category: Category, effective: Effective | None, guards: Guards) -> Reason | None:
    if guards.expired:
        return Reason.CONSENT_EXPIRED
    if not guards.policy_ok:
        return Reason.POLICY
    if effective is None or all(cell != category for _, cell in effective.cells):
        return Reason.NO_CONSENT
    return None


def _session(guards: Guards) -> Reason | None:
    if guards.paused or guards.withdraw_question:
        return Reason.PAUSED
    if guards.quiet:
        return Reason.QUIET_HOURS
    if not guards.indicator:
        return Reason.NO_INDICATOR
    if guards.locked is not False:
        return Reason.LOCKED
    return None if guards.clock_ok else Reason.CLOCK


def _page(event: Attributed) -> Reason | None:
    return page_reason(event.program, event.page) if event.program is not None else None


def _field(event: Attributed, guards: Guards) -> Reason | None:
    if event.window in guards.own_windows:
        return Reason.OWN_WINDOW
    if event.secure is Secure.YES:
        return Reason.PASSWORD
    known = event.secure is Secure.NO and event.window is not None and event.event.window == event.window
    # A press is told no field: it may be what moves the focus into one.
    named = event.field is not None or isinstance(event.event, RawPointer)
    return None if known and named else Reason.UNKNOWN_FIELD


def _health(guards: Guards) -> Reason | None:
    if not guards.redactor_ok:
        return Reason.REDACTION
    if guards.overloaded:
        return Reason.OVERLOADED
    return None if guards.store_ok else Reason.STORE


_STAGES: Final = ("consent", "policy", "settings", "guards")
_DECIDED_BY: Final[dict[Reason, str]] = {
    **dict.fromkeys(Reason, "guards"),
    Reason.NO_CONSENT: "consent",
    Reason.CONSENT_EXPIRED: "consent",
    Reason.POLICY: "policy",
    Reason.NOT_CHOSEN: "settings",
    Reason.EXCLUDED: "settings",
    Reason.PAUSED: "settings",
    Reason.QUIET_HOURS: "settings",
}
