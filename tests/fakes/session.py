"""A private login session without a screen: own HOME, own D-Bus session bus, own unlocked keyring."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from agent.native.dbus import Bus, BusError
from tests.fakes.waiting import until

PASSWORD = b"keyring of the test session"
_ATSPI = "/usr/libexec/at-spi-bus-launcher"
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  {services}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class PrivateSession:
    """Start it, hand ``environ`` to the programs under test, stop it. As a context manager it does both.

    environ: a complete environment; nothing of the caller's own session is in it but PATH and the language.
    display: X display the session's programs shall use, e.g. ``:7``; None for none.
    keyring: with a gnome-keyring, its default collection unlocked. accessibility: with the AT-SPI bus.
    services: the bus starts installed services when they are asked for, as on a desktop. keystores: those that keep
    secrets among them; without, this is a computer that has none installed.
    """

    def __init__(
        self,
        display: str | None = None,
        *,
        keyring: bool = True,
        accessibility: bool = False,
        services: bool = True,
        keystores: bool = True,
    ) -> None:
        self._services = services
        self._keystores = keystores
        self._keyring = keyring
        self._accessibility = accessibility
        # Short: a Unix socket's path has 107 bytes.
        self.home = Path(tempfile.mkdtemp(prefix="ab-"))
        self._started: list[subprocess.Popen[bytes]] = []
        run = self.home / "run"
        run.mkdir(mode=0o700)
        self.environ: dict[str, str] = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(run),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "XDG_DATA_HOME": str(self.home / ".local/share"),
            "XDG_SESSION_TYPE": "x11",
            "XDG_CURRENT_DESKTOP": "XFCE",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "NO_AT_BRIDGE": "0",
        }
        if display is not None:
            self.environ["DISPLAY"] = display

    @staticmethod
    def missing(*, keyring: bool = True, accessibility: bool = False) -> list[str]:
        """Names of the programs this needs and does not find: the reason to skip a test."""
        wanted = ["dbus-daemon"] + ["gnome-keyring-daemon"] * keyring
        return [name for name in wanted if not shutil.which(name)] + [_ATSPI] * (
            accessibility and not Path(_ATSPI).exists()
        )

    @property
    def address(self) -> str:
        """Of the session bus."""
        return self.environ["DBUS_SESSION_BUS_ADDRESS"]

    def start(self) -> None:
        """Returns when all of it answers."""
        config = self.home / "bus.conf"
        services = "<standard_session_servicedirs/>" * self._services
        if not self._keystores:
            services = f"<servicedir>{self._without_keystores()}</servicedir>"
        config.write_text(_BUS.format(socket=self.home / "run/bus", services=services))
        daemon = self.spawn(
            "dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1", stdout=subprocess.PIPE
        )
        assert daemon.stdout is not None
        assert select.select([daemon.stdout], [], [], 20)[0], "dbus-daemon said nothing"
        self.environ["DBUS_SESSION_BUS_ADDRESS"] = daemon.stdout.readline().decode().strip()
        if self._keyring:
            self.start_keyring()
        if self._accessibility:
            self.spawn(_ATSPI, "--launch-immediately")
            until(lambda: self.has("org.a11y.Bus"), "the accessibility bus")

    def _without_keystores(self) -> Path:
        """A folder with every installed service but those that keep secrets."""
        folder = self.home / "services"
        folder.mkdir()
        for service in Path("/usr/share/dbus-1/services").glob("*.service"):
            if not any(word in service.read_text(errors="replace") for word in ("secret", "keyring", "kwallet")):
                (folder / service.name).symlink_to(service)
        return folder

    def start_keyring(self) -> None:
        """A new keyring daemon, unlocked (after ``end(keyring)``, or when it was left out)."""
        self.keyring = self.start_locked_keyring("--unlock", typed=PASSWORD)

    def start_locked_keyring(self, *options: str, typed: bytes = b"") -> subprocess.Popen[bytes]:
        """A keyring daemon that nobody has unlocked."""
        daemon = self.spawn(
            "gnome-keyring-daemon",
            "--foreground",
            "--components=secrets",
            *options,
            stdin=subprocess.PIPE,
        )
        assert daemon.stdin is not None
        daemon.stdin.write(typed)
        daemon.stdin.close()
        until(lambda: self.has("org.freedesktop.secrets"), "the keyring")
        return daemon

    def spawn(
        self, *command: str, stdin: int = subprocess.DEVNULL, stdout: int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        """Start a program in this session; it ends with the session."""
        program = subprocess.Popen(
            command, env=self.environ, cwd=self.home, stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL
        )
        self._started.append(program)
        return program

    def end(self, program: subprocess.Popen[bytes]) -> None:
        """End a program that ``spawn`` started."""
        self._started.remove(program)
        _end(program)

    def has(self, name: str) -> bool:
        """Is somebody on the session bus under this name?"""
        try:
            with Bus(self.address, 2.0) as bus:
                return bus.has_owner(name)
        except BusError:
            return False

    def stop(self) -> None:
        """End everything and remove the home. Twice is fine."""
        for program in reversed(self._started):
            _end(program)
        self._started.clear()
        shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _end(program: subprocess.Popen[bytes]) -> None:
    program.terminate()
    try:
        program.wait(5)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
    for pipe in (program.stdin, program.stdout):
        if pipe is not None:
            pipe.close()
