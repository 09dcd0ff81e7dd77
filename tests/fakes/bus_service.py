"""A program on a D-Bus that answers method calls from a table, or not at all. Runs in a thread of its own."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

#: What to answer a method of this name: (signature, body); None: never answer.
Answer = tuple[str, tuple[object, ...]] | None


class BusService:
    """Owns ``name`` on the bus at ``address`` from entering to leaving. ``answers`` may be changed meanwhile.

    Keys of ``answers`` are method names; for properties ``Get NAME``. asked: every method asked, in order.
    """

    def __init__(self, address: str, name: str, answers: dict[str, Answer]) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self._stop = threading.Event()
        self._connection = open_dbus_connection(address)
        self._connection.send_and_get_reply(message_bus.RequestName(name, 4), timeout=10)
        self._thread = threading.Thread(target=self._serve, name=name)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._connection.close()

    def emit(self, path: str, interface: str, member: str, signature: str, body: tuple[object, ...]) -> None:
        """Tell everybody."""
        self._connection.send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

    def _serve(self) -> None:
        while not self._stop.is_set():
            try:
                message = self._connection.receive(timeout=0.05)
            except TimeoutError:
                continue
            if message.header.message_type is not MessageType.method_call:
                continue
            method = message.header.fields[HeaderFields.member]
            if method == "Get":
                method = f"Get {message.body[1]}"
            self.asked.append(method)
            if method not in self.answers:
                self._connection.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))
            elif (answer := self.answers[method]) is not None:
                self._connection.send(new_method_return(message, *answer))
