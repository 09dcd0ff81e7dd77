"""Pictures of the first run and of the pages in each of their states; made up from end to end, no engine, no screen.

``python -m tests.ui.pictures_pages OUT [NAME...]`` writes OUT/NAME-VARIANT.png, as ``tests.ui.screenshots`` does for
the shell. A first run that is higher than 660 at 100 % is told on stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from agent.protocol import (
    ActiveProblem,
    Command,
    Done,
    GetHistory,
    GetNotice,
    GetOpenings,
    GetPrograms,
    GetSent,
    Give,
    History,
    QuietHours,
    Sent,
    Snapshot,
)
from tests.fakes import pages, samples, sent_batches
from tests.fakes.pages import PagesEngine
from tests.ui.screenshots import VARIANTS, Variant
from ui import text
from ui.app import make_window
from ui.engine import Reply
from ui.first_run.telling import FullNotice
from ui.first_run.window import FirstRun
from ui.flows import Flows
from ui.main_window import MainWindow
from ui.pages.consent import ConsentPage
from ui.pages.programs import ProgramsPage
from ui.pages.receipts import ShownReceipt
from ui.pages.sent import SentPage
from ui.pages.waiting import WaitingPage
from ui.state import State
from ui.text import t
from ui.theme import Theme, theme

OFF = samples.snapshot(state="off", consent="never-asked", decision=True, waiting=0, given=(), sending_mode="")
#: Moves on from each screen of the first run.
TICKED = (("train", "title"), ("train", "text"), ("evaluate", "text"))
SMALL = (860, 600)


class Stage:
    """An engine and a state that stand still."""

    def __init__(self, snapshot: Snapshot, answers: dict[type[Command], Reply] | None = None) -> None:
        self.engine = PagesEngine(answers)
        self.state = State(clock=lambda: 0.0)
        self.state.take(snapshot)
        self.flows = Flows(self.engine, self.state)


def first_run(
    screen: int, *, ticks: bool = False, answers: dict[type[Command], Reply] | None = None, press: bool = False
) -> QWidget:
    """The question on screen 1 to 6; ``press``: the right button is pressed there too."""
    stage = Stage(OFF, answers)
    asked = FirstRun(stage.engine, stage.state)
    asked.stage = stage  # type: ignore[attr-defined]  # keeps it alive
    asked.show()
    for place in range(1, screen + (1 if press else 0)):
        if place == 4 and press:
            tick(asked)
        elif place == 4:
            tick(asked)
            stage.state.take(samples.snapshot(state="elsewhere", waiting=0, sending_mode="", decision=False))
        asked.next.click()
    if ticks and screen == 4:
        tick(asked)
    if screen == 6:
        stage.state.take(samples.snapshot(waiting=0, sending_mode=""))
    return asked


def tick(asked: FirstRun) -> None:
    for cell in TICKED:
        asked.choice.grid.box(*cell).setChecked(True)


def refused() -> QWidget:
    asked = first_run(1)
    assert isinstance(asked, FirstRun)
    asked.stage.state.take(samples.snapshot(state="off", consent="refused", waiting=0))  # type: ignore[attr-defined]
    asked.no.click()
    return asked


def window(
    page: str,
    snapshot: Snapshot | None = None,
    answers: dict[type[Command], Reply] | None = None,
    size: tuple[int, int] = (1100, 760),
) -> MainWindow:
    stage = Stage(snapshot or samples.snapshot(), answers)
    made, _ = make_window(stage.engine, stage.state, stage.flows)
    made.stage = stage  # type: ignore[attr-defined]  # keeps it alive
    made.resize(*size)
    made.open_page(page)
    return made


def waiting(*, exact: bool = False, select: bool = False, size: tuple[int, int] = (1100, 760)) -> QWidget:
    made = window("waiting", size=size)
    page = made.page()
    assert isinstance(page, WaitingPage)
    place = page.model.place_of(2)
    assert place is not None
    page.list.setCurrentIndex(page.model.index(place))
    if exact:
        page.card.form.select("bytes")
        page.card.form.chosen.emit("bytes")
    if select:
        page.card.select_words("Mr Oduya from the north depot will bring the parts on Thursday.")
    return made


def leaving(size: tuple[int, int] = (1100, 760)) -> QWidget:
    """Three were let go; one of them is chosen."""
    stage = Stage(samples.snapshot(leaving=3, leaving_at=samples.NOW + 1500))
    stage.engine.records = tuple(
        msgspec.structs.replace(record, approved=record.row < 4) for record in stage.engine.records
    )
    made, _ = make_window(stage.engine, stage.state, stage.flows)
    made.stage = stage  # type: ignore[attr-defined]  # keeps it alive
    made.resize(*size)
    made.open_page("waiting")
    return made


def deeds_wait(row: int) -> QWidget:
    """Everything a hand does, one of them chosen."""
    stage = Stage(samples.snapshot())
    stage.engine.records = samples.deed_records()
    made, _ = make_window(stage.engine, stage.state, stage.flows)
    made.stage = stage  # type: ignore[attr-defined]  # keeps it alive
    made.resize(1100, 760)
    made.open_page("waiting")
    page = made.page()
    assert isinstance(page, WaitingPage)
    place = page.model.place_of(row)
    assert place is not None
    page.list.setCurrentIndex(page.model.index(place))
    return made


def deeds_live(size: tuple[int, int] = (1100, 760)) -> QWidget:
    """Everything a hand does, as it is kept."""
    stage = Stage(samples.snapshot(categories=("app", "title", "shortcut", "pointer", "text")))
    made, lines = make_window(stage.engine, stage.state, stage.flows)
    made.stage = stage  # type: ignore[attr-defined]  # keeps it alive
    for line in samples.deed_lives():
        lines.add(line)
    made.resize(*size)
    made.open_page("live")
    return made


def nothing_waits() -> QWidget:
    stage = Stage(samples.snapshot(waiting=0))
    stage.engine.records = ()
    made, _ = make_window(stage.engine, stage.state, stage.flows)
    made.stage = stage  # type: ignore[attr-defined]  # keeps it alive
    made.resize(1100, 760)
    made.open_page("waiting")
    return made


def change() -> QWidget:
    made = window("waiting")
    page = made.page()
    assert isinstance(page, WaitingPage)
    page.change.click()
    assert page.dialog is not None
    page.dialog.stage = made  # type: ignore[attr-defined]  # keeps it alive
    return page.dialog


def sent(place: int, size: tuple[int, int] = (1100, 760), answers: dict[type[Command], Reply] | None = None) -> QWidget:
    made = window("sent", answers=answers, size=size)
    page = made.page()
    assert page is not None
    page.table.selectRow(place)  # type: ignore[attr-defined]  # the page is the sent page
    return made


def sent_inside(size: tuple[int, int] = (1100, 760)) -> QWidget:
    made = window("sent", size=size)
    page = made.page()
    assert isinstance(page, SentPage)
    page.table.selectRow(2)
    page.receipt.look.click()
    page.inside.list.setCurrentIndex(page.inside.model.index(10))
    return made


def sent_question() -> QWidget:
    made = window("sent")
    page = made.page()
    assert isinstance(page, SentPage)
    page.table.selectRow(2)
    page.receipt.ask.click()
    assert page.question is not None
    page.question.stage = made  # type: ignore[attr-defined]  # keeps it alive
    return page.question


def withdraw() -> QWidget:
    stage = Stage(samples.snapshot(sent_batches=3))
    stage.flows.withdraw()
    assert stage.flows.question is not None
    stage.flows.question.stage = stage  # type: ignore[attr-defined]  # keeps it alive
    return stage.flows.question


def consent_changed() -> QWidget:
    made = window("consent")
    page = made.page()
    assert isinstance(page, ConsentPage)
    assert page.grid is not None
    page.grid.box("evaluate", "text").setChecked(True)
    return made


def full_notice() -> QWidget:
    return FullNotice(pages.notice())


LOG_CHANGED: dict[type[Command], Reply] = {GetOpenings: sent_batches.openings(problem="openings-changed")}
ONE_PURPOSE: dict[type[Command], Reply] = {GetNotice: samples.notice()}
NO_KEYSTORE: dict[type[Command], Reply] = {Give: Done(problem="keystore-unavailable", facts={"detail": ""})}


def receipt() -> QWidget:
    return ShownReceipt(pages.receipt())


def receipts() -> QWidget:
    """The page, scrolled to what lies below the grid."""
    made = window("consent")
    page = made.page()
    assert isinstance(page, ConsentPage)
    made.show()
    QApplication.processEvents()
    page.to_receipts()
    return made


NEWS = (ActiveProblem("collects-less"), ActiveProblem("upload-unreachable", {"detail": "No route to it."}))
OWN = (QuietHours((0, 1, 2, 3, 4), 1080, 540), QuietHours((5, 6), 0, 0))
QUIET = samples.notice(quiet_hours=(QuietHours((5, 6), 0, 0), QuietHours((0, 1, 2, 3, 4), 1200, 420)))


def quiet_hours() -> QWidget:
    """In them, the strip says until when; the page is scrolled to where they are set."""
    until = samples.NOW + 3 * samples.DAY
    made = window(
        "programs",
        samples.snapshot(state="quiet", categories=(), program="", quiet_until=until, quiet_hours=OWN),
        {GetNotice: QUIET},
    )
    page = made.page()
    assert isinstance(page, ProgramsPage)
    made.show()
    for _ in range(4):
        QApplication.processEvents()
    page.to_quiet_hours()
    return made


PICTURES: dict[str, Callable[[], QWidget]] = {
    "first-1": lambda: first_run(1),
    "first-2": lambda: first_run(2),
    "first-3": lambda: first_run(3),
    "first-4": lambda: first_run(4),
    "first-4-ticked": lambda: first_run(4, ticks=True),
    "first-4-one": lambda: first_run(4, answers=ONE_PURPOSE),
    "first-4-problem": lambda: first_run(4, answers=NO_KEYSTORE, press=True),
    "first-5": lambda: first_run(5),
    "first-6": lambda: first_run(6),
    "first-refused": refused,
    "first-full-notice": full_notice,
    "waiting": waiting,
    "waiting-bytes": lambda: waiting(exact=True),
    "waiting-select": lambda: waiting(select=True),
    "waiting-small": lambda: waiting(size=SMALL),
    "waiting-empty": nothing_waits,
    "waiting-leaving": leaving,
    "waiting-leaving-small": lambda: leaving(SMALL),
    "deeds-title": lambda: deeds_wait(8),
    "deeds-click": lambda: deeds_wait(6),
    "deeds-scroll": lambda: deeds_wait(2),
    "deeds-live": deeds_live,
    "deeds-live-small": lambda: deeds_live(SMALL),
    "waiting-change": change,
    "sent-confirmed": lambda: sent(2),
    "sent-on-its-way": lambda: sent(0),
    "sent-refused": lambda: sent(1),
    "sent-other-bytes": lambda: sent(4),
    "sent-asked": lambda: sent(6),
    "sent-deleted": lambda: sent(7),
    "sent-opened": lambda: sent(3),
    "sent-small": lambda: sent(2, SMALL),
    "sent-inside": sent_inside,
    "sent-inside-small": lambda: sent_inside(SMALL),
    "sent-question": sent_question,
    "sent-log-changed": lambda: sent(3, answers=LOG_CHANGED),
    "withdraw": withdraw,
    "sent-empty": lambda: window("sent", answers={GetSent: Sent(total=0, rows=())}),
    "programs": lambda: window("programs"),
    "quiet-hours": quiet_hours,
    "policy-quiet": lambda: window("policy", answers={GetNotice: QUIET}),
    "programs-small": lambda: window("programs", size=SMALL),
    "programs-empty": lambda: window("programs", answers={GetPrograms: Done(problem="no-organisation")}),
    "consent": lambda: window("consent"),
    "consent-small": lambda: window("consent", size=SMALL),
    "consent-changed": consent_changed,
    "consent-new": lambda: window("consent", samples.snapshot(decision=True), {GetNotice: pages.wider()}),
    "consent-new-small": lambda: window("consent", samples.snapshot(decision=True), {GetNotice: pages.wider()}, SMALL),
    "consent-receipts": receipts,
    "receipt-shown": receipt,
    "news": lambda: window("live", samples.snapshot(problems=NEWS)),
    "news-small": lambda: window("waiting", samples.snapshot(problems=NEWS), size=SMALL),
    "consent-refused": lambda: window(
        "consent", samples.snapshot(state="off", consent="refused", given=(), waiting=0, consent_until=None)
    ),
    "consent-empty": lambda: window(
        "consent",
        samples.snapshot(state="off", consent="never-asked", given=(), waiting=0, consent_until=None),
        {GetNotice: Done(problem="no-organisation"), GetHistory: History(rows=())},
    ),
}


def main() -> int:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication(["pictures"])
    font = QFont("Inter")
    font.setPointSizeF(9.75)
    application.setFont(font)
    Theme(application)
    for variant in VARIANTS:
        font.setPointSizeF(9.75 * variant.factor)
        application.setFont(font)
        text.use(variant.language)
        theme().force(dark=variant.dark, high_contrast=variant.contrast)
        for name, make in PICTURES.items():
            full = f"{name}-{variant.name}"
            if len(sys.argv) == 2 or any(full.startswith(each) for each in sys.argv[2:]):
                picture(make(), variant, out / f"{full}.png")
    return 0


def picture(widget: QWidget, variant: Variant, out: Path) -> None:
    widget.show()
    for _ in range(4):
        QApplication.processEvents()
    widget.grab().save(str(out))
    if isinstance(widget, FirstRun) and variant.factor == 1.0:
        room = (widget.width(), widget.height())
        scrolls = widget.scrolls()
        if room != (900, 660) or scrolls:
            sys.stderr.write(f"{out.name}: {room[0]} x {room[1]}, scrolls by {scrolls}, {t('app.name')}\n")
    widget.hide()
    widget.deleteLater()


if __name__ == "__main__":
    raise SystemExit(main())
