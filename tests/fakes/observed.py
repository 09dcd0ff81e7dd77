"""What a running input told, and how to wait for it."""

from __future__ import annotations

import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from agent.records import RawEvent, RawKey
from tests.fakes.real_desktop import RealDesktop
from tests.fakes.waiting import until


class Observed:
    """The running input of a desktop with ``notes`` in front."""

    def __init__(self, desktop: RealDesktop) -> None:
        self.desktop = desktop
        self.hands = desktop.hands
        self.events: list[RawEvent] = []

    @property
    def keys(self) -> list[RawKey]:
        return [event for event in self.events if isinstance(event, RawKey)]

    def of(self, *kinds: type[RawEvent]) -> list[RawEvent]:
        return [event for event in self.events if isinstance(event, kinds)]

    def wait(self, count: int) -> list[RawKey]:
        until(lambda: len(self.keys) >= count, f"{count} keys")
        return self.keys

    def marked(self) -> list[RawKey]:
        """Everything up to now: types a mark and waits for it. The mark itself is left out."""
        before = len(self.keys)
        self.hands.key("Escape")
        until(lambda: any(key.expose()[0] == "Escape" for key in self.keys[before:]), "the mark")
        return [key for key in self.keys if key.expose()[0] != "Escape"]


@contextmanager
def bare_server(*options: str) -> Iterator[dict[str, str]]:
    """An X server without a window manager; gives what to put into a program's environment."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-noreset", "-nolisten", "tcp", *options]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        assert select.select([read], [], [], 30)[0], "Xvfb said nothing"
        yield {"DISPLAY": f":{os.read(read, 20).decode().strip()}"}
    finally:
        os.close(read)
        server.terminate()
        server.wait(20)
