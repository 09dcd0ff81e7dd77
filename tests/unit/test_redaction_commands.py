"""``redact`` and ``redact-keys`` on lines, and their scores on the development sets where those are at hand."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.assembly.replay import redact_key_lines
from agent.redaction import RedactionFailed, Redactor
from agent.redaction.commands import BadLines, redact_lines

SHARED = Path(__file__).resolve().parents[3] / "shared"


def run(command: Callable[..., None], *items: object) -> list[dict[str, object]]:
    out = io.StringIO()
    command([json.dumps(item) + "\n" for item in items], out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_redact_answers_with_spans_of_the_input() -> None:
    text = "ďábel: jan@example.org 4111111111111111"
    [answer] = run(redact_lines, {"id": "1", "text": text, "source": "x"})
    assert answer["id"] == "1"
    assert answer["text"] == "ďábel: [e-mail address] [card number]"
    assert answer["spans"] == [
        {"start": 7, "end": 22, "label": "EMAIL"},
        {"start": 23, "end": 39, "label": "CREDIT_CARD"},
    ]


def test_bad_lines_are_all_named_without_content_and_the_others_are_answered() -> None:
    out = io.StringIO()
    lines = ["{hunter2\n", '{"id": "a", "text": "ok"}\n', "\n", '{"id": 3, "text": "hunter2"}\n']
    with pytest.raises(BadLines) as caught:
        redact_lines(lines, out)
    assert [mistake.split(":")[0] for mistake in caught.value.mistakes] == ["line 1", "line 4"]
    assert "hunter2" not in str(caught.value)
    assert json.loads(out.getvalue())["id"] == "a"


def test_redact_keys_replays_and_redacts() -> None:
    keys = ["m", "y", "Key.space", "p", "w", "x", "Key.backspace", ":", "h", "2", "u", "n", "t"]
    events: list[list[object]] = [[0.0, "focus", "Notes"]]
    for place, key in enumerate(keys):
        events += [[1.0 + place, "press", key], [1.5 + place, "release", key]]
    [answer] = run(redact_key_lines, {"id": "k", "events": events})
    assert answer == {"id": "k", "raw": ["my pw:h2unt"], "texts": ["my pw:[password]"]}


def test_redact_keys_names_bad_lines() -> None:
    with pytest.raises(BadLines, match="line 1"):
        redact_key_lines(['{"id": "k", "events": [["hunter2"]]}'], io.StringIO())


def data(name: str) -> Path:
    path = SHARED / "data" / "text" / name
    if not path.exists():
        pytest.skip(f"{name} is not beside this checkout: scores are not measured")
    return path


def score(tool: str, data: Path, predictions: Path, *options: str) -> str:
    script = SHARED / "tools" / tool
    command = [sys.executable, str(script), str(data), str(predictions), *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_scores_on_the_development_texts(tmp_path: Path) -> None:
    source, result = data("dev.jsonl"), tmp_path / "predictions.jsonl"
    with source.open(encoding="utf-8") as lines, result.open("w", encoding="utf-8") as out:
        redact_lines(lines, out)
    score("score_redaction.py", source, result, "--json", str(tmp_path / "score.json"))
    measured = json.loads((tmp_path / "score.json").read_text())
    for label in ("EMAIL", "CREDIT_CARD", "PASSWORD", "PIN", "PHONE", "IBAN", "MAC_ADDRESS", "CRYPTO"):
        assert measured["labels"][label]["span_recall"] >= 0.995, label
    # Floors that only rise and ceilings that only fall. The aim for harmless texts touched is 0.05.
    assert measured["span_recall"] >= 0.959
    assert measured["item_leak_rate"] <= 0.05
    for label, floor in (("PERSON", 0.925), ("SECRET", 0.96), ("ADDRESS", 0.965), ("IP_ADDRESS", 0.968)):
        assert measured["labels"][label]["span_recall"] >= floor, label
    assert measured["over_redaction"] <= 0.0138
    assert measured["negatives_touched"] <= 0.0555


def test_scores_on_the_development_keystrokes(tmp_path: Path) -> None:
    source, result = data("keystrokes_dev.jsonl"), tmp_path / "predictions.jsonl"
    with source.open(encoding="utf-8") as lines, result.open("w", encoding="utf-8") as out:
        redact_key_lines(lines, out)
    measured = json.loads(score("score_keystrokes.py", source, result))
    cases = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    answers = {item["id"]: item for item in map(json.loads, result.read_text(encoding="utf-8").splitlines())}
    assert len(answers) == len(cases)
    wrong = [
        case["id"]
        for case in cases
        if "paste_span" not in case["traits"]
        and answers[case["id"]]["raw"][0].strip() != case["final"][0]["text"].strip()
    ]
    # Whether Ctrl+BackSpace deletes ``user:master`` or ``master`` is another thing in GTK than in Qt.
    words = {case["id"] for case in cases if "ctrl_bs" in case["traits"]}
    assert len(wrong) <= 2, "only what was pasted may be missing, and words that toolkits delete differently"
    assert set(wrong) <= words
    assert measured["utility_words_kept"] >= 0.97
    assert measured["value_leak"] <= 0.012
    assert measured["transient_leak"] <= 0.014


def case(*events: tuple[float, str, str]) -> dict[str, object]:
    return {"id": "x", "events": [list(event) for event in events]}


def presses(text: str, start: float = 0.0) -> list[tuple[float, str, str]]:
    return [(start + 0.1 * number, "press", character) for number, character in enumerate(text)]


def test_replayed_time_commits_what_waited_long_enough() -> None:
    [answer] = run(redact_key_lines, case(*presses("one. "), (60.0, "press", "t"), (900.0, "press", "w")))
    assert answer["raw"] == ["one. tw"]
    assert answer["texts"] == ["one. t", "w"]


def test_a_paste_an_undo_and_an_input_method_are_replayed_as_placeholders() -> None:
    events = [
        *presses("ab"), (1.0, "paste", ""), (1.1, "ime_commit", "漢字"), (2.0, "undo", ""), *presses("cd", 2.1),
        (3.0, "click", ""), *presses("ef", 3.1), (4.0, "focus", "another"), *presses("gh", 4.1),
        (5.0, "focus", "(back) "), *presses("ij", 5.1),
    ]  # fmt: skip
    [answer] = run(redact_key_lines, case(*events))
    texts = " ".join(answer["texts"])  # type: ignore[arg-type]  # a list of texts
    assert "ab[pasted]漢字" in texts
    assert "[undo]cd" in texts
    assert texts.endswith("ij")
    assert len(answer["raw"]) == 2  # type: ignore[arg-type]  # one text a field


def test_what_cannot_be_redacted_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> object:
        raise RedactionFailed

    monkeypatch.setattr(Redactor, "redact", fail)
    with pytest.raises(BadLines, match="could not be redacted"):
        run(redact_key_lines, case(*presses("ab")))


def test_lines_of_keys_that_are_no_case_are_named_and_empty_ones_passed_over() -> None:
    out = io.StringIO()
    lines = ["\n", '{"id": "a"}\n', '{"id": "b", "events": [[0, "press", "x"]]}\n', '{"id": "c", "events": [[0]]}\n']
    with pytest.raises(BadLines) as caught:
        redact_key_lines(lines, out)
    assert str(caught.value).count("write one JSON object") == 2
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == ["b"]
