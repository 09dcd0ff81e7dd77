"""Dates and times as the person's locale writes them; all input is Unix seconds."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale

from agent.protocol import QuietHours
from ui.text import current, listed, locale, t


def _local(at: int) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(at)


def seconds(at: int) -> str:
    """``14:06:41``: the first column of the live list, always the same width."""
    return _local(at).toString("HH:mm:ss")


def clock(at: int) -> str:
    """``14:06``"""
    return locale().toString(_local(at).time(), QLocale.FormatType.ShortFormat)


def day(at: int) -> str:
    """``24 November 2026``, as the locale orders it, without the weekday."""
    language = locale()
    return language.toString(_local(at).date(), "d. MMMM yyyy" if t("when.dot_after_day") == "yes" else "d MMMM yyyy")


def short_day(at: int) -> str:
    """``24 Nov``: for rows."""
    return locale().toString(_local(at).date(), "d. MMM" if t("when.dot_after_day") == "yes" else "d MMM")


def clock_or_day(at: int, now: int) -> str:
    """The time if ``at`` is on the day of ``now``, else weekday and time: the end of a pause."""
    there = _local(at)
    if there.date() == _local(now).date():
        return clock(at)
    return f"{locale().toString(there.date(), 'dddd')} {clock(at)}"


def size(count: int) -> str:
    """Bytes as people read them: ``38 KB``."""
    return locale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def short_weekday(day: int) -> str:
    """``Mon`` for 0."""
    return locale().dayName(day + 1, QLocale.FormatType.ShortFormat).rstrip(".")


def clock_of(minute: int) -> str:
    """``18:00`` for 1080 minutes after midnight."""
    return f"{minute // 60:02}:{minute % 60:02}"


def quiet_hours(row: QuietHours) -> str:
    """``Mon, Tue and Wed, 18:00 to 09:00 of the next day``."""
    days = listed([short_weekday(day) for day in row.days], current())
    key = "quiet.all_day" if row.start == row.end == 0 else "quiet.same" if row.end > row.start else "quiet.next"
    return t(key, days=days, start=clock_of(row.start), end=clock_of(row.end))
