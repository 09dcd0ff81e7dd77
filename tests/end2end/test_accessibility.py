"""Which field has the focus, and whether it hides what is typed: real programs on a real screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator

import pytest
from jeepney import DBusAddress, new_signal
from jeepney.io.blocking import open_dbus_connection

from agent.native.dbus import Bus, Call
from agent.native.x11.accessibility import FieldWatch
from agent.records import Secure
from tests.fakes.bus_service import BusService
from tests.fakes.session import PrivateSession
from tests.fakes.waiting import until
from tests.fakes.xclient import screen

_missing = [name for name in ("Xvfb", "openbox", "mousepad", "zenity", "xterm", "xdotool") if not shutil.which(name)]
_missing += PrivateSession.missing(keyring=False, accessibility=True)
pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(_missing), reason=f"not installed: {', '.join(_missing)}"),
]

Heard = list[tuple[int, str | None, Secure]]


@pytest.fixture(scope="module")
def session() -> Iterator[PrivateSession]:
    with screen() as display, PrivateSession(display["DISPLAY"], keyring=False, accessibility=True) as running:
        yield running


@pytest.fixture
def heard() -> Heard:
    return []


@pytest.fixture
def watch(session: PrivateSession, heard: Heard) -> Iterator[FieldWatch]:
    watch = FieldWatch(session.address)
    watch.start(lambda *field: heard.append(field))
    until(watch.healthy, "the accessibility bus")
    yield watch
    watch.stop()


@pytest.fixture
def programs(session: PrivateSession) -> Iterator[list[subprocess.Popen[bytes]]]:
    running: list[subprocess.Popen[bytes]] = []
    yield running
    for program in running:
        session.end(program)


def key(session: PrivateSession, *keys: str) -> None:
    subprocess.run(["xdotool", "key", "--delay", "20", *keys], env=session.environ, check=True, timeout=30)


def becomes(watch: FieldWatch, pid: int, secure: Secure) -> str | None:
    until(lambda: watch.current(pid)[1] is secure, f"{secure}, not {watch.current(pid)}")
    return watch.current(pid)[0]


def shown(session: PrivateSession, pid: int) -> None:
    """Wait until process ``pid`` has a window, and give it the focus."""
    command = ["xdotool", "search", "--onlyvisible", "--pid", str(pid)]

    def windows() -> list[str]:
        return subprocess.run(
            command, env=session.environ, capture_output=True, text=True, check=False, timeout=30
        ).stdout.split()

    until(windows, "a window")
    subprocess.run(["xdotool", "windowactivate", windows()[0]], env=session.environ, check=False, timeout=30)


class TestFields:
    def test_an_editor_is_open_and_keeps_its_id(
        self, session: PrivateSession, watch: FieldWatch, programs: list[subprocess.Popen[bytes]], heard: Heard
    ) -> None:
        editor = session.spawn("mousepad")
        programs.append(editor)
        field = becomes(watch, editor.pid, Secure.NO)
        key(session, "a", "b")

        assert field
        assert watch.current(editor.pid) == (field, Secure.NO)
        assert (editor.pid, field, Secure.NO) in heard

    def test_a_password_prompt_is_hidden_and_an_entry_is_not(
        self, session: PrivateSession, watch: FieldWatch, programs: list[subprocess.Popen[bytes]], heard: Heard
    ) -> None:
        prompt = session.spawn("zenity", "--password")
        programs.append(prompt)
        hidden = becomes(watch, prompt.pid, Secure.YES)
        entry = session.spawn("zenity", "--entry")
        programs.append(entry)
        shown_field = becomes(watch, entry.pid, Secure.NO)

        assert hidden
        assert shown_field
        assert hidden != shown_field
        assert not any(pid == prompt.pid and secure is Secure.NO for pid, _, secure in heard)

    def test_a_program_that_talks_nonsense_ends_only_what_is_known(
        self, session: PrivateSession, watch: FieldWatch, programs: list[subprocess.Popen[bytes]]
    ) -> None:
        entry = session.spawn("zenity", "--entry")
        programs.append(entry)
        becomes(watch, entry.pid, Secure.NO)
        with Bus(session.address) as bus:
            (address,) = bus.call(Call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress"))
        event = DBusAddress("/nonsense", interface="org.a11y.atspi.Event.Object")
        with open_dbus_connection(address) as nonsense:
            nonsense.send(new_signal(event, "StateChanged", "s", ("focused",)))
            becomes(watch, entry.pid, Secure.UNKNOWN)
        until(watch.healthy, "the watch to go on")
        watch.ask(entry.pid)
        becomes(watch, entry.pid, Secure.NO)

    def test_two_fields_of_one_window(
        self, session: PrivateSession, watch: FieldWatch, programs: list[subprocess.Popen[bytes]]
    ) -> None:
        form = session.spawn("zenity", "--password", "--username")
        programs.append(form)
        name = becomes(watch, form.pid, Secure.NO)
        key(session, "Tab")
        password = becomes(watch, form.pid, Secure.YES)
        key(session, "shift+Tab")
        again = becomes(watch, form.pid, Secure.NO)

        assert name == again
        assert name != password

    def test_losing_the_focus_makes_it_unknown_and_asking_finds_it_again(
        self, session: PrivateSession, watch: FieldWatch, programs: list[subprocess.Popen[bytes]]
    ) -> None:
        editor = session.spawn("mousepad", "--disable-server")
        programs.append(editor)
        field = becomes(watch, editor.pid, Secure.NO)
        other = session.spawn("zenity", "--entry")
        programs.append(other)
        becomes(watch, other.pid, Secure.NO)

        assert becomes(watch, editor.pid, Secure.UNKNOWN) is None

        shown(session, editor.pid)
        assert becomes(watch, editor.pid, Secure.NO) == field

    def test_a_program_that_ends_is_forgotten(
        self, session: PrivateSession, watch: FieldWatch, programs: list[subprocess.Popen[bytes]]
    ) -> None:
        entry = session.spawn("zenity", "--entry")
        becomes(watch, entry.pid, Secure.NO)
        session.end(entry)

        assert becomes(watch, entry.pid, Secure.UNKNOWN) is None

    def test_a_watch_that_starts_late_finds_the_focus_when_asked(
        self, session: PrivateSession, programs: list[subprocess.Popen[bytes]]
    ) -> None:
        early = FieldWatch(session.address)
        early.start(lambda *_: None)
        prompt = session.spawn("zenity", "--password")
        programs.append(prompt)
        until(early.healthy, "the accessibility bus")
        becomes(early, prompt.pid, Secure.YES)
        early.stop()
        assert early.current(prompt.pid) == (None, Secure.UNKNOWN)

        late = FieldWatch(session.address)
        late.start(lambda *_: None)
        until(late.healthy, "the accessibility bus")
        assert late.current(prompt.pid) == (None, Secure.UNKNOWN)

        def found() -> bool:
            late.ask(prompt.pid)
            return late.current(prompt.pid)[1] is Secure.YES

        until(found, "the answer")
        late.stop()

    def test_a_frozen_program_is_unknown_and_holds_up_nobody(
        self, session: PrivateSession, watch: FieldWatch, programs: list[subprocess.Popen[bytes]]
    ) -> None:
        frozen = session.spawn("zenity", "--entry")
        programs.append(frozen)
        becomes(watch, frozen.pid, Secure.NO)
        frozen.send_signal(19)
        try:
            watch.ask(frozen.pid)
            entry = session.spawn("zenity", "--entry")
            programs.append(entry)
            becomes(watch, entry.pid, Secure.NO)
        finally:
            frozen.send_signal(18)


class Form(BusService):
    """A program of this process whose fields are whatever the test says."""

    def __init__(self, session: PrivateSession) -> None:
        with Bus(session.address, 5) as bus:
            (address,) = bus.call(Call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress"))
        super().__init__(address, "test.form", {})

    def focus(self, field: str, role: int | None, *, gained: bool = True) -> None:
        """role None: it never answers what it is."""
        self.answers["GetRole"] = None if role is None else ("u", (role,))
        self.emit(
            f"/{field}", "org.a11y.atspi.Event.Object", "StateChanged", "siiva{sv}", _body("focused", int(gained))
        )

    def change(self, field: str, role: int) -> None:
        self.answers["GetRole"] = ("u", (role,))
        body = _body("accessible-role", 0)
        self.emit(f"/{field}", "org.a11y.atspi.Event.Object", "PropertyChange", "siiva{sv}", body)


def _body(what: str, detail: int) -> tuple[object, ...]:
    return what, detail, 0, ("i", 0), {}


class TestAnswers:
    ENTRY, PASSWORD, WEB_PAGE, MENU_ITEM, NO_SUCH_ROLE = 79, 40, 95, 35, 9999

    @pytest.fixture
    def form(self, session: PrivateSession, watch: FieldWatch) -> Iterator[Form]:
        with Form(session) as form:
            form.focus("name", self.ENTRY)
            becomes(watch, os.getpid(), Secure.NO)
            yield form

    def test_a_field_that_does_not_say_what_it_is(self, form: Form, watch: FieldWatch) -> None:
        form.focus("silent", None)

        assert becomes(watch, os.getpid(), Secure.UNKNOWN) is None

        form.focus("name", self.ENTRY)
        becomes(watch, os.getpid(), Secure.NO)

    def test_unknown_is_said_before_the_answer(self, form: Form, watch: FieldWatch, heard: Heard) -> None:
        form.focus("password", self.PASSWORD)
        becomes(watch, os.getpid(), Secure.YES)

        assert [secure for _, _, secure in heard[-3:]] == [Secure.NO, Secure.UNKNOWN, Secure.YES]

    @pytest.mark.parametrize("role", [WEB_PAGE, MENU_ITEM, NO_SUCH_ROLE])
    def test_what_could_be_anything_is_unknown(self, form: Form, watch: FieldWatch, role: int) -> None:
        form.focus("it", role)

        assert becomes(watch, os.getpid(), Secure.UNKNOWN) is None

    def test_a_field_that_begins_to_hide(self, form: Form, watch: FieldWatch) -> None:
        form.change("other", self.PASSWORD)
        form.focus("name", self.ENTRY)
        form.change("name", self.PASSWORD)

        becomes(watch, os.getpid(), Secure.YES)

    def test_losing_another_field_changes_nothing(self, form: Form, watch: FieldWatch) -> None:
        form.focus("other", self.ENTRY, gained=False)
        form.focus("password", self.PASSWORD)
        form.focus("name", self.PASSWORD, gained=False)
        becomes(watch, os.getpid(), Secure.YES)

        form.focus("password", self.PASSWORD, gained=False)
        becomes(watch, os.getpid(), Secure.UNKNOWN)


class TestLines:
    def terminal(self, session: PrivateSession, programs: list[subprocess.Popen[bytes]], *command: str) -> int:
        terminal = session.spawn("xterm", *(["-e", *command] if command else []))
        programs.append(terminal)
        shown(session, terminal.pid)
        return terminal.pid

    def test_a_shell_prompt_is_open(
        self, session: PrivateSession, watch: FieldWatch, programs: list[subprocess.Popen[bytes]]
    ) -> None:
        pid = self.terminal(session, programs, "bash", "--norc")

        assert becomes(watch, pid, Secure.NO)

    def test_a_password_asked_at_a_prompt(
        self, session: PrivateSession, watch: FieldWatch, programs: list[subprocess.Popen[bytes]]
    ) -> None:
        pid = self.terminal(session, programs, "bash", "--norc")
        field = becomes(watch, pid, Secure.NO)
        subprocess.run(
            ["xdotool", "type", "--delay", "20", "read -s secret\n"], env=session.environ, check=True, timeout=30
        )

        assert becomes(watch, pid, Secure.YES) == field

        key(session, "x", "Return")
        assert becomes(watch, pid, Secure.NO) == field

    @pytest.mark.parametrize(
        ("command", "secure"),
        [
            (("cat",), Secure.NO),
            (("python3", "-c", "import getpass; getpass.getpass()"), Secure.YES),
            (("python3", "-c", "import tty, time; tty.setraw(0); time.sleep(1000)"), Secure.UNKNOWN),
            (("bash", "-c", "read -s -n 1000"), Secure.UNKNOWN),
        ],
        ids=["plain line", "getpass", "draws for itself", "script that reads characters"],
    )
    def test_programs(
        self,
        session: PrivateSession,
        watch: FieldWatch,
        programs: list[subprocess.Popen[bytes]],
        command: tuple[str, ...],
        secure: Secure,
    ) -> None:
        pid = self.terminal(session, programs, *command)
        becomes(watch, pid, secure)

    def test_what_goes_elsewhere_is_unknown(
        self, session: PrivateSession, watch: FieldWatch, programs: list[subprocess.Popen[bytes]]
    ) -> None:
        # Named like it, so that the test needs no other computer: the name is what is looked at.
        ssh = session.home / "ssh"
        shutil.copy(shutil.which("cat") or "", ssh)
        pid = self.terminal(session, programs, "bash", "--norc")
        becomes(watch, pid, Secure.NO)
        subprocess.run(
            ["xdotool", "type", "--delay", "20", "cat - | ./ssh -\n"], env=session.environ, check=True, timeout=30
        )

        becomes(watch, pid, Secure.UNKNOWN)


class TestService:
    def test_without_a_bus_all_is_unknown_and_it_says_so(self) -> None:
        watch = FieldWatch("unix:path=/nonexistent/bus")
        watch.start(lambda *_: None)
        watch.ask(os.getpid())

        assert not watch.healthy()
        assert watch.current(os.getpid()) == (None, Secure.UNKNOWN)
        watch.stop()
        watch.stop()

    def test_a_bus_that_dies_makes_everything_unknown(self) -> None:
        heard: Heard = []
        with screen() as display:
            with PrivateSession(display["DISPLAY"], keyring=False, accessibility=True) as session:
                watch = FieldWatch(session.address)
                watch.start(lambda *field: heard.append(field))
                entry = session.spawn("zenity", "--entry")
                becomes(watch, entry.pid, Secure.NO)
            until(lambda: not watch.healthy(), "the loss to be noticed")

            assert watch.current(entry.pid) == (None, Secure.UNKNOWN)
            assert heard[-1] == (entry.pid, None, Secure.UNKNOWN)
            watch.stop()

    def test_the_switch_of_the_session_is_put_back(self) -> None:
        with PrivateSession(keyring=False, accessibility=True) as session:

            def enabled() -> bool:
                with Bus(session.address, 5) as bus:
                    return bool(bus.property("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Status", "IsEnabled"))

            def set_to(*, on: bool) -> None:
                with Bus(session.address, 5) as bus:
                    body = ("org.a11y.Status", "IsEnabled", ("b", on))
                    properties = "org.freedesktop.DBus.Properties"
                    bus.call(Call("org.a11y.Bus", "/org/a11y/bus", properties, "Set", "ssv", body))

            for before in (False, True):
                set_to(on=before)
                watch = FieldWatch(session.address)
                watch.start(lambda *_: None)
                until(watch.healthy, "the accessibility bus")
                assert enabled()
                watch.stop()
                assert enabled() is before

    def test_stops_cleanly_and_starts_again(self, session: PrivateSession) -> None:
        before = threading.active_count()
        watch = FieldWatch(session.address)
        for _ in range(3):
            watch.start(lambda *_: None)
            with pytest.raises(RuntimeError):
                watch.start(lambda *_: None)
            until(watch.healthy, "the accessibility bus")
            watch.stop()

        assert threading.active_count() == before
        assert not watch.healthy()
