"""Which field has the focus in a program, and does it hide what is typed: by AT-SPI, in terminals by their line.

Promise: NO is said only of a focus that was reported, asked for its role and not left since. Whatever is unsure (no
bus, no answer within 200 ms, a role that could be anything) is UNKNOWN, which counts as hidden. No text, name or
description of anything is ever asked for.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import select
import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Final

from agent.native.dbus import Bus, BusError, Call, Incoming
from agent.native.x11.atspi import (
    REGISTRY,
    ROOT,
    TERMINAL,
    Answers,
    Conversation,
    Conversations,
    Place,
    ask_process,
    ask_programs,
    ask_role,
    find_focus,
    secure,
)
from agent.native.x11.fields import OnCaret, OnControl, OnField, OnPage
from agent.native.x11.shown import caret, hit, page
from agent.native.x11.switch import Switch
from agent.native.x11.terminals import Terminals
from agent.records import Secure

LIMIT: Final = 0.2
#: Seconds between a click and the question where the caret is.
CARET_DELAY: Final = 0.12
#: Seconds for the accessibility bus itself: it may have to be started first.
_START_LIMIT: Final = 2.0
_RETRY_SECONDS: Final = 2.0
_EVENTS: Final = ("object:state-changed:focused", "object:property-change:accessible-role")
_RULES: Final = (
    "interface='org.a11y.atspi.Event.Object',member='StateChanged',arg0='focused'",
    "interface='org.a11y.atspi.Event.Object',member='PropertyChange',arg0='accessible-role'",
    "sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',member='NameOwnerChanged',arg2=''",
)

#: What comes of an answer or event of another shape than agreed. Any program may send such: it must not end the watch,
#: only what is known.
_NONSENSE: Final = (LookupError, TypeError, ValueError, AttributeError)


@dataclass(frozen=True, slots=True)
class Focus:
    """The focused accessible of one program; role None: not answered yet."""

    place: Place
    role: int | None


class FieldWatch:
    """Follows the focus of all programs from one thread of its own."""

    def __init__(self, address: str | None = None, terminals: Terminals | None = None) -> None:
        """Nothing is opened yet. address: of the session bus, None for this session's own."""
        self._address = address
        self._terminals = terminals or Terminals()
        self._salt = os.urandom(16)
        self._lock = threading.Lock()
        self._focus: dict[int, Focus] = {}
        self._asked: deque[Callable[[_Follower], None]] = deque()
        self.on_control: OnControl = lambda *_: None
        self.on_page: OnPage = lambda *_: None
        self.on_caret: OnCaret = lambda *_: None
        self._healthy = False
        self._on_field: OnField | None = None
        self._thread: threading.Thread | None = None
        self._wake: int | None = None

    def start(self, on_field: OnField) -> None:
        """Begin; returns at once. ``on_field`` is called from the thread whenever an answer about a field changes.

        Switches the session's accessibility on while it runs (not its screen reader mode): without it programs say
        nothing. A second start without stop is an error.
        """
        if self._thread is not None:
            raise RuntimeError("already started")
        self._on_field = on_field
        self._asked.clear()
        wake, self._wake = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self._thread = threading.Thread(target=self._run, args=(wake,), name="fields", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop, put the session's switch back, join the thread. Twice is fine. No ``on_field`` after it returns."""
        if self._thread is None or self._wake is None:
            return
        with self._lock:
            wake, self._wake = self._wake, None
        os.close(wake)
        self._thread.join()
        self._thread = None
        self._on_field = None

    def healthy(self) -> bool:
        """Does accessibility answer? If not, every field outside bare terminals is unknown (``accessibility-off``)."""
        return self._healthy

    def current(self, pid: int) -> tuple[str | None, Secure]:
        """The field that has the focus in process ``pid``, as last heard; a terminal's line is read anew each time.

        Waits for nobody. The id stays the same while the same field keeps the focus.
        """
        with self._lock:
            focus = self._focus.get(pid)
        if focus is None or focus.role is None:
            return self._terminals.look(pid) if self._terminals.is_bare(pid) else (None, Secure.UNKNOWN)
        if focus.role == TERMINAL:
            return self._name(focus.place), self._terminals.look(pid)[1]
        verdict = secure(focus.role)
        return (None if verdict is Secure.UNKNOWN else self._name(focus.place)), verdict

    def also(self, on_control: OnControl, on_page: OnPage, on_caret: OnCaret) -> None:
        """Who gets the answers to ``hit``, ``page`` and ``caret``; called from the thread. Before ``start``."""
        self.on_control, self.on_page, self.on_caret = on_control, on_page, on_caret

    def ask(self, pid: int) -> None:
        """Look the focus of ``pid`` up in the background; the answer comes by ``on_field`` and ``current``."""
        self._put(lambda follower: follower.look_up(pid))

    def hit(self, pid: int, serial: int, place: tuple[int, int]) -> None:
        """Look up what is at a place of the screen; the answer comes by ``on_control``, or never."""
        self._put(lambda follower: follower.look_at(pid, serial, place))

    def caret(self, pid: int) -> None:
        """Look up where the caret is, once the program has had time to put it there; answers by ``on_caret``."""
        self._put(lambda follower: follower.look_at_caret(pid))

    def page(self, pid: int) -> None:
        """Look up which page a browser shows; the answer comes by ``on_page``."""
        self._put(lambda follower: follower.look_at_page(pid))

    def _put(self, work: Callable[[_Follower], None]) -> None:
        with self._lock:
            if self._wake is not None:
                self._asked.append(work)
                with contextlib.suppress(BlockingIOError):  # it is awake already
                    os.write(self._wake, b"?")

    def _name(self, place: Place) -> str:
        return "field-" + hashlib.blake2b("\0".join(place).encode(), key=self._salt, digest_size=8).hexdigest()

    # In the thread -------------------------------------------------------------------------------------------

    def _run(self, wake: int) -> None:
        """Connections to the accessibility bus, one after the other, until we are to stop."""
        switch = Switch(self._address)
        going = True
        while going:
            try:
                with Bus(switch.turn_on(), _START_LIMIT) as bus:
                    self._subscribe(bus)
                    self._healthy = True
                    self._follow(_Follower(bus, self), wake)
                    going = False
            except (BusError, *_NONSENSE):
                going = _slept(wake, _RETRY_SECONDS)
            finally:
                self._healthy = False
                self._forget()
        switch.put_back()
        os.close(wake)

    def _subscribe(self, bus: Bus) -> None:
        for event in _EVENTS:
            bus.call(Call(REGISTRY, "/org/a11y/atspi/registry", REGISTRY, "RegisterEvent", "s", (event,), wake=True))
        for rule in _RULES:
            bus.match(rule)

    def _follow(self, follower: _Follower, wake: int) -> None:
        """Returns when we are to stop; raises ``BusError`` when the bus goes away."""
        while True:
            left = follower.work()
            poll = select.poll()
            poll.register(follower.bus, select.POLLIN)
            poll.register(wake, select.POLLIN)
            ready = dict(poll.poll(None if left is None else left * 1000))
            if wake in ready and not os.read(wake, 4096):
                return
            while self._asked:
                self._asked.popleft()(follower)

    def learn(self, pid: int, focus: Focus | None) -> None:
        """The follower found out what has the focus in ``pid``; None: nothing, or it could not."""
        with self._lock:
            before = self._focus.get(pid)
            if before == focus:
                return
            if focus is None:
                del self._focus[pid]
            else:
                self._focus[pid] = focus
        if before is None and focus is not None and focus.role is None:
            return  # of no field before and of this one not yet: no news. Leaving one of which nothing is known is.
        if self._on_field is not None:
            self._on_field(pid, *self.current(pid))

    def known(self, pid: int) -> Focus | None:
        """What has the focus in ``pid``, as far as is known."""
        return self._focus.get(pid)

    def _forget(self) -> None:
        for pid in list(self._focus):
            self.learn(pid, None)


class _Follower:
    """Turns events of one connection into what has the focus where. Lives in the watch's thread."""

    def __init__(self, bus: Bus, watch: FieldWatch) -> None:
        self.bus = bus
        self._watch = watch
        self._talks = Conversations(bus)
        self._pids: dict[str, int] = {}
        #: How often the focus of a program has moved: an answer to an older question comes too late.
        self._moves: dict[str, int] = {}
        self._asking: dict[str, Place] = {}
        self._later: deque[tuple[float, int]] = deque()

    def work(self) -> float | None:
        """Do what there is to do; seconds until there may be more without anything arriving, None: only then."""
        while (incoming := self.bus.take(0)) is not None:
            if incoming.kind == "signal":
                self._event(incoming)
            else:
                self._talks.take(incoming)
        now = time.monotonic()
        while self._later and self._later[0][0] <= now:
            self._begin(self._told_caret(self._later.popleft()[1]))
        self._talks.give_up(now)
        deadline = self._talks.next_deadline()
        if self._later:
            deadline = min(self._later[0][0], deadline if deadline is not None else float("inf"))
        return None if deadline is None else max(0.0, deadline - now)

    def look_up(self, pid: int) -> None:
        """Search the active window of ``pid`` for its focus."""
        self._begin(self._search(pid))

    def look_at(self, pid: int, serial: int, place: tuple[int, int]) -> None:
        """Search what is at a place of the screen in the active window of ``pid``."""
        self._begin(self._told_control(pid, serial, place))

    def look_at_caret(self, pid: int) -> None:
        """Ask the focused field of ``pid`` for its caret a moment later: the click must have been handled by then."""
        waiting = [(due, other) for due, other in self._later if other != pid]
        self._later = deque([*waiting, (time.monotonic() + CARET_DELAY, pid)])

    def _told_caret(self, pid: int) -> Conversation:
        focus = self._watch.known(pid)
        if focus is None or focus.role is None or secure(focus.role) is not Secure.NO:
            return
        moves = self._moves.get(focus.place.name)
        found = yield from caret(focus.place)
        name = self._watch.current(pid)[0]
        if found is not None and name is not None and self._moves.get(focus.place.name) == moves:
            self._watch.on_caret(pid, name, *found)

    def look_at_page(self, pid: int) -> None:
        """Search the page that the active window of ``pid`` shows."""
        self._begin(self._told_page(pid))

    def _told_control(self, pid: int, serial: int, place: tuple[int, int]) -> Conversation:
        for name in (yield from self._names(pid)):
            found = yield from hit(name, *place)
            if found is not None:
                self._watch.on_control(serial, *found)
                return

    def _told_page(self, pid: int) -> Conversation:
        host: str | None = None
        for name in (yield from self._names(pid)):
            host = host or (yield from page(name))
        self._watch.on_page(pid, host)

    def _names(self, pid: int) -> Generator[list[Call], Answers, list[str]]:
        """What ``pid`` is called on the bus; several, if it has several toolkits."""
        names = [name for name, process in self._pids.items() if process == pid]
        if not names:
            (programs,) = yield [ask_programs()]
            new = [str(name) for name, _ in programs[0] if name not in self._pids] if programs else []
            processes = yield [ask_process(name) for name in new]
            self._pids.update({name: process[0] for name, process in zip(new, processes, strict=True) if process})
            names = [name for name in new if self._pids.get(name) == pid]
        return names

    def _begin(self, conversation: Conversation) -> None:
        self._talks.begin(conversation, time.monotonic() + LIMIT)

    def _event(self, event: Incoming) -> None:
        if event.member == "NameOwnerChanged":
            self._gone(str(event.body[0]))
            return
        place = Place(event.sender, event.path)
        gained = event.member == "StateChanged" and event.body[1] == 1
        if event.member == "PropertyChange":
            # a field that starts to hide what it shows changes its role, not its focus
            if self._at(place):
                self._gained(place)
        elif not gained:
            self._lost(place)
        elif not self._at(place):
            # toolkits tell twice: the second time says nothing new
            self._gained(place)

    def _at(self, place: Place) -> bool:
        """Is ``place`` what has the focus in its program, or being asked because it just got it?"""
        known = self._watch.known(self._pids.get(place.name, 0))
        return self._asking.get(place.name) == place or (known is not None and known.place == place)

    def _gained(self, place: Place) -> None:
        self._move(place.name)
        self._asking[place.name] = place
        if (pid := self._pids.get(place.name)) is not None:
            self._watch.learn(pid, Focus(place, None))
        self._begin(self._identify(place))

    def _lost(self, place: Place) -> None:
        if self._at(place):
            self._move(place.name)
            if (pid := self._pids.get(place.name)) is not None:
                self._watch.learn(pid, None)

    def _gone(self, name: str) -> None:
        self._move(name)
        del self._moves[name]
        if (pid := self._pids.pop(name, None)) is not None:
            self._watch.learn(pid, None)

    def _move(self, name: str) -> int:
        self._asking.pop(name, None)
        self._moves[name] = self._moves.get(name, 0) + 1
        return self._moves[name]

    def _identify(self, place: Place) -> Conversation:
        """Ask what just got the focus for its role, and its program for its process if that is new."""
        moves = self._moves[place.name]
        who, role = yield [ask_process(place.name), ask_role(place)]
        if who is None or self._moves.get(place.name) != moves:
            return
        self._pids[place.name] = who[0]
        self._asking.pop(place.name, None)
        self._watch.learn(who[0], Focus(place, role[0] if role else None))

    def _search(self, pid: int) -> Conversation:
        for name in (yield from self._names(pid)):
            moves = self._moves.setdefault(name, 0)
            place = yield from find_focus(Place(name, ROOT))
            (role,) = (yield [ask_role(place)]) if place else (None,)
            if self._moves.get(name) == moves and name not in self._asking:
                self._watch.learn(pid, Focus(place, role[0]) if place and role else None)


def _slept(wake: int, seconds: float) -> bool:
    """Wait; False if the other end was closed meanwhile: we are to stop."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        poll = select.poll()
        poll.register(wake, select.POLLIN)
        if poll.poll(left * 1000) and not os.read(wake, 4096):
            return False
    return True
