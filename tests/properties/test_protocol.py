"""The wire between window and engine: what arrives is a message or a ProtocolError, and messages come back equal."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent import protocol
from agent.protocol import Command, Message, ProtocolError, Report, decode_command, decode_report, encode

COMMANDS: tuple[type[Command], ...] = get_args(protocol.AnyCommand)
REPORTS: tuple[type[Report], ...] = get_args(protocol.AnyReport)
MUTATIONS = 2_000


def plain(kind: Any, depth: int = 0) -> st.SearchStrategy[Any]:
    """Values of a field's type, as msgspec describes it."""
    match kind:
        case msgspec.inspect.IntType():
            return st.integers(-(2**62), 2**62)
        case msgspec.inspect.StrType():
            return st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
        case msgspec.inspect.BoolType():
            return st.booleans()
        case msgspec.inspect.FloatType():
            return st.floats(allow_nan=False, allow_infinity=False)
        case msgspec.inspect.NoneType():
            return st.none()
        case msgspec.inspect.LiteralType(values=values):
            return st.sampled_from(values)
        case msgspec.inspect.UnionType(types=types):
            return st.one_of([plain(one, depth) for one in types])
        case msgspec.inspect.VarTupleType(item_type=item):
            return st.lists(plain(item, depth + 1), max_size=3).map(tuple)
        case msgspec.inspect.TupleType(item_types=items):
            return st.tuples(*(plain(item, depth + 1) for item in items))
        case msgspec.inspect.DictType(key_type=key, value_type=value):
            return st.dictionaries(plain(key, depth + 1), plain(value, depth + 1), max_size=3)
        case msgspec.inspect.StructType(cls=cls):
            return messages(cls)
    raise AssertionError(f"a kind of field this test does not know: {kind}")


def messages(cls: type[Any]) -> st.SearchStrategy[Any]:
    described = msgspec.inspect.type_info(cls)
    assert isinstance(described, msgspec.inspect.StructType)
    return st.builds(cls, **{field.name: plain(field.type) for field in described.fields})


ALL = [*((decode_command, kind) for kind in COMMANDS), *((decode_report, kind) for kind in REPORTS)]


@pytest.mark.parametrize(("decode", "kind"), ALL, ids=[kind.__name__ for _, kind in ALL])
def test_every_message_comes_back_equal(decode: Callable[[bytes], Message], kind: type[Message]) -> None:
    @settings(max_examples=25)
    @given(messages(kind))
    def check(message: Message) -> None:
        line = encode(message)
        assert line.endswith(b"\n")
        assert line.count(b"\n") == 1
        back = decode(line)
        assert back == message
        assert type(back) is type(message)

    check()


def test_every_message_class_can_be_read() -> None:
    """A message that is missing in its union would be refused by the other side."""

    def leaves(kind: type[Message]) -> set[type[Message]]:
        below = kind.__subclasses__()
        return set().union(*(leaves(one) for one in below)) if below else {kind}

    assert leaves(Command) == set(COMMANDS)
    assert leaves(Report) == set(REPORTS)


def examples() -> list[bytes]:
    """One line per message class, as small and as big as its first example is."""
    found = []
    for _, kind in ALL:
        described = msgspec.inspect.type_info(kind)
        assert isinstance(described, msgspec.inspect.StructType)
        found.append(encode(kind(**{field.name: smallest(field.type) for field in described.fields})))
    return found


def smallest(kind: Any) -> Any:
    match kind:
        case msgspec.inspect.IntType():
            return 7
        case msgspec.inspect.StrType():
            return "Grüße"
        case msgspec.inspect.BoolType():
            return True
        case msgspec.inspect.NoneType():
            return None
        case msgspec.inspect.LiteralType(values=values):
            return values[0]
        case msgspec.inspect.UnionType(types=types):
            return smallest(types[0])
        case msgspec.inspect.VarTupleType(item_type=item):
            return (smallest(item), smallest(item))
        case msgspec.inspect.TupleType(item_types=items):
            return tuple(smallest(item) for item in items)
        case msgspec.inspect.DictType(key_type=key, value_type=value):
            return {smallest(key): smallest(value)}
        case msgspec.inspect.StructType(cls=cls, fields=fields):
            return cls(**{field.name: smallest(field.type) for field in fields})
    raise AssertionError(kind)


WRONG: tuple[Any, ...] = (None, True, -1, 1.5, "", "x", [], {}, [1], {"a": 1}, 2**80, "\0", "\ud83d\ude00")


def mutate(line: bytes, rng: random.Random) -> bytes:
    """One to three changes: bytes flipped, cut, doubled or inserted; or fields renamed, dropped, added, retyped."""
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(line) + 1)
        match rng.randrange(8):
            case 0:
                line = line[:place] + bytes([rng.randrange(256)]) + line[place + 1 :]
            case 1:
                line = line[:place]
            case 2:
                line = line[:place] + line[rng.randrange(len(line) + 1) :]
            case 3:
                line = line[:place] + bytes(rng.randrange(256) for _ in range(rng.randint(1, 8))) + line[place:]
            case 4:
                line = line[:place] + line
            case _:
                line = mutate_fields(line, rng)
    return line


def mutate_fields(line: bytes, rng: random.Random) -> bytes:
    try:
        body = json.loads(line)
    except (ValueError, RecursionError):
        return line
    if not isinstance(body, dict) or not body:
        return line
    name = rng.choice(sorted(body))
    match rng.randrange(5):
        case 0:
            del body[name]
        case 1:
            body[name + "_"] = body.pop(name)
        case 2:
            body["extra"] = 1
        case 3:
            body[name] = [body[name]]
        case _:
            body[name] = rng.choice(WRONG)
    return json.dumps(body).encode()


@pytest.mark.parametrize("decode", [decode_command, decode_report])
def test_a_damaged_line_is_an_error_or_a_message_like_any_other(decode: Callable[[bytes], Message]) -> None:
    rng = random.Random(20_26)
    lines = examples()
    refused = 0
    for number in range(MUTATIONS):
        line = mutate(rng.choice(lines), rng)
        error = None
        try:
            message = decode(line)
        except ProtocolError as caught:
            error = caught
        if error is None:
            assert decode(encode(message)) == message, number
        else:
            refused += 1
            assert error.__suppress_context__ or error.__context__ is None
            assert "Grüße" not in str(error)
    assert refused > MUTATIONS / 2


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_are_an_error_or_a_message(line: bytes) -> None:
    for decode in (decode_command, decode_report):
        try:
            decode(line)
        except ProtocolError:
            continue


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"null",
        b"[]",
        b"{}",
        b'{"type":"Nothing","id":1}',
        b'{"type":"Refuse","id":1}',
        b'{"type":"Refuse","id":1,"notice":"x","more":1}',
        b'{"type":"Refuse","id":"1","notice":"x"}',
        b'{"type":"Refuse","id":1,"notice":null}',
        b'{"type":"Snapshot","seq":1,"at":1,"state":"off","consent":"given"}',
        b'{"type":"Refuse","id":1,"notice":"\xff"}',
        b"[" * 100_000,
        b'{"x":' + b"[" * 100_000,  # more than the reader's stack holds
    ],
)
def test_what_is_not_a_command_is_refused(line: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode_command(line)


def test_a_line_that_is_too_long_is_refused_before_it_is_read() -> None:
    line = encode(protocol.SetOwnWords(id=1, words=("x" * protocol.MAX_LINE,)))
    with pytest.raises(ProtocolError, match="bytes"):
        decode_command(line)
    with pytest.raises(ProtocolError, match="bytes"):
        decode_report(line)


def test_a_command_is_no_report_and_the_other_way_round() -> None:
    with pytest.raises(ProtocolError):
        decode_report(encode(protocol.Quit(id=1)))
    with pytest.raises(ProtocolError):
        decode_command(encode(protocol.Done(re=1)))
