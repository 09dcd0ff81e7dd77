"""What each command of the window does. Everything is durable before it is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from agent import protocol, review, rights
from agent.engine import agreeing, answers, ending, receipts, wishes
from agent.engine.exporting import gather
from agent.engine.looking_again import look_again, look_at_waiting
from agent.engine.recalling import recall
from agent.engine.sending import leave, let_go, take_back
from agent.engine.stores import LONGEST_ADDRESS, LONGEST_WORD, MOST_WORDS, fits, longer, usable
from agent.policy.hours import Hours
from agent.problems import Invalid, Refused
from agent.protocol import Command, Done, Report
from agent.records import Redacted, Stored

if TYPE_CHECKING:  # the engine owns its commands; only the type goes the other way
    from agent.engine.engine import Engine

_Command = TypeVar("_Command", bound=Command)

#: Seconds of the pauses with an end. "tomorrow" is the next local midnight, "resume" has no end.
LENGTHS: Final = {"15m": 900, "1h": 3600}


#: Rows of quiet hours an employee may have.
MOST_HOURS: Final = 14


class Commands:
    """Answers every command with exactly one report."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._table: dict[type[Command], Callable[[Command], Report]] = {}
        self._add(protocol.Hello, self._hello)
        self._add(protocol.ShowIndicator, self._show_indicator)
        self._add(protocol.ChooseSending, self._choose_sending)
        self._add(protocol.Pause, self._pause)
        self._add(protocol.Resume, self._resume)
        self._add(protocol.Exclude, self._exclude)
        self._add(protocol.Collect, self._collect)
        self._add(protocol.SetOwnWords, self._set_own_words)
        self._add(protocol.SetRedaction, self._set_redaction)
        self._add(protocol.SetQuietHours, self._set_quiet_hours)
        self._add(protocol.Forget, self._forget)
        self._add(protocol.RemoveMore, self._remove_more)
        self._add(protocol.Delete, self._delete)
        self._add(protocol.DeleteWaiting, self._delete_waiting)
        self._add(protocol.EraseAll, self._erase_all)
        self._add(protocol.Send, self._send)
        self._add(protocol.TakeBack, self._take_back)
        self._add(protocol.SendNow, self._send_now)
        self._add(protocol.SendAnyway, self._send_anyway)
        self._add(protocol.Export, self._export)
        self._add(protocol.SaveSheet, self._save_sheet)
        self._add(protocol.SaveReceipt, self._save_receipt)
        self._add(protocol.Quit, self._quit)
        for page, answer in (*answers.PAGES.items(), *agreeing.ANSWERS.items(), *wishes.ANSWERS.items()):
            self._table[page] = self._page(answer)

    def _add(self, kind: type[_Command], method: Callable[[_Command], Report]) -> None:
        self._table[kind] = method  # type: ignore[assignment]  # the table is keyed by the very type the method takes

    def _page(self, answer: answers.Page) -> Callable[[Command], Report]:
        return lambda command: answer(self._engine, command)

    def answer(self, command: Command) -> Report:
        """Do it. Raises ``AgentError``, which the engine turns into the answer."""
        return self._table[type(command)](command)

    # ------------------------------------------------------------ window

    def _hello(self, command: protocol.Hello) -> Report:
        if command.version != protocol.VERSION:
            raise Invalid("protocol-invalid", detail="window and engine are of different versions")
        self._engine.terms.language = command.language
        return Done(re=command.id)

    def _show_indicator(self, command: protocol.ShowIndicator) -> Report:
        self._engine.capture.show(command.windows)
        return Done(re=command.id)

    def _export(self, command: protocol.Export) -> Report:
        files = rights.export(self._material(), Path(command.folder), command.language)
        return protocol.Saved(re=command.id, place=command.folder, files=files)

    def _save_sheet(self, command: protocol.SaveSheet) -> Report:
        rights.save_sheet(self._material(), Path(command.file), command.language)
        return protocol.Saved(re=command.id, place=command.file, files=1)

    def _save_receipt(self, command: protocol.SaveReceipt) -> Report:
        document = receipts.text(receipts.one(self._engine.stores, command.number))
        files = rights.save_receipt(document, Path(command.file), command.language)
        return protocol.Saved(re=command.id, place=command.file, files=files)

    def _material(self) -> rights.Material:
        engine = self._engine
        return gather(engine.stores, engine.delivery, engine.terms, engine.wall())

    def _quit(self, command: protocol.Quit) -> Report:
        self._engine.ended = True
        return Done(re=command.id)

    # ------------------------------------------------------------ settings

    def _choose_sending(self, command: protocol.ChooseSending) -> Report:
        engine = self._engine
        effective = engine.effective
        if command.mode == "hold" and effective is not None and effective.require_asking:
            raise Refused("sending-not-allowed")
        self._open()
        engine.stores.choices.sending = command.mode
        engine.stores.save_choices()
        return Done(re=command.id)

    def _pause(self, command: protocol.Pause) -> Report:
        engine, choices = self._engine, self._engine.stores.choices
        until = self._until(command.until)
        choices.paused_until = longer(choices.paused_until, until) if command.at_least else until
        engine.refresh()
        if engine.stores.opened is not None:
            engine.stores.save_choices()
        engine.trying(lambda: look_at_waiting(engine))  # what is known once more, before it is forgotten
        engine.redactor.end_session()
        return Done(re=command.id, facts={"until": str(choices.paused_until)})

    def _until(self, length: protocol.PauseLength) -> int:
        wall = self._engine.wall()
        if length == "resume":
            return 0
        if length == "tomorrow":
            today = datetime.fromtimestamp(wall).astimezone()
            midnight = (today + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
            return int(midnight.timestamp())
        return wall + LENGTHS[length]

    def _resume(self, command: protocol.Resume) -> Report:
        engine = self._engine
        if engine.stores.opened is None and engine.stores.exists():
            self._open()  # the person is there: now a prompt of the keystore has somebody to answer it
        engine.stores.choices.paused_until = None
        engine.capture.retry()
        engine.accept_clock()
        if engine.stores.opened is not None:
            engine.stores.save_choices()
        return Done(re=command.id)

    def _exclude(self, command: protocol.Exclude) -> Report:
        engine = self._engine
        program = command.program.lower()
        choices = engine.stores.choices
        choices.excluded |= {program}
        choices.collect_in -= {program}
        engine.refresh()
        engine.pipeline.forget_program(program)
        count = 0
        if engine.stores.opened is not None:
            engine.stores.save_choices()
            if command.delete_waiting:
                count = engine.stores.opened.records.delete_program(program)
                return self._recalled(command.id, count, lambda record: record.program_id == program)
        return Done(re=command.id, count=count)

    def _collect(self, command: protocol.Collect) -> Report:
        engine = self._engine
        row = next((row for row in answers.program_rows(engine) if row.id == command.program), None)
        if row is None or row.standing in ("protected", "not-allowed"):
            raise Invalid("program-unknown", programs=command.program)
        self._open()
        choices = engine.stores.choices
        choices.excluded -= {command.program}
        choices.collect_in |= {command.program}
        engine.stores.save_choices()
        return Done(re=command.id)

    def _set_own_words(self, command: protocol.SetOwnWords) -> Report:
        engine = self._engine
        words = tuple(dict.fromkeys(word.strip() for word in command.words if word.strip()))
        if len(words) > MOST_WORDS or not all(usable(word) for word in words):
            raise Invalid("own-word-invalid", most=str(MOST_WORDS), longest=str(LONGEST_WORD))
        if command.home is not None and not (fits(command.home) or not command.home.strip()):
            raise Invalid("home-address-invalid", longest=str(LONGEST_ADDRESS))
        self._open()
        engine.stores.choices.own_words = words
        if command.home is not None:
            engine.stores.choices.home_address = command.home.strip()
        engine.stores.save_choices()
        engine.use_rules()
        changed = self._redact_again()
        return Done(re=command.id, count=changed)

    def _set_redaction(self, command: protocol.SetRedaction) -> Report:
        """In force at once for what is typed, and for what waits."""
        self._open()
        self._engine.stores.choices.redaction = command.strictness
        self._engine.stores.save_choices()
        self._engine.refresh()
        self._engine.use_rules()
        return Done(re=command.id, count=self._redact_again())

    def _set_quiet_hours(self, command: protocol.SetQuietHours) -> Report:
        """In force at once, and before they are written; refused whole if one row is none."""
        try:
            rows = tuple(Hours(row.days, row.start, row.end) for row in command.rows)
        except ValueError:
            raise Invalid("protocol-invalid", detail="quiet hours that no week has") from None
        if len(rows) > MOST_HOURS:
            raise Invalid("protocol-invalid", detail="too many quiet hours")
        self._open()
        self._engine.stores.choices.quiet = rows
        self._engine.refresh()
        self._engine.stores.save_choices()
        return Done(re=command.id)

    def _redact_again(self) -> int:
        """Today's rules over what waits; what changes waits anew."""
        engine = self._engine
        records = engine.stores.open().records
        changed = 0
        with records.batch():
            for stored in records.rows(review.WAITING):
                fresh = engine.redactor.again(stored.record)
                if fresh != stored.record:
                    records.replace(stored.row, fresh, now=engine.wall())
                    changed += 1
        return changed

    # ------------------------------------------------------------ review

    def _forget(self, command: protocol.Forget) -> Report:
        engine, wall = self._engine, self._engine.wall()
        if command.minutes < 0:
            raise Invalid("protocol-invalid", detail="minutes must not be negative")
        since = wall - command.minutes * 60
        if command.minutes == 0:
            today = datetime.fromtimestamp(wall).astimezone()
            since = int(today.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None).timestamp())
        engine.pipeline.wipe()
        opened = engine.stores.opened
        count = opened.records.delete_since(since) if opened is not None else 0
        # As in the store: the times of app records are whole minutes.
        return self._recalled(
            command.id, count, lambda record: record.time + (59 if record.kind == "app" else 0) >= since
        )

    def _recalled(self, re: int, count: int, meant: Callable[[Redacted], bool]) -> Report:
        """What is sealed and waits is reached, too; of what may be on its way the answer says how many batches."""
        sealed, leaving = recall(self._engine, meant)
        return Done(re=re, count=count + sealed, facts={"on_its_way": str(leaving)} if leaving else {})

    def _remove_more(self, command: protocol.RemoveMore) -> Report:
        engine = self._engine
        stored = self._stored(command.row)
        if stored.record.digest() != command.digest:
            raise Refused("record-changed")
        text = stored.record.text or ""
        if not 0 <= command.start < command.end <= len(text):
            raise Invalid("protocol-invalid", detail="the selection is outside the text")
        smaller: Redacted = engine.redactor.remove(stored.record, command.start, command.end)
        engine.stores.open().records.replace(command.row, smaller)
        return answers.record(engine, protocol.GetRecord(id=command.id, row=command.row))

    def _delete(self, command: protocol.Delete) -> Report:
        opened = self._engine.stores.opened
        return Done(re=command.id, count=opened.records.delete(list(command.rows)) if opened is not None else 0)

    def _delete_waiting(self, command: protocol.DeleteWaiting) -> Report:
        """What is still in memory goes, too: it may be of that program or time."""
        engine, opened = self._engine, self._engine.stores.opened
        engine.pipeline.wipe()
        since, until = command.since, command.until
        rows = [
            entry.row
            for entry in (opened.records.listing(review.WAITING) if opened is not None else ())
            if (not command.program or entry.program_id == command.program)
            and (since is None or entry.time >= since)
            and (until is None or entry.time < until)
        ]
        count = opened.records.delete(rows) if opened is not None and rows else 0
        return self._recalled(
            command.id,
            count,
            lambda record: (
                (not command.program or record.program_id == command.program)
                and (since is None or record.time >= since)
                and (until is None or record.time < until)
            ),
        )

    def _erase_all(self, command: protocol.EraseAll) -> Report:
        if self._engine.stores.opened is None and self._engine.stores.exists():
            self._open()
        count = ending.erase_all(self._engine)
        if not self._engine.stores.damage():
            self._engine.problems.clear("store-damaged")  # what could not be read is gone with the rest
        return Done(re=command.id, count=count)

    def _send(self, command: protocol.Send) -> Report:
        """All or nothing: if one of the records is not what was seen, none is approved."""
        look_again(self._engine, map(self._stored, dict(command.items)))
        approved = [
            review.approve(self._stored(row), digest, self._engine.redactor.again)
            for row, digest in dict(command.items).items()
        ]
        let_go(self._engine, approved)
        return Done(re=command.id, count=len(approved))

    def _take_back(self, command: protocol.TakeBack) -> Report:
        return Done(re=command.id, count=take_back(self._engine, command.rows))

    def _send_now(self, command: protocol.SendNow) -> Report:
        leave(self._engine)
        return Done(re=command.id)

    def _send_anyway(self, command: protocol.SendAnyway) -> Report:
        self._engine.uploads.send_anyway()
        return Done(re=command.id)

    def _stored(self, row: int) -> Stored:
        opened = self._engine.stores.opened
        stored = opened.records.get(row) if opened is not None else None
        if stored is None:
            raise Refused("record-gone")
        return stored

    def _open(self) -> None:
        self._engine.open_stores()
