"""The ``aboveboard`` command. Without a verb it becomes the desktop app; it never imports the window.

Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from agent.assembly.replay import redact_key_lines
from agent.policy.load import find
from agent.policy.schema import explain, keys_page, validate_file
from agent.problems import AgentError
from agent.redaction.commands import redact_lines
from agent.rights import export, verify_path
from agent.rights.verify import read_policy


def main(argv: list[str] | None = None) -> int:
    """Run one command; the desktop app replaces this process."""
    options = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = options.run
    _speak_utf8()
    try:
        code = run(options)
        sys.stdout.flush()
    except AgentError as error:
        sys.stdout.flush()
        sys.stderr.write(f"{error}\n")
        return 1
    except FileNotFoundError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return 1
    except BrokenPipeError:
        # Whoever read has left; the interpreter's own last flush must not complain about it.
        with contextlib.suppress(BrokenPipeError):
            sys.stdout.close()
        return 1
    return code


def _speak_utf8() -> None:
    """JSON lines are UTF-8 whatever the session's language says; bytes that are not are told by line, not by crash."""
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="aboveboard", description="Records consented work activity, visibly.")
    parser.add_argument("--trial", type=Path, metavar="DIR", help="a trial with its own policy and profile in DIR")
    parser.add_argument("--hidden", action="store_true", help="start in the tray, without a window")
    parser.add_argument("--version", action="version", version=version("aboveboard"))
    parser.set_defaults(run=_app)
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")

    redact = verbs.add_parser("redact", help='JSONL {"id","text"} in, the redacted text and its spans out')
    redact.set_defaults(run=_redact)
    keys = verbs.add_parser("redact-keys", help='JSONL {"id","events"} in, final texts and redacted texts out')
    keys.set_defaults(run=_redact_keys)

    exported = verbs.add_parser("export", help="everything about me, as a folder that opens without this program")
    exported.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    exported.add_argument("--language", choices=("en", "de"), default="en", help="of the recovery sheet")
    exported.set_defaults(run=_export)
    verified = verbs.add_parser("verify", help="check an export, batch, receipt, policy or ledger offline")
    verified.add_argument("place", type=Path, metavar="PATH")
    verified.add_argument("--policy", type=Path, metavar="FILE", help="the policy that names who signs receipts")
    verified.set_defaults(run=_verify)

    policy = verbs.add_parser("policy", help="for IT").add_subparsers(
        title="commands", required=True, metavar="COMMAND"
    )
    validate = policy.add_parser("validate", help="list every mistake of a policy file at once")
    validate.add_argument("file", type=Path)
    validate.set_defaults(run=_validate)
    explained = policy.add_parser("explain", help="the policy in force: value and source of every key")
    explained.add_argument("--json", action="store_true", dest="as_json")
    explained.set_defaults(run=_explain)
    page = policy.add_parser("keys", help="every key a policy may have, and those it may never have")
    page.set_defaults(run=_keys)

    health = verbs.add_parser("health", help="for IT: the same bytes after a yes, a no and a pause")
    health.add_argument("--json", action="store_true", dest="as_json")
    health.set_defaults(run=_health)
    return parser


def _app(options: argparse.Namespace) -> int:
    arguments = [sys.executable, "-I", "-m", "ui"]
    if getattr(sys, "frozen", False):
        arguments = [str(Path(sys.executable).with_name("aboveboard-window"))]
    if options.trial is not None:
        arguments += ["--trial", str(options.trial)]
    if options.hidden:
        arguments.append("--hidden")
    sys.stdout.flush()
    os.execv(arguments[0], arguments)  # noqa: S606 - our own interpreter or our own program, no shell


def _redact(_options: argparse.Namespace) -> int:
    redact_lines(sys.stdin, sys.stdout)
    return 0


def _redact_keys(_options: argparse.Namespace) -> int:
    redact_key_lines(sys.stdin, sys.stdout)
    return 0


def _export(options: argparse.Namespace) -> int:
    """Opens the profile itself; while the app runs the profile is the app's, and this is refused by name."""
    # Imported here: the other commands, and the start of the window, need none of it and shall be quick.
    from agent.engine.delivery import Delivery  # noqa: PLC0415
    from agent.engine.exporting import gather  # noqa: PLC0415
    from agent.engine.stores import Stores, default_folder  # noqa: PLC0415
    from agent.engine.terms import Terms  # noqa: PLC0415
    from agent.native import machine, open_keystore  # noqa: PLC0415

    os.umask(0o077)
    folder = default_folder(options.trial, os.environ)
    now = int(time.time())
    terms = Terms(trial=options.trial)
    terms.reload(now)
    stores = Stores(folder, open_keystore(str(folder.resolve())), machine())
    try:
        files = export(gather(stores, Delivery(stores), terms, now), options.folder, options.language)
    finally:
        stores.close()
    sys.stdout.write(f"{files} files in {options.folder}\n")
    return 0


def _verify(options: argparse.Namespace) -> int:
    policy = None if options.policy is None else read_policy(options.policy.read_bytes())
    report = verify_path(options.place, policy)
    for title, lines in (("holds", report.checked), ("cannot be checked here", report.unchecked)):
        sys.stdout.write("".join(f"{title}: {line}\n" for line in lines))
    sys.stdout.write("".join(f"WRONG: {line}\n" for line in report.wrong))
    return 1 if report.wrong or not (report.checked or report.unchecked) else 0


def _validate(options: argparse.Namespace) -> int:
    mistakes = validate_file(options.file, int(time.time()))
    for mistake in mistakes:
        sys.stdout.write(f"{mistake}\n")
    if not mistakes:
        sys.stdout.write("valid\n")
    return 1 if mistakes else 0


def _explain(options: argparse.Namespace) -> int:
    loaded = find(options.trial, now=int(time.time()))
    facts = explain(loaded)
    if options.as_json:
        json.dump(facts, sys.stdout, indent=2, sort_keys=True)
        sys.stdout.write("\n")
    else:
        for row in facts["keys"]:
            sys.stdout.write(f"{row['key']} = {row['value']}  ({row['source']})\n")
    return 0


def _keys(_options: argparse.Namespace) -> int:
    sys.stdout.write(keys_page())
    return 0


def _health(options: argparse.Namespace) -> int:
    """Says what is installed and whether the policy is in force: nothing that an answer of the employee changes."""
    standing, serial = "in-force", 0
    now = int(time.time())
    try:
        policy = find(options.trial, now=now).policy
        serial = policy.serial
        if now < policy.notice.effective_from:
            standing = "policy-not-yet"
    except AgentError as error:
        standing = error.code
    facts = {"policy": standing, "serial": serial, "version": version("aboveboard")}
    if options.as_json:
        sys.stdout.write(json.dumps(facts, sort_keys=True) + "\n")
    else:
        sys.stdout.write("".join(f"{name}: {value}\n" for name, value in facts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
