"""Names of people of a language: out of lists, spliced, with initials and particles, inflected."""

from __future__ import annotations

import random

from tests.training.names.known_people import FULL, SHORT

LOCALES = {
    "en": "en_US en_GB en_US en_GB en_CA en_IN en_IE en_NZ census census census census es_MX ja_latin en_NG fr_FR de_DE vi_VN".split(),
    "de": "de_DE de_DE de_AT de_CH tr_TR pl_PL".split(), "fr": "fr_FR fr_FR fr_CA fr_CH fr_BE".split(),
    "es": "es_ES es_ES es_MX es_AR es_CO es_CL".split(), "it": "it_IT".split(), "nl": "nl_NL nl_BE".split(),
    "pt": "pt_BR pt_PT".split(), "pl": "pl_PL".split(), "sv": "sv_SE no_NO".split(), "da": "da_DK no_NO".split(),
    "fi": "fi_FI fi_FI sv_SE".split(), "cs": "cs_CZ sk_SK".split(), "tr": "tr_TR az_AZ".split(), "ru": "ru_RU uk_UA bg_BG".split(),
    "ja": "ja_JP".split(), "zh": "zh_CN zh_CN zh_TW".split(), "ko": "ko_KR".split(),
}  # fmt: skip
PARTICLES = {"nl": ["van", "van der", "van den", "de", "den"], "de": ["von", "von der", "zu"], "fr": ["de", "de la", "du", "le"], "es": ["de", "de la", "del"], "it": ["di", "de", "della"], "pt": ["da", "dos", "de", "do"], "en": ["van", "de", "Mc", "O'"]}  # fmt: skip
SUFFIXES = {
    "pl": ["a", "owi", "em", "u", "ą", "ę", "y", "ie"], "cs": ["a", "ovi", "em", "u", "ou", "y", "e"],
    "fi": ["n", "lle", "ltä", "lla", "sta", "in", "a"], "tr": ["'e", "'a", "'in", "'ın", "'i", "'yi", "'den", "'un"],
    "ru": ["а", "у", "ом", "ой", "е", "ы", "ым", "ю"],
}  # fmt: skip
KATAKANA = "ジョン・スミス マイケル アンナ デイビッド・ブラウン エマ トーマス・ミュラー マリア リサ ロバート サラ・ジョンソン".split()
NAME_CHARS_ZH = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧建国文辉玲力波宁浩宇欣怡梓涵子轩雨泽诗琪佳俊晨思远博天佑一鸣嘉志鹏雪梅海燕春红晓东小龙"
NAME_CHARS_KO = (
    "민서지우현준수영진호은정희경미선재성훈하윤도연아인예원주혁동건태규상철기범석우빈나래슬기다혜유라보람가온"
)


def spliced(one: str, other: str) -> str:
    """A name nobody listed: the head of one and the tail of another."""
    if " " in one + other or "-" in one + other:
        return one
    head, tail = one[: (len(one) + 1) // 2], other[len(other) // 2 :]
    return head + (tail if one.isupper() else tail.lower()) if len(one) > 1 and len(other) > 1 else one


class People:
    """Makes names of people of a language."""

    def __init__(self, listed: dict[str, tuple[list[str], list[str]]], dice: random.Random) -> None:
        self.listed = listed
        self.dice = dice
        self.locales = {
            code: [one for one in wanted if all(listed.get(one, ((), ())))] for code, wanted in LOCALES.items()
        }

    def one(self, language: str) -> tuple[str, str]:
        dice = self.dice
        if language == "en" and dice.random() < 0.08:
            return dice.choice(SHORT), dice.choice(SHORT)
        locales = self.locales[language]
        if dice.random() < 0.12 and language not in {"ja", "zh", "ko", "ru"}:
            locales = self.locales[dice.choice([code for code in LOCALES if code not in {"ja", "zh", "ko", "ru"}])]
        locale = dice.choice(locales)
        first, last = self.listed[locale]
        if locale == "census":
            return first[int(len(first) * dice.random() ** 2)], last[int(len(last) * dice.random() ** 3)]
        given, family = dice.choice(first), dice.choice(last)
        if dice.random() < 0.15:
            given = spliced(given, dice.choice(first))
        if dice.random() < 0.2 and language not in {"zh", "ko"}:
            family = spliced(family, dice.choice(last))
        if language == "zh" and dice.random() < 0.6:
            given = "".join(dice.choice(NAME_CHARS_ZH) for _ in range(dice.choice((1, 2, 2))))
        if language == "ko" and dice.random() < 0.6:
            given = "".join(dice.choice(NAME_CHARS_KO) for _ in range(2))
        if language == "ja":
            family = last[int(len(last) * dice.random() ** 2)]
        return given, family

    def full(self, language: str) -> str:
        dice = self.dice
        if language == "en" and dice.random() < 0.13:
            return dice.choice(FULL)
        given, family = self.one(language)
        chance = dice.random()
        if language == "ja":
            if chance < 0.04:
                return dice.choice(KATAKANA)
            return family + ("" if chance < 0.65 else " " if chance < 0.85 else "\u3000") + given
        if language in {"zh", "ko"}:
            return family + ("" if chance < 0.95 else " ") + given
        if language in {"es", "pt"} and chance < 0.35:
            family = f"{family} {self.one(language)[1]}"
        elif chance < 0.04 and language in PARTICLES:
            particle = dice.choice(PARTICLES[language])
            family = particle + family if particle in {"Mc", "O'"} else f"{particle} {family}"
        elif chance < 0.08:
            family = f"{family}-{self.one(language)[1]}"
        chance = dice.random()
        if chance < 0.06:
            return f"{given} {dice.choice('ABCDEFGHJKLMNPRSTW')}. {family}"
        if chance < 0.09:
            return f"{given} {dice.choice('ABCDEFGHJKLMNPRSTW')} {family}"
        if chance < 0.095:
            return f"{given} {family} {dice.choice(('Jr.', 'Jr', 'Sr.', 'II', 'III'))}"
        if chance < 0.11:
            return f"{given[0]}. {family}"
        if chance < 0.13:
            return f"{given}-{self.one(language)[0]} {family}"
        if chance < 0.17:
            return f"{given} {self.one(language)[0]} {family}"
        if chance < 0.19:
            return f"{given} {family[0]}."
        if chance < 0.22:
            return f"{family}, {given}"
        if chance < 0.24:
            return f"{family} {given}"
        return f"{given} {family}"


def inflected(language: str, name: str, dice: random.Random) -> str:
    if language not in SUFFIXES or dice.random() < 0.2:
        return name
    parts = name.split(" ")
    suffix = dice.choice(SUFFIXES[language])
    chosen = range(len(parts)) if language in {"pl", "cs", "ru"} else [len(parts) - 1]
    for index in chosen:
        word = parts[index]
        if len(word) > 2 and word[-1].isalpha():
            if word[-1] in "aeiouyáéíýаяйь" and language in {"pl", "cs", "ru"}:
                word = word[:-1]
            parts[index] = word + suffix
    return " ".join(parts)
