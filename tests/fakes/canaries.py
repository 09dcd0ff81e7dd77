"""An employee of a scripted desktop who types what can be looked for, decides, and remembers what was acknowledged.

Three kinds of values: ordinary words in a program that may be collected, secrets that must be taken out, and what must
never be kept at all.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from dataclasses import dataclass, field

from agent import protocol
from agent.protocol import Live
from tests.fakes.mortal_engine import MortalEngine

ORDINARY = {"ordinary": "quillfeather"}
SECRET = {
    "card": "4929 1838 0471 6620",
    "card digits": "4929183804716620",
    "e-mail": "mirasolberg",
    "labelled password": "Kupferlampe",
    "own word": "Falkenstein",
}
FORBIDDEN = {
    "before the yes": "zebrawagon",
    "excluded program": "terminalsecret",
    "unknown program": "strangerwindow",
    "password field": "hiddenhunter",
    "unknown field": "unknownorchid",
    "field that turned out to hide": "latelantern",
    "just before an excluded program": "takenbackbarrel",
    "paused": "pausedwords",
    "withdrawal asked": "questionquartz",
    "sign hidden": "unseenumbrella",
    "keyboard grabbed": "grabbedgrapes",
}
SHOWN = hashlib.sha256(b"what was shown").hexdigest()


@dataclass
class Known:
    """What must be on the computer or have left it. acknowledged: digest to how often, of records told as kept.

    perhaps_gone: asked to be destroyed, answered or not. gone: answered. left: sent before a withdrawal, so perhaps
    opened although the index no longer knows it.
    """

    bytes_of: dict[str, str] = field(default_factory=dict)
    acknowledged: Counter[str] = field(default_factory=Counter)
    perhaps_gone: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    ordinary: int = 0


class Employee:
    """Types and decides. Every method is one thing a person does, and may end in ``Killed``."""

    def __init__(self, engine: MortalEngine, chance: random.Random) -> None:
        self.engine = engine
        self.chance = chance
        self.known = Known()
        self._count = 0
        self._withdrawing = False

    # ------------------------------------------------------------ decisions

    def agrees(self) -> None:
        engine = self.engine
        notice = engine.page(protocol.Notice, protocol.GetNotice)
        cells = (("try", "app"), ("try", "text"))
        answer = engine.ask(
            protocol.Give, notice=notice.notice, cells=cells, programs=("mousepad",), language="en", shown=SHOWN
        )
        assert answer == protocol.Done(re=answer.re), answer
        engine.ask(protocol.ChooseSending, mode="ask")
        engine.ask(protocol.SetOwnWords, words=(SECRET["own word"],))
        self.shows_sign()

    def shows_sign(self) -> None:
        self.engine.ask(protocol.ShowIndicator, windows=(77,), tray=True)
        self.sits_at_the_editor()

    def sits_at_the_editor(self) -> None:
        """The editor is in front and it says "collecting"."""
        self.engine.does("goes to", "mousepad")
        self.engine.does("field", "no")
        self.engine.snapshot(lambda snapshot: snapshot.state == "collecting")

    def is_back(self) -> None:
        """After a start: on with it if a yes is in force, else a new one."""
        engine = self.engine
        snapshot = engine.snapshot(lambda _: True)
        assert not {problem.code for problem in snapshot.problems} & {"store-damaged", "store-failed"}, snapshot
        if snapshot.consent != "given":
            self.types_before_the_yes()
            self.agrees()
            return
        if snapshot.trying:
            engine.ask(protocol.WithdrawQuestion, open=False)
        if snapshot.paused_until is not None:
            engine.ask(protocol.Resume)
        self.shows_sign()

    # ------------------------------------------------------------ typing

    def types(self, words: str) -> None:
        for word in words.split(" "):
            self.engine.does("types", f"{word} ")

    def writes(self, words: str) -> None:
        """Into the editor, and on to another place of it, so that it is committed."""
        self.engine.does("goes to", "mousepad")
        self.engine.does("field", "no")
        self.types(words)
        self.engine.passes(0.6)
        self.engine.does("clicks")

    def number(self) -> int:
        self._count += 1
        return self._count

    def writes_prose(self) -> None:
        self.writes(f"the {ORDINARY['ordinary']} number {self.number()} is ready")

    def writes_secrets(self) -> None:
        number = self.number()
        self.writes(
            self.chance.choice(
                (
                    f"{ORDINARY['ordinary']} {number} charge {SECRET['card']} today",
                    f"{ORDINARY['ordinary']} {number} charge {SECRET['card digits']} today",
                    f"{ORDINARY['ordinary']} {number} to {SECRET['e-mail']}{number}@harborline.example",
                    f"{ORDINARY['ordinary']} {number} password: {SECRET['labelled password']}-{number}",
                    f"{ORDINARY['ordinary']} {number} for {SECRET['own word']} on Monday",
                )
            )
        )

    def types_before_the_yes(self) -> None:
        self.engine.does("goes to", "mousepad")
        self.engine.does("field", "no")
        self.types(FORBIDDEN["before the yes"])

    def types_elsewhere(self) -> None:
        self.engine.does("goes to", "xterm")
        self.engine.does("field", "no")
        self.types(FORBIDDEN["excluded program"])
        self.engine.does("unknown program")
        self.engine.does("field", "no")
        self.types(FORBIDDEN["unknown program"])
        self.engine.does("nobody knows", FORBIDDEN["keyboard grabbed"])

    def types_into_hiding_fields(self) -> None:
        self.engine.does("goes to", "mousepad")
        self.engine.does("field", "yes", "field-2")
        self.types(FORBIDDEN["password field"])
        self.engine.does("field", "unknown", "field-3")
        self.types(FORBIDDEN["unknown field"])
        self.engine.does("field", "no", "field-1")

    def types_what_is_taken_back(self) -> None:
        self.engine.does("goes to", "mousepad")
        self.engine.does("field", "no")
        self.engine.does("types", FORBIDDEN["field that turned out to hide"])
        self.engine.does("field", "yes", "field-2")
        self.engine.does("field", "no", "field-1")
        self.engine.does("types", FORBIDDEN["just before an excluded program"])
        self.engine.does("goes to", "xterm")

    def types_while_paused(self) -> None:
        self.engine.ask(protocol.Pause, until="resume")
        self.engine.does("goes to", "mousepad")
        self.engine.does("field", "no")
        self.types(FORBIDDEN["paused"])
        self.engine.ask(protocol.Resume)
        self.sits_at_the_editor()

    def types_while_asked(self) -> None:
        self.engine.ask(protocol.WithdrawQuestion, open=True)
        self.engine.does("goes to", "mousepad")
        self.engine.does("field", "no")
        self.types(FORBIDDEN["withdrawal asked"])
        self.engine.ask(protocol.WithdrawQuestion, open=False)
        self.sits_at_the_editor()

    def types_without_sign(self) -> None:
        self.engine.does("hides sign")
        self.engine.does("types", FORBIDDEN["sign hidden"])
        self.engine.snapshot(lambda snapshot: not snapshot.hooks)
        self.engine.does("shows sign")
        self.sits_at_the_editor()

    # ------------------------------------------------------------ what waits

    def waiting(self) -> tuple[protocol.WaitingRow, ...]:
        return self.engine.page(protocol.Waiting, protocol.GetWaiting, offset=0, limit=200).rows

    def sent(self) -> tuple[protocol.SentRow, ...]:
        return self.engine.page(protocol.Sent, protocol.GetSent, offset=0, limit=10_000).rows

    def sends(self) -> None:
        rows = self.waiting()
        chosen = rows if self.chance.random() < 0.5 else rows[: len(rows) // 2]
        self.known.left |= {row.digest for row in rows}
        answer = self.engine.ask(protocol.Send, items=tuple((row.row, row.digest) for row in chosen))
        self.engine.ask(protocol.SendNow)
        assert answer == protocol.Done(re=answer.re, count=len(chosen)), answer

    def deletes(self) -> None:
        rows = [row for row in self.waiting() if row.kind == "text"]
        chosen = self.chance.sample(rows, min(2, len(rows)))
        digests = {row.digest for row in chosen}
        self.known.perhaps_gone |= digests
        answer = self.engine.ask(protocol.Delete, rows=tuple(row.row for row in chosen))
        assert answer == protocol.Done(re=answer.re, count=len(chosen)), answer
        self.known.gone |= digests

    def withdraws(self) -> None:
        self._withdrawing = True
        self.engine.ask(protocol.WithdrawQuestion, open=True)
        self.engine.ask(protocol.Withdraw)
        assert not self.waiting()

    # ------------------------------------------------------------ what must be true

    def remembers(self) -> None:
        """Everything it said until it was killed."""
        for line in self.engine.lines():
            if line.kept:
                self._take_note(line)

    def _take_note(self, line: Live) -> None:
        digest = hashlib.sha256(line.bytes.encode()).hexdigest()
        self.known.bytes_of[digest] = line.bytes
        self.known.acknowledged[digest] += 1
        self.known.ordinary += ORDINARY["ordinary"] in line.text

    def finds_everything(self) -> None:
        """After a start: nothing acknowledged is lost, nothing deleted is back, no text is there twice."""
        waiting = Counter(row.digest for row in self.waiting())
        sent = self.sent()
        index = Counter(digest for row in sent for digest in row.records)
        if self._withdrawing:
            self._withdrawing = False
            if self.engine.snapshot(lambda _: True).consent != "given":
                assert not waiting, "withdrawn, and still there"
                assert {row.state for row in sent} <= {"acknowledged"}, "withdrawn, and still on its way"
                self.known.perhaps_gone |= set(self.known.acknowledged)
        have = waiting + index
        lost = [
            self.known.bytes_of[digest]
            for digest, count in self.known.acknowledged.items()
            if digest not in self.known.perhaps_gone and have[digest] < count
        ]
        assert not lost
        assert not self.known.gone & set(waiting)
        texts = [digest for digest in have if '"kind":"text"' in self.known.bytes_of.get(digest, "")]
        assert [digest for digest in texts if have[digest] > 1] == []
