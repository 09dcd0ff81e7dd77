from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.demo.report import DemoReport, Picture, Typed, page

MUST = {
    "captured_records",
    "redacted_spans",
    "dropped",
    "batches",
    "opened_records",
    "preview_equals_sent",
    "leaks",
    "seconds",
}


def good() -> DemoReport:
    report = DemoReport(
        captured_records=3,
        redacted_spans=2,
        dropped={"paused": 12, "program-excluded": 30},
        batches=1,
        opened_records=2,
        preview_equals_sent=True,
        seconds=61.4,
        typed=[
            Typed("Mousepad", "my card is 4929 <b>", "redacted", "a card number", "my card is [card number] <b>"),
            Typed("XTerm", "ls", "dropped", "excluded by the employee"),
        ],
        pictures=[Picture("first-run.png", "The first question")],
    )
    report.check("Nothing is stored before the yes", held=True)
    return report


def test_the_json_holds_what_programs_read(tmp_path: Path) -> None:
    good().write(tmp_path / "report")
    body = json.loads((tmp_path / "report/report.json").read_text())
    assert set(body) >= MUST
    assert body["passed"] is True
    assert body["dropped"] == {"paused": 12, "program-excluded": 30}


def test_the_page_shows_every_row_and_nothing_as_markup(tmp_path: Path) -> None:
    good().write(tmp_path)
    text = (tmp_path / "report.html").read_text()
    assert "my card is 4929 &lt;b&gt;" in text
    assert "<b>]" not in text
    assert 'src="first-run.png"' in text
    assert "Every promise held." in text
    assert "http" not in text
    assert "<script" not in text


@pytest.mark.parametrize(
    "change",
    [
        {"leaks": ["card in a log"]},
        {"preview_equals_sent": False},
        {"batches": 0},
        {"opened_records": 0},
        {"checks": []},
    ],
)
def test_one_failure_fails_the_whole(change: dict[str, object]) -> None:
    report = good()
    for name, value in change.items():
        setattr(report, name, value)
    assert not report.passed()
    assert "A promise failed." in page(report)
    assert "FAILED" in report.table()


def test_a_broken_promise_fails_the_whole_and_says_what_was_seen() -> None:
    report = good()
    report.check("Pause holds", held=False, seen="3 records")
    assert not report.passed()
    assert "FAIL  Pause holds" in report.table()
    assert "3 records" in report.table()


def test_the_table_fits_a_terminal() -> None:
    report = good()
    report.typed.append(Typed("Mousepad", "word " * 90 + "\nnext", "kept", "consented " * 20))
    lines = report.table().splitlines()
    assert max(map(len, lines)) <= 118
    assert "passed in 61 s" in lines[-1]
