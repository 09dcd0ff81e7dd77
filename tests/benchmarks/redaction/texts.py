"""The texts that tools are compared on: the project's own cases, and the development set where it is at hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.redaction.score import Item

#: Beside the checkout; other people's texts, never part of the project.
DEVELOPMENT = Path(__file__).parents[4] / "shared" / "data" / "text" / "dev.jsonl"


def development() -> Sequence[Item] | None:
    """The development set; None where it is not beside the checkout."""
    if not DEVELOPMENT.is_file():
        return None
    items = []
    for line in DEVELOPMENT.read_text("utf-8").splitlines():
        one = json.loads(line)
        spans = tuple((span["start"], span["end"], span["label"]) for span in one["spans"])
        items.append(Item(one["id"], one["text"], spans, one["source"]))
    return items


def generated() -> Sequence[Item]:
    return []
