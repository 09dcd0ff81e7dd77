"""A small Qt program to try eyes and hands on: a form, a tray icon with a menu. Prints what happens to it."""

from __future__ import annotations

import sys

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QMenu,
    QPushButton,
    QSystemTrayIcon,
    QVBoxLayout,
    QWidget,
)


def say(text: str) -> None:
    print(text, flush=True)


def main() -> int:
    app = QApplication(sys.argv)
    app.setApplicationName("Form")
    app.setQuitOnLastWindowClosed(False)
    window = QWidget()
    window.setWindowTitle("Form")
    line, agree, send = QLineEdit(), QCheckBox("I agree"), QPushButton("Send")
    line.setAccessibleName("Message")
    send.setEnabled(False)
    agree.toggled.connect(send.setEnabled)
    send.clicked.connect(lambda: say(f"sent {line.text()}"))
    layout = QVBoxLayout(window)
    for part in (line, agree, send):
        layout.addWidget(part)
    picture = QPixmap(32, 32)
    picture.fill(QColor("red"))
    tray = QSystemTrayIcon(QIcon(picture))
    menu = QMenu()
    menu.addAction("Pause").triggered.connect(lambda: say("pause"))
    menu.addMenu("More").addAction("One hour").triggered.connect(lambda: say("one hour"))
    menu.addAction("Leave").triggered.connect(app.quit)
    tray.setContextMenu(menu)
    tray.show()
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
