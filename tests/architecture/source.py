"""The tracked files of the project, and their syntax trees: what the architecture tests look at."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Never part of the project, whoever made them.
_DERIVED = {".git", ".venv", "__pycache__", "build", "dist", "demo-report", "aboveboard.egg-info"}


@cache
def tracked() -> tuple[str, ...]:
    """Paths of all files of the project relative to its root, sorted; from git where there is one."""
    listing = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=False)
    if listing.returncode == 0 and listing.stdout:
        return tuple(sorted(path for path in listing.stdout.split("\0") if path and (ROOT / path).is_file()))
    return tuple(
        sorted(
            relative.as_posix()
            for path in ROOT.rglob("*")
            if path.is_file() and not _DERIVED & set((relative := path.relative_to(ROOT)).parts)
        )
    )


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file. path: relative to the project's root, with slashes."""

    path: str
    text: str
    tree: ast.Module

    def within(self, *places: str) -> bool:
        """Is it one of the modules or below one of the packages named, e.g. ``agent/gate``?"""
        stem = self.path.removesuffix(".py")
        return any(stem == place or stem.startswith(f"{place}/") for place in places)


def parse(path: str, text: str) -> Module:
    return Module(path, text, ast.parse(text, path))


@cache
def modules(*tops: str) -> tuple[Module, ...]:
    """All Python files below the named top folders."""
    return tuple(
        parse(path, (ROOT / path).read_text(encoding="utf-8"))
        for path in tracked()
        if path.endswith(".py") and path.split("/", 1)[0] in tops
    )
