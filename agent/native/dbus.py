"""D-Bus with a time limit on everything: one connection class, used for accessibility, session lock and keystore.

No answer within the limit is ``BusError``, never a hang: a stuck peer must not stop the engine. Messages follow the
D-Bus specification 0.43 (https://dbus.freedesktop.org/doc/dbus-specification.html); jeepney does the bytes.
"""

from __future__ import annotations

import os
import select
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

# jeepney ships no type information; this is the only file that imports it.
from jeepney import (  # type: ignore[import-untyped]
    DBusAddress,
    HeaderFields,
    Message,
    MessageFlag,
    MessageType,
    Parser,
    new_method_call,
)
from jeepney.bus import get_connectable_addresses  # type: ignore[import-untyped]
from jeepney.io.blocking import DBusConnection, prep_socket  # type: ignore[import-untyped]
from jeepney.wrappers import DBusErrorResponse  # type: ignore[import-untyped]

LIMIT: Final = 0.2
#: What libraries on top of ``BoundedConnection`` raise when the other side answers with an error.
ErrorReply: Final[type[Exception]] = DBusErrorResponse
_SYSTEM: Final = "unix:path=/var/run/dbus/system_bus_socket"


class BusError(Exception):
    """A bus that is not there, does not answer in time, or answers with an error (then ``name`` is the error's)."""

    def __init__(self, text: str, name: str = "") -> None:
        super().__init__(text)
        self.name = name


class Call(NamedTuple):
    """One method call. ``signature`` and ``body`` as in the D-Bus specification. wake: start the service if need be."""

    to: str
    path: str
    interface: str
    method: str
    signature: str = ""
    body: tuple[object, ...] = ()
    wake: bool = False


class Incoming(NamedTuple):
    """A message that arrived. ``reply_to``: serial of our call it answers, None for a signal or somebody's call."""

    kind: str
    sender: str
    path: str
    interface: str
    member: str
    reply_to: int | None
    body: tuple[Any, ...]


def session_address(environ: Mapping[str, str] | None = None) -> str:
    """Address of the session bus: the variable, else the socket systemd puts into the runtime folder.

    Raises ``BusError`` if there is neither.
    """
    environ = os.environ if environ is None else environ
    if address := environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return address
    runtime = environ.get("XDG_RUNTIME_DIR")
    if runtime and (Path(runtime) / "bus").is_socket():
        return f"unix:path={runtime}/bus"
    raise BusError("there is no D-Bus session")


def system_address(environ: Mapping[str, str] | None = None) -> str:
    """Address of the system bus."""
    environ = os.environ if environ is None else environ
    return environ.get("DBUS_SYSTEM_BUS_ADDRESS") or _SYSTEM


def _open_socket(address: str, limit: float) -> Any:
    try:
        return prep_socket(next(iter(get_connectable_addresses(address))), timeout=limit)
    except (OSError, RuntimeError, ValueError) as problem:
        raise BusError(f"the bus cannot be reached ({type(problem).__name__})") from problem


class Bus:
    """A connection to one bus, for one thread. Open it with ``with``, or call ``close``.

    ``send`` and ``take`` are the two halves for whoever keeps several questions open at once; ``call`` asks one and
    waits. Signals that arrive meanwhile are kept for ``take``.
    """

    def __init__(self, address: str, limit: float = LIMIT) -> None:
        """Connect within ``limit`` seconds or raise ``BusError``. ``limit`` is also that of every ``call``."""
        self._limit = limit
        self._socket = _open_socket(address, limit)
        self._parser = Parser()
        self._serial = 0
        self._waiting: deque[Incoming] = deque()
        try:
            (self.name,) = self.call(_hello())
        except (BusError, ValueError):
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection. Twice is fine."""
        self._socket.close()

    def fileno(self) -> int:
        """For ``select``: readable when ``take`` may find something."""
        return int(self._socket.fileno())

    def send(self, call: Call) -> int:
        """Send without waiting; the serial that the reply will carry."""
        self._serial += 1
        address = DBusAddress(call.path, bus_name=call.to, interface=call.interface)
        message: Message = new_method_call(address, call.method, call.signature or None, call.body)
        if not call.wake:
            message.header.flags |= MessageFlag.no_auto_start
        try:
            self._socket.sendall(message.serialise(serial=self._serial))
        except OSError as problem:
            raise BusError(f"the bus has gone ({type(problem).__name__})") from problem
        return self._serial

    def take(self, timeout: float) -> Incoming | None:
        """The next message, None if none came within ``timeout`` seconds. Raises ``BusError`` if the bus has gone."""
        if self._waiting:
            return self._waiting.popleft()
        return self._receive(time.monotonic() + timeout)

    def call(self, call: Call, limit: float | None = None) -> tuple[Any, ...]:
        """Ask and wait for the answer's body. Raises ``BusError``."""
        deadline = time.monotonic() + (self._limit if limit is None else limit)
        serial = self.send(call)
        while (incoming := self._receive(deadline)) is not None:
            if incoming.reply_to != serial:
                self._waiting.append(incoming)
            elif incoming.kind == "error":
                raise BusError(f"{call.method} was refused", incoming.member)
            else:
                return incoming.body
        raise BusError(f"no answer to {call.method}")

    def match(self, rule: str) -> None:
        """Ask for the signals that ``rule`` describes (D-Bus specification, "Match Rules")."""
        self.call(to_bus("AddMatch", "s", f"type='signal',{rule}"))

    def has_owner(self, name: str) -> bool:
        """Is somebody on the bus under this name now?"""
        return bool(self.call(to_bus("NameHasOwner", "s", name))[0])

    def property(self, to: str, path: str, interface: str, name: str) -> object:
        """A property's value, without its type."""
        (variant,) = self.call(
            Call(to, path, "org.freedesktop.DBus.Properties", "Get", "ss", (interface, name)),
        )
        return variant[1]

    def _receive(self, deadline: float) -> Incoming | None:
        while True:
            if (message := self._parser.get_next_message()) is not None:
                return _incoming(message)
            left = max(0.0, deadline - time.monotonic())
            try:
                # poll, not select: file descriptors above 1023 are legal
                poll = select.poll()
                poll.register(self._socket, select.POLLIN)
                if not poll.poll(left * 1000):
                    return None
                data = self._socket.recv(65536)
            except (OSError, ValueError) as problem:
                raise BusError(f"the bus has gone ({type(problem).__name__})") from problem
            if not data:
                raise BusError("the bus has gone")
            self._parser.add_data(data)


def to_bus(method: str, signature: str = "", *body: object) -> Call:
    """A call to the bus itself."""
    return Call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method, signature, body)


def _hello() -> Call:
    return to_bus("Hello")


_KINDS: Final = {
    MessageType.method_call: "call",
    MessageType.method_return: "reply",
    MessageType.error: "error",
    MessageType.signal: "signal",
}


def _incoming(message: Any) -> Incoming:
    fields = message.header.fields
    kind = _KINDS[message.header.message_type]
    return Incoming(
        kind=kind,
        sender=fields.get(HeaderFields.sender, ""),
        path=fields.get(HeaderFields.path, ""),
        interface=fields.get(HeaderFields.interface, ""),
        member=fields.get(HeaderFields.error_name if kind == "error" else HeaderFields.member, ""),
        reply_to=fields.get(HeaderFields.reply_serial),
        body=tuple(message.body),
    )


class BoundedConnection(DBusConnection):  # type: ignore[misc]  # jeepney's class is untyped
    """jeepney's own connection, for libraries that want one, where waiting without a limit is not possible."""

    def __init__(self, address: str, limit: float, patience: float) -> None:
        """``limit``: seconds for an answer of a program. ``patience``: seconds for an answer of a person."""
        self._limit = limit
        self._patience = patience
        socket = _open_socket(address, limit)
        try:
            super().__init__(socket)
        except BaseException:
            socket.close()
            raise

    def send_and_get_reply(self, message: Any, *, timeout: float | None = None) -> Any:
        return super().send_and_get_reply(message, timeout=self._limit if timeout is None else timeout)

    def recv_until_filtered(self, queue: Any, *, timeout: float | None = None) -> Any:
        return super().recv_until_filtered(queue, timeout=self._patience if timeout is None else timeout)
