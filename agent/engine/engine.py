"""The owner of all state: one thread, one inbox, commands and events in, records and reports out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from agent import consent, review
from agent.engine import agreeing, answers, ending
from agent.engine.asking import Asking
from agent.engine.capture import Capture
from agent.engine.commands import Commands
from agent.engine.deciding import Clocks, Deciding
from agent.engine.delivery import Delivery
from agent.engine.housekeeping import keep_house
from agent.engine.inbox import BadLine, EndOfInput, Inbox, Item
from agent.engine.journal import Journal
from agent.engine.problems import Problems
from agent.engine.rules import RULES_EVERY, rules, wanted
from agent.engine.snapshot import build, same
from agent.engine.stores import Stores
from agent.engine.terms import Terms
from agent.engine.uploading import Uploads
from agent.gate import Guards, why
from agent.native.base import Native
from agent.pipeline import Effect, Keep, Note, Pipeline
from agent.policy.effective import Effective
from agent.problems import AgentError, Refused, Unavailable
from agent.protocol import Command, Done, Live, Message, Part, Snapshot
from agent.records import Dropped, Program, RawEvent, Reason
from agent.redaction import RedactionFailed, Redactor, Session
from agent.upload import Heard

HEARTBEAT: Final = 1.0
SNAPSHOT_EVERY: Final = 0.25
CHECK_EVERY: Final = 1.0
TERMS_EVERY: Final = 5.0
HOUSEKEEPING_EVERY: Final = 30.0
IDLE: Final = 1.0
#: Seconds without a snapshot after which the window shows that capture has stopped.
SILENCE: Final = 2.0


class Engine:
    """Everything behind the window. ``run`` returns when the window is gone or has asked to end."""

    def __init__(
        self,
        native: Native,
        stores: Stores,
        terms: Terms,
        write: Callable[[Message], bool],
        owner: Callable[[], int],
        clocks: Clocks | None = None,
    ) -> None:
        self.native = native
        self.stores = stores
        self.terms = terms
        self.inbox = Inbox()
        self.problems = Problems()
        self.delivery = Delivery(stores)
        self.journal = Journal(stores)
        self.capture = Capture(native, self.inbox.put_event, owner)
        self.redactor = Redactor((), Session())
        self.pipeline = Pipeline(self.redactor)
        self.uploads = Uploads(self)
        self.asking = Asking(self)
        self._write = write
        self._clocks = clocks or Clocks()
        self._deciding = Deciding(native, stores, terms, self.problems, self.capture, self._clocks)
        self.accept_clock = self._deciding.accept_clock
        self._sequence = 0
        self._last: tuple[float, Snapshot | None] = (float("-inf"), None)
        self._due = dict.fromkeys(("check", "terms", "housekeeping", "sending", "rules"), float("-inf"))
        self._last_event = float("-inf")
        self._commands = Commands(self)

    # ------------------------------------------------------------ time

    def now(self) -> float:
        """Monotonic seconds."""
        return self._clocks.monotonic()

    def wall(self) -> int:
        """Unix seconds, whole."""
        return int(self._clocks.wall())

    def _known_until(self) -> float:
        """Monotonic seconds: what waits in the inbox may be the reason why a key before it must not be kept."""
        now = self.now()
        return now if self.inbox.empty() else min(now, self._last_event)

    # ------------------------------------------------------------ life

    def run(self) -> None:
        """Until the end of stdin or ``Quit``. Whatever ends it, hooks are out and the stores closed."""
        try:
            self.start()
            while not self.ended:
                self.turn(self.inbox.take(self._timeout()))
        finally:
            self.stop()

    def start(self) -> None:
        """Open what exists. A keystore that does not answer is a problem on display, not an end."""
        self.terms.reload(self.wall())
        if not self.stores.exists():
            self.trying(self.stores.come_home)
        if self.stores.exists():
            try:
                self.open_stores()
            except AgentError as error:
                self.problems.raise_(error)

    def open_stores(self) -> None:
        """Open (or create) the files and take up what is in them. Raises ``AgentError``; nothing is open then."""
        if self.stores.opened is not None:
            return
        try:
            self.stores.open()
        except Refused as error:
            if error.code != "profile-elsewhere":
                raise
            self.stores.set_aside()
            if not self.stores.come_home():
                self.problems.raise_(error)
                raise
            self.stores.open()
        try:
            self.use_rules()
            self.delivery.recover()
            ending.finish(self)
            self.terms.accepted(self.stores.opened)
        except BaseException:
            self.stores.close()
            raise
        self.problems.clear(
            "keystore-unavailable", "store-damaged", "store-failed", "profile-in-use", "profile-elsewhere"
        )
        if damage := self.stores.damage():
            self.problems.set("store-damaged", detail=damage)

    def stop(self) -> None:
        """Hooks out first, then the rest."""
        self.capture.unload()
        try:
            self._do(self.pipeline.close(Reason.PAUSED, self._known_until(), self.wall()))
        finally:
            self.uploads.stop()
            self.asking.stop()
            self.capture.close()
            self.stores.close()

    def turn(self, item: Item | None) -> None:
        """One item, then whatever time asks for."""
        if item is not None:
            self._handle(item)
        self.refresh()
        self._do(self.pipeline.tick(self._known_until(), self.wall()))
        self._report()

    def _timeout(self) -> float:
        now = self.now()
        times = [now + (0.2 if self._deciding.want else IDLE), self._last[0] + HEARTBEAT]
        deadline = self.pipeline.deadline(now)
        if deadline is not None:
            times.append(deadline)
        return max(0.0, min(times) - now)

    # ------------------------------------------------------------ items

    def _handle(self, item: Item) -> None:
        if isinstance(item, RawEvent):
            if self.capture.hooks:
                self._last_event = item.at
                self._do(self.pipeline.step(item, self.now(), self.wall()))
        elif isinstance(item, EndOfInput):
            self.ended = True
        elif isinstance(item, BadLine):
            self.problems.set("protocol-invalid", detail=item.detail)
        elif isinstance(item, Command):
            self.report(self._answer(item))
        elif isinstance(item, Heard):
            self.asking.came(item)
        else:
            self.uploads.came(item)

    def _answer(self, command: Command) -> Message:
        try:
            return self._commands.answer(command)
        except AgentError as error:
            self._note_failure(error)
            return Done(re=command.id, problem=error.code, facts=error.facts)
        except RedactionFailed:
            return Done(re=command.id, problem="redaction-failed")

    # ------------------------------------------------------------ what is allowed now

    def clock_ok(self) -> bool:
        """Does the wall clock go as the boot clock does?"""
        return self._deciding.clock_ok()

    @property
    def effective(self) -> Effective | None:
        """What consent, policy and the employee's settings leave; None without a policy in force."""
        return self._deciding.effective

    @property
    def guards(self) -> Guards:
        """The runtime guards as they stand."""
        return self._deciding.guards

    def quiet_until(self) -> int | None:
        """When the quiet hours of this moment end, Unix seconds; None without any, or if they never end."""
        return self._deciding.quiet_until(self.wall())

    @property
    def asking_withdrawal(self) -> bool:
        """The question whether to withdraw is on the screen: nothing is collected meanwhile."""
        return self._deciding.asking_withdrawal

    @asking_withdrawal.setter
    def asking_withdrawal(self, asking: bool) -> None:
        self._deciding.asking_withdrawal = asking

    @property
    def ended(self) -> bool:
        """The window is gone or has asked to end."""
        return self._deciding.ended

    @ended.setter
    def ended(self, ended: bool) -> None:
        self._deciding.ended = ended

    def refresh(self) -> None:
        """Look at everything that decides, and hand the result to the pipeline whole."""
        now, wall = self.now(), self.wall()
        if self._every("terms", TERMS_EVERY, now):
            self.trying(lambda: self.terms.reload(wall))
            self.trying(lambda: agreeing.look_at_policy(self, wall))
        if self._every("check", CHECK_EVERY, now):
            self._check_hooks(wall)
        if self._every("housekeeping", HOUSEKEEPING_EVERY, now):
            keep_house(self, wall)
        self._keep_rules(now)
        if self._held_up(now):
            self._begin_anew(wall)
        if self.inbox.overflowed():
            self._overloaded()
        self._end_pause(wall)
        stop = self._deciding.decide(now, wall)
        self.pipeline.sighted(self.capture.seen)
        self.pipeline.allow(self.effective, self.guards)
        if stop is None:
            self.capture.load()
        elif self.capture.hooks:
            self.capture.unload()
            self._do(self.pipeline.close(stop, self._known_until(), wall))
            self.inbox.drop_events()
        self._deciding.note_problems(now, wall)
        self.uploads.follow()
        if not self.uploads.running and self._every("sending", HOUSEKEEPING_EVERY, now):
            self.trying(self.uploads.wake)

    def _held_up(self, now: float) -> bool:
        """Did nothing reach the window for so long that it says capture has stopped?"""
        return self.capture.hooks and self._last[0] > float("-inf") and now - self._last[0] > SILENCE

    def _begin_anew(self, wall: int) -> None:
        """A disk or a keystore kept us waiting. What was typed meanwhile was typed under a sign that said stopped."""
        self.capture.unload()
        self._do(self.pipeline.close(Reason.NO_INDICATOR, self._last[0], wall))
        self.inbox.drop_events()

    def _check_hooks(self, wall: int) -> None:
        """If observing has died, nobody knows where the last keys went."""
        before = self.capture.hooks
        self.capture.check()
        if before and not self.capture.hooks:
            self._do(self.pipeline.close(Reason.UNKNOWN_PROGRAM, self._known_until(), wall))
            self.inbox.drop_events()

    def _overloaded(self) -> None:
        """Drop the whole run. What was lost may have been a change of window or field, so observing starts anew."""
        self.capture.unload()
        self.inbox.drop_events()
        self._do(self.pipeline.blind(Reason.OVERLOADED))
        self.problems.set("capture-overloaded")

    def _end_pause(self, wall: int) -> None:
        until = self.stores.choices.paused_until
        if until is not None and 0 < until <= wall and self.stores.opened is not None:
            self.stores.choices.paused_until = None
            self.trying(self.stores.save_choices)

    def trying(self, work: Callable[[], object]) -> None:
        """Do it; what fails is shown and ends nothing: after a new start it would fail again."""
        try:
            work()
        except AgentError as error:
            self._note_failure(error)

    def _note_failure(self, error: AgentError) -> None:
        """True from now on. A keystore away while the stores are open stops only erasing, which is tried again."""
        lasting = isinstance(error, Unavailable) or error.code == "store-damaged"
        if lasting and not (error.code == "keystore-unavailable" and self.stores.opened is not None):
            self.problems.raise_(error)

    def _every(self, what: str, seconds: float, now: float) -> bool:
        if now < self._due[what]:
            return False
        self._due[what] = now + seconds
        return True

    # ------------------------------------------------------------ effects

    def _do(self, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Keep):
                self._keep(effect)
            else:
                dropped = effect.dropped
                program = dropped.program
                self.report(
                    Live(
                        at=self.wall(),
                        kept=False,
                        kind=effect.kind,
                        program=program.name if program is not None else "",
                        program_id=program.id if program is not None else "",
                        why=why(dropped.reason),
                        reason=dropped.reason.value,
                        count=dropped.count,
                    )
                )

    def _keep(self, effect: Keep) -> None:
        record = effect.record
        opened, policy = self.stores.opened, self.terms.policy
        if opened is None or policy is None or self.effective is None:
            return
        wall = self.wall()
        try:
            opened.records.append(
                record,
                now=wall,
                expires=wall + self.effective.unreviewed_days * 86_400,
                context=consent.context(self.stores.consent, policy),
            )
        except AgentError as error:
            self._note_failure(error)
            program = Program(record.program_id, record.program_name)
            self._do([Note(record.kind, Dropped(Reason.STORE, program))])
            return
        self.report(
            Live(
                at=wall,
                kept=True,
                kind=record.kind,
                program=record.program_name,
                program_id=record.program_id,
                why=why(None),
                text=record.text or "",
                removed=tuple(Part(start=p.start, end=p.end, kind=p.kind, by=p.by) for p in record.removed),
                bytes=record.canonical().decode(),
                deed=review.deed(record),
            )
        )

    def use_rules(self) -> None:
        """What the employee chose, from now on, for what is in memory and for what waits."""
        self.redactor = rules(self)
        self._deciding.redactor_ok = self.redactor.healthy()
        self.pipeline.redact_with(self.redactor)

    def _keep_rules(self, now: float) -> None:
        """As strict as wanted; every hour planted texts: if one is not found, nothing is collected, and why is said."""
        if wanted(self) != self.redactor.dial:
            self.use_rules()
        if self._every("rules", RULES_EVERY, now):
            self._deciding.redactor_ok = self.redactor.healthy()

    # ------------------------------------------------------------ reports

    def report(self, message: Message) -> None:
        """To the window; if it is gone, the end."""
        if not self._write(message):
            self.ended = True

    def _report(self) -> None:
        now = self.now()
        at, last = self._last
        if now - at < SNAPSHOT_EVERY:
            return
        fresh = build(answers.facts(self), seq=self._sequence + 1, at=self.wall())
        if now - at < HEARTBEAT and last is not None and same(last, fresh):
            return
        self._sequence += 1
        self._last = (now, fresh)
        self.report(fresh)
