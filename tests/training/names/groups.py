"""Groups of words of like use: the Brown clusters of English, German and Spanish that spacy-lookups-data brings."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import spacy_lookups_data

#: Their numbers stand above the bits of the group.
LANGUAGES = ("en", "de", "es")
BITS = 14
#: Logarithm of the chance under which a word's group is mostly noise.
RAREST = -16.0


def groups() -> dict[str, int]:
    """Lower-case word -> group, of the language and the case in which it is met most.

    Alike in the low bits: alike in use.
    """
    table = Path(spacy_lookups_data.__file__).parent / "data"
    found: dict[str, int] = {}
    best: dict[str, float] = {}
    for number, code in enumerate(LANGUAGES):
        chance = json.loads(gzip.decompress((table / f"{code}_lexeme_prob.json.gz").read_bytes()))
        for word, group in json.loads(gzip.decompress((table / f"{code}_lexeme_cluster.json.gz").read_bytes())).items():
            here = chance.get(word, -99.0)
            if not group or group >> BITS or here < RAREST or not word.isalpha() or not 2 <= len(word) <= 16:
                continue
            low = word.lower()
            if here > best.get(low, -99.0):
                best[low], found[low] = here, group | number << BITS
    return found
