"""What can be checked without any private key and without a network: says what was checked, and what cannot be."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from agent import ledger
from agent.consent import dpv
from agent.ledger import Checkpoint, Entry
from agent.policy.build import build
from agent.policy.check import check
from agent.policy.fingerprint import words
from agent.policy.jsontext import MAX_BYTES, decode
from agent.policy.model import Policy
from agent.problems import AgentError, Invalid
from agent.rights.export import AGREEMENTS, BATCHES, MANIFEST, POLICY
from agent.seal import header, parse_cosigned, parse_receipt, verify_enrolment, verify_erasure
from agent.seal import verify as verify_batch

_MOST: Final = 64 * 1024 * 1024


@dataclass
class Report:
    """checked: what holds. unchecked: what nobody can tell without a key that is not here. wrong: what does not hold.

    Each line begins with the name of what it is about.
    """

    checked: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Take over everything another one says."""
        self.checked += other.checked
        self.unchecked += other.unchecked
        self.wrong += other.wrong


def verify_path(place: Path, policy: Policy | None = None) -> Report:
    """Check an export, a batch, a receipt of it or of an answer, a policy, a ledger, a co-signing file, or a folder.

    policy: the collector's key in it checks receipts; an export brings its own. Raises nothing: what cannot be read or
    recognised is ``wrong``.
    """
    report = Report()
    try:
        if place.is_dir():
            if (place / MANIFEST).is_file():
                return _export(place)
            for inside in sorted(place.rglob("*")):
                if not inside.is_dir():
                    report.add(_file(inside, str(inside.relative_to(place)), policy))
            if not report.checked and not report.wrong:
                report.wrong.append(f"{place}: there is nothing in it")
            return report
        return _file(place, place.name, policy)
    except OSError as error:
        report.wrong.append(f"{place}: it cannot be read ({error.strerror or 'unknown'})")
        return report


def read_policy(data: bytes) -> Policy:
    """A policy whose shape and signature are right, in force or not. Raises ``Invalid('policy-invalid')``."""
    document, mistakes = decode(data)
    mistakes = [*mistakes, *(check(document) if document else ())]
    if mistakes or not document:
        raise Invalid("policy-invalid", mistakes="; ".join(map(str, mistakes)) or "it is empty", place=POLICY)
    return build(document)


def policy_facts(policy: Policy) -> list[str]:
    """Who asks, and whose keys open, as words to be compared with those on paper."""
    notice = policy.notice
    lines = [f"serial {policy.serial}, SHA-256 {policy.hash}"]
    lines.append(f"signed by {notice.organisation.name}: {' '.join(words(notice.organisation_key))}")
    lines += [f"opened by {entry.name} ({entry.role}): {' '.join(words(entry.key))}" for entry in notice.recipients]
    if len(notice.recipients) > 1:
        lines.append("both are needed to open")
    return lines


# ---------------------------------------------------------------- one file


def _file(place: Path, name: str, policy: Policy | None) -> Report:
    found = place.stat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST:
        return Report(wrong=[f"{name}: it is not a file that can be checked"])
    data = place.read_bytes()
    report = Report()
    try:
        _recognised(data)(name, data, policy, report)
    except AgentError as error:
        report.wrong.append(f"{name}: {error}")
    return report


_Check = Callable[[str, bytes, Policy | None, Report], None]


def _recognised(data: bytes) -> _Check:
    if data.startswith(header.MAGIC):
        return _batch
    if data.startswith(b"aboveboard/"):
        return _note
    try:
        first = json.loads(data.split(b"\n", 1)[0])
    except (ValueError, RecursionError):
        first = None
    if isinstance(first, dict) and {"seq", "prev", "kind"} <= set(first):
        return _lines
    try:
        whole = json.loads(data) if len(data) <= MAX_BYTES else first
    except (ValueError, RecursionError):
        whole = None
    if dpv.is_receipt(whole):
        return _answer
    keys = set(whole) if isinstance(whole, dict) else set()
    for name, found in _BY_KEY.items():
        if name in keys:
            return found
    return _unknown


def _unknown(name: str, _data: bytes, _policy: Policy | None, report: Report) -> None:
    report.wrong.append(f"{name}: it is no export, batch, receipt, policy, ledger, checkpoint or co-signing file")


def _batch(name: str, data: bytes, _policy: Policy | None, report: Report) -> None:
    head = verify_batch(data)
    report.checked.append(f"{name}: batch {head.batch}, hash of the body and signature of device {head.device} hold")
    report.unchecked.append(f"{name}: its content opens only with the keys {' and '.join(head.recipients)}")


def _receipt(name: str, data: bytes, policy: Policy | None, report: Report) -> None:
    if policy is None:
        report.unchecked.append(f"{name}: a receipt; whose signature it is needs the policy that names the collector")
        return
    receipt = parse_receipt(data, policy.delivery.collector_key)
    report.checked.append(f"{name}: {receipt.collector} signed that it has batch {receipt.batch}, {receipt.sha256}")


def _policy(name: str, data: bytes, _known: Policy | None, report: Report) -> None:
    report.checked += [f"{name}: {line}" for line in policy_facts(read_policy(data))]
    report.unchecked.append(f"{name}: whose keys these words are: compare them with paper")


def _cosigned(name: str, data: bytes, _known: Policy | None, report: Report) -> None:
    try:
        signer = bytes.fromhex(json.loads(data)["cosigned"]["signer"])
    except (ValueError, KeyError, TypeError):
        raise Invalid("cosign-refused", detail="It is not as agreed.") from None
    found = parse_cosigned(data, signer)
    report.checked.append(f"{name}: {len(found.shares)} batches co-signed on {found.made} by {' '.join(words(signer))}")


def _note(name: str, data: bytes, _known: Policy | None, report: Report) -> None:
    checkpoint = _checkpoint(data)
    report.unchecked.append(
        f"{name}: a checkpoint of {checkpoint.size} entries; its signature needs the device's public key beside it"
    )


def _lines(name: str, data: bytes, _known: Policy | None, report: Report) -> None:
    entries = chain(data)
    report.checked.append(f"{name}: {len(entries)} entries, each with the hash of the one before it")
    report.unchecked.append(f"{name}: that nothing was cut off its end needs a checkpoint")


def _answer(name: str, data: bytes, _policy: Policy | None, report: Report) -> None:
    device = dpv.check_signature(json.loads(data))
    report.checked.append(f"{name}: a receipt of an answer, signed by device {device}; batches of that device are its")
    report.unchecked.append(f"{name}: that the device belongs to a person is shown by whoever presents it")


def _opening(name: str, _data: bytes, _known: Policy | None, report: Report) -> None:
    report.unchecked.append(f"{name}: an entry in the log of openings; the storage's owner could have written another")


_BY_KEY: Final[Mapping[str, _Check]] = {"when": _opening, "notice": _policy, "receipt": _receipt, "cosigned": _cosigned}


def _checkpoint(data: bytes) -> Checkpoint:
    try:
        return Checkpoint.parse(data.decode())
    except UnicodeDecodeError:
        raise Invalid("store-damaged", detail="The checkpoint cannot be read.") from None


def chain(data: bytes) -> list[Entry]:
    """The entries of a ledger as exported, oldest first. Raises ``Invalid('store-damaged')`` where it breaks."""
    entries: list[Entry] = []
    if data and not data.endswith(b"\n"):
        raise Invalid("store-damaged", detail="The last line is cut off.")
    before = ledger.START
    for number, line in enumerate(data.split(b"\n")[:-1], 1):
        entry = ledger.read_leaf(line)
        if (entry.seq, entry.prev) != (number, before):
            raise Invalid("store-damaged", detail=f"Entry {number} does not follow the one before it.")
        entries.append(entry)
        before = entry.hash
    return entries


# ---------------------------------------------------------------- an export


def _export(folder: Path) -> Report:
    report = Report()
    files = _manifest(folder, report)
    policy = None
    if POLICY in files:
        try:
            policy = read_policy(files[POLICY])
        except AgentError as error:
            report.wrong.append(f"{POLICY}: {error}")
        else:
            _policy(POLICY, files[POLICY], None, report)
    for name in sorted(files):
        try:
            if (name.startswith(f"{BATCHES}/") and name.endswith((".seal", ".receipt"))) or (
                name.startswith(f"{AGREEMENTS}/") and name.endswith(".jsonld")
            ):
                _recognised(files[name])(name, files[name], policy, report)
            elif name.startswith(f"{BATCHES}/") and name.endswith(".erased"):
                _erasure(name, files[name], policy, report)
            elif name == "enrolment.json":
                _enrolment(name, files, policy, report)
            elif name.startswith("ledger-") and name.endswith(".jsonl"):
                _ledger(name.removesuffix(".jsonl"), files, report)
        except AgentError as error:
            report.wrong.append(f"{name}: {error}")
    _against_sent(files, report)
    return report


def _manifest(folder: Path, report: Report) -> dict[str, bytes]:
    """All files, as far as they are those of the manifest."""
    listed: dict[str, str] = {}
    for line in (folder / MANIFEST).read_text(encoding="utf-8", errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    there = {str(path.relative_to(folder)): path for path in folder.rglob("*") if not path.is_dir()}
    there.pop(MANIFEST, None)
    report.wrong += [f"{name}: it is missing" for name in sorted(listed.keys() - there.keys())]
    report.wrong += [f"{name}: it is not part of the export" for name in sorted(there.keys() - listed.keys())]
    files: dict[str, bytes] = {}
    for name in sorted(listed.keys() & there.keys()):
        data = there[name].read_bytes() if stat.S_ISREG(there[name].lstat().st_mode) else b""
        if hashlib.sha256(data).hexdigest() == listed[name]:
            files[name] = data
        else:
            report.wrong.append(f"{name}: it was changed")
    report.checked.append(f"{MANIFEST}: {len(files)} files are as they were written")
    return files


def _erasure(name: str, data: bytes, policy: Policy | None, report: Report) -> None:
    batch = Path(name).stem
    if policy is None:
        report.unchecked.append(f"{name}: whose word it is needs the policy that names the collector")
        return
    word = verify_erasure(data, policy.delivery.collector_key, batch)
    report.checked.append(f"{name}: {word.collector} signed on {word.day} that it has deleted batch {batch}")


def _enrolment(name: str, files: Mapping[str, bytes], policy: Policy | None, report: Report) -> None:
    device = files.get("enrolment.device", b"").decode(errors="replace").strip()
    if policy is None:
        report.unchecked.append(f"{name}: whose word it is needs the policy that names the collector")
        return
    try:
        word = verify_enrolment(files[name], policy.delivery.collector_key, device)
    except ValueError:
        raise Invalid("receipt-invalid", detail="The device beside it is none.") from None
    report.checked.append(f"{name}: {word.collector} signed on {word.day} that device {device} may send")


def _ledger(name: str, files: Mapping[str, bytes], report: Report) -> None:
    entries = chain(files[f"{name}.jsonl"])
    report.checked.append(f"{name}.jsonl: {len(entries)} entries, each with the hash of the one before it")
    try:
        key = bytes.fromhex(files[f"{name}.device"].decode().strip())
        public = Ed25519PublicKey.from_public_bytes(key)
        checkpoint = _checkpoint(files[f"{name}.checkpoint"])
    except (KeyError, ValueError):
        raise Invalid("store-damaged", detail="Checkpoint or device key beside it cannot be read.") from None
    if not checkpoint.signed_by(public):
        raise Invalid("store-damaged", detail="The checkpoint is not signed by the device key beside it.")
    newest = entries[-1].hash if entries else ledger.START
    if (checkpoint.size, checkpoint.hash) != (len(entries), newest):
        raise Invalid("store-damaged", detail="The checkpoint is of another log.")
    report.checked.append(f"{name}.checkpoint: signed by device {key.hex()}, and it is of exactly this log")


def _against_sent(files: Mapping[str, bytes], report: Report) -> None:
    """Records that lie in the export beside a batch have to be those that were approved for it."""
    try:
        sent = {row["batch"]: row["records"] for row in map(json.loads, files.get("sent.jsonl", b"").splitlines())}
    except (ValueError, KeyError, TypeError):
        report.wrong.append("sent.jsonl: it cannot be read")
        return
    for batch, approved in sorted(sent.items()):
        name = f"{BATCHES}/{batch}.jsonl"
        if name not in files:
            continue
        found = [hashlib.sha256(line).hexdigest() for line in files[name].split(b"\n")[:-1]]
        if found == approved:
            report.checked.append(f"{name}: its {len(found)} records are those that were approved, byte for byte")
        else:
            report.wrong.append(f"{name}: its records are not those that were approved")
