"""What the product costs while somebody works, beside the least that its kind can cost, in the same run.

Run: bash tests/benchmarks/run.sh [--seconds 60]. Everything is real: the app in a trial, the yes given by clicks.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from installers.trial import Organisation
from tests.benchmarks.desk import SCRIPT, load
from tests.benchmarks.processes import Meter, Used
from tests.demo.desktop import VirtualDesktop, missing
from tests.demo.person import Person
from tests.demo.report import DemoReport
from tests.demo.way import first_run
from tests.fakes.waiting import until

PYTHON = sys.executable
ROOT = Path(__file__).resolve().parents[2]
SMALLEST_WINDOW = 600
#: Below this a listener hears nothing, and a ratio to it says nothing either.
IDLE_CPU = 0.1


class Run:
    """One desktop with the product and its peers on it, and what was measured."""

    def __init__(self, desktop: VirtualDesktop, seconds: float, idle: float, *, script: bool) -> None:
        self.desktop = desktop
        self.seconds = seconds
        self.idle = idle
        self.script = script
        self.person = Person(desktop, DemoReport(), desktop.temp)
        self.took: dict[str, float] = {}
        self.phases: dict[str, dict[str, Used]] = {}
        self._peers: dict[str, subprocess.Popen[bytes]] = {}

    def measure(self) -> None:
        """All of it, in one sitting."""
        self._start_peers()
        self._phase("load, without the product", lambda: load(self.person, self.seconds, script=self.script))
        trial = self.desktop.home / "trial"
        with Organisation(trial) as organisation:
            organisation.prepare()
            self.took["engine start to its first snapshot"] = self._engine_alone(trial)
            self._product(trial)

    def _product(self, trial: Path) -> None:
        person = self.person
        began = time.monotonic()
        person.start(trial)
        self._wait_for_icon(person.pid)
        self.took["start to tray icon"] = time.monotonic() - began
        person.sees("asks if it may learn")
        self.took["start to the question, readable"] = time.monotonic() - began
        self._phase("asked, nothing agreed", self._nothing)
        terminal = person.open_terminal()
        first_run(person, person.report)
        person.open_window()
        person.hides_window()
        for number in range(3):
            self.took[f"tray click to window ({number + 1})"] = self._click_to_window()
            person.hides_window()
            until(lambda: not self._window(), "the window to go")
        person.goes_to(terminal)
        person.sees("Collecting")
        self._phase("collecting, nobody types", self._nothing)
        self.desktop.end(terminal)
        self._phase("collecting, load", lambda: load(person, self.seconds, script=self.script))
        person.open_window()
        self._phase("window open on Live, load", lambda: load(person, self.seconds / 2, script=self.script))
        person.tray("Pause", "Until I resume")
        person.sees("Paused until you resume")
        person.open_window()
        person.hides_window()
        self._phase("paused", self._nothing)

    # ------------------------------------------------------------ parts

    def _start_peers(self) -> None:
        began = time.monotonic()
        tray = self._peers["bare tray"] = self.desktop.run([PYTHON, "-m", "tests.benchmarks.peers", "tray"], cwd=ROOT)
        self._wait_for_icon(tray.pid)
        self.took["bare tray: start to icon"] = time.monotonic() - began
        listener = self.desktop.run([PYTHON, "-m", "tests.benchmarks.peers", "listener"], cwd=ROOT)
        with suppress(subprocess.TimeoutExpired):
            listener.wait(5)
        if listener.poll() is None:
            self._peers["pynput listener"] = listener
        else:
            print("SKIPPED: the pynput listener. pynput is not there; run.sh fetches it.", file=sys.stderr)

    def _wait_for_icon(self, pid: int) -> None:
        until(lambda: self.person.windows.tray_icon(pid, self.desktop.tray.pid), "the tray icon", 60)

    def _window(self) -> bool:
        windows = self.person.windows.of(self.person.pid)
        return any(window.place[2] >= SMALLEST_WINDOW for window in windows)

    def _click_to_window(self) -> float:
        icon = self.person.windows.tray_icon(self.person.pid, self.desktop.tray.pid)
        assert icon is not None
        began = time.monotonic()
        self.person.hands.click(icon)
        until(self._window, "the window")
        return time.monotonic() - began

    def _engine_alone(self, trial: Path) -> float:
        command = [PYTHON, "-I", "-m", "agent.engine", "--trial", str(trial), "--profile"]
        began = time.monotonic()
        with subprocess.Popen(
            [*command, str(self.desktop.temp / "none")],
            env=self.desktop.environ,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as engine:
            assert engine.stdout is not None
            assert engine.stdout.readline(), "no snapshot"
            took = time.monotonic() - began
            assert engine.stdin is not None
            engine.stdin.close()
            engine.wait(20)
        return took

    def _nothing(self) -> None:
        """So long that what was just done has settled, then look."""
        time.sleep(self.idle)

    def _phase(self, name: str, work: Callable[[], None]) -> None:
        print(f"... {name}", file=sys.stderr)
        if self.person.app is not None:
            time.sleep(3)  # what was just done settles
        processes = {label: peer.pid for label, peer in self._peers.items()}
        assert self.desktop._server is not None  # its price is what we are after
        processes["Xvfb"] = self.desktop._server.pid
        if self.person.app is not None:
            processes["ui"] = self.person.pid
            processes["engine"] = self.person.engine().pid
        meter, began = Meter(processes), time.monotonic()
        work()
        self.phases[name] = meter.stop(time.monotonic() - began)


@contextmanager
def _run(options: argparse.Namespace) -> Iterator[Run]:
    with VirtualDesktop((1280, 800)) as desktop:
        if options.pynput:
            desktop.environ["PYTHONPATH"] = str(options.pynput)
        run = Run(desktop, options.seconds, options.idle, script=SCRIPT.exists() and not options.own)
        try:
            yield run
        finally:
            run.person.close()


def tell(run: Run) -> str:
    """The figures as text, with ratios to the peers below each table."""
    lines = [f"seconds ({os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f})"]
    lines += [f"  {name:44} {took:7.2f}" for name, took in run.took.items()]
    for phase, used in run.phases.items():
        lines.append(f"\n{phase}")
        lines.append(f"  {'':18}{'CPU %':>8}{'wakes/s':>9}{'peak MB':>9}{'PSS MB':>8}{'disk kB':>9}{'written kB':>11}")
        for name, one in used.items():
            lines.append(
                f"  {name:18}{one.cpu:8.2f}{one.wakes:9.1f}{one.peak:9.0f}"
                f"{_known(one.pss):>8}{_known(one.written):>9}{_known(one.said):>11}"
            )
        if {"ui", "engine"} <= used.keys():
            lines += [f"  {what:44} {value:7.2f}" for what, value in _ratios(used)]
    return "\n".join(lines)


def _known(value: float | None) -> str:
    return "hidden" if value is None else f"{value:.0f}"


def _ratios(used: dict[str, Used]) -> Iterator[tuple[str, float]]:
    ui, engine = used["ui"], used["engine"]
    listener, tray = used.get("pynput listener"), used["bare tray"]
    if listener is not None and listener.cpu > IDLE_CPU:
        yield "CPU, engine / pynput listener", engine.cpu / listener.cpu
        yield "CPU, ui + engine / both peers", (ui.cpu + engine.cpu) / (listener.cpu + tray.cpu)
    if listener is not None and listener.pss and engine.pss:
        yield "PSS, engine / pynput listener", engine.pss / listener.pss
    if tray.pss and ui.pss:
        yield "PSS, ui / bare tray", ui.pss / tray.pss


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bash tests/benchmarks/run.sh", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of load")
    parser.add_argument("--idle", type=float, default=15, help="seconds of each state in which nothing happens")
    parser.add_argument("--own", action="store_true", help="the load from here, even where the script is")
    parser.add_argument("--pynput", type=Path, help="folder with pynput and what it needs")
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    options = parser.parse_args(arguments)
    if lacks := missing():
        print(f"SKIPPED: this needs {', '.join(lacks)}; bash tests/run.sh installs them.", file=sys.stderr)
        return 1
    with _run(options) as run:
        run.measure()
        print(tell(run))
        if options.json:
            phases = {name: {who: asdict(one) for who, one in used.items()} for name, used in run.phases.items()}
            options.json.write_text(json.dumps({"seconds": run.took, "phases": phases}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
