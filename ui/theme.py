"""How everything looks: tokens, palette, style sheet, fonts, icons; light, dark and high contrast, followed live.

One ``Theme`` belongs to the QApplication. Widgets ask ``theme()`` and repaint on its ``changed``.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib import resources
from typing import Final, Literal, TypeAlias

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QImage, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

FontRole: TypeAlias = Literal["small", "body", "section", "page", "firstRun"]
SPACE: Final = (4, 8, 12, 16, 24, 32)
RADIUS_SMALL: Final = 3
RADIUS: Final = 6
_SEMIBOLD: Final = ("section", "page", "firstRun")


@lru_cache(maxsize=1)
def tokens() -> dict[str, dict[str, str]]:
    """``{"light": {role: "#rrggbb"}, "dark": {...}}`` from resources/tokens.json."""
    data = json.loads(_read("tokens.json"))
    return {scheme: dict(data[scheme]) for scheme in ("light", "dark")}


@lru_cache(maxsize=1)
def _factors() -> dict[str, float]:
    return {role: float(factor) for role, factor in json.loads(_read("tokens.json"))["type"].items()}


def _read(name: str) -> str:
    return (resources.files("ui") / "resources" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=128)
def _svg(name: str) -> bytes:
    return (resources.files("ui") / "resources" / "icons" / f"{name}.svg").read_bytes()


def fill(template: str, colours: dict[str, str]) -> str:
    """The style sheet with every ``@role`` replaced. Raises KeyError for a role that has no token."""
    return re.sub(r"@([a-z_]+)", lambda match: colours[match.group(1)], template)


class Theme(QObject):
    """Follows the platform's colour scheme and contrast; ``apply()`` dresses the application.

    dark, high_contrast: what is shown now. ``changed`` is emitted after palette and style sheet were replaced.
    """

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.setObjectName("aboveboard-theme")
        self._application = application
        self._forced: tuple[bool, bool] | None = None
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self.dark = False
        self.high_contrast = False
        application.setStyle("Fusion")
        self._platform_palette = QPalette(application.palette())
        application.fontChanged.connect(lambda _font: self.changed.emit())  # fonts are factors of the platform's font
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self.apply)
        accessibility = getattr(hints, "accessibility", None)  # Qt 6.10 and later
        if accessibility is not None:
            accessibility().contrastPreferenceChanged.connect(self.apply)
        self.apply()

    def force(self, *, dark: bool, high_contrast: bool = False) -> None:
        """Show one look whatever the platform says: for pictures and tests."""
        self._forced = (dark, high_contrast)
        self.apply()

    def apply(self) -> None:
        """Read the platform's wishes again and rebuild palette, style sheet and icons."""
        self.dark, self.high_contrast = self._forced or self._wishes()
        self._pixmaps.clear()
        if self.high_contrast:
            self._application.setStyleSheet("")
            self._application.setPalette(self._platform_palette)
        else:
            self._application.setPalette(self._palette())
            self._application.setStyleSheet(fill(_read("aboveboard.qss"), self._tokens()))
        self.changed.emit()

    def _wishes(self) -> tuple[bool, bool]:
        hints = self._application.styleHints()
        dark = hints.colorScheme() == Qt.ColorScheme.Dark
        accessibility = getattr(hints, "accessibility", None)
        more = accessibility is not None and (
            accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
        )
        return dark, more

    def _tokens(self) -> dict[str, str]:
        return tokens()["dark" if self.dark else "light"]

    def colour(self, role: str) -> QColor:
        """The colour of a role of tokens.json; in high contrast the platform's text or ground."""
        if not self.high_contrast:
            return QColor(self._tokens()[role])
        palette = self._platform_palette
        if role in {"window", "surface", "sunken", "accent_tint", "removed_bg", "turn_tint", "stop_tint"}:
            return palette.color(QPalette.ColorRole.Window)
        if role == "selection":
            return palette.color(QPalette.ColorRole.Highlight)
        return palette.color(QPalette.ColorRole.WindowText)

    def on_selection(self) -> QColor:
        """The text colour on ``selection``: ink, or the platform's highlighted text in high contrast."""
        if self.high_contrast:
            return self._platform_palette.color(QPalette.ColorRole.HighlightedText)
        return self.colour("ink")

    def chip_ink(self, by: str) -> QColor:
        """The colour of a chip's words. by: ``machine`` or ``employee``."""
        if self.high_contrast:
            return self.colour("window")
        return self.colour("ink" if by == "employee" else "removed_ink")

    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        palette = QPalette()
        for target, name in (
            (role.Window, "window"),
            (role.WindowText, "ink"),
            (role.Base, "surface"),
            (role.AlternateBase, "sunken"),
            (role.Text, "ink"),
            (role.Button, "surface"),
            (role.ButtonText, "ink"),
            (role.BrightText, "ink"),
            (role.ToolTipBase, "surface"),
            (role.ToolTipText, "ink"),
            (role.PlaceholderText, "muted"),
            (role.Highlight, "selection"),
            (role.HighlightedText, "ink"),
            (role.Link, "accent"),
            (role.LinkVisited, "accent"),
            (role.Accent, "accent"),
            (role.Light, "surface"),
            (role.Midlight, "line"),
            (role.Mid, "line"),
            (role.Dark, "border"),
        ):
            palette.setColor(target, QColor(self._tokens()[name]))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(self._tokens()["muted"]))
        return palette

    def font(self, role: FontRole = "body", *, bold: bool | None = None) -> QFont:
        """The platform's font at a factor. bold: semibold; None as the role has it."""
        font = QFont(self._application.font())
        factor = _factors()[role]
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * factor)
        else:
            font.setPixelSize(round(font.pixelSize() * factor))
        semibold = role in _SEMIBOLD if bold is None else bold
        font.setWeight(QFont.Weight.DemiBold if semibold else QFont.Weight.Normal)
        return font

    def fixed_font(self) -> QFont:
        """The platform's fixed font at the size of small text: bytes and hashes."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        base = self.font("small")
        if base.pointSizeF() > 0:
            font.setPointSizeF(base.pointSizeF())
        else:
            font.setPixelSize(base.pixelSize())
        return font

    def pixmap(self, name: str, role: str | None, size: int, ratio: float = 1.0) -> QPixmap:
        """``resources/icons/NAME.svg`` at ``size`` device-independent pixels, tinted in the colour of ``role``.

        role None keeps the drawing's own colours (the coloured ``state/*-light`` and ``-dark``, the logo).
        """
        key = (name, role or "", size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._render(name, role, size, ratio)
        return self._pixmaps[key]

    def _render(self, name: str, role: str | None, size: int, ratio: float) -> QPixmap:
        side = max(1, round(size * ratio))
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(_svg(name))).render(painter, QRectF(0, 0, side, side))
        if role is not None:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            painter.fillRect(image.rect(), self.colour(role))
        painter.end()
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def icon(self, name: str, role: str | None = "ink", size: int = 16) -> QIcon:
        """As ``pixmap``, for buttons and menus."""
        icon = QIcon(self.pixmap(name, role, size))
        icon.addPixmap(self.pixmap(name, role, size, 2.0))
        return icon

    def sign(self, state: str, size: int, ratio: float = 1.0) -> QPixmap:
        """The state's sign without its digits: coloured, or the template in ``WindowText`` in high contrast."""
        if self.high_contrast:
            return self.pixmap(f"state/{state}", "ink", size, ratio)
        return self.pixmap(f"state/{state}-{'dark' if self.dark else 'light'}", None, size, ratio)


def theme() -> Theme:
    """The theme of the running application. Raises RuntimeError before it was made."""
    application = QApplication.instance()
    found = application.findChild(Theme, "aboveboard-theme") if application is not None else None
    if found is None:
        raise RuntimeError("the theme is made before the first widget")
    return found
