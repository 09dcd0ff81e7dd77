"""Sentences that a value stands in: by language for labelled values, and frames that say nothing."""

# lists of forms and sentences in many scripts

# ruff: noqa: E501, RUF005  # lists of forms and sentences in many scripts

from __future__ import annotations

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "fi", "cs", "tr", "ru", "ja", "zh", "ko")
#: Frames without a word that helps.
PLAIN = (
    "{}", "so it was {} all along", "({})", "> {}", "* {}\n* next point", "old,{},new", "<td>{}</td>", '"{}"', "gut, dann {} und fertig", "c'est {} je crois",
    "'{}'", "see {} for that", "[{}]", "{}.", "Entonces {}, ¿no?", "то есть {} и всё", "{} should work", "x = '{}'", "just {}, thanks", "1) {}\n2) later",
    "つまり{}です", "就是{}吧", "| {} |", "vi tager {} i morgen", "no: {}", "maybe {}?", "{}!",
)  # fmt: skip
#: Frames for an address of e-mail.
MAIL = PLAIN + (
    "write to {} please", "schreib an {}", "écris à {}", "escribe a {}", "scrivi a {}", "mail {} als je tijd hebt", "escreve para {}", "napisz na {}", "skriv till {}",
    "skriv til {}", "kirjoita osoitteeseen {}", "napiš na {}", "{} adresine yaz", "пиши на {}", "{}に送って", "发到{}", "{}로 보내", "cc {}, bcc nobody",
    "To: <{}>", "user={}&x=1", "login: {}",
)  # fmt: skip
#: Frames for an address of a machine.
NET = PLAIN + (
    "ssh root@{}", "ping {}", "http://{}/admin", "connect to {}:8080", "the server is at {}", "Server läuft auf {}", "le serveur est {}", "host: {}", "from {} port 22",
    "ip={}", "DNS {} is down", "сервер {}", "nmap {}", "curl https://{}:443/x", "src={} dst", "'user'@'{}'", "bind {};", "access from {} denied",
)  # fmt: skip
#: Frames that say a device address, a wallet.
DEVICE = (
    "MAC {}",
    "mac address: {}",
    "bssid {}",
    "HWaddr {}",
    "Wi-Fi MAC is {}",
    "MAC-Adresse {}",
    "physical address {}",
    "ether {}",
)
WALLET = (
    "send SOL to {}",
    "my wallet is {}",
    "Polkadot: {}",
    "wallet address {}",
    "crypto wallet: {}",
    "NEAR account {}",
    "donate crypto: {}",
)
#: Frames of a label with its value, by what people write between and after.
LABELLED = (
    "{label} {value}", "{label}: {value}", "my {label} is {value}", "{label} = {value}", "{label} - {value}, thanks", "({label} {value})", "{label}: {value}.", '"{label}": "{value}"',
    "{label} {value} stimmt das?", "voici : {label} {value}", "{label}\t{value}", "{label}:\n{value}", "{label} #{value}", "{label} no. {value}", "hier {label} {value} bitte",
)  # fmt: skip
