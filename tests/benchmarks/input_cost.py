"""What observing costs: processor time per key, at a fast typist's 10 keys a second and as fast as keys come.

Run: .venv/bin/python -m tests.benchmarks.input_cost [SECONDS]
"""

from __future__ import annotations

import sys
import time

from agent.records import RawEvent
from tests.fakes.real_desktop import RealDesktop
from tests.fakes.waiting import until
from tests.fakes.xclient import screen

TEXT = "the quick brown fox jumps over the lazy dog "


def thread_seconds(name: str) -> float:
    """Processor seconds of our thread of that name, from the kernel (10 ms steps)."""
    with open(f"/proc/self/task/{_thread(name)}/schedstat", encoding="ascii") as statistics:  # noqa: PTH123 - a kernel file
        return int(statistics.read().split()[0]) / 1e9


def _thread(name: str) -> int:
    import threading  # noqa: PLC0415 - beside its only use

    return next(thread.native_id or 0 for thread in threading.enumerate() if thread.name == name)


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    count = 0

    def sink(_: RawEvent) -> None:
        nonlocal count
        count += 1

    with screen() as environ:
        desktop = RealDesktop(environ)
        desktop.focus(desktop.notes)
        desktop.input.start(sink)
        until(lambda: count, "the first focus")
        for pause, keys in ((0.1, 10 * seconds), (0.0, 2000)):
            before, began, wanted = thread_seconds("x11-input"), time.monotonic(), count + keys
            for place in range(keys):
                desktop.hands.type(TEXT[place % len(TEXT)])
                time.sleep(pause)
            until(lambda wanted=wanted: count >= wanted, "every key")  # type: ignore[misc]
            used, lasted = thread_seconds("x11-input") - before, time.monotonic() - began
            print(
                f"{keys / lasted:7.1f} keys/s: {100 * used / lasted:5.2f} % of a core, {1e6 * used / keys:4.0f} us/key"
            )
        desktop.close()


if __name__ == "__main__":
    main()
