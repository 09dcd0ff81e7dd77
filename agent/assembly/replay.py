"""``aboveboard redact-keys``: recorded key events through the product's own field editor and redactor."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

import msgspec

from agent.assembly.assembler import Assembler, Place
from agent.assembly.habits import System
from agent.records import Program, RawText
from agent.redaction import RedactionFailed, Redactor, Session
from agent.redaction.commands import BadLines, Output

_PROGRAM: Final = Program("replay", "Replay")
_PURPOSES: Final = ("replay",)
#: A window that is focused again is reported with this before its title.
_BACK: Final = "(back) "

#: pynput's names (its ``Key`` enumeration) -> X keysym names.
_NAMES: Final = {
    "backspace": "BackSpace", "delete": "Delete", "left": "Left", "right": "Right", "home": "Home", "end": "End",
    "enter": "Return", "tab": "Tab", "esc": "Escape", "up": "Up", "down": "Down", "page_up": "Prior",
    "page_down": "Next", "space": "space", "shift": "Shift_L", "shift_l": "Shift_L", "shift_r": "Shift_R",
    "ctrl": "Control_L", "ctrl_l": "Control_L", "ctrl_r": "Control_R", "alt": "Alt_L", "alt_l": "Alt_L",
    "alt_r": "Alt_R", "alt_gr": "ISO_Level3_Shift", "cmd": "Super_L", "cmd_l": "Super_L", "cmd_r": "Super_R",
    "caps_lock": "Caps_Lock", "num_lock": "Num_Lock", "insert": "Insert", "menu": "Menu",
}  # fmt: skip
_MODIFIERS: Final = {
    "Shift_L": "Shift", "Shift_R": "Shift", "Control_L": "Control", "Control_R": "Control", "Alt_L": "Alt",
    "Alt_R": "Alt", "Super_L": "Super", "Super_R": "Super", "ISO_Level3_Shift": "AltGr",
}  # fmt: skip


class _Case(msgspec.Struct):
    id: str
    events: list[tuple[float, str, str | None]]


class _Replay:
    """One case: its windows as fields, what they held, what would be stored of them."""

    def __init__(self, redactor: Redactor, system: System) -> None:
        self._redactor = redactor
        self._assembler = Assembler(redactor.open_tail, system)
        self._fields: dict[str, list[str]] = {}
        self._window = ""
        self._held: set[str] = set()
        self.texts: list[str] = []

    def play(self, events: Iterable[tuple[float, str, str | None]]) -> None:
        """Every event at its time (seconds), then the field is left."""
        now = 0.0
        for at, kind, value in events:
            now = max(now, at)
            self._pass_time(now)
            self._take(self._one(now, kind, value or ""))
        self._take(self._assembler.leave(now, int(now)))

    def raw(self) -> list[str]:
        """The final text of every field, in the order in which they were first used."""
        return ["".join(parts) for parts in self._fields.values()]

    def _pass_time(self, now: float) -> None:
        while True:
            due = self._assembler.deadline(now)
            if due is None or due >= now:
                return
            texts = self._assembler.tick(due, int(due))
            self._take(texts)
            if not texts and self._assembler.deadline(now) == due:
                return

    def _one(self, now: float, kind: str, value: str) -> list[RawText]:
        match kind:
            case "press":
                return self._press(now, value)
            case "release":
                self._held.discard(_name(value))
            case "focus":
                done = self._assembler.leave(now, int(now))
                self._take(done)
                self._window = value.removeprefix(_BACK)
                self._fields.setdefault(self._window, [])
            case "ime_commit":
                return self._assembler.commit(self._place(), _PROGRAM, _PURPOSES, value, now, int(now))
            case "paste":
                return self._assembler.pasted(self._place(), _PROGRAM, _PURPOSES, now, int(now))
            case "undo":
                return self._type(now, "Undo", "", frozenset())
            case _:  # a click, or something we do not know: the caret may be anywhere
                return self._assembler.cut(now, int(now))
        return []

    def _press(self, now: float, value: str) -> list[RawText]:
        name = _name(value)
        if name in _MODIFIERS:
            self._held.add(name)
            return []
        modifiers = {_MODIFIERS[held] for held in self._held}
        if len(value) == 1 and "\x01" <= value <= "\x1a":
            name = chr(ord(value) + 96)
            modifiers.add("Control")
        text = " " if name == "space" else value if len(value) == 1 else ""
        return self._type(now, name, text, frozenset(modifiers))

    def _type(self, now: float, name: str, text: str, modifiers: frozenset[str]) -> list[RawText]:
        return self._assembler.press(self._place(), _PROGRAM, _PURPOSES, name, text, modifiers, now, int(now))

    def _place(self) -> Place:
        self._fields.setdefault(self._window, [])
        return 1 + list(self._fields).index(self._window), ""

    def _take(self, texts: list[RawText]) -> None:
        for raw in texts:
            self._fields.setdefault(self._window, []).append(raw.expose()[0])
            self.texts.append(self._redactor.redact(raw).text or "")


def _name(value: str) -> str:
    if value.startswith("Key."):
        name = value.removeprefix("Key.")
        return _NAMES.get(name, name)
    return value


def redact_key_lines(stdin: Iterable[str], stdout: Output, system: System = "linux") -> None:
    """JSON lines {"id","events":[[seconds,type,value],...]} in; {"id","raw":[...],"texts":[...]} out.

    Types: press, release (pynput's key names or characters), focus, ime_commit, paste, undo, click. ``raw`` is the text
    of each field, ``texts`` what would be stored, in order. A line is a session: what was taken out once is taken out
    from then on. system: whose chords the keys are. Raises BadLines at the end for lines that cannot be used.
    """
    session = Session()
    redactor = Redactor((), session)
    decoder = msgspec.json.Decoder(_Case)
    mistakes: list[str] = []
    for number, line in enumerate(stdin, 1):
        if not line.strip():
            continue
        session.forget()
        replay = _Replay(redactor, system)
        try:
            case = decoder.decode(line)
            replay.play(case.events)
        except (msgspec.DecodeError, UnicodeError):
            mistakes.append(
                f'line {number}: write one JSON object with "id" and "events" [[seconds, type, value], ...]'
            )
            continue
        except RedactionFailed:
            mistakes.append(f"line {number}: could not be redacted and was left out")
            continue
        answer = {"id": case.id, "raw": replay.raw(), "texts": replay.texts}
        stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    if mistakes:
        raise BadLines(mistakes)
