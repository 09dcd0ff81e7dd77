"""Another X client of the same session that wants the sign away while collecting goes on."""

from __future__ import annotations

import os
import select
import struct
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn, Self

from tests.demo.hands import Box
from tests.demo.windows import Window
from tests.fakes.xclient import XClient

_ROOT: Final = Path(__file__).resolve().parents[2]
#: Seconds between two strikes while nobody undoes anything.
_AGAIN: Final = 0.02
_DONE: Final = b"done\n"
_CREATED: Final = 16
_SMALLEST: Final = 16


class Attack:
    """Does one thing to the sign, and at once again whenever somebody undoes it, until the end of the ``with``.

    A sign that is made anew meanwhile is attacked as well. It has been done once when the ``with`` begins; at its end
    nothing is undone, but the cover is gone, for it was the attacker's window. The attacker is a process of its own,
    so that it is never late.
    """

    def __init__(self, environ: Mapping[str, str], kind: str, sign: Window) -> None:
        facts = [kind, *(str(number) for number in (sign.id, *sign.box()))]
        self._command = [sys.executable, "-m", "tests.fakes.attacker", *facts]
        self._environ = dict(environ)

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, env=self._environ, cwd=_ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == _DONE
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        lived = self._process.poll() is None
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        assert lived or problem is not None, "the attack ended by itself"


class Attacker:
    """The process of an ``Attack``. place: where the sign was when it began."""

    def __init__(self, kind: str, sign: int, place: Box) -> None:
        self._client = XClient(os.environ)
        self._deed = ATTACKS[kind]
        self._signs = [sign]
        self._place = place
        self._cover = 0
        connection = self._client.connection
        substructure_notify = struct.pack("<II", 1 << 11, 1 << 19)
        connection.send(2, 0, struct.pack("<I", connection.root) + substructure_notify)

    def run(self) -> NoReturn:
        """Until it is killed."""
        connection = self._client.connection
        self._strike()
        sys.stdout.buffer.write(_DONE)
        sys.stdout.flush()
        while True:
            if not connection.waiting():
                select.select([connection], [], [], _AGAIN)
            self._strike()

    def _strike(self) -> None:
        connection = self._client.connection
        connection.take_in()
        for event in connection.events():
            if event[0] & 0x7F == _CREATED:
                window, _, _, _, height, _, unmanaged = struct.unpack_from("<IhhHHHB", event, 8)
                same = connection.owner_of(window) == connection.owner_of(self._signs[0])
                if same and unmanaged and height >= _SMALLEST:
                    self._signs.append(window)
        for sign in self._signs:
            self._deed(self, sign)

    # What can be done ----------------------------------------------------------------------------------------

    def unmap(self, sign: int) -> None:
        self._client.unmap(sign)

    def shrink(self, sign: int) -> None:
        x, y, _, _ = self._place
        self._client.place(sign, x, y, 1, 1)

    def move_away(self, sign: int) -> None:
        _, _, width, height = self._place
        self._client.place(sign, 4000, 4000, width, height)

    def cover(self, _sign: int) -> None:
        """The whole corner: the sign is there, as wide as its words are."""
        if not self._cover:
            x, y, width, height = self._place
            self._cover = self._client.window(x + width - 300, y - 8, 320, height + 16)
        self._client.lift(self._cover)

    def fade(self, sign: int) -> None:
        self._client.opacity(sign, 0.0)

    def cut_out(self, sign: int) -> None:
        self._client.shape(sign)


#: What can be done to a sign from outside, by name.
ATTACKS: Final[Mapping[str, Callable[[Attacker, int], None]]] = {
    "unmapped": Attacker.unmap,
    "one pixel": Attacker.shrink,
    "off the screen": Attacker.move_away,
    "covered": Attacker.cover,
    "see-through": Attacker.fade,
    "without shape": Attacker.cut_out,
}


if __name__ == "__main__":
    _kind, *_numbers = sys.argv[1:]
    _sign, _x, _y, _width, _height = map(int, _numbers)
    Attacker(_kind, _sign, (_x, _y, _width, _height)).run()
