"""Ways in which bytes and JSON go wrong on disks, wires and in the hands of people: seeded, so that failures repeat."""

from __future__ import annotations

import json
import random
from typing import Any

_ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**70, 1e308, -0.0, 0.5, "", " ", "\x00", "\ud800", "a" * 5000, "٣",
    "../x", [], [[]], {}, {"": None}, [None], {"a": {"a": {"a": {}}}},
)  # fmt: skip


def mutated_bytes(data: bytes, rng: random.Random) -> bytes:
    """One or a few changes of bytes: flipped, cut, doubled, moved, emptied, put in, of another encoding."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 5))):
        at = rng.randrange(len(changed) + 1) if changed else 0
        match rng.randrange(9):
            case 0 if changed:
                changed[at % len(changed)] ^= 1 << rng.randrange(8)
            case 1:
                del changed[at:]
            case 2:
                del changed[at : at + rng.choice((1, 2, 16, 200))]
            case 3:
                changed[at:at] = rng.randbytes(rng.choice((1, 4, 64)))
            case 4:
                changed[at:at] = changed[at : at + rng.choice((1, 8, 100))]
            case 5:
                size = min(rng.choice((1, 16, 4096)), len(changed) - at)
                changed[at : at + size] = bytes(size)
            case 6:
                changed[:0] = rng.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b"\n", b"[", b"{"))
            case 7:
                changed += rng.choice((b"\x00", b"{}", b"]", b"\n\n", changed[: rng.randrange(64)]))
            case 8:
                return bytes(changed).decode("latin-1").encode(rng.choice(("utf-16", "utf-8", "utf-7")))
    return bytes(changed)


def mutated_json(value: Any, rng: random.Random) -> bytes:
    """One change of structure: another type, a key more, fewer, twice or misspelt, nested without end."""
    copy = json.loads(json.dumps(value))
    place = _anywhere(copy, rng)
    if place is None:
        return json.dumps(rng.choice(_ODD)).encode("utf-8", "surrogatepass")
    holder, key = place
    match rng.randrange(7):
        case 0 | 1:
            holder[key] = rng.choice(_ODD)
        case 2 if isinstance(holder, dict):
            del holder[key]
        case 3 if isinstance(holder, dict):
            holder[str(key) + rng.choice(("s", " ", "_", "\u200b"))] = holder.pop(key)
        case 4:
            nested: Any = holder[key]
            for _ in range(rng.choice((3, 200))):
                nested = [nested]
            holder[key] = nested
        case 5 if isinstance(holder, dict):
            text = json.dumps(copy)
            twice = json.dumps({str(key): holder[key]})[1:-1]
            return text.replace(twice, f"{twice}, {twice}", 1).encode()
        case _:
            if isinstance(holder[key], str):
                holder[key] = holder[key] + rng.choice(("x", "\u202e", "=", "\n"))
            elif isinstance(holder[key], list):
                holder[key] = holder[key] * 2 + [rng.choice(_ODD)]
            else:
                holder[key] = {"value": holder[key]}
    return json.dumps(copy).encode("utf-8", "surrogatepass")


def _anywhere(value: Any, rng: random.Random) -> tuple[Any, Any] | None:
    places = []
    stack = [value]
    while stack:
        holder = stack.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
        for key in keys:
            places.append((holder, key))
            stack.append(holder[key])
    return rng.choice(places) if places else None
