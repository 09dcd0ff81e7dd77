"""Everything about me, out of a real engine's stores: it opens without us, it can be checked, changes are seen."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from agent import protocol
from agent.engine.exporting import gather
from agent.engine.stores import default_folder
from agent.organisation.collector.intake import EraseWish
from agent.policy.load import parse
from agent.rights import Material, export, recovery_sheet, verify_path
from agent.rights import page as html
from agent.rights.export import contents
from agent.rights.words import INDEX, SHEET, Language
from agent.seal import Delivered, batch_id, cosign_share, encode_cosigned, issue, may_erase, verify_receipt
from agent.seal.hybrid import public_of
from agent.upload import Accepted
from tests.fakes.batches import COUNCIL, DEVICE, STEWARD, sealed
from tests.fakes.desktop import TERMINAL
from tests.fakes.enginehouse import House
from tests.fakes.organisation import NOW, make_policy, make_policy_of_two

SENT, KEPT = "what was sent <b>bold</b>", "what waits & stays"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """One batch in the outbox, one record that waits, one item of own words."""
    made = House(tmp_path)
    made.agree()
    made.ask(protocol.SetOwnWords, words=("Falkenhorst",))
    made.types(SENT)
    made.goes_to(TERMINAL)
    made.send_all()
    made.types(KEPT)
    made.goes_to(TERMINAL)
    yield made
    made.engine.stop()


def material(house: House) -> Material:
    engine = house.engine
    return gather(engine.stores, engine.delivery, engine.terms, engine.wall())


def exported(house: House, tmp_path: Path) -> Path:
    target = tmp_path / "everything"
    answer = house.ask(protocol.Export, folder=str(target), language="en")
    assert isinstance(answer, protocol.Saved), answer
    assert (answer.place, answer.files) == (str(target), len([p for p in target.rglob("*") if p.is_file()]))
    return target


def test_an_export_holds_everything_and_opens_without_us(house: House, tmp_path: Path) -> None:
    target = exported(house, tmp_path)
    records = [json.loads(line) for line in (target / "records.jsonl").read_bytes().splitlines()]
    assert KEPT in [record.get("text") for record in records]
    (batch,) = [json.loads(line) for line in (target / "sent.jsonl").read_bytes().splitlines()]
    opened = (target / f"batches/{batch['batch']}.jsonl").read_bytes().splitlines()
    assert SENT in [json.loads(line).get("text") for line in opened]
    assert [hashlib.sha256(line).hexdigest() for line in opened] == batch["records"]
    assert json.loads((target / "settings.json").read_bytes())["own_words"] == ["Falkenhorst"]
    assert json.loads((target / "consent.json").read_bytes())
    assert json.loads((target / "agreements/receipt.json").read_bytes())["organisation"] == "Acme GmbH"
    assert (target / "policy.json").read_bytes() == house.data
    page = (target / "index.html").read_text(encoding="utf-8")
    assert "what was sent &lt;b&gt;bold&lt;/b&gt;" in page
    assert "what waits &amp; stays" in page
    assert {path.suffix for path in target.rglob("*") if path.is_file()} <= {
        ".txt", ".html", ".jsonl", ".json", ".jsonld", ".seal", ".receipt", ".checkpoint", ".device", ".sha256",
    }  # fmt: skip


def test_only_its_owner_can_read_it(house: House, tmp_path: Path) -> None:
    target = exported(house, tmp_path)
    for path in (target, *target.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_the_steps_of_the_readme_hold(house: House, tmp_path: Path) -> None:
    target = exported(house, tmp_path)
    lines = (target / "ledger-0.jsonl").read_bytes().splitlines()
    assert json.loads(lines[1])["prev"] == hashlib.sha256(lines[0]).hexdigest()
    for line in (target / "manifest.sha256").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((target / name).read_bytes()).hexdigest() == digest
    assert "Missing here" not in (target / "README.txt").read_text()


@pytest.mark.parametrize("there", ["full", "file", "link", "no parent"])
def test_it_never_writes_over_or_into_anything(house: House, tmp_path: Path, there: str) -> None:
    target = tmp_path / "place"
    if there == "full":
        target.mkdir()
        (target / "mine").write_text("mine")
    elif there == "file":
        target.write_text("mine")
    elif there == "link":
        target.symlink_to(tmp_path / "elsewhere")
    else:
        target = tmp_path / "no" / "place"
    before = sorted(tmp_path.rglob("*"))
    answer = house.ask(protocol.Export, folder=str(target), language="en")
    assert isinstance(answer, protocol.Done)
    assert answer.problem == "export-refused"
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_is_taken(house: House, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert export(material(house), tmp_path / "empty") > 10
    assert verify_path(tmp_path / "empty").wrong == []


def test_what_it_exports_is_what_verify_accepts(house: House, tmp_path: Path) -> None:
    report = verify_path(exported(house, tmp_path))
    assert report.wrong == []
    said = "\n".join(report.checked)
    for held in (
        "each with the hash of the one before it",
        "it is of exactly this log",
        "byte for byte",
        "signature of",
    ):
        assert held in said
    assert "opens only with the keys" in "\n".join(report.unchecked)


def _append(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes() + b" ")


def _link(place: Path, to: str) -> None:
    place.unlink()
    place.symlink_to(to)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a record": _append("records.jsonl"),
    "the policy": _append("policy.json"),
    "gone": lambda folder: (folder / "consent.json").unlink(),
    "more": lambda folder: (folder / "more.json").write_text("{}"),
    "a link": lambda folder: (
        (folder / "consent.json").unlink(),
        (folder / "consent.json").symlink_to("settings.json"),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_export_is_told(house: House, tmp_path: Path, name: str) -> None:
    target = exported(house, tmp_path)
    CHANGES[name](target)
    assert verify_path(target).wrong


def _forge(target: Path, name: str, data: bytes) -> None:
    """Change a file and the manifest along with it: only what is signed or chained can still tell."""
    (target / name).write_bytes(data)
    lines = [line.split("  ") for line in (target / "manifest.sha256").read_text().splitlines()]
    lines = [[hashlib.sha256(data).hexdigest() if there == name else old, there] for old, there in lines]
    (target / "manifest.sha256").write_text("".join(f"{digest}  {there}\n" for digest, there in lines))


def test_a_forger_who_mends_the_manifest_is_told_too(house: House, tmp_path: Path) -> None:
    original = exported(house, tmp_path)
    ledger = (original / "ledger-0.jsonl").read_bytes()
    lines = ledger.splitlines(keepends=True)
    (sealed_name,) = [path.name for path in (original / "batches").glob("*.seal")]
    stem = sealed_name.removesuffix(".seal")
    batch = (original / "batches" / sealed_name).read_bytes()
    for number, (name, data) in enumerate(
        (
            ("ledger-0.jsonl", b"".join(lines[:-1])),
            ("ledger-0.jsonl", b"".join([lines[1], lines[0], *lines[2:]])),
            ("ledger-0.jsonl", ledger[:-1]),
            ("ledger-0.jsonl", ledger.replace(b"consent-given", b"consent-taken", 1)),
            ("ledger-0.jsonl", b"junk\n"),
            ("ledger-0.checkpoint", b"\xff"),
            ("ledger-0.checkpoint", b"aboveboard/x\n"),
            ("ledger-0.device", b"00" * 32),
            ("ledger-0.device", b"zz"),
            ("policy.json", house.data.replace(b'"serial":7', b'"serial":8').replace(b'"serial": 7', b'"serial": 8')),
            (f"batches/{sealed_name}", batch[:-1] + bytes([batch[-1] ^ 1])),
            (f"batches/{stem}.jsonl", b'{"format":1}\n'),
            ("sent.jsonl", b"[]\n"),
        )
    ):
        target = tmp_path / f"forged-{number}"
        shutil.copytree(original, target)
        _forge(target, name, data)
        wrong = verify_path(target).wrong
        assert wrong, (name, data[:40])
        assert any(line.startswith(name.rsplit(".", 1)[0]) for line in wrong), wrong


# ---------------------------------------------------------------- single files


def test_single_files_are_recognised_and_checked(tmp_path: Path) -> None:
    batch = sealed("x", recipients=(STEWARD, COUNCIL))[0]
    about = Delivered(batch.batch_id, batch.digest, len(batch.data))
    policy, keys = make_policy_of_two()
    share = cosign_share(batch.data, COUNCIL, public_of(STEWARD))

    receipt = issue(about, datetime(2026, 11, 24, tzinfo=UTC), "collect.example", keys.collector)
    files = {
        "batch": batch.data,
        "receipt": receipt,
        "policy": policy,
        "cosigned": encode_cosigned([share], "2026-11-26", DEVICE),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        report = verify_path(tmp_path / name)
        assert report.wrong == [], name
        assert report.checked or name == "receipt"
        for changed in (
            data.rstrip()[:-1],
            data.replace(b'"signature":"', b'"signature":"A', 1),
            data[: len(data) // 2],
        ):
            if changed != data:
                (tmp_path / "changed").write_bytes(changed)
                assert verify_path(tmp_path / "changed", parse(policy, NOW)).wrong, name
    (tmp_path / "changed").unlink()
    whole = verify_path(tmp_path, parse(policy, NOW))
    assert whole.wrong == []
    assert any("signed that it has batch" in line for line in whole.checked)
    assert any("both are needed to open" in line for line in whole.checked)
    other = parse(make_policy("other")[0], NOW)
    assert verify_path(tmp_path / "receipt", other).wrong


@pytest.mark.parametrize(
    "junk", [b"", b"junk", b"{}", b"[]", b"\xff\xfe", b"[" * 5000, b'{"receipt":1}', b"aboveboard/"]
)
def test_what_is_nothing_of_ours_is_wrong_by_name(tmp_path: Path, junk: bytes) -> None:
    (tmp_path / "junk").write_bytes(junk)
    report = verify_path(tmp_path / "junk", parse(make_policy()[0], NOW))
    assert report.wrong
    assert report.wrong[0].startswith("junk: ")
    assert report.checked == []


def test_an_absent_path_and_an_empty_folder_are_wrong(tmp_path: Path) -> None:
    assert verify_path(tmp_path / "absent").wrong
    assert verify_path(tmp_path).wrong


# ---------------------------------------------------------------- the sheet


class _Outside(HTMLParser):
    """Whatever a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "link", "img", "iframe", "object", "a", "form", "base"}:
            self.found.append(tag)
        self.found += [name for name, _ in attrs if name in {"src", "href", "onload", "style"}]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_sheet_names_what_is_needed_to_ask_for_deletion(house: House, tmp_path: Path, language: str) -> None:
    file = tmp_path / "sheet.html"
    answer = house.ask(protocol.SaveSheet, file=str(file), language=language)
    assert isinstance(answer, protocol.Saved), answer
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    page = file.read_text(encoding="utf-8")
    bare = re.sub(r"<[^>]+>| ", "", page)
    (batch,) = material(house).batches
    assert batch.erasure_secret is not None
    assert batch.batch in bare
    assert batch.erasure_secret.hex() in bare
    assert batch_id(batch.erasure_secret) == batch.batch
    for fact in (material(house).contact, material(house).organisation, *material(house).organisation_words):
        assert fact in page
    parser = _Outside()
    parser.feed(page)
    assert parser.found == []
    again = house.ask(protocol.SaveSheet, file=str(file), language=language)
    assert isinstance(again, protocol.Done)
    assert again.problem == "export-refused"


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_line_on_the_sheet_tells_the_collector_the_batch_and_its_secret_and_nothing_else(
    house: House, language: Language
) -> None:
    known = material(house)
    (batch,) = known.batches
    assert batch.erasure_secret is not None
    sheet = recovery_sheet(replace(known, address="https://collector.example/way/"), language)
    assert escape(SHEET[language]["how.web"]) in sheet
    (line,) = (found for found in re.findall("<pre>(.*?)</pre>", sheet) if found.startswith("curl "))
    program, option, wish, address = shlex.split(unescape(line))
    assert (program, option, address) == ("curl", "-d", "https://collector.example/way/v1/erase")
    assert may_erase(batch.batch, batch.erasure_secret)
    assert msgspec.json.decode(wish, type=EraseWish) == EraseWish(batch.batch, batch.erasure_secret.hex())
    bare = recovery_sheet(replace(known, address=""), language)
    assert "curl" not in bare
    assert escape(SHEET[language]["how.web"]) not in bare


def test_the_sheet_of_the_policy_in_force_names_its_collector(house: House) -> None:
    policy = house.engine.terms.policy
    assert policy is not None
    assert material(house).address == policy.delivery.collector != ""


def test_both_languages_of_the_sheet_say_the_same_things() -> None:
    for texts in (SHEET, INDEX):
        assert texts["en"].keys() == texts["de"].keys()
        for key, english in texts["en"].items():
            assert re.findall(r"{\w+}", english) == re.findall(r"{\w+}", texts["de"][key]), key


def test_a_sheet_without_batches_says_so_and_pages_escape_everything(house: House) -> None:
    empty = replace(material(house), batches=(), organisation="<script>x</script>")
    for language in ("en", "de"):
        sheet = recovery_sheet(empty, language)  # type: ignore[arg-type]
        assert SHEET[language]["none"] in sheet  # type: ignore[index]
        assert "<script>" not in sheet
    assert "<code>x" not in html.facts([("a", "<code>x</code>")])
    parser = _Outside()
    parser.feed(contents(empty, "en")["index.html"].decode())
    assert parser.found == []


# ---------------------------------------------------------------- what comes from the stores


def test_the_collectors_receipt_is_kept_for_the_export(house: House, tmp_path: Path) -> None:
    opened = house.engine.stores.open()
    (batch,) = material(house).batches
    found = opened.outbox.read(batch.batch)
    assert found is not None

    about = Delivered(found.batch_id, found.digest, len(found.data))
    document = issue(about, datetime.fromtimestamp(house.wall, UTC), "127.0.0.1", house.keys.collector)
    policy = house.engine.terms.in_force()
    receipt = verify_receipt(document, policy.delivery.collector_key, about)
    opened.outbox.acknowledged(batch.batch, document)
    house.engine.delivery.outcome(Accepted(batch.batch, receipt, document), int(house.wall))
    (after,) = material(house).batches
    assert (after.state, after.receipt) == ("acknowledged", document)
    target = exported(house, tmp_path)
    report = verify_path(target)
    assert report.wrong == []
    assert any("signed that it has batch" in line for line in report.checked)


def test_nothing_is_kept_of_somebody_who_never_answered(tmp_path: Path) -> None:
    house = House(tmp_path)
    try:
        answer = house.ask(protocol.Export, folder=str(tmp_path / "x"), language="en")
        assert isinstance(answer, protocol.Done)
        assert answer.problem == "export-refused"
        assert not (house.trial / "profile").exists() or not house.engine.stores.exists()
    finally:
        house.engine.stop()


def test_every_pseudonyms_log_comes_along_and_later_another_policy_file_does_not(house: House, tmp_path: Path) -> None:
    house.ask(protocol.WithdrawQuestion, open=True)
    house.ask(protocol.Withdraw)
    found = material(house)
    assert [generation.number for generation in found.ledgers] == [0, 1]
    assert len({generation.device for generation in found.ledgers}) == 2
    assert verify_path(exported(house, tmp_path)).wrong == []
    house.write_policy(b"{}")
    assert material(house).policy is None


def test_the_command_opens_the_profile_the_window_uses(tmp_path: Path) -> None:
    assert default_folder(tmp_path, {}) == tmp_path / "profile"
    assert default_folder(None, {"XDG_DATA_HOME": "/data"}) == Path("/data/aboveboard")
    assert default_folder(None, {"XDG_DATA_HOME": "relative"}) == Path.home() / ".local/share/aboveboard"
