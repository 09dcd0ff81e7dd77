"""What hands, keyboards and screens do to a value: digits of other scripts, invisible marks, slips of typing."""

# lists of forms and sentences in many scripts

# lists of forms and sentences in many scripts

from __future__ import annotations

import random
from collections.abc import Callable

_SCRIPTS = (0xFF10, 0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0x1D7D8)
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202c\u2066\u2069"


def other_digits(rng: random.Random, value: str) -> str:
    """Full-width, Arabic-Indic, Persian, Devanagari, Bengali, Thai or mathematical digits."""
    zero = rng.choice(_SCRIPTS)
    return "".join(chr(zero + int(char)) if char in "0123456789" else char for char in value)


def wide(rng: random.Random, value: str) -> str:
    """Everything of ASCII in full width."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in value)


def invisible(rng: random.Random, value: str) -> str:
    """Zero-width and bidirectional marks inside."""
    for _ in range(rng.randint(1, 4)):
        place = rng.randint(1, len(value) - 1)
        value = value[:place] + rng.choice(_INVISIBLE) + value[place:]
    return value


def blank(rng: random.Random, value: str) -> str:
    """A blank slipped in between two digits."""
    places = [place for place in range(1, len(value)) if value[place - 1 : place + 1].isdigit()]
    if not places:
        return value
    place = rng.choice(places)
    return value[:place] + " " + value[place:]


def swapped(rng: random.Random, value: str) -> str:
    """Two digits beside each other swapped."""
    places = [place for place in range(1, len(value)) if value[place - 1 : place + 1].isdigit()]
    if not places:
        return value
    place = rng.choice(places)
    return value[: place - 1] + value[place] + value[place - 1] + value[place + 1 :]


def doubled(rng: random.Random, value: str) -> str:
    """A digit typed twice."""
    places = [place for place, char in enumerate(value) if char.isdigit()]
    if not places:
        return value
    place = rng.choice(places)
    return value[:place] + value[place] + value[place:]


def lookalike(rng: random.Random, value: str) -> str:
    """O for 0 and l for 1, once."""
    places = [place for place, char in enumerate(value) if char in "01" and place > 0]
    if not places:
        return value
    place = rng.choice(places)
    return value[:place] + {"0": "O", "1": "l"}[value[place]] + value[place + 1 :]


def lone_surrogate(rng: random.Random, text: str) -> str:
    """Half of a character, as broken programs hand over, somewhere in the text."""
    place = rng.randint(0, len(text))
    return text[:place] + "\ud83d" + text[place:]


#: Changes of form that leave the value itself as it is.
DISGUISES: tuple[Callable[[random.Random, str], str], ...] = (other_digits, wide, invisible)
#: Slips that change the value.
SLIPS: tuple[Callable[[random.Random, str], str], ...] = (blank, swapped, doubled, lookalike)
