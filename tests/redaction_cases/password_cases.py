"""Passwords beside labels in many languages, on command lines, in files and addresses; and sentences about passwords."""

# ruff: noqa: E501, RUF001  # many short texts in a row read better than one a line

from __future__ import annotations

import random
import string
from collections.abc import Iterator

#: What people write and say; ``{}`` is the password.
CHAT = (
    "my password is {}", "pw is {}", "the pw: {}", "pass: {}", "password for the vpn is {}", "the wifi password is {} ok?", "new pwd = {}", "use {} wait no, password: {}".replace("use {} ", "use it, "), "pw {}", "passwd {}", "login is jan and the password is {}", "password - {}",
    "mein Passwort lautet {}", "Passwort: {}", "das Kennwort ist {}", "WLAN-Passwort: {}", "pw ist {}", "das neue Passwort für den Server ist {}", "Zugangscode: {}", "Netzwerkschlüssel: {}",
    "le mot de passe est {}", "mot de passe : {}", "mdp: {}", "mon mdp c'est: {}", "le mdp du wifi est {}", "clé wifi : {}", "mot de passe = {}",
    "la contraseña es {}", "contraseña: {}", "mi clave es {}", "clave: {}", "contrasena nueva: {}", "la clave del wifi es {}",
    "la password è {}", "password: {}", "la mia password è {}", "parola d'ordine: {}", "chiave wifi: {}",
    "a senha é {}", "senha: {}", "minha senha é {}", "palavra-passe: {}", "senha do wifi: {}",
    "het wachtwoord is {}", "wachtwoord: {}", "mijn wachtwoord: {}", "ww: {}", "nieuw wachtwoord = {}",
    "hasło to {}", "hasło: {}", "moje hasło: {}", "haslo {}", "nowe hasło brzmi {}",
    "heslo je {}", "heslo: {}", "moje heslo: {}", "nové heslo je {}",
    "lösenordet är {}", "lösenord: {}", "mitt lösenord är {}", "adgangskode: {}", "min adgangskode er {}", "kodeord: {}", "passordet er {}", "passord: {}", "mitt passord er {}",
    "salasana: {}", "salasana on {}", "uusi salasana: {}", "jelszó: {}", "a jelszó: {}", "parola este {}", "parolă: {}", "şifre: {}", "parola: {}", "şifrem {}", "wifi şifresi: {}",
    "пароль: {}", "мой пароль {}", "пароль от вайфая: {}", "пароль такой: {}", "пароль это {}", "κωδικός: {}", "ο κωδικός είναι {}", "парола: {}", "лозинка: {}", "lozinka: {}", "zaporka: {}", "geslo: {}", "parool: {}", "salasõna: {}", "slaptažodis: {}", "parole: {}",
    "密码：{}", "密码是{}", "我的密码是 {}", "密碼: {}", "口令：{}", "パスワードは {}", "パスワード：{}", "パスコードは{}", "비밀번호: {}", "비밀번호는 {}", "비번 {}", "mật khẩu: {}", "mật khẩu là {}", "kata sandi: {}", "kata sandi adalah {}", "kata laluan: {}",
    "كلمة المرور: {}", "كلمة السر هي {}", "רסיסמה".replace("רס", "ס") + ": {}", "הסיסמה היא {}", "पासवर्ड: {}", "रपासवर्ड है ".replace("रपा", "पा") + "{}", "รหัสผ่าน: {}", "รหัสผ่านคือ {}", "პაროლი: {}", "wagwoord: {}", "contrasenya: {}", "contrasinal: {}", "pasahitza: {}", "cyfrinair: {}", "lykilorð: {}",
)  # fmt: skip
#: What programs read and write.
PROGRAMS = (
    "mysql -u root -p{} shop", "sshpass -p {} ssh jan@host", "sshpass -p '{}' ssh jan@host", "docker login -u jan -p {} reg.example.org", "curl -u jan:{} https://example.org", "curl --user jan:{} -X POST https://example.org", "zip -P {} a.zip b", "7z x -p{} a.7z", "plink -pw {} jan@host", "ldapsearch -x -w {} -D cn=admin", "redis-cli -a {} ping",
    "openssl enc -aes-256-cbc -pass pass:{} -in a", "openssl rsa -passin pass:{} -in key.pem", "keytool -list -storepass {} -keystore a.jks", "smbclient -U jan%{} //host/share", "xfreerdp /u:jan /p:{} /v:host", "net use Z: \\\\host\\share /user:jan {}", "lftp -u jan,{} ftp.example.org", "sqlplus jan/{}@db", "htpasswd -b users jan {}",
    "echo {} | sudo -S apt update", "echo 'jan:{}' | chpasswd", "gpg --batch --passphrase {} -d a.gpg", "psexec \\\\host -u jan -p {} cmd", "mongosh -u jan -p {} shop", "PGPASSWORD={} psql", "MYSQL_PWD={} mysqldump shop", "wpa_passphrase Home {}", "wget --password={} https://example.org", "tool --db-password {} --quiet",
    '{{"user": "jan", "password": "{}"}}', "password: '{}'", "db.password={}", "DB_PASS={}", "<password>{}</password>", 'password = "{}"', "'PASSWORD': '{}',", "spring.datasource.password={}", "  adminPassword: {}", "[client]\nuser=jan\npassword={}", "ansible_password: {}", "$password = '{}';", "var password = '{}';", "export SMTP_PASSWORD='{}'", "set PASSWORD={}",
    "machine host login jan password {}", "db.example.org:5432:shop:jan:{}", "WIFI:S:home;T:WPA;P:{};;", "Server=db;User Id=jan;Password={};", "Driver={{SQL}};UID=jan;PWD={};", "jdbc:mysql://db/shop?user=jan&password={}", "postgres://jan:{}@db.example.org:5432/shop", "mongodb+srv://jan:{}@cluster.example.org/x", "redis://:{}@cache:6379/0", "amqp://jan:{}@mq:5672", "https://jan:{}@example.org/x.git", "smtp://jan@example.org:{}@mail.example.org:587", "ftp://jan:{}@files.example.org",
    "ALTER USER jan WITH PASSWORD '{}';", "CREATE USER jan IDENTIFIED BY '{}';", 'GRANT ALL ON x TO jan IDENTIFIED BY "{}"', "Password for jan: {}", "jan's password: {}", "Enter password: {}", "New password: {}\nRetype: x", "[sudo] password for jan: {}", "login: jan / {}", "user/pass: jan/{}", "username: jan\npassword: {}", "admin:{}@192.0.2.7", "wpa_passphrase={}", 'psk="{}"', "ConvertTo-SecureString '{}' -AsPlainText", "requirepass {}", "masterauth {}",
)  # fmt: skip
PINS = (
    "pin: {}", "my pin is {}", "PIN {}", "die PIN lautet {}", "PIN-Nummer: {}", "Geheimzahl: {}", "el pin es {}", "código pin: {}", "code pin : {}", "mon code pin est {}", "il pin è {}", "codice pin {}", "pincode is {}", "kod pin: {}", "pinkoden är {}", "pinkoodi on {}", "tunnusluku: {}", "пин-код {}", "пин: {}", "暗証番号は{}", "door code is {}", "alarm code: {}", "digicode : {}", "Türcode {}", "o pin é {}", "portkod: {}", "pin-koden er {}", "pin kód: {}",
)  # fmt: skip
#: Nothing to take out.
HARMLESS = (
    "reset your password here", "the password policy was changed", "password must be at least 12 characters", "I forgot my password again", "your password is wrong", "the password is stored in the vault", "password reset link: https://example.org/r", "pass the salt please", "first pass: compile the grammar", "he passed the exam", "passport control is closed", "pin the note to the board", "we met at the mountain pass", "password manager", "Password:\nUsername: jan", "password = getpass()", "password: str", "password=None", "password: ${PASSWORD}", "password: ********", "password = os.environ['PW']", "def check_password(password):", "if password == other:", "passwords do not match",
    "Passwort vergessen?", "das Passwort ist falsch", "Passwort ändern", "Kennwort ist abgelaufen", "Passwörter sind zu kurz", "mot de passe oublié", "le mot de passe est incorrect", "changer le mot de passe", "olvidé mi contraseña", "la contraseña es incorrecta", "la clave del éxito es la paciencia", "password dimenticata", "la password è scaduta", "esqueci minha senha", "a senha é obrigatória", "desenha um gato", "wachtwoord vergeten", "het wachtwoord is onjuist", "nie pamiętam hasła", "zapomniałem hasło", "glömt lösenord", "zapomenuté heslo", "unohdin salasanan", "забыл пароль", "пароль неверный", "сменить пароль", "忘记密码", "密码错误", "パスワードを忘れた", "비밀번호를 잊었어요", "şifremi unuttum",
    "compass: north", "spinning top", "shopping list", "mysql -P 3306 -h db", "cp -p a b", "mkdir -p /srv/data", "docker run -p 8080:80 web", "ssh -p 2222 jan@host", "tar -xpf a.tar", "https://example.org:8080/a@b", "git@github.com:acme/shop.git", "rsync -a src jan@host:/srv", "curl -u $USER:$PASS https://example.org", "for (pass = 0; pass < 2; pass++)", "char *pass(void);", "pass_through=True", "bypass: off", "passing: 12, failing: 3", "pins: GPIO4, GPIO17", "pinned: yes", "the pin fell out", "area code 030", "error code 404", "the code is clean", "code review at 10", "postal code", "zip the files", "key: value", "the key is under the mat", "ww2 history", "parole officer: on duty", "echo hello | grep h", "a:b:c:d:e", "root:x:0:0:root:/root:/bin/bash", "net user", "openssl version", "password hint: the usual one".replace("the usual one", ""), "login / signup", "login page / start",
)  # fmt: skip

_WORDS = [
    "sommer",
    "tiger",
    "dragon",
    "blue",
    "river",
    "hund",
    "katze",
    "soleil",
    "playa",
    "verde",
    "zima",
    "kesa",
    "ocean",
    "winter",
    "monkey",
    "shadow",
    "master",
    "purple",
    "berlin",
    "paris",
]


def password(rng: random.Random) -> str:
    """As people choose them, or as programs make them."""
    word = rng.choice(_WORDS)
    number = rng.randrange(10, 9999)
    made = "".join(rng.choice(string.ascii_letters + string.digits + "#%*_+") for _ in range(rng.randint(9, 16)))
    return rng.choice(
        (
            f"{word.title()}{number}",
            f"{word}{number}!",
            f"{word.title()}-{rng.choice(_WORDS)}-{number}",
            f"{word[0].upper()}{word[1:].replace('e', '3').replace('a', '4')}{number}",
            f"{word}_{number}",
            f"x{made}7",
        )
    )


def cases(rounds: int) -> Iterator[tuple[str, str]]:
    """(text, password), the same ones every time."""
    rng = random.Random("passwords")
    for _round in range(rounds):
        for carrier in (*CHAT, *PROGRAMS):
            value = password(rng)
            yield (
                carrier.replace("{{", "\x00")
                .replace("}}", "\x01")
                .replace("{}", value)
                .replace("\x00", "{")
                .replace("\x01", "}"),
                value,
            )
        for carrier in PINS:
            value = f"{rng.randrange(1000, 999999)}"
            yield carrier.replace("{}", value), value
