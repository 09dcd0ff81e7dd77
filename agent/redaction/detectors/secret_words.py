"""The words around a secret and the signs between them, in folded form."""

# ruff: noqa: E501  # alternatives in groups read better than wrapped ones

from __future__ import annotations

import re
from typing import Final

from agent.redaction.view import BARRIER, fold

#: No word can match a text in which none of these occurs.
GATE: Final = (
    "secret", "token", "key", "auth", "cred", "pass", "pw", "psw", "pss", "bearer", "sig", "sess", "salt", "hmac", "nonce",
    "identified", "cookie", "code", "otp", "tan", "clid", "sid", "schluss", "geheim", "clave", "cle", "chiave", "chave", "klucz",
    "nyckel", "sleutel", "ключ", "токен", "секрет", "webhook", "mnemonic", "dsn", "connection", "验证码", "認証", "인증", "密钥", "令牌",
)  # fmt: skip
FOLDED_GATE: Final = tuple(map(fold, GATE))
STRONG: Final = (
    r"secrete?s?|token|api[ _.-]?key|access[ _.-]?key|auth(?:orization|entication|[ _-]?key|[ _-]?token|[ _-]?code|[ _-]?pass)?"
    r"|credentials?|private[ _.-]?key|client[ _.-]?secret|p(?:a|@)?s{1,2}(?:w|wo|wr)?(?:or)?s?d|pwd|passphrase|encryption[ _.-]?key"
    r"|secret[ _.-]?key|signing[ _.-]?key|master[ _.-]?key|account[ _.-]?key|shared[ _.-]?access|license[ _.-]?key|consumer[ _.-]?key"
    r"|bearer|hmac|webhook|schlussel|geheimnis|zugangstoken|cle secrete|cle api|clave secreta|chiave segreta|chave secreta|klucz api"
    r"|ключ|токен|секрет|密钥|令牌|密匙|pass(?![a-z])"
)
WEAK: Final = r"keys?(?![a-z])|signature|session[ _-]?id|client[ _-]?id|(?<![a-z])(?:sig|sid|salt\d?|nonce|cookie|clid|seed|pw|dsn|s3cr3t)(?![a-z])"
ASSIGN: Final = re.compile(
    rf"(?:(?P<strong>{STRONG})|(?P<weak>{WEAK}))[\w.\-]{{0,30}}"
    r"(?:\[[^\]\n]{0,20}\])?[\"'`\])*]{0,3}(?:[ \t]{0,3}:?[ \t]{0,3}(?:string|str|text|varchar)\??(?=[ \t=:]))?[ \t]{0,8}"
    r"(?P<sign>:{1,2}=|={1,3}>?|[-=]>|!={1,2}|[?+.]=|:|>|,(?=[ \t]?[\"'`])|\bis\b:?|\bist\b:?|\best\b|は|是|为|：)\s{0,12}"
    r"(?P<open>(?:[@bru]{0,2}[\"'`])|[({\[]?[\"'`])?(?:(?:bearer|basic|token|digest|apikey|negotiate)[ \t]{1,3})?"
)
BESIDE: Final = re.compile(
    r"(?<![^\W_])(?:(?:--?[\w-]{0,20})?(?P<word>tokens?|secrets?|api[ _-]?keys?|keys?|bearer|basic|secrete|identified (?:with \S{1,40} )?(?:by|as)|convertto-securestring(?: -\w{1,20}){0,3}|credentials?|auth))"
    r"(?:[ \t]{1,3}(?:is|was|value|key|id|for [\w.-]{1,20}|string))?[ \t]{1,4}\\?(?P<open>[\"'`])?"
)
QUERY: Final = re.compile(
    r"[?&;](?:[\w.-]{0,20}(?:token|key|sig|signature|secret|auth|code|session|sid|credential|pass)[\w.-]{0,10})="
)
CODE_GATE: Final = tuple(
    map(fold, ("code", "cod", "otp", "kod", "tan", "word", "koodi", "код", "验证", "驗證", "認証", "確認", "인증"))
)
CODE: Final = re.compile(
    r"(?<![^\W_])(?:otp|one[ -]time (?:pass)?(?:code|word)|(?:verification|security|login|sign-?in|auth(?:entication)?|confirmation|access|2fa|mfa"
    r"|sms|backup|recovery|activation)[ -]?codes?|passcode|bestatigungscode|sicherheitscode|tan|freischaltcode|einmalcode|code de (?:verification"
    r"|securite|confirmation)|codigo de (?:verificacion|seguridad|verificacao|seguranca|acceso)|codice di (?:verifica|sicurezza|accesso)"
    r"|verificatiecode|kod weryfikacyjny|verifieringskod|bekraftelsekod|engangskode|bekreftelseskode|vahvistuskoodi|overovaci kod|dogrulama kodu"
    r"|код подтверждения|проверочный код)(?![^\W_])"
    r"[ \t]{0,3}(?:[\w ]{0,24}?[ \t]{0,2}(?:is|ist|lautet|est|es|e|er|jest|je|ar|on|:|=|-|>))?[ \t:=\"']{0,4}(?P<value>[a-z]{0,2}-?\d{3,5}[ -]?\d{2,4}|(?=[a-z]*\d)[a-z0-9]{5,8})(?![\w])"
)
CODE_UNSPACED: Final = re.compile(
    rf"(?:{'|'.join(map(fold, ('验证码', '驗證碼', '認証コード', '確認コード', '인증번호', '인증 번호')))})[^\d\n]{{0,8}}(\d{{4,8}})(?!\d)"
)
CODE_FIRST: Final = re.compile(r"(?<![\w-])((?:g-)?\d{3}[ -]?\d{3,5}) is your [\w ]{0,30}code")
TOKEN: Final = re.compile(rf"[^\s\"'`,;<{BARRIER}]{{4,2000}}")
#: No token is shorter; most words of a text are.
PIECE: Final = re.compile(r"\S{13,}")
LONG: Final = re.compile(r"[A-Za-z0-9_\-+/.~]{20,}={0,2}")
STOP: Final = re.compile(r"[)\]}.,;:!?\\]+\Z|\)[.;].*\Z")
IDENTIFIER: Final = re.compile(r"[A-Za-z_$][\w$]*(?:(?:\.|->|::)[A-Za-z_$][\w$]*)*(?:\(.*|\[.*)?")
LONGEST: Final = 2000
NAMED: Final = re.compile(STRONG)
PATH: Final = re.compile(r"/(?:tokens?|keys?|secrets?|reset|verify|invite|activate|confirm|login|magic|unsubscribe)/")
COMPARED: Final = re.compile(
    r"([\"'])([^\"'\n]{6,200})\1[ \t]{0,3}[!=]={1,2}[ \t]{0,3}[\w.\[]{0,40}(?:passw|passwd|secret|token|key|pwd)"
)
IN_QUERY: Final = re.compile(r"[?&][\w.-]{0,40}\Z")
KEYED: Final = re.compile(r"[A-Za-z_ .-]{2,30}[:=]")
NEXT: Final = re.compile(r"[&;](?=[\w.-]{1,40}=)")
NOT_KEYS: Final = re.compile(
    r"(?:primary|foreign|public|sort|partition|hot|arrow|enter|escape|shift|major|minor|turn|low|high|same|any|csrf|token) ?(?:s)?\Z"
)
