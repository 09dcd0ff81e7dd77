"""``python -m agent.engine --profile DIR [--trial DIR]``: the engine of one employee, started by the window."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from agent.engine.engine import Engine
from agent.engine.stores import Stores
from agent.engine.terms import Terms
from agent.engine.wire import Reader, Writer, private_stdout
from agent.native import harden, open_native
from agent.native.base import Native


def main(argv: list[str] | None = None) -> int:
    """Exit codes: 0 the window ended it, 2 wrong arguments."""
    parser = argparse.ArgumentParser(prog="aboveboard-engine", description="Started by the Aboveboard window.")
    parser.add_argument("--profile", type=Path, required=True, help="folder of this employee's profile")
    parser.add_argument("--trial", type=Path, default=None, help="trial folder with its own policy")
    options = parser.parse_args(argv)
    # Nobody else on this computer reads what is written here, whatever the session's default is.
    os.umask(0o077)
    harden()
    name = str(options.profile.resolve())
    run(open_native(name), options.profile, Terms(trial=options.trial))
    return 0


def run(native: Native, profile: Path, terms: Terms) -> None:
    """Wire the process's own stdin and stdout to an engine over ``native`` and run it to its end."""
    writer = Writer(private_stdout())
    engine = Engine(native, Stores(profile, native.keystore), terms, writer, os.getppid)
    Reader(sys.stdin.buffer, engine.inbox.put).start()
    engine.run()


if __name__ == "__main__":
    sys.exit(main())
