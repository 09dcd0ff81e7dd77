"""Pictures of every window and state, from messages made up in tests/fakes/samples.py; no engine, no screen.

``python -m tests.ui.screenshots OUT [NAME...]`` writes OUT/NAME-VARIANT.png. Variants: light, dark, german,
large (fonts at 200 %), contrast. To be looked at by people; nothing is compared by machine.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from agent.protocol import ActiveProblem, GetHistory, GetNotice, GetPrograms, GetRecord, GetSent, GetWaiting, Snapshot
from tests.fakes import samples
from tests.fakes.asked_engine import AskedEngine
from ui import text
from ui.app import make_window
from ui.flows import Flows
from ui.indicator import Sign
from ui.small_window import SmallWindow
from ui.state import State
from ui.theme import Theme, theme
from ui.tray import TrayMenu, tray_icon


@dataclass(frozen=True)
class Variant:
    name: str
    dark: bool = False
    language: str = "en"
    factor: float = 1.0
    contrast: bool = False


VARIANTS = (
    Variant("light"),
    Variant("dark", dark=True),
    Variant("german", language="de"),
    Variant("large", factor=2.0),
    Variant("contrast", contrast=True),
)


class Stage:
    """An engine that answers from samples, and a state that stands still."""

    def __init__(self, snapshot: Snapshot | None = None) -> None:
        self.engine = AskedEngine(
            {
                GetNotice: samples.notice(),
                GetPrograms: samples.programs(),
                GetWaiting: samples.waiting(),
                GetRecord: samples.records()[1],
                GetSent: samples.sent(),
                GetHistory: samples.history(),
            }
        )
        self.state = State(clock=lambda: 0.0)
        self.flows = Flows(self.engine, self.state)
        if snapshot is not None:
            self.state.take(snapshot)


def save(widget: QWidget, out: Path) -> None:
    widget.show()
    for _ in range(3):
        QApplication.processEvents()
    widget.grab().save(str(out))
    widget.hide()


def window(
    page: str, snapshot: Snapshot | None = None, *, lines: bool = True, size: tuple[int, int] = (1100, 760)
) -> QWidget:
    stage = Stage(snapshot or samples.snapshot())
    made, live = make_window(stage.engine, stage.state, stage.flows)
    if lines:
        for line in samples.lives():
            live.add(line)
    made.stage = stage  # type: ignore[attr-defined]  # keeps it alive
    made.resize(*size)
    made.open_page(page)
    return made


def signs() -> QWidget:
    sheet = Sheet(700)
    for shot in SIGNS:
        stage = Stage(shot)
        for wide in (False, True):
            sign = Sign(wide=wide)
            sign.follow(stage.state.presented())
            sheet.put(sign, 40 if not wide else 110)
        sheet.next()
    return sheet


class Sheet(QWidget):
    """Several widgets on one ground."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.setObjectName("window")
        self._y = 20
        self._tallest = 0
        self.setMinimumWidth(width)

    def put(self, widget: QWidget, x: int) -> None:
        widget.adjustSize()
        widget.setParent(self)
        widget.move(QPoint(x, self._y))
        widget.show()
        self._tallest = max(self._tallest, widget.height())

    def next(self) -> None:
        self._y += self._tallest + 14
        self._tallest = 0
        self.resize(self.minimumWidth(), self._y)


OWN = samples.snapshot(
    own=("account", "name", "computer", "address"),
    own_words=("Falkenstein", "Nordlicht"),
    home_address="14 Kestrel Road, Ludlow SY8 1AA",
)
SIGNS = (
    samples.snapshot(state="off", consent="never-asked"),
    samples.snapshot(),
    samples.snapshot(state="elsewhere", reason="password-field", program="Firefox"),
    samples.snapshot(state="paused", paused_until=0),
    samples.snapshot(state="quiet"),
    samples.snapshot(due_soon=9),
    samples.snapshot(due_soon=42),
    samples.snapshot(state="elsewhere", sending=1),
    samples.snapshot(state="off", decision=True, consent="never-asked"),
    samples.snapshot(state="stopped", problems=(ActiveProblem("redaction-failed"),)),
    samples.snapshot(sending=1),
    samples.snapshot(decision=True),
)


def tray_icons() -> QWidget:
    sheet = Sheet(400)
    for shot in SIGNS:
        shown = Stage(shot).state.presented()
        for place, size in enumerate((16, 22, 32, 64)):
            label = QLabel()
            label.setPixmap(tray_icon(shown).pixmap(size))
            sheet.put(label, 20 + place * 80)
        sheet.next()
    return sheet


def tray_menu() -> QWidget:
    stage = Stage(samples.snapshot())
    menu = TrayMenu(stage.state, stage.flows)
    menu.stage = stage  # type: ignore[attr-defined]  # keeps it alive
    return menu


def small_window(snapshot: Snapshot) -> QWidget:
    stage = Stage(snapshot)
    made = SmallWindow(stage.state, stage.flows)
    made.stage = stage  # type: ignore[attr-defined]  # keeps it alive
    return made


def question() -> QWidget:
    stage = Stage(samples.snapshot())
    stage.flows.withdraw()
    assert stage.flows.question is not None
    asked = stage.flows.question
    asked.stage = stage  # type: ignore[attr-defined]  # keeps it alive
    return asked


def asked_from_outside(what: str) -> QWidget:
    stage = Stage(samples.snapshot())
    if what == "erase":
        stage.flows.erase_all(lambda _done: None)
    else:
        stage.flows.export("/home/mira/Documents/aboveboard-2026-11-26", "en", lambda _done: None)
    assert stage.flows.question is not None
    asked = stage.flows.question
    asked.stage = stage  # type: ignore[attr-defined]  # keeps it alive
    return asked


CLOCK = samples.snapshot(state="stopped", problems=(ActiveProblem("clock-moved", {"seconds": "3600"}),))
HELD = samples.snapshot(sending=1, problems=(ActiveProblem("upload-held-metered"),))
STOPPED = samples.snapshot(state="stopped", problems=(ActiveProblem("redaction-failed"),))
PICTURES: dict[str, Callable[[], QWidget]] = {
    "live": lambda: window("live"),
    "live-small": lambda: window("live", size=(860, 600)),
    "live-empty": lambda: window("live", lines=False),
    "live-stopped": lambda: window("live", STOPPED),
    "live-paused": lambda: window("live", samples.snapshot(state="paused", paused_until=samples.NOW + 900, trial=True)),
    "waiting": lambda: window("waiting"),
    "sent": lambda: window("sent"),
    "programs": lambda: window("programs"),
    "programs-own": lambda: window("programs", OWN, size=(1100, 1500)),
    "consent": lambda: window("consent"),
    "policy": lambda: window("policy"),
    "rights": lambda: window("rights"),
    "about": lambda: window("about"),
    "signs": signs,
    "tray-icons": tray_icons,
    "tray-menu": tray_menu,
    "small-collecting": lambda: small_window(samples.snapshot()),
    "small-paused": lambda: small_window(samples.snapshot(state="paused", paused_until=0)),
    "small-stopped": lambda: small_window(STOPPED),
    "question-withdraw": question,
    "question-erase": lambda: asked_from_outside("erase"),
    "question-export": lambda: asked_from_outside("export"),
    "live-clock": lambda: window("live", CLOCK),
    "small-clock": lambda: small_window(CLOCK),
    "sent-held": lambda: window("sent", HELD),
    "sent-held-small": lambda: window("sent", HELD, size=(860, 600)),
}


def main() -> int:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication(["screenshots"])
    font = QFont("Inter")
    font.setPointSizeF(9.75)
    application.setFont(font)
    Theme(application)
    wanted = sys.argv[2:]
    for variant in VARIANTS:
        font.setPointSizeF(9.75 * variant.factor)
        application.setFont(font)
        text.use(variant.language)
        theme().force(dark=variant.dark, high_contrast=variant.contrast)
        for name, make in PICTURES.items():
            full = f"{name}-{variant.name}"
            if wanted and not any(full.startswith(each) for each in wanted):
                continue
            save(make(), out / f"{full}.png")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
