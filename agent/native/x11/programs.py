"""Which program a process is. ``identify`` is pure; ``executable`` asks the kernel.

What a window says of itself (class, _NET_WM_PID) can be set to anything by its program, so it never decides alone:
it becomes an alias, which may only exclude. The one exception is an interpreter, where the executable says too little;
there the class is joined to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from agent.records import Program

#: Executables that run other people's programs: their own name says nothing about what runs.
_RUNTIME: Final = re.compile(
    r"^(python|pypy|perl|ruby|node|nodejs|deno|bun|java|electron|wine|mono|dotnet|lua|luajit|php|guile|tclsh|wish"
    r"|gjs|gjs-console|cjs|cjs-console|julia|bash|dash|sh|zsh|ksh|fish|busybox|env|ld-linux|ld-musl|qemu)"
    r"([-_.\d].*)?(64)?$"
)
_DELETED: Final = " (deleted)"


@dataclass(frozen=True, slots=True)
class WindowClass:
    """WM_CLASS (ICCCM 4.1.2.5): what the window says its program is."""

    instance: str
    name: str


def executable(pid: int) -> str | None:
    """The full path of what process ``pid`` runs. None if it is gone, another user's or a kernel thread, or has a name
    that is no text: nothing could be said or stored of it.
    """
    try:
        path = str(Path(f"/proc/{pid}/exe").readlink())
        path.encode()
    except (OSError, UnicodeEncodeError):
        return None
    return path.removesuffix(_DELETED) or None


def is_runtime(basename: str) -> bool:
    """Does this executable run other programs?"""
    return _RUNTIME.match(basename.lower()) is not None


def program_id(path: str, window: WindowClass) -> str | None:
    """The stable identifier: the executable's name, for a runtime joined with the window's class.

    None for a runtime whose window has no class: what runs in it could be anything.
    """
    basename = PurePosixPath(path).name.lower()
    if not is_runtime(basename):
        return basename or None
    return f"{basename}:{window.name.lower()}" if window.name else None


def identify(path: str, window: WindowClass, known: Iterable[Program]) -> Program | None:
    """The program behind ``path``. ``known`` gives the name for people and more aliases, if exactly one matches."""
    identifier = program_id(path, window)
    if identifier is None:
        return None
    basename = PurePosixPath(path).name
    aliases = {window.instance, window.name, basename}
    matching = [program for program in known if program.id == identifier]
    for program in matching:
        aliases |= program.aliases
    name = matching[0].name if len(matching) == 1 else (window.name or basename)
    return Program(identifier, name, frozenset(alias.lower() for alias in aliases if alias))
