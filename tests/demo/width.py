"""Three programs, four layouts, dead keys, a layout changed and one switched at run time; and what a hand does there.

Everything that is done here is written down as it is done, and compared with what the steward opened.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from typing import Any

from tests.demo.eyes import Element
from tests.demo.person import BUTTON, Person
from tests.demo.report import DemoReport, Typed
from tests.fakes.waiting import until

GERMAN = "Schöne Grüße, eine naïve Idee: 20 € für das Büro in Köln, dazu Café."
ENGLISH_AGAIN = "Stock is [low] again: 5% of 300."
RUSSIAN = "Привет, склад готов."
FRENCH = "Le dépôt est prêt, à bientôt pour Noël."

BROWSER = "firefox-esr"


@dataclass
class Done:
    """What was done, by program: lines typed there, and actions as (name, facts), in order."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    actions: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def typed(self, program: str, line: str) -> None:
        self.texts.setdefault(program, []).append(line)


def types_everywhere(
    person: Person,
    report: DemoReport,
    editor: subprocess.Popen[bytes],
    terminal: subprocess.Popen[bytes],
    browser: subprocess.Popen[bytes],
) -> Done:
    """German in the editor, English and Russian by switching in the terminal, French in the browser."""
    done, hands = Done(), person.hands
    try:
        person.goes_to(editor)
        person.sees("Collecting")
        hands.key("Control+End")
        hands.keyboard.use("de")
        hands.type(f"{GERMAN}\n")
        done.typed("mousepad", GERMAN)
        person.picture("A German keyboard in the editor")
        hands.keyboard.use("us,ru")
        person.takes_a_breath()
        person.goes_to(terminal)
        person.takes_a_breath()
        hands.type(f"{ENGLISH_AGAIN}\n")
        hands.keyboard.switch(1)
        hands.type(f"{RUSSIAN}\n")
        for line in (ENGLISH_AGAIN, RUSSIAN):
            done.typed("xterm", line)
        person.picture("Switched to Russian in the terminal")
        hands.keyboard.use("fr")
        person.takes_a_breath()
        _in_the_browser(person, browser, done)
    finally:
        hands.keyboard.use("us")
    for program, where in (("mousepad", "Mousepad"), ("xterm", "XTerm"), (BROWSER, "Firefox")):
        for line in done.texts[program]:
            report.typed.append(Typed(where, line, "kept", "as the layout and its dead keys give it"))
    return done


def _in_the_browser(person: Person, browser: subprocess.Popen[bytes], done: Done) -> None:
    hands = person.hands
    shown = person.eyes.application(pid=browser.pid)
    note = shown.find(("text", "entry"), "Note of the day")
    button = shown.find(BUTTON, "Book the van")
    brought = until(lambda: person.windows.of(browser.pid), "the browser's window")[0]
    person.raises(brought)
    person.takes_a_breath()

    def at(element: Element, dx: int = 0, dy: int = 0) -> tuple[int, int]:
        x, y, width, height = element.box()
        return x + width // 2 + dx, y + height // 2 + dy

    def within(place: tuple[int, int]) -> dict[str, Any]:
        left, top, _, _ = until(lambda: person.windows.of(browser.pid), "the browser's window")[0].box()
        return {"x": place[0] - left, "y": place[1] - top}

    person.click(note)
    done.actions.append(("click", within(at(note))))
    person.takes_a_breath()
    hands.type(FRENCH)
    done.typed(BROWSER, FRENCH)
    person.takes_a_breath()
    person.picture("A French keyboard in Firefox, on a page that is known")
    person.click(button)
    done.actions.append(("click", {**within(at(button)), "role": "push button", "text": "Book the van"}))
    person.takes_a_breath()
    hands.double_click_at(*at(button))
    done.actions.append(("double-click", within(at(button))))
    person.takes_a_breath()
    start, end = at(note, -250, -30), at(note, 100, -30)
    hands.drag(start, end)
    to = within(end)
    done.actions.append(("drag", {**within(start), "to_x": to["x"], "to_y": to["y"]}))
    person.takes_a_breath()
    hands.scroll(button, 3)
    done.actions.append(("scroll", {"steps_x": 0, "steps_y": 3}))
    person.takes_a_breath()
    hands.key("Control+f")
    done.actions.append(("chord", {"keys": "Ctrl+F"}))
    person.takes_a_breath()
    person.picture("Clicked, dragged, scrolled: kept as actions, without a path")


def compare(report: DemoReport, done: Done, records: list[dict[str, Any]]) -> None:
    """Opened by the steward: is the text exact, and are the actions what was done?"""
    for program, lines in done.texts.items():
        text = "\n".join(str(one["text"]) for one in records if one["program"] == program and one["kind"] == "text")
        missing = [line for line in lines if line not in text]
        report.check(
            f"What was typed in {program} was opened exactly",
            not missing,
            f"missing {missing} in: {text}" if missing else text,
        )
    opened = [
        {**one["action"], **({"text": one["text"]} if "text" in one else {})}
        for one in records
        if one["program"] == BROWSER and one["kind"] in ("pointer", "shortcut")
    ]
    wrong = [
        f"{name} {facts} but {kept}"
        for (name, facts), kept in zip(done.actions, opened, strict=False)
        if kept.get("name") != name or any(kept.get(fact) != value for fact, value in facts.items())
    ]
    same = len(opened) == len(done.actions)
    report.check(
        "Clicks, drags, scrolls and shortcuts are what was done",
        same and not wrong,
        wrong or f"{len(done.actions)} done, {len(opened)} opened" + ("" if same else f": {opened}"),
    )
    titles = {str(one["text"]) for one in records if one["kind"] == "title"}
    report.check("Window titles were kept", any("Mousepad" in title for title in titles), sorted(titles))
