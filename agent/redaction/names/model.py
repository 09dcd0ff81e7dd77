"""The trained tables as one block of bytes: word table, feature weights, class pairs and triples, transitions."""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from agent.redaction.names.words import CLASSES, MARKS

MAGIC: Final = b"names 3\n"
#: Bits of the word table, number of features, number of triples, transitions, weight of one step.
HEADER: Final = struct.Struct("<III9ff")
#: What one feature says: two numbers (starts a name, goes on with one) at each of five places.
ROW: Final = struct.Struct("<10b")


@dataclass(frozen=True, slots=True)
class Model:
    """Tables; that of words with open addressing. Immutable; about 20 MB."""

    word_bits: int
    transitions: tuple[float, ...]
    step: float
    prints: array[int]
    flags: bytes
    groups: array[int]
    rows: dict[int, tuple[int, ...]]
    before: tuple[tuple[int, int], ...]
    after: tuple[tuple[int, int], ...]
    triples: dict[int, tuple[int, int]]

    def known(self, word: str) -> int:
        """What the word table says of a lower-case word: commonness, marks and group; 0 for one it does not hold."""
        code = zlib.crc32(word.encode("utf-8", "replace"))
        mask = (1 << self.word_bits) - 1
        slot, mark = code & mask, print_of(code)
        prints = self.prints
        while (there := prints[slot]) != mark:
            if not there:
                return 0
            slot = (slot + 1) & mask
        return self.flags[slot] | self.groups[slot] << MARKS

    def rows_of(self, features: Iterable[str]) -> list[tuple[int, ...]]:
        """The ten weights, in steps, of each of the features that has any."""
        row, crc32 = self.rows.get, zlib.crc32
        return [found for feature in features if (found := row(crc32(feature.encode("utf-8", "replace"))))]


def print_of(code: int) -> int:
    """Sixteen bits of a word's hash that tell it from others at the same slot; never 0."""
    return (code >> 16) or 1


def _pairs(block: memoryview) -> tuple[tuple[int, int], ...]:
    numbers = struct.unpack(f"<{len(block)}b", block)
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def read(packed: bytes) -> Model:
    """The model in ``packed``. ValueError: it is not one."""
    try:
        block = memoryview(zlib.decompress(packed))  # parts of it are taken without copies
    except zlib.error:
        raise ValueError("not a model of names") from None
    if bytes(block[: len(MAGIC)]) != MAGIC:
        raise ValueError("not a model of names")
    word_bits, features, triples, *numbers = HEADER.unpack_from(block, len(MAGIC))
    place = len(MAGIC) + HEADER.size

    def take(size: int) -> memoryview:
        nonlocal place
        place += size
        if place > len(block):
            raise ValueError("a model of names that ends early")
        return block[place - size : place]

    prints, groups, keys, triple_keys = array("H"), array("H"), array("I"), array("I")
    prints.frombytes(take(2 << word_bits))
    flags = bytes(take(1 << word_bits))
    groups.frombytes(take(2 << word_bits))
    keys.frombytes(take(4 * features))
    rows = dict(zip(keys, ROW.iter_unpack(take(ROW.size * features)), strict=True))
    before, after = _pairs(take(2 * CLASSES * CLASSES)), _pairs(take(2 * CLASSES * CLASSES))
    triple_keys.frombytes(take(4 * triples))
    weights = dict(zip(triple_keys, _pairs(take(2 * triples)), strict=True))
    moves, step = tuple(numbers[:9]), numbers[9]
    return Model(word_bits, moves, step, prints, flags, groups, rows, before, after, weights)


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model that comes with the product: part of the program like its code, read once."""
    return read(files("agent.redaction.names").joinpath("names.bin").read_bytes())
