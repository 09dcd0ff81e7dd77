"""The last step: what was allowed when it was done is asked for once more, redacted, and only then leaves memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from agent.gate import Guards, may
from agent.pipeline.effects import Effect, Keep, Kind, Note
from agent.pipeline.waiting import Item
from agent.policy.effective import Effective
from agent.records import Dropped, Program, RawAction, RawText, Reason, Redacted
from agent.redaction import RedactionFailed, Redactor

#: Guards that stop new input but do not take back what was typed while everything was allowed.
_STOPS_LATER: Final = frozenset({Reason.PAUSED, Reason.NO_INDICATOR, Reason.LOCKED, Reason.QUIET_HOURS, Reason.CLOCK})

#: Seconds between two titles: a spinner in a title is no news.
TITLE_EVERY: Final = 1.0
_MOST_WINDOWS: Final = 64


class Output:
    """``redactor``, ``effective`` and ``guards`` are those of now; the pipeline replaces them."""

    def __init__(self, redactor: Redactor) -> None:
        self.redactor = redactor
        self.effective: Effective | None = None
        self.guards = Guards()
        self._last_front: str | None = None
        #: The last title written of each window, the window written last at the end.
        self._titles: OrderedDict[int | None, str] = OrderedDict()
        self._titled = float("-inf")
        self._early: Item | None = None

    def forget(self) -> None:
        """What comes to the front next is news."""
        self._last_front = None
        self._titles.clear()
        self._early = None

    def front(self, program: Program | None, purposes: tuple[str, ...] | Reason, wall: int) -> list[Effect]:
        """A program came to the front."""
        if program is None or isinstance(purposes, Reason):
            self._last_front = None
            return []
        if self._last_front == program.id:
            return []
        self._last_front = program.id
        return [Keep(self.redactor.app(program, wall, purposes))]

    def title(self, item: Item, purposes: tuple[str, ...] | Reason, wall: int) -> list[Effect]:
        """A title that stood long enough. Sooner than a second after the one before it, it has to stand on."""
        if item.at < self._titled + TITLE_EVERY:
            self._early = item
            return []
        if item.program is None or item.shown is None or isinstance(purposes, Reason):
            return []
        try:
            record = self.redactor.title(item.shown, item.program, wall, purposes)
        except RedactionFailed:
            return [Note("title", Dropped(Reason.REDACTION, item.program))]
        if record is None or record.text is None or self._titles.get(item.window) == record.text:
            return []
        self._titles[item.window] = record.text
        self._titles.move_to_end(item.window)
        while len(self._titles) > _MOST_WINDOWS:
            self._titles.popitem(last=False)
        self._titled = item.at
        return [Keep(record)]

    def early(self) -> Item | None:
        """The title that has to stand on, to be asked for again at ``at``."""
        item, self._early = self._early, None
        if item is not None:
            item.at = self._titled + TITLE_EVERY
        return item

    def early_until(self) -> float | None:
        """When the title that has to stand on may be written (monotonic seconds), None if there is none."""
        return None if self._early is None else self._titled + TITLE_EVERY

    def drop_early(self) -> None:
        """The title stands no more."""
        self._early = None

    def texts(self, texts: Sequence[RawText]) -> list[Effect]:
        """Final texts of fields."""
        return [
            self._not_any_more("text", text) or _redacted("text", text.program, partial(self.redactor.redact, text))
            for text in texts
        ]

    def actions(self, actions: Sequence[RawAction]) -> list[Effect]:
        """Whole actions."""
        return [
            self._not_any_more(action.kind, action)
            or _redacted(action.kind, action.program, partial(self.redactor.action, action))
            for action in actions
        ]

    def _not_any_more(self, kind: Kind, raw: RawText | RawAction) -> Note | None:
        """Agreed to when it was done; is it now? Some purposes may have been given up meanwhile."""
        category = "text" if isinstance(raw, RawText) else raw.kind
        allowed = may(category, raw.program, self.effective, self.guards)
        agreed = self.effective.purposes(category, raw.program) if self.effective is not None else ()
        raw.purposes = tuple(purpose for purpose in raw.purposes if purpose in agreed)
        if raw.purposes and (not isinstance(allowed, Reason) or allowed in _STOPS_LATER):
            return None
        reason = allowed if isinstance(allowed, Reason) else Reason.NO_CONSENT
        return Note(kind, Dropped(reason, raw.program))


def _redacted(kind: Kind, program: Program, redact: Callable[[], Redacted]) -> Effect:
    try:
        return Keep(redact())
    except RedactionFailed:
        return Note(kind, Dropped(Reason.REDACTION, program))
