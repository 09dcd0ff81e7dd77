"""``aboveboard-steward``: keygen, sign-policy, open, grant, expire, erase, log.

Exit codes 0 ok, 1 refused or failed, 2 usage.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from agent.organisation.files import held, read_key, read_passphrase, write_pair
from agent.organisation.openings import every, organisations
from agent.organisation.steward.datakey import grant
from agent.organisation.steward.datasets import existing, for_opening
from agent.organisation.steward.ending import erase, expire
from agent.organisation.steward.opening import open_all
from agent.organisation.steward.signing import sign_policy
from agent.organisation.store import BatchStore
from agent.policy.fingerprint import words
from agent.policy.mistakes import PolicyInvalid
from agent.problems import AgentError, Invalid, Refused
from agent.rights.verify import read_policy
from agent.seal import Share, keyfile, parse_cosigned

RECIPIENT: Final = "recipient.key"
ORGANISATION: Final = "organisation.key"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="aboveboard-steward", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    keygen = commands.add_parser("keygen", help="make the key to seal to and the key that signs policies")
    keygen.add_argument("--out", type=Path, required=True, help="folder for both; never overwrites")
    keygen.add_argument("--passphrase-file", type=Path, help="first line: passphrase for the private keys")
    sign = commands.add_parser("sign-policy", help="check a draft, list all mistakes or sign it")
    sign.add_argument("--key", type=Path, required=True, help=f"{ORGANISATION} made by keygen")
    sign.add_argument("--passphrase-file", type=Path)
    sign.add_argument("draft", type=Path)
    sign.add_argument("out", type=Path)
    opening = commands.add_parser("open", help="verify and open batches into encrypted Parquet")
    opening.add_argument("--store", required=True, help="a folder, or the address of a bucket such as s3://name/prefix")
    opening.add_argument("--key", type=Path, action="append", required=True, help="private key; once per controller")
    opening.add_argument("--passphrase-file", type=Path)
    opening.add_argument("--cosigned", type=Path, action="append", default=[], help="file of aboveboard-council cosign")
    opening.add_argument("--council", type=Path, help="the council's signing.key.pub; needed with --cosigned")
    opening.add_argument("--out", type=Path, required=True, help="folder of the dataset; what is in it stays")
    opening.add_argument("--plain", action="store_true", help="JSON lines, not encrypted; employees are shown that")
    granting = commands.add_parser("grant", help="let another key read an encrypted dataset")
    granting.add_argument("--dataset", type=Path, required=True)
    granting.add_argument("--key", type=Path, required=True, help="private key that reads it already")
    granting.add_argument("--passphrase-file", type=Path)
    granting.add_argument("--to", type=Path, required=True, help="public key file of who shall read it too")
    expiring = commands.add_parser("expire", help="delete what was kept as long as its notice says")
    policy = "signed policy; once for each one batches may still be kept under"
    expiring.add_argument("--policy", type=Path, action="append", required=True, help=policy)
    erasing = commands.add_parser("erase", help="delete what is left of batches erased at their senders' wish")
    for command in (expiring, erasing):
        command.add_argument("--store", required=True)
        command.add_argument("--dataset", type=Path, action="append", default=[], help="once for each dataset there is")
        command.add_argument("--key", type=Path, action="append", default=[], help="private key of encrypted datasets")
        command.add_argument("--passphrase-file", type=Path)
    log = commands.add_parser("log", help="who opened what, when, and whether in plain")
    log.add_argument("--store", required=True)
    log.add_argument("--json", action="store_true", help="one JSON object per line, as it stands in the log")
    return parser


def _say(fact: object) -> None:
    print(json.dumps(fact, ensure_ascii=False))  # noqa: T201  # a command's answer


def _keygen(options: argparse.Namespace) -> int:
    passphrase = read_passphrase(options.passphrase_file)
    suites: tuple[tuple[str, keyfile.SuiteName], ...] = ((RECIPIENT, "MLKEM768_X25519"), (ORGANISATION, "ED25519"))
    if taken := [name for name, _ in suites if (options.out / name).exists()]:
        raise FileExistsError(f"{options.out / taken[0]} is there already; keys are never overwritten")
    for name, suite in suites:
        key = keyfile.make(suite, datetime.now(UTC))
        write_pair(options.out / name, key, passphrase)
        _say(
            {
                "file": str(options.out / name),
                "suite": suite,
                "kid": key.kid,
                "words": " ".join(words(key.public)),
                "public": base64.b64encode(key.public).decode(),
            }
        )
    return 0


def _sign(options: argparse.Namespace) -> int:
    key = read_key(options.key, options.passphrase_file)
    try:
        signed = sign_policy(options.draft, options.out, key.signing())
    except PolicyInvalid as error:
        print(f"not signed: {options.draft}", *error.mistakes, sep="\n", file=sys.stderr)  # noqa: T201  # a command's answer
        return 1
    _say({"file": str(options.out), "bytes": len(signed), "kid": key.kid, "words": " ".join(words(key.public))})
    return 0


def _open(options: argparse.Namespace) -> int:
    os.umask(0o077)
    keys = [read_key(path, options.passphrase_file).opening() for path in options.key]
    shares = _cosigned(options.cosigned, options.council)
    store = BatchStore.open(options.store)
    with held(options.out):
        dataset = for_opening(options.out, keys, plain=options.plain)
        report = open_all(store, keys, dataset, datetime.now(UTC), shares)
    for place, reason in report.refused.items():
        print(f"refused {place}: {reason}", file=sys.stderr)  # noqa: T201  # a command's answer
    _say(
        {
            "batches": report.opened,
            "records": report.records,
            "redacted_again": report.changed,
            "left_out": report.left_out,
            "already_there": report.known,
            "erased": report.erased,
            "refused": len(report.refused),
        }
    )
    return 1 if report.refused else 0


def _grant(options: argparse.Namespace) -> int:
    os.umask(0o077)
    reader = read_key(options.to, None)
    if reader.suite != "MLKEM768_X25519":
        raise Invalid("key-file-invalid", detail="A recipient's public key is needed here.")
    seeds = [read_key(options.key, options.passphrase_file).opening()]
    with held(options.dataset):
        grant(options.dataset, seeds, reader.public)
    _say({"dataset": str(options.dataset), "kid": reader.kid, "words": " ".join(words(reader.public))})
    return 0


def _end(options: argparse.Namespace) -> int:
    os.umask(0o077)
    seeds = [read_key(path, options.passphrase_file).opening() for path in options.key]
    policies = [read_policy(path.read_bytes()) for path in options.policy] if options.command == "expire" else []
    store, now = BatchStore.open(options.store), datetime.now(UTC)
    with ExitStack() as stack:
        for folder in options.dataset:
            if not folder.is_dir():
                raise Invalid("batch-store-failed", detail=f"There is no dataset in {folder}.")
            stack.enter_context(held(folder))
        datasets = [existing(folder, seeds) for folder in options.dataset]
        ended = expire(store, datasets, policies, now) if policies else erase(store, datasets, now)
    for policy in ended.unknown:
        print(f"kept what was sealed under policy {policy}: give it too", file=sys.stderr)  # noqa: T201  # a command's answer
    _say({"bucket": ended.bucket, "datasets": ended.datasets, "unfinished": ended.unfinished})
    return 1 if ended.unknown else 0


def _log(options: argparse.Namespace) -> int:
    store = BatchStore.open(options.store)
    for organisation in organisations(store):
        for entry in every(store, organisation):
            if options.json:
                _say({"organisation": organisation, **msgspec.to_builtins(entry)})
                continue
            how = "in plain" if entry.written == "plain" else "encrypted"
            counts = f"{entry.records} records of {len(entry.batches)} batches"
            line = f"{entry.when}  {organisation} {entry.number}: opened {how} into {entry.into}, {counts}, with"
            print(line, *entry.keys)  # noqa: T201  # a command's answer
    return 0


def _cosigned(files: Sequence[Path], council: Path | None) -> list[Share]:
    """What the works council let be opened; nothing unless its own signature fits."""
    if not files:
        return []
    if council is None:
        raise Refused("cosign-refused", detail="Name the council's public signing key with --council.")
    signer = read_key(council, None).public
    return [share for file in files for share in parse_cosigned(file.read_bytes(), signer).shares]


_COMMANDS: Final = {
    "keygen": _keygen,
    "sign-policy": _sign,
    "open": _open,
    "grant": _grant,
    "expire": _end,
    "erase": _end,
    "log": _log,
}


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except (AgentError, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201  # a command's answer
        return 1


if __name__ == "__main__":
    sys.exit(main())
