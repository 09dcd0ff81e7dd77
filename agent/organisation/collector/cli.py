"""``aboveboard-collector``: keygen, serve, token, counts. Exit codes 0 ok, 1 refused or failed, 2 usage."""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import uvicorn

from agent.organisation.collector.app import Rate, Terms, make_app
from agent.organisation.collector.counts import AT_LEAST, counts
from agent.organisation.collector.enrolment import DEFAULT_CAP, DEFAULT_DAYS, LONGEST_DAYS, new_token, revoke_token
from agent.organisation.files import read_key, read_passphrase, write_new, write_pair
from agent.organisation.store import BatchStore
from agent.problems import AgentError
from agent.seal import keyfile

_SLUG: Final = re.compile(r"\A[a-z0-9][a-z0-9._-]{0,63}\Z")
_MAX_AT_ONCE: Final = 128


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="aboveboard-collector", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    keygen = commands.add_parser("keygen", help="make the key that signs receipts")
    keygen.add_argument("--out", type=Path, required=True, help="private key file; the public one gets .pub after it")
    keygen.add_argument("--passphrase-file", type=Path)
    serve = commands.add_parser("serve", help="take batches")
    serve.add_argument("--store", required=True, help="a folder, or the address of a bucket such as s3://name/prefix")
    serve.add_argument("--key", type=Path, required=True, help="private key file made by keygen")
    serve.add_argument("--passphrase-file", type=Path)
    serve.add_argument("--organisation", required=True, type=_organisation, help="id of the organisation")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=0, help="0: any free one")
    serve.add_argument("--name", help="host name to sign receipts with, if it is not --host")
    serve.add_argument("--token-file", type=Path, help="first line: the enrolment token every sender has to show")
    serve.add_argument("--enrolled-only", action="store_true", help="take batches of devices that are enrolled alone")
    serve.add_argument("--operator-file", type=Path, help="first line: the token that may ask for counts")
    serve.add_argument("--daily", type=int, default=500, help="batches that one device may send for one day")
    serve.add_argument("--rate", type=float, default=50.0, help="batches a second that this replica takes")
    serve.add_argument("--certificate", type=Path, help="TLS certificate chain, PEM; without it put a proxy in front")
    serve.add_argument("--certificate-key", type=Path)
    serve.add_argument("--ready-file", type=Path, help="written with the port when ready, and removed at the end")
    token = commands.add_parser("token", help="tokens that let the devices of a group in")
    tokens = token.add_subparsers(dest="action", required=True)
    new = tokens.add_parser("new", help="make one; it goes into the policy as delivery.enrolment_token")
    new.add_argument("--days", type=_within(1, LONGEST_DAYS), default=DEFAULT_DAYS, help="until it ends")
    new.add_argument("--cap", type=_within(1, 1_000_000), default=DEFAULT_CAP, help="devices it may let in")
    revoke = tokens.add_parser("revoke", help="let nobody new in; who is enrolled stays so")
    revoke.add_argument("token", help="the token, or the part before its dot")
    count = commands.add_parser("counts", help=f"who takes part, by month and purpose: {AT_LEAST} or more, in fives")
    for command in (new, revoke, count):
        command.add_argument("--store", required=True)
        command.add_argument("--organisation", required=True, type=_organisation)
    return parser


def _within(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"a number from {least} to {most}")
        return int(text)

    return number


def _organisation(text: str) -> str:
    if not _SLUG.match(text):
        raise argparse.ArgumentTypeError("lower-case letters, digits, '.', '_' and '-' only")
    return text


def _keygen(options: argparse.Namespace) -> int:
    key = keyfile.make("ED25519", datetime.now(UTC))
    write_pair(options.out, key, read_passphrase(options.passphrase_file))
    print(json.dumps({"kid": key.kid, "public": base64.b64encode(key.public).decode()}))  # noqa: T201  # a command's answer
    return 0


def _serve(options: argparse.Namespace) -> int:
    token = read_passphrase(options.token_file)
    terms = Terms(
        organisation=options.organisation,
        host=options.name or options.host,
        key=read_key(options.key, options.passphrase_file).signing(),
        token=None if token is None else token.decode(),
        rate=Rate(options.rate),
    )
    operator = read_passphrase(options.operator_file)
    terms = replace(
        terms,
        enrolled_only=options.enrolled_only,
        operator=None if operator is None else operator.decode(),
        daily=options.daily,
    )
    os.umask(0o077)
    store = BatchStore.open(options.store)
    store.check_creates_only()
    app = make_app(store, terms)
    listening = socket.create_server((options.host, options.port), backlog=_MAX_AT_ONCE)
    port = listening.getsockname()[1]
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,  # a list of addresses and times would be a list of people
        server_header=False,
        limit_concurrency=_MAX_AT_ONCE,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=10,
        ssl_certfile=options.certificate,
        ssl_keyfile=options.certificate_key,
    )
    # The server raises the signal that ended it again when it is done; asked to stop is not a failure.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    ready = json.dumps({"ready": True, "host": options.host, "port": port})
    if options.ready_file is not None:
        written = options.ready_file.with_name(options.ready_file.name + ".tmp")
        written.unlink(missing_ok=True)
        write_new(written, ready.encode() + b"\n", private=True)
        written.replace(options.ready_file)
    print(ready, flush=True)  # noqa: T201  # a command's answer
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        if options.ready_file is not None:
            options.ready_file.unlink(missing_ok=True)
    return 0


def _token(options: argparse.Namespace) -> int:
    os.umask(0o077)
    store = BatchStore.open(options.store)
    if options.action == "new":
        token, ends = new_token(store, options.organisation, options.days, options.cap, datetime.now(UTC))
        print(json.dumps({"token": token, "ends": ends.isoformat(timespec="seconds"), "cap": options.cap}))  # noqa: T201  # a command's answer
        return 0
    if not revoke_token(store, options.organisation, options.token):
        print("there is no such token", file=sys.stderr)  # noqa: T201  # a command's answer
        return 1
    return 0


def _counts(options: argparse.Namespace) -> int:
    os.umask(0o077)
    months = counts(BatchStore.open(options.store), options.organisation, datetime.now(UTC).date())
    for month in months:
        lines = [f"{purpose}: {number}" for purpose, number in month.purposes.items()]
        print(month.month, "; ".join(lines) or f"fewer than {AT_LEAST}")  # noqa: T201  # a command's answer
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return {"keygen": _keygen, "serve": _serve, "token": _token, "counts": _counts}[options.command](options)
    except (AgentError, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201  # a command's answer
        return 1


if __name__ == "__main__":
    sys.exit(main())
