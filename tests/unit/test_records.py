"""Raw values show their content to nobody; what may be written has exactly one form."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import io
import json
import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from agent.records import (
    Action,
    Admitted,
    Attributed,
    Program,
    Raw,
    RawAction,
    RawCaret,
    RawCommit,
    RawControl,
    RawDataLeak,
    RawField,
    RawFocus,
    RawKey,
    RawOwner,
    RawPage,
    RawPointer,
    RawText,
    RawTitle,
    Redacted,
    Removed,
    Secure,
)

SECRET = "Xq7-planted"
EDITOR = Program("editor", "Editor", frozenset({"Editor", "org.Editor"}))


def make_all() -> list[Raw]:
    """One of each raw type, each holding the secret wherever it can hold text."""
    key = RawKey(7, SECRET, SECRET, frozenset({SECRET}), repeat=False, at=1.0)
    return [
        RawOwner(SECRET, SECRET, SECRET),
        key,
        RawFocus(7, EDITOR, SECRET, 1.0),
        RawField(7, SECRET, Secure.NO, 1.0),
        RawAction("pointer", Action("click"), SECRET, EDITOR, ("p",), 1),
        RawPointer(7, 1, 1, pressed=True, place=(1, 2, 3, 4), modifiers=frozenset({SECRET}), at=1.0),
        RawControl(7, 1, SECRET, SECRET, Secure.NO, 1.0),
        RawTitle(7, SECRET, 1.0),
        RawPage(7, SECRET, Secure.NO, 1.0),
        RawCommit(7, SECRET, SECRET, 1.0),
        RawCaret(7, SECRET, 1, 2, (1, 1), 1.0),
        Attributed(key, 7, EDITOR, SECRET, Secure.NO),
        Admitted(key, 7, EDITOR, SECRET, ("p",)),
        RawText(SECRET, SECRET, EDITOR, ("p",), 1),
    ]


@dataclasses.dataclass
class Holder:
    content: Raw
    several: list[Raw]


def captured_traceback(raw: Raw) -> str:
    def fail(local: Raw) -> None:
        several = {"nested": [local]}
        raise ValueError("something else", several)

    try:
        fail(raw)
    except ValueError as error:
        return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    return ""


def logged(raw: Raw) -> str:
    stream = io.StringIO()
    logger = logging.getLogger("only-here")
    logger.propagate = False
    logger.addHandler(logging.StreamHandler(stream))
    logger.warning("%s %r %s", raw, raw, [raw])
    logger.warning(raw)
    return stream.getvalue()


SHOWN: dict[str, Callable[[Any], object]] = {
    "repr": repr,
    "str": str,
    "format": lambda raw: format(raw, ">99"),
    "f-string": lambda raw: f"{raw} {raw!r} {raw!s} {raw!a} {raw:>40}",
    "percent": lambda raw: "%s %r %a" % (raw, raw, raw),  # noqa: UP031  # the old way is the point
    "nested": lambda raw: repr({"a": [(raw,)], "b": {1: raw}}),
    "exception": lambda raw: repr(ValueError(raw)) + str(ValueError(raw)),
    "json default=str": lambda raw: json.dumps({"x": raw}, default=str),
    "json default=repr": lambda raw: json.dumps([raw], default=repr),
    "logging": logged,
    "traceback with locals": captured_traceback,
    "dataclass repr": lambda raw: repr(Holder(raw, [raw])),
    "dir": lambda raw: repr(getattr(raw, "__dict__", {})),
}

REFUSED: dict[str, Callable[[Any], object]] = {
    **{f"pickle {level}": lambda raw, level=level: pickle.dumps(raw, level) for level in range(6)},
    "pickle in a list": lambda raw: pickle.dumps([raw]),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "deepcopy in a list": lambda raw: copy.deepcopy([raw]),
    "asdict of a container": lambda raw: dataclasses.asdict(Holder(raw, [])),
    "astuple of a container": lambda raw: dataclasses.astuple(Holder(raw, [])),
    "getstate": lambda raw: raw.__getstate__(),
    "reduce": lambda raw: raw.__reduce__(),
}


@pytest.mark.parametrize("raw", make_all(), ids=lambda raw: type(raw).__name__)
@pytest.mark.parametrize("way", SHOWN)
def test_content_is_not_shown(raw: Raw, way: str) -> None:
    assert SECRET not in str(SHOWN[way](raw))


@pytest.mark.parametrize("raw", make_all(), ids=lambda raw: type(raw).__name__)
@pytest.mark.parametrize("way", REFUSED)
def test_content_is_not_given_away(raw: Raw, way: str) -> None:
    with pytest.raises(RawDataLeak) as caught:
        REFUSED[way](raw)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("raw", make_all(), ids=lambda raw: type(raw).__name__)
def test_there_is_no_dict_and_no_dataclass(raw: Raw) -> None:
    assert not hasattr(raw, "__dict__")
    assert not dataclasses.is_dataclass(raw)
    with pytest.raises(TypeError):
        json.dumps(raw)
    with pytest.raises(TypeError):
        vars(raw)


def test_the_list_above_is_complete() -> None:
    here = {kind for kind in Raw.__subclasses__() if kind.__module__.startswith("agent.records")}
    assert {type(raw) for raw in make_all()} == here


def test_a_raw_type_without_slots_cannot_be_defined() -> None:
    with pytest.raises(TypeError, match="__slots__"):
        type("Careless", (Raw,), {})


def test_the_raw_zone_reads_what_was_typed() -> None:
    assert RawKey(1, "a", "a", frozenset({"Shift"}), repeat=False, at=0.0).expose() == ("a", "a", frozenset({"Shift"}))
    assert RawFocus(1, None, "Title", 0.0).expose() == "Title"
    assert RawTitle(1, "Title", 0.0).expose() == "Title"
    assert RawPage(1, "intranet.example", Secure.NO, 0.0).expose() == "intranet.example"
    assert RawCommit(1, "f", "\u6f22\u5b57", 0.0).expose() == "\u6f22\u5b57"
    assert RawControl(1, 1, "push button", "Save", Secure.NO, 0.0).expose() == "Save"
    assert RawPointer(1, 1, 1, pressed=True, place=(1, 2, 3, 4), modifiers=frozenset(), at=0.0).expose() == (1, 2, 3, 4)
    assert RawText("after", "before", EDITOR, ("p",), 1).expose() == ("after", "before")


def test_a_program_is_known_by_all_its_names_in_lower_case() -> None:
    assert EDITOR.known_as() == {"editor", "org.editor"}


TEXT = Redacted(
    kind="text",
    program_id="editor",
    program_name="Éditeur",
    time=1_700_000_000,
    purposes=("p1", "p2"),
    redactor="r1",
    text="pay [card number] \N{EURO SIGN}",
    removed=(Removed(4, 17, "card number"),),
)


def test_the_canonical_bytes_are_these() -> None:
    """RFC 8785: sorted keys, no spaces, UTF-8. Approved hashes and old batches depend on every byte."""
    assert (
        TEXT.canonical()
        == (
            '{"format":1,"kind":"text","program":"editor","program_name":"Éditeur","purposes":["p1","p2"],"redactor":"r1",'
            '"removed":[{"by":"machine","end":17,"kind":"card number","start":4}],"text":"pay [card number] €",'
            '"time":"2023-11-14T22:13:20Z"}'
        ).encode()
    )
    assert TEXT.digest() == hashlib.sha256(TEXT.canonical()).hexdigest()


def test_a_program_in_front_has_no_text_and_no_spans() -> None:
    record = dataclasses.replace(TEXT, kind="app", text=None, removed=())
    assert set(record.content()) == {"format", "kind", "program", "program_name", "time", "purposes", "redactor"}


def test_nothing_in_a_record_tells_rhythm_order_or_cause() -> None:
    assert not {"seq", "sequence", "duration", "reason", "paused", "at"} & set(TEXT.content())


@pytest.mark.parametrize(
    "change",
    [
        {"text": "pay [card number]"},
        {"time": 1_700_000_001},
        {"purposes": ("p1",)},
        {"removed": ()},
        {"redactor": "r2"},
    ],
)
def test_any_change_changes_the_digest(change: dict[str, Any]) -> None:
    assert dataclasses.replace(TEXT, **change).digest() != TEXT.digest()


def test_an_action_says_only_what_is_known() -> None:
    assert Action("click", button="left", x=0, y=5).content() == {"name": "click", "button": "left", "x": 0, "y": 5}
    assert Action("scroll", steps_y=-2).content() == {"name": "scroll", "steps_x": 0, "steps_y": -2}
    assert Action("chord", keys="Ctrl+S").content() == {"name": "chord", "keys": "Ctrl+S"}


def test_an_action_is_part_of_the_exact_bytes() -> None:
    chord = dataclasses.replace(TEXT, kind="shortcut", text=None, removed=(), action=Action("chord", keys="Ctrl+S"))
    assert chord.content()["action"] == {"name": "chord", "keys": "Ctrl+S"}
    assert "text" not in chord.content()
