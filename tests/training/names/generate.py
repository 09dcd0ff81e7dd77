"""Training texts that are made: names in sentences of every language, sentences without any."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from agent.redaction.view import BARRIER
from tests.training.names.carriers import ANY, CARRIERS, NONE, PLACED
from tests.training.names.people import People, inflected

Example = tuple[str, list[tuple[int, int]]]


class Maker:
    """Fills carriers."""

    def __init__(self, people: People, places: dict[str, list[str]], dice: random.Random) -> None:
        self.people, self.places, self.dice = people, places, dice

    def filled(self, language: str, carrier: str) -> Example:
        text, spans = "", []
        for piece in re.split(r"(\{[nflp](?::i)?\})", carrier):
            if not piece.startswith("{") or not piece.endswith("}"):
                text += piece
                continue
            kind = piece[1]
            if kind == "p":
                text += self.dice.choice(self.places[language])
                continue
            value = self.people.full(language) if kind == "n" else self.people.one(language)["fl".index(kind)]
            if piece.endswith(":i}"):
                value = inflected(language, value, self.dice)
            if language in {"da", "sv", "de", "nl", "en"} and self.dice.random() < 0.05 and value[-1] not in "sx.":
                value += "s"
            if self.dice.random() < 0.03:
                text += BARRIER
                continue
            spans.append((len(text), len(text) + len(value)))
            text += value
        return text, spans

    def noisy(self, example: Example, lower: float) -> Example:
        text, spans = example
        dice = self.dice
        chance = dice.random()
        if chance < lower and len(text.lower()) == len(text):
            text = text.lower()
        elif chance < lower + 0.05 and len(text.upper()) == len(text):
            text = text.upper()
        elif chance < lower + 0.09:
            text = text[:1].upper() + text[1:]
        elif chance < lower + 0.12:
            start = [place for span in spans for place in range(*span)]
            cut = [c for c in range(len(text)) if c not in start and text[c] in ".,!?:" and c + 1 not in start]
            for c in reversed(cut):
                text, spans = text[:c] + text[c + 1 :], [(a - (a > c), b - (b > c)) for a, b in spans]
        return text, spans

    def joined(self, parts: list[Example], glue: str) -> Example:
        text, spans = "", []
        for index, (piece, found) in enumerate(parts):
            if index:
                text += glue
            spans += [(a + len(text), b + len(text)) for a, b in found]
            text += piece
        return text, spans

    def generated(self, count: int) -> Iterator[Example]:
        dice = self.dice
        for language, carriers in CARRIERS.items():
            glue = "" if language in {"ja", "zh"} else " "
            most = count * 5 if language == "en" else count
            for _ in range(most):
                part = self.filled(language, dice.choice(ANY) if dice.random() < 0.15 else dice.choice(carriers))
                around = [part]
                if dice.random() < 0.35:
                    more = (dice.choice(NONE[language]), [])
                    around.insert(dice.randint(0, 1), more)
                if dice.random() < 0.12:
                    around.append(self.filled(language, dice.choice(carriers)))
                yield self.noisy(self.joined(around, dice.choice((glue, glue, ". ", "\n", ", ", " - "))), 0.28)
            for _ in range(count * 3 if language == "en" else count):
                around = [(dice.choice(NONE[language]), []) for _ in range(dice.choice((1, 1, 2, 3)))]
                if dice.random() < 0.25:
                    around[dice.randrange(len(around))] = self.filled(language, dice.choice(PLACED[language]))
                if dice.random() < 0.15:
                    around.append((dice.choice(self.places[language]), []))
                yield self.noisy(self.joined(around, dice.choice((glue, ". ", "\n", ", "))), 0.28)
