"""Which programs are on this computer: the desktop entries, as menus show them.

Sources: Desktop Entry Specification 1.5; XDG Base Directory Specification 0.8.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from agent.native.x11.programs import WindowClass, is_runtime, program_id
from agent.records import Program

_DEFAULT_DIRS: Final = "/usr/local/share:/usr/share"
_GROUP: Final = "[Desktop Entry]"
_ENTRY: Final = re.compile(r"^([A-Za-z0-9-]+)(?:\[([^\]]+)\])?\s*=\s*(.*)$")
_ESCAPES: Final = {r"\s": " ", r"\n": "\n", r"\t": "\t", r"\r": "\r", r"\\": "\\"}
_ASSIGNMENT: Final = re.compile(r"^[A-Za-z_]\w*=")
_SHELL: Final = re.compile(r"^(ba|da|z|k|fi|busybox)?sh$")
#: No entry needs more; whatever is larger is none.
_LARGEST: Final = 256 * 1024
_DEEPEST: Final = 8


@dataclass(frozen=True, slots=True)
class _Found:
    """main: the entry is named like the program, so its name is the program's (LibreOffice, not LibreOffice Draw)."""

    program: Program
    executable: str
    main: bool


class DesktopEntries:
    """Implements ``agent.native.base.Installed``. Reads the folders anew at each call; keeps nothing."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        self._environ = os.environ if environ is None else environ

    def programs(self) -> tuple[Program, ...]:
        """Installed programs with a window, by name. Entries of one executable are one program with all aliases."""
        merged: dict[str, _Found] = {}
        for found in self._entries():
            first = merged.setdefault(found.program.id, found)
            if first is not found:
                best = found if found.main and not first.main else first
                aliases = first.program.aliases | found.program.aliases
                merged[found.program.id] = replace(best, program=replace(best.program, aliases=aliases))
        programs = [found.program for found in merged.values()]
        return tuple(sorted(programs, key=lambda program: (program.name.casefold(), program.id)))

    def name_for(self, executable: str) -> str | None:
        """What people call the program at this path; None if no entry starts it, or several with different names."""
        wanted = os.path.realpath(executable)
        names = {found.program.name for found in self._entries() if found.executable == wanted}
        return names.pop() if len(names) == 1 else None

    def _entries(self) -> Iterator[_Found]:
        """Every entry that a menu would show. A file that is not a valid entry is passed over, as menus do."""
        languages = _languages(self._environ)
        for entry_id, path in self._files():
            keys = _read(path, languages)
            if keys is None or keys.get("Type") != "Application" or not keys.get("Name"):
                continue
            if any(keys.get(key, "").lower() == "true" for key in ("NoDisplay", "Hidden", "Terminal")):
                continue
            if "TryExec" in keys and self._which(keys["TryExec"]) is None:
                continue
            if (found := self._found(entry_id, keys)) is not None:
                yield found

    def _files(self) -> Iterator[tuple[str, Path]]:
        """(desktop file id, path); a file in an earlier folder hides those of the same id in later ones."""
        home = self._environ.get("HOME", "")
        user = self._environ.get("XDG_DATA_HOME") or (f"{home}/.local/share" if home else "")
        system = self._environ.get("XDG_DATA_DIRS") or _DEFAULT_DIRS
        seen: set[str] = set()
        for folder in [user, *system.split(":")]:
            # the specification ignores relative paths
            if not folder.startswith("/"):
                continue
            base = Path(folder) / "applications"
            for path in sorted(_below(base, 0)):
                entry_id = "-".join(path.relative_to(base).parts).removesuffix(".desktop")
                if entry_id not in seen:
                    seen.add(entry_id)
                    yield entry_id, path

    def _found(self, entry_id: str, keys: Mapping[str, str]) -> _Found | None:
        try:
            words = shlex.split(keys.get("Exec", ""))
        except ValueError:
            return None
        command = _command(words)
        path = self._which(command) if command else None
        if command is None or path is None:
            return None
        real = os.path.realpath(path)
        said = keys.get("StartupWMClass", "")
        short = entry_id.rsplit(".", 1)[-1]
        aliases = {entry_id, short, said}
        if (program := _flatpak(words)) is None:
            aliases |= {Path(command).name, Path(real).name}
            program = self._id_of(real, said or Path(command).name)
        if program is None:
            return None
        names = frozenset(alias.lower() for alias in aliases if alias)
        main = program in {short.lower(), entry_id.lower()}
        return _Found(Program(program, keys["Name"], names - {program}), real, main)

    def _id_of(self, real: str, window: str) -> str | None:
        """The id that the running program will have; None if it cannot be told before it runs."""
        name = Path(real).name.lower()
        if is_runtime(name):
            return None
        interpreter = _interpreter(real)
        path = self._which(interpreter) if interpreter else None
        # a shell script hands over to the program it is named after
        if path is None or _SHELL.match(Path(path).name):
            return name
        return program_id(os.path.realpath(path), WindowClass(window, window))

    def _which(self, command: str) -> str | None:
        return shutil.which(command, path=self._environ.get("PATH", os.defpath))


def _below(folder: Path, depth: int) -> Iterator[Path]:
    try:
        inside = list(folder.iterdir())
    except OSError:
        return
    for path in inside:
        if path.suffix == ".desktop":
            yield path
        elif depth < _DEEPEST and path.is_dir():
            yield from _below(path, depth + 1)


def _read(path: Path, languages: Iterable[str]) -> dict[str, str] | None:
    """The keys of the main group, each in the first of ``languages`` it has; None if the file is no entry."""
    try:
        if path.stat().st_size > _LARGEST:
            return None
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    plain: dict[str, str] = {}
    local: dict[tuple[str, str], str] = {}
    inside = False
    for line in lines:
        if line.startswith("["):
            inside = line.strip() == _GROUP
        elif inside and (match := _ENTRY.match(line)):
            key, language, value = match.groups()
            value = re.sub(r"\\[sntr\\]", lambda found: _ESCAPES[found[0]], value.rstrip())
            if language is None:
                plain.setdefault(key, value)
            else:
                local.setdefault((key, language), value)
    for key, value in plain.items():
        plain[key] = next((local[key, language] for language in languages if (key, language) in local), value)
    return plain


def _languages(environ: Mapping[str, str]) -> list[str]:
    """Names to look for in brackets, best first (Desktop Entry Specification, "Localized values for keys")."""
    name = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    match = re.match(r"^([a-z]+)(?:_([A-Za-z]+))?(?:\.[^@]*)?(?:@(.+))?$", name)
    if match is None:
        return []
    language, country, modifier = match.groups()
    names = []
    if country and modifier:
        names.append(f"{language}_{country}@{modifier}")
    if country:
        names.append(f"{language}_{country}")
    if modifier:
        names.append(f"{language}@{modifier}")
    return [*names, language]


def _command(words: list[str]) -> str | None:
    """What an Exec line really starts: without ``env`` and its assignments."""
    rest = list(words)
    while rest and (Path(rest[0]).name == "env" or _ASSIGNMENT.match(rest[0])):
        rest.pop(0)
    return rest[0] if rest and not rest[0].startswith(("-", "%")) else None


def _flatpak(words: list[str]) -> str | None:
    """The program inside a Flatpak: what it runs, as its process will be called."""
    if not words or Path(words[0]).name != "flatpak" or "run" not in words:
        return None
    for word in words:
        if word.startswith("--command="):
            return Path(word.removeprefix("--command=")).name.lower() or None
    return next((word.lower() for word in words[words.index("run") + 1 :] if not word.startswith(("-", "@"))), None)


def _interpreter(path: str) -> str | None:
    """What a script's first line says it is run by; None for anything else."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(256)
    except OSError:
        return None
    if not head.startswith(b"#!"):
        return None
    words = head[2:].split(b"\n", 1)[0].decode("utf-8", "replace").split()
    while words and (Path(words[0]).name == "env" or words[0].startswith("-")):
        words.pop(0)
    return words[0] if words else None
