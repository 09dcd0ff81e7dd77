"""What can be wished for what was sent: to look inside, to have it deleted, to know who opened it."""

import gc

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from agent.protocol import (
    AskDeletion,
    Done,
    GetOpenings,
    GetSent,
    OpenedSent,
    Openings,
    OpenSent,
    Sent,
    SentRow,
)
from tests.fakes import samples, sent_batches
from tests.fakes.looks import settle
from tests.fakes.pages import PagesEngine
from ui import text
from ui.components import ChipText, Label
from ui.engine import Reply, Then
from ui.pages.sent import SentPage
from ui.state import State

ROWS = sent_batches.sent().rows


class Desk:
    """The page in a window of its own; ``asked`` may also answer a deletion as an engine does."""

    def __init__(self, rows: tuple[SentRow, ...] = ROWS) -> None:
        self.engine = PagesEngine({GetSent: Sent(total=len(rows), rows=rows)})
        self.state = State(clock=lambda: 0.0)
        self.state.take(samples.snapshot())
        self.page = SentPage(self.engine, self.state)
        self.page.resize(850, 620)
        self.page.show()
        self.page.activate()
        self.page.render_state(self.state.snapshot)
        settle()

    def select(self, batch: str) -> None:
        rows = [row.batch for row in self.page.model.rows]
        self.page.table.selectRow(rows.index(batch * 32))
        settle()

    def words(self) -> str:
        settle()
        return " ".join(label.text() for label in self.page.findChildren(Label) if label.isVisibleTo(self.page))

    def now(self, *rows: SentRow) -> None:
        """The engine knows something else from now on."""
        self.engine.answers[GetSent] = Sent(total=len(rows), rows=rows)

    def look(self) -> None:
        self.select("c")
        self.page.receipt.look.click()
        settle()


@pytest.fixture
def desk() -> Desk:
    return Desk()


# ---------------------------------------------------------------- looking inside


def test_inside_is_exactly_what_was_sent(desk: Desk) -> None:
    desk.look()
    records = sent_batches.inside().records
    inside = desk.page.inside
    shown = {}
    for place in range(inside.model.rowCount()):
        inside.list.setCurrentIndex(inside.model.index(place))
        exact = inside.view.findChildren(QPlainTextEdit)[0].toPlainText()
        shown[exact] = inside.view.findChildren(ChipText)[0].shown()
    assert set(shown) == {record.exact for record in records}
    assert all(shown[record.exact] == record.text for record in records if record.text)


def test_the_exact_bytes_are_one_click_away_with_a_hash_that_was_approved(desk: Desk) -> None:
    desk.look()
    desk.page.inside.view.form.select("bytes")
    desk.page.inside.view.form.chosen.emit("bytes")
    assert text.t("sent.inside.approved") in desk.words()


def test_other_bytes_than_the_approved_ones_are_told() -> None:
    desk = Desk(tuple(msgspec.structs.replace(row, records=("ee" * 32,)) for row in ROWS))
    desk.look()
    desk.page.inside.view.form.chosen.emit("bytes")
    assert text.t("sent.inside.not_approved") in desk.words()


def test_a_large_batch_comes_in_parts_and_is_shown_whole(desk: Desk) -> None:
    records = sent_batches.inside().records
    asked: list[int] = []

    def ask(command: OpenSent, then: Then | None = None) -> None:
        assert then is not None
        asked.append(command.offset)
        part = records[command.offset : command.offset + 4]
        then(OpenedSent(batch=command.batch, records=part, offset=command.offset, total=len(records)))

    desk.select("c")
    desk.engine.ask = ask  # type: ignore[method-assign,assignment]
    desk.page.receipt.look.click()
    lines = [desk.page.inside.model.entry(place) for place in range(desk.page.inside.model.rowCount())]
    assert asked == [0, 4, 8]
    assert sum(hasattr(line, "of") for line in lines) == len(records)


@pytest.mark.parametrize("leave", ["button", "escape", "other page"])
def test_leaving_keeps_nothing_of_it(desk: Desk, leave: str) -> None:
    desk.look()
    assert desk.page.inside.isVisible()
    assert desk.page.inside.list.hasFocus()
    if leave == "button":
        desk.page.back.click()
    elif leave == "escape":
        QTest.keyClick(desk.page.inside.list, Qt.Key.Key_Escape)
    else:
        desk.page.hide()
        desk.page.show()
    settle()
    assert not desk.page.inside.isVisible()
    assert desk.page.table.isVisible()
    assert desk.page.heading.text() == "Sent"
    inside = desk.page.inside
    assert inside.model.rowCount() == 0
    assert inside.view.findChildren(QPlainTextEdit)[0].toPlainText() == ""
    assert inside.view.findChildren(ChipText)[0].shown() == ""
    desk.engine.answers.clear()
    gc.collect()
    kept = [one for one in gc.get_objects() if isinstance(one, OpenedSent)]
    assert kept == []


def test_a_late_answer_opens_nothing_that_is_wanted_no_more(desk: Desk) -> None:
    desk.look()
    desk.page.back.click()
    desk.page._opened((), sent_batches.inside())
    assert not desk.page.inside.isVisible()


def test_what_is_not_here_any_more_says_so(desk: Desk) -> None:
    desk.select("2")
    assert not desk.page.receipt.look.isVisibleTo(desk.page)
    assert text.t("sent.not_openable") in desk.words()
    desk.engine.answers[OpenSent] = Done(problem="sent-not-here")
    desk.look()
    assert not desk.page.inside.isVisible()
    assert desk.page.said is not None
    assert text.problem("sent-not-here").title in [label.text() for label in desk.page.said.findChildren(Label)]


# ---------------------------------------------------------------- asking for deletion


def test_nothing_is_asked_before_the_yes_and_then_exactly_this_batch(desk: Desk) -> None:
    desk.select("c")
    desk.page.receipt.ask.click()
    assert desk.engine.of(AskDeletion) == []
    assert desk.page.question is not None
    said = " ".join(label.text() for label in desk.page.question.findChildren(Label))
    for key in ("sent.delete.datasets", "sent.delete.left"):
        assert text.t(key, organisation="Acme") in said
    desk.page.question.no.click()
    assert desk.engine.of(AskDeletion) == []
    desk.page.receipt.ask.click()
    assert desk.page.question is not None
    desk.page.question.yes.click()
    assert [command.batches for command in desk.engine.of(AskDeletion)] == [("c" * 32,)]


def test_all_means_all_that_may_be_there_and_were_not_asked_for(desk: Desk) -> None:
    desk.page.ask_all.click()
    assert desk.page.question is not None
    assert "5 batches" in desk.page.question.heading.text()
    desk.page.question.yes.click()
    assert [command.batches for command in desk.engine.of(AskDeletion)] == [tuple(each * 32 for each in "acdef")]


@pytest.mark.parametrize(("batch", "there"), [("a", True), ("b", False), ("c", True), ("1", False), ("2", False)])
def test_only_what_may_be_at_the_collector_can_be_asked_for(desk: Desk, batch: str, there: bool) -> None:
    desk.select(batch)
    assert desk.page.receipt.ask.isVisibleTo(desk.page) == there


def test_asked_and_confirmed_are_told_apart_and_the_word_of_the_collector_is_waited_for(desk: Desk) -> None:
    asked = msgspec.structs.replace(ROWS[2], deletion="asked", deletion_at=samples.NOW)
    desk.now(asked)
    desk.select("c")
    desk.page.receipt.ask.click()
    assert desk.page.question is not None
    desk.page.question.yes.click()
    assert "Not confirmed yet" in desk.words()
    assert "signed on" not in desk.words()
    desk.page.render_state(samples.snapshot(seq=7))
    assert "Not confirmed yet" in desk.words()
    desk.now(msgspec.structs.replace(asked, deletion="confirmed", openable=False))
    desk.page.render_state(samples.snapshot(seq=8))
    assert "signed on 24 November 2026" in desk.words()
    assert "Not confirmed yet" not in desk.words()
    before = len(desk.engine.of(GetSent))
    desk.page.render_state(samples.snapshot(seq=9))
    assert len(desk.engine.of(GetSent)) == before


def test_what_went_wrong_is_said_with_what_to_do(desk: Desk) -> None:
    desk.engine.answers[AskDeletion] = Done(problem="engine-stopped")
    desk.select("c")
    desk.page.receipt.ask.click()
    assert desk.page.question is not None
    desk.page.question.yes.click()
    assert desk.page.said is not None
    words = text.problem("engine-stopped")
    said = [label.text() for label in desk.page.said.findChildren(Label)]
    assert words.title in said
    assert words.remedy in said


# ---------------------------------------------------------------- who opened it


def opened(desk: Desk, reply: Reply) -> str:
    desk.engine.answers[GetOpenings] = reply
    desk.page.activate()
    return desk.words()


def test_encrypted_and_plain_are_told_apart_with_key_and_company(desk: Desk) -> None:
    desk.select("d")
    said = desk.words()
    assert "opened into an encrypted dataset. Key used: Acme data office. With 3 batches of other people." in said
    assert "opened and written out unencrypted. Key used: Acme data office." in said
    assert "The log was last looked at" in said


def test_silence_is_never_called_nobody(desk: Desk) -> None:
    desk.select("c")
    assert text.t("sent.opened.not_so_far") in desk.words()
    said = opened(desk, Openings(rows=(), checked_at=None))
    assert text.t("sent.log.never") in said
    assert text.t("sent.opened.not_so_far") not in said
    said = opened(desk, sent_batches.openings(problem="openings-unreachable"))
    assert text.problem("openings-unreachable").title in said
    assert "The log was last looked at" in said


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_a_log_that_was_changed_is_a_warning(language: str) -> None:
    text.use(language)
    desk = Desk()
    assert not desk.page.log_changed.isVisibleTo(desk.page)
    opened(desk, sent_batches.openings(problem="openings-changed"))
    assert desk.page.log_changed.isVisibleTo(desk.page)
    words = text.problem("openings-changed", {"detail": ""})
    assert words.title in desk.page.log_changed.words.text()
    assert words.remedy in desk.page.log_changed.words.text()
    assert "openings-changed" not in desk.words()
    opened(desk, sent_batches.openings())
    assert not desk.page.log_changed.isVisibleTo(desk.page)


def test_the_log_is_asked_for_again_but_not_each_second(desk: Desk) -> None:
    before = len(desk.engine.of(GetOpenings))
    for second in range(3):
        desk.page.render_state(samples.snapshot(at=samples.NOW + second))
    assert len(desk.engine.of(GetOpenings)) == before
    desk.page.render_state(samples.snapshot(at=samples.NOW + 3))
    assert len(desk.engine.of(GetOpenings)) == before + 1
    for second in range(4, 63):
        desk.page.render_state(samples.snapshot(at=samples.NOW + second))
    assert len(desk.engine.of(GetOpenings)) == before + 1
    desk.page.render_state(samples.snapshot(at=samples.NOW + 63))
    assert len(desk.engine.of(GetOpenings)) == before + 2


def test_after_a_withdrawal_everything_is_still_there(desk: Desk) -> None:
    desk.page.render_state(samples.snapshot(state="off", consent="withdrawn", hooks=False, categories=()))
    desk.select("c")
    assert desk.page.receipt.look.isVisibleTo(desk.page)
    assert desk.page.receipt.ask.isVisibleTo(desk.page)
