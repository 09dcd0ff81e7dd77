"""One word seen alone: its shape, what the word tables say of it, and the features the model weighs.

Every feature is a function of one token, so what a word adds to its neighbours' scores can be worked out once.
Training uses these very functions.
"""

from __future__ import annotations

import re
from typing import Final

_CJK: Final = "\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD: Final = rf"[^\W\d_{_CJK}]"
_CAPITAL: Final = rf"[^\W\d_{_CJK}a-zß-öø-ÿа-яёğışçćęłńśźżěščřžýůőű]"

#: Letters and digits mixed, as machines write them (group 1); initials with their dot; words with inner hyphens, and
#: O'Brien; signs of scripts without blanks; numbers; line ends with the sign before them; single signs.
TOKEN: Final = re.compile(
    r"([A-Za-z_]{1,48}[0-9][A-Za-z0-9_]*|[0-9]{1,48}[A-Za-z_][A-Za-z0-9_]*)"
    rf"|(?<!{_WORD}){_WORD}\.(?=\s?{_WORD})"
    rf"|(?:{_CAPITAL}['’](?={_CAPITAL})|[oO]['’](?={_WORD}{{3}}))?{_WORD}+(?:-{_WORD}+)*"
    rf"|[{_CJK}]"
    r"|\d+"
    r"|[,.;:!?]?[^\S\n]{0,4}\n\s*"
    r"|[^\w\s]|_"
)

HAS_CJK: Final = re.compile(rf"[{_CJK}]")

COMMON_MASK: Final = 3
FIRST: Final = 4
LAST: Final = 8
PLACE: Final = 16
#: What the word table says takes this many bits; above them stands the group of words of like use, 0 for none.
MARKS: Final = 8
MARKS_MASK: Final = (1 << MARKS) - 1

#: What may stand inside a name: never a name by itself.
PARTICLES: Final = frozenset({
    "van", "der", "den", "de", "la", "le", "du", "von", "zu", "zum", "vom", "und", "ten", "ter", "da", "dos", "das",
    "do", "di", "del", "della", "dalla", "el", "al", "bin", "ibn", "ben", "af", "av", "y", "e",
})  # fmt: skip

#: What stands beside values and in headings of offices everywhere: never part of a name, whatever its place favours.
_LABELS: Final = """
card karte carte tarjeta carta kaart cartão cartao karta kort kortti kart карта
project projekt projet proyecto progetto projeto prosjekt projekti proje проект
account konto compte cuenta conto rekening conta tili hesap účet счет счёт
invoice rechnung facture factura fattura factuur fatura faktura lasku счёт-фактура
customer kunde kundin client cliente klant klient kund asiakas müşteri клиент
phone telephone telefon téléphone teléfono telefono telefoon telefone puhelin телефон
address adresse dirección indirizzo adres endereço adresa osoite adresi адрес
number nummer numéro numero número numer číslo numara номер
contract vertrag contrat contrato contratto umowa avtal smlouva sopimus договор
report bericht rapport informe rapporto relatório raport rapportti отчёт отчет
order bestellung commande pedido ordine bestelling zamówienie tilaus objednávka заказ
passport reisepass passeport pasaporte passaporto paspoort passaporte paszport pass passi паспорт
password passwort kennwort contraseña wachtwoord senha hasło lösenord salasana heslo şifre пароль
ticket meeting termin team office büro bureau oficina ufficio kantoor biuro kontor
steuer-id steuer-nr steuernummer ssn pesel personnummer henkilötunnus cpr-nr svnr iban bic
"""
LABELS: Final = frozenset(_LABELS.split())
#: The same where written small; with a capital they are names as well.
SMALL_LABELS: Final = frozenset({"nino", "dni", "pan"})

#: What gives a single word behind it a name of its own, as Project Falkenstein: that word is nobody.
CODENAMED: Final = frozenset({
    "project", "projekt", "projet", "proyecto", "progetto", "projeto", "prosjekt", "projekti", "proje", "проект",
    "operation", "codename", "sprint",
})  # fmt: skip

_SIGNS: Final = {
    ",": 1,
    ".": 2,
    ":": 3,
    "\n": 4,
    "@": 5,
    "_": 6,
    "/": 7,
    "=": 8,
    "(": 9,
    '"': 10,
    "-": 11,
    "'": 12,
    "\ufffc": 13,
}
_OTHER_SIGN: Final = 14
_NUMBER: Final = 15
_HAN: Final = 16
_WORDS_FROM: Final = 32
CLASSES: Final = _WORDS_FROM + 4 * 4 * 4


def shape(token: str) -> str:
    """Answer x for lower, X for capital and lower, A for capitals, I for an initial, m for mixed."""
    if token.islower():
        return "x"
    if token.isupper():
        return "A" if len(token) > 2 or (len(token) == 2 and token[1] != ".") else "I"
    if token.istitle() or (token[0].isupper() and token[1:].islower()):
        return "X"
    if "-" in token or "'" in token or "’" in token:  # as Jean-pierre, as al-Sadr
        return "X" if token[0].isupper() or (token[2:3] == "-" and token[3:4].isupper()) else "m"
    if token[:2] == "Mc" or token[:3] == "Mac":
        return "X"
    return "m" if token.upper() != token.lower() else "x"


def is_cjk(token: str) -> bool:
    """Scripts where one sign is one token here."""
    return token[0] >= "\u3005" and (
        "\u3005" <= token[0] <= "\u30ff" or "\u3400" <= token[0] <= "\u9fff" or "\uac00" <= token[0] <= "\ud7af"
    )


def word_class(kind: str, known: int) -> int:
    """A small number for what sort of word this is; kind: its shape, ``known``: what the word table says."""
    return _WORDS_FROM + "xXAm".find("A" if kind == "I" else kind) * 16 + (known & 15)


def sign_class(token: str) -> int:
    """As ``word_class`` for numbers and signs."""
    if token[0].isdigit():
        return _NUMBER
    return _SIGNS.get("\n" if "\n" in token else token, _OTHER_SIGN)


def cjk_class(token: str, known: int) -> int:
    """As ``word_class`` for a sign with the two after it; ``known``: see ``cjk_known``."""
    first = token.strip()[0]
    if "\u3040" <= first <= "\u309f":
        return _HAN
    if "\u30a0" <= first <= "\u30ff":
        return _HAN + 1
    hangul = first >= "\uac00"
    return _HAN + 2 + 6 * hangul + (known & 3) + (3 if hangul and token[0] == " " and not known & 3 else 0)


def word_features(token: str, known: int) -> list[str]:
    """Features of a word, number or sign. The first letter tells at which offsets training weighs it."""
    first = token[0]
    if not first.isalpha():
        if first.isdigit():
            return ["w#", f"c{min(len(token), 6)}#"]
        if "\n" in token:
            token = token.strip() + "¶" * min(token.count("\n"), 2)
        return [f"w{token}"]
    low = token.lower()
    kind = shape(token)
    group = known >> MARKS
    known &= MARKS_MASK
    whole = f"{kind}{known}"
    names = known & 12
    return [
        f"w{low}",
        f"c{whole}",
        f"c@{group}",
        f"c%{group & 63}{'ves'[group >> 14]}",
        f"x@{group}{whole}",
        f"k{kind}{names}",
        f"e{low[-3:]}",
        f"x{kind}{low}",
        f"x{whole}e{low[-3:]}",
        f"x{names}s{low[-2:]}",
        f"xf{low[-4:]}",
        f"xp{low[:3]}",
        f"xq{low[:2]}{kind}",
        f"xl{min(len(low), 9)}{whole}",
    ]


def cjk_features(token: str, known: int) -> list[str]:
    """Features of a sign and the two that follow it in the same run; a blank in front marks a word's first sign."""
    run = token.strip()
    space = "^" if token[0] == " " else ""
    return [
        f"w{run[0]}",
        f"w{run[:2]}",
        f"xt{run}",
        f"c{space}j{known}",
        f"e{space}{run[0]}",
        f"x{space}{known}{run[0]}",
    ]


def offsets(feature: str) -> range:
    """At which distances from a word training may weigh its feature."""
    kind = feature[0]
    if kind in "wc":
        return range(-2, 3)
    return range(-1, 2) if kind in "ek" else range(1)
