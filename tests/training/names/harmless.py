"""Training texts where hardly a name is: code, commands, tools called like people, what programs show."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import read_mo

from agent.redaction.view import BARRIER
from tests.training.names.carriers import CARRIERS, NONE
from tests.training.names.generate import Example, Maker
from tests.training.names.people import LOCALES

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


def surfaces(root: Path, dice: random.Random, most: int) -> Iterator[Example]:
    """What programs show: strings of Django's and Wagtail's translations, in every language of the training."""
    for language in LOCALES:
        folder = {"zh": "zh_Hans", "en": "de"}.get(language, language)
        found: set[str] = set()
        for place in ("dj", "wt"):
            for path in sorted(root.glob(f"src/{place}/**/locale/{folder}/LC_MESSAGES/django.mo")):
                with path.open("rb") as file:
                    messages = list(read_mo(file))
                for message in messages:
                    shown = message.id if language == "en" else message.string
                    found.update((shown,) if isinstance(shown, str) else shown)
        lines = []
        for text in sorted(found):
            plain = re.sub(
                r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>", lambda _one: dice.choice(("12", BARRIER, "3", "x1")), text
            )
            if 2 < len(plain) < 200 and not re.search(r"wagtail|django|Torchbox", plain, re.IGNORECASE):
                lines.append(" ".join(plain.split()))
        dice.shuffle(lines)
        for line in lines[:most]:
            yield line, []


TOOLS = (
    "Jenkins|Hudson|Travis|Maven|Ruby|Julia|Pearl|Cassandra|Django|Jasmine|Mocha|Karma|Ada|Pascal|Haskell|Darwin|Elixir"
    "|Ansible|Vagrant|Chef|Puppet|Salt|Grafana|Prometheus|Kibana|Loki|Tempo|Thanos|Cortex|Argo|Helm|Jira|Trello|Stella"
    "|Gerrit|Gradle|Groovy|Scala|Swift|Dart|Carbon|Sierra|Monterey|Ventura|Sonoma|Debian|Bookworm|Buster|Jessie|Stretch"
    "|Lenny|Etch|Sarge|Woody|Mercedes|Ford|Dell|Lenovo|Siri|Alexa|Cortana|Claude|Watson|Bard|Gemini|Athena|Apollo|Phoenix"
    "|Celeste|Aurora|Iris|Ceph|Ray|Dash|Bokeh|Keras|Mercurial|Bazaar|Selenium|Cypress|Playwright|Robot|Cucumber|Gherkin"
    "|Hibernate|Spring|Struts|Tomcat|Jetty|Nexus|Conan|Bower|Grunt|Gulp|Ember|Angular|Svelte|Sage|Octave|Eclipse|Kafka"
    "|Storm|Spark|Flink|Airflow|Luigi|Dagster|Marvin|Oscar|Victor|Charlie|Romeo|Juliet|Mike|Delta|Sierra|Tango"
).split("|")
EPONYMS = (
    "Pearson|Spearman|Gauss|Euler|Fourier|Laplace|Markov|Bayes|Turing|Dijkstra|Lagrange|Jacobi|Cauchy|Bernoulli|Poisson"
    "|Weibull|Gumbel|Dirichlet|Hilbert|Kalman|Huffman|Levenshtein|Jaccard|Hamming|Sharpe|Newton|Riemann|Cholesky|Student"
    "|Fisher|Wilcoxon|Kolmogorov|Shannon|Moore|Amdahl|Murphy|Occam|Venn|Gantt|Fibonacci|Mersenne|Diffie|Hellman|Bloom"
).split("|")
ABOUT_TOOLS = (
    "{t} server is down|{t} build failed|upgrade {t} to 3.2|the {t} pipeline|install {t}|deploy with {t}|{t} pipeline|"
    "restart {t}|run {t} locally|{t} 2.1 released|{t}.yml|config for {t}|open {t} and log in|a ticket in {t}|{t} dashboard|"
    "does {t} support this?|{t} plugin|apt install {t}|import {t}|from {t} import x|migrate from {t} to {t}|{t}, {t} and {t}|"
    "{t}.run()|logger.{t}().Msg|t.{t}(name, x)|new {t}()|class {t}:|self.{t} = 1|{t}(x)|@{t}|const {t} = 1;|if os == '{t}':|"
    '--{t}|{t}_id|func (s *{t}) Get()|{t}::new()|<{t} />|{t}: true|"{t}": 1,|[{t}]|{t}.{t}()|/usr/lib/{t}/bin|{t}-cli'
).split("|")
ABOUT_EPONYMS = (
    "{t}'s algorithm|the {t} distribution|{t} coefficient|{t} test|{t} transform|a {t} matrix|{t} correlation|{t} numbers|"
    "{t} filter|{t}'s law|{t} distance|use the {t} method|{t} diagram|{t} exchange"
).split("|")


def about_tools(count: int, dice: random.Random) -> Iterator[Example]:
    """Programs, releases, methods and code called like people."""
    for _ in range(count):
        listed, carriers = (TOOLS, ABOUT_TOOLS) if dice.random() < 0.75 else (EPONYMS, ABOUT_EPONYMS)
        line = re.sub(r"\{t\}", lambda _one: dice.choice(listed), dice.choice(carriers))  # noqa: B023
        yield line.lower() if dice.random() < 0.3 else line, []


GREETINGS = (
    "Zdravím|Ahoj|Moin|Servus|Hei|Hoi|Ciao|Salut|Hola|Olá|Merhaba|Привет|Здравствуйте|Dobrý den|Cześć|Hej|Goddag|Terve"
    "|Selam|Buongiorno|Bonjour|Coucou|Buenas|Oi|Witam|Siema|Tjena|Halløj|Heippa|Čau|Nazdar|Günaydın|Hello|Hey|Howdy|Hi"
    "|Greetings|Cheers|Grüezi|Tach|Hallo|Hallöchen|Guten Tag|Buenos días|Bom dia|Dzień dobry|Goedemorgen|God morgen"
).split("|")


def greetings(count: int, dice: random.Random) -> Iterator[Example]:
    """A greeting of nobody, then a sentence of any language."""
    for _ in range(count):
        yield (
            dice.choice(GREETINGS)
            + dice.choice((", ", "! ", "\n", ",\n\n", " - "))
            + dice.choice(NONE[dice.choice(list(NONE))]),
            [],
        )
