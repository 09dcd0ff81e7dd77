"""The words around a password, in folded form: labels, connectors, and what is never a value."""

from __future__ import annotations

import re
from typing import Final

from agent.redaction.view import fold


def _any(words: tuple[str, ...]) -> str:
    """One alternation of the folded words, the longest first; a blank stands for blank, dash, underscore or nothing."""
    folded = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[ _-]?") for word in folded)


#: Long enough to be recognised inside a compound (DB_PASSWORD, WLAN-Passwort, kontolösenord) and with an ending.
_LONG: Final = (
    "password", "passwort", "passwd", "kennwort", "passphrase", "wachtwoord", "lösenord", "contraseña", "salasana",
    "kodeord", "adgangskode", "passord", "jelszó", "hasło", "hasłem", "hasła", "heslo", "parolă", "şifreniz",
    "parolanız", "пароль", "пароля", "паролем", "κωδικός", "senha de acesso", "passcode", "passwörter",
)  # fmt: skip
#: Asked for as whole words.
_SHORT: Final = (
    "pw", "pwd", "psw", "passw", "pass", "pin", "pincode", "pin code", "code pin", "mdp", "mot de passe", "clave",
    "senha", "şifre", "şifresi", "şifrem", "parola d'ordine", "lozinka", "parool", "mật khẩu", "kata sandi",
    "seed phrase", "recovery phrase", "security code", "door code",
)  # fmt: skip
#: Scripts without blanks between words.
_UNSPACED: Final = ("密码", "密碼", "口令", "パスワード", "暗証番号", "비밀번호", "암호")

#: No label can match a text in which none of these occurs; cheaper to ask than the expression is to run.
GATE: Final = (
    "pass", "kennwort", "wacht", "wort", "senord", "contrase", "salasana", "kod", "jelszo", "haslo", "hasla", "hasle",
    "heslo", "parol", "sifre", "пароль", "парол", "κωδ", "senha", "pw", "psw", "pin", "mdp", "clave", "lozinka", "mat",
    "kata", "phrase", "code", *map(fold, _UNSPACED),
)  # fmt: skip

LABEL: Final = re.compile(
    rf"(?:(?:{_any(_LONG)})[^\W_]{{0,4}}|(?<![^\W_])(?:{_any(_SHORT)})\d{{0,2}}(?![^\W_])|{_any(_UNSPACED)})"
)
SHORT_PIN: Final = re.compile(r"pin|code")
PHRASE: Final = re.compile(r"phrase|mnemonic")

_IS: Final = _any(
    (
        "is", "was", "ist", "lautet", "war", "est", "es", "era", "é", "è", "são", "sont", "jest", "to", "brzmi", "je",
        "er", "är", "var", "on", "это", "is now", "is set to", "set to", "was set to", "changed to", "has been set to",
        "reset to", "will be", "should be", "olan", "adalah", "la", "là", "είναι",
    )
)  # fmt: skip
_IS_UNSPACED: Final = _any(("は", "是", "为", "為", "는", "은", "이", "が"))

_LABEL_END: Final = r"[\"'`\])*]{0,3}[ \t]{0,3}(?:\([^()\n]{0,30}\)[ \t]{0,3})?"
#: ``label:``, ``label =``, ``"label": ``, ``<label>``; the value may stand on the next line.
DIRECT: Final = re.compile(rf"{_LABEL_END}(?::=|[=-]>|→|⇒|={{1,3}}|:|>)\s{{0,4}}")
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

_SENTENCES: Final = """
    the a an my your our his her their this that these it not no never now always still also only just too so very
    required optional needed mandatory missing wrong incorrect correct invalid valid expired expiring weak strong
    secure safe unsafe secret hidden empty blank unknown known unset set changed reset stored saved sent shared shown
    shorter longer short long encrypted hashed protected protection compromised leaked locked disabled enabled
    generated managed handled being used good bad okay fine different same new old in on at to for by with from of as
    and or but if when where what how who which there here please below above attached following
    nicht kein falsch richtig abgelaufen geändert gesperrt erforderlich pas faux incorrecte correcte requis
    obligatoire expiré incorrecta correcta obligatoria caducada
    none null true false undefined string bool bytes input todo
"""
#: After "password is": sentences about passwords, not passwords.
NOT_A_VALUE: Final = frozenset(map(fold, _SENTENCES.split()))
#: After "password:" or "password=" only what a program would write there.
NOT_A_LITERAL: Final = frozenset({"none", "null", "nil", "true", "false", "undefined", "str", "string", "optional"})

#: What may follow a password of plain letters in the same sentence ("my password is swordfish and ...").
GOES_ON: Final = re.compile(
    r"[ \t]+(?:and|but|dont|don't|please|ok|thanks|for|und|aber|bitte|et|mais|y|pero|e|en|maar|och|og|i|ale|ja|ve)\b"
)
