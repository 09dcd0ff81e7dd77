"""The live page: what happened and what did not, in memory only."""

import gc

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from agent.protocol import Live, Part
from tests.fakes import samples
from tests.fakes.asked_engine import AskedEngine
from ui.pages.live import LiveLines, LivePage
from ui.pages.live.lines import MOST, ROW, Row
from ui.state import State


def not_kept(at: int, **more: object) -> Live:
    facts: dict[str, object] = {"kind": "key", "program": "Firefox", "reason": "password-field", "count": 2} | more
    return Live(at=at, kept=False, why=samples.YES, **facts)  # type: ignore[arg-type]


def page(lines: LiveLines) -> LivePage:
    return LivePage(AskedEngine(), State(clock=lambda: 0.0), lines)


def test_newest_first_and_at_most_500() -> None:
    lines = LiveLines()
    for at in range(MOST + 20):
        lines.add(Live(at=at, kept=True, kind="text", program="Mousepad", why=samples.YES, text=str(at)))
    assert lines.rowCount() == MOST
    assert lines.rows()[0].line.at == MOST + 19
    assert lines.rows()[-1].line.at == 20


def test_consecutive_identical_non_events_are_one_row() -> None:
    lines = LiveLines()
    lines.add(not_kept(1))
    lines.add(not_kept(2))
    lines.add(not_kept(3, reason="protected"))
    lines.add(not_kept(4))
    assert [(row.line.reason, row.count) for row in lines.rows()] == [
        ("password-field", 2),
        ("protected", 2),
        ("password-field", 4),
    ]
    assert lines.rows()[2].below == "Firefox · 4 keys"


def test_what_was_kept_is_never_counted_together() -> None:
    lines = LiveLines()
    for at in (1, 2):
        lines.add(Live(at=at, kept=True, kind="app", program="Mousepad", why=samples.YES))
    assert lines.rowCount() == 2


def test_a_screen_reader_hears_the_mark_as_a_word() -> None:
    lines = LiveLines()
    for line in samples.lives():
        lines.add(line)
    spoken = [lines.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(lines.rowCount())]
    assert spoken[0].startswith("Kept, ")
    assert spoken[1].startswith("Not kept, ")
    assert "Not kept: password field." in spoken[1]


def test_removed_parts_stay_where_they_are_in_the_sentence() -> None:
    lines = LiveLines()
    lines.add(samples.lives()[-1])
    row = lines.rows()[0]
    assert [row.plain[part.start : part.end] for part in row.parts] == ["[name]", "[phone number]"]
    assert row.plain.startswith("You typed: “Dear ")
    assert row.plain.endswith("too late.”")


def test_a_reason_this_window_does_not_know_is_still_said() -> None:
    lines = LiveLines()
    lines.add(not_kept(1, reason="from-the-future"))
    assert lines.rows()[0].bold == "Not kept: in doubt."


def test_kept_and_not_kept_can_be_shown_alone() -> None:
    lines = LiveLines()
    for line in samples.lives():
        lines.add(line)
    shown = page(lines).shown
    shown.show_only("kept")
    assert shown.rowCount() == 2
    shown.show_only("not")
    assert shown.rowCount() == 5
    shown.show_only("all")
    assert shown.rowCount() == 7


def test_the_newest_line_is_explained_until_another_is_chosen() -> None:
    lines = LiveLines()
    live = page(lines)
    live.resize(900, 600)
    live.show()
    for line in samples.lives():
        lines.add(line)
    assert live.why.accessibleName() == "Why was this kept?"
    live.list.setCurrentIndex(live.shown.index(1, 0))
    assert live.why.accessibleName() == "Why was this not kept?"
    assert live.why.accessibleDescription() == (
        "Your consent: Yes. Your organisation's policy: Yes. Your own settings: Yes. Guards on this computer: No"
    )
    lines.add(Live(at=9, kept=True, kind="app", program="Mousepad", why=samples.YES))
    assert live.why.accessibleName() == "Why was this not kept?"


def test_exact_data_shows_the_bytes_and_says_where_there_are_none() -> None:
    lines = LiveLines()
    for line in samples.lives():
        lines.add(line)
    live = page(lines)
    live.form.chosen.emit("exact")
    assert live.delegate.exact
    live.resize(900, 600)
    live.grab()


@given(
    st.text(alphabet="ab c😀\n[]", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4),
    st.integers(60, 400),
)
def test_any_line_can_be_painted_at_any_width(words: str, spans: list[tuple[int, int]], width: int) -> None:
    lines = LiveLines()
    parts = tuple(Part(min(span), max(span), "x", "machine") for span in spans if max(span) <= len(words))
    lines.add(Live(at=1, kept=True, kind="text", program="Mousepad", why=samples.YES, text=words, removed=parts))
    live = page(lines)
    live.resize(width + 400, 300)
    live.grab()


def test_forgotten_lines_are_gone_from_memory() -> None:
    lines = LiveLines()
    lines.add(not_kept(987_654))
    lines.forget()
    gc.collect()
    assert lines.rowCount() == 0
    assert [thing for thing in gc.get_objects() if isinstance(thing, Row) and thing.line.at == 987_654] == []
    assert lines.index(0).data(ROW) is None


def test_forgetting_the_last_minutes_keeps_what_is_older() -> None:
    lines = LiveLines()
    for at in (10, 20, 30):
        lines.add(not_kept(at, program=str(at)))
    lines.forget(20)
    assert [row.line.at for row in lines.rows()] == [10]
