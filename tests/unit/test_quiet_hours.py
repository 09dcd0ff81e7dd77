"""Quiet hours: what a week is, that sources only add up, and that nothing is collected in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent import protocol
from agent.engine.deciding import Clocks
from agent.engine.stores import Choices
from agent.policy.effective import Settings, effective
from agent.policy.hours import DAYS, Hours, ends, is_quiet, parse_hours, week, week_of
from agent.policy.load import Policy, parse
from agent.policy.mistakes import PolicyInvalid
from agent.policy.model import offered
from agent.protocol import Done, QuietHours
from tests.fakes.desktop import TERMINAL
from tests.fakes.enginehouse import House
from tests.fakes.organisation import NOW, make_policy

#: Monday.
MONDAY = datetime(2026, 11, 23, 0, 0)  # noqa: DTZ001  # the clock on the wall has no zone
WHOLE = (1 << 7 * 1440) - 1
HOURS = st.builds(
    lambda days, start, end: Hours(tuple(sorted(days)), start, end),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(0, 1439),
    st.integers(0, 1439),
)


def policy(*texts: str) -> Policy:
    return parse(make_policy(**{"limits.quiet_hours": list(texts)})[0], NOW)


@given(HOURS)
def test_text_and_back(hours: Hours) -> None:
    assert parse_hours(str(hours)) == hours
    assert week_of([str(hours)]) == hours.minutes() == week([hours])


@pytest.mark.parametrize(
    "text",
    ["", "mon", "18:00-09:00", "mon 24:00-09:00", "mon 18:60-09:00", "tue mon 18:00-09:00", "mon mon 18:00-09:00",
     "mon  tue 18:00-09:00", "Mon 18:00-09:00", "mon 18:00-09:00 ", "mon 18-9", "mon ١٨:00-09:00"],
)  # fmt: skip
def test_anything_else_is_no_quiet_hours_and_counts_as_all_of_the_week(text: str) -> None:
    assert parse_hours(text) is None
    assert week_of([text]) == WHOLE


@pytest.mark.parametrize(
    ("days", "start", "end"),
    [((), 0, 1), ((7,), 0, 1), ((-1,), 0, 1), ((1, 0), 0, 1), ((0, 0), 0, 1), ((0,), -1, 1), ((0,), 0, 1440)],
)
def test_hours_no_week_has(days: tuple[int, ...], start: int, end: int) -> None:
    with pytest.raises(ValueError, match="these are not"):
        Hours(days, start, end)


@given(HOURS, st.integers(0, 7 * 1440 - 1), st.integers(0, 59))
def test_a_moment_is_quiet_as_a_person_would_say(hours: Hours, minute: int, second: int) -> None:
    local = MONDAY + timedelta(minutes=minute, seconds=second)
    day, at = local.weekday(), local.hour * 60 + local.minute
    today, before = day in hours.days, (day - 1) % 7 in hours.days
    if hours.start < hours.end:
        expected = today and hours.start <= at < hours.end
    else:
        expected = (today and at >= hours.start) or (before and at < hours.end)
    assert is_quiet(hours.minutes(), local) is expected


@given(st.lists(HOURS, max_size=3), st.integers(0, 7 * 1440 - 1), st.integers(0, 59))
def test_the_end_is_the_first_moment_that_is_not(rows: list[Hours], minute: int, second: int) -> None:
    minutes, local = week(rows), MONDAY + timedelta(minutes=minute, seconds=second)
    end = ends(minutes, local)
    if end is None:
        assert minutes == WHOLE
        return
    assert not is_quiet(minutes, end)
    between = local
    while between < end and is_quiet(minutes, between):
        between += timedelta(minutes=1)
    assert between.replace(second=0) == end


@given(st.lists(HOURS, max_size=3), st.lists(HOURS, max_size=3), st.lists(HOURS, max_size=3))
def test_sources_only_add_up(asked: list[Hours], own: list[Hours], more: list[Hours]) -> None:
    texts = sorted({str(row) for row in asked})
    base = policy(*texts)
    one = effective(base, offered(base), Settings(quiet=tuple(own)))
    two = effective(base, offered(base), Settings(quiet=(*own, *more)))
    assert one.quiet & two.quiet == one.quiet
    assert one.quiet & week(asked) == week(asked)
    assert effective(base, offered(base), Settings()).quiet == week(asked)


def test_a_policy_that_says_it_wrong_is_refused_whole() -> None:
    for wrong in (
        ["mon"],
        ["mon 09:00-17:00"] * 2,
        "mon 09:00-17:00",
        [1],
        [f"mon 00:{m:02}-01:00" for m in range(15)],
    ):
        with pytest.raises(PolicyInvalid) as raised:
            parse(make_policy(**{"limits.quiet_hours": wrong})[0], NOW)
        assert [mistake.place for mistake in raised.value.mistakes] == ["limits.quiet_hours"]


def test_choices_read_back_and_anything_damaged_is_the_narrowest() -> None:
    choices = Choices(quiet=(Hours((0, 1), 1080, 540),))
    assert Choices.from_json(choices.to_json()) == choices
    for wrong in (None, "x", ["x"], [1], ["mon 09:00-17:00", "x"]):
        assert Choices.from_json({**choices.to_json(), "quiet": wrong}).paused_until == 0


# ---------------------------------------------------------------- the engine


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.agree("mousepad", cells=("text",))
    yield made
    made.engine.stop()


def local(house: House) -> datetime:
    return datetime.fromtimestamp(house.wall)  # noqa: DTZ006  # as the engine reads it


def hours(start: datetime, end: datetime, days: tuple[int, ...] | None = None) -> QuietHours:
    return QuietHours(days or (start.weekday(),), start.hour * 60 + start.minute, end.hour * 60 + end.minute)


def set_hours(house: House, *rows: QuietHours) -> None:
    done = house.ask(protocol.SetQuietHours, rows=rows)
    assert isinstance(done, Done)
    assert done.problem == ""


def test_quiet_hours_begin_while_typing_and_end_by_themselves(house: House) -> None:
    begin = local(house).replace(second=0) + timedelta(minutes=2)
    set_hours(house, hours(begin, begin + timedelta(minutes=10)))
    house.types("typed before")
    while local(house) < begin:
        house.later(1)
    snapshot = house.snapshot
    assert (snapshot.state, snapshot.hooks, snapshot.categories) == ("quiet", False, ())
    assert snapshot.quiet_until == int((begin + timedelta(minutes=10)).timestamp())
    kept = house.texts()
    assert "".join(kept) == "typed before"
    house.types("typed in quiet hours")
    house.goes_to(TERMINAL)
    assert house.texts() == kept
    house.later(11 * 60, step=5)
    assert house.snapshot.state != "quiet"
    assert house.snapshot.quiet_until is None
    house.types("typed after")
    house.goes_to(TERMINAL)
    assert house.texts() == [*kept, "typed after"]


def test_own_quiet_hours_are_in_force_at_once_survive_a_restart_and_can_be_taken_back(house: House) -> None:
    now = local(house)
    own = hours(now - timedelta(minutes=5), now + timedelta(hours=1))
    set_hours(house, own)
    assert not house.engine.capture.hooks
    house.restart()
    snapshot = house.snapshot
    assert (snapshot.state, snapshot.quiet_hours) == ("quiet", (own,))
    set_hours(house)
    assert house.snapshot.quiet_hours == ()
    assert house.snapshot.state != "quiet"


def test_nobody_can_take_away_those_of_the_policy(tmp_path: Path) -> None:
    house = House(tmp_path, **{"limits.quiet_hours": [f"{' '.join(DAYS)} 00:00-00:00"]})
    house.agree("mousepad")
    set_hours(house)
    snapshot = house.snapshot
    assert (snapshot.state, snapshot.quiet_until, snapshot.quiet_hours) == ("quiet", None, ())
    assert house.notice().quiet_hours == (QuietHours(tuple(range(7)), 0, 0),)
    house.types("typed")
    house.goes_to(TERMINAL)
    assert house.texts() == []
    house.engine.stop()


def test_those_of_a_policy_taken_back_stay_until_that_is_answered(tmp_path: Path) -> None:
    house = House(tmp_path, **{"limits.quiet_hours": [f"{' '.join(DAYS)} 00:00-00:00"]})
    house.agree("mousepad", cells=("text",))
    same = {"delivery.collector": "http://127.0.0.1:9", "notice.purposes.0.programs": ["mousepad", "xterm"]}
    house.write_policy(make_policy(**{**same, "serial": 8})[0])
    house.later(6)
    assert house.snapshot.state == "quiet"
    assert house.snapshot.decision
    assert [change.what for change in house.notice().changes if change.category == "text"] == ["quiet_hours"]
    house.agree("mousepad", cells=("text",))
    assert house.snapshot.state != "quiet"
    house.engine.stop()


@pytest.mark.parametrize(
    "rows", [(QuietHours((), 0, 1),), (QuietHours((0,), 0, 1440),), (QuietHours((0,), 0, 1),) * 15], ids=str
)
def test_rows_no_week_has_are_refused_whole(house: House, rows: Any) -> None:
    own = QuietHours((6,), 0, 0)
    set_hours(house, own)
    done = house.ask(protocol.SetQuietHours, rows=rows)
    assert isinstance(done, Done)
    assert done.problem == "protocol-invalid"
    assert house.snapshot.quiet_hours == (own,)


def test_pause_and_stop_are_said_before_quiet_hours(house: House) -> None:
    set_hours(house, QuietHours(tuple(range(7)), 0, 0))
    house.ask(protocol.Pause, until="resume")
    assert house.snapshot.state == "paused"


def test_without_a_yes_there_is_nothing_to_be_quiet_about(tmp_path: Path) -> None:
    house = House(tmp_path, **{"limits.quiet_hours": [f"{' '.join(DAYS)} 00:00-00:00"]})
    assert house.snapshot.state == "off"
    house.engine.stop()


def test_the_local_clock_has_no_zone() -> None:
    assert Clocks().local(NOW).tzinfo is None
    assert Clocks().local(NOW).astimezone(UTC).timestamp() == NOW
