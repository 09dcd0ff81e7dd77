"""Random days at a desk through the whole pipeline: every character in any record was allowed when it was typed.

The model knows what the pipeline cannot: which field really had the focus at each key. What it hears of it comes late,
by up to 0.4 s, is handled later still, and the sign on the screen is not always seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.pipeline import Effect, Keep, Pipeline
from agent.records import RawCaret, RawCommit, RawEvent, RawField, RawFocus, RawKey, Reason, Secure
from agent.redaction import Redactor
from tests.fakes.pipelinehouse import FREE, WALL, WINDOWS, effective
from tests.fakes.typing import press

#: The redactor is the real one, and the same for all: making one costs more than a day at the desk.
REDACTOR = Redactor(())
FIELDS = {"plain": Secure.NO, "other": Secure.NO, "password": Secure.YES, "strange": Secure.UNKNOWN}
#: Programs a person may have allowed at a time.
ALLOWED = (("mousepad", "gedit"), ("mousepad",), ("gedit",), ())

Deed = tuple[str, object]

_CHORDS = {
    "compose": ("n", frozenset[str](), True),
    "paste": ("v", frozenset({"Control"}), False),
    "undo": ("z", frozenset({"Control"}), False),
}

windows = st.sampled_from((1, 1, 1, 2, 3, 4, 5, None))
typing = st.one_of(
    *[st.just(("key", True))] * 4,
    st.sampled_from((("commit", True), ("compose", None), ("paste", None), ("undo", None))),
    st.tuples(st.just("caret"), st.integers(0, 6)),
)
settling = st.tuples(st.just("wait"), st.sampled_from((0.1, 0.25, 0.4, 0.6, 0.6)))
moving = st.one_of(
    st.tuples(st.just("focus"), windows), st.tuples(st.just("field"), st.sampled_from(("plain", *FIELDS)))
)
mostly = st.sampled_from((True, True, True, False))
changing = st.one_of(
    st.tuples(st.just("key"), mostly),
    st.sampled_from((("wait", 0.01), ("wait", 1.5), ("wait", 3.0), ("click", None))),
    st.tuples(st.just("sign"), mostly),
    st.tuples(st.just("allow"), st.sampled_from((*ALLOWED[:1] * 3, *ALLOWED))),
    st.tuples(st.just("pause"), mostly.map(lambda on: not on)),
    st.tuples(st.just("end"), st.sampled_from(("wipe", "blind", "close"))),
)
#: Chosen in two steps: a choice of choices would be flattened, and the rare be as frequent as the rest.
deeds = st.sampled_from((typing,) * 4 + (settling,) * 2 + (moving, changing)).flatmap(lambda chosen: chosen)
delays = st.sampled_from((0.0, 0.05, 0.2, 0.4))

#: Keys are signs from here on (Braille, arrows): letters may spell a name, which is taken out.
SIGNS = 0x2800


@dataclass(frozen=True)
class Key:
    """What is true of a key. place: number of the deed."""

    at: float
    place: int
    window: int | None
    field: str
    told: bool


@dataclass(frozen=True)
class Act:
    """Something that reaches the pipeline at ``at``: an event, or a change of what is allowed."""

    at: float
    kind: Literal["event", "sign", "allow", "pause", "end"]
    event: RawEvent | None = None
    value: object = None
    place: int = 0


class Day:
    """What happens at the desk, in the order in which it is told. Every key types a character of its own."""

    def __init__(self, script: Iterable[tuple[Deed, float]]) -> None:
        self.keys: dict[str, Key] = {}
        self.acts: list[Act] = []
        self._now = 100.0
        self._window: int | None = None
        self._fields = dict.fromkeys(WINDOWS, "plain")
        self._moves = 0
        #: Answers on their way: (when, number of the move they are about, what).
        self._answers: list[tuple[float, int, RawField]] = []
        for place, (deed, delay) in enumerate(script):
            self._do(place, deed, delay)
            self._now = round(self._now + 0.003, 6)
        self._pass_to(self._now + 1)

    def _do(self, place: int, deed: Deed, delay: float) -> None:
        name, value = deed
        if name == "wait":
            assert isinstance(value, float)
            self._pass_to(self._now + value)
            return
        self._pass_to(self._now)
        if name == "key":
            self._key(place, told=value is True)
        elif name == "focus":
            assert value is None or isinstance(value, int)
            self._window = value
            self._focus(place, delay)
        elif name == "field" and self._window is not None:
            self._fields[self._window] = str(value)
            self._moved(delay, sure=True)
        elif name == "commit":
            self._commit(place)
        elif name in _CHORDS:
            key, held, uncertain = _CHORDS[name]
            self._tell(RawKey(self._window, key, key, held, False, self._now, uncertain=uncertain), place)
        elif name == "caret" and self._window is not None:
            assert isinstance(value, int)
            self._tell(RawCaret(self._window, self._fields[self._window], value, 6, (value, value), self._now), -1)
        elif name == "click":
            self._tell(press(self._window, 1, self._now), place)
        elif name in ("sign", "allow", "pause", "end"):
            self.acts.append(Act(self._now, name, None, value, place))  # type: ignore[arg-type]  # one of the four
            if value in ("blind", "close"):  # the hooks begin anew, and tell first where the focus is
                self._focus(place, delay)

    def _focus(self, place: int, delay: float) -> None:
        program = WINDOWS[self._window] if self._window is not None else None
        self._tell(RawFocus(self._window, program, None, self._now), place)
        self._moved(delay, sure=False)

    def _key(self, place: int, *, told: bool) -> None:
        character = chr(SIGNS + len(self.keys))
        window = self._window if told else None
        field = self._fields[self._window] if self._window is not None else "strange"
        self.keys[character] = Key(self._now, place, window, field, told)
        self._tell(RawKey(window, character, character, frozenset(), False, self._now), place)

    def _commit(self, place: int) -> None:
        """An input method's text names the field it went to."""
        character = chr(SIGNS + len(self.keys))
        field = self._fields[self._window] if self._window is not None else "strange"
        self.keys[character] = Key(self._now, place, self._window, field, told=True)
        self._tell(RawCommit(self._window, field, character, self._now), place)

    def _moved(self, delay: float, *, sure: bool) -> None:
        """That it moved is heard first, then where it is; an answer about an older move is never told."""
        if self._window is None:
            return
        self._moves += 1
        window, field = self._window, self._fields[self._window]
        heard = self._now + delay
        if sure:
            self._answers.append((heard, 0, RawField(window, None, Secure.UNKNOWN, heard)))
        known = None if FIELDS[field] is Secure.UNKNOWN else field
        answered = self._now + min(0.4, delay + 0.05)
        self._answers.append((answered, self._moves, RawField(window, known, FIELDS[field], answered)))

    def _pass_to(self, time: float) -> None:
        due = sorted((answer for answer in self._answers if answer[0] <= time), key=lambda answer: answer[0])
        self._answers = [answer for answer in self._answers if answer[0] > time]
        for _, move, event in due:
            if event.window == self._window and move in (0, self._moves):
                self._tell(event, -1)
        self._now = round(max(self._now, time), 6)

    def _tell(self, event: RawEvent, place: int) -> None:
        self.acts.append(Act(event.at, "event", event, place=place))


def in_order(acts: list[Act]) -> list[Act]:
    """As the inbox holds them: by time."""
    return sorted(acts, key=lambda act: act.at)


class Desk:
    """Runs a day through the pipeline and notes what was allowed at each key."""

    def __init__(self, day: Day, lags: list[float], *, signs: bool = True) -> None:
        self.day = day
        self.pipeline = Pipeline(REDACTOR)
        self.guards, self.programs = FREE, ALLOWED[0]
        self.sign = True
        self.signs = signs
        self.sightings: list[float] = []
        self.allowed_at: dict[int, tuple[tuple[str, ...], bool]] = {}
        #: (place of the last deed handled before, text) of every record.
        self.out: list[tuple[int, str]] = []
        #: The texts as they are, with placeholders.
        self.told: list[str] = []
        self.ends: list[int] = []
        self._place = 0
        self._lags = lags
        self._allow()

    def run(self, *, ticks: bool) -> None:
        now = 100.0
        acts = in_order(self.day.acts)
        for number, act in enumerate(acts):
            following = acts[number + 1].at if number + 1 < len(acts) else act.at
            lag = self._lags[number % len(self._lags)]
            now = max(now, act.at + lag)
            self._see(now if lag else act.at)
            self._act(act, now)
            if ticks and not lag:
                # The loop takes note of the time as long as nothing waits for it.
                for part in (0.1, 0.5, 0.9):
                    self._tick(max(now, act.at + (following - act.at) * part), before=following)
        for seconds in (0.6, 3.0):
            self._see(now + seconds)
            self._put(self.pipeline.tick(now + seconds, WALL))
        self._put(self.pipeline.close(Reason.PAUSED, now + 3, WALL))

    def _tick(self, now: float, before: float) -> None:
        if now < before:
            self._see(now)
            self._put(self.pipeline.tick(now, WALL))

    def _see(self, now: float) -> None:
        if self.sign:
            self.sightings.append(now)
            self.pipeline.sighted(now)

    def _act(self, act: Act, now: float) -> None:
        if act.place >= 0:
            self._place = act.place
        if act.kind == "event":
            assert act.event is not None
            self.allowed_at[act.place] = (self.programs, self.guards.paused)
            self._put(self.pipeline.step(act.event, now, WALL))
        elif act.kind == "sign":
            self.sign = bool(act.value) or not self.signs
        elif act.kind == "end":
            self._end(str(act.value), act.at)  # until then everything is known
        else:
            if act.kind == "pause":
                self.guards = replace(FREE, paused=bool(act.value))
            else:
                self.programs = act.value  # type: ignore[assignment]  # one of ALLOWED
            self._allow()

    def _allow(self) -> None:
        self.pipeline.allow(effective(*(self.programs or ("nothing",))), self.guards)

    def _end(self, how: str, now: float) -> None:
        if how == "wipe":
            self.pipeline.wipe()
        elif how == "blind":
            self._put(self.pipeline.blind(Reason.OVERLOADED))
        else:
            self._put(self.pipeline.close(Reason.PAUSED, now, WALL))
        self.ends.append(self._place)

    def _put(self, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Keep) and effect.record.text:
                self.out.append((self._place, "".join(c for c in effect.record.text if c >= chr(SIGNS))))
                self.told.append(effect.record.text)

    # ------------------------------------------------------------ the model

    def may_be_kept(self, character: str) -> bool:
        key = self.day.keys[character]
        programs, paused = self.allowed_at[key.place]
        program = WINDOWS.get(key.window) if key.window is not None else None
        return (
            key.told
            and program is not None
            and program.id in programs
            and not paused
            and FIELDS[key.field] is Secure.NO
            and any(seen >= key.at for seen in self.sightings)
        )

    def texts(self) -> list[str]:
        return [text for _, text in self.out]


#: Every day begins in front of the editor, its field known.
START: list[tuple[Deed, float]] = [(("focus", 1), 0.0), (("wait", 0.6), 0.0)]
scripts = st.lists(st.tuples(deeds, delays), min_size=15, max_size=60).map(lambda script: [*START, *script])
slow = st.lists(st.sampled_from((0.0, 0.0, 0.3, 1.0, 5.0)), min_size=1, max_size=8)


@settings(max_examples=400)
@given(scripts, slow)
def test_no_key_that_was_not_allowed_is_ever_in_a_record(script: list[tuple[Deed, float]], lags: list[float]) -> None:
    desk = Desk(Day(script), lags)
    desk.run(ticks=True)
    wrong = [(character, desk.day.keys[character]) for text in desk.texts() for character in text]
    assert [key for character, key in wrong if not desk.may_be_kept(character)] == []
    everything = "".join(desk.texts())
    assert len(set(everything)) == len(everything), "a key is in two records"


@settings(max_examples=400)
@given(scripts, slow)
def test_nothing_of_before_an_end_comes_after_it(script: list[tuple[Deed, float]], lags: list[float]) -> None:
    desk = Desk(Day(script), lags)
    desk.run(ticks=True)
    for end in desk.ends:
        late = [text for place, text in desk.out if place > end for c in text if desk.day.keys[c].place < end]
        assert late == []


long = st.sampled_from((("click", None), ("wait", 31.0), ("wait", 601.0)))
calm = st.sampled_from((typing,) * 4 + (settling,) * 2 + (moving, long)).flatmap(lambda kind: kind)
calm_scripts = st.lists(st.tuples(calm, delays), min_size=15, max_size=40).map(lambda script: [*START, *script])


@settings(max_examples=400)
@given(calm_scripts, slow)
def test_any_chunking_of_the_same_events_gives_the_same_records(
    script: list[tuple[Deed, float]], lags: list[float]
) -> None:
    told = []
    for late, ticks in (([0.0], True), ([0.0], False), (lags, False), (lags, True)):
        desk = Desk(Day(script), late, signs=False)
        desk.pipeline.sighted(float("inf"))
        desk.run(ticks=ticks)
        told.append(desk.told)
    assert told[1:] == told[:1] * 3


@given(st.integers(1, 30), st.sampled_from((0.0, 0.2, 0.4)))
def test_what_is_allowed_and_stays_is_kept_whole(count: int, delay: float) -> None:
    """The other side: the model is not kept by dropping everything."""
    keys: list[tuple[Deed, float]] = [(("key", True), 0.0)] * count
    desk = Desk(Day([(("focus", 1), delay), *keys, (("wait", 0.6), 0.0), (("focus", 3), 0.0)]), [0.0])
    desk.run(ticks=True)
    assert "".join(desk.texts()) == "".join(desk.day.keys)
