"""Keys, tokens and codes of every documented form in every carrier, and their look-alikes; floors that only rise."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from agent.redaction.detectors import Passwords, Secrets
from agent.redaction.view import View
from tests.redaction_cases import secret_carriers as carriers
from tests.redaction_cases import secret_harmless as harmless
from tests.redaction_cases import secret_values as values

#: Share of the values that must be gone whole, and of harmless texts that may be touched. Recall may only rise.
RECALL = 0.99
TOUCHED = 0.01
DETECTORS = (Secrets(), Passwords())


def removed(text: str) -> set[int]:
    """The places of the characters that are taken out."""
    view = View(text)
    return {place for detector in DETECTORS for span in detector.find(view) for place in range(span.start, span.end)}


def survives(text: str, value: str) -> bool:
    start = text.index(value)
    gone = removed(text)
    return any(text[place].isalnum() and place not in gone for place in range(start, start + len(value)))


def put(carrier: str, value: str) -> str:
    return carrier.replace("{{", "{").replace("}}", "}").replace("{}", value)


def formed(rng: random.Random) -> Iterator[tuple[str, str]]:
    for line in values.FORMS:
        value = values.value(rng, line.split(" ", 1)[1])
        yield put(rng.choice(carriers.ANYWHERE), value), value


def named(rng: random.Random) -> Iterator[tuple[str, str]]:
    for frames, lines in ((carriers.NAMED, values.BARE), (carriers.ISSUED, values.ISSUED)):
        for line in lines:
            name, template = line.split(" ", 1)
            value = values.value(rng, template)
            yield rng.choice(frames).replace("{n}", name).replace("{v}", value), value


def code(rng: random.Random) -> str:
    digits = f"{rng.randrange(1000, 10**6)}"
    return (
        digits if len(digits) < 6 else rng.choice((digits, f"{digits[:3]} {digits[3:]}", f"{digits[:3]}-{digits[3:]}"))
    )


def coded(rng: random.Random) -> Iterator[tuple[str, str]]:
    for carrier in carriers.CODES:
        value = code(rng)
        yield put(carrier, value), value


@pytest.mark.parametrize("make", [formed, named, coded])
def test_generated_values_are_gone_whole(make: object) -> None:
    assert callable(make)
    rng = random.Random(f"secrets {make.__name__}")
    cases = [case for _round in range(5) for case in make(rng)]
    kept = [text for text, value in cases if survives(text, value)]
    assert len(cases) >= 200
    assert 1 - len(kept) / len(cases) >= RECALL, kept[:10]


@pytest.mark.parametrize("line", values.FORMS)
def test_every_form_is_known_wherever_it_stands(line: str) -> None:
    value = values.value(random.Random(line), line.split(" ", 1)[1])
    text = f"so {value} it was"
    view = View(text)
    spans = [(span.start, span.end) for span in Secrets().find(view)]
    assert (3, 3 + len(value)) in spans


def test_look_alikes_stay() -> None:
    touched = [text for text in harmless.texts(800, 7) if removed(text)]
    assert len(touched) / 800 <= TOUCHED, touched[:10]
