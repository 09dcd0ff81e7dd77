"""A session in which capture is not possible. It refuses by name: nothing here pretends to see anything."""

# ruff: noqa: ARG002 - whoever refuses looks at no argument

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NoReturn

from agent.native.base import IndicatorState, Means, Native, Sink
from agent.problems import Unavailable
from agent.records import Program, RawOwner
from agent.vault import Keystore


class NoInput:
    """Implements ``agent.native.base.Input``: refuses to start, with the reason."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def start(self, sink: Sink) -> NoReturn:
        raise Unavailable("session-unsupported", detail=self._reason)

    def check(self) -> None:
        """Nothing is observed, so nothing can have died."""

    def notes(self) -> tuple[str, ...]:
        return ()

    def stop(self) -> None:
        """Nothing is observed."""


class NoIndicator:
    """Implements ``agent.native.base.Indicator``: no sign can be seen here."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def verify(self, windows: Sequence[int], owner: int) -> IndicatorState:
        return IndicatorState(visible=False, detail=self._reason)

    def close(self) -> None:
        """Nothing is open."""


class NoKeystore:
    """Implements ``agent.vault.Keystore`` where no keystore of the system is known."""

    name = "none"

    def ready(self) -> bool:
        return False

    def read(self, label: str) -> NoReturn:
        self._refuse()

    def write(self, label: str, value: bytes) -> NoReturn:
        self._refuse()

    def delete(self, label: str) -> NoReturn:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise Unavailable("keystore-unavailable", detail="No keystore is known for this operating system.")


class NoInstalled:
    """Implements ``agent.native.base.Installed``: nothing could be captured, so nothing can be chosen."""

    def programs(self) -> tuple[Program, ...]:
        return ()


class NoSession:
    """Implements ``agent.native.base.Session``: cannot tell."""

    def locked(self) -> bool | None:
        return None

    def means(self) -> Means:
        return Means()

    def boot_clock(self) -> float:
        return time.monotonic()

    def owner(self) -> RawOwner:
        return RawOwner()


def unsupported(profile: str, reason: str, *, linux: bool) -> Native:
    """Everything refuses with ``reason`` but, on Linux, the keystore: what was stored before can still be deleted."""
    keystore: Keystore = NoKeystore()
    if linux:
        from agent.native.keystore import SecretServiceKeystore  # noqa: PLC0415 - its library exists on Linux only

        keystore = SecretServiceKeystore(profile)
    return Native("none", NoInput(reason), NoIndicator(reason), keystore, NoInstalled(), NoSession())
