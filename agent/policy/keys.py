"""The one table of everything a policy file may say. Schema, checks, explanations and pages are made from it.

A leaf: the window imports it too, so it holds facts and prose and imports nothing of ours.
A key that is not here does not exist: a file that has it is refused whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal, TypeAlias

FORMAT: Final = 1

#: All categories there are, and those this version can collect. A cell of another one is not offered.
CATEGORIES: Final = ("app", "title", "shortcut", "pointer", "text", "screen")
SUPPORTED: Final = ("app", "title", "shortcut", "pointer", "text")

#: What a stored record of a category holds, field by field: part of what a yes covers.
_EVERY: Final = ("format", "kind", "program", "program_name", "purposes", "redactor", "time")
CATEGORY_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "app": _EVERY,
    "title": tuple(sorted((*_EVERY, "removed", "text"))),
    "shortcut": ("action", *_EVERY),
    "pointer": tuple(sorted(("action", *_EVERY, "removed", "text"))),
    "text": tuple(sorted((*_EVERY, "removed", "text"))),
}

#: Who may hold a key that opens batches. The steward always does; a works council only together with the steward.
RECIPIENT_ROLES: Final = ("steward", "works-council")

#: How much is taken out of texts, the least first: how readily a word is taken for somebody's name.
STRICTNESS: Final = ("light", "balanced", "strict")

FORBIDDEN_USES: Final = ("performance", "discipline", "emotion", "identification")


class Needed(Enum):
    """The default of a key that has none: it must be in the file."""

    NEEDED = "needed"


NEEDED: Final = Needed.NEEDED

Part: TypeAlias = Literal["file", "notice", "limits", "delivery"]

#: What a value looks like. ``section`` and ``sections`` hold further keys, all others are leaves.
Kind: TypeAlias = Literal[
    "section",
    "sections",
    "whole",
    "yes-no",
    "text",
    "texts",
    "id",
    "choice",
    "choices",
    "programs",
    "programs-or-all",
    "time",
    "date",
    "ed25519",
    "hpke",
    "signature",
    "host",
    "service",
    "link",
    "proxy",
    "pem",
    "token",
    "countries",
    "country",
    "languages",
    "hours",
]

#: Which of two values allows less; "later": the one that stands later among the choices. Only keys of ``limits`` have
#: it; the tighter of all sources holds.
Tighter: TypeAlias = Literal["", "intersection", "union", "larger", "smaller", "later", "true"]

Default: TypeAlias = Needed | int | bool | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """One key. path: dotted; ``[]`` stands for each entry of a list.

    it: what it does, for who writes the file. employee: what it means, for who is asked.
    least, most: of a number, or of the length of a list. choices: the only values allowed.
    """

    path: str
    kind: Kind
    it: str
    employee: str
    default: Default = NEEDED
    tighter: Tighter = ""
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()

    @property
    def part(self) -> Part:
        """Which part of the file it stands in."""
        match self.path.partition(".")[0]:
            case "notice":
                return "notice"
            case "limits":
                return "limits"
            case "delivery":
                return "delivery"
        return "file"

    @property
    def name(self) -> str:
        """The last step of the path, as it stands in the file."""
        return self.path.rpartition(".")[2].removesuffix("[]")


KEYS: Final[tuple[Key, ...]] = (
    Key("format", "whole", "Version of this file's shape.", "The shape of the file.", least=FORMAT, most=FORMAT),
    Key(
        "serial",
        "whole",
        "Number of this policy. Every change needs a higher one; a lower one is refused.",
        "The number of this policy. An older one cannot come back.",
        least=1,
        most=2**31 - 1,
    ),
    Key(
        "not_after",
        "time",
        "From this moment the policy no longer holds and nothing is collected (UTC, 2027-11-01T00:00:00Z).",
        "After this moment nothing is collected.",
    ),
    Key("notice", "section", "What the employee is asked. The signed file is its only source.", "What you are asked."),
    Key("notice.id", "id", "Your own name for this notice.", "The name of this notice."),
    Key("notice.version", "whole", "Counts the wordings of this notice.", "Which wording this is.", least=1, most=9999),
    Key(
        "notice.effective_from",
        "time",
        "Before this moment nothing is collected, even after a yes. Leave people time to read.",
        "Before this moment nothing is collected, whatever you answer.",
    ),
    Key("notice.organisation", "section", "Who asks.", "Who asks you."),
    Key("notice.organisation.id", "id", "Short name of the organisation; part of every batch.", "Its short name."),
    Key("notice.organisation.name", "text", "Name of the organisation as people know it.", "Who asks you.", most=200),
    Key("notice.organisation.address", "text", "Postal address.", "Where it can be reached.", most=300),
    Key("notice.organisation.country", "country", "Country of the organisation (ISO 3166, DE).", "Its country."),
    Key(
        "notice.organisation.privacy_contact",
        "text",
        "Person or office that answers questions about this, with a way to reach it.",
        "Whom you can ask.",
        most=300,
    ),
    Key(
        "notice.organisation_key",
        "ed25519",
        "Public key that signs this file (base64). A new key is a new question to everybody.",
        "The key the organisation signs with, shown to you as words.",
    ),
    Key("notice.purposes", "sections", "What the data is for, one entry each.", "What it is for.", least=1, most=16),
    Key("notice.purposes[].id", "id", "Name of the purpose inside records and batches.", "Short name of the purpose."),
    Key("notice.purposes[].title", "texts", "The purpose in one line, per language.", "What your data is for."),
    Key("notice.purposes[].where", "texts", "Where the data is used, per language.", "Where your data is used."),
    Key(
        "notice.purposes[].categories",
        "choices",
        "What may be collected for this purpose. Each is asked for separately.",
        "What may be collected for it. You decide on each.",
        least=1,
        choices=CATEGORIES,
    ),
    Key(
        "notice.purposes[].programs",
        "programs-or-all",
        'Programs it is about, as lower-case file names ("mousepad"), or ["*"] for those the employee chooses.',
        "In which programs. You can leave out each of them.",
        least=1,
        most=500,
    ),
    Key(
        "notice.recipients",
        "sections",
        "Who can open what is sent: the steward alone, or steward and works council, who then only can together.",
        "Who can open what is sent. If two are named, neither can alone.",
        least=1,
        most=2,
    ),
    Key("notice.recipients[].id", "id", "Short name of the recipient.", "Short name of the recipient."),
    Key("notice.recipients[].role", "choice", "Exactly one is the steward.", "What they are.", choices=RECIPIENT_ROLES),
    Key("notice.recipients[].name", "text", "Name of the person or office.", "Who can read what you sent.", most=200),
    Key(
        "notice.recipients[].suite",
        "choice",
        "How batches are sealed.",
        "How it is locked.",
        choices=("MLKEM768_X25519",),
    ),
    Key(
        "notice.recipients[].key",
        "hpke",
        "Public key to seal to (base64, from keygen).",
        "The key only they can open, shown to you as words.",
    ),
    Key(
        "notice.collector_host",
        "host",
        "Computer that takes the batches; the host of delivery.collector.",
        "The only computer anything is sent to. It cannot open it.",
    ),
    Key("notice.countries", "countries", "Where the data is kept and used.", "In which countries.", least=1, most=64),
    Key(
        "notice.retention_days",
        "whole",
        "After so many days the recipient deletes what was sent.",
        "After so many days what you sent is deleted.",
        least=1,
        most=3650,
    ),
    Key(
        "notice.forbidden_uses",
        "choices",
        "What the data is never used for. All four have to be named.",
        "What your data is never used for.",
        least=len(FORBIDDEN_USES),
        choices=FORBIDDEN_USES,
    ),
    Key("notice.assessment", "section", "The assessment of risks, if there is one.", "Assessment of risks.", ()),
    Key("notice.assessment.id", "text", "Its number.", "Its number; empty: not stated.", "", most=200),
    Key("notice.assessment.date", "date", "Its day (2026-03-01).", "Its day; empty: not stated.", ""),
    Key("notice.assessment.url", "link", "Where it can be read (https).", "Where you can read it.", ""),
    Key(
        "notice.worker_representation",
        "section",
        "Who was consulted for the employees.",
        "Who was consulted for you.",
        (),
    ),
    Key("notice.worker_representation.body", "text", "Which body.", "Which body; empty: not stated.", "", most=200),
    Key("notice.worker_representation.agreement", "text", "Which agreement.", "Its number.", "", most=200),
    Key("notice.worker_representation.date", "date", "Its day.", "Its day; empty: not stated.", ""),
    Key("notice.authority", "section", "The authority one can complain to.", "Where you can complain.", ()),
    Key("notice.authority.name", "text", "Its name.", "Its name; empty: not stated.", "", most=200),
    Key("notice.authority.url", "link", "Its address (https).", "Its address; empty: not stated.", ""),
    Key(
        "notice.languages",
        "languages",
        "Languages of the notice. Every text is there at least in the first.",
        "Languages you can read this in.",
        least=1,
        most=32,
    ),
    Key("limits", "section", "What narrows further. Nothing here can widen anything.", "What is left out.", ()),
    Key(
        "limits.categories",
        "choices",
        "Only these categories, whatever the notice asks for. An empty list turns everything off.",
        "Only these are collected.",
        CATEGORIES,
        "intersection",
        choices=CATEGORIES,
    ),
    Key(
        "limits.programs_denied",
        "programs",
        "Never in these programs.",
        "Never in these programs.",
        (),
        "union",
        most=2000,
    ),
    Key(
        "limits.hold_hours",
        "whole",
        "So many hours pass before anything is sent by itself. It can be lengthened, not shortened.",
        "You have at least this long to look before something leaves by itself.",
        24,
        "larger",
        least=24,
        most=720,
    ),
    Key(
        "limits.unreviewed_days",
        "whole",
        "After so many days what was not looked at is deleted, never sent.",
        "What you do not look at is deleted after so many days.",
        7,
        "smaller",
        least=1,
        most=7,
    ),
    Key(
        "limits.require_asking",
        "yes-no",
        "Nothing is sent by itself: the employee lets each item go.",
        "You are always asked before something leaves.",
        False,
        "true",
    ),
    Key(
        "limits.quiet_hours",
        "hours",
        'Nothing is collected in these hours of the computer\'s own clock, like "mon tue 18:00-09:00".',
        "Nothing is collected in these hours. You can add your own, and nobody can take those away.",
        (),
        "union",
        most=14,
    ),
    Key(
        "limits.redaction",
        "choice",
        "At least so much is taken out of texts before anything is written. The employee can have more taken out.",
        "At least so much is taken out of what you type. You can have more taken out, never less.",
        "light",
        "later",
        choices=STRICTNESS,
    ),
    Key("delivery", "section", "How batches get to you.", "How it is sent."),
    Key(
        "delivery.collector",
        "service",
        "Address of the collector (https; http only on this very computer).",
        "Where it is sent.",
    ),
    Key(
        "delivery.collector_key",
        "ed25519",
        "Public key the collector signs its receipts with (base64).",
        "The key that proves it arrived.",
    ),
    Key("delivery.ca", "pem", "Certificate that signs the collector's own (PEM).", "Whose certificate is trusted.", ""),
    Key("delivery.proxy", "proxy", "Proxy on the way (http://host:port).", "Through which computer it goes.", ""),
    Key("delivery.enrolment_token", "token", "Token of the group, never of a person.", "The group's token.", ""),
    Key("signature", "signature", "Ed25519 over the RFC 8785 bytes of all the rest (base64).", "Who signed it."),
)

BY_PATH: Final[dict[str, Key]] = {key.path: key for key in KEYS}


def children(path: str) -> tuple[Key, ...]:
    """The keys directly inside a section (``""``: the file; ``notice.purposes[]``: one entry), in table order."""
    return tuple(key for key in KEYS if key.path.rpartition(".")[0] == path)
