"""Receipts of answers: ISO/IEC TS 27560 in DPV's own terms, signed, kept by the employee whatever comes after."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent import consent, protocol
from agent.consent import ConsentState, dpv
from agent.policy.load import notice_hash, parse
from agent.policy.model import Policy
from agent.problems import Invalid
from agent.protocol import Done
from agent.rights import verify_path
from agent.rights.receipt_page import receipt_page
from tests.fakes.dpv_terms import SPACES, TERMS
from tests.fakes.enginehouse import House
from tests.fakes.organisation import NOW, ed25519, make_policy

KEY = ed25519("device")
DEVICE = KEY.public_key().public_bytes_raw()
ID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
DAY = 86_400
FULL = {
    "notice.assessment": {"id": "DPIA 2026-03", "date": "2026-03-01", "url": ""},
    "notice.worker_representation": {"body": "Works council", "agreement": "BV 7", "date": "2026-02-01"},
    "notice.authority": {"name": "Berlin Commissioner", "url": "https://example.org/complain"},
    "notice.countries": ["DE", "US"],
}


def policy(**changes: Any) -> Policy:
    return parse(make_policy(**{**FULL, **changes})[0], NOW)


def answer(asked: Policy, status: dpv.Status = "ConsentGiven") -> dpv.Answer:
    cells = frozenset({("train", "app"), ("train", "text")})
    state = consent.give(ConsentState(), asked, notice_hash(asked), cells, NOW, "de", "0" * 64)  # type: ignore[arg-type]
    return dpv.Answer(
        status,
        [grant.scope for grant in state.grants],
        NOW,
        "A button",
        consent.receipt_hash(state),
        "de",
        "0" * 64,
        NOW - 60,
    )


def made(asked: Policy | None = None, status: dpv.Status = "ConsentGiven") -> dpv.Document:
    asked = asked or policy()
    return dpv.receipt_document(answer(asked, status), asked, DEVICE, ID)


def names(value: object) -> Iterator[str]:
    """Every name with a prefix: keys, types, and what ``@id`` points to."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if key == "@context":
                continue
            if ":" in key:
                yield key
            if key in {"@type", "@id"}:
                yield from inside if isinstance(inside, list) else [inside]
            yield from names(inside)
    elif isinstance(value, list):
        for item in value:
            yield from names(item)


def variants() -> list[dpv.Document]:
    abroad = policy(**{"notice.organisation.country": "US"})
    plain = parse(make_policy()[0], NOW)
    return [
        made(), made(plain), made(abroad), made(status="RenewedConsentGiven"), made(status="ConsentRefused"),
        dpv.withdrawn(dpv.signed(made(), KEY), NOW + DAY, ID), dpv.signed(made(), KEY),
    ]  # fmt: skip


@pytest.mark.parametrize("document", variants())
def test_every_term_exists_where_it_says(document: dpv.Document) -> None:
    spaces = dict(document["@context"])
    assert spaces.pop("ab") == "urn:aboveboard:"
    assert spaces == SPACES
    used = [name.partition(":") for name in names(document)]
    assert {prefix for prefix, _, _ in used} <= {*SPACES, "ab", "urn"}
    unknown = {f"{prefix}:{name}" for prefix, _, name in used if prefix in TERMS and name not in TERMS[prefix]}
    assert unknown == set()


def test_an_invented_term_would_be_found() -> None:
    document = made()
    document["dpv:hasKeystrokes"] = {"@id": "dpv:Sniff"}
    assert {"dpv:hasKeystrokes", "dpv:Sniff"} <= set(names(document))


def test_one_record_for_each_cell_says_what_27560_wants() -> None:
    """Mandatory fields of the record, ISO/IEC TS 27560 as the DPV guide maps them."""
    document = made()
    records = document["dpv:hasRecordOfActivity"]
    assert [record["dpv:hasProcess"]["dpv:hasPersonalData"]["@id"] for record in records] == [
        "ab:category:app", "ab:category:text",
    ]  # fmt: skip
    for record in records:
        assert record["dct:conformsTo"] == {"@id": "dpv-27560:record-eu-gdpr"}
        assert record["@id"].startswith(f"urn:uuid:{ID}#")
        assert record["dpv:hasDataSubject"]["@id"] == f"ab:device:{DEVICE.hex()}"
        assert record["dpv:hasNotice"]["dct:language"] == "de"
        assert record["dpv:hasNotice"]["ab:shown"] == "0" * 64
        assert record["dpv:hasNotice"]["ab:acknowledged"] < record["dpv:hasConsentStatus"][0]["dpv:isIndicatedAtTime"]
        assert record["dpv:hasJurisdiction"] == {"@id": "loc:DE"}
        assert record["dpv:hasApplicableLaw"] == {"@id": "legal-eu:law-GDPR"}
        assert record["dct:valid"] == "2026-11-23T09:00:00Z/2027-11-23T09:00:00Z"
        assert record["dpv:hasImpactAssessment"]["dct:title"] == "DPIA 2026-03"
        assert record["dpv:hasAuthority"]["dpv:hasName"] == "Berlin Commissioner"
        controller, process = record["dpv:hasDataController"], record["dpv:hasProcess"]
        assert all(controller[f"dpv:has{name}"] for name in ("Name", "Address", "Contact"))
        assert process["dpv:hasPurpose"]["dct:title"]
        assert process["dpv:hasRecipient"][0]["dpv:hasName"] == "Data steward"
        location, duration, deletion = process["dpv:hasStorageCondition"]
        assert location["dpv:hasLocation"] == [{"@id": "dpv:LocalLocation"}, {"@id": "loc:DE"}, {"@id": "loc:US"}]
        assert (duration["dpv:hasDuration"], deletion["dpv:hasDuration"]) == ("P180D", "P7D")
        assert len(process["ab:forbiddenUses"]) == 4
        assert any(control["@type"] == "dpv:WithdrawConsent" for control in record["dpv:hasConsentControl"])


def test_outside_the_eea_no_european_law_is_named() -> None:
    text = json.dumps({key: value for key, value in made(policy(**{"notice.organisation.country": "US"})).items()
                       if key != "@context"})  # fmt: skip
    assert "gdpr" not in text.lower()
    assert '"dpv:Consent"' in text


def test_what_the_organisation_does_not_state_is_left_out() -> None:
    nothing = {"notice.assessment": {}, "notice.worker_representation": {}, "notice.authority": {}}
    for record in made(policy(**nothing))["dpv:hasRecordOfActivity"]:
        assert not {"dpv:hasImpactAssessment", "dpv:hasAuthority", "ab:workerRepresentation"} & set(record)


def test_a_no_has_no_validity_and_a_withdrawal_keeps_the_yes_before_it() -> None:
    assert "dct:valid" not in made(status="ConsentRefused")["dpv:hasRecordOfActivity"][0]
    first = dpv.signed(made(), KEY)
    before = copy.deepcopy(first)
    after = dpv.withdrawn(first, NOW + DAY, ID.replace("6", "7"))
    assert first == before
    for record in after["dpv:hasRecordOfActivity"]:
        kinds = [status["@type"] for status in record["dpv:hasConsentStatus"]]
        assert kinds == [["dpv:ConsentGiven", "dpv:ExplicitlyExpressedConsent"], "dpv:ConsentWithdrawn"]
    assert after["ab:previous"] == first["@id"]
    assert "ab:proof" not in after


def test_the_signature_is_over_all_of_it() -> None:
    document = json.loads(json.dumps(dpv.signed(made(), KEY)))
    assert dpv.check_signature(document) == DEVICE.hex()
    for path in (("dct:created",), ("dpv:hasRecordOfActivity",), ("ab:agreement",)):
        changed = {**document, path[0]: "2020"}
        with pytest.raises(Invalid) as raised:
            dpv.check_signature(changed)
        assert raised.value.code == "receipt-invalid"
    for proof in (
        None,
        "x",
        {},
        {"ab:device": "?", "ab:signature": "?"},
        {"ab:device": "AA==", "ab:signature": "AA=="},
    ):
        with pytest.raises(Invalid):
            dpv.check_signature({**document, "ab:proof": proof})


def test_only_receipts_claim_to_be_some() -> None:
    assert dpv.is_receipt(made())
    for other in ({}, [], None, {"@type": "dpv:ConsentRecord"}):
        assert not dpv.is_receipt(other)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_says_it_to_a_person_and_holds_the_exact_document(language: Any) -> None:
    for document in variants():
        data = json.dumps(document, indent=2, ensure_ascii=False).encode()
        page = receipt_page(data, language)
        assert "Acme GmbH" in page
        assert "<script" not in page
        assert hashlib.sha256(data).hexdigest()[:4] in page
    assert "not stated" in receipt_page(json.dumps(made(status="ConsentRefused")).encode(), "en")
    assert receipt_page(json.dumps({**made(), "dpv:hasRecordOfActivity": []}).encode(), language)


# ---------------------------------------------------------------- the engine keeps them


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made_ = House(tmp_path)
    yield made_
    made_.engine.stop()


def kept(house: House) -> list[tuple[str, int]]:
    return [(row.kind, row.cells) for row in house.page(protocol.Receipts, protocol.GetReceipts).rows]


def document(house: House, number: int) -> Any:
    return json.loads(house.page(protocol.Receipt, protocol.GetReceipt, number=number).document)


def test_every_answer_leaves_a_receipt_and_they_outlive_the_withdrawal(house: House) -> None:
    assert kept(house) == []
    house.ask(protocol.Refuse, notice=house.notice().notice)
    house.agree()
    house.agree(cells=("text",))
    house.ask(protocol.Withdraw)
    house.ask(protocol.Withdraw)
    assert kept(house) == [("withdrawn", 1), ("given", 1), ("given", 2), ("refused", 2)]
    house.restart()
    assert kept(house) == [("withdrawn", 1), ("given", 1), ("given", 2), ("refused", 2)]
    statuses = [document(house, number)["dpv:hasRecordOfActivity"][0]["dpv:hasConsentStatus"] for number in (1, 2, 3)]
    assert [found[0]["@type"] for found in statuses] == [
        "dpv:ConsentRefused",
        ["dpv:ConsentGiven", "dpv:ExplicitlyExpressedConsent"],
        ["dpv:RenewedConsentGiven", "dpv:ExplicitlyExpressedConsent"],
    ]


def test_the_receipt_is_bound_to_what_is_sealed_and_signed_by_who_seals_it(house: House) -> None:
    house.agree()
    found = document(house, 1)
    assert found["ab:agreement"] == consent.receipt_hash(house.engine.stores.consent)
    device = house.engine.stores.device_key().public_key().public_bytes_raw().hex()
    assert dpv.check_signature(found) == device
    house.ask(protocol.Withdraw)
    # The withdrawal is the same pseudonym's; the next one shares nothing with it.
    assert dpv.check_signature(document(house, 2)) == device
    assert house.engine.stores.device_key().public_key().public_bytes_raw().hex() != device


def test_a_crash_in_the_middle_of_a_withdrawal_still_leaves_its_receipt(house: House) -> None:
    house.agree()
    stores = house.engine.stores
    stores.save_consent(consent.withdraw(stores.consent, house.engine.wall()))
    house.restart()
    assert [kind for kind, _ in kept(house)] == ["withdrawn", "given"]


def test_a_receipt_is_saved_as_a_page_with_the_exact_document_beside_it(house: House, tmp_path: Path) -> None:
    house.agree()
    place = tmp_path / "receipt.html"
    saved = house.page(protocol.Saved, protocol.SaveReceipt, number=1, file=str(place), language="de")
    assert saved.files == 2
    exact = tmp_path / "receipt.jsonld"
    assert exact.read_text() == house.page(protocol.Receipt, protocol.GetReceipt, number=1).document
    assert "Beleg Ihrer Antwort" in place.read_text()
    assert (place.stat().st_mode & 0o777, exact.stat().st_mode & 0o777) == (0o600, 0o600)
    report = verify_path(exact)
    assert report.wrong == []
    assert len(report.checked) == 1
    exact.write_text(exact.read_text().replace("Acme GmbH", "Emca GmbH"))
    assert verify_path(exact).wrong


@pytest.mark.parametrize("there", ["receipt.html", "receipt.jsonld"])
def test_nothing_is_overwritten_and_nothing_half_is_left(house: House, tmp_path: Path, there: str) -> None:
    house.agree()
    (tmp_path / there).write_text("mine")
    done = house.ask(protocol.SaveReceipt, number=1, file=str(tmp_path / "receipt.html"), language="en")
    assert isinstance(done, Done)
    assert done.problem == "export-refused"
    assert sorted(path.name for path in tmp_path.glob("receipt*")) == [there]
    assert (tmp_path / there).read_text() == "mine"


def test_what_is_not_there_is_said_and_what_is_damaged_is_left_out(house: House) -> None:
    house.agree()
    done = house.ask(protocol.GetReceipt, number=9)
    assert isinstance(done, Done)
    assert done.problem == "receipt-gone"
    house.engine.stores.open().profile.put("agreement/00000002", {"at": "never"})
    assert kept(house) == [("given", 2)]


def test_an_export_takes_them_along_and_they_are_verified(house: House, tmp_path: Path) -> None:
    house.agree()
    house.ask(protocol.Withdraw)
    folder = tmp_path / "export"
    house.page(protocol.Saved, protocol.Export, folder=str(folder), language="en")
    assert sorted(path.name for path in (folder / "agreements").iterdir()) == ["receipt-1.jsonld", "receipt-2.jsonld"]
    report = verify_path(folder)
    assert report.wrong == []
    assert sum("receipt of an answer" in line for line in report.checked) == 2
