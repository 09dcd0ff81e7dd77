"""Word tables from permissively licensed packages: given names, surnames, places, and how common a word is."""

from __future__ import annotations

import csv
import gzip
import importlib
import json
import math
import pkgutil
import re
import unicodedata
from pathlib import Path

import babel
import faker.providers.person as persons
import names
import spacy_lookups_data
from babel import Locale

from agent.redaction.names.words import FIRST, LAST, PLACE
from tests.training.names.known_people import FULL

LANGUAGES = {
    "en": "eng", "de": "deu", "fr": "fra", "es": "spa", "it": "ita", "nl": "nld", "pt": "por", "pl": "pol",
    "sv": "swe", "da": "dan", "fi": "fin", "cs": "ces", "tr": "tur", "ru": "rus",
}  # fmt: skip
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def plain(word: str) -> str:
    """Without accents, for people who type without them."""
    return (
        "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
        .replace("ł", "l")
        .replace("ø", "o")
        .replace("ı", "i")
        .replace("ß", "ss")
    )


def faker_names() -> dict[str, tuple[list[str], list[str]]]:
    """Locale -> (given names, surnames), as the provider lists them."""
    found = {}
    for info in sorted(pkgutil.iter_modules(persons.__path__), key=lambda one: one.name):
        if not info.ispkg:
            continue
        provider = importlib.import_module(f"faker.providers.person.{info.name}").Provider
        first: set[str] = set()
        last: set[str] = set()
        for name in dir(provider):
            value = getattr(provider, name)
            if isinstance(value, (list, tuple, dict)) and name.startswith(
                ("first_names", "last_names", "first_romanized", "last_romanized", "surnames")
            ):
                for item in value:
                    if info.name == "zh_CN" and isinstance(value, dict) and value[item] < 0.02:
                        continue  # a surname of one in five thousand; as a sign it is a word
                    word = item[0] if isinstance(item, (list, tuple)) else item
                    if isinstance(word, str) and word:
                        (first if name.startswith("first") else last).add(word)
        found[info.name] = sorted(first), sorted(last)
    return found


def census() -> tuple[list[str], list[str]]:
    base = Path(names.__file__).parent
    read = lambda name, most: [line.split()[0].capitalize() for line in (base / name).read_text().splitlines()[:most]]  # noqa: E731
    return read("dist.male.first", 1219) + read("dist.female.first", 4275), read("dist.all.last", 45000)


def japanese(root: Path) -> tuple[list[str], list[str], list[str], list[str]]:
    """Surnames and given names in kanji, then both as written in Latin letters."""
    base = root / "src/jp/japanese_personal_name_dataset/dataset"
    rows = list(csv.reader((base / "last_name_org.csv").open(encoding="utf-8")))
    last, romaji = [row[0] for row in rows], [row[3].capitalize() for row in rows if len(row) > 3]
    given, roman = [], []
    for name in ("first_name_man_org.csv", "first_name_woman_org.csv"):
        for row in csv.reader((base / name).open(encoding="utf-8")):
            roman.append(row[1].capitalize())
            given += [row[0], *row[2:8]]
    return last, sorted(set(given)), romaji, sorted(set(roman))


TOWNS = {
    "en": ["en_GB", "en_CA", "en_US"], "de": ["de_DE", "de_AT", "de_CH"], "fr": ["fr_FR", "fr_CA"], "es": ["es_ES", "es_MX", "es_AR"],
    "it": ["it_IT"], "nl": ["nl_NL", "nl_BE"], "pt": ["pt_BR", "pt_PT"], "pl": ["pl_PL"], "sv": ["sv_SE"], "da": ["da_DK"],
    "fi": ["fi_FI"], "cs": ["cs_CZ"], "tr": [], "ru": ["ru_RU"], "ja": ["ja_JP"], "zh": ["zh_CN", "zh_TW"], "ko": ["ko_KR"],
}  # fmt: skip


TURKISH_TOWNS = "Ankara İstanbul İzmir Bursa Antalya Adana Konya Gaziantep Kayseri Mersin Eskişehir Samsun Trabzon Denizli Diyarbakır Malatya Erzurum Bodrum Edirne Rize".split()
MOST_TOWNS = 800


def towns(code: str) -> list[str]:
    """Towns, states and regions of a language's countries, as Faker's providers of addresses list them."""
    found: set[str] = set(TURKISH_TOWNS if code == "tr" else ())
    for locale in TOWNS[code]:
        provider = importlib.import_module(f"faker.providers.address.{locale}").Provider
        for name in (
            "cities",
            "city_names",
            "states",
            "provinces",
            "counties",
            "regions",
            "departments",
            "municipalities",
            "kommuner",
        ):
            for item in getattr(provider, name, ()) or ():
                parts = [item] if isinstance(item, str) else [part for part in item if isinstance(part, str)]
                found.update(part for part in parts if len(part) > 1 and "{" not in part and not part.isdigit())
    listed = sorted(found)
    return listed[:: len(listed) // MOST_TOWNS + 1]


def places() -> tuple[dict[str, list[str]], set[str]]:
    """Per language: words for countries, languages, months, weekdays, cities of time zones; and all of them as words."""
    by_language: dict[str, list[str]] = {}
    words: set[str] = set()
    for code in [*LANGUAGES, "ja", "zh", "ko"]:
        locale = Locale(code)
        found = list(locale.territories.values()) + [str(v) for v in locale.languages.values()]
        found += [v for width in ("wide",) for v in locale.months["format"][width].values()] + list(
            locale.days["format"]["wide"].values()
        )
        found += [str(zone["city"]) for zone in locale.time_zones.values() if "city" in zone]
        by_language[code] = sorted({v for v in [*found, *towns(code)] if isinstance(v, str) and len(v) > 1})
        words |= {part.lower() for v in by_language[code] for part in re.split(r"[\s\-(),]+", v) if len(part) > 3}
    return by_language, words


def common(root: Path) -> dict[str, int]:
    """Word in lower case -> 1 (known), 2 (usual), 3 (on everybody's tongue)."""
    level: dict[str, int] = {}
    for lists in LANGUAGES.values():
        for line in (root / f"wl/{lists}.txt").read_text("utf-8", "replace").splitlines():
            if line.islower() and line.isalpha() and 2 <= len(line) <= 14 and not CJK.search(line):
                level[line] = level.get(line, 0) + 1
    level = {word: 2 if count > 3 else 1 for word, count in level.items()}
    table = Path(spacy_lookups_data.__file__).parent / "data"
    for code in ("en", "de", "es"):
        path = table / f"{code}_lexeme_prob.json.gz"
        if not path.exists():
            continue
        chance = json.loads(gzip.decompress(path.read_bytes()))
        small: dict[str, float] = {}
        capital: dict[str, float] = {}
        for word, log in chance.items():
            if word.isalpha():
                side = small if word.islower() else capital
                side[word.lower()] = side.get(word.lower(), 0.0) + math.exp(log)
        for word, much in small.items():
            share = much / (much + capital.get(word, 0.0))
            if len(word) > 14 or much < 3e-8:
                continue
            if share < 0.2:
                # usually written with a capital: a name, a place, or a German noun
                level[word] = min(level.get(word, 1), 1) if capital.get(word, 0) > 3e-6 else level.get(word, 0)
                continue
            mine = 3 if much > 3e-5 else 2 if much > 2e-6 else 1
            mine = min(mine, 2) if share < 0.4 else mine
            level[word] = max(level.get(word, 0), mine)
    for word in json.loads(gzip.decompress((table / "de_lemma_lookup.json.gz").read_bytes())).values():
        # German nouns have their capital always; names are hardly inflected, so hardly listed here.
        if word[:1].isupper() and word.isalpha() and 2 < len(word) <= 14:
            level[word.lower()] = max(level.get(word.lower(), 0), 2)
    for code in LANGUAGES:
        stops = importlib.import_module(f"spacy.lang.{code}.stop_words").STOP_WORDS
        for word in stops:
            for part in word.split():
                if part.isalpha():
                    level[part.lower()] = 3
    return {word: value for word, value in level.items() if value}


def lexicon(root: Path) -> tuple[dict[str, int], dict[str, tuple[list[str], list[str]]], dict[str, list[str]]]:
    """The word table (word -> byte), names per locale, places per language."""
    table = dict(common(root))
    people = faker_names()
    first, last = census()
    people["census"] = (first, last)
    kanji_last, kanji_first, romaji_last, romaji_first = japanese(root)
    people["ja_JP"] = (kanji_first, kanji_last)
    people["ja_latin"] = (romaji_first, romaji_last)
    people["public"] = [one.split(" ", 1)[0] for one in FULL if " " in one], [one.split(" ")[-1] for one in FULL]
    by_language, place_words = places()
    for first_names, last_names in people.values():
        for mark, listed in ((FIRST, first_names), (LAST, last_names)):
            for name in listed:
                if CJK.search(name):
                    table[name] = table.get(name, 0) | mark
                    continue
                for part in re.split(r"[\s\-'’.]+", name.lower()):
                    if len(part) > 1:
                        for form in {part, plain(part)}:
                            table[form] = table.get(form, 0) | mark
    for word in place_words:
        table[word] = table.get(word, 0) | PLACE
    stops = {word for code in LANGUAGES for word in importlib.import_module(f"spacy.lang.{code}.stop_words").STOP_WORDS}
    for word in stops & table.keys():
        # Surnames such as "The" and "So" are met as words, and as names only beside other names.
        if not table[word] & FIRST or len(word) < 3:
            table[word] &= 3
    for word in list(table):
        # A name that is nearly only met as a word in some language stays a word: nobody is called "the".
        if table[word] & 3 == 3 and len(word) < 3 and not CJK.search(word):
            table[word] &= 3
    return table, people, by_language


assert babel.__version__
