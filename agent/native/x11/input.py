"""Input for X11: one thread around the observer, and what is known of the focused field put into the same order."""

from __future__ import annotations

import os
import struct
import threading
from collections.abc import Callable, Mapping, Sequence

from agent.native.base import Sink
from agent.native.x11.composing import MethodWatch, SessionMethods
from agent.native.x11.connection import ServerGone
from agent.native.x11.fields import FieldWatch, Stroke
from agent.native.x11.telling import Telling
from agent.problems import Unavailable
from agent.records import Program, RawFocus, RawPointer, RawTitle, Secure


class X11Input:
    """Implements ``agent.native.base.Input``. Loads no hook and opens no connection before ``start``.

    fields: tells whether the focused field hides what is typed. programs: what is installed, asked once, for names.
    methods: tells whether an input method takes the keys, None for the session of ``environ``.
    """

    def __init__(
        self,
        fields: FieldWatch,
        programs: Callable[[], Sequence[Program]] = tuple,
        environ: Mapping[str, str] | None = None,
        methods: MethodWatch | None = None,
    ) -> None:
        self._fields = fields
        self._programs = programs
        self._environ = os.environ if environ is None else environ
        self._methods = methods or SessionMethods(self._environ)
        self._run: _Run | None = None

    def start(self, sink: Sink) -> None:
        if self._run is not None:
            raise RuntimeError("already started")
        self._run = _Run(self._fields, self._methods, self._programs, self._environ, sink)

    def check(self) -> None:
        if self._run is not None:
            self._run.check()

    def notes(self) -> tuple[str, ...]:
        return ("accessibility-off",) if self._run is not None and not self._fields.healthy() else ()

    def stop(self) -> None:
        if self._run is not None:
            self._run.stop()
            self._run = None


class _Run:
    """From one start to its stop."""

    def __init__(
        self,
        fields: FieldWatch,
        methods: MethodWatch,
        programs: Callable[[], Sequence[Program]],
        environ: Mapping[str, str],
        sink: Sink,
    ) -> None:
        self._fields = fields
        self._methods = methods
        self._sink = sink
        self._told = Telling(fields, methods, sink)
        self._lock = threading.Lock()
        self._news: list[Callable[[], None]] = []
        self._stopping = threading.Event()
        self._failure = "Reading the keyboard ended unexpectedly."
        from agent.native.x11.observer import Observer  # noqa: PLC0415 - the hook is loaded here and not before

        try:
            self._observer = Observer(environ, programs, self)
        except (ServerGone, struct.error) as problem:
            raise Unavailable("capture-failed", detail="The X server ended the connection.") from problem
        self._wake_read, self._wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            fields.also(self._on_control, self._on_page, self._on_caret)
            methods.start(self._on_method)
            fields.start(self._on_field)
        except BaseException:
            methods.stop()
            self._release()
            raise
        self._thread = threading.Thread(target=self._loop, name="x11-input", daemon=True)
        self._thread.start()

    # The thread ----------------------------------------------------------------------------------------------

    def _loop(self) -> None:
        try:
            self._observer.first()
            while not self._stopping.is_set():
                self._observer.step(self._wake_read)
                self._tell_news()
        except (ServerGone, struct.error):
            self._failure = "The X server ended the connection."
        except Unavailable as problem:
            self._failure = problem.facts.get("detail", self._failure)

    def focus(self, event: RawFocus, pid: int | None, private: Secure) -> None:
        """From the observer: the focus moved."""
        self._tell_news()
        self._told.focus(event, pid, private)

    def key(self, window: int | None, stroke: Stroke, repeat: bool, at: float) -> None:
        """From the observer: a key went down."""
        self._tell_news()
        self._told.key(window, stroke, repeat, at)

    def pointer(self, event: RawPointer, pid: int | None, screen: tuple[int, int] | None) -> None:
        """From the observer: a button went down or up, or a wheel turned."""
        self._tell_news()
        self._told.pointer(event, pid, screen)

    def title(self, event: RawTitle, private: Secure) -> None:
        """From the observer: the window in front says something else above itself."""
        self._tell_news()
        self._told.title(event, private)

    def _tell_news(self) -> None:
        """Pass on, in its order, what the field watch found."""
        with self._lock:
            if not self._news:
                return
            news, self._news = self._news, []
            os.read(self._wake_read, 4096)
        for tell in news:
            tell()

    # Other threads -------------------------------------------------------------------------------------------

    def _on_field(self, pid: int, field: str | None, secure: Secure) -> None:
        self._later(lambda: self._told.news(pid, field, secure))

    def _on_control(self, serial: int, role: str, name: str, secure: Secure) -> None:
        self._later(lambda: self._told.control(serial, role, name, secure))

    def _on_page(self, pid: int, host: str | None) -> None:
        self._later(lambda: self._told.page(pid, host))

    def _on_caret(self, pid: int, field: str, offset: int, length: int, chosen: tuple[int, int]) -> None:
        self._later(lambda: self._told.caret(pid, field, offset, length, chosen))

    def _on_method(self) -> None:
        self._later(self._told.method)

    def _later(self, tell: Callable[[], None]) -> None:
        """Tell it from the thread that tells the keys, in its order among them."""
        with self._lock:
            if not self._news:
                os.write(self._wake_write, b"!")
            self._news.append(tell)

    def check(self) -> None:
        if not self._thread.is_alive():
            raise Unavailable("capture-failed", detail=self._failure)

    def stop(self) -> None:
        self._stopping.set()
        self._observer.break_off()
        self._fields.stop()
        self._methods.stop()
        self._thread.join()
        self._release()

    def _release(self) -> None:
        self._observer.close()
        os.close(self._wake_read)
        os.close(self._wake_write)
