"""An engine that captures nothing: a real program on stdin and stdout that plays what it is told.

``python tests/fakes/engine.py [--snapshot FILE] [--play FILE] [--log FILE] [--then WHAT]``

--snapshot: JSON object of a first snapshot (default: collecting, see samples). --play: reports, one JSON line each,
sent after Hello. --log: every received line is appended there. --then: how it misbehaves after the first snapshot:
``die``, ``bad-line``, ``endless-line``, ``silence``; ``silence-from-start`` never says anything.
It follows commands the way an engine would (pause, resume, exclude, withdraw, give, refuse), without consent rules.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from pathlib import Path
from typing import Any

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from agent import protocol as p
from tests.fakes import samples


class ScriptedEngine:
    """Holds one snapshot and answers commands."""

    def __init__(self, first: p.Snapshot) -> None:
        self._lock = threading.Lock()
        self._now = first
        self._notice = samples.notice()
        self._programs = samples.programs()
        self._records = {record.row: record for record in samples.records()}

    def say(self, report: p.Report) -> None:
        """One line out."""
        with self._lock:
            sys.stdout.buffer.write(p.encode(report))
            sys.stdout.buffer.flush()

    def snapshot(self, **changes: Any) -> None:
        """Change the truth and tell it."""
        with self._lock:
            self._now = msgspec.structs.replace(self._now, seq=self._now.seq + 1, at=int(time.time()), **changes)
            sys.stdout.buffer.write(p.encode(self._now))
            sys.stdout.buffer.flush()

    def follow(self, command: p.AnyCommand) -> None:
        """Answer with exactly one report, then tell what changed."""
        self.say(self._answer(command))
        changes = self._changes(command)
        if changes is not None:
            self.snapshot(**changes)

    def _answer(self, command: p.AnyCommand) -> p.Report:
        re = command.id
        match command:
            case p.GetNotice():
                return msgspec.structs.replace(self._notice, re=re)
            case p.GetPrograms():
                return msgspec.structs.replace(self._programs, re=re)
            case p.GetWaiting():
                return msgspec.structs.replace(samples.waiting(), re=re)
            case p.GetRecord(row=row) | p.RemoveMore(row=row):
                record = self._records.get(row)
                return (
                    p.Done(re=re, problem="record-gone") if record is None else msgspec.structs.replace(record, re=re)
                )
            case p.GetSent():
                return msgspec.structs.replace(samples.sent(), re=re)
            case p.AskDeletion(batches=batches):
                return p.Done(re=re, count=len(batches) or 2)
            case p.OpenSent(batch=batch):
                return msgspec.structs.replace(samples.opened_sent(batch), re=re)
            case p.GetOpenings():
                return msgspec.structs.replace(samples.openings(), re=re)
            case p.GetHistory():
                return msgspec.structs.replace(samples.history(), re=re)
            case p.Exclude(delete_waiting=delete):
                return p.Done(re=re, count=3 if delete else 0)
            case p.Forget():
                return p.Done(re=re, count=2)
            case _:
                return p.Done(re=re)

    def _changes(self, command: p.AnyCommand) -> dict[str, Any] | None:
        off = {"state": "off", "hooks": False, "categories": (), "program": "", "program_id": "", "waiting": 0}
        match command:
            case p.Pause(until=until):
                seconds = {"15m": 900, "1h": 3600, "tomorrow": 86_400}.get(until, 0)
                at = int(time.time()) + seconds if seconds else 0
                return {"state": "paused", "hooks": False, "categories": (), "paused_until": at}
            case p.Resume():
                return {"state": "collecting", "hooks": True, "categories": ("app", "text"), "paused_until": None}
            case p.WithdrawQuestion(open=True):
                return {"state": "paused", "hooks": False, "categories": (), "trying": True}
            case p.WithdrawQuestion(open=False):
                return {"state": "collecting", "hooks": True, "categories": ("app", "text"), "trying": False}
            case p.Withdraw():
                return {**off, "consent": "withdrawn", "trying": False}
            case p.Exclude():
                return {"state": "elsewhere", "categories": (), "reason": "program-excluded"}
            case p.Give(cells=cells):
                return {"state": "elsewhere", "consent": "given", "decision": False, "hooks": True, "given": cells}
            case p.Refuse():
                return {**off, "consent": "refused", "decision": False}
            case p.ChooseSending(mode=mode):
                return {"sending_mode": mode}
            case _:
                return None


def main() -> int:
    """Play until stdin ends or Quit comes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--snapshot", type=Path)
    parser.add_argument("--play", type=Path)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--then", default="")
    parser.add_argument("--profile")
    parser.add_argument("--trial")
    options = parser.parse_args()
    first = samples.snapshot()
    if options.snapshot is not None:
        found = p.decode_report(options.snapshot.read_bytes())
        assert isinstance(found, p.Snapshot)
        first = found
    engine = ScriptedEngine(first)

    def beat() -> None:
        while True:
            time.sleep(0.5)
            engine.snapshot()

    for line in sys.stdin.buffer:
        if options.log is not None:
            with options.log.open("ab") as log:
                log.write(line)
        if options.then == "silence-from-start":
            continue
        command = p.decode_command(line)
        if isinstance(command, p.Hello):
            engine.say(p.Done(re=command.id))
            engine.snapshot()
            for report in options.play.read_bytes().splitlines() if options.play is not None else ():
                engine.say(p.decode_report(report))
            if options.then == "die":
                return 3
            if options.then == "bad-line":
                sys.stdout.buffer.write(b'{"type":"Snapshot","seq":1,"unknown":true}\n')
                sys.stdout.buffer.flush()
            elif options.then == "endless-line":
                sys.stdout.buffer.write(b"x" * (p.MAX_LINE + 10))
                sys.stdout.buffer.flush()
            elif options.then != "silence":
                threading.Thread(target=beat, daemon=True).start()
            continue
        if isinstance(command, p.Quit):
            engine.say(p.Done(re=command.id))
            return 0
        engine.follow(command)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
