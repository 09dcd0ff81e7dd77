"""What left: every state in words and by shape, and a receipt that claims only what is there."""

import msgspec
import pytest
from PySide6.QtCore import Qt

from agent.protocol import ActiveProblem, Done, GetNotice, GetSent, SendAnyway, Sent, SentRow
from tests.fakes import samples, sent_batches
from tests.fakes.looks import fonts_times, settle
from tests.fakes.pages import PagesEngine
from ui import text
from ui.components import Label, Link
from ui.pages.sent import SentPage
from ui.pages.sent.held import HELD
from ui.state import State


def page(rows: tuple[SentRow, ...] | None = None, size: tuple[int, int] = (850, 620)) -> tuple[SentPage, PagesEngine]:
    engine = PagesEngine()
    if rows is not None:
        engine.answers[GetSent] = Sent(total=len(rows), rows=rows)
    state = State(clock=lambda: 0.0)
    state.take(samples.snapshot())
    made = SentPage(engine, state)
    made.resize(*size)
    made.show()
    made.activate()
    settle()
    return made, engine


def words(made: SentPage) -> str:
    settle()
    return " ".join(label.text() for label in made.findChildren(Label) if label.isVisibleTo(made))


def states(made: SentPage) -> list[str]:
    column = next(
        place for place in range(made.model.columnCount())
        if made.model.headerData(place, Qt.Orientation.Horizontal) == text.t("sent.column.state")
    )  # fmt: skip
    return [str(made.model.index(row, column).data()) for row in range(made.model.rowCount())]


def test_every_state_has_its_words() -> None:
    made, _ = page()
    assert states(made) == [
        "On its way", "Refused, kept here", "Confirmed", "Confirmed", "Confirmed, other bytes", "May have arrived",
        "Deletion asked 23 Nov", "Deleted 23 Nov",
    ]  # fmt: skip


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_only_equal_hashes_are_called_the_same_bytes(language: str) -> None:
    text.use(language)
    made, _ = page()
    for place, same in enumerate((False, False, True, True, False)):
        made.table.selectRow(place)
        assert (text.t("sent.same") in words(made)) == same
    assert text.t("sent.bytes.other") in words(made)
    made.table.selectRow(0)
    assert text.t("sent.not_confirmed") in words(made)
    assert text.t("sent.bytes.confirmed") not in words(made)
    made.table.selectRow(1)
    assert text.t("sent.bytes.refused") in words(made)


def test_hashes_are_whole_and_can_be_copied() -> None:
    made, _ = page()
    row = sent_batches.sent().rows[2]
    made.table.selectRow(2)
    settle()
    shown = [label for label in made.findChildren(Label) if label.isVisibleTo(made)]
    hashes = [label for label in shown if label.text() == text.in_fours(row.digest)]
    assert len(hashes) == 2  # sent and confirmed
    assert all(label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse for label in hashes)


def test_the_hash_of_each_record_is_one_click_away() -> None:
    made, _ = page()
    made.table.selectRow(2)
    assert text.in_fours(sent_batches.sent().rows[2].records[0]) not in words(made)
    link = next(link for link in made.findChildren(Link) if link.isVisibleTo(made))
    link.click()
    for digest in sent_batches.sent().rows[2].records:
        assert text.in_fours(digest) in words(made)


def test_the_chosen_batch_stays_chosen_when_a_newer_one_comes() -> None:
    rows = sent_batches.sent().rows[1:]
    made, engine = page(rows)
    made.table.selectRow(1)
    chosen = made.model.row(1)
    engine.answers[GetSent] = sent_batches.sent()
    made.render_state(samples.snapshot(sending=1))
    current = made.model.row(made.table.currentIndex().row())
    assert current == chosen


def test_it_is_fetched_when_a_batch_changes_its_state_and_not_each_second() -> None:
    made, engine = page(tuple(row for row in sent_batches.sent().rows if row.deletion != "asked"))
    for seq in range(5):
        made.render_state(samples.snapshot(seq=seq))
    before = len(engine.of(GetSent))
    made.render_state(samples.snapshot(seq=9))
    assert len(engine.of(GetSent)) == before
    made.render_state(samples.snapshot(sent_batches=1))
    assert len(engine.of(GetSent)) == before + 1


def test_nothing_was_ever_sent_is_said() -> None:
    made, _ = page(())
    assert made.empty.isVisibleTo(made)
    assert "Nothing was ever sent" in words(made)
    assert not made.table.isVisibleTo(made)


def test_numbers_stand_right_and_in_figures_of_one_width() -> None:
    made, _ = page()
    number = made.model.index(0, 1)
    assert number.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    font = number.data(Qt.ItemDataRole.FontRole)
    assert [tag.toString().data().decode() for tag in font.featureTags()] == ["tnum"]


@pytest.mark.parametrize("factor", [1, 2])
@pytest.mark.parametrize("width", [651, 891])
def test_what_does_not_fit_is_in_the_receipt(width: int, factor: int) -> None:
    with fonts_times(factor):
        made, _ = page(size=(width, 480))
        header = [
            made.model.headerData(place, Qt.Orientation.Horizontal)
            for place in range(made.model.columnCount())
            if not made.table.isColumnHidden(place)
        ]
        assert {"Sent", "Items", "State"} <= set(header)
        shown = words(made)
        for name in ("Who can open it", "Size", "Deleted by"):
            assert name in shown
        if factor == 1:
            assert made.table.horizontalHeader().length() <= made.table.viewport().width()


def test_a_purpose_has_its_title_where_the_notice_is_known() -> None:
    made, engine = page()
    purposes = [str(made.model.index(0, place).data()) for place in range(made.model.columnCount())]
    assert "Train models that operate software" in purposes
    engine.answers[GetNotice] = Done(problem="no-organisation")
    fresh = SentPage(engine, made.state)
    fresh.activate()
    assert "train" in [str(fresh.model.index(0, place).data()) for place in range(fresh.model.columnCount())]


def test_a_row_that_was_never_approved_shows_no_link() -> None:
    made, _ = page((msgspec.structs.replace(sent_batches.sent().rows[2], records=(), count=0),))
    assert [link for link in made.findChildren(Link) if link.isVisibleTo(made)] == []


@pytest.mark.parametrize(("code", "said"), [(code, True) for code in HELD] + [("upload-unreachable", False)])
def test_what_is_held_back_says_why_and_can_be_sent_anyway(code: str, said: bool) -> None:
    made, engine = page()
    made.render_state(samples.snapshot(problems=(ActiveProblem("accessibility-off"), ActiveProblem(code))))
    settle()
    assert made.held.isVisibleTo(made) == said
    assert (text.problem(code).title in words(made)) == said
    if said:
        made.held.anyway.click()
        assert any(isinstance(command, SendAnyway) for command in engine.asked)
        made.render_state(None)
        assert not made.held.isVisibleTo(made)
