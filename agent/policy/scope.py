"""What exactly one cell's yes covers, and when something else is still covered by it. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace

from agent.policy.hours import week_of
from agent.policy.keys import CATEGORY_FIELDS, STRICTNESS, SUPPORTED
from agent.policy.model import Policy, digest, encoded, offered
from agent.records import CATEGORIES, Category


@dataclass(frozen=True, slots=True)
class Scope:
    """Every fact a yes to one cell covers. Lists are sorted, so that equal facts have equal bytes.

    title, where: (language, text). recipients: (id, role, name, suite, key). programs: ids, or ``*``.
    """

    organisation: str
    organisation_name: str
    organisation_country: str
    organisation_key: str
    purpose: str
    title: tuple[tuple[str, str], ...]
    where: tuple[tuple[str, str], ...]
    category: str
    fields: tuple[str, ...]
    programs: tuple[str, ...]
    programs_denied: tuple[str, ...]
    recipients: tuple[tuple[str, str, str, str, str], ...]
    collector_host: str
    countries: tuple[str, ...]
    retention_days: int
    forbidden_uses: tuple[str, ...]
    hold_hours: int
    unreviewed_days: int
    require_asking: bool
    quiet_hours: tuple[str, ...]
    redaction: str

    def hash(self) -> str:
        """SHA-256 of the RFC 8785 bytes, lower-case hex."""
        return digest(self.to_json())

    def to_json(self) -> dict[str, object]:
        """Plain values; tuples become lists."""
        return {name: _listed(value) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, value: object) -> Scope | None:
        """What ``to_json`` wrote; None for anything else."""
        if not isinstance(value, dict) or set(value) != {field.name for field in fields(cls)}:
            return None
        parsed = {name: _tupled(part) for name, part in value.items()}
        scope = cls(**parsed)  # type: ignore[arg-type]  # the shapes are checked by the next lines
        return scope if _shaped(scope) else None

    def covers(self, now: Scope) -> bool:
        """Does a yes to this scope cover ``now``? True for the same facts and for fewer; any new fact is a no."""
        same = ("organisation", "organisation_key", "organisation_country", "purpose", "category", "collector_host")
        return (
            all(getattr(self, name) == getattr(now, name) for name in same)
            and self.organisation_name == now.organisation_name
            and self.title == now.title
            and self.where == now.where
            and set(now.fields) <= set(self.fields)
            and _fewer_programs(self, now)
            # Not a subset: where two are needed to open, leaving out one lets the other open alone.
            and now.recipients == self.recipients
            and set(now.countries) <= set(self.countries)
            and now.retention_days <= self.retention_days
            and set(now.forbidden_uses) >= set(self.forbidden_uses)
            and now.hold_hours >= self.hold_hours
            and now.unreviewed_days <= self.unreviewed_days
            and now.require_asking >= self.require_asking
            and _as_quiet(self, now)
            and STRICTNESS.index(now.redaction) >= STRICTNESS.index(self.redaction)
        )

    def goes_no_further(self, now: Scope) -> bool:
        """May what was collected under this scope go where ``now`` says, to be used and kept as ``now`` says?

        Only what happens after it has left counts: in which programs and how carefully it was collected is past.
        """
        past = (
            "fields",
            "programs",
            "programs_denied",
            "hold_hours",
            "unreviewed_days",
            "require_asking",
            "quiet_hours",
            "redaction",
        )
        return self.covers(replace(now, **{name: getattr(self, name) for name in past}))


def _fewer_programs(then: Scope, now: Scope) -> bool:
    """Only programs that were reached then. What was denied stays denied: it may be another name of one asked for."""
    asked = "*" in then.programs or set(now.programs) <= set(then.programs)
    return asked and set(then.programs_denied) <= set(now.programs_denied)


def _as_quiet(then: Scope, now: Scope) -> bool:
    """Every minute that was quiet then is quiet now, however it is written."""
    before = week_of(then.quiet_hours)
    return before & week_of(now.quiet_hours) == before


def scope(policy: Policy, purpose_id: str, category: str) -> Scope | None:
    """What the cell covers under this policy; None if the policy does not offer the cell."""
    purpose = policy.purpose(purpose_id)
    if purpose is None or (purpose_id, category) not in offered(policy):
        return None
    notice, limits = policy.notice, policy.limits
    return Scope(
        organisation=notice.organisation.id,
        organisation_name=notice.organisation.name,
        organisation_country=notice.organisation.country,
        organisation_key=encoded(notice.organisation_key),
        purpose=purpose.id,
        title=tuple(sorted(purpose.title.items())),
        where=tuple(sorted(purpose.where.items())),
        category=category,
        fields=CATEGORY_FIELDS[category],
        programs=tuple(sorted(set(purpose.programs))),
        programs_denied=tuple(sorted(set(limits.programs_denied))),
        recipients=tuple(sorted((r.id, r.role, r.name, r.suite, encoded(r.key)) for r in notice.recipients)),
        collector_host=notice.collector_host,
        countries=tuple(sorted(set(notice.countries))),
        retention_days=notice.retention_days,
        forbidden_uses=tuple(sorted(set(notice.forbidden_uses))),
        hold_hours=limits.hold_hours,
        unreviewed_days=limits.unreviewed_days,
        require_asking=limits.require_asking,
        quiet_hours=tuple(sorted(set(limits.quiet_hours))),
        redaction=limits.redaction,
    )


def scope_hash(policy: Policy, purpose_id: str, category: str) -> str:
    """Hash of what the cell covers; empty if the policy does not offer it."""
    found = scope(policy, purpose_id, category)
    return "" if found is None else found.hash()


def is_narrower(old: Policy, new: Policy) -> bool:
    """Does ``new`` allow nothing that ``old`` did not? The same counts as narrower.

    Every cell ``new`` offers is covered by the same cell of ``old``, it ends no later, begins no earlier,
    and is delivered to the same place.
    """
    return (
        new.not_after <= old.not_after
        and new.notice.effective_from >= old.notice.effective_from
        and new.delivery == old.delivery
        and all(
            (then := scope(old, purpose, category)) is not None
            and (now := scope(new, purpose, category)) is not None
            and then.covers(now)
            for purpose, category in offered(new)
        )
    )


def category(name: str) -> Category | None:
    """The category of that name, None if there is none this version can collect."""
    return next((known for known in CATEGORIES if known == name and known in SUPPORTED), None)


def _listed(value: object) -> object:
    return [_listed(item) for item in value] if isinstance(value, tuple) else value


def _tupled(value: object) -> object:
    return tuple(_tupled(item) for item in value) if isinstance(value, list) else value


_TEXT = ("organisation", "organisation_name", "organisation_country", "organisation_key", "purpose", "category",
         "collector_host")  # fmt: skip
_TEXTS = ("fields", "programs", "programs_denied", "countries", "forbidden_uses", "quiet_hours")
_ROWS = {"title": 2, "where": 2, "recipients": 5}
_NUMBERS = ("retention_days", "hold_hours", "unreviewed_days")


def _shaped(found: Scope) -> bool:
    return (
        all(isinstance(getattr(found, name), str) for name in _TEXT)
        and all(_texts(getattr(found, name)) for name in _TEXTS)
        and all(
            isinstance(rows := getattr(found, name), tuple) and all(_texts(row) and len(row) == size for row in rows)
            for name, size in _ROWS.items()
        )
        and all(type(getattr(found, name)) is int for name in _NUMBERS)
        and found.redaction in STRICTNESS
        and type(found.require_asking) is bool
    )


def _texts(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
