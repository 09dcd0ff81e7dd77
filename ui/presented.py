"""From a snapshot to what a person sees: one sign, one sentence, one line of facts. Pure.

Strip, tray tooltip, menu, sign on the screen and small window all show this one result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from agent.problems import PROBLEMS
from agent.protocol import ActiveProblem, Snapshot
from ui.text import Catalogue, current, listed
from ui.when import clock_or_day

#: Seconds without a snapshot after which nothing may look like collecting.
FRESH: Final = 2.0
#: Seconds the engine has for its first snapshot.
STARTING: Final = 20.0
#: Categories as sentences name them: what matters most first.
ORDER: Final = ("text", "shortcut", "pointer", "title", "screen", "app")
#: The signs with the full disc. Nothing else in the product is a full disc.
DISC: Final = frozenset({"collecting", "waiting", "collecting-sending", "collecting-decision"})


@dataclass(frozen=True, slots=True)
class Presented:
    """What is shown. sign: a name under resources/icons/state. short: the words of the wide sign on the screen.

    sentence: also tooltip, accessible name and first line of the menu. facts: the muted line below it.
    count: digits beside the disc, 0 for none. collecting: the sign has the full disc.
    """

    sign: str
    sentence: str
    facts: str
    short: str
    count: int = 0

    @property
    def collecting(self) -> bool:
        return self.sign in DISC


#: Reasons for which a program is off already: there is nothing left to exclude.
_OFF_ALREADY: Final = frozenset({"policy", "program-not-chosen", "program-excluded", "protected"})


def may_exclude(snapshot: Snapshot | None) -> bool:
    """Is there a program in front (or behind our own window or menu) in which something could be collected?"""
    return (
        snapshot is not None
        and bool(snapshot.program_id)
        and snapshot.state in {"collecting", "elsewhere"}
        and snapshot.reason not in _OFF_ALREADY
    )


def may_resume(snapshot: Snapshot | None) -> bool:
    """Is there something to go on from: a pause, or a clock that the person may say is right?"""
    if snapshot is None or snapshot.consent != "given" or snapshot.trying:
        return False
    clock = any(problem.code == "clock-moved" for problem in snapshot.problems)
    return snapshot.state == "paused" or (snapshot.state == "stopped" and clock)


def presented(
    snapshot: Snapshot | None, age: float, words: Catalogue | None = None, *, trial: bool = False
) -> Presented:
    """What to show. age: seconds since ``snapshot`` came, or since the engine was started if it is None.

    trial: the window was started for a trial; said also while no snapshot says so.

    Order when several are true: stopped, paused, quiet, off, elsewhere, collecting. Waiting, sending and decision
    stand beside the disc while something is collected; they take the place of off and elsewhere, never of
    stopped, paused or quiet.
    """
    words = words or current()
    if snapshot is None and age <= STARTING:
        shown = Presented("off", words.t("state.starting"), words.t("state.starting.facts"), words.t("short.off"))
    elif snapshot is None or age > FRESH:
        shown = _stopped(ActiveProblem("engine-stopped"), words)
    else:
        shown = _base(snapshot, words)
    if not trial and (snapshot is None or not snapshot.trial):
        return shown
    return Presented(shown.sign, words.t("state.trial", sentence=shown.sentence), shown.facts, shown.short, shown.count)


def _base(snapshot: Snapshot, words: Catalogue) -> Presented:
    match snapshot.state:
        case "stopped":
            return _stopped(_cause(snapshot), words)
        case "paused":
            return _paused(snapshot, words)
        case "quiet":
            return _quiet(snapshot, words)
        case "off":
            return _off(snapshot, words)
        case "elsewhere":
            return _elsewhere(snapshot, words)
        case "collecting":
            return _collecting(snapshot, words)


def _cause(snapshot: Snapshot) -> ActiveProblem:
    for found in snapshot.problems:
        row = PROBLEMS.get(found.code)
        if row is None or row.stops_capture:
            return found
    return ActiveProblem("engine-stopped")


def _stopped(cause: ActiveProblem, words: Catalogue) -> Presented:
    text = words.problem(cause.code, cause.facts)
    facts = " ".join(part for part in (text.text, text.remedy) if part)
    return Presented("stopped", words.t("state.stopped", title=text.title), facts, words.t("short.stopped"))


def _paused(snapshot: Snapshot, words: Catalogue) -> Presented:
    if snapshot.trying:
        sentence = words.t("state.paused.question")
        short = words.t("short.paused")
    elif snapshot.paused_until:
        when = clock_or_day(snapshot.paused_until, snapshot.at)
        sentence = words.t("state.paused.until", when=when)
        short = words.t("short.paused.until", when=when)
    else:
        sentence = words.t("state.paused.resume")
        short = words.t("short.paused.resume")
    facts = f"{words.t('state.paused.facts')} {_waiting(snapshot, words)}".strip()
    return Presented("paused", sentence, facts, short)


def _quiet(snapshot: Snapshot, words: Catalogue) -> Presented:
    sentence = words.t("state.quiet")
    if snapshot.quiet_until is not None:
        sentence = words.t("state.quiet.until", when=clock_or_day(snapshot.quiet_until, snapshot.at))
    return Presented("quiet", sentence, _facts(snapshot, words), words.t("short.quiet"))


def _off(snapshot: Snapshot, words: Catalogue) -> Presented:
    if any(found.code == "no-organisation" for found in snapshot.problems) or not snapshot.organisation:
        text = words.problem("no-organisation")
        return Presented(
            "off", words.t("state.off.nobody", title=text.title), f"{text.text} {text.remedy}", words.t("short.off")
        )
    if snapshot.decision:
        key = "first" if snapshot.consent == "never-asked" else "new"
        sentence = words.t(f"state.decision.{key}", organisation=snapshot.organisation)
        return Presented("decision", sentence, _facts(snapshot, words), words.t(f"short.decision.{key}"))
    if snapshot.sending:
        return _sending(snapshot, words)
    sentence = words.t(f"state.off.{snapshot.consent}")
    return Presented("off", sentence, _facts(snapshot, words), words.t("short.off"))


def _sending(snapshot: Snapshot, words: Catalogue) -> Presented:
    sentence = words.t("state.sending", n=snapshot.sending)
    return Presented("sending", sentence, _facts(snapshot, words), words.t("short.sending"))


def _elsewhere(snapshot: Snapshot, words: Catalogue) -> Presented:
    if snapshot.sending:
        return _sending(snapshot, words)
    reason = snapshot.reason
    known = words.t(f"reason.{reason}") if words.has(f"reason.{reason}") else ""
    if reason == "own-window":
        sentence = words.t("state.elsewhere.why", reason=known)
    elif snapshot.program and known:
        sentence = words.t("state.elsewhere.program.why", program=snapshot.program, reason=known)
    elif snapshot.program:
        sentence = words.t("state.elsewhere.program", program=snapshot.program)
    elif known:
        sentence = words.t("state.elsewhere.why", reason=known)
    else:
        sentence = words.t("state.elsewhere")
    if snapshot.decision:
        more = words.t("state.decision.beside", organisation=snapshot.organisation)
        return Presented("decision", f"{sentence} {more}", _facts(snapshot, words), words.t("short.decision.new"))
    return Presented("elsewhere", sentence, _facts(snapshot, words), words.t("short.elsewhere"))


def _collecting(snapshot: Snapshot, words: Catalogue) -> Presented:
    names = [words.t(f"category.{name}") for name in ORDER if name in snapshot.categories]
    what = listed(names, words) or words.t("category.unknown")
    what_short = ", ".join(names) or words.t("category.unknown")
    if snapshot.program:
        sentence = words.t("state.collecting.program", what=what, program=snapshot.program)
    else:
        sentence = words.t("state.collecting", what=what)
    short = what_short[:1].upper() + what_short[1:]
    facts = _facts(snapshot, words)
    sentence = sentence[:1].upper() + sentence[1:]
    if snapshot.decision:
        more = words.t("state.decision.beside", organisation=snapshot.organisation)
        return Presented("collecting-decision", f"{sentence} {more}", facts, short)
    if snapshot.sending:
        more = words.t("state.sending", n=snapshot.sending)
        return Presented("collecting-sending", f"{sentence} {more}", facts, short)
    if snapshot.due_soon:
        short = words.t("short.waiting", what=short, n=snapshot.due_soon)
        return Presented("waiting", sentence, facts, short, snapshot.due_soon)
    return Presented("collecting", sentence, facts, short)


def _waiting(snapshot: Snapshot, words: Catalogue) -> str:
    return words.t("facts.waiting", n=snapshot.waiting) if snapshot.waiting else words.t("facts.nothing_waits")


def _facts(snapshot: Snapshot, words: Catalogue) -> str:
    sent = words.t("facts.sent_today", n=snapshot.sent_today) if snapshot.sent_today else words.t("facts.none_sent")
    return f"{_waiting(snapshot, words)} {sent}"
