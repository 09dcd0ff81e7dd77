"""Key codes to key names and text, by libxkbcommon with the map that the X server itself uses.

The libraries are those that Qt's own X11 plugin needs, so they are there wherever the window can be shown.
Sources: libxkbcommon API documentation (xkbcommon.h, xkbcommon-x11.h), xcb/xcb.h, X11/keysymdef.h.
"""

from __future__ import annotations

import ctypes
import socket
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from agent.native.x11.compose import Compose
from agent.native.x11.display import DisplayName, cookie
from agent.native.x11.fields import Stroke
from agent.native.x11.xkb import KeyboardState
from agent.problems import Unavailable

_SHIFT_BIT: Final = 0
_CONTROL_BIT: Final = 2
_NAMED_BY_KEYSYM: Final[dict[int, str]] = {
    0xFFE7: "Alt",  # Meta_L
    0xFFE8: "Alt",  # Meta_R
    0xFFE9: "Alt",  # Alt_L
    0xFFEA: "Alt",  # Alt_R
    0xFFEB: "Super",  # Super_L
    0xFFEC: "Super",  # Super_R
    0xFFED: "Super",  # Hyper_L
    0xFFEE: "Super",  # Hyper_R
    0xFE03: "AltGr",  # ISO_Level3_Shift
    0xFE04: "AltGr",  # ISO_Level3_Latch
    0xFE05: "AltGr",  # ISO_Level3_Lock
    0xFF7E: "AltGr",  # Mode_switch
}
#: With one of these held a key is a command, not text.
_COMMANDING: Final = frozenset({"Control", "Alt", "Super"})


class _AuthInfo(ctypes.Structure):
    _fields_ = (
        ("namelen", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("datalen", ctypes.c_int),
        ("data", ctypes.c_char_p),
    )


class _Libraries:
    """The functions we use, with their types. Raises OSError if a library is missing."""

    def __init__(self) -> None:
        pointer, text, word = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32
        integer, size, short = ctypes.c_int, ctypes.c_size_t, ctypes.c_uint16
        xcb, xkb, x11 = (ctypes.CDLL(name) for name in ("libxcb.so.1", "libxkbcommon.so.0", "libxkbcommon-x11.so.0"))
        self.common = xkb
        self.connect = self._bind(xcb, "xcb_connect_to_fd", pointer, integer, ctypes.POINTER(_AuthInfo))
        self.has_error = self._bind(xcb, "xcb_connection_has_error", integer, pointer)
        self.disconnect = self._bind(xcb, "xcb_disconnect", None, pointer)
        self.context = self._bind(xkb, "xkb_context_new", pointer, integer)
        self.unref_context = self._bind(xkb, "xkb_context_unref", None, pointer)
        self.unref_keymap = self._bind(xkb, "xkb_keymap_unref", None, pointer)
        self.new_state = self._bind(xkb, "xkb_state_new", pointer, pointer)
        self.unref_state = self._bind(xkb, "xkb_state_unref", None, pointer)
        self.update = self._bind(xkb, "xkb_state_update_mask", integer, pointer, word, word, word, word, word, word)
        self.keysym = self._bind(xkb, "xkb_state_key_get_one_sym", word, pointer, word)
        self.keysym_name = self._bind(xkb, "xkb_keysym_get_name", integer, word, text, size)
        self.keysym_text = self._bind(xkb, "xkb_keysym_to_utf8", integer, word, text, size)
        self.layouts = self._bind(xkb, "xkb_keymap_num_layouts_for_key", word, pointer, word)
        self.levels = self._bind(xkb, "xkb_keymap_num_levels_for_key", word, pointer, word, word)
        self.symbols = self._bind(
            xkb,
            "xkb_keymap_key_get_syms_by_level",
            integer,
            *(pointer, word, word, word, ctypes.POINTER(ctypes.POINTER(word))),
        )
        self.setup = self._bind(
            x11,
            "xkb_x11_setup_xkb_extension",
            integer,
            *(pointer, short, short, integer, pointer, pointer, pointer, pointer),
        )
        self.core_keyboard = self._bind(x11, "xkb_x11_get_core_keyboard_device_id", ctypes.c_int32, pointer)
        self.keymap = self._bind(
            x11, "xkb_x11_keymap_new_from_device", pointer, pointer, pointer, ctypes.c_int32, integer
        )

    @staticmethod
    def _bind(library: ctypes.CDLL, name: str, result: Any, *arguments: Any) -> Any:
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
        return function


class Keyboard:
    """The map and the state of the core keyboard. Raises ``Unavailable`` if the libraries or the map are missing."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        try:
            self._library = _Libraries()
        except (OSError, AttributeError) as problem:
            raise Unavailable("capture-failed", detail="The library libxkbcommon-x11 is missing.") from problem
        self._environ = environ
        self._context = self._library.context(0)
        self._compose = Compose(self._library.common, self._context, environ)
        self._keymap: int | None = None
        self._state: int | None = None
        self._modifiers: tuple[frozenset[str], ...] = (frozenset(),) * 8
        self._mods = 0

    def load(self, modifier_keys: Sequence[Sequence[int]], state: KeyboardState) -> None:
        """Take the server's map as it is now. ``modifier_keys``: keycodes for each of the eight real modifiers."""
        keymap = self._fetch()
        self._forget()
        self._keymap = keymap
        self._state = self._library.new_state(keymap)
        self._modifiers = tuple(self._names(bit, keys) for bit, keys in enumerate(modifier_keys))
        self.update(state)

    def update(self, state: KeyboardState) -> None:
        """Follow the server's state."""
        self._mods = state.mods
        self._library.update(
            self._state,
            *(state.base_mods, state.latched_mods, state.locked_mods),
            *(group & 0xFFFFFFFF for group in (state.base_group, state.latched_group, state.locked_group)),
        )

    def stroke(self, keycode: int) -> Stroke | None:
        """What pressing ``keycode`` means in the present state, as RawKey takes it. None for a modifier or a lock: it
        tells nothing that the keys pressed with it do not tell.

        (X keysym name; the characters it types, empty for commands, for keys that type none and while a dead key
        waits, name ``compose.LOST`` for a key of which nobody knows what it typed; the modifiers held out of
        ``Shift Control Alt Super AltGr``.)
        """
        keysym = self._library.keysym(self._state, keycode)
        if _is_modifier(keysym):
            return None
        held = self.held()
        buffer = ctypes.create_string_buffer(64)
        self._library.keysym_name(keysym, buffer, 64)
        key = buffer.value.decode("ascii")
        text = ""
        if held & _COMMANDING:
            self._compose.forget()
            return key, text, held
        if self._library.keysym_text(keysym, buffer, 64) > 0:
            text = buffer.value.decode("utf-8")
        key, text = self._compose.press(keysym, key, text)
        if any(unicodedata.category(character) == "Cc" for character in text):
            text = ""
        return key, text, held

    def held(self) -> frozenset[str]:
        """The modifiers held now, out of ``Shift Control Alt Super AltGr``."""
        return frozenset().union(*(names for bit, names in enumerate(self._modifiers) if self._mods >> bit & 1))

    def begin_anew(self) -> None:
        """The focus moved or the pointer was pressed: no dead key waits any more."""
        self._compose.forget()

    def close(self) -> None:
        """Give back the memory. Twice is fine."""
        self._forget()
        self._compose.close()
        if self._context:
            self._library.unref_context(self._context)
            self._context = None

    def _forget(self) -> None:
        if self._state:
            self._library.unref_state(self._state)
        if self._keymap:
            self._library.unref_keymap(self._keymap)
        self._state = self._keymap = None

    def _fetch(self) -> int:
        """The server's map, over a connection that lives only for this."""
        display = DisplayName.parse(self._environ.get("DISPLAY", ""))
        name, data = cookie(display, self._environ, socket.gethostname())
        try:
            channel = display.connect()
        except OSError as problem:
            raise Unavailable("capture-failed", detail="The X server does not answer.") from problem
        entry = ctypes.byref(_AuthInfo(len(name), name, len(data), data)) if name else None
        connection = self._library.connect(channel.detach(), entry)
        try:
            keymap: int | None = None
            if not self._library.has_error(connection) and self._library.setup(connection, 1, 0, 0, *(None,) * 4):
                keyboard = self._library.core_keyboard(connection)
                keymap = self._library.keymap(self._context, connection, keyboard, 0)
        finally:
            self._library.disconnect(connection)
        if not keymap:
            raise Unavailable("capture-failed", detail="The keyboard layout could not be read.")
        return keymap

    def _names(self, bit: int, keys: Sequence[int]) -> frozenset[str]:
        """Names of one real modifier. Shift and Control are fixed by the protocol, the rest is what its keys say."""
        if bit == _SHIFT_BIT:
            return frozenset({"Shift"})
        if bit == _CONTROL_BIT:
            return frozenset({"Control"})
        return frozenset(
            _NAMED_BY_KEYSYM[keysym] for key in keys for keysym in self._symbols(key) if keysym in _NAMED_BY_KEYSYM
        )

    def _symbols(self, keycode: int) -> list[int]:
        found = []
        symbols = ctypes.POINTER(ctypes.c_uint32)()
        for layout in range(self._library.layouts(self._keymap, keycode)):
            for level in range(self._library.levels(self._keymap, keycode, layout)):
                count = self._library.symbols(self._keymap, keycode, layout, level, ctypes.byref(symbols))
                found += symbols[:count]
        return found


def _is_modifier(keysym: int) -> bool:
    """As the macro IsModifierKey of Xutil.h."""
    return 0xFFE1 <= keysym <= 0xFFEE or 0xFE01 <= keysym <= 0xFE13 or keysym in (0xFF7E, 0xFF7F)
