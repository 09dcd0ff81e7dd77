"""Passwords on command lines and in the lines of files that have one place for them.

Manual pages: mysql, sshpass, docker login, curl, zip, 7z, plink, ldapsearch, redis-cli, mosquitto, openssl (pass
phrase options), keytool, smbclient, net use, xfreerdp, lftp, sqlplus, htpasswd, chpasswd, rabbitmqctl, wpa_passphrase.
Files: .netrc, .pgpass (PostgreSQL), the text of a Wi-Fi code.
"""

# ruff: noqa: E501  # alternatives in groups read better than wrapped ones

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agent.redaction.detectors.gates import gate
from agent.redaction.view import View

_PLACE: Final = r"(?=[^\s])"
#: What every such command has in it, the command, then the option or place after which the value stands.
_COMMANDS: Final = tuple(
    (tuple(roots.split()), re.compile(rf"(?<![\w.-])(?:{name})(?![\w-])"), re.compile(option))
    for roots, name, option in (
        ("mysql mariadb", r"mysql\w*|mariadb[\w-]*", r"\s-p(?=[^\s-])"),
        (
            "sshpass mongo login twine cqlsh influx mapexec nxc netexec winrm hydra psexec rdesktop medusa snowsql useradd usermod smbmap impacket",
            r"sshpass|mongo\w*|(?:docker|podman|nerdctl|buildah|skopeo|oc|cf|az|helm registry|crane auth|oras) login|twine|cqlsh|influx|crackmapexec|nxc|netexec|evil-winrm|hydra|psexec\w*|rdesktop|medusa|snowsql|useradd|usermod|smbmap|impacket-\w+",
            r"\s-p[ =]?(?=[^\s-])",
        ),
        ("7z rar", r"7z\w?|rar|unrar", r"\s-h?p(?=[^\s-])"),
        (
            "zip mosquitto sqlcmd ipmi bcp isql tsql",
            r"zip|unzip|mosquitto_\w+|sqlcmd|ipmitool|bcp|isql|tsql|freebcp",
            r"\s-P ?(?=[^\s-])",
        ),
        ("plink pscp psftp putty", r"plink|pscp|psftp|putty", r"\s-pw (?=\S)"),
        ("ldap dsconf", r"ldap\w+|dsconf", r"\s-w ?(?=[^\s-])"),
        ("redis", r"redis-cli", r"\s-a (?=\S)"),
        (
            "curl wget http xh",
            r"curl|wget|https?|xh",
            r"\s(?:-u|--user|--proxy-user|-U|-a|--auth)[ =]?[\"']?[^\s:\"'<]{1,100}:(?=\S)",
        ),
        ("smb rpcclient winexe", r"smbclient|rpcclient|winexe|smbcacls", r"\s-U[ =]?[\"']?[^\s%]{1,100}%(?=\S)"),
        ("openssl", r"openssl", r"\s-?(?:pass|passin|passout)?[ =]pass:(?=\S)"),
        (
            "keytool signer",
            r"keytool|jarsigner|apksigner",
            r"\s--?(?:(?:dest|src)?(?:store|key)|ks|key)-?pass[ =](?:pass:)?(?=\S)",
        ),
        ("freerdp mstsc cmdkey", r"[xw]freerdp\d?|mstsc|cmdkey", r"\s/p(?:ass)?:(?=\S)"),
        ("schtasks", r"schtasks", r"\s/rp[ :](?=\S)"),
        ("use", r"net use", r"\s/user:\S{1,80} (?=[^\s/*])"),
        ("ftp", r"lftp|ncftp\w*", r"\s-u ?[\"']?[^\s,\"']{1,80},(?=\S)"),
        ("htpasswd", r"htpasswd", r"\s-\w*b\w* (?:\S{1,200} )?\S{1,80} (?=\S+\s*(?:\Z|[;&|\n]))"),
    )
)
#: One word of each command, so that most texts with a dash in them are passed over.
_GATE: Final = gate(root for roots, _name, _option in _COMMANDS for root in roots)
_COMMAND_LINE: Final = 300
#: A line of .pgpass has so many.
_COLONS: Final = 4

#: The whole line tells: .netrc, .pgpass, a Wi-Fi code, echo into a program that asks, statements of SQL.
_LINES: Final = (
    ("login", re.compile(r"(?:machine[ \t]+\S{1,200}|default)\s+login[ \t]+\S{1,200}\s+password[ \t]+(\S{1,256})")),
    ("wifi:", re.compile(r"wifi:(?:[a-z]:[^;\n]{0,100};){0,3}p:((?:\\.|[^;\\\n]){1,128})")),
    ("echo", re.compile(r"echo[ \t]+(?:-\w+[ \t]+)?[\"']?(?:[\w.-]{1,40}:)?([^\s\"'|]{3,128})[\"']?[ \t]*\|[ \t]*(?:sudo[ \t]+(?:-\w+ )?(?:-\w*s|chpasswd|tee)|chpasswd|passwd[ \t]+--stdin|smbpasswd|(?:docker|podman|helm registry|gh auth|az acr)[ \t]+login|cryptsetup|gpg|kinit)")),
    ("passw", re.compile(r"(?:with(?: encrypted)? password|identified by(?: password)?|set password[^'\"\n]{0,60}=|password\()[ \t]*(?:password\()?[ \t]*['\"]([^'\"\n]{1,128})['\"]")),
    ("identified", re.compile(r"identified by(?: values)?[ \t]+['\"]([^'\"\n]{1,128})['\"]")),
    ("send", re.compile(r"assword:?[*]?[\"'][^\n]{0,12}\n?[ \t]{0,8}send[ \t]+(?:--[ \t]+)?[\"']([^\"'\n\\$]{2,128})\\[rn]")),
    ("rabbitmqctl", re.compile(r"rabbitmqctl[ \t]+(?:add_user|change_password)[ \t]+\S{1,80}[ \t]+(\S{1,128})")),
    ("wpa_passphrase ", re.compile(r"wpa_passphrase[ \t]+(?:\"[^\"\n]{1,60}\"|\S{1,60})[ \t]+(\S{8,63})")),
    ("sqlplus ", re.compile(r"sqlplus[ \t]+(?:-\w+[ \t]+)?[\"']?[\w$#]{1,40}/([^\s/@]{1,128})@")),
    ("net user ", re.compile(r"net1? user[ \t]+[^\s/]{1,60}[ \t]+([^\s/*]{4,128})")),
    (":", re.compile(r"^[a-z0-9_.*-]{1,120}:(?:\d{2,5}|\*):[\w*.-]{1,60}:(?=[^:\n]{0,60}[g-z])[\w*.-]{1,60}:([!-~]{1,128})$", re.MULTILINE)),
)  # fmt: skip

#: What of them stands without a word for password.
_LINE_WORDS: Final = ("wifi:", "identified by", "rabbitmqctl", "sqlplus ", "net user ", "echo ")


def places(view: View) -> Iterator[int]:
    """Where (folded) the values begin that options of commands announce."""
    folded = view.folded
    if _GATE.search(folded) is None:
        return
    # Options tell p from P, and folding does not: ask the text as typed, where it has the same length.
    same = len(view.text) == len(folded)
    line = view.text if same else folded
    for roots, name, option in _COMMANDS:
        if not any(map(folded.__contains__, roots)):
            continue
        commands = list(name.finditer(folded))
        ends = [command.start() for command in commands[1:]] + [len(folded)]
        for command, following in zip(commands, ends, strict=False):
            newline = folded.find("\n", command.end(), following)
            stop = min(following if newline < 0 else newline, command.end() + _COMMAND_LINE)
            pattern = option if same else re.compile(option.pattern, re.IGNORECASE)
            for match in pattern.finditer(line, command.end(), stop):
                yield match.end()


def speaking(folded: str) -> bool:
    """May a line give a password away without a word for one?"""
    return folded.count(":") >= _COLONS or any(map(folded.__contains__, _LINE_WORDS))


def lines(folded: str) -> Iterator[tuple[int, int]]:
    """Values that the whole line gives away."""
    for word, pattern in _LINES:
        if word in folded and (word != ":" or folded.count(":") >= _COLONS):
            for match in pattern.finditer(folded):
                yield match.span(1)
