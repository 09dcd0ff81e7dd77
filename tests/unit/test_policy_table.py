"""Schema, pages, checks and explanations: all made from the one table, none of them stale."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agent.policy.keys import BY_PATH, CATEGORIES, CATEGORY_FIELDS, KEYS, NEEDED, SUPPORTED
from agent.policy.leaves import CHECKS, wrong
from agent.policy.load import Loaded, parse
from agent.policy.never import NEVER
from agent.policy.schema import explain, keys_page, schema, validate_file
from agent.records import CATEGORIES as RECORD_CATEGORIES
from agent.records import Redacted
from tests.fakes.organisation import NOW, make_policy


def put_file(folder: Path, data: bytes, mode: int = 0o644) -> Path:
    folder.mkdir(exist_ok=True)
    place = folder / "policy.json"
    place.write_bytes(data)
    place.chmod(mode)
    return place


def test_the_table_covers_sample_schema_and_pages() -> None:
    text, page = json.dumps(schema()), keys_page()
    full = explain(Loaded(parse(make_policy()[0], NOW), "here", trial=False))
    explained = {row["key"] for row in full["keys"]}
    for key in KEYS:
        assert key.it, key.path
        assert key.employee, key.path
        assert key.it in page, key.path
        assert key.employee in page, key.path
        assert json.dumps(key.it)[1:-1] in text, key.path
        assert key.kind in {"section", "sections"} or key.kind in CHECKS, key.path
        assert key.kind in {"section", "sections"} or key.path == "signature" or key.path in explained, key.path
    assert len(BY_PATH) == len(KEYS)
    assert parse(make_policy()[0], NOW).stated == set(BY_PATH)
    for name in NEVER:
        assert name in page
        assert not any(key.name == name for key in KEYS)


@pytest.mark.parametrize("key", [key for key in KEYS if key.default is not NEEDED], ids=lambda key: key.path)
def test_every_default_passes_its_own_check(key: Any) -> None:
    if key.kind not in {"section", "sections"}:
        default = list(key.default) if isinstance(key.default, tuple) else key.default
        assert wrong(key, default) is None


def test_every_limit_says_what_is_tighter_and_nothing_else_does() -> None:
    for key in KEYS:
        assert bool(key.tighter) == (key.part == "limits" and key.kind != "section"), key.path


def test_the_schema_is_closed_everywhere() -> None:
    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if "properties" in value:
                assert value["additionalProperties"] is False
                assert set(value["required"]) <= set(value["properties"])
            for part in value.values():
                walk(part)
        elif isinstance(value, list):
            for part in value:
                walk(part)

    walk(schema())


def test_fields_of_a_category_are_those_of_a_record() -> None:
    assert RECORD_CATEGORIES == CATEGORIES
    assert set(SUPPORTED) == set(CATEGORY_FIELDS)
    app = Redacted("app", "mousepad", "Mousepad", NOW, ("train",), "1")
    text = Redacted("text", "mousepad", "Mousepad", NOW, ("train",), "1", text="x")
    assert tuple(sorted(app.content())) == CATEGORY_FIELDS["app"]
    assert tuple(sorted(text.content())) == CATEGORY_FIELDS["text"]


def test_validate_and_explain(tmp_path: Path) -> None:
    place = put_file(tmp_path, make_policy(**{"delivery.enrolment_token": "s3cret"})[0])
    assert validate_file(place, NOW) == []
    assert [mistake.place for mistake in validate_file(place, NOW + 10**9)] == ["not_after"]
    assert [mistake.place for mistake in validate_file(tmp_path, NOW)] == ["file"]
    assert [mistake.place for mistake in validate_file(tmp_path / "absent", NOW)] == ["file"]
    place.write_bytes(b'{"serial": 1, "hide_tray": true}')
    assert "hide_tray" in {mistake.place for mistake in validate_file(place, NOW)}
    policy = parse(make_policy(**{"delivery.enrolment_token": "s3cret"})[0], NOW)
    shown = explain(Loaded(policy, "/etc/aboveboard/policy.json", trial=False))
    assert "s3cret" not in json.dumps(shown) + repr(policy)
    rows = {row["key"]: row for row in shown["keys"]}
    assert rows["limits.hold_hours"]["value"] == 24
    assert rows["limits.hold_hours"]["source"] == "/etc/aboveboard/policy.json"
