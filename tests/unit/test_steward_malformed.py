"""Every file of a dataset broken in hundreds of ways: a named problem, or what is right; nothing is lost by looking."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from agent.organisation.steward.again import redact_again
from agent.organisation.steward.datasets import existing
from agent.problems import AgentError, Invalid
from agent.redaction import Redactor
from agent.seal import Opened, open_batch
from tests.fakes.batches import STEWARD, sealed
from tests.fakes.mutations import mutated_bytes, mutated_json
from tests.fakes.yard import Yard

MANY = 150


def broken_everywhere(yard: Yard, path: Path, breaking: Callable[[bytes, random.Random], bytes]) -> int:
    """How many of the broken ones were refused by name; the others gave what was there, or a part that is whole."""
    good, texts, rng = path.read_bytes(), yard.texts(), random.Random(f"1126 {path.name}")
    files = {other: other.read_bytes() for other in yard.out.rglob("*") if other.is_file()}
    some, codes, refused = yard.dataset().lines()[0].batch, set(), 0
    for _ in range(MANY):
        data = breaking(good, rng)
        path.write_bytes(data)
        try:
            found = yard.texts()
        except AgentError as error:
            codes.add(error.code)
            with pytest.raises(AgentError):
                existing(yard.out, [STEWARD]).drop({some})
            refused += 1
        else:
            assert set(found) <= set(texts), data
        for other, before in files.items():
            other.write_bytes(before)
    assert codes <= {"batch-store-failed", "key-file-invalid"}
    return refused


def as_json(good: bytes, rng: random.Random) -> bytes:
    return mutated_json(json.loads(good), rng)


def one_line(good: bytes, rng: random.Random) -> bytes:
    lines = good.split(b"\n")[:-1]
    at = rng.randrange(len(lines))
    lines[at] = mutated_json(json.loads(lines[at]), rng)
    return b"".join(line + b"\n" for line in lines)


def test_lists_of_batches(tmp_path: Path) -> None:
    yard = Yard(tmp_path, "plain")
    for n in range(3):
        yard.put(f"record {n}")
    yard.open()
    assert broken_everywhere(yard, yard.out / "batches.jsonl", one_line) > MANY * 0.8
    assert broken_everywhere(yard, yard.out / "batches.jsonl", mutated_bytes) > MANY * 0.4


@pytest.mark.parametrize("change", [{"start": 5}, {"end": 3}, {"first_line": 2}, {"count": 0}])
def test_a_list_that_does_not_add_up_is_no_list(tmp_path: Path, change: dict[str, int]) -> None:
    """Rewriting by such a list would copy what it should leave out."""
    yard = Yard(tmp_path, "plain")
    for n in range(3):
        yard.put(f"record {n}")
    yard.open()
    path = yard.out / "batches.jsonl"
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]

    def written(found: list[dict[str, Any]]) -> None:
        path.write_bytes(b"".join(rfc8785.dumps(line) + b"\n" for line in found))

    for number in range(2):
        bad = [{**line, **change} if place == number else line for place, line in enumerate(lines)]
        written(bad)
        if bad != lines:
            with pytest.raises(Invalid, match="not written by this program"):
                yard.dataset()
    written([*lines, lines[0]])
    with pytest.raises(Invalid):
        yard.dataset()


def test_keys_and_parts(tmp_path: Path) -> None:
    yard = Yard(tmp_path, "encrypted")
    for n in range(3):
        yard.put(f"record {n}")
    yard.open()
    assert broken_everywhere(yard, yard.out / "dataset.json", as_json) > MANY * 0.8
    assert broken_everywhere(yard, yard.out / "dataset.json", mutated_bytes) > MANY * 0.5
    (part,) = (yard.out / "parts").iterdir()
    assert broken_everywhere(yard, part, mutated_bytes) > MANY * 0.8


def test_records_of_a_sealed_batch() -> None:
    """Whatever a device sealed: what goes on is exactly a record that today's rules have seen."""
    batch, rng, rules = open_batch(sealed("paid with cash")[0].data, [STEWARD]), random.Random(1126), Redactor(())
    codes = []
    for n in range(4 * MANY):
        good = batch.records[0]
        data = mutated_json(json.loads(good), rng) if n % 2 else mutated_bytes(good, rng)
        try:
            kept = redact_again(Opened(batch.header, batch.facts, (data,)), "d", rules)
        except AgentError as error:
            codes.append(error.code)
        else:
            assert json.loads(kept.records[0][1]).keys() == json.loads(good).keys()
    assert set(codes) == {"batch-invalid"}
    assert len(codes) > 2 * MANY
