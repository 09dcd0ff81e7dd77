"""What every adapter does: read items, let one tool find spans, write them with what it cost.

An adapter runs in its tool's own environment as ``python ADAPTER.py ITEMS ANSWERS COSTS``; it may import this file,
the standard library and its tool. ITEMS: JSON lines {"id","text"}. ANSWERS: JSON lines {"id","spans":[[start,end],..]}
in code points. COSTS: one JSON object: ``start`` and ``work`` (CPU seconds until ready, and for the items),
``characters``, ``memory`` (bytes that the process grew by, at its largest).
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

Find = Callable[[str], Iterable[tuple[int, int]]]


def run(ready: Callable[[], Find]) -> None:
    """ready: imports the tool, loads what it needs and looks at one text, so that nothing is left for later."""
    items_file, answers_file, costs_file = map(Path, sys.argv[1:4])
    items = [json.loads(line) for line in items_file.read_text("utf-8").splitlines()]
    memory, started = _largest(), time.process_time()
    find = ready()
    start = time.process_time() - started
    started = time.process_time()
    answers = [{"id": item["id"], "spans": sorted(find(item["text"]))} for item in items]
    work = time.process_time() - started
    characters = sum(len(item["text"]) for item in items)
    costs = {"start": start, "work": work, "characters": characters, "memory": _largest() - memory}
    answers_file.write_text("".join(json.dumps(answer) + "\n" for answer in answers), "utf-8")
    costs_file.write_text(json.dumps(costs), "utf-8")


def places(text: str, value: str, near: int = 0) -> list[tuple[int, int]]:
    """Where ``value`` stands in ``text``: the first place from ``near`` on, else every place."""
    if not value:
        return []
    at = text.find(value, near) if near else -1
    if at >= 0:
        return [(at, at + len(value))]
    found = []
    at = text.find(value)
    while at >= 0:
        found.append((at, at + len(value)))
        at = text.find(value, at + len(value))
    return found


def _largest() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
