"""What the system itself knows of whoever sits there: the account database and the computer's name, nothing else."""

from __future__ import annotations

import os
import pwd
import socket

from agent.records import RawOwner


def owner() -> RawOwner:
    """Account, the full name beside it, this computer's name; what cannot be told is empty. Reads no file of theirs."""
    try:
        entry = pwd.getpwuid(os.getuid())
    except KeyError:
        return RawOwner(computer=socket.gethostname())
    # https://man7.org/linux/man-pages/man5/passwd.5.html: the full name ends at a comma, "&" stands for the account.
    full = entry.pw_gecos.split(",", 1)[0].replace("&", entry.pw_name.capitalize())
    return RawOwner(entry.pw_name, full, socket.gethostname())
