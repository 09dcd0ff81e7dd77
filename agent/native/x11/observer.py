"""From the server's events to ours, in one order.

A key belongs to a window only if three things agree: the ordered view (focus and keys of one connection), the
server's answer to a question asked after the key, and that nobody holds a grab. Everything else is a key without a
window.
"""

from __future__ import annotations

import struct
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from agent.native.x11.browsers import private
from agent.native.x11.connection import Connection
from agent.native.x11.fields import Stroke
from agent.native.x11.focus import FocusView
from agent.native.x11.keyboard import Keyboard
from agent.native.x11.pointer import PointerView
from agent.native.x11.probe import Answer, Probe
from agent.native.x11.programs import executable, identify
from agent.native.x11.record import Press, Recorder
from agent.native.x11.windows import Client, Windows
from agent.native.x11.xinput import WHEEL, ButtonEvent, KeyEvent, RawInput, XInput
from agent.native.x11.xkb import Xkb
from agent.problems import Unavailable
from agent.records import Program, RawFocus, RawPointer, RawTitle, Secure

_FOCUS_IN: Final = 9
_FOCUS_OUT: Final = 10
#: A key held for less than this (seconds) has not repeated yet; the shortest delay that desktops offer is longer.
_NO_REPEAT_YET: Final = 0.1
#: Presses whose echo from the recorder is still to come: more than fit into one batch of fast typing.
_MOST_UNECHOED: Final = 64
_ANCHOR_TRIES: Final = 3
_TITLE_LENGTH: Final = 300
#: Seconds that the server may leave a question open; other clients may hold it for themselves for a while.
_LONGEST_SILENCE: Final = 30.0


class Receiver(Protocol):
    """Who is told."""

    def focus(self, event: RawFocus, pid: int | None, private: Secure) -> None: ...
    def key(self, window: int | None, stroke: Stroke, repeat: bool, at: float) -> None: ...
    def pointer(self, event: RawPointer, pid: int | None, screen: tuple[int, int] | None) -> None: ...
    def title(self, event: RawTitle, private: Secure) -> None: ...


@dataclass(frozen=True, slots=True)
class _Held:
    """A key that is down: since when (monotonic seconds) and into which window."""

    since: float
    window: int | None
    epoch: int


class Observer:
    """Keys, clicks and focus of the session on ``DISPLAY``. One thread uses it; ``break_off`` is for any other.

    Raises ``Unavailable`` if the session has no local X server or that server lacks something we need.
    """

    def __init__(
        self, environ: Mapping[str, str], programs: Callable[[], Sequence[Program]], receiver: Receiver
    ) -> None:
        self._receiver = receiver
        self._programs = programs
        self._known: Sequence[Program] | None = None
        self._view = FocusView()
        self._told_epoch = -1
        self._client: Client | None = None
        self._held: dict[int, _Held] = {}
        self._unechoed: deque[Press] = deque(maxlen=_MOST_UNECHOED)
        self._map_is_old = True
        self._serial = 0
        self._title: str | None = None
        self._connection = Connection(environ, _LONGEST_SILENCE)
        self._keyboard: Keyboard | None = None
        self._recorder: Recorder | None = None
        try:
            self._refuse_xwayland()
            self._probe = Probe(self._connection)
            self._xinput = XInput(self._connection)
            self._xkb = Xkb(self._connection)
            self._windows = Windows(self._connection)
            self._pointer = PointerView(self._connection, self._windows)
            self._keyboard = Keyboard(environ)
            self._recorder = Recorder(self._connection, environ)
            self._begin()
        except BaseException:
            self.close()
            raise

    def _refuse_xwayland(self) -> None:
        """The X server of a Wayland session sees only what is typed into X programs. Since version 23 it says so."""
        if self._connection.extension("XWAYLAND") is not None:
            detail = "This is a Wayland session: it does not show keystrokes of other programs."
            raise Unavailable("session-unsupported", detail=detail)

    def _begin(self) -> None:
        """From the answer at the end of this on, everything is observed."""
        self._xkb.select()
        self._windows.watch_all()
        self._xinput.select()
        state = self._xkb.state()
        if state is None:
            raise Unavailable("capture-failed", detail="The state of the keyboard could not be read.")
        self._state = state
        self._refresh_map()
        self._anchor(self._probe.ask())
        self._pointer.anchor(self._probe.pointer_is_free)

    def first(self) -> None:
        """Tell the focus as it is now. Called once, before ``step``."""
        self._tell_focus(always=True)

    def step(self, wake: int) -> None:
        """Wait for something to happen, or for ``wake`` to become readable, and tell all of it. Raises ServerGone."""
        recorder = self._recorder
        if recorder is None:
            return
        self._connection.wait(recorder.fileno(), wake)
        repeats = self._unknown(recorder.presses())
        if not repeats and not self._needs_answer():
            self._handle(self._connection.events(), (), None)
            self._pointer.anchor(self._probe.pointer_is_free)
            return
        answer = self._probe.ask()
        # By now the server has handed out every repeat older than the keys at hand, and the second answer brings
        # every focus change older than those repeats.
        if repeats or self._may_have_repeated():
            repeats += self._unknown(recorder.presses())
            answer = self._probe.ask()
        self._handle(self._connection.events(), repeats, answer)
        self._anchor(answer)
        self._tell_focus()

    def _needs_answer(self) -> bool:
        """Is something waiting whose window must be told?"""
        return self._may_have_repeated() or any(
            event[0] & 0x7F in (_FOCUS_IN, _FOCUS_OUT) or self._xinput.is_press(event)
            for event in self._connection.waiting()
        )

    def _may_have_repeated(self) -> bool:
        now = time.monotonic()
        return any(now - held.since >= _NO_REPEAT_YET for held in self._held.values())

    def _unknown(self, presses: list[Press]) -> list[Press]:
        """Those that are not the echo of a raw press we had already. Echoes come in order, each once."""
        unknown = []
        for press in presses:
            if press in self._unechoed:
                while self._unechoed.popleft() != press:
                    pass
            else:
                unknown.append(press)
        return unknown

    # One batch -----------------------------------------------------------------------------------------------

    def _handle(self, events: Sequence[bytes], presses: Sequence[Press], answer: Answer | None) -> None:
        """Events in their order, repeats put in by server time. ``answer`` is younger than all of them."""
        decoded = [(event, self._xinput.decode(event)) for event in events]
        repeats = self._without_echoes(presses, decoded)
        moved = any(event[0] & 0x7F in (_FOCUS_IN, _FOCUS_OUT) for event, _ in decoded)
        for event, item in decoded:
            if item is None:
                self._housekeeping(event)
                continue
            while repeats and _not_after(repeats[0].time, item.time):
                self._repeat(repeats.popleft(), answer, moved)
            self._input(item, answer)
        for press in repeats:
            self._repeat(press, answer, moved)

    def _without_echoes(
        self, presses: Sequence[Press], decoded: Sequence[tuple[bytes, RawInput | None]]
    ) -> deque[Press]:
        """``presses`` less one echo of each raw press; a raw press whose echo is not among them still waits for it."""
        left = list(presses)
        for _, item in decoded:
            if isinstance(item, KeyEvent) and item.pressed:
                press = Press(item.keycode, item.time)
                if press in left:
                    left.remove(press)
                else:
                    self._unechoed.append(press)
        return deque(left)

    def _input(self, item: RawInput, answer: Answer | None) -> None:
        if isinstance(item, ButtonEvent):
            self._button(item, answer)
        elif item.pressed:
            self._tell_focus()
            window = self._window(answer) if item.ours else None
            now = time.monotonic()
            self._held[item.keycode] = _Held(now, window, self._view.epoch)
            self._key(item.keycode, window, item.repeat, now)
        else:
            self._held.pop(item.keycode, None)

    def _button(self, item: ButtonEvent, answer: Answer | None) -> None:
        """A press belongs to whoever the pointer was in, if nobody holds a grab; a release to where its press was."""
        self._tell_focus()
        if item.pressed and self._keyboard is not None:
            self._keyboard.begin_anew()
        self._serial += 1
        known = item.ours and answer is not None and not answer.grabbed
        pid: int | None = None
        if not item.pressed:
            window = self._pointer.released(item.button)
        else:
            client = self._pointer.below() if item.button in WHEEL else self._pointer.pressed(item.button)
            window, pid = (client.window, client.pid) if client is not None and known else (None, None)
        found = self._pointer.place(window) if window is not None else None
        place, screen = found if found is not None else (None, None)
        held = self._keyboard.held() if self._keyboard is not None else frozenset()
        event = RawPointer(window, self._serial, item.button, item.pressed, place, held, time.monotonic())
        self._receiver.pointer(event, pid, screen)

    def _repeat(self, press: Press, answer: Answer | None, moved: bool) -> None:
        """A held key repeated. It went where the key went if nothing moved since; otherwise nobody can tell."""
        self._tell_focus()
        held = self._held.get(press.keycode)
        still = held is not None and not moved and held.epoch == self._view.epoch
        window = self._window(answer) if still and held is not None and held.window is not None else None
        self._key(press.keycode, window, held is not None, time.monotonic())

    def _key(self, keycode: int, window: int | None, repeat: bool, now: float) -> None:
        self._refresh_map()
        stroke = self._keyboard.stroke(keycode) if self._keyboard is not None else None
        if stroke is not None:
            self._receiver.key(window, stroke, repeat, now)

    def _window(self, answer: Answer | None) -> int | None:
        """The program's window that gets the keys here, None unless all agree."""
        receiver = self._view.receiver
        if receiver is None or answer is None or answer.grabbed or answer.focus != receiver or self._client is None:
            return None
        return self._client.window

    def _housekeeping(self, event: bytes) -> None:
        kind = event[0] & 0x7F
        if kind == _FOCUS_IN:
            self._view.focus_in(struct.unpack_from("<I", event, 4)[0], event[8], event[1])
        elif kind == _FOCUS_OUT:
            self._view.focus_out(event[8], event[1])
        elif self._pointer.event(event):
            return
        elif (window := self._windows.created(event)) is not None:
            self._windows.watch(window)
            self._pointer.forget_client()
            self._connection.flush()
        elif (window := self._windows.titled(event)) is not None:
            self._titled(window)
        elif self._xkb.is_new_map(event):
            self._map_is_old = True
        elif (state := self._xkb.decode_state(event)) is not None and self._keyboard is not None:
            self._state = state
            self._keyboard.update(state)

    def _titled(self, window: int) -> None:
        if self._client is None or window != self._client.window:
            return
        title = self._windows.title(window)
        if title != self._title:
            self._title = title
            self._receiver.title(RawTitle(window, _cut(title), time.monotonic()), private(title))

    def _refresh_map(self) -> None:
        """Read the map again before the next key if the server said that it changed.

        Not the state with it: the server's may be younger than the keys at hand, ours is as old as they are.
        """
        if not self._map_is_old or self._keyboard is None:
            return
        self._map_is_old = False
        self._keyboard.load(self._xkb.modifier_keys(), self._state)

    # Focus ---------------------------------------------------------------------------------------------------

    def _anchor(self, answer: Answer) -> None:
        """Where the ordered view does not know, take the server's word, at a place in the order from which on no
        move of the focus can be missed: the window is watched before the server is asked once more.
        """
        for _ in range(_ANCHOR_TRIES):
            if answer.focus == self._view.window:
                return
            if answer.focus is None:
                break
            self._windows.watch(answer.focus)
            again = self._probe.ask()
            self._handle(self._connection.events(), (), again)
            if again.focus == answer.focus:
                self._view.anchor(again.focus)
                return
            answer = again
        self._view.anchor(None)

    def _tell_focus(self, *, always: bool = False) -> None:
        """Say who gets the keys if that changed since it was last said."""
        if self._told_epoch == self._view.epoch and not always:
            return
        self._told_epoch = self._view.epoch
        if self._keyboard is not None:
            self._keyboard.begin_anew()
        before = self._client
        receiver = self._view.receiver
        client = self._client = self._windows.client_of(receiver) if receiver is not None else None
        if client is None:
            if before is not None or always:
                self._receiver.focus(RawFocus(None, None, None, time.monotonic()), None, Secure.UNKNOWN)
            return
        if before is None or before.window != client.window:
            self._windows.watch_title(client.window)
        # Asked again now that changes are told: what changed before the question is in this answer.
        title = self._title = self._windows.title(client.window)
        event = RawFocus(client.window, self._program(client), _cut(title), time.monotonic())
        self._receiver.focus(event, client.pid, private(title))

    def _program(self, client: Client) -> Program | None:
        path = executable(client.pid) if client.pid is not None else None
        if path is None:
            return None
        if self._known is None:
            self._known = self._programs()
        return identify(path, client.wm_class, self._known)

    # End -----------------------------------------------------------------------------------------------------

    def break_off(self) -> None:
        """From any thread: ``step`` ends with ServerGone."""
        self._connection.break_off()
        if self._recorder is not None:
            self._recorder.break_off()

    def close(self) -> None:
        """Give everything back. Only after the thread that uses it has ended. Twice is fine."""
        self._connection.close()
        if self._recorder is not None:
            self._recorder.close()
        if self._keyboard is not None:
            self._keyboard.close()


def _cut(title: str | None) -> str | None:
    return title[:_TITLE_LENGTH] if title is not None else None


def _not_after(one: int, other: int) -> bool:
    """Server times wrap around every 49.7 days."""
    return (other - one) & 0xFFFFFFFF < 1 << 31
