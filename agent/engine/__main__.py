"""``python -m agent.engine --profile DIR [--trial DIR]``: the engine of one employee, started by the window."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from pathlib import Path
from types import TracebackType

from agent.engine.engine import Engine
from agent.engine.stores import Stores
from agent.engine.terms import Terms
from agent.engine.wire import Reader, Writer, private_stdout
from agent.native import harden, machine, open_native
from agent.native.base import Native


def main(argv: list[str] | None = None) -> int:
    """Exit codes: 0 the window ended it, 2 wrong arguments."""
    parser = argparse.ArgumentParser(prog="aboveboard-engine", description="Started by the Aboveboard window.")
    parser.add_argument("--profile", type=Path, required=True, help="folder of this employee's profile")
    parser.add_argument("--trial", type=Path, default=None, help="trial folder with its own policy")
    options = parser.parse_args(argv)
    # Nobody else on this computer reads what is written here, whatever the session's default is.
    os.umask(0o077)
    sys.excepthook = _crashed
    threading.excepthook = lambda end: _crashed(end.exc_type, end.exc_value, end.exc_traceback)
    harden()
    name = str(options.profile.resolve())
    run(open_native(name), options.profile, Terms(trial=options.trial))
    return 0


def run(native: Native, profile: Path, terms: Terms) -> None:
    """Wire the process's own stdin and stdout to an engine over ``native`` and run it to its end."""
    writer = Writer(private_stdout())
    engine = Engine(native, Stores(profile, native.keystore, machine()), terms, writer, os.getppid)
    Reader(sys.stdin.buffer, engine.inbox.put).start()
    engine.run()


def _crashed(kind: type[BaseException], _error: BaseException | None, trace: TracebackType | None) -> None:
    """Says where it happened and of what kind it was, never the message: that may hold what somebody typed."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else "nowhere"
    sys.stderr.write(f"aboveboard-engine: {kind.__name__} at {place}\n")


if __name__ == "__main__":
    sys.exit(main())
