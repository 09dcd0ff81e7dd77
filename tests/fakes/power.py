"""Power that fails at one chosen call into a profile's files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from agent.engine.stores import Opened, Stores


class PowerCut(BaseException):
    """Nothing may catch this: the process is gone."""


class Power:
    """``left`` calls are done; the next is not, or is the last that is (``after``). Then everything stands still."""

    def __init__(self, left: int, *, after: bool = False) -> None:
        self.left = left
        self.after = after
        self.failed = False

    def call(self, method: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        if self.failed:
            raise PowerCut
        self.left -= 1
        self.failed = self.left < 0
        if self.failed and not self.after:
            raise PowerCut
        answer = method(*arguments, **named)
        if self.failed:
            raise PowerCut
        return answer

    def over(self, stores: Stores) -> None:
        """From now on every call into the open files of ``stores`` counts."""
        files = stores.open()
        stores.opened = Opened(
            files.vault,
            *(cast("Any", _Powered(part, self)) for part in (files.profile, files.records, files.ledger, files.outbox)),
        )


class _Powered:
    """A part of the profile whose methods need power; ``close`` does not."""

    def __init__(self, part: object, power: Power) -> None:
        self._part = part
        self._power = power

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._part, name)
        if not callable(found) or name == "close":
            return found
        return lambda *arguments, **named: self._power.call(found, *arguments, **named)
