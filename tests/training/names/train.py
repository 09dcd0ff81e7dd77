"""Trains the names model: ``python -m tests.training.names.train SOURCES MODEL``. The same sources give the same bytes."""

from __future__ import annotations

import random
import struct
import sys
import tempfile
import zlib
from array import array
from pathlib import Path

import pycrfsuite

from agent.redaction.names.model import HEADER, MAGIC, ROW, print_of
from agent.redaction.names.tokens import Tokens, described, features_of
from agent.redaction.names.words import CLASSES, MARKS, MARKS_MASK, offsets
from tests.training.names.generate import Example, Maker
from tests.training.names.groups import groups
from tests.training.names.harmless import about_tools, code_lines, greetings, machine_lines, surfaces
from tests.training.names.known_people import NEVER
from tests.training.names.people import People
from tests.training.names.real import silver
from tests.training.names.tables import lexicon

WORD_BITS = 21
SETTINGS = {"c1": 0.25, "c2": 0.02, "max_iterations": 60, "feature.minfreq": 3, "feature.possible_transitions": True}


class Describer:
    """Features of tokens as the decoder sees them; with ``blind``, as if the word table did not hold the word."""

    def __init__(self, table: dict[str, int]) -> None:
        self.table = table
        self.kept: dict[tuple[str, int], tuple[int, list[list[str]]]] = {}

    def get(self, key: str, blind: int) -> tuple[int, list[list[str]]]:
        """blind: 1 without the table, 2 without the word itself."""
        made = self.kept.get((key, blind))
        if made is None:
            known = (lambda word: 0) if blind & 1 else (lambda word: self.table.get(word, 0))
            _may, kind, marks = described(known, key)
            features = features_of(key, marks)
            low = key.lower()
            if blind & 2:
                features = [f for f in features if not f.endswith(low)]
            made = kind, [[f"{place}{f}" for f in features if place in offsets(f)] for place in range(-2, 3)]
            self.kept[key, blind] = made
        return made


def sequence(example: Example, describer: Describer, dice: random.Random) -> tuple[list[list[str]], list[str]]:
    text, spans = example
    tokens = Tokens(text)
    tags = []
    for index in range(len(tokens.keys)):
        start, end, tag = tokens.start(index), tokens.end(index), "O"
        for low, high in spans:
            if start < high and end > low:
                tag = "B" if start <= low else "I"
        tags.append(tag)
    entries = []
    blind = 0
    for key, tag in zip(tokens.keys, tags, strict=True):
        if tag == "B":
            blind = (1 if dice.random() < 0.22 else 0) + (2 if dice.random() < 0.4 else 0)
        if (
            tag == "O"
            and len(key) > 3
            and dice.random() < 0.05
            and describer.table.get(key.lower(), 0) & MARKS_MASK < 3
        ):
            entries.append(describer.get(key, 3))
        else:
            entries.append(describer.get(key, blind if tag != "O" else 0))
    rows = []
    size = len(entries)
    for index in range(size):
        row: list[str] = []
        for place in range(-2, 3):
            if 0 <= index + place < size:
                row += entries[index + place][1][place + 2]
        before = entries[index - 1][0] if index else 0
        after = entries[index + 1][0] if index + 1 < size else 0
        here = entries[index][0]
        row += [
            f"P{before * CLASSES + here}",
            f"N{here * CLASSES + after}",
            f"T{(before * CLASSES + here) * CLASSES + after}",
        ]
        rows.append(row)
    return rows, tags


def packed(table: dict[str, int], weights: dict[tuple[str, str], float], moves: dict[tuple[str, str], float]) -> bytes:
    names: dict[str, dict[str, float]] = {}
    for (feature, tag), weight in weights.items():
        names.setdefault(feature, {})[tag] = weight
    pairs = {f: (w.get("B", 0.0) - w.get("O", 0.0), w.get("I", 0.0) - w.get("O", 0.0)) for f, w in names.items()}
    step = max(max(map(abs, pair)) for pair in pairs.values()) / 127
    step = min(step, 7.0 / 127)
    small = {f: tuple(max(-127, min(127, round(v / step))) for v in pair) for f, pair in pairs.items()}
    small = {f: pair for f, pair in small.items() if any(pair)}
    before, after = bytearray(2 * CLASSES * CLASSES), bytearray(2 * CLASSES * CLASSES)
    triples, rows = {}, {}
    for feature, pair in sorted(small.items()):
        kind = feature[0]
        if kind in "PN":
            struct.pack_into("<2b", before if kind == "P" else after, 2 * int(feature[1:]), *pair)
        elif kind == "T":
            triples[int(feature[1:])] = pair
        else:
            place = int(feature[:2]) if kind == "-" else int(kind)
            rows.setdefault(feature[2 if kind == "-" else 1 :], [0] * 10)[(place + 2) * 2 : (place + 2) * 2 + 2] = pair
    print("rows", len(rows), "triples", len(triples), "words", len(table), "step", step)
    prints, groups = array("H", bytes(2 << WORD_BITS)), array("H", bytes(2 << WORD_BITS))
    flags = bytearray(1 << WORD_BITS)
    for word, value in sorted(table.items()):
        code = zlib.crc32(word.encode())
        slot = code & ((1 << WORD_BITS) - 1)
        while prints[slot] and prints[slot] != print_of(code):
            slot = (slot + 1) & ((1 << WORD_BITS) - 1)
        prints[slot] = print_of(code)
        flags[slot] |= value & MARKS_MASK
        groups[slot] = groups[slot] or value >> MARKS
    hashed = {zlib.crc32(feature.encode("utf-8", "replace")): row for feature, row in sorted(rows.items())}
    keys, block = array("I", sorted(hashed)), b"".join(ROW.pack(*hashed[key]) for key in sorted(hashed))
    order = [moves.get((a, b), 0.0) if (a, b) != ("O", "I") else -1e6 for a in "OBI" for b in "OBI"]
    parts = [
        MAGIC,
        HEADER.pack(WORD_BITS, len(keys), len(triples), *order, step),
        prints.tobytes(),
        bytes(flags),
        groups.tobytes(),
        keys.tobytes(),
        block,
        bytes(before),
        bytes(after),
    ]
    numbers = sorted(triples)
    parts += [array("I", numbers).tobytes(), b"".join(struct.pack("<2b", *triples[n]) for n in numbers)]
    return zlib.compress(b"".join(parts), 9)


def pruned(table: dict[str, int]) -> dict[str, int]:
    """At most seven eighths of the slots; rare words without a mark go first, the longest of them foremost."""
    most = (1 << WORD_BITS) * 7 // 8
    order = sorted(table, key=lambda word: (table[word] in {0, 1}, len(word) > 3, len(word), word))
    return {word: table[word] for word in order[:most]}


def main() -> None:
    root, out = Path(sys.argv[1]), Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 1500
    share = float(sys.argv[4]) if len(sys.argv) > 4 else 0.8
    dice = random.Random(20261127)
    table, listed, places = lexicon(root)
    for word, group in groups().items():
        table[word] = table.get(word, 0) | group << MARKS
    table = pruned(table)
    maker = Maker(People(listed, dice), places, dice)
    describer = Describer(table)
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(SETTINGS)
    size = 0
    examples = [
        *maker.generated(count),
        *silver(root / "silver.jsonl", table, maker, share),
        *code_lines(6000, dice),
        *machine_lines(9000, maker),
        *about_tools(5000, dice),
        *greetings(2500, dice),
        *(maker.noisy(example, 0.15) for example in surfaces(root, dice, 1500)),
    ]
    print(len(examples), "texts", flush=True)
    for example in examples:
        rows, tags = sequence(example, describer, dice)
        if rows:
            trainer.append(rows, tags)
            size += len(rows)
    print(size, "tokens", flush=True)
    with tempfile.NamedTemporaryFile() as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        info = tagger.info()
    table.update(dict.fromkeys(NEVER, 3))
    out.write_bytes(packed(table, info.state_features, info.transitions))
    print(out.stat().st_size, "bytes", info.transitions)


if __name__ == "__main__":
    main()
