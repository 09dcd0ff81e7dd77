"""``python -m ui [--trial DIR] [--profile DIR] [--language de] [--hidden]``: the desktop app."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from ui.app import Options, default_profile, run
from ui.text import LANGUAGES


def main(arguments: list[str] | None = None) -> int:
    """Exit codes: 0 done, 1 refused, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="aboveboard", description="The desktop app of Aboveboard.")
    parser.add_argument("--trial", type=Path, help="folder of a trial: its own policy, profile and collector")
    parser.add_argument("--profile", type=Path, help="folder of this employee's profile")
    parser.add_argument("--language", choices=LANGUAGES, help="language of the window (default: the desktop's)")
    parser.add_argument("--hidden", action="store_true", help="start in the tray")
    given = parser.parse_args(arguments)
    # Nobody else on this computer reads what is written here, whatever the session's default is.
    os.umask(0o077)
    profile = given.profile or default_profile(given.trial)
    return run(Options(profile, given.trial, given.language, given.hidden))


if __name__ == "__main__":
    raise SystemExit(main())
