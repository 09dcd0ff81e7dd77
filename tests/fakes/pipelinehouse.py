"""The pipeline alone, with a clock that moves when told: what comes out of which events, in the plainest words."""

from __future__ import annotations

from collections.abc import Iterable

from agent.gate import Guards
from agent.pipeline import Effect, Keep, Note, Pipeline
from agent.policy.effective import Effective
from agent.records import Program, RawEvent, RawField, RawFocus, RawKey, Reason, Redacted, Secure
from agent.redaction import Redactor
from tests.fakes.desktop import EDITOR, TERMINAL
from tests.fakes.typing import press

OTHER = Program("gedit", "gedit")
WALL = 1_795_424_400
FREE = Guards(
    paused=False,
    withdraw_question=False,
    quiet=False,
    locked=False,
    indicator=True,
    clock_ok=True,
    redactor_ok=True,
    store_ok=True,
)
#: Window to program: two of the editor, one more that is allowed, one that is not, and one nobody can tell.
WINDOWS: dict[int, Program | None] = {1: EDITOR, 2: EDITOR, 3: OTHER, 4: TERMINAL, 5: None}


def effective(*programs: str, cells: Iterable[str] = ("app", "text"), excluded: Iterable[str] = ()) -> Effective:
    """What is left after everybody was asked: these programs, for one purpose."""
    return Effective(
        cells=frozenset(("train", category) for category in cells),  # type: ignore[arg-type,misc]  # plain words
        programs={"train": frozenset({"*"})},
        denied=frozenset(),
        collect_in=frozenset(programs or ("mousepad", "gedit")),
        excluded=frozenset(excluded),
        hold_hours=24,
        unreviewed_days=7,
        require_asking=False,
        quiet=0,
        redaction="balanced",
        sending="ask",
        origins={},
    )


class PipelineHouse:
    """``seconds`` is now; whatever came out is in ``effects``. The sign is seen all the time unless ``blind``."""

    def __init__(self, redactor: Redactor | None = None) -> None:
        self.pipeline = Pipeline(redactor or Redactor(()))
        self.pipeline.allow(effective(), FREE)
        self.seconds = 1000.0
        self.window: int | None = None
        self.sign = True
        self.effects: list[Effect] = []

    def step(self, event: RawEvent, late: float = 0.0) -> None:
        """An event of ``seconds``, handled ``late`` seconds after it happened."""
        if self.sign:
            self.pipeline.sighted(self.seconds)
        self.effects += self.pipeline.step(event, self.seconds + late, WALL)

    def later(self, seconds: float = 1.0) -> None:
        """Time passes, and the loop takes note."""
        self.seconds += seconds
        if self.sign:
            self.pipeline.sighted(self.seconds)
        self.effects += self.pipeline.tick(self.seconds, WALL)

    def focus(self, window: int | None, late: float = 0.0) -> None:
        self.window = window
        program = WINDOWS.get(window) if window is not None else None
        self.step(RawFocus(window, program, None, self.seconds), late)

    def field(self, secure: Secure = Secure.NO, name: str | None = "f1", late: float = 0.0) -> None:
        self.step(RawField(self.window, name, secure, self.seconds), late)

    def at(self, window: int, secure: Secure = Secure.NO, name: str | None = "f1") -> None:
        """In front of a window whose field is known."""
        self.focus(window)
        self.field(secure, name)
        self.later(0.6)

    def type(self, text: str, late: float = 0.0) -> None:
        for character in text:
            self.step(RawKey(self.window, character, character, frozenset(), False, self.seconds), late)

    def click(self) -> None:
        self.step(press(self.window, 1, self.seconds))

    def close(self, reason: Reason = Reason.PAUSED) -> None:
        self.effects += self.pipeline.close(reason, self.seconds, WALL)

    def texts(self) -> list[str]:
        kept = [effect.record for effect in self.effects if isinstance(effect, Keep)]
        return [record.text for record in kept if record.kind == "text" and record.text]

    def records(self, kind: str) -> list[Redacted]:
        return [each.record for each in self.effects if isinstance(each, Keep) and each.record.kind == kind]

    def titled(self, title: str | None, window: int = 1, program: Program | None = EDITOR) -> None:
        """A window with a title comes to the front."""
        self.window = window
        self.step(RawFocus(window, program, title, self.seconds))

    def titles(self) -> list[str | None]:
        return [record.text for record in self.records("title")]

    def fronts(self) -> list[str]:
        return [e.record.program_id for e in self.effects if isinstance(e, Keep) and e.record.kind == "app"]

    def notes(self) -> list[tuple[str, Reason, int]]:
        return [(e.kind, e.dropped.reason, e.dropped.count) for e in self.effects if isinstance(e, Note)]
