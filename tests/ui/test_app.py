"""The process of the window from start to end, with the scripted engine on real pipes; no screen."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from agent.protocol import Hello, Pause, Quit, ShowIndicator, Snapshot, decode_command, encode
from tests.fakes import samples
from ui.__main__ import main
from ui.app import App, Options, default_profile
from ui.engine_process import SILENCE

FAKE = Path(__file__).parents[1] / "fakes" / "engine.py"


def wait_for(true: Callable[[], object], seconds: float = 20) -> None:
    deadline = QDeadlineTimer(int(seconds * 1000))
    while not true():
        assert not deadline.hasExpired(), "never became true"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)


@pytest.fixture
def start(application: QApplication, tmp_path: Path) -> Iterator[Callable[..., App]]:
    made: list[App] = []

    def begin(snapshot: Snapshot | None = None, *more: str, hidden: bool = True) -> App:
        (tmp_path / "first").write_bytes(encode(snapshot or samples.snapshot()).strip())
        command = (
            sys.executable,
            "-P",
            str(FAKE),
            "--log",
            str(tmp_path / "log"),
            "--snapshot",
            str(tmp_path / "first"),
        )
        options = Options(tmp_path / "profile", hidden=hidden, engine=(*command, *more))
        made.append(App(options, application))
        made[-1].start()
        return made[-1]

    yield begin
    for app in made:
        app.engine.end()
        app.tray.icon.hide()
        app.tray.menu.deleteLater()
        app.deleteLater()


def commands(tmp_path: Path) -> list[object]:
    return [decode_command(line) for line in (tmp_path / "log").read_bytes().splitlines()]


def test_the_engine_is_greeted_then_told_where_the_sign_is(start: Callable[..., App], tmp_path: Path) -> None:
    app = start()
    wait_for(app.indicators.signs)
    sign = app.indicators.signs()[0]
    wait_for(
        lambda: any(
            isinstance(told, ShowIndicator) and told.windows == (int(sign.winId()),) for told in commands(tmp_path)
        )
    )
    assert isinstance(commands(tmp_path)[0], Hello)
    assert not app.window.isVisible()


def test_where_there_is_no_tray_the_small_window_is_shown(start: Callable[..., App]) -> None:
    app = start()
    assert not app.tray.there  # the offscreen platform has none
    assert app.small.isVisible()


def test_the_question_opens_by_itself_once_when_it_was_never_asked(start: Callable[..., App]) -> None:
    app = start(samples.snapshot(state="off", consent="never-asked", decision=True, hooks=False))
    wait_for(lambda: app.first_run is not None)
    assert app.first_run is not None
    assert app.first_run.isVisible()
    assert app.indicators.signs() == []
    app.first_run.close()
    wait_for(lambda: app.first_run is None)
    wait_for(lambda: app.state.snapshot is not None and app.state.snapshot.seq > 3)
    assert app.first_run is None


def test_something_new_beside_a_yes_is_asked_on_the_page_and_a_no_there_is_no_withdrawal(
    start: Callable[..., App],
) -> None:
    app = start(samples.snapshot(decision=True))
    wait_for(lambda: app.state.snapshot is not None)
    app.show_page("consent")
    assert app.first_run is None
    page = app.window.page()
    assert page is not None
    assert page.key == "consent"


def test_without_an_organisation_nothing_opens_and_it_is_said(start: Callable[..., App]) -> None:
    app = start(samples.snapshot(state="off", consent="never-asked", organisation="", program="", program_id=""))
    wait_for(lambda: app.state.snapshot is not None)
    assert app.first_run is None
    assert app.tray.icon.toolTip() == "Off. No organisation has asked you for anything."


def test_an_engine_that_dies_is_shown_everywhere_at_once(start: Callable[..., App]) -> None:
    app = start(None, "--then", "die")
    wait_for(lambda: app.state.gone)
    sentence = "Stopped. The part that collects has stopped."
    assert app.tray.icon.toolTip() == app.small.sentence.text() == app.window.strip.sentence.text() == sentence
    assert app.tray.menu.start_again.isVisible()
    assert app.indicators.signs()[0].accessibleName() == sentence


def test_started_again_the_new_engine_is_told_about_the_sign(start: Callable[..., App], tmp_path: Path) -> None:
    app = start()
    wait_for(app.indicators.signs)
    before = sum(isinstance(told, ShowIndicator) for told in commands(tmp_path))
    app.flows.start_again()
    wait_for(lambda: sum(isinstance(told, Hello) for told in commands(tmp_path)) == 2)
    wait_for(lambda: sum(isinstance(told, ShowIndicator) for told in commands(tmp_path)) > before)
    wait_for(lambda: app.state.presented().collecting)


def test_a_pause_from_the_tray_reaches_the_engine_and_comes_back_as_state(
    start: Callable[..., App], tmp_path: Path
) -> None:
    app = start()
    wait_for(lambda: app.state.presented().collecting)
    app.tray.menu.pause.actions()[-1].trigger()
    wait_for(lambda: app.state.presented().sign == "paused")
    assert any(isinstance(told, Pause) and told.until == "resume" for told in commands(tmp_path))
    assert app.tray.menu.resume.isVisible()


def test_closing_the_window_keeps_everything_running(start: Callable[..., App]) -> None:
    app = start(hidden=False)
    wait_for(app.window.isVisible)
    app.window.close()
    assert not app.window.isVisible()
    wait_for(lambda: app.state.presented().collecting)
    assert app.engine.running()


def test_quit_tells_the_engine_and_waits_for_its_end(start: Callable[..., App], tmp_path: Path) -> None:
    app = start()
    wait_for(lambda: app.state.presented().collecting)
    app.tray.menu.quit.trigger()
    assert not app.engine.running()
    assert isinstance(commands(tmp_path)[-1], Quit)


def test_closing_the_small_window_ends_the_engine(start: Callable[..., App]) -> None:
    app = start()
    wait_for(lambda: app.state.presented().collecting)
    app.small.close()
    assert not app.engine.running()


def test_the_engine_is_our_interpreter_deaf_to_its_surroundings(tmp_path: Path) -> None:
    command = Options(tmp_path, trial=tmp_path / "trial").engine_command()
    assert command == [
        sys.executable, "-I", "-m", "agent.engine",
        "--profile", str(tmp_path), "--trial", str(tmp_path / "trial"),
    ]  # fmt: skip


def test_a_trial_has_its_own_profile(tmp_path: Path) -> None:
    assert default_profile(tmp_path) == tmp_path / "profile"
    assert default_profile(None) != tmp_path / "profile"


def test_wrong_usage_is_exit_code_2() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--no-such-option"])
    assert ended.value.code == 2


def test_silence_ends_an_engine_long_before_anybody_could_believe_it() -> None:
    assert SILENCE <= 15


def test_the_window_waits_for_the_first_truth_and_gives_way_to_the_question(start: Callable[..., App]) -> None:
    app = start(samples.snapshot(state="off", consent="never-asked", decision=True, hooks=False), hidden=False)
    assert not app.window.isVisible()
    wait_for(lambda: app.first_run is not None)
    assert not app.window.isVisible()


def test_what_is_withdrawn_or_forgotten_leaves_the_live_view_too(start: Callable[..., App]) -> None:
    app = start()
    wait_for(lambda: app.state.presented().collecting)
    for line in samples.lives():
        app.lines.add(line)
    app.flows.withdraw()
    assert app.flows.question is not None
    app.flows.question.yes.click()
    wait_for(lambda: app.state.snapshot is not None and app.state.snapshot.consent == "withdrawn")
    assert app.lines.rowCount() == 0
    assert app.window.withdraw.isVisibleTo(app.window) is False
