"""An entry in the log of openings: the same bytes for both sides, and only those."""

from __future__ import annotations

import hashlib

import pytest

from agent.problems import Invalid
from agent.seal.opening import NOTHING, Opening, parse_opening

ENTRY = Opening(
    number=1,
    previous=NOTHING,
    when="2026-11-24T09:00:00Z",
    keys=("ab" * 16,),
    batches=("cd" * 16,),
    records=3,
    into="dataset",
    written="encrypted",
)


def test_it_comes_back_and_names_itself_by_its_bytes() -> None:
    assert parse_opening(ENTRY.encode()) == ENTRY
    assert ENTRY.digest() == hashlib.sha256(ENTRY.encode()).hexdigest()
    assert ENTRY.at() == 1_795_510_800


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"\xff",
        ENTRY.encode() + b"\n",
        ENTRY.encode().replace(b'"format":1', b'"format":2'),
        ENTRY.encode().replace(b'"number":1', b'"number":0'),
        ENTRY.encode().replace(b'"written":"encrypted"', b'"written":"elsewhere"'),
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid, match="opening"):
        parse_opening(data)
