"""The totals that the store keeps are those of a recount, whatever came and went."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent.buffer.index import Index
from agent.buffer.manifest import Listed
from agent.records import State


def entry(row: int, state: State, expires: int) -> Listed:
    return Listed(row, "text", "mousepad", 0, row + 1, state, 0, expires, None, None, 0)


CHANGES = st.lists(
    st.tuples(st.integers(0, 9), st.none() | st.tuples(st.sampled_from(State), st.integers(0, 20))), max_size=40
)


@given(CHANGES, st.sets(st.sampled_from(State)), st.integers(0, 21))
def test_totals_are_those_of_a_recount_after_every_change(
    changes: list[tuple[int, tuple[State, int] | None]], states: set[State], time: int
) -> None:
    index, known, wanted = Index(), dict[int, Listed](), frozenset(states)
    for row, what in changes:
        if what is None:
            index.drop(row)
            known.pop(row, None)
        else:
            index.put(entry(row, *what))
            known[row] = entry(row, *what)
        found = [one for one in known.values() if one.state in wanted]
        assert list(index.listing(wanted)) == found
        assert (list(index), len(index)) == (list(known), len(known))
        assert index.page(wanted, 1, 3, newest_first=False) == [one.row for one in found][1:4]
        assert index.page(wanted, 0, None, newest_first=True) == [one.row for one in found][::-1]
        assert index.count(wanted) == len(found)
        assert index.size(wanted) == sum(one.size for one in found)
        assert index.due_before(time, wanted) == sum(one.expires < time for one in found)
