"""Text on the page: labels in the roles of the design language, headings that can hold the focus, key fingerprints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ui.theme import FontRole, theme

Colour: TypeAlias = Literal["ink", "muted", "turn", "stop", "ok"]


class Label(QLabel):
    """Plain text in a role. font: size and weight; colour: ink, muted, turn, stop, ok. Wraps; never rich text.

    selectable: the person may copy it (hashes, addresses).
    """

    def __init__(
        self,
        words: str = "",
        font: FontRole = "body",
        *,
        colour: Colour = "ink",
        bold: bool | None = None,
        wrap: bool = True,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._font_role: FontRole = font
        self._bold = bold
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("role", colour)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.set_words(words)
        self._dress()
        theme().changed.connect(self._dress)

    def set_words(self, words: str) -> None:
        """Show other words; the accessible name follows."""
        self.setText(words)
        self.setAccessibleName(words)

    def _dress(self) -> None:
        self.setFont(theme().font(self._font_role, bold=self._bold))


class HeadingLabel(Label):
    """A heading. It can take the focus, so that a question starts on its words and not on a button."""

    def __init__(self, words: str = "", font: FontRole = "page", *, parent: QWidget | None = None) -> None:
        super().__init__(words, font, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class WordsLabel(QWidget):
    """The fingerprint of a key as words to compare, numbered, three in a row, selectable.

    words: from the notice (BIP-39 list). Empty: nothing is shown.
    """

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, word in enumerate(words):
            label = Label(f"{place + 1} {word}", wrap=False, selectable=True)
            label.setFont(theme().fixed_font())
            grid.addWidget(label, place // 3, place % 3)
        grid.setColumnStretch(3, 1)
        self.setAccessibleName(" ".join(words))


def high_enough(window: QWidget) -> None:
    """A window whose words wrap is never lower than they need at its width (layouts alone promise only one line)."""
    layout = window.layout()
    if layout is not None and layout.hasHeightForWidth():
        window.setMinimumHeight(layout.totalHeightForWidth(max(window.width(), layout.totalMinimumSize().width())))
