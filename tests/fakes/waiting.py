"""Waiting for a state instead of for a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(state: Callable[[], T], what: str, seconds: float = 30.0) -> T:
    """The first true value of ``state()``; fails the test naming ``what`` if there is none for ``seconds``."""
    deadline = time.monotonic() + seconds
    while True:
        if value := state():
            return value
        assert time.monotonic() < deadline, f"waited {seconds:g} s for {what}"
        time.sleep(0.02)
