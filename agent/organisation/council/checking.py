"""What the council can check on its own computer, without a network: policies, batches, receipts, exports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agent.organisation.council.chains import Link, Seen, check_chains, check_ledger, link
from agent.policy.load import Loaded
from agent.policy.model import Policy
from agent.policy.schema import explain
from agent.policy.scope import is_narrower
from agent.problems import AgentError, Invalid
from agent.rights import Report, verify_path
from agent.rights.export import MANIFEST
from agent.rights.verify import chain
from agent.seal import open_batch
from agent.seal.header import MAGIC, MAX_BATCH


@dataclass
class Checked:
    """The report, and the batches that opened."""

    report: Report = field(default_factory=Report)
    links: list[Link] = field(default_factory=list)


def check_all(places: Sequence[Path], policy: Policy | None, keys: Sequence[bytes], memory: Sequence[Seen]) -> Checked:
    """Everything under ``places``. keys: private keys (seeds) of as many controllers as are at hand.

    Without all controllers' keys a batch stays shut: then its clear part is checked, not its place in the chain.
    """
    done = Checked()
    for place in places:
        done.report.add(verify_path(place, policy))
        for file in _files(place):
            if keys:
                _open(file, keys, policy, done)
            if file.name.startswith("ledger-") and file.suffix == ".jsonl" and (file.parent / MANIFEST).is_file():
                _ledger(file, memory, done.report)
    done.report.add(check_chains(done.links, memory))
    return done


def differences(old: Policy, new: Policy) -> list[str]:
    """Every key that has another value, and whether the new policy allows anything that the old one did not."""
    before, after = (
        {row["key"]: row["value"] for row in explain(Loaded(policy, "", trial=False))["keys"]} for policy in (old, new)
    )
    lines = [f"{key}: {_shown(before[key])} -> {_shown(after[key])}" for key in after if before.get(key) != after[key]]
    wider = "allows nothing that the earlier one did not" if is_narrower(old, new) else "is wider: everybody is asked"
    return [*lines, f"the later policy {wider}"]


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 160 else f"SHA-256 {hashlib.sha256(text.encode()).hexdigest()}"


def _files(place: Path) -> list[Path]:
    return sorted(file for file in place.rglob("*") if file.is_file()) if place.is_dir() else [place]


def _open(file: Path, keys: Sequence[bytes], policy: Policy | None, done: Checked) -> None:
    try:
        if file.stat().st_size > MAX_BATCH:
            return
        data = file.read_bytes()
        if not data.startswith(MAGIC):
            return
        opened = open_batch(data, keys)
    except Invalid as error:
        if error.code == "batch-key-missing":
            done.report.unchecked.append(f"{file.name}: {error}")
        else:
            done.report.wrong.append(f"{file.name}: {error}")
        return
    except OSError:
        return  # verify_path has said so
    digest = hashlib.sha256(data).hexdigest()
    if all(found.digest != digest for found in done.links):
        done.links.append(link(opened, digest))
    if policy is not None and opened.facts.policy != policy.hash:
        done.report.unchecked.append(f"{file.name}: it was sealed under another policy, {opened.facts.policy}")
    done.report.checked.append(f"{file.name}: {opened.facts.count} records open with the keys given")


def _ledger(file: Path, memory: Sequence[Seen], report: Report) -> None:
    try:
        device = file.with_suffix(".device").read_text(encoding="ascii").strip()
        report.add(check_ledger(device, chain(file.read_bytes()), memory))
    except (AgentError, OSError, ValueError):
        return  # verify_path has said so
