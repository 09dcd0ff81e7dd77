"""Public English text with silver labels, as it is and with other names in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from agent.redaction.names.words import FIRST, LAST, MARKS_MASK
from agent.redaction.view import BARRIER
from tests.training.names.generate import Example, Maker

#: How a name of prose begins: with a capital, or with an article or particle before one.
BEGINS = re.compile(r"[^\W\d_a-z]|(?:al|el|an|ar|as|ash|ul|bin|ibn|van|von|de|di|da|du)[- ][A-Z]")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A labelled range without the signs and the genitive around the name."""
    while start < end and not text[start].isalpha():
        start += 1
    while end > start and not (text[end - 1].isalnum() or (text[end - 1] == "." and text[end - 2 : end - 1].isupper())):
        end -= 1
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    return start, end


def agreed(item: dict[str, object], table: dict[str, int]) -> list[tuple[int, int]] | None:
    """Where both models see names, or one does with the word table on its side; None: a text that is in doubt."""
    text = str(item["text"])
    sure: list[tuple[int, int]] = []
    ranges = {
        key: [trimmed(text, start, end) for start, end in item[key]]  # type: ignore[attr-defined]
        for key in ("medium", "small")
    }
    others: list[list[int]] = item["others"]  # type: ignore[assignment]
    for key, against in (("medium", "small"), ("small", "medium")):
        for start, end in ranges[key]:
            value = text[start:end]
            words = re.findall(r"[^\W\d_]+", value)
            if not words or not BEGINS.match(value) or len(words) > 5 or re.search(r"[\d@#/_&\n:\[\]{}]", value):
                return None
            marks = [table.get(word.lower(), 0) & MARKS_MASK for word in words]
            listed = any(mark & (FIRST | LAST) and mark & 3 < 3 for mark in marks)
            both = any(low < end and start < high for low, high in ranges[against])
            if key == "medium":
                if not listed and not both and not (len(words) > 1 and all(word[0].isupper() for word in words)):
                    return None
                if not listed and all(mark & 3 > 1 for mark in marks):
                    return None
                sure.append((start, end))
            elif not both and listed and not any(low < end and start < high for low, high in others):
                return None
    covered = [range(start, end) for start, end in [*sure, *others]]
    for match in re.finditer(r"[A-Z][a-z]+", text):
        mark = table.get(match.group().lower(), 0)
        if mark & FIRST and mark & 3 < 2 and not any(match.start() in one for one in covered):
            return None
    return sorted(set(sure))


def silver(path: Path, table: dict[str, int], maker: Maker, share: float) -> Iterator[Example]:
    """Public English text as labelled, then with other names in the same places. Doubtful texts are left out."""
    dice = maker.dice
    for line in path.read_text("utf-8").splitlines():
        if dice.random() > share:
            continue
        item = json.loads(line)
        text = item["text"]
        cleaned = agreed(item, table)
        if cleaned is None or (not cleaned and dice.random() < 0.6):
            continue
        example: Example = (text, cleaned)
        yield maker.noisy(example, 0.22)
        if not cleaned:
            if dice.random() < 0.12:
                yield maker.noisy(letter(example, maker), 0.25)
            if PRONOUNS.search(text):
                for _ in range(2 if item["from"] in {"tweets", "products", "movies"} else 1):
                    yield maker.noisy(named_instead(text, maker), 0.25)
            continue
        for _ in range(3 if item["from"] in {"tweets", "products"} else 2):
            out, found, place = "", [], 0
            for start, end in cleaned:
                value = text[start:end]
                language = dice.choice(
                    ["en"] * 7 + ["de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "tr", "fi", "cs"]
                )
                words = value.split()
                if len(words) > 1:
                    new = maker.people.full(language)
                else:
                    given, family = maker.people.one(language)
                    new = family if table.get(words[0].lower(), 0) & (FIRST | LAST) == LAST else given
                out += text[place:start]
                if dice.random() < 0.05:
                    out += BARRIER
                else:
                    found.append((len(out), len(out) + len(new)))
                    out += new
                place = end
            yield maker.noisy((out + text[place:], found), 0.30)


GREETINGS = "{f},|Hi {f},|Dear {f},|{f} -|{f}:|Hello {n},|Hi all,|Team,|Hey {f}!|Dr. {l},|Ms. {l}:|{f} and {f},".split(
    "|"
)
ENDINGS = "Thanks,\n{f}|{f}|Best,\n{n}|-{f}|Regards,\n\n{n}\nManager|{n}\n{p}|Thanks again|Love, {f}|cc: {n}|P.S. {f} says hi".split(
    "|"
)


def letter(example: Example, maker: Maker) -> Example:
    """The text between a greeting and an ending, or with one of them."""
    parts, dice = [example], maker.dice
    if dice.random() < 0.8:
        parts.insert(0, maker.filled("en", dice.choice(GREETINGS)))
    if dice.random() < 0.7:
        parts.append(maker.filled("en", dice.choice(ENDINGS)))
    return maker.joined(parts, dice.choice(("\n\n", "\n", " ")))


PRONOUNS = re.compile(
    r"\b(?:He|She|he|she|him)\b(?!['’])"
    r"|(?<=\bwith )(?:me|you|them|us)\b|(?<=\b(?:from|tell|told|like|Like|help) )(?:me|you|them|us)\b"
    r"|(?<=\b(?:for|and) )(?:me|them|us)\b|(?<=\b(?:asked|thank|Thank) )(?:me|you|them)\b"
)


def named_instead(text: str, maker: Maker) -> Example:
    """Names where a sentence says he or she."""
    dice = maker.dice
    out, found, place = "", [], 0
    for match in PRONOUNS.finditer(text):
        if dice.random() < 0.35:
            continue
        chance = dice.random()
        given, family = maker.people.one("en")
        new = (
            given
            if chance < 0.5
            else maker.people.full("en")
            if chance < 0.75
            else family
            if chance < 0.92
            else f"{dice.choice(('Mr.', 'Dr.', 'Mrs.', 'Ms.', 'Mr'))} {family}"
        )
        out += text[place : match.start()]
        if "." in new[:4] or new.startswith("Mr "):
            out += new[: new.index(" ") + 1]
            new = new[new.index(" ") + 1 :]
        found.append((len(out), len(out) + len(new)))
        out += new
        place = match.end()
    return out + text[place:], found
