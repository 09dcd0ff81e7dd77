"""Why something was taken out is told in words: where the mouse rests, where the keyboard is, and aloud."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QToolTip

from agent.protocol import Live, Part
from agent.redaction.kinds import BY_EMPLOYEE, INPUT_METHOD, LABELS, PASTED, UNDO
from tests.fakes import samples
from ui import text as words
from ui.components.chips import ChipText
from ui.pages.live.lines import Row
from ui.pages.live.why import WhyPanel
from ui.pages.record.legend import Chips, counted
from ui.removed import whys

NAMED, PARTS = samples.marked("ask [name] and [e-mail address]")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_kind_has_a_name_and_a_reason_in_every_language(language: str) -> None:
    catalogue = words.catalogue(language)
    for kind in (*LABELS, PASTED, UNDO, INPUT_METHOD, BY_EMPLOYEE):
        assert catalogue.has(f"rule.{kind}"), kind
        assert catalogue.has(f"kind.{kind}"), kind


def test_each_kind_is_told_once_in_the_order_of_the_text() -> None:
    parts = [Part(20, 26, "name", "machine"), Part(0, 6, "secret", "machine"), Part(30, 36, "name", "machine")]
    told = whys([*parts, Part(40, 41, "unknown kind", "machine")])
    assert [line.split("]")[0] for line in told] == ["[secret", "[name"]


def test_a_chip_says_it_to_the_mouse_and_the_text_aloud() -> None:
    shown = ChipText("Record")
    shown.show_text(NAMED, PARTS)
    cursor = QTextCursor(shown.document())
    cursor.setPosition(5)
    assert "reads as the name of a person" in cursor.charFormat().toolTip()
    assert "reads as the name of a person" in shown.accessibleDescription()
    assert shown.accessibleDescription().startswith(NAMED)


def test_the_legend_says_it_to_the_keyboard() -> None:
    chips = Chips()
    chips.resize(300, 60)
    chips.show()
    chips.show_counted(counted(PARTS, "machine"), whys(PARTS))
    assert chips.focusPolicy() is Qt.FocusPolicy.TabFocus
    assert "form of an e-mail address" in chips.accessibleDescription()
    chips.focusInEvent(QFocusEvent(QFocusEvent.Type.FocusIn))
    assert "reads as the name" in QToolTip.text()
    chips.focusOutEvent(QFocusEvent(QFocusEvent.Type.FocusOut))
    chips.show_counted([])
    assert chips.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_the_live_view_says_it_of_the_chosen_line() -> None:
    panel = WhyPanel()
    line = Live(at=1, kept=True, kind="text", program="Mousepad", why=samples.YES, text=NAMED, removed=PARTS)
    panel.show_row(Row(1, line, 1, "", NAMED, PARTS, ""))
    assert "[name] It reads as the name of a person" in panel.accessibleDescription()
