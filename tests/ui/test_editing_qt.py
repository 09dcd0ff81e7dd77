"""A text field of Qt and the assembler are given the same keys: they hold the same text.

Together with ``tests/contracts/test_editing_gtk.py``: what the assembler is sure of holds in both toolkits.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.fakes.editing import session

_KEYS = {"BackSpace": Qt.Key.Key_Backspace, "a": Qt.Key.Key_A}
_HELD = {"Shift": Qt.KeyboardModifier.ShiftModifier, "Control": Qt.KeyboardModifier.ControlModifier}


def press(field: QLineEdit, step: str) -> None:
    *names, key = step.split("+")
    if len(key) == 1 and not names:
        QTest.keyClicks(field, key)
        return
    held = Qt.KeyboardModifier.NoModifier
    for name in names:
        held |= _HELD[name]
    QTest.keyClick(field, _KEYS.get(key) or getattr(Qt.Key, f"Key_{key}"), held)


@pytest.mark.parametrize("seed", range(40))
def test_the_text_is_what_the_field_holds(application: QApplication, seed: int) -> None:
    steps, text = session(seed)
    field = QLineEdit()
    field.show()
    field.setFocus()
    for step in (*steps, "x", "BackSpace"):
        press(field, step)
    held = field.text()
    assert (held if held.strip() else "") == text, steps  # blanks alone are no record
    field.close()
