"""Whether the session is locked is asked of those who know; nobody knowing is None, never no."""

from __future__ import annotations

import os
import pwd
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from agent.native.base import Session
from agent.native.dbus import Bus, to_bus
from agent.native.x11.session import LinuxSession
from tests.fakes.bus_service import Answer, BusService
from tests.fakes.session import PrivateSession

_missing = PrivateSession.missing(keyring=False)
pytestmark = pytest.mark.skipif(bool(_missing), reason=f"not installed: {', '.join(_missing)}")

LOGIN = "org.freedesktop.login1"
SAVER = "org.freedesktop.ScreenSaver"
GNOME = "org.gnome.ScreenSaver"


@pytest.fixture(scope="module")
def private() -> Iterator[PrivateSession]:
    with PrivateSession(keyring=False, services=False) as running:
        yield running


@pytest.fixture
def environ(private: PrivateSession) -> dict[str, str]:
    """One bus plays both."""
    return {**private.environ, "DBUS_SYSTEM_BUS_ADDRESS": private.address, "XDG_SESSION_ID": "7"}


def login(hint: bool | None) -> dict[str, Answer]:
    answer: Answer = None if hint is None else ("v", (("b", hint),))
    return {"GetSession": ("o", ("/session/7",)), "GetSessionByPID": ("o", ("/session/7",)), "Get LockedHint": answer}


def saver(active: bool | None) -> dict[str, Answer]:
    return {"GetActive": None if active is None else ("b", (active,))}


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ({}, None),
        ({LOGIN: login(hint=True)}, True),
        ({LOGIN: login(hint=False)}, None),
        ({SAVER: saver(active=False)}, False),
        ({SAVER: saver(active=True)}, True),
        ({GNOME: saver(active=True)}, True),
        ({SAVER: saver(active=False), GNOME: saver(active=True)}, True),
        ({LOGIN: login(hint=True), SAVER: saver(active=False)}, True),
        ({LOGIN: login(hint=False), SAVER: saver(active=True)}, True),
        ({LOGIN: login(hint=False), SAVER: saver(active=False)}, False),
        ({LOGIN: login(hint=None), SAVER: saver(active=None)}, None),
        ({LOGIN: {}, SAVER: {}}, None),
        ({LOGIN: {**login(hint=True), "Get LockedHint": ("v", (("s", "yes"),))}}, None),
        ({SAVER: {"GetActive": ("s", ("yes",))}}, None),
        ({SAVER: {"GetActive": ("", ())}}, None),
    ],
)
def test_who_says_what(
    private: PrivateSession, environ: dict[str, str], services: dict[str, dict[str, Answer]], expected: bool | None
) -> None:
    with ExitStack() as running:
        for name, answers in services.items():
            running.enter_context(BusService(private.address, name, answers))
        session: Session = LinuxSession(environ)

        assert session.locked() is expected


def test_without_a_session_id_the_process_is_asked_for(private: PrivateSession, environ: dict[str, str]) -> None:
    del environ["XDG_SESSION_ID"]
    with BusService(private.address, LOGIN, login(hint=True)) as manager:
        assert LinuxSession(environ).locked() is True
        assert "GetSessionByPID" in manager.asked


def test_no_bus_at_all_is_none() -> None:
    nowhere = "unix:path=/nonexistent/bus"
    environ = {"DBUS_SYSTEM_BUS_ADDRESS": nowhere, "DBUS_SESSION_BUS_ADDRESS": nowhere}

    assert LinuxSession(environ).locked() is None
    assert LinuxSession({"DBUS_SYSTEM_BUS_ADDRESS": nowhere}).locked() is None


def test_asks_once_a_second(private: PrivateSession, environ: dict[str, str]) -> None:
    now = 100.0
    session = LinuxSession(environ, clock=lambda: now)
    with BusService(private.address, SAVER, saver(active=False)) as service:
        assert session.locked() is False
        service.answers.update(saver(active=True))
        now = 100.9
        assert session.locked() is False
        now = 101.0
        assert session.locked() is True
        assert len(service.asked) >= 2


def test_one_connection_serves_many_questions_and_a_bus_that_went_is_found_again() -> None:
    now = 100.0
    environ: dict[str, str] = {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent/bus"}
    session = LinuxSession(environ, clock=lambda: now)
    for _ in range(2):
        with PrivateSession(keyring=False, services=False) as private:
            environ["DBUS_SESSION_BUS_ADDRESS"] = private.address
            with BusService(private.address, SAVER, saver(active=True)), Bus(private.address) as bus:

                def names(bus: Bus = bus) -> set[str]:
                    return {name for name in bus.call(to_bus("ListNames"))[0] if name.startswith(":")}

                before = names()
                seen = set()
                for _ in range(5):
                    now += 1
                    assert session.locked() is True
                    seen.add(frozenset(names() - before))
                assert [len(names) for names in seen] == [1]
                connection = session._session._bus
                assert connection is not None
                connection.close()  # as after a restart of the bus under the same address
                now += 1
                assert session.locked() is True
        now += 1
        assert session.locked() is None


def test_the_boot_clock_runs_at_the_pace_of_the_kernels() -> None:
    session = LinuxSession({})
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    middle = session.boot_clock()

    assert before <= middle <= time.clock_gettime(time.CLOCK_BOOTTIME)


def test_who_sits_there_is_what_the_account_database_says() -> None:
    account, name, computer = LinuxSession({}).owner().expose()
    entry = pwd.getpwuid(os.getuid())
    assert account == entry.pw_name
    assert name == entry.pw_gecos.split(",")[0]
    assert computer == socket.gethostname()


def test_an_account_that_is_in_no_database_has_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_001)
    assert LinuxSession({}).owner().expose() == ("", "", socket.gethostname())
