"""Everything about the employee as a folder that opens without this program."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import sys
from pathlib import Path
from typing import Final

import msgspec

from agent import ledger
from agent.problems import Refused, Unavailable
from agent.rights import page
from agent.rights.index import document, index
from agent.rights.material import Batch, Generation, Material
from agent.rights.receipt_page import receipt_page
from agent.rights.sheet import recovery_sheet
from agent.rights.words import README, Language

MANIFEST: Final = "manifest.sha256"
POLICY: Final = "policy.json"
RECORDS: Final = "records.jsonl"
BATCHES: Final = "batches"
AGREEMENTS: Final = "agreements"


def export(material: Material, target: Path, language: Language = "en") -> int:
    """Write everything into the folder ``target``, readable by its owner only; the number of files.

    All or nothing: it is written beside under another name and given its name at the end. Raises
    ``Refused('export-refused')`` if ``target`` is there and not an empty folder, ``Unavailable('export-refused')`` if
    the disk cannot take it; then nothing is left behind.
    """
    target = target.absolute()
    _check(target)
    files = contents(material, language)
    staging = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        staging.mkdir(mode=0o700)
        try:
            for name, data in files.items():
                _write(staging / name, data)
            for folder in (staging / BATCHES, staging):
                _sync(folder)
            if target.exists():
                target.rmdir()  # refuses if somebody has put something into it meanwhile
            staging.rename(target)
            _sync(target.parent)
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
    except OSError as error:
        raise Unavailable("export-refused", detail=f"{error.strerror or 'Writing failed'}.") from error
    return len(files)


def save_sheet(material: Material, file: Path, language: Language) -> None:
    """Write the recovery sheet alone, readable by its owner only. Raises as ``export``; never overwrites."""
    _put(file.absolute(), recovery_sheet(material, language).encode())


def save_receipt(document: bytes, file: Path, language: Language) -> int:
    """Write a receipt of consent as a page, and beside it the exact document under the same name with ``.jsonld``.

    Both or none; the number of files. Raises as ``export``; never overwrites.
    """
    file = file.absolute()
    exact = file.with_suffix(".jsonld")
    _put(exact, document)
    try:
        _put(file, receipt_page(document, language).encode())
    except BaseException:
        exact.unlink(missing_ok=True)
        raise
    return 2


def _put(file: Path, data: bytes) -> None:
    staging = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        if file.is_symlink() or file.exists():
            raise Refused("export-refused", detail=f"{file} is there already.")
        try:
            _write(staging, data)
            os.link(staging, file)  # unlike a rename it fails if somebody took the name meanwhile
        finally:
            staging.unlink(missing_ok=True)
        _sync(file.parent)
    except OSError as error:
        raise Unavailable("export-refused", detail=f"{error.strerror or 'Writing failed'}.") from error


def contents(material: Material, language: Language) -> dict[str, bytes]:
    """Every file by its name. Pure."""
    missing = "".join(f"\nMissing here: {line}" for line in material.missing)
    files = {
        "README.txt": README.format(day=page.day(material.made), missing=missing).encode(),
        "index.html": index(material, language).encode(),
        "recovery-sheet.html": recovery_sheet(material, language).encode(),
        RECORDS: b"".join(entry.record + b"\n" for entry in material.waiting),
        "waiting.jsonl": b"".join(
            _line(
                {
                    "state": entry.state,
                    "stored_at": entry.stored_at,
                    "expires": entry.expires,
                    "sha256": hashlib.sha256(entry.record).hexdigest(),
                }
            )
            for entry in material.waiting
        ),
        "sent.jsonl": b"".join(_line(_sent(batch)) for batch in material.batches),
        "consent.json": document(material.consent),
        "settings.json": document(material.settings),
    }
    if material.policy is not None:
        files[POLICY] = material.policy
    for name, data in material.agreements:
        files[f"{AGREEMENTS}/{name}"] = data
    for batch in material.batches:
        for ending, content in (("seal", batch.sealed), ("receipt", batch.receipt), ("erased", batch.tombstone)):
            if content is not None:
                files[f"{BATCHES}/{batch.batch}.{ending}"] = content
        if batch.records is not None:
            files[f"{BATCHES}/{batch.batch}.jsonl"] = b"".join(record + b"\n" for record in batch.records)
    if material.enrolment is not None:
        device, word = material.enrolment
        files["enrolment.json"] = word
        files["enrolment.device"] = f"{device}\n".encode()
    for generation in material.ledgers:
        files |= _ledger(generation)
    sums = sorted((name, hashlib.sha256(data).hexdigest()) for name, data in files.items())
    files[MANIFEST] = "".join(f"{digest}  {name}\n" for name, digest in sums).encode()
    return files


def _ledger(generation: Generation) -> dict[str, bytes]:
    name = f"ledger-{generation.number}"
    return {
        f"{name}.jsonl": b"".join(ledger.leaf(entry) + b"\n" for entry in generation.entries),
        f"{name}.checkpoint": generation.checkpoint.text().encode(),
        f"{name}.device": f"{generation.device.hex()}\n".encode(),
    }


def _sent(batch: Batch) -> dict[str, object]:
    return {
        "batch": batch.batch,
        "state": batch.state,
        "sealed_at": batch.sealed_at,
        "sent_at": batch.sent_at,
        "delete_by": batch.delete_by,
        "count": batch.count,
        "purposes": list(batch.purposes),
        "recipients": list(batch.recipients),
        "sha256": batch.digest,
        "records": list(batch.record_digests),
        "deletion": batch.deletion,
        "content_here": batch.records is not None,
    }


def _line(value: dict[str, object]) -> bytes:
    return msgspec.json.encode(value) + b"\n"


# ---------------------------------------------------------------- files


def _check(target: Path) -> None:
    try:
        if not target.is_symlink() and not target.exists():
            if target.parent.is_dir():
                return
            raise Refused("export-refused", detail=f"There is no folder {target.parent}.")
        if target.is_symlink() or not target.is_dir() or next(target.iterdir(), None) is not None:
            raise Refused("export-refused", detail=f"{target} is there already and is not an empty folder.")
    except OSError as error:
        raise Unavailable("export-refused", detail=f"{error.strerror or 'Reading failed'}.") from error


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    if sys.platform == "win32" or not folder.exists():
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
