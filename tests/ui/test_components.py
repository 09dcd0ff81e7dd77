"""The parts every page is made of keep their rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from agent.protocol import Part
from tests.fakes.looks import settle
from ui.components import Button, ChipText, FactRows, Label, Question, Segmented, pieces
from ui.theme import fill, theme, tokens


def question() -> tuple[Question, list[bool]]:
    asked = Question("Stop and withdraw your yes?", ["One.", "Two."], "No, go on", "Yes, stop and withdraw")
    answers: list[bool] = []
    asked.answered.connect(answers.append)
    asked.show()
    QTest.qWaitForWindowExposed(asked)
    return asked, answers


def test_no_stands_left_of_yes_in_the_same_size_and_font() -> None:
    asked, _ = question()
    assert asked.no.geometry().right() < asked.yes.geometry().left()
    assert asked.no.size() == asked.yes.size()
    assert asked.no.font() == asked.yes.font()
    assert asked.no.palette() == asked.yes.palette()


def test_the_focus_is_on_the_heading_and_enter_does_nothing() -> None:
    asked, answers = question()
    assert asked.focusWidget() is asked.heading
    QTest.keyClick(asked, Qt.Key.Key_Return)
    QTest.keyClick(asked.heading, Qt.Key.Key_Enter)
    assert answers == []
    assert not any(button.isDefault() or button.autoDefault() for button in asked.findChildren(QPushButton))


@pytest.mark.parametrize("way", ["escape", "close", "no"])
def test_every_way_out_is_no(way: str) -> None:
    asked, answers = question()
    if way == "escape":
        QTest.keyClick(asked, Qt.Key.Key_Escape)
    elif way == "close":
        asked.close()
    else:
        asked.no.click()
    assert answers == [False]


def test_yes_is_yes_once() -> None:
    asked, answers = question()
    asked.yes.click()
    assert answers == [True]


def test_a_button_is_never_the_default_of_a_dialog() -> None:
    parent = QWidget()
    QVBoxLayout(parent).addWidget(button := Button("Send this item"))
    assert not button.autoDefault()
    assert not button.isDefault()
    assert button.accessibleName() == "Send this item"


def test_an_ampersand_is_shown() -> None:
    button = Button("Don't collect in R&D")
    assert button.text() == "Don't collect in R&&D"
    assert button.accessibleName() == "Don't collect in R&D"


def test_segments_move_by_arrow_keys() -> None:
    segments = Segmented("Show", [("all", "Everything"), ("kept", "Kept"), ("not", "Not kept")], "all")
    chosen: list[str] = []
    segments.chosen.connect(chosen.append)
    segments.show()
    first = segments.findChildren(QPushButton)[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert chosen == ["kept"]
    assert segments.selected() == "kept"
    assert [button.accessibleName() for button in segments.findChildren(QPushButton)] == [
        "Everything", "Kept", "Not kept",
    ]  # fmt: skip


SAMPLE = "Dear [name], call 😀 [phone number] now"
PARTS = (Part(5, 11, "name", "machine"), Part(20, 34, "phone number", "employee"))


def test_removed_parts_are_one_chip_each_and_copy_as_they_stand() -> None:
    shown = ChipText("Text")
    shown.show_text(SAMPLE, PARTS)
    shown.selectAll()
    assert shown.createMimeDataFromSelection().text() == SAMPLE
    assert shown.document().characterCount() - 1 == len(SAMPLE) - 6 - 14 + 2 + 1  # two chips, one surrogate pair
    assert shown.selected() == (0, len(SAMPLE))


def test_selected_range_is_told_in_code_points() -> None:
    shown = ChipText("Text")
    shown.show_text(SAMPLE, PARTS)
    cursor = shown.textCursor()
    cursor.setPosition(cursor.document().characterCount() - 1 - 3)
    cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    shown.setTextCursor(cursor)
    start, end = shown.selected()
    assert SAMPLE[start:end] == "now"


@given(st.text(alphabet="ab 😀[]\n", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_any_selection_maps_back_to_the_text_it_shows(words: str, first: int, second: int) -> None:
    shown = ChipText("Text")
    shown.show_text(words, ())
    first, second = sorted((min(first, len(words)), min(second, len(words))))
    cursor = shown.textCursor()
    cursor.setPosition(len(words[:first].encode("utf-16-le")) // 2)
    cursor.setPosition(len(words[:second].encode("utf-16-le")) // 2, QTextCursor.MoveMode.KeepAnchor)
    shown.setTextCursor(cursor)
    assert shown.selected() == ((first, second) if first != second else (0, 0))


def test_a_text_qt_would_change_cannot_be_selected() -> None:
    shown = ChipText("Text")
    shown.show_text("one\r\ntwo", ())
    exact = shown.document().characterCount() - 1 == len("one\r\ntwo")
    selectable = bool(shown.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse)
    assert selectable == exact


@given(st.text(max_size=20), st.lists(st.tuples(st.integers(-2, 25), st.integers(-2, 25)), max_size=5))
def test_pieces_lose_no_character_whatever_the_parts(words: str, spans: list[tuple[int, int]]) -> None:
    cut = pieces(words, [Part(start, end, "x", "machine") for start, end in spans])
    assert "".join(piece.words for piece in cut) == words


def test_the_style_sheet_knows_every_token_in_both_schemes() -> None:
    for scheme in ("light", "dark"):
        assert "@" not in fill("QLabel { color: @ink; }", tokens()[scheme])
    theme().force(dark=True)
    assert theme().colour("ink").name().lower() == tokens()["dark"]["ink"].lower()


def test_high_contrast_has_no_style_sheet(application: QApplication) -> None:
    theme().force(dark=False, high_contrast=True)
    assert application.styleSheet() == ""


def test_fonts_follow_the_platforms_font(application: QApplication) -> None:
    window = QWidget()
    label = Label("Live", "page", parent=window)
    before, font = label.font().pointSizeF(), application.font()
    larger = application.font()
    larger.setPointSizeF(font.pointSizeF() * 2)
    try:
        application.setFont(larger)
        assert label.font().pointSizeF() == pytest.approx(before * 2)
    finally:
        application.setFont(font)
    assert label.font().pointSizeF() == pytest.approx(before)


def test_a_question_is_high_enough_for_its_words_at_twice_the_size(application: QApplication) -> None:
    font = application.font()
    larger = application.font()
    larger.setPointSizeF(font.pointSizeF() * 2)
    try:
        application.setFont(larger)
        asked, _ = question()
        layout = asked.layout()
        assert layout is not None
        assert asked.height() >= layout.totalHeightForWidth(asked.width())
        assert asked.no.width() >= asked.no.sizeHint().width()
    finally:
        application.setFont(font)


def test_facts_go_below_their_names_where_there_is_no_room_beside_them() -> None:
    rows = FactRows([("A name of some length", "and what it means in a sentence that is longer than a line")])
    rows.resize(600, 200)
    rows.show()
    settle()
    name, value = rows.findChildren(Label)
    assert value.x() > name.x()
    rows.resize(260, 300)
    settle()
    assert value.x() == name.x()
    assert value.y() > name.y()
    assert rows.minimumSizeHint().width() < 260
    rows.resize(600, 200)
    settle()
    assert value.x() > name.x()
