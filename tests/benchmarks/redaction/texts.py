"""The texts that tools are compared on: the project's own cases, and the development set where it is at hand."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.redaction.score import Item
from tests.redaction_cases import (
    harmless,
    password_cases,
    secret_carriers,
    secret_harmless,
    secret_values,
    structured,
)

#: Cases of each label; with this seed none of them is a case that the floors are measured on.
EACH, SEED = 200, 11

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
    """Cases of the tests' own makers, the same ones every time: private parts of every kind, and harmless texts."""
    items = [
        Item(f"{label} {number}", case.text, tuple((start, end, label) for start, end in case.spans), "made")
        for label in structured.LABELS
        for number, case in enumerate(structured.cases(label, EACH, SEED))
    ]
    rng = random.Random(SEED)
    for label, pairs in (("SECRET", _secrets(rng)), ("PASSWORD", password_cases.cases(2))):
        for number, (text, value) in enumerate(pairs):
            start = text.index(value)
            items.append(Item(f"{label} {number}", text, ((start, start + len(value), label),), "made"))
    for name, texts in (("plain", harmless.texts(2 * EACH, SEED)), ("alike", secret_harmless.texts(2 * EACH, SEED))):
        items += [Item(f"{name} {number}", text, (), name) for number, text in enumerate(texts)]
    return items


def _secrets(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Keys and tokens of every documented form, somewhere or beside their name; with each its text."""
    for line in secret_values.FORMS:
        value = secret_values.value(rng, line.split(" ", 1)[1])
        carrier = rng.choice(secret_carriers.ANYWHERE)
        yield carrier.replace("{{", "{").replace("}}", "}").replace("{}", value), value
    for line in secret_values.BARE:
        name, form = line.split(" ", 1)
        value = secret_values.value(rng, form)
        yield rng.choice(secret_carriers.NAMED).replace("{n}", name).replace("{v}", value), value
