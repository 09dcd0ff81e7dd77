"""Eyes on the screen: what programs tell a screen reader about their windows (AT-SPI over D-Bus).

The driver finds everything it clicks here, so it sees what a person sees who cannot see the picture. Interfaces as in
the XML files of at-spi2-core.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.demo.hands import Box

SECONDS = 20.0
_LOOK_AGAIN = 0.1
_ACCESSIBLE = "org.a11y.atspi.Accessible"
_ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
#: Numbers of AtspiStateType that the driver asks for.
STATES = {
    1: "active", 4: "checked", 7: "editable", 8: "enabled", 9: "expandable", 10: "expanded", 11: "focusable",
    12: "focused", 20: "pressed", 22: "selectable", 23: "selected", 24: "sensitive", 25: "showing", 30: "visible",
    41: "checkable",
}  # fmt: skip

Place = tuple[str, str]
T = TypeVar("T")


class NotSeen(AssertionError):
    """Waited for something that did not come on the screen; says what was there instead."""


@dataclass(frozen=True, slots=True)
class Element:
    """Something on the screen as it was when it was looked at. role: e.g. ``push button``, ``check box``, ``label``."""

    eyes: Eyes = field(repr=False, compare=False)
    place: Place
    role: str
    name: str
    states: frozenset[str]

    def box(self) -> Box:
        """Where it is now: x, y, width, height on the screen; width 0 if nowhere."""
        return self.eyes.box(self.place)

    def text(self) -> str:
        """Its text content, the name where it has none."""
        return self.eyes.text(self.place) or self.name

    def now(self) -> Element:
        """The same element as it is now."""
        return self.eyes.look(self.place)

    def find(self, role: str | Sequence[str] = "", name: str = "", seconds: float = SECONDS, **more: Any) -> Element:
        """``Eyes.find`` inside this element."""
        return self.eyes.find(role, name, seconds, inside=self, **more)

    def all(self, role: str | Sequence[str] = "", name: str = "", **more: Any) -> list[Element]:
        """``Eyes.all`` inside this element."""
        return self.eyes.all(role, name, inside=self, **more)

    def until(self, state: str, seconds: float = SECONDS) -> Element:
        """Waits until it has ``state``, or has it no more for ``not state``; the element as it is then."""
        name = state.removeprefix("not ")

        def reached() -> Element | None:
            now = self.now()
            return now if (name in now.states) is (name == state) else None

        return self.eyes.wait(reached, f"{self.role} {self.name!r} to be {state}", seconds)


class Eyes:
    """A client of the accessibility bus of the desktop with this environment."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        session = open_dbus_connection(environ["DBUS_SESSION_BUS_ADDRESS"])
        launcher = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
        address = session.send_and_get_reply(new_method_call(launcher, "GetAddress"), timeout=SECONDS).body[0]
        status = launcher.with_interface("org.a11y.Status")
        session.send_and_get_reply(Properties(status).set("IsEnabled", "b", value=True), timeout=SECONDS)
        session.close()
        self._bus: DBusConnection = open_dbus_connection(address)
        self._focus: DBusConnection = open_dbus_connection(address)
        registry = DBusAddress("/org/a11y/atspi/registry", bus_name=_ROOT[0], interface="org.a11y.atspi.Registry")
        moved = new_method_call(registry, "RegisterEvent", "sass", ("object:state-changed:focused", [], ""))
        self._focus.send_and_get_reply(moved, timeout=SECONDS)
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="StateChanged")
        self._focus.send_and_get_reply(message_bus.AddMatch(rule), timeout=SECONDS)

    def close(self) -> None:
        self._bus.close()
        self._focus.close()

    # Looking -------------------------------------------------------------------------------------------------

    def applications(self) -> list[Element]:
        """The roots of all programs on the accessibility bus."""
        (children,) = self._ask([_call(_ROOT, _ACCESSIBLE, "GetChildren")])
        return self._look([(owner, path) for owner, path in children[0]] if children else [])

    def application(self, *, pid: int = 0, name: str = "", seconds: float = SECONDS) -> Element:
        """The root of a program that has a window, by process id or by the name it gives itself.

        A Qt program under a GTK desktop is there twice, once for each toolkit; only one of the two has windows.
        """

        def seen() -> Element | None:
            for one in self.applications():
                if (pid and self.pid(one.place) == pid) or (name and one.name == name):
                    (children,) = self._ask([_call(one.place, _ACCESSIBLE, "GetChildren")])
                    if children and children[0]:
                        return one
            return None

        return self.wait(seen, f"program {name or pid}", seconds)

    def pid(self, place: Place) -> int:
        """Process id behind a place, as the bus knows it."""
        bus = DBusAddress("/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus")
        (answer,) = self._ask([new_method_call(bus, "GetConnectionUnixProcessID", "s", (place[0],))])
        return int(answer[0]) if answer else 0

    def look(self, place: Place) -> Element:
        """One element; without role, name and states once it is gone."""
        return self._look([place])[0]

    def walk(self, inside: Element | None = None, *, hidden: bool = False) -> Iterator[Element]:
        """Everything inside, level by level. Branches that are not showing are left out unless ``hidden``."""
        level = [inside.place] if inside else [one.place for one in self.applications()]
        first = True
        while level:
            elements = self._look(level)
            kept = [one for one in elements if hidden or first or one.role == "application" or "showing" in one.states]
            first = False
            yield from kept
            answers = self._ask([_call(one.place, _ACCESSIBLE, "GetChildren") for one in kept])
            level = [(owner, path) for answer in answers if answer for owner, path in answer[0]]

    def all(
        self,
        role: str | Sequence[str] = "",
        name: str = "",
        *,
        inside: Element | None = None,
        part: bool = False,
        hidden: bool = False,
        states: Sequence[str] = (),
    ) -> list[Element]:
        """Every element with this role (one of), name (``part``: containing it) and ``states``."""
        roles = (role,) if isinstance(role, str) else tuple(role)
        return [
            one
            for one in self.walk(inside, hidden=hidden)
            if (roles in ((), ("",)) or one.role in roles)
            and (not name or (name in one.name if part else one.name == name))
            and set(states) <= one.states
        ]

    def find(self, role: str | Sequence[str] = "", name: str = "", seconds: float = SECONDS, **more: Any) -> Element:
        """The first such element, waiting for it. Raises ``NotSeen``."""
        return self.wait(
            lambda: next(iter(self.all(role, name, **more)), None),
            f"{role or 'anything'} {name!r}",
            seconds,
            more.get("inside"),
        )

    def gone(self, role: str | Sequence[str] = "", name: str = "", seconds: float = SECONDS, **more: Any) -> None:
        """Waits until there is no such element. Raises ``NotSeen``."""
        self.wait(lambda: not self.all(role, name, **more), f"{role} {name!r} to go away", seconds, more.get("inside"))

    def wait(self, state: Callable[[], T | None], what: str, seconds: float, inside: Element | None = None) -> T:
        """The first true answer of ``state``. Raises ``NotSeen`` after ``seconds``, telling what was there."""
        deadline = time.monotonic() + seconds
        while True:
            if found := state():
                return found
            if time.monotonic() > deadline:
                raise NotSeen(f"waited {seconds:g} s for {what}. There was:\n{self.told(inside)}")
            time.sleep(_LOOK_AGAIN)

    def box(self, place: Place) -> Box:
        (answer,) = self._ask([_call(place, "org.a11y.atspi.Component", "GetExtents", "u", 0)])
        x, y, width, height = answer[0] if answer else (0, 0, 0, 0)
        return int(x), int(y), int(width), int(height)

    def text(self, place: Place) -> str:
        (answer,) = self._ask([_call(place, "org.a11y.atspi.Text", "GetText", "ii", 0, -1)])
        return str(answer[0]) if answer else ""

    def told(self, inside: Element | None = None) -> str:
        """What is on the screen, one line per element: for a failure's report."""
        return "\n".join(f"  {one.role}: {one.name!r} {sorted(one.states)}" for one in self.walk(inside) if one.name)

    def menu(self, press_down: Callable[[], object], seconds: float = SECONDS) -> Element:
        """The menu that is open. ``press_down`` presses Down: Qt's popups are in no tree, but an item tells its focus.

        Raises ``NotSeen`` if no item does.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._forget_events()
            press_down()
            if item := self._focused_item():
                (answer,) = self._ask([_property(item.place, _ACCESSIBLE, "Parent")])
                if answer:
                    return self.look((str(answer[0][1][0]), str(answer[0][1][1])))
        raise NotSeen(f"no menu opened in {seconds:g} s. There was:\n{self.told()}")

    def _forget_events(self) -> None:
        """Focus of earlier menus."""
        while True:
            try:
                self._focus.receive(timeout=0)
            except TimeoutError:
                return

    def _focused_item(self) -> Element | None:
        """The newest menu item of which the focus told within a second."""
        deadline = time.monotonic() + 1.0
        while (left := deadline - time.monotonic()) > 0:
            try:
                message = self._focus.receive(timeout=left)
            except TimeoutError:
                return None
            fields = message.header.fields
            if fields.get(HeaderFields.member) == "StateChanged" and message.body[:2] == ("focused", 1):
                one = self.look((fields[HeaderFields.sender], fields[HeaderFields.path]))
                if one.role.endswith("menu item"):
                    return one
        return None

    # Asking --------------------------------------------------------------------------------------------------

    def _look(self, places: Sequence[Place]) -> list[Element]:
        questions = []
        for place in places:
            questions += [
                _call(place, _ACCESSIBLE, "GetRoleName"),
                _property(place, _ACCESSIBLE, "Name"),
                _call(place, _ACCESSIBLE, "GetState"),
            ]
        answers = self._ask(questions)
        found = []
        for number, place in enumerate(places):
            role, name, states = answers[3 * number : 3 * number + 3]
            found.append(
                Element(
                    self,
                    place,
                    str(role[0]) if role else "",
                    str(name[0][1]) if name else "",
                    _states(states[0]) if states else frozenset(),
                )
            )
        return found

    def _ask(self, questions: Sequence[Message]) -> list[tuple[Any, ...] | None]:
        """The answers in order, None for an error or for none in time. All are on their way at once."""
        serials = {}
        for number, question in enumerate(questions):
            serial = next(self._bus.outgoing_serial)
            self._bus.send(question, serial=serial)
            serials[serial] = number
        answers: list[tuple[Any, ...] | None] = [None] * len(questions)
        deadline = time.monotonic() + 5.0
        while serials and (left := deadline - time.monotonic()) > 0:
            try:
                message = self._bus.receive(timeout=left)
            except TimeoutError:
                break
            number = serials.pop(message.header.fields.get(HeaderFields.reply_serial, -1), None)
            if number is not None and message.header.message_type == MessageType.method_return:
                answers[number] = message.body
        return answers


def _call(place: Place, interface: str, method: str, signature: str | None = None, *body: object) -> Message:
    return new_method_call(DBusAddress(place[1], bus_name=place[0], interface=interface), method, signature, body)


def _property(place: Place, interface: str, name: str) -> Message:
    return Properties(DBusAddress(place[1], bus_name=place[0], interface=interface)).get(name)


def _states(words: Sequence[int]) -> frozenset[str]:
    bits = sum(word << (32 * number) for number, word in enumerate(words))
    return frozenset(name for number, name in STATES.items() if bits >> number & 1)
