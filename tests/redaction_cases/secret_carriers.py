"""What people and programs write around a key: chat, code, configuration, command lines, headers, addresses."""

# ruff: noqa: E501, RUF001  # many short texts in a row read better than one a line

from __future__ import annotations

#: For a value that needs nothing beside it.
ANYWHERE = (
    "{}", "use {} for staging", "here you go: {}", "hab ihn: {} bitte nicht weitergeben", "c'est {} merci", '"{}"', "'{}'", "`{}`", "({})", "x = '{}'", 'const k = "{}";', "- {}\n- next", "key: {}",
    "<value>{}</value>", "old {} is revoked", "{},", "> {}", "echo {} | pbcopy", "token={}", 'export TOKEN="{}"', "Authorization: Bearer {}", "curl -H 'X-Api-Key: {}' https://api.example.org",
    '{{"token": "{}"}}', "ключ {} не терять", "密钥是{}", "val: {} # prod", "https://example.org/?token={}", "--token {}", "--token={}", "$env:TOKEN = '{}'", "os.environ['T'] = '{}'", "\t{}\t",
)  # fmt: skip
#: With the name of what it is.
NAMED = (
    "{n}={v}", "{n} = {v}", '{n}="{v}"', "{n}: {v}", '"{n}": "{v}"', "'{n}': '{v}',", "export {n}={v}", '{n} := "{v}"', "{n} => '{v}'", "<{n}>{v}</{n}>", "set {n} {v}", "--{n} {v}", "--{n}={v}",
    "{n} = '{v}'  # prod", "const {n} = '{v}';", "?{n}={v}&page=2", "[default]\n{n} = {v}\n", "{n}: '{v}'", "{n}={v};", "my {n} is {v}", "the {n}: {v}, ok?", "- name: {n}\n  value: x\n{n}: {v}", 'self.{n} = "{v}"', "{n}\t=\t{v}", 'String {n} = "{v}";', "curl -H '{n}: {v}' https://example.org", '{n}: "{v}"', "-e {n}={v}", "setx {n} {v}", "ENV {n}={v}",
)  # fmt: skip
#: With the issuer's name.
ISSUED = (
    "{n}: {v}",
    "{n} = '{v}'",
    '{n}_id = "{v}"'.replace("_id", ""),
    "{n} key {v}",
    "the {n} one is {v}",
    "{n} -> {v}",
    "{n} {v}",
)
#: Codes that are sent once, in the languages of the senders.
CODES = (
    "Your verification code is {}", "{} is your Acme code", "Use code {} to sign in", "G-{} is your Google verification code", "Your one-time password is {}", "OTP: {}", "Your login code: {}. Do not share it", "security code {}",
    "Ihr Bestätigungscode lautet {}", "Dein Code: Sicherheitscode {}", "Ihre TAN lautet {}", "{} ist dein Anmeldecode", "Freischaltcode: {}", "Votre code de vérification est {}", "Code de sécurité : {}", "{} est votre code de connexion",
    "Tu código de verificación es {}", "Código de seguridad: {}", "{} es tu código de acceso", "Il tuo codice di verifica è {}", "Codice di sicurezza: {}", "O seu código de verificação é {}", "{} é o seu código de acesso", "Je verificatiecode is {}", "Uw beveiligingscode: {}",
    "Twój kod weryfikacyjny to {}", "Kod autoryzacyjny: {}", "Din verifieringskod är {}", "Engångskod: {}", "Din bekræftelseskode er {}", "Engangskode: {}", "Din bekreftelseskode er {}", "Vahvistuskoodi: {}", "Vahvistuskoodisi on {}", "Ověřovací kód: {}", "Váš ověřovací kód je {}",
    "Doğrulama kodu: {}", "Doğrulama kodunuz {}", "Код подтверждения: {}", "Ваш код подтверждения {}", "{} - ваш код", "验证码：{}，请勿告诉他人", "您的验证码是{}", "認証コードは{}です", "確認コード: {}", "인증번호 [{}]를 입력하세요", "인증번호는 {} 입니다", "Codul de verificare este {}",
    "Ellenőrző kód: {}", "Ο κωδικός επαλήθευσης είναι {}", "Mã xác minh của bạn là {}", "Kode verifikasi Anda adalah {}", "רמז: קוד אימות {}", "رمز التحقق هو {}",
)  # fmt: skip
