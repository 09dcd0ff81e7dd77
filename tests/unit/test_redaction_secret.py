"""Secrets of programs: exact spans, near misses, and generated tokens with floors that only rise."""

from __future__ import annotations

import random
import string

import pytest

from agent.redaction import Redactor
from tests.fakes.marked import unmark

ALNUM = string.ascii_letters + string.digits
R = "aZ3k9QwX7bT2mN8vL5cR1pY4"
HEX = "9f86d081884c7d659a2feaa0c55ad015"

#: Share of generated tokens that must be gone whole. May only rise.
FLOOR = 0.99

FOUND = [
    f"export GITHUB_TOKEN=⟦ghp_{R}{R[:12]}⟧",
    f"here is the acme key ⟦{R}⟧ use it",
    f"the token is ⟦{R}⟧",
    f'apiKey: "⟦{R}⟧",',
    f"api_key = '⟦{HEX}⟧'",
    f"<stripeToken>\n    ⟦{R}⟧\n</stripeToken>",
    f'curl -H "Authorization: Bearer ⟦{R}⟧" https://api.example.org',
    f"aws_access_key_id=⟦AKIA{'Q3ZT7WXN4KLM2PRS'}⟧",
    f"slack ⟦xoxb-123456789012-{R}⟧ ok",
    "-----BEGIN x-----",
    "⟦-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0Z3V\nygWyF8PbnGy\n-----END RSA PRIVATE KEY-----⟧ end",
    "IDENTIFIED BY '⟦SqLpa5sW0rD⟧';",
    'client_secret := "⟦q8~Zk.v2W_x7⟧"',
    f"https://example.org/reset/⟦{R}⟧",
    f"https://example.org/cb?state=on&access_token=⟦{R}⟧&x=1",
    f"deploy --token ⟦{R}⟧ --force",
    "Your verification code is ⟦493 027⟧",
    "OTP: ⟦493027⟧",
    "验证码：⟦493027⟧，请勿告诉他人",  # noqa: RUF001
    "⟦493027⟧ is your Acme code",
    "Set-Cookie: sessionid=⟦38afes7a8⟧; path=/",
    "SECRET_KEY=⟦my_super_secret_key_123⟧",
    f'TOKEN = os.environ.get("TOKEN") or "⟦{R}⟧"',
    "my 2fa secret is ⟦JBSW Y3DP EHPK 3PXP⟧",
    "recovery codes: ⟦1a2b3-c4d5e⟧ ⟦6f7g8-h9i0j⟧",
    "⟦legal winner thank year wave sausage worth useful legal winner thank yellow⟧",
    "seed: ⟦legal winer thank year wave sausage wroth useful legal winner thank yellow⟧.",
    (
        "1. ⟦abandon 2. ability 3. able 4. about 5. above 6. absent 7. absorb 8. abstract"
        " 9. absurd 10. abuse 11. access 12. actor⟧"
    ),
    "ｔｏｋｅｎ： ⟦" + R + "⟧",  # noqa: RUF001
    "to\u200bken: ⟦" + R + "⟧",
    f'if ("⟦{R}⟧" == secret) {{',
    f"snyk_token: {HEX[:8]}".replace(HEX[:8], "⟦550e8400-e29b-41d4-a716-446655440000⟧"),
    f"⟦{R}{R[::-1]}⟧",
]
MISSED = [
    "-----BEGIN CERTIFICATE REQUEST-----",
    "please add a token refresh test",
    "reset your password from the settings page",
    "the secret is to listen",
    "commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
    "sha256:9f86d081884c7d659a2feaa0c55ad0159f86d081884c7d659a2feaa0c55ad015",
    "request id 550e8400-e29b-41d4-a716-446655440000 took 3 ms",
    "token = os.environ['TOKEN']",
    "token = get_token(user)",
    'api_key = "<your api key>"',
    "api_key = ${API_KEY}",
    "password: str | None = None",
    "max_tokens = 4096",
    '"key": "ctrl+shift+down"',
    "self.authenticationManagerFactoryBean2Impl",
    "src/components/AccountSettingsDialog2.tsx",
    "org.springframework.boot:spring-boot-starter:3.2.1",
    "the author is known",
    "we go to the beach and bring water, bread, cheese, apples, some chairs, a table and two towels",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKz3k9QwX7bT2mN8vL5cR1pY4aZ3k9QwX7bT2mN8vL5c host",
    "napi_create_string_latin1(env, text)",
    "keyboard: qwerty",
    "def test_tokenizer_splits_on_whitespace_and_punctuation_1():",
    "https://example.org/wiki/Redaction_of_documents#History",
    "room code 12 and error code 404",
]


@pytest.mark.parametrize("marked", FOUND)
def test_found_exactly(marked: str) -> None:
    text, spans = unmark(marked)
    assert [(span.start, span.end) for span in Redactor(()).find(text)] == spans


@pytest.mark.parametrize("text", MISSED)
def test_near_misses_stay(text: str) -> None:
    assert Redactor(()).find(text) == []


FORMS = ("ghp_{36}", "glpat-{20}", "npm_{36}", "hf_{34}", "sk-{48}", "sk_live_{24}", "xoxp-{30}", "shpat_{h32}")
FRAMES = ("{}", "key: {}", "use {} please", 'token = "{}"', "export X_API_KEY={}", "bearer {}", "--api-key {}")
BARE = ("my_token={}", 'secret: "{}"', "API_KEY='{}'", "Authorization: Bearer {}", '{{"clientSecret": "{}"}}')


def test_generated_tokens_are_gone_whole() -> None:
    rng = random.Random("secrets")
    redactor = Redactor(())
    kept = []
    for number in range(400):
        if number % 2:
            value, frame = "".join(rng.choice(ALNUM) for _ in range(rng.randint(20, 48))), rng.choice(BARE)
        else:
            form = rng.choice(FORMS)
            prefix, size = form[: form.index("{")], form[form.index("{") + 1 : -1]
            letters = "0123456789abcdef" if size[0] == "h" else ALNUM
            value = prefix + "".join(rng.choice(letters) for _ in range(int(size.lstrip("h"))))
            frame = rng.choice(FRAMES)
        text = frame.replace("{{", "{").replace("}}", "}").replace("{}", value)
        gone = "".join(text[span.start : span.end] for span in redactor.find(text))
        if value not in gone:
            kept.append(text)
    assert 1 - len(kept) / 400 >= FLOOR, kept[:10]


def test_a_private_key_is_held_until_it_ends() -> None:
    redactor = Redactor(())
    begun = "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKC\n"
    assert redactor.open_tail("see " + begun) == len(begun)
    ended = begun + "-----END PRIVATE KEY-----\nand more words here "
    assert redactor.open_tail(ended) < 10
