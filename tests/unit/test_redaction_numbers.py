"""Numbers of persons and machines: exact spans, near misses, and generated cases with floors that only rise."""

from __future__ import annotations

import pytest

from agent.redaction import Redactor
from tests.fakes.marked import alnum, unmark
from tests.fakes.private_numbers import KINDS, cases

#: Share of generated values that must be gone whole. May only rise.
FLOORS = {"email": 1.0, "card": 1.0, "iban": 1.0, "phone": 1.0, "ip": 1.0, "mac": 1.0, "wallet": 1.0}

FOUND = [
    "my passport is ⟦X4RTBPFW4⟧, issued in May",
    "Reisepass Nr. ⟦C01X00T47⟧",
    "여권번호는 ⟦M789C1234⟧입니다",
    "⟦AB123456⟧ is my passport",
    "passports: ⟦AB1234567⟧ and ⟦XY9876543⟧",
    "SSN ⟦219-09-9999⟧ dob ⟦22.10.1975⟧",
    "his social security number is ⟦219 09 9999⟧",
    '"ssn": "⟦219099999⟧"}',
    "Steuer-ID: ⟦12345678903⟧.",
    "PESEL ⟦44051401359⟧",
    "personnummer ⟦811218-9876⟧",
    "TC kimlik no ⟦10000000146⟧",
    "身份证号⟦11010519491231002X⟧",
    "주민등록번호 ⟦680705-2975104⟧",
    "CPF ⟦111.444.777-35⟧ ok",
    "henkilötunnus ⟦131052-308T⟧",
    "codice fiscale ⟦RSSMRA85T10A562S⟧",
    "uk nino: ⟦hh 01 02 03 d⟧",
    "ИНН ⟦500100732259⟧",
    "driving licence: ⟦MORGA607054SM9IJ⟧",
    "car reg ⟦NP4 86N⟧ parked in bay 4",
    "Kennzeichen ⟦B MW 1234⟧",
    "acct no ⟦60540008⟧ routing",
    "geboren am ⟦08.11.1982⟧",
    "né le ⟦7 juin 1984⟧",
    "生年月日：⟦1984年6月7日⟧",  # noqa: RUF001
    "Krankenkasse KVNR: ⟦A123456780⟧",
    "Medicare ID: ⟦3CD5-FG7-HJ89⟧",
    "the printer is at ⟦184.196.239.177⟧",
    "postgres://⟦93.184.216.34⟧:5432/prod",
    "ssh root@⟦2001:db8:c0a4:214d:671c:82fc:335d:8671⟧ -p 2222",
    "from ⟦fe80::1ff:fe23:4567:890a%eth2⟧",
    "⟦::ffff:10.0.0.1⟧",
    "at ⟦52.52437, 13.41053⟧",
    "geohash ⟦u4pruydqqvj⟧ it is",
    "meet at ⟦8FVC9G8F+6X⟧",
    "it was (* ⟦5.3.1986⟧)",
    "BIC: ⟦DEUTDEFF⟧",
    "the fifth part of ⟦192.168.17.4⟧.9 is wrong",
    "電話番号は⟦080-4514-5061⟧です。",
    "a,b@example,⟦+1-497-304-3405⟧,8625".replace("b@example", "b"),
    "zadzwoń pod ⟦500 772 837⟧.",
    "phone:\n⟦21 284 698 2548⟧",
]
MISSED = [
    "docker run -p 8080:80 web",
    "listening on 127.0.0.1:8000 and [::1]:8000",
    "version 1.2.3.4 of the library",
    "pip install lib==4.0.3.11",
    "see RFC 1521 and ISO 13616",
    "at 12:30:45 or 12:30",
    "2026-11-24 14:30:00",
    "order 4823917465 was shipped",
    "invoice no 20261124",
    "std::vector<int> and Foo::Bar",
    "uuid 550e8400-e29b-41d4-a716-446655440000",
    "commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
    "1 000 000 people and 3.14159265",
    "2019-2024, pages 120-134",
    "netmask 255.255.255.0",
    "the plate was cold and the account is closed",
    "he was born in Lyon",
    "passport control is on level 2",
    "Unix time 1700000000, in ms 1700000000000",
    "see you at 636 or so",
]


@pytest.mark.parametrize("marked", FOUND)
def test_found_exactly(marked: str) -> None:
    text, spans = unmark(marked)
    assert [(span.start, span.end) for span in Redactor(()).find(text)] == spans


@pytest.mark.parametrize("text", MISSED)
def test_near_misses_stay(text: str) -> None:
    assert Redactor(()).find(text) == []


@pytest.mark.parametrize("kind", KINDS)
def test_generated_values_are_gone_whole(kind: str) -> None:
    redactor = Redactor(())
    kept = []
    for text, value in cases(kind, 400):
        rest = text
        for span in reversed(redactor.find(text)):
            rest = rest[: span.start] + "|" + rest[span.end :]
        if any(part and part in alnum(rest) for part in (alnum(value)[:6], alnum(value)[-6:])):
            kept.append(text)
    assert 1 - len(kept) / 400 >= FLOORS[kind], kept[:10]
