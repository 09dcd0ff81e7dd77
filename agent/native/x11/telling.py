"""What is said of the focused field between two keys. For one thread, the one that tells the keys.

Keys whose field is not known yet may turn out to be those of a field that is (the pipeline sees to that). So whenever
a field of which nothing was known is left, that is said: its keys are not those of the next one.

Keys that an input method may take are told as uncertain. When one turns out to compose, what was typed just before is
taken back the same way: it may have gone there.
"""

from __future__ import annotations

import time
from typing import Final

from agent.actions import is_wheel
from agent.exclusion import is_browser
from agent.native.base import Sink
from agent.native.x11.composing import MethodWatch
from agent.native.x11.fields import FieldWatch, Stroke
from agent.native.x11.methods import Method, opens
from agent.records import RawCaret, RawControl, RawField, RawFocus, RawKey, RawPage, RawPointer, RawTitle, Secure

_MOST_PRESSES: Final = 16
#: Keys that end what an input method's own window or line took.
_ENDS: Final = frozenset({"Return", "KP_Enter", "Escape"})


class Telling:
    """Puts what ``fields`` and ``methods`` know into the order of the keys."""

    def __init__(self, fields: FieldWatch, methods: MethodWatch, sink: Sink) -> None:
        self._fields = fields
        self._methods = methods
        self._composing = methods.current() is Method.COMPOSING
        #: A chord opened something of the input method's in this window, and nothing has ended it.
        self._opened = False
        self._sink = sink
        self._window: int | None = None
        self._pid: int | None = None
        self._told: tuple[str | None, Secure] | None = None
        self._browser = False
        self._private = Secure.UNKNOWN
        #: Presses whose control may still be told: serial -> window.
        self._presses: dict[int, int] = {}

    def focus(self, event: RawFocus, pid: int | None, private: Secure) -> None:
        """The focus moved to a window of ``pid``. private: what its title says of a browser's window."""
        self._window, self._pid, self._told = event.window, pid, None
        self._opened = False
        self._browser = event.program is not None and is_browser(event.program)
        self._sink(event)
        if pid is not None:
            self._tell(*self._fields.current(pid))
            self._fields.ask(pid)
            self._turn(private)

    def title(self, event: RawTitle, private: Secure) -> None:
        """The title changed; in a browser that may be another page."""
        self._sink(event)
        self._turn(private)

    def pointer(self, event: RawPointer, pid: int | None, screen: tuple[int, int] | None) -> None:
        """A button went down or up, or a wheel turned, at ``screen`` in a window of ``pid``."""
        self._sink(event)
        if event.window is not None and event.pressed and not is_wheel(event.button) and pid is not None and screen:
            self._presses = {**dict(list(self._presses.items())[-_MOST_PRESSES:]), event.serial: event.window}
            self._fields.hit(pid, event.serial, screen)
        if not event.pressed and event.button == 1 and event.window == self._window and self._pid is not None:
            self._fields.caret(self._pid)

    def control(self, serial: int, role: str, name: str, secure: Secure) -> None:
        """The watch found out what a press hit."""
        if (window := self._presses.pop(serial, None)) is not None:
            self._sink(RawControl(window, serial, role, name, secure, time.monotonic()))

    def caret(self, pid: int, field: str, offset: int, length: int, chosen: tuple[int, int]) -> None:
        """The watch found out where the caret of the focused field is."""
        if pid == self._pid and self._window is not None and self._told == (field, Secure.NO):
            self._sink(RawCaret(self._window, field, offset, length, chosen, time.monotonic()))

    def page(self, pid: int, host: str | None) -> None:
        """The watch found out which page a browser shows; it may have turned meanwhile, then it is asked again."""
        if pid == self._pid and self._browser and self._window is not None:
            self._sink(RawPage(self._window, host, self._private if host else Secure.UNKNOWN, time.monotonic()))

    def _turn(self, private: Secure) -> None:
        if self._browser and self._window is not None and self._pid is not None:
            self._private = private
            shown = Secure.YES if private is Secure.YES else Secure.UNKNOWN
            self._sink(RawPage(self._window, None, shown, time.monotonic()))
            self._fields.page(self._pid)

    def key(self, window: int | None, stroke: Stroke, repeat: bool, at: float) -> None:
        """A key went down in ``window``. A terminal hides its line, and shows it again, without any event: it is asked
        each time.

        What changed without news changed at a moment nobody knows: nothing that was typed before is said to be known.
        """
        if window is not None and self._pid is not None:
            known = self._fields.current(self._pid)
            if known != self._told:
                if known[1] is Secure.NO:
                    self._tell(None, Secure.UNKNOWN)
                self._tell(*known)
        self.method()
        self._methods.typed()
        key, text, modifiers = stroke
        uncertain = self._composing or self._opened
        if opens(self._methods.current(), key, modifiers):
            self._opened = True
        elif key in _ENDS:
            self._opened = False
        self._sink(RawKey(window, key, text, modifiers, repeat, at, uncertain=uncertain))

    def method(self) -> None:
        """The watch may have found out that an input method composes: since when, nobody knows."""
        composing = self._methods.current() is Method.COMPOSING
        told = self._told
        if composing and not self._composing and told is not None:
            self._tell(None, Secure.UNKNOWN)
            if told[1] is not Secure.UNKNOWN:
                self._tell(*told)
        self._composing = composing

    def news(self, pid: int, field: str | None, secure: Secure) -> None:
        """The field watch found something; what it found for others than the process in front it will find again.

        That nothing is known is said as often as it is news: it was another field before.
        """
        if pid == self._pid and (secure is not Secure.NO or (field, secure) != self._told):
            self._tell(field, secure)

    def _tell(self, field: str | None, secure: Secure) -> None:
        if secure is Secure.NO and self._told != (field, secure) and self._pid is not None:
            self._fields.caret(self._pid)
        self._told = field, secure
        self._sink(RawField(self._window, field, secure, time.monotonic()))
