"""A whole engine in this process: scripted desktop, clocks that only move when told, a real policy, real files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeVar, cast

from agent import protocol
from agent.engine.deciding import Clocks
from agent.engine.engine import Engine
from agent.engine.stores import Stores
from agent.engine.terms import Terms
from agent.native.base import Native
from agent.protocol import Command, Live, Message, Report, Snapshot
from agent.records import Program, Secure
from tests.fakes.desktop import EDITOR, FakeIndicator, FakeInstalled, FakeSession, ScriptedDesktop
from tests.fakes.keystore import MemoryKeystore
from tests.fakes.organisation import NOW, Keys, make_policy

SHOWN = hashlib.sha256(b"what was shown").hexdigest()
_Report = TypeVar("_Report", bound=Report)


class House:
    """``desk`` is typed on, ``indicator`` is what can be seen; ``later`` lets time pass; ``ask`` is the window."""

    def __init__(self, folder: Path, **changes: object) -> None:
        self.trial = folder / "trial"
        self.trial.mkdir(mode=0o700, parents=True, exist_ok=True)
        changes = {
            "delivery.collector": "http://127.0.0.1:9",
            "notice.purposes.0.programs": ["mousepad", "xterm"],
            **changes,
        }
        self.data, self.keys = make_policy(**changes)
        self.write_policy(self.data)
        self.seconds = 1000.0
        self.wall = float(NOW)
        self.desk = ScriptedDesktop()
        self.desk.clock = lambda: self.seconds
        self.indicator = FakeIndicator()
        self.keystore = MemoryKeystore()
        self.machine = b"this computer"
        self.session = FakeSession()
        self.session.boot_clock = lambda: self.seconds  # type: ignore[method-assign]  # moves with the rest
        self.told: list[Message] = []
        self._ids = 0
        self.engine = self.make()

    def make(self) -> Engine:
        """An engine as after a start of the process."""
        self.native = Native("scripted", self.desk, self.indicator, self.keystore, FakeInstalled(), self.session)
        stores = Stores(self.trial / "profile", self.keystore, self.machine)
        engine = Engine(
            self.native,
            stores,
            Terms(trial=self.trial),
            self._tell,
            lambda: 4711,
            Clocks(lambda: self.seconds, lambda: self.wall),
        )
        engine.start()
        engine.turn(None)
        return engine

    def restart(self) -> None:
        """The process ends and comes back."""
        self.engine.stop()
        self.engine = self.make()
        self.show_sign()

    def write_policy(self, data: bytes) -> None:
        place = self.trial / "policy.json"
        place.write_bytes(data)
        place.chmod(0o600)

    def _tell(self, message: Message) -> bool:
        self.told.append(message)
        return True

    # ------------------------------------------------------------ time

    def run(self) -> None:
        """Everything that waits in the inbox, then one turn."""
        while (item := self.engine.inbox.take(0)) is not None:
            self.engine.turn(item)
        self.engine.turn(None)

    def later(self, seconds: float, step: float = 0.1) -> None:
        """Time passes in small steps, as it does for the engine's loop."""
        self.run()
        end = self.seconds + seconds
        while self.seconds < end:
            passed = min(step, end - self.seconds)
            self.seconds += passed
            self.wall += passed
            self.run()

    # ------------------------------------------------------------ the window

    def ask(self, kind: type[Command], **facts: object) -> Report:
        """Send a command, get its one answer."""
        self._ids += 1
        self.engine.turn(kind(id=self._ids, **facts))
        answers = [m for m in self.told if isinstance(m, Report) and m.re == self._ids]
        assert len(answers) == 1, answers
        return answers[0]

    def page(self, kind: type[_Report], command: type[Command], **facts: object) -> _Report:
        """As ``ask``, for an answer that must be a page of this kind."""
        answer = self.ask(command, **facts)
        assert type(answer) is kind, answer
        return answer

    def show_sign(self) -> None:
        self.ask(protocol.ShowIndicator, windows=(77,), tray=True)

    def notice(self) -> protocol.Notice:
        return self.page(protocol.Notice, protocol.GetNotice)

    def agree(self, *programs: str, cells: tuple[str, ...] = ("app", "text")) -> None:
        """The yes, to these categories for the one purpose, in these programs."""
        notice = self.notice()
        done = self.ask(
            protocol.Give,
            notice=notice.notice,
            cells=tuple(("train", category) for category in cells),
            programs=programs or ("mousepad",),
            language="en",
            shown=SHOWN,
        )
        assert isinstance(done, protocol.Done), done
        assert done.problem == "", done
        self.show_sign()
        self.later(0.5)

    @property
    def snapshot(self) -> Snapshot:
        """The newest."""
        self.later(1.1)
        return cast("Snapshot", next(m for m in reversed(self.told) if isinstance(m, Snapshot)))

    def lines(self) -> list[Live]:
        return [m for m in self.told if isinstance(m, Live)]

    def waiting(self) -> tuple[protocol.WaitingRow, ...]:
        return self.page(protocol.Waiting, protocol.GetWaiting, offset=0, limit=200).rows

    def send_all(self) -> Report:
        """Let everything go, and now; the answer to the first of the two."""
        answer = self.ask(protocol.Send, items=tuple((row.row, row.digest) for row in self.waiting()))
        self.ask(protocol.SendNow)
        return answer

    def texts(self) -> list[str]:
        """What is stored, oldest first."""
        rows = [row for row in reversed(self.waiting()) if row.kind == "text"]
        return [self.page(protocol.Record, protocol.GetRecord, row=row.row).text for row in rows]

    # ------------------------------------------------------------ the person

    def goes_to(self, program: Program = EDITOR, secure: Secure = Secure.NO, field: str = "field-1") -> None:
        """A window comes to the front and its field becomes known."""
        self.desk.focus(program)
        self.desk.field(secure, field)
        self.later(0.6)

    def types(self, text: str, program: Program = EDITOR) -> None:
        """Type into a program and stay there long enough for it to count."""
        self.goes_to(program)
        for character in text:
            self.desk.type(character)
            self.later(0.03, step=0.03)
        self.later(0.8)


__all__ = ["SHOWN", "House", "Keys"]
