"""Codes that are sent once, and those kept for the day the telephone is lost; words in about twenty languages."""

# ruff: noqa: E501  # alternatives in groups read better than wrapped ones

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction.detectors.gates import gate
from agent.redaction.kinds import SECRET
from agent.redaction.view import Span, View, fold

#: No code is named in a text in which none of these occurs.
_WORDS: Final = tuple(map(fold, (
    "code", "cod", "otp", "kod", "tan", "one-time", "one time", "einmal", "unique", "engang", "eenmal", "jednoraz", "koodi", "код", "验证", "驗證", "認証", "確認", "인증", "2fa", "totp", "authenticator",
    "κωδικ", "رمز", "קוד", "कोड", "รหัส", "mã ", "setup key",
)))  # fmt: skip

GATE: Final = gate(_WORDS)

#: In English, then by language; each line but the last ends with the sign of an alternative.
_NAMES: Final = (
    r"otp|one[ -]time (?:pass)?(?:code|word|pin)|(?:verification|verify|security|login|log-?in|sign-?in|auth(?:entication|orization)?|confirmation|access|2fa|mfa|sms|backup|recovery|activation|pairing|unlock|reset|two-factor|whatsapp|google|microsoft|steam|apple id|telegram|signal|paypal|amazon|facebook|instagram|discord|uber|bank)[ -]?(?:pass)?codes?|passcode|"
    r"(?:bestatigungs|sicherheits|verifizierungs|freischalt|einmal|anmelde|zugangs|login|aktivierungs|wiederherstellungs|backup|sms|pruf)-?codes?|(?:m|sms|push|photo|i)?-?tan(?:-nummer)?|einmal-?(?:passwort|kennwort)|"
    r"codes? (?:de |d')(?:verification|securite|confirmation|acces|connexion|validation|secours|recuperation|activation)|code a usage unique|mot de passe a usage unique|"
    r"codigos? de (?:verificacion|seguridad|confirmacion|acceso|recuperacion|activacion|verificacao|seguranca|confirmacao|acesso|recuperacao|ativacao)|clave dinamica|contrasena de un solo uso|"
    r"codic[ei] (?:di |d')(?:verifica|sicurezza|accesso|conferma|attivazione|recupero|autenticazione)|codice (?:otp|sms)|"
    r"(?:verificatie|beveiligings|bevestigings|inlog|toegangs|herstel|eenmalige )-?codes?|eenmalig wachtwoord|"
    r"kod(?:y|u)? (?:weryfikacyjny|weryfikacyjne|autoryzacyjny|potwierdzajacy|dostepu|sms|bezpieczenstwa|jednorazowy|odzyskiwania|logowania|aktywacyjny)|haslo (?:sms|jednorazowe)|"
    r"(?:verifierings|sakerhets|bekraftelse|engangs|inloggnings|bekreftelses|bekraeftelses|sikkerheds|sikkerhets|verifikations|verifiserings|aktiverings|login)-?(?:kod|kode)(?:en|er|n)?|engangs(?:kod|kode|losen|passord|adgangskode)|"
    r"(?:vahvistus|varmennus|turva|kertakayttoinen |aktivointi|palautus)-?koodi(?:si|nne)?|kertakayttokoodi(?:si)?|"
    r"(?:overovac[ií]|potvrzovac[ií]|bezpecnostn[ií]|autorizacn[ií]|prihlasovac[ií]|jednorazov[yý]|overovac[ií] sms) (?:sms )?k[oó]d|sms k[oó]d|(?:overovac|potvrdzovac|bezpecnostn|autorizacn)y kod|"
    r"(?:megerosito|ellenorzo|biztonsagi|hitelesito|belepesi|aktivalo|egyszer hasznalatos) ?(?:kod|jelszo)(?:ja|od)?|"
    r"cod(?:ul)? (?:de )?(?:verificare|securitate|confirmare|acces|activare|autentificare)(?: este)?|"
    r"(?:dogrulama|onay|guvenlik|aktivasyon|giris|tek kullanimlik)(?: kodunuz| kodu| sifreniz| sifre)|"
    r"(?:проверочн|одноразов|защитн|секретн)[а-я]{2,3} (?:код|пароль)|код(?:а|ом)? (?:подтверждения|проверки|доступа|безопасности|авторизации|активации|входа|підтвердження|перевірки|доступу|безпеки)|(?:смс|sms)-?код|"
    r"κωδικος (?:επαληθευσης|επιβεβαιωσης|ασφαλειας|μιας χρησης)|ma (?:xac (?:minh|nhan|thuc)|otp)(?: cua ban)?|kode (?:verifikasi|otp|keamanan|akses)(?: anda)?|kontrol ?kodu|kontrolni kod|(?:kod|verifikacijski kod) za (?:provjeru|potvrdu)|"
    r"رمز (?:التحقق|التاكيد|الامان|الدخول)|كود (?:التحقق|التفعيل)|קוד (?:ה?אימות|כניסה|אישור)|सत्यापन कोड|ओटीपी|รหัส(?:ยืนยัน|otp)"
)
_IS: Final = r"is|ist|lautet|est|es|e|er|jest|to|je|ar|on|este|este:|la|la:|adalah|ειναι|هو|is:|:|=|-|>|a|az|e:|olarak|no|nr|number|nummer"
_VALUE: Final = r"(?P<value>(?:[a-z]{1,2}-)?(?:\d{4,9}|\d{3,4}[ -]\d{2,4})|(?:\d[ -]){5,7}\d|(?=[a-z]{0,7}\d)[a-z0-9]{5,8}|[a-z0-9]{3,4}-[a-z0-9]{3,4}(?=[\s.,;!]|\Z))(?!\w|[.,:/]\d|\])"
CODE: Final = re.compile(
    rf"(?:{fold(_NAMES)})(?![^\W_])[ \t]{{0,3}}(?:\([^()\n]{{0,20}}\)[ \t]{{0,2}})?(?:[\w .]{{0,28}}?[ \t]{{0,2}}(?<!\w)(?:{fold(_IS)}))?[ \t:=\"'#>\n]{{0,4}}{_VALUE}"
)
UNSPACED: Final = re.compile(
    rf"(?:{'|'.join(map(fold, ('验证码', '驗證碼', '校验码', '动态码', '動態密碼', '認証コード', '確認コード', '認証番号', '確認番号', 'ワンタイムパスワード', 'セキュリティコード', '인증번호', '인증 번호', '인증코드', '확인 코드')))})[^\d\n]{{0,12}}(?P<value>\d{{3}}[ -]?\d{{3}}|\d{{4,8}})(?!\d)"
)
_YOURS: Final = "your|ihr|dein|votre|ton|tu|su|seu|sua|il tuo|uw|je|twoj|din|ditt|vas|tvuj|sizin|ваш|твой"
FIRST: Final = re.compile(
    rf"(?<![\w-])(?P<value>(?:[a-z]-)?(?:\d{{3}}[ -]\d{{3,4}}|\d{{4,8}}))(?:[\"')\]]{{0,2}}) (?:is|ist|est|es|e|jest|je|ar|er|on|-|—|–|:)?[ ]?(?:(?:o|a|il|la|el|der|die|das) )?(?:{_YOURS}) [\w '-]{{0,40}}?(?:code|kod|codigo|codice|koodi|код|otp|pin|tan|passwor[dt])"
)
USE: Final = re.compile(
    r"(?<![^\W_])(?:use|enter|gib|nutze|verwende|utilisez|usa|use o|wpisz|введите)[ \t]{1,2}(?:code|den code|le code|el codigo|kod|код)?[ \t:]{0,2}(?P<value>(?:[a-z]-)?(?:\d{3}[ -]\d{3}|\d{4,8}))(?!\d)"
)
#: Codes for the day the telephone is lost: pieces with digits, one beside the other or below it.
KEPT: Final = re.compile(
    r"(?:recovery|backup|emergency|scratch|wiederherstellungs|backup-|notfall|ersatz)[ -]?codes?[^\n:]{0,40}(?::|\n)|codes? de (?:secours|recuperation)[^\n:]{0,30}:|codigos? de (?:recuperacion|respaldo|recuperacao|backup)[^\n:]{0,30}:|codici di (?:recupero|backup)[^\n:]{0,30}:|herstelcodes?[^\n:]{0,30}:|kody (?:odzyskiwania|zapasowe)[^\n:]{0,30}:"
)
_KEPT_NEXT: Final = re.compile(
    r"[\s,;|*·-]{0,8}(?:\d{1,2}[.)]\s{1,3})?((?=[a-z-]{0,14}\d|[a-z0-9]{4,6}-)[a-z0-9]{4,10}(?:[ -][a-z0-9]{4,6}(?![^\W_]))?(?:-[a-z0-9]{4,6}){0,3}|\d{4} \d{4})(?![^\W_])"
)
#: The seed of such codes (RFC 6238, RFC 4648 base 32), often in groups of four.
SEED: Final = re.compile(
    r"(?:totp|2fa|mfa|authenticator|setup|manual entry|secret|two-factor|otp|einrichtungs)[ _-]?(?:secret|key|seed|code|schlussel)?(?: (?:is|key|ist|secret))?[ \t]{0,2}[:=]?[ \t]{0,2}[\"']?"
    r"(?P<value>(?:[a-z2-7]{4}[ -]){3,15}[a-z2-7]{1,8}={0,6}|[a-z2-7]{16,64}={0,6})(?![^\W_])"
)
_MOST_KEPT: Final = 20
_BEFORE: Final = 56
_AFTER: Final = 100


def find(view: View) -> Iterator[Span]:
    """Codes in a text with digits."""
    folded = view.folded
    present = [word for word in _WORDS if word in folded]
    for start, end in _windows(folded, present):
        for pattern in (CODE, UNSPACED, FIRST, USE):
            for match in pattern.finditer(folded, start, end):
                before = folded[match.start() - 1 : match.start()]
                if pattern is CODE and (before.isalnum() or before == "_"):
                    continue
                if _a_code(match.group("value")):
                    yield view.span(*match.span("value"), SECRET)
        yield from _kept(view, start, end)


def _windows(folded: str, present: list[str]) -> list[tuple[int, int]]:
    """The surroundings of the words, joined where they meet."""
    places = []
    for word in present:
        at = folded.find(word)
        while at >= 0:
            places.append(at)
            at = folded.find(word, at + len(word))
    windows: list[tuple[int, int]] = []
    for at in sorted(places):
        end = at + _AFTER
        while end < len(folded) and end < at + 2 * _AFTER and folded[end].isalnum():
            end += 1
        if windows and at - _BEFORE <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((max(0, at - _BEFORE), end))
    return windows


def _kept(view: View, start: int, end: int) -> Iterator[Span]:
    """Codes for later, and the seed of codes."""
    folded = view.folded
    for match in KEPT.finditer(folded, start, end):
        at = match.end()
        for _code in range(_MOST_KEPT):
            kept = _KEPT_NEXT.match(folded, at)
            if kept is None:
                break
            at = kept.end()
            yield view.span(*kept.span(1), SECRET)
    for match in SEED.finditer(folded, start, end):
        typed = view.cased[match.start("value") : match.end("value")]
        if typed == typed.upper() or (any(map(str.isdigit, typed)) and len(typed) >= 20):
            yield view.span(match.start("value"), match.end("value"), SECRET)


def _a_code(value: str) -> bool:
    """Not a year, not a word with a number behind it."""
    digits = sum(map(str.isdigit, value))
    return digits >= 4 or (digits >= 2 and len(value) >= 6 and not value[:4].isalpha()) or "-" in value
