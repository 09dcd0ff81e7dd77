"""Both languages say the same, nobody is pushed, and no sentence is missing."""

import re
from pathlib import Path
from string import Formatter

import pytest

from agent.problems import PROBLEMS
from ui import text
from ui.notice_facts import who_opens

ENGLISH, GERMAN = text.catalogue("en"), text.catalogue("de")
SOURCES = sorted((Path(text.__file__).parent).rglob("*.py"))

# Words that push, flatter or threaten (EDPB Guidelines 03/2022 on deceptive patterns; CCPA regulations § 7004).
BANNED = {
    "en": (
        "just", "simply", "recommended", "miss out", "help your team", "please allow", "thank", "easy", "easily",
        "unfortunately", "are you sure", "improve your experience", "fully anonym", "100 %", "guarantee", "benefit",
    ),
    "de": (
        "einfach nur", "bloß", "empfohlen", "verpassen", "helfen sie", "bitte erlauben", "danke", "leider",
        "sind sie sicher", "vollständig anonym", "garantier", "vorteil", "kinderleicht",
    ),
}  # fmt: skip


def sentences(entry: text.Entry) -> tuple[str, ...]:
    return (entry,) if isinstance(entry, str) else tuple(entry.values())


def braces(entry: text.Entry) -> set[str]:
    return {name for sentence in sentences(entry) for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_keys() -> None:
    german = {key for key in GERMAN.entries if not key.startswith("problem.")}
    assert german == set(ENGLISH.entries)


def test_both_languages_name_the_same_facts() -> None:
    different = {
        key for key in ENGLISH.entries
        if braces(ENGLISH.entries[key]) != braces(GERMAN.entries[key])
        or isinstance(ENGLISH.entries[key], str) != isinstance(GERMAN.entries[key], str)
    }  # fmt: skip
    assert different == set()


def test_every_problem_is_translated_whole() -> None:
    wanted = {f"problem.{code}.{part}" for code in PROBLEMS for part in ("title", "text", "remedy")}
    assert {key for key in GERMAN.entries if key.startswith("problem.")} == wanted


def test_translated_problems_name_the_same_facts() -> None:
    different = [
        f"{code}.{part}"
        for code, row in PROBLEMS.items()
        for part in ("title", "text", "remedy")
        if braces(getattr(row, part)) != braces(GERMAN.entries[f"problem.{code}.{part}"])
    ]
    assert different == []


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_no_sentence_pushes(language: str) -> None:
    found = [
        (key, word)
        for key, entry in text.catalogue(language).entries.items()
        if not key.startswith("example.text")  # what a person typed in the example
        for sentence in sentences(entry)
        for word in BANNED[language]
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", sentence.lower())
    ]
    assert found == []


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_no_exclamation_mark(language: str) -> None:
    entries = text.catalogue(language).entries
    assert [key for key, entry in entries.items() if any("!" in each for each in sentences(entry))] == []


def test_every_sentence_the_source_asks_for_exists() -> None:
    asked = {
        match
        for source in SOURCES
        for match in re.findall(r"""(?<![\w.])t\(\s*"([^"{]+)\"""", source.read_text(encoding="utf-8"))
    } | {
        match
        for source in SOURCES
        for match in re.findall(r"""_key(?:: ClassVar\[str\])? = "([^"{]+)\"""", source.read_text(encoding="utf-8"))
    }
    assert asked - set(ENGLISH.entries) == set()
    assert asked  # the pattern still finds something


def test_plural_is_chosen_by_n() -> None:
    assert ENGLISH.t("facts.waiting", n=1).startswith("1 item waits")
    assert ENGLISH.t("facts.waiting", n=2).startswith("2 items wait")
    assert ENGLISH.t("facts.waiting", n=0).startswith("0 items wait")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        ENGLISH.t("no.such.sentence")


def test_an_unknown_problem_is_still_said() -> None:
    assert ENGLISH.problem("from-the-future").title == PROBLEMS["protocol-invalid"].title


def test_a_fact_that_is_missing_leaves_its_place_empty() -> None:
    assert ENGLISH.problem("clock-moved", {}).text.endswith("by  seconds.")


@pytest.mark.parametrize(
    ("wanted", "preferred", "language"),
    [
        ("de", (), "de"),
        ("de-AT", ("en",), "de"),
        (None, ("de-DE", "en"), "de"),
        (None, ("fr", "de_CH"), "de"),
        (None, ("fr",), "en"),
        ("xx", ("de",), "de"),
        (None, (), "en"),
    ],
)
def test_language_is_the_wish_then_the_system_then_english(
    wanted: str | None, preferred: tuple[str, ...], language: str
) -> None:
    assert text.choose(wanted, preferred) == language


@pytest.mark.parametrize(("language", "both"), [("en", "Both are needed"), ("de", "Nur beide zusammen")])
def test_of_two_who_can_open_it_is_said_that_neither_can_alone(language: str, both: str) -> None:
    text.use(language)
    assert both in who_opens(["Data steward", "Works council"])
    assert both not in who_opens(["Data steward"])
