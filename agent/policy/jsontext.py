"""From bytes to plain JSON values, strictly: one object, whole numbers, no key twice, bounded size and depth. Pure."""

from __future__ import annotations

import json
from typing import Final, NoReturn

from agent.policy.mistakes import Mistake, shown

MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 12
_MAX_DIGITS: Final = 15


class _Stop(ValueError):
    pass


def decode(data: bytes) -> tuple[dict[str, object], list[Mistake]]:
    """The object and what is wrong with it; an empty object where nothing can be read."""
    if len(data) > MAX_BYTES:
        return {}, [Mistake("file", f"it has more than {MAX_BYTES} bytes", "A policy is a few thousand bytes long.")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return {}, [Mistake("file", f"byte {error.start} is not UTF-8", "Save it as UTF-8.")]
    if _depth(text) > MAX_DEPTH:
        return {}, [Mistake("file", "it is nested too deeply", f"A policy has at most {MAX_DEPTH} levels.")]
    return _load(text)


def _load(text: str) -> tuple[dict[str, object], list[Mistake]]:
    mistakes: list[Mistake] = []

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, value in items:
            if name in found:
                mistakes.append(Mistake("file", f'"{shown(name)}" stands twice', "Keep one of them."))
            found[name] = value
        return found

    try:
        value = json.loads(
            text, object_pairs_hook=pairs, parse_constant=_constant, parse_float=_fraction, parse_int=_integer
        )
    except json.JSONDecodeError as error:
        what = f"it is not JSON: line {error.lineno}, column {error.colno}"
        return {}, [Mistake("file", what, "Correct it there.")]
    except _Stop as error:
        return {}, [Mistake("file", str(error), "Policies have whole numbers of at most 15 digits.")]
    if not isinstance(value, dict):
        return {}, [Mistake("file", "it is not a JSON object", "It begins with { and ends with }.")]
    return value, mistakes


def _constant(name: str) -> NoReturn:
    raise _Stop(f"{name} is not a number")


def _fraction(text: str) -> NoReturn:
    raise _Stop(f"{shown(text)} is not a whole number")


def _integer(text: str) -> int:
    if len(text.lstrip("-")) > _MAX_DIGITS:
        raise _Stop("a number has too many digits")
    return int(text)


def _depth(text: str) -> int:
    """Deepest nesting of brackets outside strings. Counted before parsing, because parsers recurse."""
    deepest = depth = 0
    inside = escaped = False
    for character in text:
        if inside:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                inside = False
        elif character == '"':
            inside = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest
