"""Every find says which rule made it and why, in every language, and nothing of what stood there."""

from __future__ import annotations

import io
import json

import pytest

from agent.records import RawOwner
from agent.redaction import Redactor, Session
from agent.redaction.commands import redact_lines
from agent.redaction.detectors import Emails
from agent.redaction.view import View
from tests.fakes.marked import raw

TYPED = "Anna Kowalczyk, jan@example.org, card 4111 1111 1111 1111, password: hunter2"


def test_every_find_has_its_rule_and_a_sentence() -> None:
    redactor = Redactor(())
    found = redactor.explain(TYPED)
    assert [one.span for one in found] == redactor.find(TYPED)
    assert [one.rule for one in found] == ["name", "e-mail-address", "card-number", "password"]
    assert len({one.why for one in found}) == len(found)
    for one in found:
        assert one.why.endswith(".")
        assert not {"anna", "jan", "hunter2", "4111"} & set(one.why.lower().split())


def test_what_was_seen_before_or_is_the_employees_own_says_so() -> None:
    redactor = Redactor(("Nightfall",), Session(), RawOwner("jprzybylski"))
    redactor.redact(raw("password: kestrel9x."))
    found = redactor.explain("tell kestrel9x that jprzybylski knows nightfall")
    assert [one.rule for one in found] == ["seen-before", "own-identity", "private-word"]
    assert "elsewhere in this session" in found[0].why


def test_a_detector_may_name_its_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Emails, "rule", "e-mail-by-form", raising=False)
    assert [one.rule for one in Redactor(()).explain("to jan@example.org now")] == ["e-mail-by-form"]


def test_what_only_another_look_finds_is_explained_by_its_kind() -> None:
    redactor = Redactor(())
    alone = {span.kind for rule in redactor._rules for span in rule.find(View(TYPED))}
    for one in redactor.explain(TYPED):
        assert one.span.kind in alone | {"name"}


def test_the_command_explains_when_asked_and_only_then() -> None:
    line = json.dumps({"id": "1", "text": TYPED}) + "\n"
    plain, full = io.StringIO(), io.StringIO()
    redact_lines([line], plain)
    redact_lines([line], full, explain=True)
    before, after = json.loads(plain.getvalue()), json.loads(full.getvalue())
    assert all(set(span) == {"start", "end", "label"} for span in before["spans"])
    assert all(span.pop("rule") and span.pop("why") for span in after["spans"])
    assert after == before
