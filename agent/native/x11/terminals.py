"""Does a terminal hide what is typed? Read from its line, because many terminals have no widgets to ask.

A program that asks for a password switches the line's echo off and leaves it in line mode (``getpass``, ``sudo``,
``read -s``). A shell's own line editor switches both off; so does anything else that draws for itself, and of those
only shells and a few plain programs are known not to ask for secrets that way. What runs behind ssh, tmux or another
user's line cannot be seen from here. Sources: termios(3), proc_pid_stat(5).
"""

from __future__ import annotations

import hashlib
import os
import termios
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from agent.records import Secure

#: Terminals that tell accessibility nothing, by process name (which the kernel cuts at 15 characters).
BARE_TERMINALS: Final = frozenset(
    {"xterm", "uxterm", "lxterm", "koi8rxterm", "urxvt", "rxvt", "rxvt-unicode", "st", "alacritty", "kitty"}
    | {"wezterm-gui", "foot", "zutty", "mlterm", "eterm", "Eterm", "aterm", "ghostty", "cool-retro-term"}
)
#: What is typed into these goes on to a line that cannot be seen from here.
_ELSEWHERE: Final = frozenset(
    {
        "ssh",
        "slogin",
        "mosh",
        "mosh-client",
        "telnet",
        "rlogin",
        "sftp",
        "ftp",
        "scp",
        "rsync",
        "plink",
        "autossh",
        "et",
    }
    | {"tmux", "tmux: client", "screen", "byobu", "zellij", "dtach", "abduco", "script", "expect", "picocom", "minicom"}
    | {"sudo", "su", "doas", "pkexec", "login", "runuser", "machinectl", "run0", "newgrp", "sg", "passwd", "sulogin"}
    | {"docker", "podman", "kubectl", "lxc", "lxc-attach", "nsenter", "systemd-nspawn", "distrobox", "toolbox", "adb"}
)
_SHELLS: Final = frozenset({"bash", "sh", "dash", "zsh", "fish", "ksh", "ksh93", "mksh", "tcsh", "csh", "yash"})
#: Draw for themselves and ask for no secrets.
_PLAIN: Final = frozenset({"nano", "pico", "micro", "less", "more", "most", "man", "top", "htop"})
_PTS_MAJORS: Final = range(136, 144)
_FRESH_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Process:
    pid: int
    name: str
    parent: int
    group: int
    session: int
    line: int
    foreground: int


class Terminals:
    """Looks at the lines of a terminal's windows. Any thread. Reads /proc and the lines' modes, never their content."""

    def __init__(
        self,
        proc: Path = Path("/proc"),
        lines: Path = Path("/dev/pts"),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._proc = proc
        self._lines = lines
        self._clock = clock
        self._lock = threading.Lock()
        self._below: dict[int, tuple[float, dict[int, _Process]]] = {}

    def is_bare(self, pid: int) -> bool:
        """Is process ``pid`` a terminal without accessible widgets? Its lines are then all there is to ask."""
        process = self._process(pid)
        return process is not None and process.name in BARE_TERMINALS

    def look(self, pid: int) -> tuple[str | None, Secure]:
        """(opaque id of the line, whether it hides what is typed) for terminal ``pid``.

        With several lines the strictest answer of all, and no id: which of them has the focus cannot be told.
        A few file reads; all processes are gone through at most twice a second and when a line's foreground changes.
        """
        found = self._family(pid, fresh=False)
        lines = self._leaders(pid, found)
        if any(self._moved(leader) for leader in lines.values()):
            found = self._family(pid, fresh=True)
            lines = self._leaders(pid, found)
        answers = [self._line(number, leader, found.values()) for number, leader in lines.items()]
        if not answers:
            return None, Secure.UNKNOWN
        field = _opaque(pid, *lines) if len(lines) == 1 else None
        for strict in (Secure.YES, Secure.UNKNOWN):
            if strict in answers:
                return field, strict
        return field, Secure.NO

    def _leaders(self, pid: int, family: dict[int, _Process]) -> dict[int, _Process | None]:
        """The lines that the terminal made, with the process that leads each; None: not one of its own."""
        terminal = self._process(pid)
        own = terminal.line if terminal else 0
        lines: dict[int, _Process | None] = {}
        for process in family.values():
            if process.line and process.line != own and (process.line >> 8) & 0xFFF in _PTS_MAJORS:
                lines[process.line] = family.get(process.session)
        return lines

    def _moved(self, leader: _Process | None) -> bool:
        """Has another program come to the foreground of the line since we looked at all processes?"""
        now = self._process(leader.pid) if leader else None
        return leader is None or now is None or now.foreground != leader.foreground

    def _line(self, line: int, leader: _Process | None, family: Iterable[_Process]) -> Secure:
        modes = self._modes(line)
        if modes is None or leader is None:
            return Secure.UNKNOWN
        echo, whole_lines = modes
        if whole_lines and not echo:
            return Secure.YES
        group = [process for process in family if process.line == line and process.group == leader.foreground]
        if not group or any(process.name in _ELSEWHERE for process in group):
            return Secure.UNKNOWN
        if echo or all(process.name in _PLAIN or self._is_prompt(process) for process in group):
            return Secure.NO
        return Secure.UNKNOWN

    def _is_prompt(self, process: _Process) -> bool:
        """A shell that a person types into, not one that runs a script."""
        if process.name not in _SHELLS:
            return False
        try:
            words = (self._proc / str(process.pid) / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")[1:]
        except OSError:
            return False
        return all(word.startswith(b"-") for word in words)

    def _modes(self, line: int) -> tuple[bool, bool] | None:
        """(echo, line mode) of a pseudo-terminal; None if it may not be read."""
        number = (line & 0xFF) | ((line >> 12) & 0xFFF00)
        number += 256 * (((line >> 8) & 0xFFF) - _PTS_MAJORS[0])
        try:
            descriptor = os.open(self._lines / str(number), os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            return None
        try:
            local: int = termios.tcgetattr(descriptor)[3]
        except termios.error:
            return None
        finally:
            os.close(descriptor)
        return bool(local & termios.ECHO), bool(local & termios.ICANON)

    def _family(self, pid: int, *, fresh: bool) -> dict[int, _Process]:
        """Everything that ``pid`` started, and what that started."""
        now = self._clock()
        with self._lock:
            known = self._below.get(pid)
            if known and not fresh and now - known[0] < _FRESH_SECONDS:
                return known[1]
        family = self._scan(pid)
        with self._lock:
            # only what is still of use: a terminal that nobody types into is forgotten
            self._below = {other: seen for other, seen in self._below.items() if now - seen[0] < _FRESH_SECONDS}
            self._below[pid] = (now, family)
        return family

    def _scan(self, pid: int) -> dict[int, _Process]:
        children: dict[int, list[_Process]] = {}
        for place in self._proc.iterdir():
            if place.name.isdigit() and (process := self._process(int(place.name))) is not None:
                children.setdefault(process.parent, []).append(process)
        family: dict[int, _Process] = {}
        waiting = [pid]
        while waiting:
            for child in children.get(waiting.pop(), ()):
                if child.pid not in family:
                    family[child.pid] = child
                    waiting.append(child.pid)
        return family

    def _process(self, pid: int) -> _Process | None:
        try:
            text = (self._proc / str(pid) / "stat").read_bytes()
            # the name stands in brackets and may hold brackets and spaces itself
            start, end = text.index(b"("), text.rindex(b")")
            parent, group, session, line, foreground = (int(word) for word in text[end + 2 :].split()[1:6])
        except (OSError, ValueError):
            return None
        name = text[start + 1 : end].decode("utf-8", "replace")
        return _Process(pid, name, parent, group, session, line, foreground)


def _opaque(*parts: int) -> str:
    return "line-" + hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()
