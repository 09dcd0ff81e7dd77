"""From RawText to Redacted: fold, detect over the text and its context, merge, replace."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Final, TypeVar

from agent.records import Program, RawAction, RawFocus, RawOwner, RawText, RawTitle, Redacted, Removed
from agent.redaction import detectors as by_kind
from agent.redaction.detectors import Detector, known_of, probes_of
from agent.redaction.detectors.names import Dial
from agent.redaction.explain import Explained, explained
from agent.redaction.kinds import (
    ADDRESS,
    BIRTH,
    BY_EMPLOYEE,
    CARD,
    EMAIL,
    IBAN,
    ID,
    IP,
    MAC,
    NAME,
    PASSPORT,
    PASSWORD,
    PHONE,
    PLACE,
    SECRET,
    WALLET,
    placeholder,
)  # fmt: skip
from agent.redaction.session import Session
from agent.redaction.spans import Condensed, merge, outside, replace
from agent.redaction.view import Span, View

#: Grows whenever a rule changes what is taken out. The own words are not part of it: it is sent with every record.
RULES: Final = "11"

#: Taking something out can bring a label beside a new value. Ordinary texts settle in two rounds; where one find leads
#: to the next on and on (one piece a thousand times), what is found from this round on goes with ever more around it.
#: So every text settles, and no text costs more than a few rounds.
_PATIENCE: Final = 4
_FIRST_REACH: Final = 64
_REACH_GROWS: Final = 8

_LAST_WORD: Final = re.compile(r"\S+\s*\Z")
_LAST_WORD_WINDOW: Final = 512

_PLANTED: Final = (
    (EMAIL, "write to ", "jan.novak+x@example.museum", ", please"),
    (EMAIL, "it is ", "jan at example dot org", "."),
    (CARD, "paid with ", "4111 1111 1111 1111", " today"),
    (CARD, "card no. ", "5105105105105109", ""),
    (PASSWORD, "my password is ", "hunter2", ", keep it"),
    (PASSWORD, "Kennwort: ", "Sommer-24!x", ""),
    (IBAN, "to ", "DE89 3704 0044 0532 0130 00", ", please"),
    (IP, "it is at ", "93.184.216.34", " now"),
    (MAC, "hardware ", "00:1b:63:84:45:e6", ""),
    (SECRET, "export TOKEN=", "aZ3k9QwX7bT2mN8vL5cR1pY4", ""),
    (WALLET, "send to ", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", " now"),
    (BIRTH, "born on ", "14 March 1979", "."),
    (BIRTH, "", "1959年3月19日", "生まれ"),
    (PLACE, "at ", "52.52437, 13.41053", ""),
    (ID, "", "219-09-9999", " it was"),
    (PHONE, "ring ", "+49 30 901820", " at ten"),
    (PASSPORT, "passport no. ", "X4829105", " it was"),
    (ADDRESS, "we live at ", "12 Baker Street", ""),
    (NAME, "ask ", "Maria Lopez", " about it"),
)
_HARMLESS: Final = "The meeting is at 14:30 in room 4.12; the password policy stays as it was."


_T = TypeVar("_T")


class RedactionFailed(Exception):
    """A text could not be redacted, so it must be dropped. Carries nothing: no message, no cause, no frames."""


def _dropping(work: Callable[[], _T]) -> _T:
    try:
        return work()
    except Exception:  # noqa: BLE001  # whatever it was, the text is dropped: it is raised again under one name
        raise RedactionFailed from None


def _closed(work: Callable[[], _T]) -> _T:
    """The result of ``work``, or a RedactionFailed that does not even remember the fault behind it.

    ``from None`` hides the first exception but keeps it, with frames that hold the text; raising anew drops it.
    """
    with suppress(RedactionFailed):
        return _dropping(work)
    raise RedactionFailed


class Redactor:
    """The rules of today with the employee's own words. Keeps no text between calls, words only until ``forget``."""

    def __init__(
        self,
        own_words: Sequence[str],
        session: Session | None = None,
        owner: RawOwner | None = None,
        home: str = "",
        dial: Dial = "balanced",
    ) -> None:
        """own_words: as the employee wrote them. ValueError if one has no letter or digit.

        session: what ``redact``, ``title`` and ``action`` take out is remembered there and taken out from then on;
        without one every text stands for itself. owner, home: whoever sits there, and their
        address. dial: how readily a word is taken for a name.
        """
        self._own_words = tuple(own_words)
        self._session = session
        #: What of whoever sits there is looked for.
        self.own = known_of(owner, home) if owner is not None else ()
        self._probes = probes_of(owner) if owner is not None else ()
        self.dial = dial
        self._names = by_kind.Names(dial)
        #: What goes by rules; names go by a model that is dearer, and are looked for where the rules have settled.
        self._rules: tuple[Detector, ...] = (
            by_kind.Emails(),
            by_kind.Cards(),
            by_kind.Passwords(),
            by_kind.Secrets(),
            by_kind.Ibans(),
            by_kind.Network(),
            by_kind.Positions(),
            by_kind.Wallets(),
            by_kind.Documents(),
            by_kind.Births(),
            by_kind.Identity(),
            by_kind.Phones(),
            by_kind.Addresses(),
            *(() if owner is None else (by_kind.OwnIdentity(owner, home),)),
            by_kind.OwnWords(own_words),
        )

    @property
    def version(self) -> str:
        """Version of the rules; part of every record."""
        return RULES

    def redact(self, raw: RawText) -> Redacted:
        """The record that may be written. Raises RedactionFailed; the text must then be dropped."""
        return _closed(lambda: self._redact(raw))

    def app(self, program: Program, time: int, purposes: Sequence[str]) -> Redacted:
        """The record that a program came to the front; time (Unix seconds) rounded down to the minute."""
        return Redacted(
            "app", program.id, program.name, time - time % 60, tuple(sorted(purposes)), self.version, None, ()
        )

    def title(
        self, shown: RawFocus | RawTitle, program: Program, time: int, purposes: Sequence[str]
    ) -> Redacted | None:
        """The record of a window's title; None for a window without one. time: Unix seconds. Raises RedactionFailed."""
        return _closed(lambda: self._title(shown, program, time, purposes))

    def action(self, raw: RawAction) -> Redacted:
        """The record of what a hand did. Raises RedactionFailed; it must then be dropped."""
        return _closed(lambda: self._action(raw))

    def again(self, record: Redacted) -> Redacted:
        """Today's rules on a stored record. Placeholders stay as they are; the very same record if nothing is found.

        Raises RedactionFailed; the record must then not go on.
        """
        return _closed(lambda: self._again(record))

    def remove(self, record: Redacted, start: int, end: int) -> Redacted:
        """The employee takes ``start:end`` (code points of the redacted text) out.

        Placeholders that the range touches inside go with it. ValueError: no text, or not a range of it.
        """
        if record.text is None or not 0 <= start < end <= len(record.text):
            raise ValueError("the range is not part of the record's text")
        rest: list[Removed] = []
        for part in record.removed:
            if part.start < end and start < part.end:
                start, end = min(start, part.start), max(end, part.end)
            else:
                rest.append(part)
        mark = placeholder(BY_EMPLOYEE)
        shift = len(mark) - (end - start)
        shifted = [
            part if part.end <= start else dataclasses.replace(part, start=part.start + shift, end=part.end + shift)
            for part in rest
        ]
        hole = Removed(start, start + len(mark), BY_EMPLOYEE, "employee")
        text = record.text[:start] + mark + record.text[end:]
        text, removed = replace(text, sorted([*shifted, hole]), ())
        return dataclasses.replace(record, text=text, removed=removed)

    def find(self, text: str, before: str = "") -> list[Span]:
        """Everything that ``redact`` would take out of ``text``, in its code points, in order, disjoint."""
        return _closed(lambda: self._settled(text, (), before))

    def explain(self, text: str) -> list[Explained]:
        """As ``find``, with the rule that found each part and why."""
        rules = (*self._memory(), *self._rules, self._names)
        return _closed(lambda: explained(text, self._settled(text, (), ""), rules))

    def open_tail(self, text: str) -> int:
        """How many code points at the end of ``text`` must wait because a match could still begin or grow there."""
        return _closed(lambda: self._open_tail(text))

    def forget(self) -> None:
        """Let go of the words that are remembered for speed: what was typed stays no longer in memory than promised."""
        self._names.forget()

    def end_session(self) -> None:
        """Let go of everything that is remembered."""
        self.forget()
        if self._session is not None:
            self._session.forget()

    @property
    def session(self) -> Session | None:
        """What is remembered of this session; None where every text stands for itself."""
        return self._session

    def stale(self, record: Redacted) -> bool:
        """Could ``again`` change this record: were the rules others then, or was something of it taken out since?

        Raises RedactionFailed.
        """
        if record.text is None:
            return False
        if record.redactor != self.version:
            return True
        view = View(Condensed(record.text, record.removed).text)
        return _closed(lambda: bool(self._remembered(view)))

    def healthy(self) -> bool:
        """Do the rules still find planted examples and every own word, and leave a harmless sentence alone?"""
        remembered, self._session = self._session, None  # what is remembered may touch the planted values
        try:
            return self._passes()
        except RedactionFailed:
            return False
        finally:
            self._session = remembered

    def _passes(self) -> bool:
        for kind, before, value, after in _PLANTED:
            if Span(len(before), len(before) + len(value), kind) not in self.find(before + value + after):
                return False
        if any(not self.find(f"- {word} -") for word in self._own_words):
            return False
        if any(kind not in {span.kind for span in self.find(text)} for text, kind in self._probes):
            return False
        return not Redactor(()).find(_HARMLESS)

    def _redact(self, raw: RawText) -> Redacted:
        text, before = raw.expose()
        redacted, removed = replace(text, raw.marks, self._learned(text, raw.marks, before))
        program, purposes = raw.program, tuple(sorted(raw.purposes))
        return Redacted("text", program.id, program.name, raw.time, purposes, self.version, redacted, removed)

    def _title(
        self, shown: RawFocus | RawTitle, program: Program, time: int, purposes: Sequence[str]
    ) -> Redacted | None:
        title = " ".join((shown.expose() or "").split())
        if not title:
            return None
        text, removed = replace(title, (), self._learned(title, (), ""))
        return Redacted("title", program.id, program.name, time, tuple(sorted(purposes)), self.version, text, removed)

    def _action(self, raw: RawAction) -> Redacted:
        name = raw.expose()
        text, removed = (None, ()) if not name else replace(name, (), self._learned(name, (), ""))
        purposes, program = tuple(sorted(raw.purposes)), raw.program
        return Redacted(raw.kind, program.id, program.name, raw.time, purposes, self.version, text, removed, raw.action)

    def _again(self, record: Redacted) -> Redacted:
        if record.text is None:
            return record
        spans = self._settled(record.text, record.removed, "")
        if not spans:
            return record
        text, removed = replace(record.text, record.removed, spans)
        return dataclasses.replace(record, text=text, removed=removed, redactor=self.version)

    def _open_tail(self, text: str) -> int:
        view = View(text)
        boundary = min(detector.open_from(view) for detector in (*self._rules, self._names, *self._memory()))
        floor = max(0, len(text) - _LAST_WORD_WINDOW)
        last = _LAST_WORD.search(text[floor:])
        if last is not None:
            boundary = min(boundary, floor + last.start())
        for span in merge([*self._by_rules(view), *self._names.find(view), *self._remembered(view)]):
            if span.start < boundary < span.end:
                boundary = span.start
        return len(text) - boundary

    def _by_rules(self, view: View) -> list[Span]:
        return [span for detector in self._rules for span in detector.find(view)]

    def _memory(self) -> tuple[Session, ...]:
        return () if self._session is None else (self._session,)

    def _remembered(self, view: View) -> list[Span]:
        return [span for session in self._memory() for span in session.find(view)]

    def _learned(self, text: str, holes: Sequence[Removed], before: str) -> list[Span]:
        """As ``_settled``. What is found is remembered, and looked for in this very text, too."""
        spans = self._settled(text, holes, before)
        round_ = 0
        while self._session is not None and self._session.learn(
            text, spans, goes_on=bool(before) and not before[-1].isspace()
        ):
            gone = sorted([*holes, *(Removed(span.start, span.end, span.kind) for span in spans)])
            more = self._settled(text, gone, "", round_) if self._remembered(View(Condensed(text, gone).text)) else []
            if not more:
                break
            spans = sorted([*spans, *more])
            round_ += 1
        return spans

    def _settled(self, text: str, holes: Sequence[Removed], before: str, first: int = 0) -> list[Span]:
        """Spans to take out of ``text`` beside its holes, until another look at the result finds nothing more.

        first: number of the first round; see ``_PATIENCE``.
        """
        spans: list[Span] = []
        if before:
            # What was committed earlier may continue here, or the caret may have jumped: look at it both ways.
            for joint in (before, before + "\n"):
                size, view = len(joint), View(joint + text)
                spans += [
                    Span(max(span.start - size, 0), span.end - size, span.kind)
                    for span in (*self._by_rules(view), *self._names.find(view), *self._remembered(view))
                    if span.end > size
                ]
        spans = merge(part for span in spans for part in outside(span, holes, text))
        gone = sorted([*holes, *(Removed(span.start, span.end, span.kind) for span in spans)])
        named, round_ = False, first
        condensed = Condensed(text, gone)
        view = View(condensed.text)
        while True:
            reach = 0 if round_ < _PATIENCE else _FIRST_REACH * _REACH_GROWS ** (round_ - _PATIENCE)
            found = _back(self._by_rules(view), condensed, gone, text, reach)
            if found:
                named = False
                spans += found
                gone += [Removed(span.start, span.end, span.kind) for span in found]
                gone.sort()
                condensed = Condensed(text, gone)
                view = View(condensed.text)
            if not named:
                known = self._remembered(view)
                called = list(self._names.find(view))
                names = _back([*called, *known], condensed, gone, text, reach)
                # Beside its own finds it finds no more, where it has come to an end with looking again by itself.
                named = not known and len(called) <= by_kind.Names.ROUNDS
                if names:
                    spans += names
                    gone += [Removed(span.start, span.end, span.kind) for span in names]
                    gone.sort()
                    found += names
                    condensed = Condensed(text, gone)
                    view = View(condensed.text)
            if not found:
                return sorted(spans)
            round_ += 1


def _back(found: Iterable[Span], condensed: Condensed, gone: Sequence[Removed], text: str, reach: int) -> list[Span]:
    """What was found in the condensed text, as spans of the whole one, merged; with ``reach`` code points around."""
    whole = [Span(condensed.back(span.start), condensed.back(span.end), span.kind) for span in found]
    if not whole:
        return []
    left = merge(part for span in whole for part in outside(span, gone, text))
    if not reach:
        return left
    wide = merge(Span(max(0, part.start - reach), min(len(text), part.end + reach), part.kind) for part in left)
    return merge(part for span in wide for part in outside(span, gone, text))
