"""Training texts: generated ones in every language, and public English text with silver labels and other names in it."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from agent.redaction.names.words import FIRST, LAST
from agent.redaction.view import BARRIER
from tests.training.names.carriers import ANY, CARRIERS, NONE
from tests.training.names.known_people import FULL, SHORT

Example = tuple[str, list[tuple[int, int]]]

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
        if chance < 0.08:
            return f"{given} {dice.choice('ABCDEFGHJKLMNPRSTW')} {family}"
        if chance < 0.10:
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
                if dice.random() < 0.15:
                    around.append((dice.choice(self.places[language]), []))
                yield self.noisy(self.joined(around, dice.choice((glue, ". ", "\n", ", "))), 0.28)


def silver(path: Path, table: dict[str, int], maker: Maker, share: float) -> Iterator[Example]:
    """Public English text as labelled, then with other names in the same places. Doubtful texts are left out."""
    dice = maker.dice
    for line in path.read_text("utf-8").splitlines():
        if dice.random() > share:
            continue
        item = json.loads(line)
        text, spans, others = item["text"], [tuple(s) for s in item["spans"]], item["others"]
        if len(text) > 400:
            continue
        good = True
        cleaned = []
        for start, stop in spans:
            end = stop
            while end > start and not text[end - 1].isalnum():
                end -= 1
            if text[start:end].endswith(("'s", "’s")):
                end -= 2
            value = text[start:end]
            words = re.findall(r"[^\W\d_]+", value)
            marks = [table.get(word.lower(), 0) for word in words]
            fine = words and value[0].isupper() and not re.search(r"[\d@#/_&\n:]", value) and len(words) < 5
            fine = fine and (
                any(m & (FIRST | LAST) and m & 3 < 3 for m in marks)
                or (len(words) > 1 and all(w[0].isupper() for w in words))
            )
            if not fine:
                good = False
            cleaned.append((start, end))
        covered = [range(s, e) for s, e in [*cleaned, *others]]
        for match in re.finditer(r"[A-Z][a-z]+", text):
            marks = table.get(match.group().lower(), 0)
            if marks & FIRST and marks & 3 < 2 and not any(match.start() in r for r in covered):
                good = False
        if not good:
            continue
        example: Example = (text, cleaned)
        yield maker.noisy(example, 0.22)
        if not cleaned:
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


PRONOUNS = re.compile(r"\b(?:He|She|he|she|him)\b(?!['’])")
LABELS = "password key token secret iban IBAN id uuid sha hash pw pass user login api_key Secret_Key tnin nif vat plate vehicle registration serial build commit Bearer ref order ticket case Passwort Kennwort Konto clave contraseña hasło heslo salasana lösenord şifre пароль パスワードは パスワード 電話番号は 密码 电话 身份证号 비밀번호 전화번호 주민등록번호 mot_de_passe numéro número Nummer telefon tel phone fax card carte IBAN_DE account meraki sgp master admin root".split()
KATAKANA_WORDS = "サーバー ファイル メール システム データ プロジェクト ミーティング テスト エラー ログイン アカウント パスワード スケジュール クライアント ユーザー バージョン アップデート インストール リスト コメント チーム マネージャー オフィス カード レポート プリンター インターネット スマートフォン コーヒー ドキュメント".split()


def made_up(dice: random.Random) -> str:
    """A token as machines make them: mixed letters and digits, which may look like a rare name."""
    letters = dice.choice(
        (
            "abcdef0123456789",
            "abcdefghijklmnopqrstuvwxyz0123456789",
            "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789",
            "aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ0123456789",
            "bcdfgaeioulmnrst",
        )
    )
    token = "".join(dice.choice(letters) for _ in range(dice.choice((4, 6, 8, 12, 20, 32))))
    return token if dice.random() < 0.6 else dice.choice("_-.:/").join((token[:4], token[4:9], token[9:]))


def machine_lines(count: int, maker: Maker) -> Iterator[Example]:
    """Labels with values, commands, settings; sometimes with a name beside them."""
    dice = maker.dice
    for _ in range(count):
        label = dice.choice(LABELS).replace("_", dice.choice("_ -"))
        chance = dice.random()
        value = made_up(dice)
        if chance < 0.5:
            line = label + dice.choice((": ", "=", " = ", " is ", " ", ":")) + value
        elif chance < 0.6:
            line = f"{label} {dice.choice(('DE', 'FR', 'ES', 'GB', 'NL'))}{dice.randint(10, 99)} {dice.randint(1000, 9999)} {dice.randint(1000, 9999)}"
        elif chance < 0.7:
            line = f"{dice.choice(KATAKANA_WORDS)}{dice.choice(('を確認', 'の', 'は', 'が', 'に', 'で'))}{dice.choice(KATAKANA_WORDS)}"
        elif chance < 0.8:
            line = f"{dice.choice(('curl -H', 'ssh', 'mysql -u', 'export', 'git checkout', 'CREATE USER', 'ALTER TABLE', 'docker run', 'pip install', 'SELECT'))} {value} {label}"
        else:
            line = f"{label} {value} {dice.choice(('ok', 'use it', 'done', 'please check', 'expired'))}"
        parts = [(line, [])]
        if dice.random() < 0.25:
            parts.insert(
                dice.randint(0, 1),
                maker.filled(language := dice.choice(list(CARRIERS)), dice.choice(CARRIERS[language])),
            )
        yield maker.joined(parts, dice.choice((" ", ", ", "\n", " - ")))


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


def code_lines(most: int, dice: random.Random) -> Iterator[Example]:
    """Lines of the interpreter's own library, without the ones that could credit somebody."""
    root = Path(json.__file__).parent.parent
    lines = []
    for folder in (
        "json",
        "email",
        "http",
        "xml/etree",
        "logging",
        "unittest",
        "concurrent/futures",
        "asyncio",
        "importlib",
    ):
        for path in sorted((root / folder).glob("*.py")):
            lines += [line.rstrip() for line in path.read_text("utf-8").splitlines() if 12 < len(line) < 120]
    dice.shuffle(lines)
    for line in lines[:most]:
        if not re.search(r"[A-Z][a-z]+ [A-Z][a-z]+|@|[Bb]y ", line):
            yield line, []
