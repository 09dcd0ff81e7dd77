"""One table of what is removed and what it costs: Aboveboard beside the tools people use today.

``bash tests/benchmarks/redaction/run.sh``. Every tool runs in an environment of its own, over the same texts, which it
sees once; the texts are dealt into three parts and the tools take turns, so that a busy minute hits them all.
A tool that cannot be installed is an error, not a gap.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.redaction import texts
from tests.benchmarks.redaction.peers import ABOVEBOARD, ADAPTERS, PRESIDIO, TOOLS, PeerMissing, Tool, interpreter
from tests.benchmarks.redaction.score import Item, score

PARTS = 3
ROOT = Path(__file__).parents[3]
#: Label in the data -> row of the table.
LABELS = {
    "EMAIL": "e-mail", "CREDIT_CARD": "card", "IBAN": "IBAN", "PHONE": "phone",
    "IP_ADDRESS": "IP", "MAC_ADDRESS": "MAC",
    "CRYPTO": "crypto", "SECRET": "secrets", "PASSWORD": "passwords", "PERSON": "names", "ADDRESS": "addresses",
    "NATIONAL_ID": "national ids",
}  # fmt: skip


@dataclass
class Run:
    """What one tool answered over all parts, and what each part cost."""

    answers: dict[str, list[list[int]]] = field(default_factory=dict)
    speeds: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)


def measure(tool: Tool, python: Path, items: Sequence[Item], run: Run) -> None:
    """One part of the texts through one tool, in a process of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        given, answers, costs = (Path(scratch) / name for name in ("items", "answers", "costs"))
        given.write_text("".join(json.dumps({"id": item.id, "text": item.text}) + "\n" for item in items), "utf-8")
        # One thread each: processor time is compared, and several threads only wait for one another on short texts.
        environ = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT) if tool is ABOVEBOARD else ""}
        command = [python, "-W", "ignore", ADAPTERS / tool.adapter, given, answers, costs]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{tool.name} failed:\n{done.stderr[-2000:]}")
        for line in answers.read_text("utf-8").splitlines():
            answer = json.loads(line)
            run.answers[answer["id"]] = answer["spans"]
        cost = json.loads(costs.read_text("utf-8"))
    run.speeds.append(cost["characters"] / cost["work"])
    run.starts.append(cost["start"])
    run.memory.append(cost["memory"])


def compare(name: str, items: Sequence[Item], pythons: dict[str, Path]) -> None:
    """Every tool over ``items``; prints the table."""
    runs = {tool.name: Run() for tool in TOOLS}
    for part in range(PARTS):
        for tool in TOOLS:
            measure(tool, pythons[tool.name], items[part::PARTS], runs[tool.name])
    rows: list[tuple[str, list[str]]] = []
    scores = {tool.name: score(items, runs[tool.name].answers) for tool in TOOLS}
    every = [scores[tool.name] for tool in TOOLS]
    rows.append(("private parts removed whole", [f"{one.whole:.3f}" for one in every]))
    rows.append(("texts with anything private left", [f"{one.items_leaking:.3f}" for one in every]))
    rows.append(("harmless characters removed", [f"{one.harmless_removed:.3f}" for one in every]))
    rows.append(("harmless texts touched", [f"{one.harmless_touched:.3f}" for one in every]))
    for label, told in LABELS.items():
        count = every[0].counts.get(label, 0)
        if count:
            rows.append((f"{told} ({count})", [f"{one.by_label[label]:.3f}" for one in every]))
    for told, source in (("names, edited prose", "uner"), ("names, chat", "wnut")):
        some = [item for item in items if item.source.startswith(source)]
        if some:
            kinds = [score(some, runs[tool.name].answers).by_label.get("PERSON", 1.0) for tool in TOOLS]
            rows.append((told, [f"{kind:.3f}" for kind in kinds]))
    slow = statistics.median(runs[PRESIDIO.name].speeds)
    speeds = [statistics.median(runs[tool.name].speeds) for tool in TOOLS]
    rows.append(("characters/s, texts not seen before", [f"{speed:,.0f}" for speed in speeds]))
    rows.append((f"times {PRESIDIO.name}", [f"{speed / slow:.1f}" for speed in speeds]))
    rows.append(("start, s", [f"{statistics.median(runs[tool.name].starts):.2f}" for tool in TOOLS]))
    rows.append(("memory, MB", [f"{max(runs[tool.name].memory) / 1e6:.0f}" for tool in TOOLS]))
    print(f"\n{name}: {len(items)} texts, {sum(len(item.text) for item in items)} characters\n")
    print("| |", " | ".join(tool.name for tool in TOOLS), "|")
    print("|---" * (len(TOOLS) + 1) + "|")
    for told, cells in rows:
        print("|", told, "|", " | ".join(cells), "|")


def main() -> int:
    try:
        pythons = {tool.name: interpreter(tool) for tool in TOOLS}
    except PeerMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    known = texts.development()
    if known is None:
        print(f"SKIPPED: {texts.DEVELOPMENT} is not there, so the development set is not measured", file=sys.stderr)
    else:
        compare("Development set", known, pythons)
    compare("Cases made by the tests", texts.generated(), pythons)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
