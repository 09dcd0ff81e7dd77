"""What a key means in a text field: X keysym names (keysymdef.h) sorted by what they do to text and caret."""

from __future__ import annotations

import unicodedata
from typing import Final

#: Keys that only change what other keys mean, or have nothing to do with the field.
_NEUTRAL: Final = frozenset(
    {
        "Shift_L", "Shift_R", "Control_L", "Control_R", "Alt_L", "Alt_R", "Super_L", "Super_R", "Meta_L", "Meta_R",
        "Hyper_L", "Hyper_R", "Caps_Lock", "Shift_Lock", "Num_Lock", "Scroll_Lock", "Mode_switch", "Multi_key",
        "ISO_Level3_Shift", "ISO_Level3_Latch", "ISO_Level3_Lock", "ISO_Level5_Shift", "ISO_Level5_Latch",
        "ISO_Next_Group", "ISO_Prev_Group", "ISO_First_Group", "ISO_Last_Group", "Print", "Sys_Req", "Pause",
    }
)  # fmt: skip
_NEUTRAL_PREFIXES: Final = ("dead_", "XF86Audio", "XF86MonBrightness", "XF86KbdBrightness")

_KEYPAD: Final = {
    "KP_Enter": "Return",
    "KP_Left": "Left",
    "KP_Right": "Right",
    "KP_Home": "Home",
    "KP_End": "End",
    "KP_Delete": "Delete",
    "KP_Tab": "Tab",
    "KP_Up": "Up",
    "KP_Down": "Down",
    "KP_Prior": "Prior",
    "KP_Next": "Next",
    "KP_Insert": "Insert",
    "ISO_Enter": "Return",
    "ISO_Left_Tab": "Tab",
    "Linefeed": "Return",
}

RETURN: Final = "Return"
TAB: Final = "Tab"
#: No keys of their own: everything before, or after, the caret in its line is deleted.
KILL_LINE: Final = "kill-line"
KILL_REST: Final = "kill-rest"
KILLS: Final = frozenset({KILL_LINE, KILL_REST})
ERASERS: Final = frozenset({"BackSpace", "Delete"})
MOVES: Final = frozenset({"Left", "Right", "Home", "End"})
#: Where these lead depends on how the lines are broken, which only the field knows.
VERTICAL: Final = frozenset({"Up", "Down", "Prior", "Next"})

_PASTES: Final = frozenset({("v", frozenset({"Control"})), ("v", frozenset({"Control", "Shift"}))})
_UNDOS: Final = frozenset(
    {("z", frozenset({"Control"})), ("z", frozenset({"Control", "Shift"})), ("y", frozenset({"Control"}))}
)

#: Keys whose text, if they have one, is not typed.
_NEVER_TEXT: Final = frozenset({"Escape", "BackSpace", "Delete", "Return", "Tab", KILL_LINE, KILL_REST})


def normal(key: str, text: str) -> str:
    """The key's plain name: the keypad's own names only where the keypad does not type a character."""
    return key if key.startswith("KP_") and printable(key, text) else _KEYPAD.get(key, key)


def neutral(key: str) -> bool:
    """Does the key leave text and caret alone?"""
    return key in _NEUTRAL or key.startswith(_NEUTRAL_PREFIXES)


def pastes(key: str, modifiers: frozenset[str]) -> bool:
    """Does the key put the clipboard or the selection into the field?"""
    inserts = (key, modifiers - {"AltGr"}) == ("Insert", frozenset({"Shift"}))
    return inserts or key in {"XF86Paste", "Paste"} or (key.lower(), modifiers) in _PASTES


def undoes(key: str, modifiers: frozenset[str]) -> bool:
    """Does the key take back or repeat an earlier change, whatever that was?"""
    return key in {"Undo", "Redo"} or (key.lower(), modifiers) in _UNDOS


def printable(key: str, text: str) -> str:
    """What of ``text`` is typed: nothing for keys that act, no control characters or lone surrogates for the others."""
    return "" if key in _NEVER_TEXT else clean(text)


def clean(text: str) -> str:
    """Without what no key types: control characters, lone surrogates, line separators, noncharacters."""
    return "".join(
        char
        for char in text
        if unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"} and not "\ufdd0" <= char <= "\ufdef"
    )
