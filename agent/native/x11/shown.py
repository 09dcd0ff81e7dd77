"""What a press hit, where the caret is, which page a browser shows: by AT-SPI. No content of a field is asked for.

Names are asked for only of controls whose name is their label: buttons, menu items, tabs, links and the like. What
lists, tables, documents and fields hold is other people's content or the person's own, and is not a name.
Source: AT-SPI 2 D-Bus interfaces (at-spi2-core, xml/Component.xml, Document.xml) and its constants.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final
from urllib.parse import urlsplit

from agent.native.dbus import Call
from agent.native.x11.atspi import ACTIVE, PASSWORD_TEXT, ROOT, SHOWING, Answers, Place, ask, has, places
from agent.records import Secure

_COMPONENT: Final = "org.a11y.atspi.Component"
_DOCUMENT: Final = "org.a11y.atspi.Document"
_ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
_TEXT: Final = "org.a11y.atspi.Text"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_SCREEN: Final = 0
_DOCUMENT_WEB: Final = 95
_STATIC: Final = 116
_EMBEDS: Final = 13
#: From a window's frame to a control: toolkits nest a dozen or two.
_DEEPEST: Final = 64
_NAME_LENGTH: Final = 200
#: Roles whose name is the label of a control (AtspiRole).
_LABELLED: Final = frozenset(
    {
        7,  # check box
        8,  # check menu item
        11,  # combo box
        33,  # menu
        35,  # menu item
        37,  # page tab
        43,  # push button
        44,  # radio button
        45,  # radio menu item
        51,  # slider
        62,  # toggle button
        88,  # link
        129,  # push button menu
    }
)
#: Roles of which nothing can be said: anything may be drawn there.
_UNSURE: Final = frozenset({0, 6, 67})  # invalid, canvas, unknown

_Asking = Generator[list[Call], Answers, Any]


def hit(name: str, x: int, y: int) -> _Asking:
    """(role, label, does it hide what is typed) of what is at a place of the screen in program ``name``; None if it
    cannot be told.
    """
    place, around = yield from _at(name, x, y)
    if place is None:
        return None
    number, role, label = yield [ask(place, "GetRole"), ask(place, "GetRoleName"), _name_of(place)]
    if number is not None and int(number[0]) == _STATIC and around is not None:
        # The words inside of something: that is what was hit.
        number, role, label = yield [ask(around, "GetRole"), ask(around, "GetRoleName"), _name_of(around)]
    if number is None or role is None:
        return None
    kind = int(number[0])
    if kind == PASSWORD_TEXT:
        return str(role[0]), "", Secure.YES
    if kind in _UNSURE:
        return None
    text = str(label[0][1])[:_NAME_LENGTH] if kind in _LABELLED and label is not None else ""
    return str(role[0]), text, Secure.NO


def caret(field: Place) -> _Asking:
    """(characters before the caret, in the whole field, start and end of the selection) of a field; None if it has no
    text or does not tell. Numbers only: what stands in the field is not asked for.
    """
    offset, length, chosen = yield [
        Call(field.name, field.path, _PROPERTIES, "Get", "ss", (_TEXT, "CaretOffset")),
        Call(field.name, field.path, _PROPERTIES, "Get", "ss", (_TEXT, "CharacterCount")),
        Call(field.name, field.path, _TEXT, "GetSelection", "i", (0,)),
    ]
    if offset is None or length is None:
        return None
    at, count = int(offset[0][1]), int(length[0][1])
    start, end = (int(chosen[0]), int(chosen[1])) if chosen is not None else (at, at)
    if not 0 <= at <= count:
        return None
    return at, count, (start, end) if 0 <= start < end <= count else (at, at)


def page(name: str) -> _Asking:
    """The host of the page that the active window of browser ``name`` shows; None if it cannot be told."""
    frames = yield from _active(Place(name, ROOT))
    for frame in frames:
        (relations,) = yield [ask(frame, "GetRelationSet")]
        shown = [
            Place(str(owner), str(path))
            for kind, targets in (relations[0] if relations else ())
            if kind == _EMBEDS
            for owner, path in targets
        ]
        for document in shown:
            role, state = yield [ask(document, "GetRole"), ask(document, "GetState")]
            if role is None or int(role[0]) != _DOCUMENT_WEB or not has(state, SHOWING):
                continue
            (address,) = yield [
                Call(document.name, document.path, _DOCUMENT, "GetAttributeValue", "s", ("DocURL",)),
            ]
            return _host(str(address[0])) if address else None
    return None


def _host(address: str) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.hostname if parts.scheme in ("http", "https") else None


def _active(root: Place) -> Generator[list[Call], Answers, list[Place]]:
    (windows,) = yield [ask(root, "GetChildren")]
    frames = places(windows)
    states = yield [ask(frame, "GetState") for frame in frames]
    return [frame for frame, state in zip(frames, states, strict=True) if has(state, ACTIVE)]


def _at(name: str, x: int, y: int) -> Generator[list[Call], Answers, tuple[Place | None, Place | None]]:
    """The deepest accessible there, and the one it lies in."""
    frames = yield from _active(Place(name, ROOT))
    for frame in frames:
        around: Place | None = None
        place = frame
        for _ in range(_DEEPEST):
            (answer,) = yield [Call(place.name, place.path, _COMPONENT, "GetAccessibleAtPoint", "iiu", (x, y, _SCREEN))]
            below = Place(*map(str, answer[0])) if answer else None
            if below is None or below == place or below.path.endswith("/null"):
                break
            around, place = place, below
        if around is not None:
            return place, around
    return None, None


def _name_of(place: Place) -> Call:
    return Call(place.name, place.path, _PROPERTIES, "Get", "ss", (_ACCESSIBLE, "Name"))
