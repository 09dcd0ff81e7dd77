"""What is on this computer: opened when there is something to keep, never before an answer was given."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.buffer import Buffer
from agent.consent import ConsentState
from agent.ledger import Entry, Ledger
from agent.policy.effective import Settings
from agent.policy.hours import Hours, parse_hours
from agent.policy.keys import STRICTNESS
from agent.problems import Refused, Unavailable
from agent.profile import Profile, claim, come_home, home, set_aside, settle_in
from agent.protocol import Sending
from agent.upload import Outbox
from agent.vault import Keystore, Vault, device_key

PROFILE_FILE: Final = "profile.db"
RECORDS_FILE: Final = "records.db"
LEDGER_FILE: Final = "ledger-{generation}.db"
OUTBOX_FOLDER: Final = "outbox"
#: In the order in which they are moved; while the last is there, there is a profile.
_FILES: Final = (OUTBOX_FOLDER, f"{RECORDS_FILE}*", "ledger-*.db*", f"{PROFILE_FILE}*")
#: Own words: how many, and how long one may be.
MOST_WORDS: Final = 500
LONGEST_WORD: Final = 200
LONGEST_ADDRESS: Final = 300


def default_folder(trial: Path | None, environ: Mapping[str, str]) -> Path:
    """The profile the window uses: beside the trial's files, else in the data folder of this user (XDG)."""
    if trial is not None:
        return trial / "profile"
    data = environ.get("XDG_DATA_HOME", "")
    return (Path(data) if data.startswith("/") else Path.home() / ".local/share") / "aboveboard"


def usable(word: str) -> bool:
    """Can this be looked for? It needs a letter or a digit."""
    return len(word) <= LONGEST_WORD and any(character.isalnum() for character in word)


def fits(address: str) -> bool:
    """Can this be looked for as a home address? It needs a street or a town, and a number."""
    return (
        len(address) <= LONGEST_ADDRESS
        and any(character.isdigit() for character in address)
        and sum(character.isalpha() for character in address) > 3
    )


def longer(pause: int | None, other: int) -> int:
    """Of two pauses the one that ends later; 0 has no end, None is no pause."""
    return 0 if 0 in (pause, other) else max(pause or other, other)


@dataclass
class Choices:
    """What the employee decided besides consent. paused_until: 0 until resumed, None not paused. leaving_at: when what
    is approved leaves (Unix seconds), None while nothing is. quiet: hours of the week in which nothing is collected.
    home_address: to be taken out, empty if they told none. redaction: how much is, one of ``STRICTNESS``.
    """

    collect_in: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    sending: Sending = ""
    own_words: tuple[str, ...] = ()
    paused_until: int | None = None
    generation: int = 0
    leaving_at: int | None = None
    quiet: tuple[Hours, ...] = ()
    home_address: str = ""
    redaction: str = "balanced"

    def settings(self) -> Settings:
        """As the policy's pure functions want them."""
        return Settings(
            collect_in=self.collect_in,
            excluded=self.excluded,
            sending=self.sending,
            quiet=self.quiet,
            redaction=self.redaction,
        )

    def narrow(self, stops: Choices) -> None:
        """Add what was stopped while these could not be read: a pause and exclusions, never more than that."""
        self.excluded |= stops.excluded
        self.collect_in -= stops.excluded
        if stops.paused_until is not None:
            self.paused_until = longer(self.paused_until, stops.paused_until)

    def to_json(self) -> dict[str, object]:
        return {
            "collect_in": sorted(self.collect_in),
            "excluded": sorted(self.excluded),
            "sending": self.sending,
            "own_words": list(self.own_words),
            "paused_until": self.paused_until,
            "generation": self.generation,
            "leaving_at": self.leaving_at,
            "quiet": [str(hours) for hours in self.quiet],
            "home_address": self.home_address,
            "redaction": self.redaction,
        }

    @classmethod
    def from_json(cls, value: object) -> Choices:
        """Anything that is not as written by ``to_json`` means the narrowest choice: collect nowhere, paused."""
        narrowest = cls(paused_until=0)
        if not isinstance(value, dict):
            return narrowest
        collect_in, excluded, words = (_strings(value.get(name)) for name in ("collect_in", "excluded", "own_words"))
        sending, until, generation = (value.get(name) for name in ("sending", "paused_until", "generation"))
        leaving, quiet, home = value.get("leaving_at"), _quiet(value.get("quiet")), value.get("home_address", "")
        if (
            collect_in is None
            or excluded is None
            or words is None
            or quiet is None
            or not isinstance(generation, int)
            or not isinstance(home, str)
            or not (until is None or isinstance(until, int))
            or not (leaving is None or isinstance(leaving, int))
        ):
            return narrowest
        strictness = value.get("redaction", "balanced")
        if strictness not in STRICTNESS:
            return narrowest
        mode: Sending = "ask" if sending == "ask" else "hold" if sending == "hold" else ""
        words = tuple(word for word in words if usable(word))[:MOST_WORDS]
        return cls(
            frozenset(collect_in), frozenset(excluded), mode, words, until, generation, leaving, quiet, home, strictness
        )


def _quiet(value: object) -> tuple[Hours, ...] | None:
    texts = _strings(value)
    rows = [parse_hours(text) for text in texts] if texts is not None else [None]
    found = tuple(row for row in rows if row is not None)
    return found if len(found) == len(rows) else None


def _strings(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return None
    return tuple(value)


@dataclass
class Opened:
    """The files of one profile, open."""

    vault: Vault
    profile: Profile
    records: Buffer
    ledger: Ledger
    outbox: Outbox

    def close(self) -> None:
        self.records.close()
        self.ledger.close()
        self.profile.close()


@dataclass
class Stores:
    """Opens the files of ``folder`` under the keys of ``keystore``.

    machine: tells this computer from another, empty if nothing does. Until ``open`` nothing exists and nothing is asked
    of the keystore: a person who has not answered has no traces.
    """

    folder: Path
    keystore: Keystore
    machine: bytes = b""
    opened: Opened | None = None
    consent: ConsentState = field(default_factory=ConsentState)
    choices: Choices = field(default_factory=Choices)

    def exists(self) -> bool:
        """Has an answer ever been given in this profile? One that cannot be looked into counts as yes."""
        try:
            return (self.folder / PROFILE_FILE).exists()
        except OSError:
            return True

    def open(self) -> Opened:
        """Open, creating what is not there. Raises ``Unavailable`` (keystore, store) or ``Refused``: in use, somebody
        else's (``profile-not-yours``), or brought from another computer or keystore (``profile-elsewhere``).
        """
        if self.opened is not None:
            return self.opened
        existed = self.exists()
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable("store-failed", detail=f"{error.strerror or 'No folder can be made'}.") from error
        claim(self.folder)
        if existed and self._from_elsewhere():
            # Not while another session works with it, whose keystore may be the right one.
            Profile.idle(self.folder / PROFILE_FILE)
            raise Refused("profile-elsewhere")
        vault = Vault.open(self.keystore)
        with contextlib.ExitStack() as undo:
            profile = Profile.open(self.folder / PROFILE_FILE, vault)
            undo.callback(profile.close)
            records = Buffer.open(self.folder / RECORDS_FILE, vault)
            undo.callback(records.close)
            stops = self.choices
            if existed:
                self.consent = ConsentState.from_json(profile.get("consent"))
                self.choices = Choices.from_json(profile.get("choices"))
                self.choices.narrow(stops)
            ledger = Ledger.open(self.ledger_file(self.choices.generation), vault)
            mark = Vault.mark(self.keystore, self.machine)
            if mark is not None and home(self.folder) != mark:
                settle_in(self.folder, mark)
            undo.pop_all()
        self.opened = Opened(vault, profile, records, ledger, Outbox(self.folder / OUTBOX_FOLDER))
        if existed and (stops.excluded or stops.paused_until is not None):
            self.save_choices()
        return self.opened

    def _from_elsewhere(self) -> bool:
        """The key that opens these files is in another keystore, or they were written on another computer."""
        mark, known = Vault.mark(self.keystore, self.machine), home(self.folder)
        return mark is None or known not in {None, mark}

    def set_aside(self) -> None:
        """Files from elsewhere: neither read nor sent from here. As if nothing had been answered."""
        set_aside(self.folder, _FILES)
        self.consent, self.choices = ConsentState(), Choices()

    def come_home(self) -> bool:
        """What was set aside while its key was away is put back; False if there is none of it here."""
        if not any(self.folder.glob("elsewhere-*")):
            return False
        mark = Vault.mark(self.keystore, self.machine)
        return mark is not None and come_home(self.folder, _FILES, mark)

    def ledger_file(self, generation: int) -> Path:
        """Where the ledger of a pseudonym lies."""
        return self.folder / LEDGER_FILE.format(generation=generation)

    def next_generation(self) -> None:
        """After a no or a withdrawal: a new pseudonym with a ledger of its own.

        The number of entries of a ledger travels inside every seal. If it went on across a no, it would tell of it.
        """
        opened = self.open()
        self.choices.generation += 1
        self.save_choices()
        opened.ledger.close()
        opened.ledger = Ledger.open(self.ledger_file(self.choices.generation), opened.vault)

    def history(self) -> list[Entry]:
        """Every entry of every generation, newest first."""
        if self.opened is None:
            return []
        entries = self.opened.ledger.entries()
        for generation in reversed(range(self.choices.generation)):
            ledger = Ledger.open(self.ledger_file(generation), self.opened.vault)
            try:
                entries += ledger.entries()
            finally:
                ledger.close()
        return entries

    def damage(self) -> str:
        """What of the files is not as it was written, in words; empty if nothing is."""
        if self.opened is None:
            return ""
        found = []
        if self.opened.records.damaged:
            found.append(f"{self.opened.records.damaged} waiting items cannot be read.")
        if self.opened.profile.damaged:
            found.append("A part of your settings cannot be read.")
        if self.opened.ledger.verify():
            found.append("The history was changed.")
        return " ".join(found)

    def save_consent(self, state: ConsentState) -> None:
        """Durable before it is true."""
        self.open().profile.put("consent", state.to_json())
        self.consent = state

    def save_choices(self) -> None:
        """Durable when it returns."""
        self.open().profile.put("choices", self.choices.to_json())

    def device_key(self) -> Ed25519PrivateKey:
        """The pseudonym of this profile; a new one after every withdrawal."""
        return device_key(self.open().vault, self.choices.generation)

    def close(self) -> None:
        if self.opened is not None:
            self.opened.close()
            self.opened = None
