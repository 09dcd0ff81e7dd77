"""Looking at widgets: wait until they lie where they will, at the size of the platform's font or a multiple."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication, QWidget

_ROUNDS = 4  # a scroll bar that appears moves what is inside, which may take it away again


def settle() -> None:
    """Layouts are done in the event loop."""
    for _ in range(_ROUNDS):
        QApplication.processEvents()


@contextmanager
def fonts_times(factor: float) -> Iterator[None]:
    """The platform's font at a multiple of its size."""
    before = QApplication.font()
    larger = QApplication.font()
    larger.setPointSizeF(before.pointSizeF() * factor)
    QApplication.setFont(larger)
    try:
        yield
    finally:
        QApplication.setFont(before)


def inside(inner: QWidget, outer: QWidget) -> bool:
    """Whether it stands between the left and right edge of ``outer``."""
    left = inner.mapTo(outer, inner.rect().topLeft()).x()
    return left >= 0 and left + inner.width() <= outer.width()
