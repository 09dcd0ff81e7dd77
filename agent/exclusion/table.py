"""The protected classes and the programs known to be in them. Data only; raise VERSION with every change.

An entry matches any name of a program (executable, window class, desktop entry) that equals it or has all its words
next to each other: ``keepassxc`` meets ``org.keepassxc.keepassxc``, ``gnome calendar`` does not meet ``gnome``.
"""

from __future__ import annotations

from typing import Final

VERSION: Final = 2
OWN: Final = "own"

CLASSES: Final[dict[str, tuple[str, ...]]] = {
    OWN: ("aboveboard",),
    "password-manager": (
        "1password", "1password cli", "authy", "bitwarden", "buttercup", "clipperz", "cryptomator", "dashlane",
        "enpass", "gnome keyring", "gopass", "keepass", "keepass2", "keepassdx", "keepassx", "keepassxc", "keeper",
        "keeper password manager", "keychain access", "kwalletd5", "kwalletd6", "kwalletmanager", "kwalletmanager5",
        "lastpass", "nordpass", "pass", "passky", "password safe", "passwords", "passwordsafe", "pinentry",
        "proton authenticator", "proton pass", "protonpass", "pwsafe", "qtpass", "revelation", "roboform", "seahorse",
        "secrets", "strongbox", "vaultwarden", "veracrypt", "yubico authenticator", "yubioath",
    ),
    "banking": (
        "alf-banco", "banking4", "bankingzv", "electrum", "exodus", "fints", "gnucash", "grisbi", "hibiscus",
        "homebank", "jameica", "kmymoney", "ledger live", "monero wallet", "moneydance", "moneymoney", "moneyplex",
        "outbank", "quicken", "skrooge", "sparrow wallet", "starmoney", "subsembly", "trezor suite", "wiso mein geld",
    ),
    "health": (
        "ada health", "apotheke", "dicom viewer", "doctolib", "elster gesundheit", "flo", "gnome health", "gnuhealth",
        "health", "healthkit", "horos", "mediboard", "medisoft", "openemr", "openmrs", "orthanc", "osirix", "teladoc",
        "turbomed", "weasis", "zocdoc",
    ),
    "hr-payroll": (
        "adp", "adp workforce", "bamboohr", "ceridian", "datev lodas", "dayforce", "gusto", "lexware lohn",
        "orangehrm", "paychex", "paycom", "personio", "rexx", "sage hr", "sage payroll", "sap successfactors",
        "successfactors", "ukg", "workday",
    ),
    "legal": (
        "advoware", "annotext", "bea", "bea client", "beacard", "clio", "elster", "elsterformular", "imanage",
        "lexisnexis", "ra micro", "ramicro", "relativity", "taxact", "turbotax", "winmacs", "wiso steuer",
    ),
    "union": (
        "bkms", "briar", "confidant mail", "globaleaks", "hushline", "integrity line", "onionshare", "ricochet",
        "securedrop", "tor browser", "torbrowser", "unionware", "whistleb",
    ),
    "lock-login": (
        "cinnamon screensaver", "consent", "gdm", "gdm3", "gnome screensaver", "greetd", "i3lock", "kcheckpass",
        "kscreenlocker", "kscreenlocker greet", "light locker", "lightdm", "lightdm gtk greeter", "loginwindow",
        "logonui", "lxdm", "mate screensaver", "pkexec", "polkit gnome authentication agent 1",
        "polkit kde authentication agent 1", "polkitd", "sddm", "sddm greeter", "slick greeter", "slock",
        "ssh askpass", "swaylock", "vlock", "xfce polkit", "xfce4 screensaver", "xlock", "xscreensaver",
        "xsecurelock", "xtrlock",
    ),
    "remote-session": (
        "anydesk", "apache guacamole", "chrome remote desktop", "citrix workspace", "dwservice", "freerdp",
        "gnome boxes", "gnome connections", "krdc", "moonlight", "mstsc", "nomachine", "nxplayer", "parsec",
        "parsecd", "rdesktop", "realvnc", "remmina", "remote desktop", "remote viewer", "remotely", "rustdesk",
        "screen sharing", "selfservice", "splashtop", "sunshine", "teamviewer", "tigervnc", "tightvnc", "ultravnc",
        "vinagre", "virt viewer", "vmware view", "vncviewer", "wfica", "wlfreerdp", "x2goclient", "xfreerdp",
        "xfreerdp3",
    ),
    "mail-chat": (
        "apple mail", "balsa", "betterbird", "cisco jabber", "claws mail", "dino", "discord", "element",
        "element desktop", "em client", "evolution", "facebook messenger", "ferdium", "fractal", "gajim", "geary",
        "google chat", "hexchat", "imessage", "irssi", "jami", "jitsi", "jitsi meet", "kmail", "kmail2",
        "konversation", "linphone", "lync", "mailapp", "mailspring", "mattermost", "mattermost desktop", "messages",
        "messenger", "ms teams", "mutt", "neomutt", "nextcloud talk", "nheko", "olk", "outlook", "pidgin", "polari",
        "quassel", "quasselclient", "ringcentral", "rocket chat", "rocketchat", "session desktop", "signal",
        "signal desktop", "simplex", "skype", "skypeforlinux", "slack", "sylpheed", "teams", "teams for linux",
        "telegram", "telegram desktop", "thunderbird", "trillian", "trojita", "viber", "webcord", "webex", "wechat",
        "weechat", "whatsapp", "whatsapp desktop", "wire", "wire desktop", "zimbra", "zoom", "zulip",
    ),
    # Whether a window of these is a private one cannot be told yet, so all of them are off. The others: ``pages.py``.
    "cannot-be-read-yet": (
        "arc", "brave", "brave browser", "chrome", "chromium", "chromium browser", "dillo", "edge", "epiphany",
        "falkon", "floorp", "google chrome", "google chrome stable",
        "iceweasel", "iexplore", "konqueror", "librewolf", "links2", "lynx", "microsoft edge", "midori",
        "min browser", "msedge", "mullvad browser", "navigator", "netsurf", "opera", "otter browser", "palemoon",
        "qutebrowser", "safari", "seamonkey", "surf", "ungoogled chromium", "vivaldi", "vivaldi bin", "w3m",
        "waterfox", "x www browser", "zen browser",
    ),
}  # fmt: skip
