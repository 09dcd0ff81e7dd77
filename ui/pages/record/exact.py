"""Where the removed parts of a text stand in its exact bytes. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from agent.protocol import Part
from ui.components.chips import units

_KEY = '"text":"'


def places(exact: str, text: str, parts: Sequence[Part]) -> list[tuple[int, int, Part]]:
    """(start, end, part) in UTF-16 units of ``exact``. A part that is not found exactly there is left out."""
    whole = json.dumps(text, ensure_ascii=False)
    start = exact.find(_KEY[:-1] + whole)
    if start < 0:
        return []
    start += len(_KEY)
    found = []
    for part in parts:
        at = start + len(json.dumps(text[: part.start], ensure_ascii=False)) - 2
        words = json.dumps(text[part.start : part.end], ensure_ascii=False)[1:-1]
        if exact[at : at + len(words)] == words:
            found.append((units(exact[:at]), units(exact[: at + len(words)]), part))
    return found
