"""What waits: shown byte for byte, selected until the person moves on, sent with the digests that were shown."""

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from agent.protocol import (
    ChooseSending,
    Delete,
    Done,
    GetNotice,
    GetRecord,
    Record,
    RemoveMore,
    Send,
)
from tests.fakes import pages, samples
from tests.fakes.looks import fonts_times, inside, settle
from tests.fakes.pages import PagesEngine
from tests.fakes.waiting_desk import Desk
from ui import text
from ui.components import Button, ChipText, Label, Question
from ui.pages.record.exact import places
from ui.pages.record.legend import Chips
from ui.pages.waiting import WaitingPage
from ui.state import State


@pytest.fixture
def desk() -> Desk:
    return Desk()


def question() -> Question | None:
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, Question) and w.isVisible()]
    return shown[-1] if shown else None


# ---------------------------------------------------------------- what is shown


def test_looking_sends_nothing(desk: Desk) -> None:
    for record in pages.records():
        desk.select(record.row)
    assert desk.engine.of(Send) == []
    assert desk.engine.of(Delete) == []


def test_the_exact_bytes_are_whole(desk: Desk) -> None:
    for record in pages.records():
        desk.select(record.row)
        shown = desk.page.card.findChildren(QPlainTextEdit)[0]
        assert shown.toPlainText() == record.exact
        assert text.in_fours(record.digest) in [label.text() for label in desk.page.card.findChildren(Label)]
        assert shown.accessibleName() == "Exact bytes"


def test_the_text_is_the_text_with_its_placeholders(desk: Desk) -> None:
    desk.select(2)
    shown = desk.page.card.findChildren(ChipText)[0]
    assert shown.shown() == pages.records()[1].text
    assert shown.accessibleName() == "The item"


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_the_legend_counts_each_kind_and_says_it_in_the_language(language: str) -> None:
    text.use(language)
    desk = Desk()
    desk.select(2)
    said = [chips.accessibleName() for chips in desk.page.card.findChildren(Chips)]
    expected = {
        "en": ["private word 1, card number 1, e-mail address 2 and password 1", "removed by you 1"],
        "de": ["eigenes Wort 1, Kartennummer 1, E-Mail-Adresse 2 und Passwort 1", "von Ihnen entfernt 1"],
    }
    assert said == expected[language]
    desk.select(4)
    assert text.t("waiting.nothing_removed") in desk.words()


def test_a_purpose_is_shown_by_its_title(desk: Desk) -> None:
    assert "purpose: Train models that operate software" in desk.words()


def test_days_near_by_have_their_names(desk: Desk) -> None:
    entries = [desk.page.model.index(place).data() for place in range(desk.page.model.rowCount())]
    headings = [words for words in entries if " · " in words and "," not in words]
    assert headings == [
        "Today · Mousepad", "Today · LibreOffice Writer", "Yesterday · LibreOffice Writer", "Yesterday · XTerm",
    ]  # fmt: skip


def test_nothing_waits_is_said(desk: Desk) -> None:
    desk.gone(*range(1, 8))
    assert desk.page.empty.isVisibleTo(desk.page)
    assert not desk.page.send_all.isVisibleTo(desk.page)
    desk.page.card.send.emit()
    desk.page.card.delete.emit()
    assert desk.engine.of(Send) == []
    assert desk.engine.of(Delete) == []


@given(st.text(max_size=40), st.text(max_size=12).filter(bool), st.text(max_size=40))
def test_removed_parts_are_found_in_the_exact_bytes(before: str, kind: str, after: str) -> None:
    words = f"{before}[{kind}]{after}"
    part = samples.Part(len(before), len(before) + len(kind) + 2, kind, "machine")
    exact = msgspec.json.encode({"kind": "text", "text": words}).decode()
    for start, end, _ in places(exact, words, (part,)):
        shown = exact.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
        assert msgspec.json.decode(f'"{shown}"') == f"[{kind}]"


# ---------------------------------------------------------------- what stays when the list is fetched anew


def test_the_selected_record_stays_selected_and_is_not_fetched_again(desk: Desk) -> None:
    desk.select(4)
    asked = len(desk.engine.of(GetRecord))
    new = msgspec.structs.replace(desk.engine.records[0], row=99, digest="9" * 64, time=samples.NOW)
    desk.engine.records = (new, *desk.engine.records)
    desk.page.render_state(samples.snapshot(waiting=8))
    assert desk.selected() == 4
    assert len(desk.engine.of(GetRecord)) == asked


def test_what_is_selected_in_the_text_stays_selected(desk: Desk) -> None:
    desk.select(2)
    desk.page.card.select_words("Mr Oduya")
    desk.gone(7)
    shown = desk.page.card.findChildren(ChipText)[0]
    start, end = shown.selected()
    assert pages.records()[1].text[start:end] == "Mr Oduya"


def test_the_list_stays_where_it_was_scrolled_to(desk: Desk) -> None:
    many = tuple(msgspec.structs.replace(desk.engine.records[0], row=row, digest=f"{row:064x}") for row in range(1, 61))
    desk.engine.records = many
    desk.page.render_state(samples.snapshot(waiting=60))
    desk.select(30)
    settle()
    bar = desk.page.list.verticalScrollBar()
    before = bar.maximum() // 3  # the person looked around; what is selected is out of sight
    bar.setValue(before)
    assert before > 0
    desk.gone(60)
    settle()
    assert desk.selected() == 30
    assert desk.page.list.verticalScrollBar().value() == before


@pytest.mark.parametrize(("row", "heir"), [(1, 2), (3, 4), (4, 5), (7, 6)])
def test_after_one_is_sent_the_next_is_selected(desk: Desk, row: int, heir: int) -> None:
    desk.select(row)
    desk.page.card.send.emit()
    desk.gone(row)
    assert desk.selected() == heir
    assert desk.page.card.record is not None
    assert desk.page.card.record.row == heir


def test_a_record_that_changed_is_fetched_again(desk: Desk) -> None:
    desk.select(2)
    changed = msgspec.structs.replace(desk.engine.records[1], digest="7" * 64, text="Other")
    desk.engine.records = (desk.engine.records[0], changed, *desk.engine.records[2:])
    desk.page.render_state(samples.snapshot(waiting=7, waiting_bytes=5))
    assert desk.page.card.record == changed


# ---------------------------------------------------------------- what is sent


def test_one_is_sent_with_the_digest_that_was_shown(desk: Desk) -> None:
    desk.select(2)
    desk.page.card.send.emit()
    assert [command.items for command in desk.engine.of(Send)] == [((2, pages.records()[1].digest),)]


def test_send_all_sends_exactly_the_rows_that_are_shown(desk: Desk) -> None:
    assert desk.page.send_all.accessibleName() == "Send all 7"
    newer = msgspec.structs.replace(desk.engine.records[0], row=99, digest="9" * 64)
    desk.engine.records = (newer, *desk.engine.records)  # the engine has one more; the list does not show it yet
    desk.page.send_all.click()
    (send,) = desk.engine.of(Send)
    assert send.items == tuple((record.row, record.digest) for record in pages.records())


def test_more_than_the_list_shows_is_neither_counted_as_shown_nor_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.pages.waiting.page._MOST", 5)
    monkeypatch.setattr("ui.pages.waiting.page._PAGE", 2)
    desk = Desk()
    assert desk.page.send_all.accessibleName() == "Send all 5"
    assert desk.page.delete_all.accessibleName() == "Delete all 5"
    assert "2 more come up" in desk.words()
    desk.page.send_all.click()
    assert len(desk.engine.of(Send)[0].items) == 5


def test_an_old_selection_that_answers_late_is_not_shown(desk: Desk) -> None:
    desk.select(4)
    late = pages.records()[0]
    desk.page._show_record(late)  # the reply to an earlier selection
    assert desk.page.card.record is not None
    assert desk.page.card.record.row == 4


def test_delete_all_asks_and_no_deletes_nothing(desk: Desk) -> None:
    desk.page.delete_all.click()
    asked = question()
    assert asked is not None
    asked.no.click()
    assert desk.engine.of(Delete) == []
    desk.page.delete_all.click()
    asked = question()
    assert asked is not None
    asked.yes.click()
    assert desk.engine.of(Delete)[0].rows == (1, 2, 3, 4, 5, 6, 7)


def test_words_are_taken_out_of_the_text_that_was_shown(desk: Desk) -> None:
    desk.select(2)
    record = pages.records()[1]
    assert not desk.page.card.bar.isVisibleTo(desk.page)
    desk.page.card.select_words("Mr Oduya from the north depot")
    assert desk.page.card.bar.isVisibleTo(desk.page)
    desk.page.card.bar.findChildren(Button)[0].click()
    (command,) = desk.engine.of(RemoveMore)
    assert (command.row, command.digest) == (2, record.digest)
    assert record.text[command.start : command.end] == "Mr Oduya from the north depot"


def test_keep_waiting_goes_on_and_asks_for_nothing(desk: Desk) -> None:
    desk.select(3)
    desk.page.card.keep.emit()
    assert desk.selected() == 4
    assert not desk.engine.of(Send)
    assert not desk.engine.of(Delete)


def test_a_refusal_is_said_in_words(desk: Desk) -> None:
    desk.engine.answers[Send] = Done(problem="engine-stopped")
    desk.page.card.send.emit()
    asked = question()
    assert asked is not None
    assert asked.heading.text() == text.problem("engine-stopped").title


# ---------------------------------------------------------------- how things leave


def test_the_two_ways_are_equal_and_closing_changes_nothing(desk: Desk) -> None:
    for way in ("close", "escape", "enter"):
        desk.page.change.click()
        dialog = desk.page.dialog
        assert dialog is not None
        settle()
        ask, hold = dialog.buttons["ask"], dialog.buttons["hold"]
        assert ask.size() == hold.size()
        assert ask.font() == hold.font()
        assert ask.width() >= 236
        assert dialog.focusWidget() is dialog.heading
        assert not any(button.isDefault() or button.autoDefault() for button in dialog.findChildren(QPushButton))
        if way == "escape":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        elif way == "enter":
            QTest.keyClick(dialog, Qt.Key.Key_Return)
            dialog.close()
        else:
            dialog.close()
        settle()
    assert desk.engine.of(ChooseSending) == []


@pytest.mark.parametrize("mode", ["ask", "hold"])
def test_the_way_that_holds_is_said_and_each_can_be_chosen(desk: Desk, mode: str) -> None:
    desk.page.change.click()
    dialog = desk.page.dialog
    assert dialog is not None
    assert [label.text() for label in dialog.findChildren(Label)].count("This holds now") == 1
    dialog.buttons[mode].click()
    assert [command.mode for command in desk.engine.of(ChooseSending)] == [mode]


# ---------------------------------------------------------------- sizes, names


@pytest.mark.parametrize("factor", [1, 2])
@pytest.mark.parametrize("size", [(651, 480), (850, 620)])
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_no_button_is_cut_off(language: str, size: tuple[int, int], factor: int) -> None:
    text.use(language)
    with fonts_times(factor):
        desk = Desk(size)
        settle()
        for button in desk.page.findChildren(Button):
            if button.isVisibleTo(desk.page):
                assert button.width() >= button.sizeHint().width(), button.accessibleName()
                assert inside(button, desk.page), button.accessibleName()


def test_the_three_answers_are_equally_large(desk: Desk) -> None:
    settle()
    widths = {button.width() for button in desk.page.card.buttons}
    assert max(widths) - min(widths) <= 1  # the room left over by dividing by three
    assert len({button.height() for button in desk.page.card.buttons}) == 1


def test_no_row_of_keys_sends_anything_without_a_button() -> None:
    """200 keys at the list and the text: only the buttons send and delete."""
    random_ = random.Random(7)  # no secret: the same keys every time
    desk = Desk()
    keys = (
        Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace,
        Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_S, Qt.Key.Key_D,
    )  # fmt: skip
    targets: list[QWidget] = [desk.page.list, desk.page.card.findChildren(ChipText)[0], desk.page]
    for _ in range(200):
        QTest.keyClick(random_.choice(targets), random_.choice(keys))
    assert not desk.engine.of(Send)
    assert not desk.engine.of(Delete)
    assert not desk.engine.of(RemoveMore)


def test_every_control_has_a_name(desk: Desk) -> None:
    assert desk.page.list.accessibleName() == "Waiting to leave this computer"
    assert all(button.accessibleName() for button in desk.page.findChildren(QPushButton) if button.text())


def test_without_a_notice_the_purpose_keeps_its_id() -> None:
    engine = PagesEngine({GetNotice: Done(problem="no-organisation")})
    state = State(clock=lambda: 0.0)
    state.take(samples.snapshot(waiting=7))
    page = WaitingPage(engine, state)
    page.activate()
    assert isinstance(page.card.record, Record)
    assert "purpose: train ·" in " ".join(label.text() for label in page.findChildren(Label))
