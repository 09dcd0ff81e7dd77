"""What can be known of the running product without asking it: its processes, connections, files, keys and windows."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import psutil
import secretstorage

from agent.native.dbus import BoundedConnection
from agent.native.x11.connection import Connection
from tests.demo.desktop import VirtualDesktop
from tests.demo.sockets import internet_sockets

_QUERY_CLIENT_IDS, _LOCAL_CLIENT_PID = 4, 2
#: The engine looks at the sign over one connection and reads keys over another.
_LOOKING = 1
_HOOKS = ("xkbcommon", "/xinput")


class Outside:
    """Looks at processes on ``desktop``. ``close`` gives back the connections."""

    def __init__(self, desktop: VirtualDesktop) -> None:
        self._desktop = desktop
        self._connection = Connection(desktop.environ)
        resource = self._connection.extension("X-Resource")
        assert resource is not None, "the server has no X-Resource"
        self._resource = resource.opcode

    def close(self) -> None:
        self._connection.close()

    def connections(self, pid: int) -> int:
        """How many connections to the X server this process has (X-Resource 1.2, QueryClientIds)."""
        question = struct.pack("<III", 1, 0, _LOCAL_CLIENT_PID)
        reply = self._connection.call(self._resource, _QUERY_CLIENT_IDS, question)
        assert reply is not None
        (count,) = struct.unpack_from("<I", reply, 8)
        found, at = 0, 32
        for _ in range(count):
            (length,) = struct.unpack_from("<I", reply, at + 8)
            found += pid in struct.unpack_from(f"<{length // 4}I", reply, at + 12)
            at += 12 + length
        return found

    def reads_keys(self, pid: int) -> bool:
        """Has this engine a connection besides the one over which it looks for the sign?"""
        return self.connections(pid) > _LOOKING

    def loaded(self, pid: int) -> list[str]:
        """The parts of the hooks that this process has in its memory."""
        maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
        return sorted({line.split()[-1] for line in maps.splitlines() if any(part in line for part in _HOOKS)})

    def keys(self) -> list[str]:
        """Labels of every item of every collection of the keyring."""
        with BoundedConnection(self._desktop.session.address, 10.0, 10.0) as bus:
            return [item.get_label() for box in secretstorage.get_all_collections(bus) for item in box.get_all_items()]

    def sockets(self, *pids: int) -> list[str]:
        """Internet sockets of these processes and of all they started."""
        family = set(pids)
        for pid in pids:
            family.update(child.pid for child in psutil.Process(pid).children(recursive=True))
        return internet_sockets(family)

    def log(self) -> str:
        """Everything that programs of the product said on their standard output and error."""
        return "\n".join(self._logs())

    def _logs(self) -> Iterator[str]:
        for place in sorted(self._desktop.logs.glob("aboveboard-*.log")):
            yield place.read_text(encoding="utf-8", errors="replace")


def alive(pid: int) -> bool:
    """Does this process still run? One that has ended and was not yet waited for does not."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


__all__ = ["Outside", "alive"]
