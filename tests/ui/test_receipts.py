"""Receipts of answers on the consent page: listed, shown in words, saved where the person says."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from agent.protocol import Done, GetReceipt, GetReceipts, Receipt, Receipts, Saved, SaveReceipt
from tests.fakes import pages
from tests.fakes.looks import settle
from tests.fakes.pages import PagesEngine
from ui import text
from ui.components import Label
from ui.pages.receipts import ReceiptsCard, facts


def saying(place: str) -> Callable[[QWidget, str, str], str]:
    return lambda _parent, _title, _name: place


def card(engine: PagesEngine | None = None, place: str = "/home/ada/receipt.html") -> ReceiptsCard:
    made = ReceiptsCard(engine or PagesEngine(), saying(place))
    made.show()
    made.ask()
    settle()
    return made


def words(of: QWidget) -> str:
    return " ".join(label.text() for label in of.findChildren(Label) if label.isVisibleTo(of))


def test_every_answer_is_listed_in_words() -> None:
    said = words(card())
    for sentence in ("You withdrew your yes to 2 boxes.", "You said yes to 2 boxes.", "You said no to 1 box."):
        assert sentence in said


def test_nothing_answered_is_said() -> None:
    assert text.t("receipts.none") in words(card(PagesEngine({GetReceipts: Receipts(rows=())})))


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_one_is_shown_in_words_and_exactly(language: str) -> None:
    text.use(language)
    engine = PagesEngine()
    made = card(engine)
    made.shows[1].click()
    assert [asked.number for asked in engine.of(GetReceipt)] == [2]
    assert made.shown is not None
    said = words(made.shown)
    assert "Acme GmbH" in said
    assert text.t("column.text") in said
    assert made.shown.exact.toPlainText() == pages.receipt().document
    made.shown.close()


def test_it_is_saved_where_the_person_says_and_said() -> None:
    engine = PagesEngine({SaveReceipt: Saved(place="/home/ada/receipt.html", files=2)})
    made = card(engine)
    made.saves[0].click()
    (asked,) = engine.of(SaveReceipt)
    assert (asked.number, asked.file, asked.language) == (3, "/home/ada/receipt.html", "en")
    assert "/home/ada/receipt.html" in made.outcome.text()


def test_nowhere_is_nothing() -> None:
    engine = PagesEngine()
    card(engine, "").saves[0].click()
    assert engine.of(SaveReceipt) == []


@pytest.mark.parametrize("command", [SaveReceipt, GetReceipt])
def test_what_cannot_be_done_is_said_in_its_own_words(command: type[SaveReceipt | GetReceipt]) -> None:
    made = card(PagesEngine({command: Done(problem="receipt-gone")}))
    made.saves[0].click()
    made.shows[0].click()
    assert text.problem("receipt-gone").title in made.outcome.text()


def test_a_document_this_window_cannot_read_is_still_shown_exactly() -> None:
    for document in ("{", "{}", '{"dpv:hasRecordOfActivity": []}', '{"dpv:hasRecordOfActivity": [1]}'):
        assert facts(Receipt(number=1, at=0, kind="given", document=document)) == []
