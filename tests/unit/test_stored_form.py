"""How one record lies on the disk: each part opens only where, and as what, it was written."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.buffer.manifest import Manifest, empty, open_manifest, seal_manifest
from agent.buffer.records import Head, _head_data, canonical, open_body, open_head, parse, seal_body, seal_head
from agent.problems import Invalid, Refused
from agent.records import Action, Kind, Redacted, Removed, State
from agent.vault import pad, seal

KEY = b"k" * 32
HEAD = Head("text", "mousepad", 5, 4, State.HELD, 6, 7, b"context")
replaced = msgspec.structs.replace


@pytest.mark.parametrize(
    ("row", "head"),
    [(2, HEAD), (-1, HEAD), (1, replaced(HEAD, kind="app")), (1, replaced(HEAD, context=b"other"))],
)
def test_a_body_is_bound_to_row_kind_and_context(row: int, head: Head) -> None:
    sealed = seal_body(KEY, 1, HEAD, b"body")

    assert open_body(KEY, 1, HEAD, sealed) == b"body"
    with pytest.raises(Invalid):
        open_body(KEY, row, head, sealed)


def test_a_head_is_bound_to_its_row_and_is_no_body() -> None:
    sealed = seal_head(KEY, 1, HEAD)

    assert open_head(KEY, 1, sealed) == HEAD
    with pytest.raises(Invalid):
        open_head(KEY, 2, sealed)
    with pytest.raises(Invalid):
        open_body(KEY, 1, HEAD, sealed)


def test_what_opens_but_is_no_head_or_manifest_is_damaged() -> None:
    with pytest.raises(Invalid):
        open_head(KEY, 1, seal(KEY, pad(b"\xc1"), _head_data(1)))
    with pytest.raises(Invalid):
        open_manifest(KEY, seal(KEY, b"\xc1", b"manifest"))


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body[:-1],
        lambda body: body.replace(b'"format":1', b'"format":2'),
        lambda body: body.replace(b'"kind":"text"', b'"kind":"sound"'),
        lambda body: body.replace(b"1970", b"19x0"),
        lambda body: body.replace(b'"purposes"', b'"more":1,"purposes"'),
        lambda body: b"\xff",
    ],
)
def test_bytes_that_are_no_record_are_damaged(change: Callable[[bytes], bytes]) -> None:
    body = canonical(Redacted("text", "p", "P", 5, ("a",), "r", "text"))

    with pytest.raises(Invalid):
        parse(change(body))


TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
PARTS = st.builds(Removed, st.integers(0, 99), st.integers(0, 99), TEXT, st.sampled_from(["machine", "employee"]))


@given(
    st.builds(
        Redacted,
        kind=st.just("text"),
        program_id=TEXT,
        program_name=TEXT,
        time=st.integers(0, 10**10),
        purposes=st.lists(TEXT, max_size=3).map(tuple),
        redactor=TEXT,
        text=TEXT,
        removed=st.lists(PARTS, max_size=3).map(tuple),
    )
)
def test_any_record_is_read_back_from_its_exact_bytes(record: Redacted) -> None:
    body = canonical(record)

    assert parse(body) == record
    assert parse(body).canonical() == body


CLICK = Action("click", button="left", x=3, y=4, width=100, height=50, role="push button")
PART = (Removed(0, 4, "e-mail address"),)


def of_kind(kind: Kind, text: str | None, action: Action | None, removed: tuple[Removed, ...] = ()) -> Redacted:
    return Redacted(kind, "mousepad", "Mousepad", 5, ("train",), "1", text, removed, action)


WHOLE = [
    of_kind("text", "words", None),
    of_kind("title", "[e-m] title", None, PART),
    of_kind("app", None, None),
    of_kind("shortcut", None, Action("chord", "Ctrl+S")),
    of_kind("pointer", "Save", CLICK),
    of_kind("pointer", None, Action("double-click", "Ctrl", "right")),
    of_kind("pointer", None, Action("drag", button="left", x=1, y=2, to_x=30, to_y=40)),
    of_kind("pointer", None, Action("scroll", "Shift", x=1, y=2, steps_y=-3)),
]


@pytest.mark.parametrize("record", WHOLE)
def test_a_record_with_the_parts_of_its_kind_is_read_back(record: Redacted) -> None:
    assert parse(canonical(record)) == record


@pytest.mark.parametrize(
    "record",
    [
        of_kind("text", None, None),
        of_kind("text", "words", CLICK),
        of_kind("title", None, None),
        of_kind("title", "title", Action("chord", "Ctrl+S")),
        of_kind("app", "words", None),
        of_kind("app", None, CLICK),
        of_kind("shortcut", None, None),
        of_kind("shortcut", "S", Action("chord", "Ctrl+S")),
        of_kind("shortcut", None, Action("chord")),
        of_kind("shortcut", None, CLICK),
        of_kind("shortcut", None, Action("chord", "Ctrl+S", x=1, y=1)),
        of_kind("pointer", "Save", None),
        of_kind("pointer", None, Action("chord", "Ctrl+S")),
        of_kind("pointer", None, Action("chord", "Ctrl+S", "left")),
        of_kind("pointer", None, Action("click")),
        of_kind("pointer", None, Action("click", button="left", to_x=1)),
        of_kind("pointer", None, Action("click", button="left", to_y=1)),
        of_kind("pointer", None, Action("scroll")),
        of_kind("pointer", "Save", Action("scroll", steps_y=1)),
        of_kind("pointer", None, Action("scroll", button="left", steps_y=1)),
        of_kind("pointer", None, Action("scroll", to_x=1, steps_x=1)),
        of_kind("pointer", None, Action("scroll", role="push button", steps_x=1)),
    ],
)
def test_a_record_with_parts_of_another_kind_is_refused_and_if_found_damaged(record: Redacted) -> None:
    with pytest.raises(Refused):
        canonical(record)
    with pytest.raises(Invalid):
        parse(record.canonical())


def test_steps_of_what_is_no_scroll_would_be_lost_and_are_refused() -> None:
    with pytest.raises(Refused):
        canonical(of_kind("pointer", None, Action("click", button="left", steps_y=1)))


def test_parts_without_a_text_would_be_lost_and_are_refused() -> None:
    with pytest.raises(Refused):
        canonical(Redacted("app", "p", "P", 60, ("a",), "r", None, (Removed(0, 1, "x"),)))


@given(st.lists(st.integers(1, 2**256 - 1), max_size=8), st.data())
def test_the_sum_does_not_depend_on_order_and_knows_what_is_missing(tags: list[int], data: st.DataObject) -> None:
    manifest = empty(1)
    for tag in data.draw(st.permutations(tags)):
        manifest = manifest.changed(rows=1, tags=tag)
    assert open_manifest(KEY, seal_manifest(KEY, manifest)) == manifest
    assert manifest.covers(sum(tags), len(tags))
    for gone in tags:
        assert not manifest.covers(sum(tags) - gone, len(tags) - 1)
        assert manifest.changed(rows=-1, tags=-gone).covers(sum(tags) - gone, len(tags) - 1)


def test_a_manifest_of_another_key_is_damaged() -> None:
    with pytest.raises(Invalid):
        open_manifest(b"l" * 32, seal_manifest(KEY, Manifest(1, 0, bytes(32), 1)))
