from __future__ import annotations

from tests.architecture.coverage_ratchet import complaints, main, percentages, raised, rises


def test_equal_numbers_pass() -> None:
    assert complaints({"a.py": 90.0}, {"a.py": 90.0}) == []


def test_a_fall_a_new_and_a_gone_file_are_each_named() -> None:
    listed = {"down.py": 90.0, "up.py": 90.0, "gone.py": 90.0}
    lines = complaints(listed, {"down.py": 89.9, "up.py": 90.1, "new.py": 5.0})
    assert [line.split(":")[0] for line in lines] == ["down.py", "gone.py", "new.py"]


def test_a_rise_is_told() -> None:
    assert [line.split(":")[0] for line in rises({"up.py": 90.0, "same.py": 1.0}, {"up.py": 90.1, "same.py": 1.0})] == [
        "up.py"
    ]


def test_raising_never_lowers() -> None:
    assert raised({"a.py": 90.0, "gone.py": 1.0}, {"a.py": 80.0, "b.py": 70.0}) == {"a.py": 90.0, "b.py": 70.0}


def test_percentages_are_rounded_down_and_empty_files_left_out() -> None:
    def entry(percent: float, statements: int) -> dict[str, dict[str, float]]:
        return {"summary": {"percent_covered": percent, "num_statements": statements}}

    report: dict[str, object] = {"files": {"a.py": entry(99.99, 5), "empty.py": entry(100.0, 0)}}
    assert percentages(report) == {"a.py": 99.9}


def test_without_a_report_it_says_how_to_call_it() -> None:
    assert main([]) == 2
