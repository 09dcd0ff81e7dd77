"""``aboveboard status | pause | exclude | show | erase | export`` beside the real app, and without it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from agent.protocol import encode
from agent.protocol.control import AskStatus, control_places
from tests.fakes.office import Office, missing
from tests.fakes.waiting import until

ABOVEBOARD = Path(sys.executable).parent / "aboveboard"
_missing = missing()
pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(_missing), reason=f"not installed: {', '.join(_missing)}"),
]


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with Office() as opened:
        yield opened


def begin(office: Office, *arguments: str | Path) -> subprocess.Popen[str]:
    """The command in the employee's session, still running."""
    return subprocess.Popen(
        [ABOVEBOARD, "--trial", office.trial, *arguments],
        env=office.desktop.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(command: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Exit code, what it printed, what it complained about."""
    out, complaint = command.communicate(timeout=60)
    return command.returncode, out, complaint


def run(office: Office, *arguments: str | Path) -> tuple[int, str, str]:
    return ended(begin(office, *arguments))


def status(office: Office) -> dict[str, object]:
    code, out, complaint = run(office, "status", "--json")
    assert (code, complaint) == (0, "")
    found: dict[str, object] = json.loads(out)
    return found


@pytest.mark.parametrize(
    "arguments", [["status"], ["status", "--json"], ["pause", "1h"], ["exclude", "mousepad"], ["show"]]
)
def test_without_the_app_each_says_so(office: Office, arguments: list[str]) -> None:
    office.end()
    code, out, complaint = run(office, *arguments)
    assert code == 1
    assert "Aboveboard is not running. Nothing is being collected." in complaint
    assert out == ('{"problems": ["app-not-running"], "running": false}\n' if "--json" in arguments else "")


def test_without_an_answer_ever_given_there_is_nothing_to_erase(office: Office) -> None:
    office.end()
    code, _, complaint = run(office, "erase", "--all", "--yes")
    assert (code, "There is nothing to erase" in complaint) == (1, True)
    assert office.outside.keys() == []


def test_before_the_yes_the_state_is_told_and_no_more(office: Office) -> None:
    office.start()
    office.person.sees("asks if it may learn")
    told = status(office)
    assert (told["running"], told["collecting"], told["state"]) == (True, False, "off")
    assert "consent" not in told
    assert told["sentence"] == "Trial. Off. Nothing is being collected."
    assert run(office, "pause")[0] == 0
    assert not list(office.profile.rglob("*.db*")), "a pause is not an answer"
    assert office.outside.sockets(office.pid) == []
    office.end()


@pytest.fixture
def agreed(office: Office) -> Office:
    if not office.running:
        office.start()
    if office.shown("asks if it may learn"):
        office.agree()
    if status(office)["paused_until"] is not None:
        office.person.tray("Resume")
    return office


def test_the_whole_day(agreed: Office) -> None:
    """As one test: what comes before is what the next step looks at."""
    office = agreed
    office.works()
    told = status(office)
    assert (told["state"], told["collecting"], told["trial"]) == ("collecting", True, True)
    assert "Collecting" in str(told["sentence"])

    # a pause, from another program, that another one cannot shorten
    code, out, complaint = run(office, "pause")
    assert (code, complaint) == (0, "")
    assert "until you resume" in out
    until(lambda: not office.outside.reads_keys(office.person.engine().pid), "the hooks to be out")
    assert status(office)["paused_until"] == 0
    assert "until you resume" in run(office, "pause", "15m")[1]
    assert status(office)["paused_until"] == 0
    assert run(office, "resume")[0] == 2, "there is no such command"
    office.person.tray("Resume")
    office.works()

    # show: the closed window comes back, by the command and by a second start
    office.person.open_window()
    for again in (["show"], []):
        office.person.window().find("", "Aboveboard", states=["active"])
        office.person.hides_window()
        until(lambda: not office.shown("Pages"), "the window to be closed")
        assert run(office, *again)[0] == 0
        office.person.window().find("list", "Pages")
        assert [p.pid for p in psutil.Process(office.pid).children()] == [office.person.engine().pid]

    # exclude: by name
    office.works()
    code, out, complaint = run(office, "exclude", "Mousepad")
    assert (code, complaint) == (0, "")
    assert "mousepad" in out
    until(lambda: "Mousepad" not in str(status(office)["sentence"]) or not status(office)["collecting"], "to be out")
    assert status(office)["collecting"] is False
    assert "No installed program" in run(office, "exclude", "no such program")[1]


def test_bad_clients_disturb_nothing(agreed: Office) -> None:
    office = agreed
    (place, _) = control_places(office.profile, office.desktop.environ["XDG_RUNTIME_DIR"])
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    before = status(office)
    engine = office.person.engine().pid
    silent = [socket.socket(socket.AF_UNIX) for _ in range(4)]
    for one in silent:
        one.connect(str(place))
    for line in (b"x" * 100_000, b"\xff\xfe\x00\n", b'{"type":"Resume"}\n', b"{" * 8000 + b"\n", b"\n"):
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(place))
            with contextlib.suppress(BrokenPipeError):  # refused before all of it was said
                client.sendall(line)
            client.settimeout(20)
            answer = b""
            with contextlib.suppress(ConnectionResetError):
                while part := client.recv(4096):
                    answer += part
            assert b"control-invalid" in answer
    assert status(office) == before
    silent[0].settimeout(20)
    assert b"in time" in silent[0].recv(4096), "who says nothing is refused by name"
    for one in silent:
        one.close()
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(place))
        client.sendall(encode(AskStatus())[:5])
    assert status(office) == before
    assert office.person.engine().pid == engine


def test_erasing_and_exporting_are_confirmed_in_the_window(agreed: Office, tmp_path: Path) -> None:
    office = agreed
    folder = tmp_path / "out"
    export = begin(office, "export", folder)
    office.person.sees("Write everything about you into a folder?")
    assert not folder.exists()
    code, _, complaint = run(office, "erase", "--all", "--yes")
    assert (code, "asking you something already" in complaint) == (1, True)
    office.person.press("No, write nothing")
    code, _, complaint = ended(export)
    assert (code, "The answer in the window was no" in complaint) == (1, True)
    assert not folder.exists()

    export = begin(office, "export", folder)
    office.person.press("Yes, write it")
    code, out, _ = ended(export)
    assert (code, f"files in {folder}" in out) == (0, True)
    assert run(office, "verify", folder)[0] == 0
    office.person.press("Close")

    erase = begin(office, "erase", "--all")
    office.person.press("Yes, erase everything")
    code, out, _ = ended(erase)
    assert (code, "Nobody was told" in out) == (0, True)
    assert status(office)["waiting"] == 0
    office.person.press("Close")
    office.end()
    assert office.stored() == ""


def test_without_the_app_erasing_takes_a_word_or_yes(agreed: Office) -> None:
    office = agreed
    office.end()
    code, _, complaint = run(office, "erase", "--all")
    assert (code, "That was not confirmed" in complaint) == (1, True)
    code, out, _ = run(office, "erase", "--all", "--yes")
    assert (code, "Nobody was told" in out) == (0, True)

    controller, terminal = os.openpty()
    for typed, expected in ((b"no\n", 1), (b"erase\n", 0)):
        command = subprocess.Popen(
            [ABOVEBOARD, "--trial", office.trial, "erase", "--all"],
            env=office.desktop.environ,
            stdin=terminal,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.write(controller, typed)
        assert command.wait(60) == expected
    os.close(controller)
    os.close(terminal)


def test_an_app_that_was_killed_is_not_running_and_starts_again(agreed: Office) -> None:
    office = agreed
    office.kill(office.pid)
    office.end()
    assert run(office, "status")[0] == 1
    office.start()
    until(lambda: run(office, "status")[0] == 0, "the new one to answer")
