"""Account, name, computer and home address of whoever sits there are taken out; what everybody is called like stays."""

from __future__ import annotations

import pytest

from agent.records import RawOwner
from agent.redaction import Redactor
from agent.redaction.kinds import ADDRESS, COMPUTER, NAME, USER_NAME
from tests.fakes.marked import raw, unmark

ADA = RawOwner("jprzybylski", "Ludmila Przybylska", "zephyrine-07.corp.example")
HOME = "14 Kestrel Road, Ludlow SY8 1AA"
WORD = RawOwner("anna", "Anna May", "mars")


def text(owner: RawOwner, typed: str) -> str:
    return Redactor((), None, owner, HOME if owner is ADA else "").redact(raw(typed)).text or ""


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("cd /home/⟦jprzybylski⟧/notes", USER_NAME),
        (r"open C:\Users\⟦JPrzybylski⟧\x.txt", USER_NAME),
        ("⟦jprzybylski⟧ has the key", USER_NAME),
        ("scp x ~⟦jprzybylski⟧/y", USER_NAME),
        ("log_⟦jprzybylski⟧_old", USER_NAME),
        ("on ⟦zephyrine-07⟧ only", COMPUTER),
        ("on ⟦zephyrine-07.corp.example⟧ only", COMPUTER),
        ("ask ⟦przybylska⟧ for it", NAME),
        ("signed ⟦Przybylska, Ludmila⟧ today", NAME),
        ("parcel for ⟦14 kestrel road⟧ please", ADDRESS),
        ("parcel for ⟦Kestrel Road 14⟧ please", ADDRESS),
        ("in ⟦Ludlow SY8 1AA⟧ at ten", ADDRESS),
    ],
)
def test_what_is_the_employees_goes(marked: str, kind: str) -> None:
    typed, spans = unmark(marked)
    found = Redactor((), None, ADA, HOME).find(typed)
    assert [(span.start, span.end) for span in found] == spans
    assert {span.kind for span in found} == {kind}


@pytest.mark.parametrize(
    "typed",
    [
        "jprzybylskis are many",
        "xjprzybylski",
        "zephyrine-077",
        "azephyrine-07",
        "a kestrel on the road",
        "ludlow castle",
    ],
)
def test_what_only_looks_like_it_stays(typed: str) -> None:
    assert text(ADA, typed) == text(RawOwner(), typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("cd /home/anna/x", "cd /home/[user name]/x"),
        ("anna@mars:~$ ls", "[user name]@[computer name]:~$ ls"),
        ("user: anna", "user: [user name]"),
        ("su - anna", "su - [user name]"),
        ("ssh mars", "ssh [computer name]"),
        ("hostname=mars", "hostname=[computer name]"),
        ("may we fly to mars in may", "may we fly to mars in may"),
    ],
)
def test_ordinary_words_count_only_where_an_account_or_a_computer_is_named(typed: str, expected: str) -> None:
    assert text(WORD, typed) == expected


@pytest.mark.parametrize("account", ["root", "user", "admin", "test", "ubuntu", "a", ""])
def test_what_every_computer_has_is_not_looked_for(account: str) -> None:
    owner = RawOwner(account, account, "localhost")
    typed = f"cd /home/{account}/x as {account} on localhost"
    assert text(owner, typed) == typed
    assert Redactor((), None, owner).own == ()


def test_what_is_looked_for_is_told_without_saying_it() -> None:
    assert Redactor((), None, ADA, HOME).own == ("account", "name", "computer", "address")
    assert Redactor((), None, WORD).own == ("account", "name", "computer")
    assert Redactor(()).own == ()
    assert "przybylski" not in f"{ADA} {ADA!r}"


def test_a_second_look_changes_nothing() -> None:
    redactor = Redactor((), None, ADA, HOME)
    record = redactor.redact(raw("jprzybylski@zephyrine-07: Ludmila Przybylska, 14 Kestrel Road, Ludlow SY8 1AA"))
    assert redactor.again(record) is record
    assert redactor.healthy()
