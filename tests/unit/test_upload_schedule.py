from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.upload.schedule import (
    BASE,
    CAP,
    LONGEST_RETRY_AFTER,
    RETRIES_AT_ONCE,
    Budget,
    delay,
    held_back,
    leaves_after,
    retry_after,
)

NOW = datetime(2026, 11, 24, 9, 0, 0, tzinfo=UTC)
CHANCE = st.floats(0, 1, exclude_max=True)


@given(st.integers(1, 10_000), CHANCE)
def test_waiting_is_spread_over_the_whole_of_a_growing_span(failures: int, chance: float) -> None:
    assert 0 <= delay(failures, chance) <= min(CAP, BASE * 2.0 ** min(failures - 1, 30))
    assert delay(failures, 0.0) == 0


def test_the_span_doubles_up_to_a_quarter_of_an_hour() -> None:
    almost = 1 - 1e-12
    assert [round(delay(n, almost)) for n in (1, 2, 3, 4, 11, 100)] == [1, 2, 4, 8, 900, 900]


@given(st.integers(1, 100), CHANCE, st.floats(0, LONGEST_RETRY_AFTER))
def test_never_sooner_than_the_collector_asked(failures: int, chance: float, asked: float) -> None:
    assert delay(failures, chance, asked) >= asked


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("0", 0.0),
        (" 120 ", 120.0),
        ("999999999999999999999999", LONGEST_RETRY_AFTER),
        ("Tue, 24 Nov 2026 09:02:00 GMT", 120.0),
        ("Tue, 24 Nov 2026 08:00:00 GMT", 0.0),
        ("Tue, 24 Nov 2026 10:02:00 +0100", 120.0),
        ("Tue, 24 Nov 2026 09:02:00 -0000", 120.0),
        ("Tue, 24 Nov 2099 09:02:00 GMT", LONGEST_RETRY_AFTER),
    ],
)
def test_retry_after_in_both_forms(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.text(max_size=40))
def test_no_header_breaks_anything(value: str) -> None:
    found = retry_after(value, NOW)
    assert found is None or 0 <= found <= LONGEST_RETRY_AFTER


@given(st.lists(st.floats(0, 30), min_size=1, max_size=200))
def test_retries_are_no_more_than_the_budget_whatever_fails(gaps: list[float]) -> None:
    now, spent, budget = 0.0, 0, Budget.full(0.0)
    for gap in gaps:
        now += gap
        if budget.wait(now) == 0:
            budget = budget.spent(now)
            spent += 1
    assert spent <= RETRIES_AT_ONCE + now / 10 + 1


def test_an_empty_budget_fills_again() -> None:
    budget = Budget.full(0.0)
    for _ in range(10):
        assert budget.wait(0.0) == 0
        budget = budget.spent(0.0)
    assert budget.wait(0.0) == 10
    assert budget.wait(10.0) == 0


@pytest.mark.parametrize(("chance", "minutes"), [(0.0, 1), (0.016, 1), (0.017, 2), (0.5, 31), (0.9999999, 60)])
def test_what_is_let_go_leaves_at_one_of_sixty_minutes(chance: float, minutes: int) -> None:
    assert leaves_after(chance) == 60 * minutes


@pytest.mark.parametrize(
    ("metered", "on_battery", "percent", "warned", "expected"),
    [
        (None, None, None, False, ""),
        (False, False, None, False, ""),
        (None, True, 80.0, False, ""),
        (None, True, 20.0, False, ""),
        (None, True, 19.9, False, "battery"),
        (None, True, 80.0, True, "battery"),
        (None, True, None, False, "battery"),
        (None, False, 5.0, True, ""),
        (None, None, 5.0, True, ""),
        (True, None, None, False, "metered"),
        (True, True, 5.0, True, "metered"),
    ],
)
def test_what_costs_holds_back_and_what_nobody_can_tell_does_not(
    metered: bool | None, on_battery: bool | None, percent: float | None, warned: bool, expected: str
) -> None:
    assert held_back(metered=metered, on_battery=on_battery, percent=percent, warned=warned) == expected
