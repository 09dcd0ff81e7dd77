"""Zero packets, checked from outside the process: no packet leaves without an internet socket.

Two witnesses: the kernel's tables, which tell what is open now, and a trace of the system calls that make sockets,
which misses nothing in between.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

_LOCAL = ("AF_UNIX", "AF_LOCAL", "AF_NETLINK")
_CALL = re.compile(r"^(?:\[pid +)?(\d+)\]? +socket\((\w+),")


def internet_sockets(pids: set[int]) -> list[str]:
    """Internet sockets (any state, IPv4 and IPv6, TCP and UDP) that these processes hold, as the kernel lists them.

    For "zero packets before the yes": a program without such a socket has sent none. A hardened process hides its
    descriptors from everybody but root; whoever looks as an ordinary user asks ``hides`` first.
    """
    inodes = {}
    for pid in pids:
        try:
            links = list(Path(f"/proc/{pid}/fd").iterdir())
        except (FileNotFoundError, PermissionError):
            continue
        for link in links:
            try:
                target = str(link.readlink())
            except FileNotFoundError:
                continue
            if target.startswith("socket:["):
                inodes[target[8:-1]] = pid
    found = []
    for table in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        path = Path("/proc/net") / table
        if not path.exists():
            continue
        for line in path.read_text().splitlines()[1:]:
            parts = line.split()
            if parts[9] in inodes:
                found.append(f"{table} {parts[1]} -> {parts[2]} of process {inodes[parts[9]]}")
    return found


def hides(pid: int) -> bool:
    """Does this process hide its memory map and descriptors from its own user (PR_SET_DUMPABLE 0, prctl(2))?"""
    return not os.access(f"/proc/{pid}/maps", os.R_OK) or not os.access(f"/proc/{pid}/fd", os.R_OK)


def traced(command: Sequence[str], log: Path) -> list[str]:
    """``command`` under a trace of every socket that it and all its children make, written to ``log``.

    Only this one system call stops the program (seccomp filter of strace 5.3 and newer), so its speed stays.
    """
    strace = shutil.which("strace")
    assert strace is not None, "strace is not installed"
    return [strace, "-f", "-qq", "--seccomp-bpf", "-e", "trace=socket", "-e", "signal=none", "-o", str(log), *command]


def internet_calls(log: Path) -> list[str]:
    """The lines of the trace in which a socket was made that can reach further than this computer's own programs.

    Raises AssertionError for a log without any socket at all: a desktop program makes some, so nothing was watched.
    """
    lines = [line for line in log.read_text(errors="replace").splitlines() if _CALL.match(line)]
    assert lines, f"{log} holds no socket: the trace did not work"
    return [line for line in lines if not (match := _CALL.match(line)) or match[2] not in _LOCAL]
