"""Watches whether an input method takes the keys, from a thread of its own.

What is said of a key may turn out wrong a moment later: the person switched and typed on at once. So every key has the
question asked anew until a moment after it, and that an input method composes is news that takes back the keys of the
last half second (``Telling``). That it composes no longer counts once it has stood for as long.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from agent.native.dbus import BusError
from agent.native.x11.connection import ServerGone
from agent.native.x11.methods import InputMethods, Method
from agent.problems import Unavailable

#: Seconds after a key in which the answer about it is still looked for, and between two looks then.
_AFTER_KEY: Final = 0.4
_TYPING: Final = 0.1
#: Seconds between two looks while an input method runs and nobody types: fcitx sends no word of a switch.
_IDLE: Final = 1.0
#: Seconds that keys have to be passed on before they count again: older keys may still be on their way to us.
SETTLED: Final = 0.5
_RETRY: Final = 2.0


class MethodWatch(Protocol):
    """Tells whether an input method takes the keys."""

    def start(self, on_change: Callable[[], None]) -> None:
        """Begin; ``on_change`` is called from a thread of the watch when ``current`` says something else."""

    def typed(self) -> None:
        """A key went down: find out whether what ``current`` says is still so. Never waits."""

    def current(self) -> Method:
        """What is known now, COMPOSING if nothing. Never waits."""

    def stop(self) -> None:
        """End. No ``on_change`` after it returns. Twice is fine."""


class SessionMethods:
    """Implements ``MethodWatch`` for the session of ``environ``."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._state = Method.COMPOSING
        self._calm_since: float | None = None
        self._typed_until = 0.0
        self._methods: InputMethods | None = None
        self._lock = threading.Lock()
        self._wake: int | None = None
        self._thread: threading.Thread | None = None
        self._on_change: Callable[[], None] = lambda: None

    def start(self, on_change: Callable[[], None]) -> None:
        """Takes one look before it returns, so that the first key does not go before the first answer."""
        if self._thread is not None:
            raise RuntimeError("already started")
        self._on_change = lambda: None
        self._state = self._look() or Method.COMPOSING
        self._calm_since = None
        self._on_change = on_change
        wake, self._wake = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self._thread = threading.Thread(target=self._run, args=(wake,), name="methods", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self._thread is None or self._wake is None:
            return
        with self._lock:
            wake, self._wake = self._wake, None
        os.close(wake)
        self._thread.join()
        self._thread = None
        self._state = Method.COMPOSING

    def current(self) -> Method:
        return self._state

    def typed(self) -> None:
        with self._lock:
            self._typed_until = time.monotonic() + _AFTER_KEY
            if self._wake is not None:
                with contextlib.suppress(BlockingIOError):  # it is awake already
                    os.write(self._wake, b"k")

    # In the thread -------------------------------------------------------------------------------------------

    def _run(self, wake: int) -> None:
        try:
            while self._sleep(wake):
                self._learn(self._look())
        finally:
            self._leave()
            os.close(wake)

    def _look(self) -> Method | None:
        """None: nobody could be asked."""
        try:
            if self._methods is None:
                self._methods = InputMethods(self._environ)
            return self._methods.look()
        except (BusError, ServerGone, Unavailable):
            self._leave()
            return None

    def _leave(self) -> None:
        if self._methods is not None:
            self._methods.close()
            self._methods = None

    def _learn(self, found: Method | None) -> None:
        now = time.monotonic()
        if found is None or found is Method.COMPOSING:
            self._calm_since = None
            self._say(Method.COMPOSING)
            return
        if self._state is Method.COMPOSING:
            self._calm_since = now if self._calm_since is None else self._calm_since
            if now - self._calm_since < SETTLED:
                return
        self._say(found)

    def _say(self, state: Method) -> None:
        if state is not self._state:
            self._state = state
            self._on_change()

    def _sleep(self, wake: int) -> bool:
        """Until another look is due; False: we are to stop."""
        now = time.monotonic()
        typing = now < self._typed_until
        if self._methods is None:
            seconds: float | None = _TYPING if typing else _RETRY
        elif typing or (self._calm_since is not None and self._state is Method.COMPOSING):
            seconds = _TYPING
        else:
            seconds = None if self._state is Method.ABSENT else _IDLE
        poll = select.poll()
        poll.register(wake, select.POLLIN)
        for descriptor in self._methods.descriptors() if self._methods is not None else ():
            poll.register(descriptor, select.POLLIN)
        ready = dict(poll.poll(None if seconds is None else seconds * 1000))
        return wake not in ready or bool(os.read(wake, 4096))
