"""The engine's own process over a scripted desktop: everything but hands, eyes and keystore is the product.

    python -m tests.fakes.engine_child --profile DIR --trial DIR --keys DIR --script FD

Commands and reports go over stdin and stdout as with the window. Each line on the script's socket is a JSON list: the
name of something that happens on the desktop, and its arguments; answered with a dot when it has happened.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from agent.engine.__main__ import run
from agent.engine.terms import Terms
from agent.native import harden
from agent.native.base import Native, Sink
from agent.records import RawEvent, Secure
from tests.fakes.desktop import EDITOR, TERMINAL, FakeIndicator, FakeInstalled, FakeSession, ScriptedDesktop
from tests.fakes.keystore import FileKeystore

PROGRAMS = {"mousepad": EDITOR, "xterm": TERMINAL}


class ThreadedDesktop(ScriptedDesktop):
    """The script runs in a thread of its own, as the hook does: nothing reaches the sink once ``stop`` has returned."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.RLock()

    def start(self, sink: Sink) -> None:
        with self._lock:
            super().start(sink)

    def stop(self) -> None:
        with self._lock:
            super().stop()

    def _tell(self, event: RawEvent) -> None:
        with self._lock:
            super()._tell(event)


class Script(threading.Thread):
    """Does on the desktop what the lines say, until there are no more."""

    def __init__(self, descriptor: int, desktop: ScriptedDesktop, indicator: FakeIndicator) -> None:
        super().__init__(name="script", daemon=True)
        self._socket = socket.socket(fileno=descriptor)
        self._deeds: dict[str, Callable[..., object]] = {
            "goes to": lambda program: desktop.focus(PROGRAMS[program]),
            "unknown program": desktop.unknown_program,
            "field": lambda secure, name="field-1": desktop.field(Secure(secure), name),
            "types": desktop.type,
            "nobody knows": desktop.nobody_knows,
            "key": desktop.key,
            "clicks": desktop.click,
            "hides sign": indicator.hide,
            "shows sign": indicator.show,
        }

    def run(self) -> None:
        for line in self._socket.makefile("r", encoding="utf-8"):
            deed, *facts = json.loads(line)
            self._deeds[deed](*facts)
            self._socket.send(b".")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--profile", type=Path, required=True)
    parser.add_argument("--trial", type=Path, required=True)
    parser.add_argument("--keys", type=Path, required=True)
    parser.add_argument("--script", type=int, required=True)
    options = parser.parse_args()
    os.umask(0o077)
    harden()
    desktop, indicator = ThreadedDesktop(), FakeIndicator()
    keystore = FileKeystore(options.keys)
    Script(options.script, desktop, indicator).start()
    native = Native("scripted", desktop, indicator, keystore, FakeInstalled(), FakeSession())
    run(native, options.profile, Terms(trial=options.trial))


if __name__ == "__main__":
    main()
