"""``python -m tests.demo --report DIR``: the whole way on a virtual desktop. Exit code 1 if any promise failed."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
import traceback
from pathlib import Path

from tests.demo.desktop import VirtualDesktop, missing
from tests.demo.person import Person
from tests.demo.report import DemoReport
from tests.demo.way import whole_way


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.demo", description=__doc__)
    parser.add_argument("--report", type=Path, default=Path("demo-report"), help="folder for report and pictures")
    options = parser.parse_args(arguments)
    if lacks := missing():
        print(f"The demo needs: {', '.join(lacks)}. bash installers/try.sh --demo installs them.", file=sys.stderr)
        return 1
    for old in (*options.report.glob("[0-9][0-9].png"), *options.report.glob("report.*")):
        old.unlink()
    options.report.mkdir(parents=True, exist_ok=True)
    report = DemoReport()
    started = time.monotonic()
    with VirtualDesktop() as desktop:
        person = Person(desktop, report, options.report)
        try:
            whole_way(person, report)
        except Exception:  # noqa: BLE001  # whatever went wrong is part of the report, and the demo has failed
            problem = traceback.format_exc()
            person.picture("When it went wrong")
            report.check("The way was walked to its end", held=False, seen=f"{problem}\n{person.tells()}")
            logs = options.report / "logs"
            shutil.rmtree(logs, ignore_errors=True)
            shutil.copytree(desktop.logs, logs)
        finally:
            person.close()
    report.seconds = time.monotonic() - started
    report.write(options.report)
    print(report.table())
    print(f"\nreport: {options.report / 'report.html'}")
    return 0 if report.passed() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
