"""The words around a secret and the signs between them, in folded form."""

# ruff: noqa: E501  # alternatives in groups read better than wrapped ones

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction.detectors.gates import finder, gate
from agent.redaction.view import BARRIER, fold

#: After one of these and a sign of assignment little is asked of the value; after the rest it must look random, or
#: stand in quotes and have more than a name has.
_STRONG: Final = (
    "secret", "token", "auth", "cred", "pass", "pasw", "p@ss", "pwd", "psw", "pss", "pssw", "pwrd", "bearer", "hmac", "webhook", "jwt",
)  # fmt: skip
_STRONG_ELSEWHERE: Final = (
    "geheim", "schlüssel", "klíč", "jeton", "segret", "segred", "sekret", "hemlig", "salaisuus", "titok", "gizli",
)  # fmt: skip
_STRONG_OTHER: Final = tuple(map(fold, (
    "ключ", "токен", "секрет", "密钥", "密鑰", "令牌", "密匙", "秘钥", "トークン", "シークレット", "秘密鍵", "アクセスキー", "토큰", "시크릿", "مفتاح", "רמז סודי", "कुंजी", "κλειδι",
)))  # fmt: skip
#: In any text; ``client`` stands for the client's id, the last three say only what stands directly beside them.
COMMON: Final = (
    *_STRONG, "key", "sig", "sess", "sid", "salt", "nonce", "cookie", "client", "seed", "pw", "dsn", "s3cr3t", "clid",
    "basic", "identified", "securestring", "jfrog",
)  # fmt: skip
#: The same in other languages.
ELSEWHERE: Final = tuple(map(fold, (
    *_STRONG_ELSEWHERE, "clave", "clé", "chiave", "chave", "klucz", "nyckel", "nøgle", "nøkkel", "sleutel", "avain", "anahtar", "kulcs", "cheie",
)))  # fmt: skip
#: In a text with letters other than Latin.
OTHER: Final = _STRONG_OTHER
_GATE: Final = gate((*COMMON, *ELSEWHERE))
_GATE_OTHER: Final = gate(OTHER)
_FINDER: Final = finder((*COMMON, *ELSEWHERE))
_FINDER_ANY: Final = finder((*COMMON, *ELSEWHERE, *OTHER))


def stems(folded: str) -> Iterator[re.Match[str]] | None:
    """The words in the text, in order; None if there is none."""
    if folded.isascii():
        return _FINDER.finditer(folded) if _GATE.search(folded) else None
    return _FINDER_ANY.finditer(folded) if _GATE.search(folded) or _GATE_OTHER.search(folded) else None


IS_STRONG: Final = frozenset({*_STRONG, *map(fold, _STRONG_ELSEWHERE), *_STRONG_OTHER})
#: Stand for themselves only: no letter may touch them.
SHORT: Final = frozenset({"salt", "nonce", "seed", "pw", "dsn", "cookie", "clave", "cle", "jeton", "pss", "clid"})
#: Words that only look like the beginning of one: "author", "keyboard", "passenger", "sessions", "tokenizer", "compass".
NOT_A_STEM: Final = re.compile(
    r"auth(?:or(?!iz|is|ity)|enticat(?!ion|e|or)|ors?\b)|key(?:board|note|stone|frame|down|up|press|pad|chain|code|cloak|s?pace|ring|hole|able|ed\b|ing\b|word)"
    r"|pass(?:eng|ing|ive|age|port|ion|ed\b|es\b|throug|ab|ov|at)|cred(?:it|ib|o\b)|token(?:iz|is)|secret(?:ar|ion|ly)|client(?![ _-]?id)|sid(?!\d|[^a-z]|\Z)|sess(?!ion|id)|sig(?!nature|[^a-z]|\Z)|session_?(?:count|length|timeout|storage)|signature_?(?:algo|version|method|type)"
)
QUALIFIED: Final = re.compile(
    r"(?:api|app|access|auth|private|priv|client|encrypt(?:ion)?|decrypt(?:ion)?|secret|sign(?:ing)?|master|account|shared|license|consumer|admin|storage|deploy(?:ment)?|ssh|rsa"
    r"|service|server|write|read|ingest|integration|instrumentation|subscription|preshared|pre-shared|hmac|aes|cipher|primary|webhook|root|user|stream|tls|ssl|jwt|hash|gpg|pgp|project|site|publishable|host|function|recovery|anon|role)[ _.-]{0,2}\Z"
)  # fmt: skip
#: From a word on: the rest of its name, a type, a sign of assignment, an opening quote, a scheme.
ASSIGN: Final = re.compile(
    r"[\w.\-]{0,30}+(?:\[[^\]\n]{0,20}\])?[\\\"'`\])*]{0,3}+(?:[ \t]{0,3}:?[ \t]{0,3}(?:string|str|text|varchar)\??(?=[ \t=:]))?(?:, ?default)?[ \t]{0,8}+"
    r"(?P<sign>:{1,2}=|={1,3}>?|[-=]>|!={1,2}|[?+.]=|:(?!:)|>|,(?=[ \t]?\\?[\"'`])|\bis\b:?|\bist\b:?|\best\b|\bes\b|\bjest\b|は|是|为|：)\s{0,12}+"
    r"(?P<open>(?:[@bru]{0,2}\\?[\"'`])|[({\[]?[\"'`])?(?:(?:bearer|basic|token|digest|apikey|negotiate|api-key|key)[ \t]{1,3})?"
)
#: ``TOKEN = os.environ.get("TOKEN") or "value"``: what holds if nothing else is set.
FALLBACK: Final = re.compile(
    r"[\w.:>-]{0,40}\([^()\n]{0,60}?(?:\)[ \t]{0,2}(?:or|\|\||\?\?|\?:)|,)[ \t]{0,3}(?P<open>[\"'])(?P<value>[^\"'\n]{6,200})(?P=open)"
)
BESIDE: Final = re.compile(
    r"(?P<word>tokens?|secrets?|keys?|bearer|basic|secrete|identified (?:with \S{1,40} )?(?:by|as)|securestring(?: -\w{1,20}){0,4}|credentials?|auth)"
    r"(?P<more>[ \t]{1,3}(?:is|was|value|key|id|for [\w.-]{1,20}|string|set))?[ \t]{1,4}\(?[ \t]?\\?(?P<open>[\"'`])?"
)
QUERY: Final = re.compile(
    r"[?&;][\w.-]{0,20}?(?:token|key|sig|signature|secret|auth|code|session|sid|credential|pass)[\w.-]{0,10}="
)
TOKEN: Final = re.compile(rf"[^\s\"'`,;<{BARRIER}]{{4,2000}}")
#: No token is shorter; most words of a text are.
PIECE: Final = re.compile(r"[!-~]{13,}")
WORD: Final = re.compile(r"[A-Za-z0-9]+|[$*]")
#: Small letters and signs only: named by somebody.
PLAIN: Final = re.compile(r"[a-z_./~-]+")
LONG: Final = re.compile(r"[A-Za-z0-9_\-+/.~]{16,}={0,2}")
STOP: Final = re.compile(r"[)\]}.,;:!?\\]+\Z|\)[.;].*\Z")
IDENTIFIER: Final = re.compile(r"[A-Za-z_$][\w$]*(?:(?:\.|->|::)[A-Za-z_$][\w$]*)*(?:\(.*|\[.*)?")
CALL: Final = re.compile(r"(?:[A-Za-z_$][\w$]*(?:\.|->|::))*[A-Za-z_$][\w$]*\(")
LONGEST: Final = 2000
PATH: Final = re.compile(r"/(?:tokens?|keys?|secrets?|reset|verify|invite|activate|confirm|login|magic|unsubscribe)/")
COMPARED: Final = re.compile(
    r"([\"'])([^\"'\n]{6,200})\1[ \t]{0,3}[!=]={1,2}[ \t]{0,3}[\w.\[]{0,40}(?:passw|passwd|secret|token|key|pwd)"
)
IN_QUERY: Final = re.compile(r"[?&][\w.-]{0,40}\Z")
KEYED: Final = re.compile(r"[A-Za-z_ .-]{2,30}[:=]")
NEXT: Final = re.compile(r"[&;,](?=[\w.-]{1,40}[=:])")
NOT_KEYS: Final = re.compile(
    r"(?:primary|foreign|public|sort|partition|hot|arrow|enter|escape|shift|major|minor|turn|low|high|same|any|csrf|token|cache|row|object|s3|idempotency|react|storage|message|routing|dedup|group|map|bucket) ?_?(?:s)?\Z"
)
#: Lines of base64 go on below, with the signs of code between them.
CONTINUED: Final = re.compile(
    r"[\"']?[ \t]{0,3}(?:\\[nr]){0,2}[ \t\"'+\\]{0,6}(?:\r?\n)[ \t+|>#*\"']{0,40}(?P<line>[A-Za-z0-9+/]{16,}={0,2}(?![\w./-]))"
)

#: What says before a random piece that everybody may see it: sums, versions, identities, pictures, public keys.
HARMLESS: Final = re.compile(
    r"(?:sha-?\d{1,3}|(?:csrf|xsrf|authenticity)[\w-]{0,20}(?:[\"'] value)?|md5|integrity|check_?sum|digest|fingerprint|thumbprint|e-?tag|commit|revision|hash(?:es)?|blake\w{0,3}|crc\d{0,2}|h1|base64,|boundary|ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3}|(?:sk-)?ssh-ed25519(?:@openssh\.com)?"
    r"|(?:request|trace|span|message|correlation|transaction|order|invoice|build|run|job|event|document|doc|file|folder|video|object|device|account|tenant|resource|item|product|customer|ticket|node|pod|container|image|instance|parent|thread|channel|playlist|page|post|track|tracking|parcel|row|element|span|peer|cell)[ _-]?ids?|message-id|x-amz-cf-id|gclid|fbclid|msclkid|etag|version|serial(?: ?(?:no|number|nr))?\.?|part no\.?|"
    r"cid|ulid|uuid|guid|vin|sku|isbn|doi|public[ _-]?key|pubkey|d|folders|file|document|list|v|embed|watch\?v|artifacts?|assets?|static|chunks?|img|images?|dist|uploads?|media)"
    r"[\"'\])]{0,2}[ \t]{0,2}[:=#/-]?>?[ \t]{0,2}(?:w/)?[\"'<({\[]?[ \t]?\Z"
)
#: What programs name things; of a fingerprint, two digits at a time; a number.
NUMBERED: Final = re.compile(r"_(?=[a-z]{0,12}\d)[a-z0-9]{16,}\Z")
NAME: Final = re.compile(r"[a-z]{1,12}(?:_[a-z0-9]+){2,}")
#: A directory, a host, a file: what tells a path from base64.
IN_PATH: Final = re.compile(
    r"\A[/.~]|//|\.[a-z]{2,4}/|(?:\A|/)[a-z]{3,}(?=/)|(?:\A|/)[a-z_-]{6,}(?:/|\Z)|\.[a-z]{2,4}\Z"
)
OCTETS: Final = re.compile(r"(?:[0-9A-Fa-f]{2}:){5}|0x[0-9a-fA-F]{1,8}\Z|[*&]*[A-Za-z_][\w.]*\(")
#: Base64 with its padding, in quotes or before an escape.
PADDED: Final = re.compile(r"[\"'`](?P<value>[A-Za-z0-9+/]{9,200}+={1,2})(?=[\"'`\\])")
HARMLESS_REACH: Final = 44
#: How known files begin in base64 (PNG, JPEG, GIF, WebP, SVG, XML, PDF, icons, fonts, ZIP, gzip, certificates, public keys).
PUBLIC_START: Final = re.compile(
    r"iVBOR|/9j/|R0lGOD|UklGR|PHN2Z|PD94b|JVBER|AAABAA|d09GR|AAEAAA|UEsDB|H4sI|PCFET|LS0tLS1CRUdJTiBDRVJU|LS0tLS1CRUdJTiBQVUJMSUM"
    r"|AAAA(?:B3NzaC1|C3NzaC1|E2VjZHN|G25pc3Q)|MII(?:BIjAN|CIjAN|BojAN|BITAN)|MIGfMA0G|MFkwEwYH|MHYwEAYH|MCowBQYD|AGFzbQ|T2dnU|SUQz|Qk0|eyJ2ZXJzaW9uIjoz"
)
