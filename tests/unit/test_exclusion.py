"""Protected classes: whole words of anything a program is called."""

from __future__ import annotations

import re

import pytest

from agent.exclusion import OWN, protected_class
from agent.exclusion.table import CLASSES
from agent.records import Program


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("keepassxc", "password-manager"),
        ("org.keepassxc.KeePassXC", "password-manager"),
        ("KeePassXC.exe", "password-manager"),
        ("gnucash", "banking"),
        ("gnuhealth", "health"),
        ("personio", "hr-payroll"),
        ("turbotax", "legal"),
        ("securedrop", "union"),
        ("xfce4-screensaver", "lock-login"),
        ("org.remmina.Remmina", "remote-session"),
        ("thunderbird.desktop", "mail-chat"),
        ("TelegramDesktop", "mail-chat"),
        ("librewolf", "cannot-be-read-yet"),
        ("Aboveboard", OWN),
        ("mousepad", None),
        ("xterm", None),
        ("XTerm", None),
        ("org.gnome.TextEditor", None),
        ("libreoffice-writer", None),
        ("ArcGIS", None),
        ("WireShark", None),
        ("compass", None),
        ("steamboat", None),
    ],
)
def test_class_of(name: str, kind: str | None) -> None:
    assert protected_class(Program(name.lower(), "", frozenset({name}))) == kind


def test_any_name_is_enough() -> None:
    assert protected_class(Program("python3", "Helper", frozenset({"org.aboveboard.Window"}))) == OWN
    assert protected_class(Program("electron", "Signal Desktop")) == "mail-chat"


def test_own_windows_come_before_every_other_class() -> None:
    assert protected_class(Program("aboveboard", "Aboveboard for Firefox")) == OWN


def test_every_entry_is_met_by_its_own_name() -> None:
    for kind, names in CLASSES.items():
        assert len(names) == len(set(names)), kind
        for name in names:
            assert re.fullmatch(r"[a-z0-9 -]+", name), name
            assert protected_class(Program(name, name)) is not None, name
    assert sum(map(len, CLASSES.values())) > 250
