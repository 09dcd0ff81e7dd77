"""The pages the window asks for, built from what is true now. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from agent import consent, protocol, review
from agent.engine import receipts
from agent.engine.journal import plain
from agent.engine.looking_again import look_again
from agent.engine.rules import strictness
from agent.engine.snapshot import Facts
from agent.exclusion import protected_class
from agent.policy.effective import Effective, Settings, effective
from agent.policy.fingerprint import words
from agent.policy.hours import parse_hours
from agent.policy.keys import SUPPORTED
from agent.policy.load import Policy, notice_hash
from agent.policy.model import offered
from agent.problems import Invalid, Refused
from agent.protocol import Command, ProgramRow, Report
from agent.records import CATEGORIES, Cell, Program, State

if TYPE_CHECKING:  # the engine is what is asked; only the type comes from there
    from agent.engine.engine import Engine

#: Takes the very command it stands beside in PAGES.
Page: TypeAlias = Callable[["Engine", Any], Report]
DAY: Final = 86_400


def cell(purpose: str, category: str) -> Cell:
    """A cell of the grid. Raises ``Invalid`` for a category that does not exist."""
    for known in CATEGORIES:
        if category == known:
            return purpose, known
    raise Invalid("protocol-invalid", detail="an unknown category")


# ---------------------------------------------------------------- snapshot


def facts(engine: Engine) -> Facts:
    """Everything the snapshot is made of."""
    wall = engine.wall()
    opened, policy, choices = engine.stores.opened, engine.terms.policy, engine.stores.choices
    left = engine.effective
    sent = engine.delivery.sent()
    records = opened.records if opened is not None else None
    state = engine.stores.consent
    standing = consent.standing(state, policy, wall)
    unread = opened is None and engine.stores.exists()
    return Facts(
        consent=standing,
        consent_until=consent.valid_until(state) if standing == "given" else None,
        given=tuple(sorted(left.cells)) if left is not None else (),
        organisation=policy.notice.organisation.name if policy is not None else "",
        trial=engine.terms.trial is not None,
        hooks=engine.capture.hooks,
        indicator=engine.guards.indicator,
        front=engine.pipeline.front(),
        paused_until=choices.paused_until,
        asking_withdrawal=engine.asking_withdrawal,
        waiting=records.count(review.WAITING) if records is not None else 0,
        waiting_bytes=records.size(review.WAITING) if records is not None else 0,
        due_soon=records.due_before(wall + DAY, review.WAITING) if records is not None else 0,
        leaving=records.count(State.APPROVED) if records is not None else 0,
        leaving_at=choices.leaving_at,
        sending=sum(1 for row in sent if row.state in ("sealed", "uploading")),
        sent_today=sum(row.count for row in sent if row.sent_at is not None and row.sent_at >= wall - wall % DAY),
        sent_batches=sum(1 for row in sent if row.state == "acknowledged"),
        sent_items=sum(row.count for row in sent if row.state == "acknowledged"),
        decision=policy is not None
        and not unread
        and engine.terms.problem(wall) is None
        and consent.decision_needed(state, policy, wall),
        sending_mode=choices.sending,
        hold_hours=left.hold_hours if left is not None else 24,
        unreviewed_days=left.unreviewed_days if left is not None else 7,
        own_words=choices.own_words,
        home_address=choices.home_address,
        own=engine.redactor.own,
        redaction=engine.redactor.dial,
        redaction_chosen=strictness(choices.redaction),
        problems=engine.problems.all(),
        stopped=engine.problems.stops_capture(),
        unread=unread,
        quiet=left is not None and engine.guards.quiet,
        quiet_until=engine.quiet_until(),
        quiet_hours=tuple(protocol.QuietHours(row.days, row.start, row.end) for row in choices.quiet),
    )


# ---------------------------------------------------------------- pages


def notice(engine: Engine, command: Command) -> Report:
    """The notice in the asked language, from the signed file."""
    policy = engine.terms.policy
    if policy is None:
        raise engine.terms.problem(engine.wall()) or Refused("no-organisation")
    terms, language = policy.notice, engine.terms.language
    state, wall = engine.stores.consent, engine.wall()
    given = dict(consent.given_cells(state)) if consent.standing(state, policy, wall) == "given" else {}
    new = consent.pending(state, policy, wall) if given else frozenset()
    tickable = offered(policy)
    return protocol.Notice(
        re=command.id,
        notice=notice_hash(policy),
        organisation=terms.organisation.name,
        address=terms.organisation.address,
        privacy_contact=terms.organisation.privacy_contact,
        organisation_words=words(terms.organisation_key),
        purposes=tuple(
            protocol.Purpose(
                id=purpose.id,
                title=_in(purpose.title, language),
                where=_in(purpose.where, language),
                categories=tuple(c for c in CATEGORIES if (purpose.id, c) in tickable),
                later=tuple(c for c in purpose.categories if c in policy.limits.categories and c not in SUPPORTED),
            )
            for purpose in terms.purposes
        ),
        recipients=tuple(
            protocol.Person(name=recipient.name, role=recipient.role, key_words=words(recipient.key))
            for recipient in terms.recipients
        ),
        collector_host=terms.collector_host,
        countries=terms.countries,
        retention_days=terms.retention_days,
        unreviewed_days=policy.limits.unreviewed_days,
        hold_hours=policy.limits.hold_hours,
        forbidden_uses=terms.forbidden_uses,
        worker_representation=_joined(terms.worker_representation.body, terms.worker_representation.agreement),
        assessment=_joined(terms.assessment.id, terms.assessment.date),
        authority=_joined(terms.authority.name, terms.authority.url),
        effective_from=terms.effective_from,
        valid_until=policy.not_after,
        require_asking=policy.limits.require_asking,
        redaction=strictness(policy.limits.redaction),
        quiet_hours=tuple(
            protocol.QuietHours(row.days, row.start, row.end)
            for text in policy.limits.quiet_hours
            if (row := parse_hours(text)) is not None
        ),
        new_cells=tuple(sorted(new)),
        again=tuple(sorted(new & given.keys())),
        changes=plain(consent.asked_anew(state, policy, wall)) if given else (),
        given_at=state.decided_at if given else None,
        serial=policy.serial,
        policy_hash=policy.hash,
    )


def _in(texts: dict[str, str], language: str) -> str:
    """The text in a language, else in English, else in whatever there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def programs(engine: Engine, command: Command) -> Report:
    """Installed programs and those the notice names."""
    return protocol.Programs(re=command.id, rows=program_rows(engine))


_ORDER: Final = {"collect": 0, "dont-collect": 1, "not-allowed": 2, "protected": 3}


def program_rows(engine: Engine) -> tuple[ProgramRow, ...]:
    """One row per program: what may happen in it, and who says so."""
    policy, choices = engine.terms.policy, engine.stores.choices
    found = {program.id: program for program in engine.native.installed.programs()}
    if policy is not None:
        for purpose in policy.notice.purposes:
            for name in purpose.programs:
                if name != "*":
                    found.setdefault(name, Program(name, name.capitalize()))
    for name in choices.collect_in | choices.excluded:
        found.setdefault(name, Program(name, name.capitalize()))
    rows = [_program_row(program, policy, choices.collect_in) for program in found.values()]
    return tuple(sorted(rows, key=lambda row: (_ORDER[row.standing], row.name.casefold(), row.id)))


def _program_row(program: Program, policy: Policy | None, collect_in: frozenset[str]) -> ProgramRow:
    kind = protected_class(program)
    if kind is not None:
        return ProgramRow(id=program.id, name=program.name, standing="protected", protected_class=kind)
    asked = policy is not None and any(
        program.id in purpose.programs or "*" in purpose.programs for purpose in policy.notice.purposes
    )
    denied = policy is not None and bool(program.known_as() & set(policy.limits.programs_denied))
    if not asked or denied:
        return ProgramRow(id=program.id, name=program.name, standing="not-allowed")
    standing = "collect" if program.id in collect_in else "dont-collect"
    return ProgramRow(id=program.id, name=program.name, standing="collect" if standing == "collect" else "dont-collect")


def waiting(engine: Engine, command: protocol.GetWaiting) -> Report:
    """A page of what has not left."""
    opened = engine.stores.opened
    if opened is None:
        return protocol.Waiting(re=command.id, total=0, size=0, rows=())
    mode, hold = engine.stores.choices.sending, _hold_hours(engine)
    look_again(
        engine, opened.records.rows(review.WAITING, max(0, command.offset), max(0, min(command.limit, review.PAGE)))
    )
    return review.waiting(
        opened.records, re=command.id, offset=max(0, command.offset), limit=command.limit, mode=mode, hold_hours=hold
    )


def _hold_hours(engine: Engine) -> int:
    return engine.effective.hold_hours if engine.effective is not None else 24


def record(engine: Engine, command: protocol.GetRecord) -> Report:
    """One waiting record, readable and byte for byte."""
    opened = engine.stores.opened
    stored = opened.records.get(command.row) if opened is not None else None
    if stored is not None and opened is not None and look_again(engine, (stored,)):
        stored = opened.records.get(command.row)
    if stored is None:
        raise Refused("record-gone")
    return review.record(stored, re=command.id)


def history(engine: Engine, command: Command) -> Report:
    """Ledger and journal as one, newest first."""
    rows = [
        protocol.HistoryRow(at=entry.at, kind=entry.kind, facts=dict(entry.facts), hash=entry.hash)
        for entry in engine.stores.history()
    ]
    rows += [
        protocol.HistoryRow(
            at=event.at,
            kind=event.kind,
            facts={"notice": event.notice, "serial": str(event.serial), "count": str(len(event.cells))},
            hash="",
            changes=event.changes,
        )
        for event in engine.journal.events()
    ]
    return protocol.History(re=command.id, rows=tuple(sorted(rows, key=lambda row: row.at, reverse=True)))


def receipts_(engine: Engine, command: Command) -> Report:
    """What was answered, newest first; the documents are asked for one by one."""
    return protocol.Receipts(
        re=command.id,
        rows=tuple(
            protocol.ReceiptRow(number=number, at=receipt.at, kind=receipt.kind, cells=receipt.cells)
            for number, receipt in receipts.kept(engine.stores).items()
        ),
    )


def receipt(engine: Engine, command: protocol.GetReceipt) -> Report:
    """One of them, as it is kept. Raises ``Refused('receipt-gone')``."""
    found = receipts.one(engine.stores, command.number)
    return protocol.Receipt(
        re=command.id, number=command.number, at=found.at, kind=found.kind, document=receipts.text(found).decode()
    )


def asked(policy: Policy) -> Effective:
    """Everything the policy asks for, as if all of it had been agreed to."""
    return effective(policy, offered(policy), Settings())


PAGES: Final[dict[type[Command], Page]] = {
    protocol.GetNotice: notice,
    protocol.GetPrograms: programs,
    protocol.GetWaiting: waiting,
    protocol.GetRecord: record,
    protocol.GetReceipts: receipts_,
    protocol.GetReceipt: receipt,
}
