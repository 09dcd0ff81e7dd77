"""The words around a password, in folded form: labels, connectors, and what is never a value."""

# ruff: noqa: E501  # alternatives in groups read better than wrapped ones

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from agent.redaction.detectors.gates import finder, gate
from agent.redaction.view import fold


def _any(words: tuple[str, ...]) -> str:
    """One alternation of the folded words, the longest first; a blank stands for blank, dash, underscore or nothing."""
    folded = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[ _-]?") for word in folded)


#: Long enough to be recognised inside a compound (DB_PASSWORD, WLAN-Passwort, kontolösenord) and with an ending.
LONG: Final = (
    "password", "passwort", "passwd", "kennwort", "passphrase", "wachtwoord", "lösenord", "contraseña", "salasana",
    "kodeord", "adgangskode", "passord", "requirepass", "masterauth", "pinkod", "pinkood", "pin kod", "pin koodi", "pincode", "pin code", "jelszó", "hasło", "hasłem", "hasła", "heslo", "parolă", "şifreniz",
    "parolanız", "пароль", "пароля", "паролем", "паролі", "парола", "κωδικός", "συνθηματικό", "senha de acesso",
    "passcode", "passwörter", "zugangscode", "türcode", "geheimzahl", "netzwerkschlüssel", "wlan schlüssel",
    "entsperrcode", "contrasenya", "contrasinal", "pasahitza", "cyfrinair", "wagwoord", "lykilorð", "aðgangsorð",
    "salasõna", "slaptažodis", "slaptažodžio", "zaporka", "лозинка", "лозинката", "katalaluan", "nenosiri",
    "tunnusluku", "portkod", "toegangscode", "deurcode", "digicode", "pasfhocal", "სიტყვა", "პაროლი", "գաղտնաբառ",
    "passwrd", "pasword", "passowrd", "pssword", "passwor", "paswort", "passwird", "psswd", "pasowrd", "passworrd",
)  # fmt: skip
#: Asked for as whole words.
SHORT: Final = (
    "pw", "pwd", "psw", "pswd", "passw", "pass", "pin", "pin nummer", "code pin", "mdp",
    "mot de passe", "mots de passe", "clave", "claves", "senha", "senhas", "palavra passe", "şifre", "şifresi", "şifrem", "parola d'ordine",
    "lozinka", "lozinku", "lozinkom", "parool", "parole", "geslo", "šifra", "mật khẩu", "ww", "kata sandi", "kata laluan", "sandi",
    "seed phrase", "recovery phrase", "security code", "door code", "gate code", "unlock code", "alarm code", "safe code",
    "wifi key", "wi fi key", "wlan key", "wpa key", "wep key", "network key", "psk", "wpa psk", "clé wifi", "clé wi fi", "code wifi", "clave wifi",
    "chiave wifi", "code secret", "code confidentiel", "code d'accès", "code porte", "codice pin", "codice segreto", "código pin", "código secreto",
    "kod pin", "kod do drzwi", "pin kód", "pinkod", "pinkode", "pinkoodi", "пин", "пин код", "пин коду", "гасло", "шифра", "гесло",
    "سر", "كلمة المرور", "كلمة السر", "كلمة سر", "رمز عبور", "رمز المرور", "الرقم السري", "گذرواژه", "סיסמה", "סיסמא", "הסיסמה", "הסיסמא", "קוד סודי", "קוד הכניסה",
    "पासवर्ड", "कूटशब्द", "পাসওয়ার্ড", "கடவுச்சொல்", "पिन", "ไพน์",
)  # fmt: skip
#: Scripts without blanks between words.
UNSPACED: Final = (
    "密码", "密碼", "口令", "パスワード", "パスコード", "暗証番号", "合言葉", "비밀번호", "패스워드", "비번", "암호", "รหัสผ่าน", "รหัส",
)  # fmt: skip

#: No label can match a text in which none of these occurs; cheaper to ask than the expression is to run.
_ROOTS: Final = (
    "pass", "pw", "psw", "pss", "psk", "pin", "pasw", "paso", "pasah", "pasf", "wort", "word", "code", "kod", "kood", "zahl", "schlussel", "fi key", "fi-key", "fi_key", "fikey", "lan key", "lan-key", "lan_key", "lankey", "wpa", "wep", "ork key", "ork-key", "ork_key", "orkkey", "phrase", "parol", "paroo", "hasl", "woord", "require", "masterauth",
    "hesl", "gesl", "jelszo", "sifr", "senha", "palavra", "clave", "contras", "salas", "losenord", "wacht", "mdp", "mot de", "mots de", "mot-de", "mot_de", "motde",
    "ww ", "ww:", "ww=", "sandi", "laluan", "khau", "lozink", "zapork", "slaptaz", "lykil", "adgangs", "cyfrin", "nenosiri", "tunnus", "cle wi", "cle-wi", "cle_wi", "clewi", "chiave", "codice", "codigo",
)  # fmt: skip


def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(fold, words)))


#: These two letters begin labels of two letters; all others are told by three.
_TWO: Final = frozenset({"pw", "ww"})


def _key(word: str) -> str:
    return word[:2] if word[:2] in _TWO else word[:3]


def _by_start() -> dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]:
    """The labels by their first three characters: those found inside words, and those that stand alone."""
    inside: dict[str, set[str]] = defaultdict(set)
    alone: dict[str, set[str]] = defaultdict(set)
    for words, table in ((LONG, inside), (UNSPACED, inside), (SHORT, alone)):
        for word in _folded(words):
            table[_key(word)].add(word)
    unspaced = set(_folded(UNSPACED))
    return {
        key: (
            re.compile(f"(?:{_any(tuple(inside[key] - unspaced))})[^\\W_]{{0,4}}") if inside[key] - unspaced else
            re.compile(_any(tuple(inside[key]))) if inside[key] else None,
            re.compile(f"(?:{_any(tuple(alone[key]))})\\d{{0,2}}(?![^\\W_])") if alone[key] else None,
        )
        for key in {*inside, *alone}
    }  # fmt: skip


_BY_START: Final = _by_start()


_START: Final = finder(filter(str.isascii, _BY_START))
_START_ANY: Final = finder(_BY_START)
GATE: Final = gate(_ROOTS)
#: The same in a text with letters other than ASCII.
GATE_ANY: Final = gate(key for key in _BY_START if not key.isascii())


def possible(folded: str) -> bool:
    """May there be a label? Cheap, and no for most texts."""
    if GATE.search(folded):
        return True
    return not folded.isascii() and GATE_ANY.search(folded) is not None


def labels(folded: str, floor: int = 0) -> Iterator[re.Match[str]]:
    """Every label from ``floor`` on, in order, none inside another."""
    place = floor
    for start in (_START if folded.isascii() else _START_ANY).finditer(folded, floor):
        at = start.start()
        if at < place:
            continue
        inside, alone = _BY_START[start.group()]
        found = inside.match(folded, at) if inside else None
        if found is None and alone and not (folded[at - 1 : at].isalnum() and at > 0):
            found = alone.match(folded, at)
        if found:
            place = found.end()
            yield found


SHORT_PIN: Final = re.compile(
    r"pin|code|kod|digicode|geheimzahl|tunnusluku|пин|暗証番号|パスコード|codice|סודי|السري|kood"
)
PHRASE: Final = re.compile(r"phrase|mnemonic")
#: Labels that are words of every day, too: after them the value must look like a password.
EVERYDAY: Final = frozenset(map(fold, (
    "pass", "clave", "claves", "parole", "sandi", "ww", "geslo", "šifra", "шифра", "гасло", "سر", "psk", "รหัส", "암호",
)))  # fmt: skip

_IS: Final = _any(
    (
        "is", "was", "ist", "lautet", "lautete", "heißt", "war", "est", "es", "era", "é", "è", "são", "sont", "jest", "to", "to jest", "brzmi",
        "je", "er", "är", "var", "on", "это", "is now", "is set to", "set to", "was set to", "changed to", "has been set to", "is still", "is just",
        "reset to", "will be", "should be", "olan", "adalah", "ialah", "la", "là", "είναι", "este", "luidt", "lyder", "kuuluu", "bude", "yra", "ni", "sarà",
        "ser", "será", "sera", "now", "wird", "bleibt", "reste", "هي", "هو", "है", "होगा", "היא", "הוא", "זה", "est maintenant", "ist jetzt", "ahora es", "is nu", "ei", "es:", "ist:", "is:",
    )
)  # fmt: skip
_IS_UNSPACED: Final = _any(("は", "是", "为", "為", "는", "은", "이", "가", "が", "คือ"))

_LABEL_END: Final = r"(?:\[\])?[\"'`\])*\\]{0,3}[ \t]{0,3}(?:\([^()\n]{0,30}\)[ \t]{0,3})?(?:, ?default)?"
#: ``label:``, ``label =``, ``"label": ``, ``<label>``; the value may stand on the next line.
DIRECT: Final = re.compile(rf"{_LABEL_END}(?::=|[=-]>|→|⇒|={{1,3}}|:(?!:)|>)\s{{0,4}}")
#: ``label は`` and relatives.
DIRECT_UNSPACED: Final = re.compile(rf"[ \t]{{0,3}}(?:{_IS_UNSPACED})[:,]?[ \t]{{0,3}}")
#: ``label for the server is``, ``label for the server:``.
INDIRECT: Final = re.compile(
    rf"[\"'`)]{{0,2}}(?:[ \t]{{1,3}}[\w.@/'-]{{1,30}}){{0,6}}?(?:[ \t]{{1,3}}(?:{_IS}):?|[ \t]{{0,3}}[:=])\s{{1,4}}"
)
#: ``label value``, ``label - value``, ``label's value``, ``label`` and the value on the next line.
BESIDE: Final = re.compile(r"(?:'s)?(?:[ \t\n]{1,4}(?:[-|/,>]{1,2}[ \t]{1,3})?|[-|/,][ \t]{1,3})")

#: ``--password value``: the command line has no other reading.
OPTION: Final = re.compile(r"(?:(?<=\s)|^)--?[\w-]{0,40}\Z")

#: Before "pass": a round, a way over the mountains.
COUNTED: Final = re.compile(
    r"(?:first|second|third|last|next|final|each|every|single|one|two|multi|extra|boarding|bus|ski|mountain|compiler|llvm)[ -]\Z"
)

_SENTENCES: Final = """
    the a an my your our his her their this that these it not no never now always still also only just too so very
    required optional needed mandatory missing wrong incorrect correct invalid valid expired expiring weak strong
    secure safe unsafe secret hidden empty blank unknown known unset set changed reset stored saved sent shared shown
    shorter longer short long encrypted hashed protected protection compromised leaked locked disabled enabled
    generated managed handled being used good bad okay fine different same new old in on at to for by with from of as
    and or but if when where what how who which there here please below above attached following rejected accepted
    case-sensitive tied requested entered typed checked verified sensitive personal private public unique simple complex
    nicht kein falsch richtig abgelaufen geändert gesperrt erforderlich pas faux incorrecte correcte requis
    obligatoire expiré incorrecta correcta obligatoria caducada zurückgesetzt vergessen sicher unsicher leer neu
    oublié changé perdu nécessaire olvidada cambiada segura necesaria sbagliata scaduta corretta dimenticata verlopen
    onjuist vergeten nodig verkeerd obrigatória necessária necesario obbligatoria incorreta expirada esquecida nieprawidłowe wymagane błędne
    none null true false undefined string bool bytes input
"""
#: After "password is": sentences about passwords, not passwords.
NOT_A_VALUE: Final = frozenset({*map(fold, _SENTENCES.split()), "to" + "do"})
#: After "password:" or "password=" only what a program would write there.
NOT_A_LITERAL: Final = frozenset(
    {"none", "null", "nil", "true", "false", "undefined", "str", "string", "optional", "@_", "bytes", "char", "uid", "gid", "gecos", "shell"}
)  # fmt: skip

#: What may follow a password of plain letters in the same sentence ("my password is swordfish and ...").
GOES_ON: Final = re.compile(
    r"[ \t]+(?:and|but|dont|don't|please|ok|thanks|for|und|aber|bitte|et|mais|y|pero|e|en|maar|och|og|i|ale|ja|ve)\b"
)
