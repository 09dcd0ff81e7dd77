"""Passwords beside a label, on a command line, in a URL: exact spans and near misses."""

from __future__ import annotations

import pytest

from agent.redaction import Redactor
from agent.redaction.kinds import PASSWORD
from agent.redaction.view import Span
from tests.fakes.marked import unmark

FOUND = [
    "password: ⟦hunter2⟧",
    "password:⟦hunter2⟧, thanks",
    "Password = ⟦Tr0ub4dor&3⟧",
    "PASSWORD=⟦x⟧",
    "my password is ⟦hunter2⟧",
    "my password is ⟦swordfish⟧.",
    "my password is ⟦swordfish⟧ and do not tell",
    "the password for the old server is ⟦S3cret!9⟧ I think",
    "password (new): ⟦abc⟧",
    "password hunter: ⟦bunny-77⟧",
    "password ⟦hunter2⟧",
    "pw ⟦hunter2⟧",
    "pw - ⟦hunter2⟧",
    "my password's ⟦hunter2⟧",
    "pin: ⟦12 34⟧",
    "passord:\n⟦Passwort⟧ ist ⟦QxAAAA00⟧",
    "die PIN lautet ⟦4 7 1 1⟧",
    "pwd:\n⟦hunter2⟧",
    "password\n⟦hunter2⟧",
    "PIN ⟦4711⟧",
    "the pin for the door is ⟦6856⟧",
    "pass: ⟦letmein⟧",
    "Passwort: ⟦Sommer24⟧",
    "Kennwort lautet ⟦geheim99⟧",
    "das WLAN-Passwort ist ⟦blume7rot⟧",
    "mot de passe : ⟦Shadow1090#⟧",
    "le mot de passe est ⟦Shadow1090#⟧",
    "contraseña: ⟦Tiger1442#⟧",
    "contrasena es ⟦Tiger1442#⟧",
    "senha: ⟦roxo1409*⟧",
    "hasło: ⟦fT8lmY_C⟧",
    "haslo to ⟦fT8lmY_C⟧",
    "пароль: ⟦london57⟧",
    "密码：⟦i$^170H_X⟧",  # noqa: RUF001
    "密码是⟦abc123⟧，请保密",  # noqa: RUF001
    "パスワードは ⟦eTidR09f1Ud⟧",
    "비밀번호: ⟦XDqfnjx9⟧",
    "wachtwoord: ⟦zon3berlijn⟧",
    "lösenord är ⟦h3mligt⟧",
    "salasana: ⟦fyRyV16Vot⟧",
    "şifre: ⟦Ranger1941#⟧",
    "la password è ⟦Monkey1141*⟧",
    "kodeord: ⟦coff3e⟧",
    "heslo: ⟦Madrid1109!⟧",
    'password: "⟦correct horse battery staple⟧"',
    "password is '⟦correct horse⟧' ok",
    "password: „⟦korrektes Pferd⟧“",
    'password: "⟦correct horse battery⟧',
    "passphrase: ⟦correct horse battery staple⟧\nnext line",
    '{"password": "⟦hunter2⟧", "user": "jan"}',
    "<password>⟦hunter2⟧</password>",
    "https://example.org/?a=1&password=⟦a1b2⟧&user=jan",
    "https://example.org/?user_password=⟦a1b2⟧#top",
    "Server=x;Password=⟦hunter2⟧;User=jan",
    "postgres://app:⟦Winter1094&⟧@10.0.0.1:5432/prod",
    "https://jan:⟦p@ss/w0rd⟧@example/x",
    "export DB_PASSWORD=⟦n%ybNYdW⟧",
    "PGPASSWORD=⟦abc⟧ psql",
    "MYSQL_PWD=⟦abc⟧ mysql",
    "tool --password=⟦abc⟧ --verbose",
    "tool --password ⟦abcdef⟧",
    "mysql -u admin -p⟦Madrid550$⟧ -h db orders",
    "sshpass -p ⟦hunter⟧ ssh host",
    "zip -P ⟦abc⟧ a.zip b",
    "curl -u jan:⟦abc⟧ https://example.org",
    "Ｐａｓｓｗｏｒｄ： ⟦ｈｕｎｔｅｒ２⟧",  # noqa: RUF001
    "pass\u200bword: ⟦hunter2⟧",
    "login jan / ⟦berl1npurple77⟧",
]
MISSED = [
    "the password policy stays",
    "password reset is required",
    "your password is wrong",
    "the password is stored in the vault",
    "I forgot my password.",
    "pass the salt",
    "the pass is closed: take the tunnel",
    "reset password link: https://example.org/r",
    "password must be at least 12 characters",
    "pin 1 to the board",
    "pass 2024 exams",
    "compass: north",
    "spinning: top",
    "pin the tab",
    "Passwort ändern",
    "password = getpass()",
    "password: str",
    "password = None",
    "password: ${PASSWORD}",
    "password: ********",
    "Password:\nUsername: root",
    "password:",
    "mysql -P 3306 -h db",
    "cp -p a b",
    "desenha: um gato",
    "https://example.org:8080/a@b",
]


@pytest.mark.parametrize("marked", FOUND)
def test_found_exactly(marked: str) -> None:
    text, spans = unmark(marked)
    found = [span for span in Redactor(()).find(text) if span.kind == PASSWORD]
    assert found == [Span(start, end, PASSWORD) for start, end in spans]


@pytest.mark.parametrize("text", MISSED)
def test_near_misses_stay(text: str) -> None:
    assert Redactor(()).find(text) == []
