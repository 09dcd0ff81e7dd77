"""What the tree looks like: few names at the top, short files, a README in each folder, and no stray words."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest

from tests.architecture.source import ROOT, modules, tracked

TOP = {"agent", "ui", "installers", "tests", "pyproject.toml", "README.md", "LICENSE"}
LONGEST = 400
TEXT = {".py", ".toml", ".md", ".sh", ".json", ".yml", ".yaml", ".cfg", ".txt", ".html", ".css", ".js", ".svg", ""}

# Paths of one machine, and marks of unfinished work. Built from parts so that this file passes its own test.
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.])/(?:" + "|".join(("wor" + "k", "roo" + "t")) + ")/"),
    "unfinished work": re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b"),
}


def test_the_top_level_holds_only_what_the_readme_names() -> None:
    top = {path.split("/", 1)[0] for path in tracked()}
    assert {name for name in top if not name.startswith(".")} - TOP == set()


def undescribed(folder: PurePosixPath, files: frozenset[str]) -> bool:
    """No README of its own; below the second level the nearest one above may name the folder instead."""
    if f"{folder}/README.md" in files:
        return False
    if len(folder.parts) < 2 or (len(folder.parts) == 2 and folder.parts[0] in {"agent", "tests"}):
        return True
    above = next(f"{parent}/README.md" for parent in folder.parents if f"{parent}/README.md" in files)
    return folder.name not in (ROOT / above).read_text(encoding="utf-8")


def test_every_folder_with_code_says_what_lives_there() -> None:
    folders = {PurePosixPath(module.path).parent for module in modules("agent", "ui", "installers", "tests")}
    folders |= {PurePosixPath(path).parent for path in tracked() if path.endswith(".sh")}
    assert "README.md" in tracked()
    missing = sorted(str(folder) for folder in folders if undescribed(folder, frozenset(tracked())))
    assert not missing


def test_files_stay_short() -> None:
    long = {
        module.path: lines
        for module in modules("agent", "ui", "installers", "tests")
        if (lines := module.text.count("\n")) > LONGEST
    }
    assert not long


def test_a_readme_is_a_page() -> None:
    long = [path for path in tracked() if path.endswith("/README.md") and len((ROOT / path).read_text().split()) > 700]
    assert not long


def stray(text: str) -> list[str]:
    return [
        f"{text.count(chr(10), 0, hit.start()) + 1}: {what}"
        for what, pattern in FORBIDDEN.items()
        for hit in pattern.finditer(text)
    ]


def test_no_stray_words() -> None:
    found = [
        f"{path}:{line}"
        for path in tracked()
        if PurePosixPath(path).suffix in TEXT
        for line in stray((ROOT / path).read_text(encoding="utf-8"))
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("text", ["see /wor" + "k/main", "cd /roo" + "t/x", "TO" + "DO later", "# FIX" + "ME"])
def test_stray_words_are_found(text: str) -> None:
    assert stray(text)


@pytest.mark.parametrize("text", ["the work of a person", "root/work/x", "~/.config", "net/work/", "homework/"])
def test_plain_words_are_not(text: str) -> None:
    assert not stray(text)
