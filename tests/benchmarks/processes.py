"""What a process has used, read from the kernel: processor time, wake-ups, memory, bytes written. Linux."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Used:
    """Between two looks. cpu: % of one core. wakes: voluntary context switches per second, all threads.

    peak, pss: MB at the end; pss is None where the system lets nobody see it. written: kB handed to the disk, said: kB
    handed to write() at all, pipes included.
    """

    cpu: float
    wakes: float
    peak: float
    pss: float | None
    written: float | None
    said: float | None


class Meter:
    """Measures named processes from its making to ``stop``. Threads that end in between are missed."""

    def __init__(self, processes: Mapping[str, int]) -> None:
        self._processes = dict(processes)
        self._before = {name: _Counts(pid) for name, pid in self._processes.items()}

    def stop(self, seconds: float) -> dict[str, Used]:
        """seconds: how long it was by the wall clock."""
        return {name: _Counts(pid).since(self._before[name], seconds) for name, pid in self._processes.items()}


class _Counts:
    """The counters of one process as they stand."""

    def __init__(self, pid: int) -> None:
        place = _PROC / str(pid)
        self.time: dict[str, int] = {}
        self.switches: dict[str, int] = {}
        for task in (place / "task").iterdir():
            with contextlib.suppress(OSError):  # a thread that has ended
                # nanoseconds; the process's own counter has steps of 10 ms
                self.time[task.name] = int((task / "schedstat").read_text().split()[0])
                status = (task / "status").read_text()
                self.switches[task.name] = _field(status, "voluntary_ctxt_switches:")
        self.peak = _field((place / "status").read_text(), "VmHWM:") * 1024 / 1e6
        self.pss: float | None = None
        self.written: int | None = None
        self.said: int | None = None
        with contextlib.suppress(OSError):  # the engine lets only root look
            self.pss = _field((place / "smaps_rollup").read_text(), "Pss:") * 1024 / 1e6
        with contextlib.suppress(psutil.Error):
            counters = psutil.Process(pid).io_counters()
            self.written, self.said = counters.write_bytes, counters.write_chars

    def since(self, before: _Counts, seconds: float) -> Used:
        spent = sum(now - before.time.get(task, 0) for task, now in self.time.items())
        woken = sum(now - before.switches.get(task, 0) for task, now in self.switches.items())
        return Used(
            100 * spent / 1e9 / seconds,
            woken / seconds,
            self.peak,
            self.pss,
            _kilo(self.written, before.written),
            _kilo(self.said, before.said),
        )


def _kilo(now: int | None, before: int | None) -> float | None:
    return None if now is None or before is None else (now - before) / 1e3


def _field(text: str, name: str) -> int:
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith(name))
