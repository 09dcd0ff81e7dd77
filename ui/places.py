"""Where on this computer something shall be written: the system's own dialogs, and names that are not taken yet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


def folder_in_folder(parent: QWidget, title: str, name: str) -> str:
    """A new folder ``name`` inside the one the person picks; empty if they pick none."""
    chosen = QFileDialog.getExistingDirectory(parent, title, _home())
    return str(free(Path(chosen) / name)) if chosen else ""


def new_file(parent: QWidget, title: str, name: str) -> str:
    """A new file the person names, ``name`` proposed; empty if they name none. It is never overwritten."""
    option = QFileDialog.Option.DontConfirmOverwrite
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(free(Path(_home()) / name)), "HTML (*.html)", "", option)
    return chosen


def free(place: Path) -> Path:
    """``place``, or the same name with a number behind it if that is taken."""
    found, number = place, 1
    while found.exists():
        number += 1
        found = place.with_name(f"{place.stem}-{number}{place.suffix}")
    return found


def _home() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or str(Path.home())
