"""An X server without a screen."""

from __future__ import annotations

import os
import random
import select
import subprocess


def start_xvfb(width: int, height: int) -> tuple[subprocess.Popen[bytes], str]:
    """A server that answers, and its display, e.g. ``:4711``.

    The number is drawn and then claimed: two servers that both look for the lowest free one (``-displayfd`` alone)
    take each other's socket away.
    """
    for _ in range(20):
        display = f":{random.SystemRandom().randrange(100, 30_000)}"
        read, write = os.pipe()
        try:
            server = subprocess.Popen(
                f"Xvfb {display} -displayfd {write} -noreset -nolisten tcp -screen 0 {width}x{height}x24".split(),
                pass_fds=[write],
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            os.close(write)
            write = -1
            # It writes the number and then, separately, a line's end, and dies if nobody is there to read that.
            said = b""
            while not said.endswith(b"\n"):
                assert select.select([read], [], [], 30)[0], "Xvfb said nothing for 30 s"
                if not (more := os.read(read, 20)):
                    break
                said += more
            if said:
                return server, display
            server.wait(30)
        finally:
            os.close(read)
            if write >= 0:
                os.close(write)
    raise AssertionError("no X server would start")
