"""``aboveboard-council``: keygen, cosign, check. Exit codes 0 ok, 1 refused or failed, 2 usage."""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from agent.organisation.council.chains import read_memory, remember
from agent.organisation.council.checking import check_all, differences
from agent.organisation.council.cosigning import cosign_named
from agent.organisation.files import read_key, read_passphrase, write_new, write_pair
from agent.organisation.store import BatchStore
from agent.policy.fingerprint import words
from agent.problems import AgentError
from agent.rights.verify import policy_facts, read_policy
from agent.seal import encode_cosigned, keyfile

RECIPIENT: Final = "recipient.key"
SIGNING: Final = "signing.key"
_BATCH: Final = re.compile(r"\A[0-9a-f]{32}\Z")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="aboveboard-council", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    keygen = commands.add_parser("keygen", help="make the second key to seal to and the key that signs co-signatures")
    keygen.add_argument("--out", type=Path, required=True, help="folder for both; never overwrites")
    keygen.add_argument("--passphrase-file", type=Path, help="first line: passphrase for the private keys")
    cosign = commands.add_parser("cosign", help="let the steward open the named batches, and no others")
    cosign.add_argument("--store", required=True, help="a folder, or the address of a bucket such as s3://name/prefix")
    cosign.add_argument("--keys", type=Path, required=True, help="folder made by keygen")
    cosign.add_argument("--passphrase-file", type=Path)
    cosign.add_argument("--steward", type=Path, required=True, help="the steward's public key file, recipient.key.pub")
    cosign.add_argument("--out", type=Path, required=True, help="the co-signing file to make; never overwrites")
    which = cosign.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true", dest="every", help="every batch in the store")
    which.add_argument("--batch", action="append", type=_batch, metavar="ID", help="this batch; as often as needed")
    check = commands.add_parser("check", help="check policies, batches, receipts and exports, offline")
    check.add_argument("places", type=Path, nargs="+", metavar="PATH", help="file or folder")
    check.add_argument("--policy", type=Path, help="the policy in force: its keys check the receipts")
    check.add_argument("--previous", type=Path, help="the policy before it: says what has changed")
    check.add_argument("--key", type=Path, action="append", default=[], help="private key; opened batches say more")
    check.add_argument("--passphrase-file", type=Path)
    check.add_argument("--checkpoints", type=Path, help="this tool's memory: made if absent, and added to")
    return parser


def _batch(text: str) -> str:
    if not _BATCH.match(text):
        raise argparse.ArgumentTypeError("a batch id has 32 hexadecimal digits")
    return text


def _say(fact: object) -> None:
    print(json.dumps(fact, ensure_ascii=False))  # noqa: T201  # a command's answer


def _complain(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201  # a command's answer


def _keygen(options: argparse.Namespace) -> int:
    passphrase = read_passphrase(options.passphrase_file)
    suites: tuple[tuple[str, keyfile.SuiteName], ...] = ((RECIPIENT, "MLKEM768_X25519"), (SIGNING, "ED25519"))
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


def _cosign(options: argparse.Namespace) -> int:
    if options.out.exists():
        raise FileExistsError(f"{options.out} is there already; a co-signing file is never overwritten")
    own = read_key(options.keys / RECIPIENT, options.passphrase_file).opening()
    signing = read_key(options.keys / SIGNING, options.passphrase_file).signing()
    steward = read_key(options.steward, None)
    named = None if options.every else frozenset(options.batch)
    done = cosign_named(BatchStore.open(options.store), named, own, steward.public)
    for place, reason in done.refused.items():
        _complain(f"refused {place}: {reason}")
    for batch in sorted(done.missing):
        _complain(f"not in the store: {batch}")
    if done.shares:
        file = encode_cosigned(done.shares, datetime.now(UTC).date().isoformat(), signing)
        write_new(options.out, file, private=True)
    _say(
        {
            "file": str(options.out) if done.shares else None,
            "batches": sorted(share.batch for share in done.shares),
            "steward_words": " ".join(words(steward.public)),
            "refused": len(done.refused),
            "missing": len(done.missing),
        }
    )
    return 1 if done.refused or done.missing or not done.shares else 0


def _check(options: argparse.Namespace) -> int:
    policy = None if options.policy is None else read_policy(options.policy.read_bytes())
    keys = [read_key(path, options.passphrase_file).opening() for path in options.key]
    memory = [] if options.checkpoints is None else read_memory(options.checkpoints)
    done = check_all(options.places, policy, keys, memory)
    lines = [("holds", line) for line in done.report.checked]
    lines += [("cannot be checked here", line) for line in done.report.unchecked]
    if policy is not None:
        lines += [("policy", line) for line in policy_facts(policy)]
        if options.previous is not None:
            lines += [("changed", line) for line in differences(read_policy(options.previous.read_bytes()), policy)]
    if options.checkpoints is not None:
        lines.append(("remembered", f"{remember(options.checkpoints, memory, done.links)} new checkpoints"))
    for title, line in (*lines, *(("WRONG", line) for line in done.report.wrong)):
        print(f"{title}: {line}")  # noqa: T201  # a command's answer
    return 1 if done.report.wrong else 0


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return {"keygen": _keygen, "cosign": _cosign, "check": _check}[options.command](options)
    except (AgentError, OSError) as error:
        _complain(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
