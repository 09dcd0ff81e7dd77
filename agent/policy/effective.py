"""What is left of a consent after policy and the employee's own settings: intersections only, nothing adds. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from agent.policy.hours import Hours, week, week_of
from agent.policy.keys import BY_PATH, STRICTNESS, Key
from agent.policy.model import Policy, offered
from agent.records import Category, Cell, Program, Reason

Sending: TypeAlias = Literal["", "ask", "hold"]

#: Where a value comes from: the table's default, the organisation's file, or the employee.
Origin: TypeAlias = Literal["default", "policy", "employee"]

ANY: Final = "*"


@dataclass(frozen=True, slots=True)
class Settings:
    """The employee's own choices. collect_in: program ids ticked. excluded: ids never to collect in.

    sending: ``ask`` each time, ``hold`` and then send, or nothing chosen yet. quiet: own quiet hours.
    redaction: how much is taken out of texts, one of ``STRICTNESS``.
    """

    collect_in: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    sending: Sending = ""
    quiet: tuple[Hours, ...] = ()
    redaction: str = "balanced"


@dataclass(frozen=True, slots=True)
class Effective:
    """What may be collected where, before the runtime guards are asked.

    cells: what the employee agreed to and the policy still asks for. programs: of each purpose, ``*`` for all.
    denied: by the policy. unreviewed_days: then unreviewed records are deleted. quiet: minutes of the week in which
    policy or employee want nothing collected (``agent.policy.hours``). redaction: the stricter of what policy and
    employee want taken out of texts. origins: of the four values before quiet.
    """

    cells: frozenset[Cell]
    programs: dict[str, frozenset[str]]
    denied: frozenset[str]
    collect_in: frozenset[str]
    excluded: frozenset[str]
    hold_hours: int
    unreviewed_days: int
    require_asking: bool
    sending: Sending
    quiet: int
    redaction: str
    origins: dict[str, Origin]

    def decide(self, category: Category, program: Program) -> tuple[str, ...] | Reason:
        """The purposes it may be collected for, sorted and never empty; or the first reason why not."""
        agreed = sorted(purpose for purpose, cell in self.cells if cell == category)
        if not agreed:
            return Reason.NO_CONSENT
        names = program.known_as()
        asked = [
            purpose
            for purpose in agreed
            if ANY in self.programs.get(purpose, ()) or program.id in self.programs.get(purpose, ())
        ]
        if not asked or names & self.denied:
            return Reason.POLICY
        if names & self.excluded:
            return Reason.EXCLUDED
        if program.id not in self.collect_in:
            return Reason.NOT_CHOSEN
        return tuple(asked)

    def covers(self, category: Category, program_id: str, purposes: tuple[str, ...]) -> bool:
        """Is what was collected in that program for all these purposes still agreed to and asked for?

        An exclusion is not asked: it says what is collected from now on, and what to do with the rest is asked beside.
        """
        return program_id not in self.denied and all(
            (purpose, category) in self.cells and not {ANY, program_id}.isdisjoint(self.programs.get(purpose, ()))
            for purpose in purposes
        )

    def purposes(self, category: Category, program: Program) -> tuple[str, ...]:
        """As ``decide``, empty for a no."""
        decided = self.decide(category, program)
        return () if isinstance(decided, Reason) else decided


def effective(policy: Policy, granted: frozenset[Cell], settings: Settings) -> Effective:
    """The intersection. granted: cells the employee's consent covers now (``consent.granted``)."""
    limits = policy.limits
    asking = limits.require_asking
    return Effective(
        cells=granted & offered(policy),
        programs={purpose.id: frozenset(purpose.programs) for purpose in policy.notice.purposes},
        denied=frozenset(name.lower() for name in limits.programs_denied),
        collect_in=settings.collect_in,
        excluded=frozenset(name.lower() for name in settings.excluded),
        hold_hours=max(_default(BY_PATH["limits.hold_hours"]), limits.hold_hours),
        unreviewed_days=min(_default(BY_PATH["limits.unreviewed_days"]), limits.unreviewed_days),
        require_asking=asking,
        sending="ask" if asking else settings.sending,
        quiet=week_of(limits.quiet_hours) | week(settings.quiet),
        redaction=max(limits.redaction, settings.redaction, key=STRICTNESS.index),
        origins={
            "hold_hours": _origin(policy, "limits.hold_hours"),
            "unreviewed_days": _origin(policy, "limits.unreviewed_days"),
            "require_asking": _origin(policy, "limits.require_asking"),
            "sending": "policy" if asking else "employee" if settings.sending else "default",
        },
    )


def _default(key: Key) -> int:
    if type(key.default) is not int:
        raise TypeError(f"{key.path} has no number as its default")
    return key.default


def _origin(policy: Policy, path: str) -> Origin:
    return "policy" if path in policy.stated else "default"
