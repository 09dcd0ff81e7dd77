"""Quiet hours: what holds is shown, nothing holds before it is saved, the organisation's are read only."""

import pytest
from PySide6.QtWidgets import QWidget

from agent.protocol import Done, GetNotice, QuietHours, SetQuietHours
from tests.fakes import samples
from tests.fakes.looks import fonts_times, inside, settle
from tests.fakes.pages import PagesEngine
from ui import text
from ui.components import Label
from ui.notice_facts import full_rows
from ui.pages.quiet import QuietCard
from ui.when import quiet_hours

EVENINGS = QuietHours((0, 1, 2, 3, 4), 1080, 540)
ODD = QuietHours((6,), 61, 125)


def card(*own: QuietHours, engine: PagesEngine | None = None) -> tuple[QuietCard, PagesEngine]:
    engine = engine or PagesEngine()
    made = QuietCard(engine)
    made.resize(640, 400)
    made.show()
    made.ask()
    made.follow(samples.snapshot(quiet_hours=own))
    settle()
    return made, engine


def words(of: QWidget) -> str:
    return " ".join(label.text() for label in of.findChildren(Label) if label.isVisibleTo(of))


def test_what_holds_is_shown_as_it_is() -> None:
    made, _ = card(EVENINGS, ODD)
    assert [row.hours() for row in made.rows] == [EVENINGS, ODD]


def test_a_new_row_holds_only_when_it_is_saved() -> None:
    made, engine = card()
    made.add.click()
    made.rows[0].days[0].click()
    assert text.t("quiet.not_saved") in words(made)
    assert engine.of(SetQuietHours) == []
    made.save.click()
    (asked,) = engine.of(SetQuietHours)
    assert asked.rows == (QuietHours((1, 2, 3, 4), 1080, 540),)
    assert text.t("quiet.saved") in words(made)


def test_a_row_is_taken_away_and_one_without_a_day_says_nothing() -> None:
    made, engine = card(EVENINGS, ODD)
    made.rows[0].remove.click()
    made.rows[0].days[6].click()
    made.save.click()
    assert engine.of(SetQuietHours)[0].rows == ()


def test_the_heartbeat_takes_nothing_away_that_is_being_written() -> None:
    made, _ = card(EVENINGS)
    made.add.click()
    made.follow(samples.snapshot(seq=9, quiet_hours=(EVENINGS,)))
    assert len(made.rows) == 2
    made.follow(samples.snapshot(seq=10, quiet_hours=(ODD,)))
    assert [row.hours() for row in made.rows] == [ODD]


def test_there_are_no_more_rows_than_the_engine_takes() -> None:
    made, _ = card()
    for _ in range(20):
        made.add.click()
    assert len(made.rows) == 14
    made.rows[3].remove.click()
    assert made.add.isEnabled()


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_those_of_the_organisation_are_said_and_cannot_be_changed(language: str) -> None:
    text.use(language)
    theirs = samples.notice(quiet_hours=(QuietHours((5, 6), 0, 0), EVENINGS, ODD))
    made, _ = card(engine=PagesEngine({GetNotice: theirs}))
    for row in theirs.quiet_hours:
        assert quiet_hours(row) in words(made)
        assert quiet_hours(row) in dict(full_rows(theirs))[text.t("policy.quiet")]
    assert made.rows == []


def test_what_the_engine_refuses_is_said() -> None:
    made, _ = card(
        EVENINGS, engine=PagesEngine({SetQuietHours: Done(problem="store-failed", facts={"detail": "full"})})
    )
    made.save.click()
    assert text.problem("store-failed").title in made.outcome.text()


def test_every_box_says_which_row_and_day_it_is() -> None:
    made, _ = card(EVENINGS, ODD)
    names = [tick.accessibleName() for row in made.rows for tick in row.days]
    assert len(set(names)) == 14
    assert "Monday" in names[0]


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_nothing_is_cut_off_in_a_narrow_window_with_large_words(factor: float) -> None:
    with fonts_times(factor):
        made, _ = card(EVENINGS)
        made.resize(max(520, made.minimumSizeHint().width()), 600)
        settle()
        for tick in made.rows[0].days:
            assert inside(tick, made)
