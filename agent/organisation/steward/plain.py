"""A dataset in plain, only when asked for: JSON lines that anybody who gets at the folder can read.

``records.jsonl``   one record per line, the canonical bytes as approved, or with what today's rules took out beside
``batches.jsonl``   one line per batch: where its records begin and end there, and under what terms they were given

Records are written first and count only once their batch's line is there; what lies behind the last such line is from
a run that was cut off, and is dropped at the next one. So running twice adds nothing. When batches are dropped, both
files are written anew into ``rewritten``; the folder gets that name once both are whole, and then they take the place
of the old ones. A run that is cut off in between is finished by the next.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
import rfc8785

from agent.organisation.files import UNFINISHED, replace_whole, sync_folder
from agent.organisation.openings import Opening
from agent.organisation.steward import dataset
from agent.organisation.steward.again import Kept
from agent.organisation.steward.dataset import Count, Line
from agent.problems import Invalid

RECORDS: Final = "records.jsonl"
BATCHES: Final = "batches.jsonl"
REWRITTEN: Final = "rewritten"
_PIECE: Final = 1 << 20


class PlainLine(Line, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Provenance of ``count`` records: bytes ``start`` to ``end`` of records.jsonl, from line ``first_line`` on."""

    first_line: Count
    start: Count
    end: Count


def is_plain(folder: Path) -> bool:
    """Does such a dataset lie there?"""
    return any((folder / name).exists() for name in (RECORDS, BATCHES, REWRITTEN))


class PlainDataset:
    """See ``Dataset``."""

    written: Final = "plain"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = folder.name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._finish_rewriting()
        self._lines = self._read()
        self._end = max((line.end for line in self._lines), default=0)
        self._count = sum(line.count for line in self._lines)
        self._drop_unfinished()

    def lines(self) -> Sequence[Line]:
        return tuple(self._lines)

    def log(self, opening: Opening) -> None:
        dataset.log(self._folder, opening)

    def add(self, group: Sequence[Kept]) -> None:
        for kept in group:
            self._add(kept)

    def drop(self, batches: Collection[str]) -> int:
        gone = [line for line in self._lines if line.batch in batches]
        if not gone:
            return 0
        stay = _moved([line for line in self._lines if line.batch not in batches])
        fresh = self._folder / (REWRITTEN + UNFINISHED)
        fresh.mkdir(mode=0o700)
        replace_whole(fresh / RECORDS, lambda out: self._copy(stay, out))
        moved = [line for _, line in stay]
        replace_whole(fresh / BATCHES, lambda out: out.writelines(map(_encoded, moved)))
        fresh.rename(self._folder / REWRITTEN)
        sync_folder(self._folder)
        self._finish_rewriting()
        self._lines, self._end = moved, max((line.end for line in moved), default=0)
        self._count = sum(line.count for line in moved)
        return len(gone)

    # ------------------------------------------------------------ files

    def _add(self, kept: Kept) -> None:
        data = b"".join(record + b"\n" for _, record in kept.records)
        dataset.append(self._folder / RECORDS, data)
        facts: dict[str, Any] = dataset.facts_of(kept)
        line = PlainLine(**facts, first_line=self._count + 1, start=self._end, end=self._end + len(data))
        dataset.append(self._folder / BATCHES, _encoded(line))
        self._lines.append(line)
        self._end = line.end
        self._count += line.count

    def _copy(self, lines: Iterable[tuple[PlainLine, PlainLine]], out: BinaryIO) -> None:
        with (self._folder / RECORDS).open("rb") as file:
            for old, _new in lines:
                file.seek(old.start)
                left = old.end - old.start
                while left:
                    piece = file.read(min(left, _PIECE))
                    if not piece:
                        raise Invalid("batch-store-failed", detail=f"{file.name} is shorter than its batches say.")
                    out.write(piece)
                    left -= len(piece)

    def _finish_rewriting(self) -> None:
        unfinished, whole = self._folder / (REWRITTEN + UNFINISHED), self._folder / REWRITTEN
        if unfinished.is_dir():
            shutil.rmtree(unfinished)
        if not whole.is_dir():
            return
        for name in (RECORDS, BATCHES):
            if (whole / name).exists():
                (whole / name).replace(self._folder / name)
        sync_folder(self._folder)
        whole.rmdir()
        sync_folder(self._folder)

    def _read(self) -> list[PlainLine]:
        path = self._folder / BATCHES
        if not path.exists():
            return []
        lines: list[PlainLine] = []
        first, start = 1, 0
        for number, text in enumerate(path.read_bytes().split(b"\n")[:-1], 1):
            wrong = Invalid("batch-store-failed", detail=f"Line {number} of {path} was not written by this program.")
            try:
                line = msgspec.json.decode(text, type=PlainLine)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                raise wrong from error
            if (line.first_line, line.start) != (first, start) or line.end < start or _encoded(line) != text + b"\n":
                raise wrong
            lines.append(line)
            first, start = first + line.count, line.end
        if len({line.batch for line in lines}) != len(lines):
            raise Invalid("batch-store-failed", detail=f"{path} names a batch twice.")
        return lines

    def _drop_unfinished(self) -> None:
        records = self._folder / RECORDS
        if records.exists():
            with records.open("r+b") as file:
                if file.seek(0, os.SEEK_END) < self._end:
                    raise Invalid("batch-store-failed", detail=f"{records} is shorter than its batches say.")
                file.truncate(self._end)
                os.fsync(file.fileno())
        elif self._end:
            raise Invalid("batch-store-failed", detail=f"{records} is missing.")
        else:
            # An empty dataset is one, too.
            dataset.append(records, b"")
        if (self._folder / BATCHES).exists():
            dataset.keep_whole_lines(self._folder / BATCHES)


def _encoded(line: PlainLine) -> bytes:
    return rfc8785.dumps(msgspec.to_builtins(line)) + b"\n"


def _moved(lines: Sequence[PlainLine]) -> list[tuple[PlainLine, PlainLine]]:
    """Each line, and as it is when only these are there."""
    found = []
    first, start = 1, 0
    for line in lines:
        new = msgspec.structs.replace(line, first_line=first, start=start, end=start + line.end - line.start)
        found.append((line, new))
        first, start = first + line.count, new.end
    return found
