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
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from agent.assembly.replay import redact_key_lines
from agent.policy.load import find
from agent.policy.schema import explain, keys_page, validate_file
from agent.problems import PROBLEMS, AgentError, Refused, Unavailable
from agent.protocol import PauseLength
from agent.protocol.control import (
    AskErase,
    AskExclude,
    AskExport,
    AskPause,
    AskShow,
    AskStatus,
    Request,
    Told,
    control_places,
)
from agent.redaction.commands import redact_lines
from agent.rights import export, verify_path
from agent.rights.verify import read_policy

if TYPE_CHECKING:  # importing it takes long, and most commands need none of it
    from agent.engine.stores import Stores

#: The lengths of a pause as they are typed, and as they are sent.
_PAUSES: Final[dict[str, PauseLength]] = {"15m": "15m", "1h": "1h", "tomorrow": "tomorrow", "until-resume": "resume"}


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
    redact.add_argument("--explain", action="store_true", help="each span says which rule found it, and why")
    redact.set_defaults(run=_redact)
    keys = verbs.add_parser("redact-keys", help='JSONL {"id","events"} in, final texts and redacted texts out')
    keys.add_argument(
        "--system", choices=("linux", "windows", "macos"), default="linux", help="whose shortcuts they are"
    )
    keys.set_defaults(run=_redact_keys)

    _add_employee(verbs)
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


def _add_employee(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What other programs of the same person may ask of the running app, too: it can only tighten."""
    status = verbs.add_parser("status", help="what the sign on the screen says")
    status.add_argument("--json", action="store_true", dest="as_json")
    status.set_defaults(run=_status)
    pause = verbs.add_parser("pause", help="collect nothing for a while; a longer pause stays as it is")
    pause.add_argument("length", nargs="?", choices=tuple(_PAUSES), default="until-resume")
    pause.set_defaults(run=_pause)
    exclude = verbs.add_parser("exclude", help="never collect in a program; to collect there again: the window")
    exclude.add_argument("program", metavar="PROGRAM", help="its id, or its name as the programs page shows it")
    exclude.set_defaults(run=_exclude)
    show = verbs.add_parser("show", help="bring the window to the front")
    show.set_defaults(run=_show)
    erase = verbs.add_parser("erase", help="destroy everything that has not left; the agreement stays")
    erase.add_argument("--all", action="store_true", required=True, dest="everything")
    erase.add_argument("--yes", action="store_true", help="do not ask here (a running app asks in its window anyway)")
    erase.set_defaults(run=_erase)
    sent = verbs.add_parser("erase-sent", help="have the collector delete what was sent (with the app: its window)")
    sent.add_argument("batches", nargs="*", metavar="BATCH", help="ids, as the page Sent and the sheet name them")
    sent.add_argument("--all", action="store_true", dest="everything", help="everything that was sent")
    sent.set_defaults(run=_erase_sent)


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


def _redact(options: argparse.Namespace) -> int:
    redact_lines(sys.stdin, sys.stdout, explain=options.explain)
    return 0


def _redact_keys(options: argparse.Namespace) -> int:
    redact_key_lines(sys.stdin, sys.stdout, options.system)
    return 0


def _profile(options: argparse.Namespace) -> Path:
    from agent.engine.stores import default_folder  # noqa: PLC0415

    return default_folder(options.trial, os.environ)


def _ask(options: argparse.Namespace, request: Request) -> Told:
    """Of the running app. Raises ``Unavailable`` if there is none, and what it refuses."""
    from agent.native.control import ask  # noqa: PLC0415

    told = ask(control_places(_profile(options), os.environ.get("XDG_RUNTIME_DIR")), request)
    if told.problem:
        raise Refused(told.problem if told.problem in PROBLEMS else "control-silent", **told.facts)
    return told


def _status(options: argparse.Namespace) -> int:
    try:
        status = _ask(options, AskStatus()).status
    except Unavailable as error:
        if options.as_json:
            facts = {"running": error.code != "app-not-running", "problems": [error.code]}
            sys.stdout.write(json.dumps(facts, sort_keys=True) + "\n")
        raise
    if status is None:
        raise Unavailable("control-silent")
    facts = {"running": True, **msgspec.to_builtins(status)}
    if options.as_json:
        sys.stdout.write(json.dumps(facts, sort_keys=True, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"{status.sentence}\n")
    return 0


def _pause(options: argparse.Namespace) -> int:
    until = _ask(options, AskPause(_PAUSES[options.length])).until
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(until)) if until else "you resume it in the window"
    sys.stdout.write(f"Paused until {when}. Nothing is collected. Nobody was told.\n")
    return 0


def _exclude(options: argparse.Namespace) -> int:
    told = _ask(options, AskExclude(options.program))
    unknown = "" if told.known else " No installed program is known by that name; it holds for one that comes to be."
    sys.stdout.write(f"Nothing is collected in {told.program} from now on.{unknown}\n")
    return 0


def _show(options: argparse.Namespace) -> int:
    _ask(options, AskShow())
    return 0


def _in_window(options: argparse.Namespace, request: Request) -> Told | None:
    """What came of it in the running app, None if none runs."""
    try:
        sys.stderr.write("If Aboveboard runs, it asks you in its window.\n")
        sys.stderr.flush()
        return _ask(options, request)
    except Unavailable as error:
        if error.code != "app-not-running":
            raise
    return None


def _erase(options: argparse.Namespace) -> int:
    """With the app: it asks. Without: this asks, and then nothing that has not left is on this computer."""
    told = _in_window(options, AskErase())
    if told is None:
        if not _profile_exists(options):
            raise Refused("nothing-kept")
        if not options.yes and not _typed("erase"):
            raise Refused("not-confirmed", word="erase")
    count = told.count if told is not None else _erase_here(options)
    sys.stdout.write(f"{count} items were destroyed. Nobody was told.\n")
    return 0


def _typed(word: str) -> bool:
    """Did somebody at a terminal type this word?"""
    if not sys.stdin.isatty():
        return False
    sys.stderr.write(f"This destroys everything that has not left this computer. To do it, type: {word}\n")
    sys.stderr.flush()
    return sys.stdin.readline().strip() == word


def _profile_exists(options: argparse.Namespace) -> bool:
    from agent.engine.stores import PROFILE_FILE  # noqa: PLC0415

    return (_profile(options) / PROFILE_FILE).exists()


@contextlib.contextmanager
def _stores(options: argparse.Namespace) -> Iterator[Stores]:
    """The profile's own files, for as long as no app has them."""
    # Imported here: the other commands, and the start of the window, need none of it and shall be quick.
    from agent.engine.stores import Stores  # noqa: PLC0415
    from agent.native import machine, open_keystore  # noqa: PLC0415

    os.umask(0o077)
    folder = _profile(options)
    stores = Stores(folder, open_keystore(str(folder.resolve())), machine())
    try:
        yield stores
    finally:
        stores.close()


def _erase_here(options: argparse.Namespace) -> int:
    from agent.engine.delivery import Delivery  # noqa: PLC0415
    from agent.engine.ending import destroy_unsent  # noqa: PLC0415

    with _stores(options) as stores:
        stores.open()
        return destroy_unsent(stores, Delivery(stores), int(time.time()))


def _erase_sent(options: argparse.Namespace) -> int:
    """Exit code 1 while the collector has not confirmed all of it. Refused while the app has the profile."""
    from agent.engine.delivery import Delivery  # noqa: PLC0415
    from agent.engine.erasing import erase_sent  # noqa: PLC0415
    from agent.engine.terms import Terms  # noqa: PLC0415

    if options.everything == bool(options.batches):
        sys.stderr.write("Name the batches, or --all.\n")
        return 2
    if not _profile_exists(options):
        raise Refused("nothing-kept")
    now = int(time.time())
    terms = Terms(trial=options.trial)
    terms.reload(now)
    with _stores(options) as stores:
        confirmed, waiting = erase_sent(stores, Delivery(stores), terms, options.batches, now)
    sys.stdout.write("".join(f"{batch}: the collector signed that it is deleted\n" for batch in confirmed))
    sys.stdout.write("".join(f"{batch}: asked, not confirmed. {detail}\n" for batch, detail in waiting.items()))
    if not confirmed and not waiting:
        sys.stdout.write("There is nothing to ask for.\n")
    return 1 if waiting else 0


def _export(options: argparse.Namespace) -> int:
    """While the app runs the profile is the app's: it asks in its window and writes. Else this opens the profile."""
    from agent.engine.delivery import Delivery  # noqa: PLC0415
    from agent.engine.exporting import gather  # noqa: PLC0415
    from agent.engine.terms import Terms  # noqa: PLC0415

    told = _in_window(options, AskExport(str(options.folder.absolute()), options.language))
    if told is not None:
        files = told.count
    else:
        now = int(time.time())
        terms = Terms(trial=options.trial)
        terms.reload(now)
        with _stores(options) as stores:
            files = export(gather(stores, Delivery(stores), terms, now), options.folder, options.language)
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
