"""One QApplication for all tests of the window, without a screen; warnings of Qt fail the test that caused them."""

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from ui import text
from ui.theme import Theme

_HARMLESS = (
    "This plugin does not support propagateSizeHints()",  # the offscreen platform says this of every fixed window
    "This plugin does not support raise()",
)


@pytest.fixture(scope="session")
def application() -> QApplication:
    application = QApplication.instance() or QApplication(["aboveboard-tests"])
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    Theme(application)
    return application


@pytest.fixture(autouse=True)
def _qt(application: QApplication) -> Iterator[None]:
    """Every test starts in English and light; what Qt warns about is a failure."""
    complaints: list[str] = []

    def keep(kind: QtMsgType, context: object, message: str) -> None:
        if kind in {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg} and message not in _HARMLESS:
            complaints.append(message)

    previous = qInstallMessageHandler(keep)
    text.use("en")
    found = application.findChild(Theme, "aboveboard-theme")
    assert found is not None
    found.force(dark=False)
    try:
        yield
        for widget in application.topLevelWidgets():
            widget.hide()
            widget.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        application.processEvents()
    finally:
        qInstallMessageHandler(previous)
    assert complaints == []
