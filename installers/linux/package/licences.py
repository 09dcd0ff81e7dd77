"""The copyright file of the package: our licence, and those of every bundled part as it states them itself."""

from __future__ import annotations

import sys
from importlib.metadata import Distribution, distribution, requires
from pathlib import Path

from packaging.requirements import Requirement


def bundled(name: str, found: dict[str, Distribution]) -> dict[str, Distribution]:
    """Everything ``name`` needs here, itself included, without its extras."""
    if name.lower() in found:
        return found
    found[name.lower()] = distribution(name)
    for line in requires(name) or ():
        need = Requirement(line)
        if need.marker is None or need.marker.evaluate({"extra": ""}):
            bundled(need.name, found)
    return found


def main(licence: Path) -> int:
    """Prints it. A part that states no licence is an error: it may not be shipped."""
    out = [f"Aboveboard\n\n{licence.read_text(encoding='utf-8')}"]
    unstated = []
    for name, part in sorted(bundled("aboveboard", {}).items()):
        facts = part.metadata
        stated = (
            facts.get("License-Expression")
            or facts.get("License")
            or ", ".join(
                line.rpartition(" :: ")[2]
                for line in facts.get_all("Classifier") or ()
                if line.startswith("License ::")
            )
        )
        if not stated:
            unstated.append(name)
        texts = [
            file.read_text(encoding="utf-8")
            for file in part.files or ()
            if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE"))
        ]
        if name != "aboveboard":
            out.append("\n".join([f"{facts['Name']} {part.version}: {stated}", *texts]))
    python = Path(sys.base_prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "LICENSE.txt"
    out.append(f"Python {sys.version.split()[0]}: PSF-2.0\n" + (python.read_text() if python.exists() else ""))
    if unstated:
        sys.stderr.write(f"These parts state no licence: {', '.join(unstated)}\n")
        return 1
    sys.stdout.write(("\n" + "-" * 78 + "\n").join(out))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
