"""The parts every page is made of. One button, one question, one chip: see the design language in ui/README.md."""

from ui.components.bar import Bar
from ui.components.buttons import Button, Link, Segmented, same_width
from ui.components.cards import Banner, Card, EmptyState, FactRows, Ground, Icon
from ui.components.chips import ChipText, chip_size, paint_chip, pieces
from ui.components.glyph import StateGlyph, sign_pixmap
from ui.components.labels import HeadingLabel, Label, WordsLabel, high_enough
from ui.components.question import Question
from ui.components.ticks import Ring, Tick

__all__ = [
    "Banner",
    "Bar",
    "Button",
    "Card",
    "ChipText",
    "EmptyState",
    "FactRows",
    "Ground",
    "HeadingLabel",
    "Icon",
    "Label",
    "Link",
    "Question",
    "Ring",
    "Segmented",
    "StateGlyph",
    "Tick",
    "WordsLabel",
    "chip_size",
    "high_enough",
    "paint_chip",
    "pieces",
    "same_width",
    "sign_pixmap",
]
