"""The least that programs of this kind can cost, to compare with: ``listener`` (pynput) or ``tray`` (PySide6).

Run as programs of their own by the load benchmark; neither keeps nor tells anything.
"""

from __future__ import annotations

import sys


def listener() -> int:
    """Every key and every movement of the pointer, counted and forgotten."""
    from pynput import keyboard, mouse  # type: ignore[import-not-found]  # noqa: PLC0415  # only beside the benchmark

    count = 0

    def one(*_: object) -> None:
        nonlocal count
        count += 1

    keys = keyboard.Listener(on_press=one, on_release=one)
    pointer = mouse.Listener(on_move=one, on_click=one, on_scroll=one)
    keys.start()
    pointer.start()
    keys.join()
    return 0


def tray() -> int:
    """An icon and a menu with one entry."""
    from PySide6.QtGui import QColor, QIcon, QPixmap  # noqa: PLC0415  # the other peer has no Qt
    from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon  # noqa: PLC0415

    application = QApplication(["bare-tray"])
    application.setQuitOnLastWindowClosed(False)
    picture = QPixmap(32, 32)
    picture.fill(QColor("orange"))
    icon = QSystemTrayIcon(QIcon(picture))
    menu = QMenu()
    menu.addAction("Quit", application.quit)
    icon.setContextMenu(menu)
    icon.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit({"listener": listener, "tray": tray}[sys.argv[1]]())
