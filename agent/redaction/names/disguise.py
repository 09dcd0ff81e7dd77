"""Text without what hides a word from a reader of words: zero-width signs, wide and ornamental letters, look-alikes.

Accents and scripts stay: they are part of names. Pure; the common text comes back as it is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ZERO_WIDTH: Final = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_MARKS: Final = "\u0300-\u036f"
#: Full-width forms, letters in circles and of mathematics: compatibility forms of single letters (UAX 15).
_ORNAMENTAL: Final = "\uff01-\uff5e\u24b6-\u24e9\U0001d400-\U0001d7ff"
_ODD: Final = re.compile(f"[{_ZERO_WIDTH}{_MARKS}{_ORNAMENTAL}]")
_DROPPED: Final = re.compile(f"[{_ZERO_WIDTH}]")
_MARK: Final = re.compile(f"[{_MARKS}]")
_OTHER: Final = re.compile("[\u0370-\u052f]")
#: A word with letters of two alphabets, of which one is Latin: nobody writes it so, but it can be made to look right.
_MIXED: Final = re.compile(r"\b(?=\w{0,40}?[A-Za-z])(?=\w{0,40}?[\u0370-\u052f])\w{2,48}\b")
_LOOKALIKES: Final = str.maketrans(
    "АВЕКМНОРСТХУІЅЈаеорсухіѕјԁӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορνι",
    "ABEKMHOPCTXYISJaeopcyxisjdlABEZHIKMNOPTYXaopvi",
)  # fmt: skip


def revealed(text: str) -> tuple[str, list[int] | None]:
    """The text to look for names in, and where each of its code points stands in ``text``; None: at the same place."""
    if text.isascii():
        return text, None
    if _OTHER.search(text):
        text = _MIXED.sub(lambda word: word[0].translate(_LOOKALIKES), text)
    if not _ODD.search(text):
        return text, None
    shown: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(text):
        if _DROPPED.match(char):
            continue
        if _MARK.match(char):
            whole = unicodedata.normalize("NFC", shown[-1] + char) if shown else ""
            if len(whole) == 1:
                shown[-1] = whole
            continue
        plain = unicodedata.normalize("NFKC", char) if _ODD.match(char) else char
        shown.append(plain if len(plain) == 1 else char)
        origin.append(place)
    return "".join(shown), origin
