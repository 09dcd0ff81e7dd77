"""A program with windows that says which keys it really got: the ground truth of who received what.

Run as ``python -m tests.fakes.typewriter CLASS X Y [buttons]``; answers on stdout, one JSON value per line. With
``buttons`` it takes the mouse's, too. Commands on stdin: ``window`` (make another one), ``destroy`` (the newest),
``title WORDS`` (of the newest), ``grab`` and ``ungrab`` (the keyboard), ``hold`` and ``let go`` (the pointer), ``sync``
(say so when everything received so far has been said).
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from agent.native.x11.connection import Connection, ServerGone, padded
from tests.fakes.waiting import until

_KEY_PRESS, _BUTTON_PRESS, _BUTTON_RELEASE, _FOCUS_IN = 2, 4, 5, 9
_STRING, _WM_CLASS, _WM_NAME = 31, 67, 39


class _Program:
    def __init__(self, name: str, x: int, y: int, buttons: bool) -> None:
        self.connection = Connection(os.environ)
        self.buttons = (1 << 2 | 1 << 3) * buttons
        self.name, self.x, self.y = name, x, y
        self.windows: list[int] = []

    def window(self) -> None:
        window = self.connection.new_id()
        events = 1 | 1 << 17 | 1 << 21 | self.buttons  # key press, structure, focus
        place = struct.pack("<IIhhHHHHI", window, self.connection.root, self.x, self.y, 300, 200, 0, 1, 0)
        self.connection.send(1, 0, place + struct.pack("<III", 1 << 1 | 1 << 11, 0xFFFFFF, events))
        self._property(window, _WM_CLASS, f"{self.name.lower()}\0{self.name}\0".encode())
        self._property(window, _WM_NAME, f"{self.name} {len(self.windows)}".encode())
        hints = self.connection.atom("WM_SIZE_HINTS")
        body = struct.pack("<IIIBxxxI", window, self.connection.atom("WM_NORMAL_HINTS"), hints, 32, 18)
        self.connection.send(18, 0, body + struct.pack("<18I", 1, *[0] * 17))
        self.connection.send(8, 0, struct.pack("<I", window))
        self.connection.flush()
        self.windows.append(window)
        say("window", window)

    def _property(self, window: int, name: int, value: bytes) -> None:
        body = struct.pack("<IIIBxxxI", window, name, _STRING, 8, len(value)) + padded(value)
        self.connection.send(18, 0, body)

    def command(self, word: str) -> None:
        if word == "window":
            self.window()
        elif word == "destroy":
            self.connection.send(4, 0, struct.pack("<I", self.windows.pop()))
        elif word.startswith("title "):
            self._property(self.windows[-1], _WM_NAME, word.removeprefix("title ").encode())
        elif word == "grab":
            reply = self.connection.call(31, 0, struct.pack("<IIBBxx", self.windows[0], 0, 1, 1))
            say("grab", reply is not None and reply[1] == 0)
        elif word == "ungrab":
            self.connection.send(32, 0, struct.pack("<I", 0))
            self.connection.call(43)
            say("ungrab", True)
        elif word == "hold":
            body = struct.pack("<IHBBIII", self.windows[0], 1 << 2 | 1 << 3, 1, 1, 0, 0, 0)
            reply = self.connection.call(26, 0, body)
            say("grab", reply is not None and reply[1] == 0)
        elif word == "let go":
            self.connection.send(27, 0, struct.pack("<I", 0))
            self.connection.call(43)
            say("ungrab", True)
        elif word == "sync":
            self.connection.call(43)
            self.tell_events()
            say("sync", True)
        self.connection.flush()

    def tell_events(self) -> None:
        for event in self.connection.events():
            if event[0] & 0x7F == _KEY_PRESS:
                say("key", [struct.unpack_from("<I", event, 4)[0], event[1]])
            elif event[0] & 0x7F in (_BUTTON_PRESS, _BUTTON_RELEASE):
                x, y = struct.unpack_from("<hh", event, 20)
                say("button", [x, y, event[1], event[0] & 0x7F == _BUTTON_PRESS])
            elif event[0] & 0x7F == _FOCUS_IN:
                say("focus", struct.unpack_from("<I", event, 4)[0])

    def run(self) -> None:
        self.window()
        pending = b""
        while True:
            self.connection.wait(0)
            self.tell_events()
            if select.select([0], [], [], 0)[0]:
                data = os.read(0, 4096)
                if not data:
                    return
                *words, pending = (pending + data).split(b"\n")
                for word in words:
                    self.command(word.decode())


def say(what: str, value: object) -> None:
    sys.stdout.write(json.dumps([what, value]) + "\n")
    sys.stdout.flush()


class Typewriter:
    """The program above in a process of its own. keys: every (server time, keycode) it received so far.
    buttons: every (x, y on the screen, button, pressed), if it was asked to take them.
    """

    def __init__(
        self, environ: Mapping[str, str], name: str, x: int = 40, y: int = 40, *, buttons: bool = False
    ) -> None:
        self.name = name
        self.buttons: list[tuple[int, int, int, bool]] = []
        self.keys: list[tuple[int, int]] = []
        self.windows: list[int] = []
        self.focused: list[int] = []
        self.grabbed: bool | None = None
        self._synced = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.typewriter", name, str(x), str(y), *["buttons"] * buttons],
            cwd=Path(__file__).parents[2],
            env={**os.environ, **environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        until(lambda: self.windows, f"the window of {name}")

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in iter(self._process.stdout.readline, b""):
            what, value = json.loads(line)
            self._take(what, value)

    def _take(self, what: str, value: Any) -> None:
        if what == "key":
            self.keys.append((value[0], value[1]))
        elif what == "button":
            x, y, button, pressed = value
            self.buttons.append((x, y, button, pressed))
        elif what == "window":
            self.windows.append(value)
        elif what == "focus":
            self.focused.append(value)
        elif what == "grab":
            self.grabbed = value
        elif what == "ungrab":
            self.grabbed = False
        elif what == "sync":
            self._synced += 1

    def sync(self) -> None:
        """Returns when ``keys`` holds everything the program got so far."""
        before = self._synced
        self.tell("sync")
        until(lambda: self._synced > before, f"{self.name} to say what it got")

    def tell(self, word: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(word.encode() + b"\n")

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.terminate()
        self._process.wait(20)
        self._reader.join(20)
        self._process.stdout.close()


if __name__ == "__main__":
    with contextlib.suppress(ServerGone):  # some tests end the server
        _Program(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), "buttons" in sys.argv[4:]).run()
