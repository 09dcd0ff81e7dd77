"""The whole way: asked, agreed, typed, kept and not kept, looked at, sent, opened, withdrawn."""

from __future__ import annotations

import json
import re
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from installers.trial import Organisation
from tests.demo.leaks import search, search_open_files, search_places
from tests.demo.person import BUTTON, Person
from tests.demo.recorder import Recorder
from tests.demo.report import DemoReport, Typed
from tests.demo.site import Site
from tests.demo.sockets import hides, internet_sockets
from tests.demo.width import compare, types_everywhere
from tests.fakes.waiting import until

#: What must never be found anywhere in clear. Values are made up; the card number fits its checksum.
PLANTED = {
    "before the yes": "quillfeather",
    "card number": "4929 1838 0471 6620",
    "card digits": "4929183804716620",
    "e-mail address": "mira.solberg@harborline.example",
    "labelled password": "Kupfer-Lampe-93",
    "own word": "Bluefinch",
    "full name": "Margaret Thornbury",
    "corrected away": "zebrawagon",
    "excluded program": "terminalsecret",
    "while paused": "pausedwords",
    "removed record": "orchardgate",
    "kept prose": "northern depot",
}
#: Of these, only ciphertext may leave and only the steward may read it; the others must not even be inside the seal.
MAY_BE_OPENED = {"kept prose"}

#: Seconds after which the window shows the record that was chosen.
_SETTLED = 1.0

PROSE = "The offer for the northern depot is ready."
SECRETS = (
    f"Please charge card {PLANTED['card number']} today.",
    f"Write to {PLANTED['e-mail address']} about it.",
    f"The password: {PLANTED['labelled password']}",
    f"Project {PLANTED['own word']} starts on Monday.",
    f"Please ask {PLANTED['full name']} about it.",
)


def whole_way(person: Person, report: DemoReport) -> None:
    """Walk it once. Raises whatever goes wrong on the way; promises that fail are noted in ``report``."""
    trial = person.desktop.home / "trial"
    organisation = Organisation(trial)
    with tempfile.TemporaryDirectory(prefix="wire-") as wire:
        organisation.make_keys()
        organisation.start_collector()
        try:
            with Recorder(("127.0.0.1", organisation.port), Path(wire)) as recorder:
                organisation.prepare(recorder.port)
                _walk(person, report, organisation, recorder, trial)
        finally:
            organisation.stop()


def _walk(person: Person, report: DemoReport, organisation: Organisation, recorder: Recorder, trial: Path) -> None:
    profile = trial / "profile"
    editor, page = person.open_editor()
    person.start(trial)
    _before_the_yes(person, report, recorder, profile, editor)
    first_run(person, report)
    _own_word(person)
    terminal = person.open_terminal()
    _typing(person, report, editor, page)
    with Site() as site:
        browser = person.open_browser(site.address)
        done = types_everywhere(person, report, editor, terminal, browser)
        person.desktop.end(browser)
    _excluded(person, report, terminal)
    _paused(person, report, editor)
    _live(person, report)
    seen = _review(person, report)
    _sending(person, report, recorder)
    with tempfile.TemporaryDirectory(prefix="steward-") as opened:
        compare(report, done, _opening(report, organisation, Path(opened), seen))
    _leaks(person, report, recorder)
    _withdraw(person, report, profile)


def _before_the_yes(person: Person, report: DemoReport, recorder: Recorder, profile: Path, editor: object) -> None:
    person.sees("asks if it may learn")
    person.picture("The question; nothing is collected")
    person.goes_to(editor)  # type: ignore[arg-type]  # the process of the editor
    person.hands.type(f"{PLANTED['before the yes']} \n")
    engine = person.engine()
    pids = {person.pid, engine.pid}
    hooked = engine.pid in person.windows.clients()
    hidden = hides(engine.pid)
    loaded = [] if hidden else [name for name in ("xinput", "libxkbcommon") if name in _maps(engine.pid)]
    seen = _said(["a connection to the X server"] * hooked + loaded)
    if hidden:
        seen += "; its memory map is closed to its own user"
    report.check("Before the yes no hook is loaded", not hooked and not loaded, seen)
    stored = sorted(path.name for path in profile.glob("*.db"))
    report.check("Before the yes nothing is stored", not stored, _said(stored))
    sockets = internet_sockets(pids)
    report.check("Before the yes no packet leaves", not sockets and not recorder.connections, _said(sockets))
    report.typed.append(Typed("Mousepad", PLANTED["before the yes"], "dropped", "no consent yet; no hook was loaded"))


def _said(found: list[str]) -> str:
    """What was found, in words."""
    return ", ".join(found) or "none found"


def _maps(pid: int) -> str:
    return Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")


def first_run(person: Person, report: DemoReport) -> None:
    """Answer the question with a yes to programs and text, in the editor and the terminal."""
    boxes = []
    person.press("Show me more")
    person.sees("See what a record looks like")
    person.picture("An example, made up")
    person.press("Next")
    person.sees("The notice, in short")
    person.picture("The notice")
    person.press("I have read this")
    person.sees("What may be collected?")
    boxes = person.window().all("check box")
    report.check(
        "Nothing is ticked for the employee", not any("checked" in box.states for box in boxes), f"{len(boxes)} boxes"
    )
    yes = person.window().find(BUTTON, "Yes, collect what I ticked")
    report.check("Without a tick there is no yes", "sensitive" not in yes.states, "the button cannot be pressed")
    for category in ("Program", "Window titles", "Shortcuts", "Clicks", "Text you type"):
        person.tick(f"{category}, ")
    person.picture("The choice, ticked by hand")
    person.press("Yes, collect what I ticked")
    person.sees("Only in these programs")
    person.tick("Mousepad", part=False)
    person.tick("XTerm", part=False)
    person.tick("Firefox ESR", part=False)
    person.picture("The programs")
    person.press("Next")
    person.sees("How you stay in charge")
    person.choose("Ask me each time")
    person.picture("How to stay in charge")
    person.press("Finish")


def _own_word(person: Person) -> None:
    person.open_window()
    person.page("Programs")
    edit = person.window().find("text", "Your own words")
    person.reach(edit)
    person.click(edit)
    person.hands.type(PLANTED["own word"])
    person.reach(person.window().find(BUTTON, "Save words"))
    person.press("Save words")
    person.sees("Saved.")
    person.picture("Programs, and the employee's own words")
    person.hides_window()


def _typing(person: Person, report: DemoReport, editor: object, page: object) -> None:
    hands = person.hands
    person.goes_to(editor)  # type: ignore[arg-type]  # the process of the editor
    person.sees("Collecting")
    person.picture("Collecting in the editor: the sign, the tray icon")
    hands.key("Control+End")
    hands.type("The offer for the northern depto")
    hands.key("BackSpace", 2)
    hands.type("ot is redy")
    hands.key("Left", 2)
    hands.type("a")
    hands.key("Right", 2)
    hands.type(f". {PLANTED['corrected away']}")
    hands.key("BackSpace", len(PLANTED["corrected away"]) + 1)
    hands.key("Return")
    report.typed.append(Typed("Mousepad", PROSE, "kept", "with corrections: two typos and a word taken back"))
    for line in SECRETS:
        hands.type(line)
        hands.key("Return")
        report.typed.append(Typed("Mousepad", line, "redacted", "removed in memory, before anything is written"))
    _written(person, editor, "The offer for")
    hands.type(f"Remember the {PLANTED['removed record']} for later.")
    report.typed.append(
        Typed("Mousepad", f"Remember the {PLANTED['removed record']} for later.", "removed", "deleted by the employee")
    )
    _written(person, editor, "Remember the")
    text = page.text()  # type: ignore[attr-defined]  # an element of the screen
    report.check("The editor got what was typed", PROSE in text, text[-400:])


def _written(person: Person, editor: object, words: str) -> None:
    """A click ends a stretch of text, for the caret may be anywhere; then a record that begins with ``words`` waits."""
    person.takes_a_breath()
    person.goes_to(editor)  # type: ignore[arg-type]  # the process of the editor
    person.open_window()
    person.page("Waiting to leave")
    until(lambda: any(words in row.name for row in person.waiting_rows()), f"the record of {words!r}")
    person.hides_window()
    person.goes_to(editor)  # type: ignore[arg-type]  # the process of the editor
    person.hands.key("Control+End")


def _excluded(person: Person, report: DemoReport, terminal: object) -> None:
    person.goes_to(terminal)  # type: ignore[arg-type]  # the process of the terminal
    person.sees("XTerm")
    person.tray("Don't collect in XTerm")
    person.goes_to(terminal)  # type: ignore[arg-type]  # the process of the terminal
    person.sees("you excluded this program")
    person.hands.type(f"{PLANTED['excluded program']} in the terminal")
    person.hands.key("Return")
    person.picture("Not collecting in the excluded terminal")
    report.typed.append(
        Typed("XTerm", f"{PLANTED['excluded program']} in the terminal", "dropped", "excluded by the employee")
    )


def _paused(person: Person, report: DemoReport, editor: object) -> None:
    person.tray("Pause", "Until I resume")
    person.sees("Paused until you resume")
    person.goes_to(editor)  # type: ignore[arg-type]  # the process of the editor
    person.hands.key("Control+End")
    engine = person.engine().pid
    until(lambda: not person.windows.reads_keys(engine), "the hooks to be out")
    person.hands.type(f" {PLANTED['while paused']} ")
    person.picture("Paused")
    report.typed.append(Typed("Mousepad", PLANTED["while paused"], "dropped", "paused; no hook was loaded"))
    person.tray("Resume")
    person.goes_to(editor)  # type: ignore[arg-type]  # the process of the editor
    person.sees("Collecting")


def _live(person: Person, report: DemoReport) -> None:
    person.open_window()
    person.page("Live")
    until(lambda: any("you excluded" in line for line in person.live()), "the excluded keys in the live view")
    person.picture("Live: what was kept, what was not, and why")
    dropped: Counter[str] = Counter()
    for line in person.live():
        if why := re.search(r"Not kept: (.+?)\.", line):
            count = re.search(r"(\d+) keys?", line)
            dropped[why.group(1)] += int(count.group(1)) if count else 1
    report.dropped = dict(dropped)


def _review(person: Person, report: DemoReport) -> list[str]:
    """Look at every record byte for byte, delete one, send the rest; the exact bytes of what was sent."""
    person.page("Waiting to leave")
    rows = until(person.waiting_rows, "the waiting records")
    person.picture("Waiting to leave: nothing has left")
    person.click(rows[0])
    person.switches("Exact bytes")
    person.click(rows[0])
    exact: list[str] = []
    for number in range(person.waiting()):
        exact.append(_exact(person, person.selected(number), exact))
    report.captured_records = len(exact)
    records = [json.loads(text) for text in exact]
    report.redacted_spans = sum(len(record.get("removed", [])) for record in records)
    kept = " ".join(str(record.get("text", "")) for record in records)
    report.check(
        "The prose was kept as it was meant, corrections done", PROSE in kept, PROSE if PROSE in kept else kept
    )
    for kind in ("card number", "e-mail address", "password", "private word", "name"):
        report.check(
            f"The {kind} was removed before anything was written",
            f"[{kind}]" in kept,
            f"[{kind}]" if f"[{kind}]" in kept else kept,
        )
    for row in report.typed:
        if row.outcome != "dropped":
            row.stored = _stored(row.what, [str(record.get("text", "")) for record in records])
    person.picture("Waiting: the exact bytes of one record")
    person.switches("As text")
    person.selects(lambda name: PLANTED["removed record"] in name)
    item = person.window().find("text", "The item")
    person.eyes.wait(lambda: PLANTED["removed record"] in item.text(), "the record to delete", 10)
    person.picture("Waiting: the record that is about to be deleted")
    person.press("Delete this item")
    person.waits(len(exact) - 1)
    person.press(f"Send all {len(exact) - 1}")
    person.sees("Until then you can take them back")
    person.picture("Let go: it leaves within the hour, and can be taken back until then")
    person.press("Send now")
    return [text for text in exact if PLANTED["removed record"] not in text]


def _exact(person: Person, name: str, known: list[str]) -> str:
    """The exact bytes of the chosen record. Two that were made in the same second may have the same bytes; what still
    shows the one before is told from that by time.
    """
    (word,) = re.findall(r", (Text|Program|Window title|Mouse|Shortcut) · ", name)[-1:]
    kind = {"Program": "app", "Window title": "title", "Mouse": "pointer", "Shortcut": "shortcut"}.get(word, "text")

    since = time.monotonic()

    def shown() -> str:
        text = person.window().find("text", "Exact bytes").text()
        fits = text.startswith("{") and f'"kind":"{kind}"' in text
        fresh = text not in known or time.monotonic() - since > _SETTLED
        return text if fits and fresh else ""

    return until(shown, f"the exact bytes of {name}")


def _stored(what: str, texts: list[str]) -> str:
    """The stored line that has most words in common with what was typed."""
    lines = [line for text in texts for line in text.splitlines()]
    words = set(what.split())
    best = max(lines, key=lambda line: len(words & set(line.split())), default="")
    return best if words & set(best.split()) else ""


def _sending(person: Person, report: DemoReport, recorder: Recorder) -> None:
    person.page("Sent")
    person.sees("Confirmed")
    person.picture("Sent, and confirmed by the collector's signed receipt")
    report.batches = len(recorder.uploads())
    report.check("What was sent is confirmed by a signed receipt", report.batches > 0, f"{report.batches} batch")


def _opening(report: DemoReport, organisation: Organisation, out: Path, seen: list[str]) -> list[dict[str, Any]]:
    counts = organisation.open(out)
    report.opened_records = counts["records"]
    opened = (out / "records.jsonl").read_text(encoding="utf-8").splitlines()
    report.preview_equals_sent = sorted(opened) == sorted(seen)
    report.check(
        "What the employee saw is, byte for byte, what the steward opened",
        report.preview_equals_sent,
        f"{len(seen)} seen, {len(opened)} opened",
    )
    text = "\n".join(opened)
    inside = [name for name, value in PLANTED.items() if value in text and name not in MAY_BE_OPENED]
    report.check("No planted value is inside the seal", not inside, _said(inside))
    return [json.loads(line) for line in opened]


def _leaks(person: Person, report: DemoReport, recorder: Recorder) -> None:
    """Every byte of the employee's computer and of the wire; only the kept prose is there, and only as ciphertext."""
    # The editor itself saves unfinished files in a folder of its own; that is its business, not the product's.
    editors_own = str(person.desktop.home / ".local" / "share" / "Mousepad")
    found = [
        f"{leak.value} as {leak.form} in {leak.file}"
        for leak in search_places([person.desktop.home], PLANTED)
        if not leak.file.startswith(editors_own)
    ]
    for number, body in enumerate(recorder.bodies()):
        found += [f"{leak.value} as {leak.form} in request {number}" for leak in search(body, PLANTED, "wire")]
    for pid in (person.pid, person.engine().pid):
        found += [f"{leak.value} as {leak.form} open in {pid}" for leak in search_open_files(pid, PLANTED)]
    report.leaks = sorted(set(found))


def _withdraw(person: Person, report: DemoReport, profile: Path) -> None:
    person.tray("Stop and withdraw")
    person.sees("Stop and withdraw your yes?")
    person.picture("Withdrawing: two clicks in all")
    person.press("Yes, stop and withdraw")
    engine = person.engine().pid
    until(lambda: not person.windows.reads_keys(engine), "the hooks to be out")
    person.sees("You withdrew your yes")
    person.picture("Withdrawn")
    report.check("Two clicks withdraw, and the hooks are out", held=True)
    report.check("The profile stays readable to nobody else", all(not _open_to_others(p) for p in profile.rglob("*")))


def _open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o077) and path.is_file()
