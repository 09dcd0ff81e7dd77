"""Dead keys and the Compose key, by libxkbcommon with the table of the session's language.

The rule is the one toolkits share: while a sequence is open its keys type nothing; the key that completes it types the
result. Where toolkits differ (a key that fits no sequence: some drop both, some type the second, some both) the answer
is that what was typed is not known.
Source: libxkbcommon API documentation (xkbcommon-compose.h); locale.dir and compose.dir of libX11's data.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

#: Where a language has no table of its own, or there is no language: the table that most languages share.
_COMMON: Final = "en_US.UTF-8"
_COMPOSING: Final = 1
_COMPOSED: Final = 2
_CANCELLED: Final = 3
#: The name reported for a key of which nobody knows what it typed. It is no text and no motion.
LOST: Final = "VoidSymbol"


class Composed(NamedTuple):
    """key: X keysym name. text: what the key typed, empty while a sequence is open or if it cannot be told."""

    key: str
    text: str


class Compose:
    """One sequence at a time. ``library``: of libxkbcommon, its functions typed here. Nothing is kept of the keys."""

    def __init__(self, library: ctypes.CDLL, context: int, environ: Mapping[str, str]) -> None:
        self._bind(library)
        self._table = self._state = None
        for name in dict.fromkeys((_language(environ), _COMMON)):
            self._table = self._new_table(context, name.encode("ascii", "ignore"), 0)
            if self._table:
                self._state = self._new_state(self._table, 0)
                break

    def _bind(self, library: ctypes.CDLL) -> None:
        pointer, text, size, integer = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int
        word = ctypes.c_uint32

        def bound(name: str, result: Any, *arguments: Any) -> Any:
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
            return function

        self._new_table = bound("xkb_compose_table_new_from_locale", pointer, pointer, text, integer)
        self._unref_table = bound("xkb_compose_table_unref", None, pointer)
        self._new_state = bound("xkb_compose_state_new", pointer, pointer, integer)
        self._unref_state = bound("xkb_compose_state_unref", None, pointer)
        self._feed = bound("xkb_compose_state_feed", integer, pointer, word)
        self._status = bound("xkb_compose_state_get_status", integer, pointer)
        self._utf8 = bound("xkb_compose_state_get_utf8", integer, pointer, text, size)
        self._one_sym = bound("xkb_compose_state_get_one_sym", word, pointer)
        self._reset = bound("xkb_compose_state_reset", None, pointer)
        self._keysym_name = bound("xkb_keysym_get_name", integer, word, text, size)

    def press(self, keysym: int, key: str, text: str) -> Composed:
        """A key that types or begins a sequence went down; what it comes to."""
        if not self._state:
            return Composed(LOST, "") if key.startswith("dead_") else Composed(key, text)
        self._feed(self._state, keysym)
        status = self._status(self._state)
        if status == _COMPOSING:
            return Composed(key if key.startswith("dead_") else "Multi_key", "")
        if status == _CANCELLED:
            self._reset(self._state)
            return Composed(LOST, "")
        if status != _COMPOSED:
            return Composed(key, text)
        buffer = ctypes.create_string_buffer(64)
        self._utf8(self._state, buffer, 64)
        composed = buffer.value.decode("utf-8", "replace")
        name = ctypes.create_string_buffer(64)
        self._keysym_name(self._one_sym(self._state), name, 64)
        self._reset(self._state)
        return Composed(name.value.decode("ascii") or "composed", composed)

    def forget(self) -> None:
        """Toolkits begin anew when the focus moves or the pointer is pressed."""
        if self._state:
            self._reset(self._state)

    def close(self) -> None:
        """Give back the memory. Twice is fine."""
        if self._state:
            self._unref_state(self._state)
        if self._table:
            self._unref_table(self._table)
        self._state = self._table = None


def _language(environ: Mapping[str, str]) -> str:
    """As setlocale(3) chooses LC_CTYPE; without one the table that most share, as toolkits have one of their own."""
    name = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "")
    return _COMMON if name.partition(".")[0] in ("", "C", "POSIX") else name
