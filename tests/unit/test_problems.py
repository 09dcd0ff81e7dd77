from __future__ import annotations

import re
from string import Formatter

import pytest

from agent.problems import PROBLEMS, AgentError, Invalid, Problem, Refused, Unavailable, describe
from tests.architecture.source import modules


def braces(row: Problem) -> set[str]:
    return {name for part in (row.title, row.text, row.remedy) for _, name, _, _ in Formatter().parse(part) if name}


@pytest.mark.parametrize("row", PROBLEMS.values(), ids=lambda row: row.code)
def test_a_row_says_what_is_wrong_and_what_to_do(row: Problem) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", row.code)
    assert row.title
    assert not row.title.endswith(".")
    assert len(row.title) <= 60
    assert row.text.rstrip().endswith((".", "}"))
    assert row.remedy.rstrip().endswith((".", "}"))
    assert all(re.fullmatch(r"[a-z_]+", name) for name in braces(row))


def test_codes_are_unique() -> None:
    assert len({row.title for row in PROBLEMS.values()}) == len(PROBLEMS)
    assert all(code == row.code for code, row in PROBLEMS.items())


def test_an_error_stops_capture() -> None:
    """Whoever is told "error" may rely on nothing being collected."""
    assert [row.code for row in PROBLEMS.values() if row.severity == "error" and not row.stops_capture] == []


def test_facts_fill_the_braces_and_a_missing_one_leaves_its_place_empty() -> None:
    assert "until 2027-01-01." in describe("policy-expired", {"not_after": "2027-01-01"})
    assert "{" not in describe("policy-expired", {})
    assert "{" not in describe("policy-invalid", {"mistakes": "a, b"})


@pytest.mark.parametrize("row", PROBLEMS.values(), ids=lambda row: row.code)
def test_no_description_shows_a_brace(row: Problem) -> None:
    """Remedies are for people too: a place to fill in them would be shown as it is written."""
    assert "{" not in describe(row.code, dict.fromkeys(braces(row), "x"))


def test_a_fact_is_never_taken_for_a_pattern() -> None:
    assert "{place}" in describe("store-failed", {"detail": "{place}"})


@pytest.mark.parametrize("kind", [Refused, Unavailable, Invalid])
def test_an_error_carries_its_code_and_facts(kind: type[AgentError]) -> None:
    error = kind("store-failed", detail="Disk full.")
    assert error.code == "store-failed"
    assert error.facts == {"detail": "Disk full."}
    assert str(error) == describe("store-failed", {"detail": "Disk full."})


def test_an_unknown_code_cannot_be_raised() -> None:
    with pytest.raises(KeyError, match="no such problem"):
        Refused("no-such-thing")


def test_every_code_the_product_names_exists() -> None:
    named = re.compile(r"(?:Refused|Unavailable|Invalid|AgentError|describe)\(\s*\"([^\"]+)\"")
    missing = {
        f"{module.path}: {code}"
        for module in modules("agent", "ui")
        for code in named.findall(module.text)
        if code not in PROBLEMS
    }
    assert not missing
