"""Dates and times as the person's locale writes them; all input is Unix seconds."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale

from ui.text import locale, t


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
