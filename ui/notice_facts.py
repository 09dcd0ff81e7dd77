"""The notice as rows of name and value, short for the first layer, whole for the second. Pure but for the language."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from agent.protocol import Notice
from ui.text import in_fours, program_list, t
from ui.when import day, quiet_hours


def short_rows(notice: Notice) -> list[tuple[str, str]]:
    """What a person must know before they answer, each in one line."""
    who = t("notice.who.value", organisation=notice.organisation, address=notice.address)
    return [
        (t("notice.who"), t("notice.who.contact", who=who, contact=notice.privacy_contact)),
        (t("notice.why"), program_list([purpose.title for purpose in notice.purposes])),
        (t("notice.what"), t("notice.what.value")),
        (t("notice.never"), t("notice.never.value")),
        (t("notice.where"), t("notice.where.value", host=notice.collector_host, countries=_countries(notice))),
        (t("notice.open"), who_opens([person.name for person in notice.recipients])),
        (t("notice.long"), _how_long(notice)),
        (t("notice.not_used"), program_list([_use(use) for use in notice.forbidden_uses])),
        (t("notice.asked"), _stated(notice.worker_representation, notice.assessment)),
        (t("notice.rights"), t("notice.rights.value")),
        (t("notice.stop"), t("notice.stop.value")),
    ]


def full_rows(notice: Notice) -> list[tuple[str, str]]:
    """Every fact of the signed notice."""
    rows = short_rows(notice)
    rows += [
        (t("notice.purpose", title=purpose.title), _purpose(purpose.where, purpose.categories))
        for purpose in notice.purposes
    ]
    if notice.quiet_hours:
        rows.append((t("policy.quiet"), "; ".join(quiet_hours(row) for row in notice.quiet_hours)))
    rows += [
        (t("notice.effective"), day(notice.effective_from)),
        (t("notice.until"), day(notice.valid_until)),
        (t("notice.authority"), notice.authority or t("notice.not_stated")),
        (t("notice.serial"), str(notice.serial)),
        (t("notice.hash"), in_fours(notice.policy_hash)),
    ]
    return rows


def purpose_titles(notice: Notice | None, ids: Sequence[str]) -> str:
    """Purposes by their titles; one that the notice at hand does not name is told by its id."""
    titles = {purpose.id: purpose.title for purpose in notice.purposes} if notice is not None else {}
    return ", ".join(titles.get(each, each) for each in ids)


def who_opens(names: Sequence[str]) -> str:
    """Who can open what is sent; of two, that neither can alone."""
    named = program_list(list(names))
    return t("notice.open.both", who=named) if len(names) > 1 else named


def _purpose(where: str, categories: tuple[str, ...]) -> str:
    what = program_list([t(f"column.{category}") for category in categories]) or t("notice.nothing")
    return f"{where}. {what}." if where else f"{what}."


def _countries(notice: Notice) -> str:
    return program_list(list(notice.countries))


def _how_long(notice: Notice) -> str:
    return t("notice.long.value", here=notice.unreviewed_days, there=notice.retention_days)


def _use(use: str) -> str:
    key = f"use.{use}"
    return _or(lambda: t(key), use)


def _or(words: Callable[[], str], otherwise: str) -> str:
    try:
        return words()
    except KeyError:
        return otherwise


def _stated(*parts: str) -> str:
    said = [part for part in parts if part]
    return ". ".join(said) if said else t("notice.not_stated")
