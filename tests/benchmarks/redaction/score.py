"""How much of what is private was removed, and how much else: one definition for every tool and every set of texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

#: Labels whose removal is neither needed nor a fault.
NEUTRAL = frozenset(
    ("LOCATION", "ORGANIZATION", "NRP", "TITLE", "AGE", "DATE_TIME", "URL", "ZIP", "MISC", "USERNAME", "LICENSE_NO")
)


@dataclass(frozen=True)
class Item:
    """A text with its private parts (start, end, label), in code points; ``source`` tells what sort of text it is."""

    id: str
    text: str
    spans: tuple[tuple[int, int, str], ...]
    source: str


@dataclass(frozen=True)
class Score:
    """Shares of 1. ``whole``: private parts of which no letter or digit is left; ``by_label`` the same per label."""

    whole: float
    items_leaking: float
    harmless_removed: float
    harmless_touched: float
    by_label: Mapping[str, float]
    counts: Mapping[str, int]


def score(items: Sequence[Item], answers: Mapping[str, Iterable[Sequence[int]]]) -> Score:
    """answers: by item's id, what a tool would remove. KeyError: it did not answer for an item."""
    whole: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    leaking = with_parts = harmless = removed_harmless = without_parts = touched = 0
    for item in items:
        removed, wanted, neutral = set(), set(), set()
        for start, end in answers[item.id]:
            removed.update(range(start, end))
        leaks = private = False
        for start, end, label in item.spans:
            part = range(start, end)
            if label in NEUTRAL:
                neutral.update(part)
                continue
            wanted.update(part)
            kept = any(place not in removed for place in part if item.text[place].isalnum())
            if not any(item.text[place].isalnum() for place in part):
                kept = not removed.issuperset(part)
            private, leaks = True, leaks or kept
            whole[label][0] += 1
            whole[label][1] += not kept
        rest = [
            place
            for place, sign in enumerate(item.text)
            if not sign.isspace() and place not in wanted and place not in neutral
        ]
        gone = sum(place in removed for place in rest)
        harmless += len(rest)
        removed_harmless += gone
        if private:
            with_parts += 1
            leaking += leaks
        if not item.spans:
            without_parts += 1
            touched += gone > 0
    return Score(
        whole=sum(good for _, good in whole.values()) / max(1, sum(count for count, _ in whole.values())),
        items_leaking=leaking / max(1, with_parts),
        harmless_removed=removed_harmless / max(1, harmless),
        harmless_touched=touched / max(1, without_parts),
        by_label={label: good / count for label, (count, good) in whole.items()},
        counts={label: count for label, (count, _) in whole.items()},
    )
