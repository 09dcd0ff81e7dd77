"""Coverage of the pure modules may only rise.

    python -m tests.architecture.coverage_ratchet COVERAGE.json [--raise]

COVERAGE.json is what ``coverage json`` wrote after all tests. ``--raise`` takes higher numbers and new files over
into coverage.json beside this file; it never lowers one. Ends with 1 if a file is below its number, not listed, or
listed and gone. A rise is told, and kept with ``--raise``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

LIST = Path(__file__).with_name("coverage.json")


def percentages(report: dict[str, object]) -> dict[str, float]:
    """File -> percent of lines and branches, rounded down to a tenth so that a rise is a rise."""
    files = report["files"]
    assert isinstance(files, dict)
    return {
        name.replace("\\", "/"): int(entry["summary"]["percent_covered"] * 10) / 10
        for name, entry in files.items()
        if entry["summary"]["num_statements"]
    }


def complaints(listed: dict[str, float], measured: dict[str, float]) -> list[str]:
    """One line per file that is below its number, or in one of the two lists only."""
    lines = []
    for name in sorted(listed | measured):
        now, before = measured.get(name), listed.get(name)
        if now is None:
            lines.append(f"{name}: is listed and was not measured; take it out of the list")
        elif before is None:
            lines.append(f"{name}: {now} %, not listed yet; take it in with --raise")
        elif now < before:
            lines.append(f"{name}: fell from {before} % to {now} %")
    return lines


def rises(listed: dict[str, float], measured: dict[str, float]) -> list[str]:
    """One line per file that is above its number: no fault, but worth keeping."""
    return [
        f"{name}: rose from {before} % to {now} %; keep it with --raise"
        for name, now in sorted(measured.items())
        if (before := listed.get(name)) is not None and now > before
    ]


def raised(listed: dict[str, float], measured: dict[str, float]) -> dict[str, float]:
    """The list with higher numbers and new files taken over, and files that are gone left out."""
    return {name: max(now, listed.get(name, 0.0)) for name, now in sorted(measured.items())}


def main(arguments: list[str]) -> int:
    paths = [argument for argument in arguments if argument != "--raise"]
    if len(paths) != 1 or paths[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    measured = percentages(json.loads(Path(paths[0]).read_text()))
    listed = json.loads(LIST.read_text()) if LIST.exists() else {}
    if "--raise" in arguments:
        listed = raised(listed, measured)
        LIST.write_text(json.dumps(listed, indent=2) + "\n")
    lines = complaints(listed, measured)
    print("\n".join(lines + rises(listed, measured)) or f"{len(measured)} pure modules, none below its number")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
