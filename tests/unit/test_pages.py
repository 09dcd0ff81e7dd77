"""A browser is read only while its page is known, not private and not protected."""

from __future__ import annotations

import pytest

from agent.exclusion import is_browser, page_reason, protected_class, protected_host
from agent.native.x11.browsers import private
from agent.records import Program, RawPage, Reason, Secure

FIREFOX = Program("firefox-esr", "Firefox ESR", frozenset({"Navigator", "firefox-esr"}))


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (None, Reason.UNKNOWN_PAGE),
        (RawPage(1, None, Secure.NO, 0.0), Reason.UNKNOWN_PAGE),
        (RawPage(1, "", Secure.NO, 0.0), Reason.UNKNOWN_PAGE),
        (RawPage(1, "intranet.example", Secure.UNKNOWN, 0.0), Reason.UNKNOWN_PAGE),
        (RawPage(1, "intranet.example", Secure.YES, 0.0), Reason.PRIVATE_WINDOW),
        (RawPage(1, None, Secure.YES, 0.0), Reason.PRIVATE_WINDOW),
        (RawPage(1, "www.paypal.com", Secure.NO, 0.0), Reason.PROTECTED_PAGE),
        (RawPage(1, "intranet.example", Secure.NO, 0.0), None),
    ],
)
def test_unknown_counts_as_no(page: RawPage | None, reason: Reason | None) -> None:
    assert page_reason(FIREFOX, page) is reason


def test_other_programs_have_no_page() -> None:
    assert page_reason(Program("mousepad", "Mousepad"), None) is None


def test_only_browsers_that_can_be_read_are_not_protected_as_a_whole() -> None:
    assert is_browser(FIREFOX)
    assert protected_class(FIREFOX) is None
    for other in ("chromium", "librewolf", "tor browser", "brave", "palemoon"):
        program = Program(other, other.title(), frozenset({"Navigator"}))
        assert not is_browser(program)
        assert protected_class(program) is not None


@pytest.mark.parametrize(
    "host",
    ["paypal.com", "www.paypal.com", "WWW.PayPal.com.", "mail.google.com", "login.example",
     "ebanking.some-bank.example", "webmail.firm.example", "acme.myworkday.com", "klinik.example"],
)  # fmt: skip
def test_protected_hosts(host: str) -> None:
    assert protected_host(host)


@pytest.mark.parametrize(
    "host", ["office.localhost", "notpaypal.com", "paypal.com.example", "banker.example", "mailing.example"]
)  # fmt: skip
def test_whole_labels_only(host: str) -> None:
    assert not protected_host(host)


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("Depot journal — Mozilla Firefox", Secure.NO),
        ("Mozilla Firefox", Secure.NO),
        ("Depot journal — Mozilla Firefox Private Browsing", Secure.YES),
        ("Mozilla Firefox Private Browsing", Secure.YES),
        ("Lager — Mozilla Firefox Privater Modus", Secure.YES),
        ("trick — Mozilla Firefox — Mozilla Firefox Private Browsing", Secure.YES),
        ("trick — Mozilla Firefox", Secure.NO),
        ("Something else", Secure.UNKNOWN),
        ("", Secure.UNKNOWN),
        (None, Secure.UNKNOWN),
    ],
)
def test_a_window_is_not_private_only_if_its_title_says_so(title: str | None, state: Secure) -> None:
    assert private(title) is state
