"""Every named problem, in words for the person, with the remedy. A leaf of the leaf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Problem:
    """One row of the table.

    title: one short line. text: what it means, may name facts in braces. remedy: what the person can do.
    stops_capture: while it is active nothing is collected.
    """

    code: str
    title: str
    text: str
    remedy: str
    severity: Literal["note", "warning", "error"] = "error"
    stops_capture: bool = True


_ROWS: Final = (
    Problem(
        "no-organisation",
        "No organisation has asked you for anything",
        "There is no policy on this computer, so nothing can be collected.",
        "Nothing to do. If your organisation wants to ask you, it installs a policy file.",
        severity="note",
    ),
    Problem(
        "policy-invalid",
        "The policy of your organisation is not valid",
        "It was refused as a whole: {mistakes}",
        "Your IT can run: aboveboard policy validate {place}",
    ),
    Problem(
        "policy-expired",
        "The policy of your organisation has ended",
        "It was valid until {not_after}.",
        "Nothing is collected until a new one arrives. You need to do nothing.",
    ),
    Problem(
        "policy-not-yet",
        "The notice is not in effect yet",
        "It takes effect on {effective_from}.",
        "Nothing is collected before that day, whatever you answer.",
        severity="note",
    ),
    Problem(
        "keystore-unavailable",
        "The keystore of this computer cannot be reached",
        "Without it the store cannot be encrypted, so nothing is collected. {detail}",
        "Unlock or install a keystore (GNOME Keyring, KWallet) and start Aboveboard again.",
    ),
    Problem(
        "store-damaged",
        "The store on this computer is damaged",
        "{detail}",
        "Nothing more is collected. What can still be read is shown; deleting everything starts anew.",
    ),
    Problem(
        "store-failed",
        "The store could not be written",
        "{detail}",
        "Free some disk space; collection starts again when writing works.",
    ),
    Problem(
        "no-indicator",
        "The sign on the screen cannot be seen",
        "Nothing is collected while it is hidden: {detail}",
        "Move whatever covers the sign, or start Aboveboard again.",
    ),
    Problem(
        "session-unsupported",
        "Keystrokes are not available in this kind of session",
        "{detail}",
        "Log in to an X11 session if you want to take part. Nothing is recorded by halves.",
    ),
    Problem(
        "capture-failed",
        "Reading the keyboard failed",
        "{detail}",
        "Pause and resume, or start Aboveboard again.",
    ),
    Problem(
        "capture-overloaded",
        "More input arrived than could be checked",
        "What could not be checked was dropped, not kept.",
        "Nothing to do; collection goes on.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "clock-moved",
        "The clock of this computer was changed",
        "Wall clock and boot clock disagree by {seconds} seconds.",
        "Collection goes on when they agree again.",
    ),
    Problem(
        "redaction-failed",
        "The redaction check failed",
        "What could not be checked was dropped.",
        "Collection starts again only when the check passes.",
    ),
    Problem(
        "accessibility-off",
        "Password fields cannot be told from other fields",
        "No accessibility service answers, so no text is collected.",
        "Install the accessibility service of your desktop (at-spi2-core) and start the programs again.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "upload-unreachable",
        "The collector cannot be reached",
        "{detail} What you approved waits here, encrypted.",
        "Nothing to do; it is tried again by itself.",
        severity="note",
        stops_capture=False,
    ),
    Problem(
        "upload-refused",
        "The collector refused a batch",
        "{detail} It stays here.",
        "Tell your IT; nothing is lost.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "receipt-invalid",
        "The collector's receipt is not valid",
        "{detail} The batch counts as not delivered.",
        "Tell your IT; nothing is lost.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "upload-unauthorised",
        "The collector does not accept this computer",
        "{detail} What you approved waits here, encrypted.",
        "Tell your IT; nothing is lost.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "upload-conflict",
        "The collector holds something else under the name of a batch",
        "{detail} The batch stays here and counts as not delivered.",
        "Tell your IT; nothing is lost.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "collector-insecure",
        "The collector's address is not safe to send to",
        "{detail}",
        "Your IT has to name an https address in the policy.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "outbox-failed",
        "The folder of what waits to be sent cannot be used",
        "{detail}",
        "Free some disk space and check who may write there; nothing was sent.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "seal-refused",
        "A batch could not be sealed",
        "{detail}",
        "Nothing was sent; what you approved stays here.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "batch-invalid",
        "A batch is not valid",
        "{detail}",
        "It was left where it is. Compare it with the sender's copy.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "batch-key-missing",
        "A batch was sealed to other keys",
        "It names the keys {wanted}; not given: {missing}.",
        "Open it with the keys it names.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "cosign-refused",
        "Nothing can be opened with this co-signature",
        "{detail}",
        "The works council makes it with aboveboard-council cosign, for the batches and the steward's key at hand.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "export-refused",
        "The export was not written",
        "{detail}",
        "Name a new or empty folder on this computer.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "key-file-invalid",
        "A key file cannot be used",
        "{detail}",
        "Give the file made by keygen, with its passphrase if it has one.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "batch-store-failed",
        "The store of batches cannot be used",
        "{detail}",
        "Check its address and who may read and write there.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "engine-stopped",
        "The part that collects has stopped",
        "Nothing is collected.",
        "Start it again, or leave it off.",
    ),
    Problem(
        "lines-invalid",
        "Some lines could not be used",
        "{mistakes}",
        "Correct these lines and run the command again; the others were answered.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "protocol-invalid",
        "A message could not be understood",
        "It was refused: {detail}",
        "If this comes back after a restart, reinstall Aboveboard.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "profile-in-use",
        "Aboveboard is already running",
        "Another Aboveboard uses this profile.",
        "Open it from the tray.",
    ),
    Problem(
        "trial-refused",
        "A trial is not possible on this computer",
        "{detail}",
        "Start Aboveboard without --trial.",
    ),
    Problem(
        "policy-refused",
        "A new policy file was refused",
        "{mistakes} The policy before it, which asks for less, stays in force.",
        "Your IT can run: aboveboard policy validate {place}",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "profile-elsewhere",
        "What lies here was made on another computer",
        "Answers and records from there hold nothing here: they are set aside, neither read nor sent. You are "
        "asked anew.",
        "Nothing to do. On the other computer everything is as it was.",
        severity="note",
        stops_capture=False,
    ),
    Problem(
        "profile-not-yours",
        "This profile belongs to somebody else",
        "The folder {place} is another person's on this computer. It is not read.",
        "Start Aboveboard as yourself, in your own session.",
    ),
    Problem(
        "collects-less",
        "Now collects less",
        "Your organisation asks for less than before. That holds at once; nothing else has changed.",
        "Nothing to do. The consent page shows what changed.",
        severity="note",
        stops_capture=False,
    ),
    Problem(
        "policy-rolled-back",
        "An older policy has come back",
        "Its number is {serial}; number {known} was in force before.",
        "Nothing is collected. Your IT installs the newest policy again.",
    ),
    Problem(
        "program-unknown",
        "This program cannot be chosen",
        "It is protected, left out by the policy, or not on this computer: {programs}",
        "Choose another program.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "own-word-invalid",
        "One of your words cannot be looked for",
        "Each needs a letter or a digit; at most {most} words of at most {longest} characters.",
        "Change the list and save it again; the old list is in force.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "sending-not-allowed",
        "Sending by itself is not allowed here",
        "Your organisation wants you to be asked each time.",
        "Choose to be asked each time.",
        severity="note",
        stops_capture=False,
    ),
    Problem(
        "nothing-agreed",
        "Nothing can be sent",
        "There is no agreement in force.",
        "What waits here is deleted on the day shown, or now if you like.",
        severity="note",
        stops_capture=False,
    ),
    Problem(
        "choice-invalid",
        "This choice cannot be taken",
        "{detail}",
        "Look at the notice again and choose anew.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "notice-changed",
        "What is asked has changed since you were shown it",
        "Your answer was to an older notice, so it was not taken.",
        "Read the new notice and answer again.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "record-changed",
        "This item is no longer what you saw",
        "It was redacted again since then, so it was not sent.",
        "Look at it again.",
        severity="warning",
        stops_capture=False,
    ),
    Problem(
        "receipt-gone",
        "This receipt is not there",
        "It cannot be read, or nothing was answered here.",
        "Look at the list of receipts again.",
        severity="note",
        stops_capture=False,
    ),
    Problem(
        "record-gone",
        "This item is no longer there",
        "It was deleted or sent meanwhile.",
        "Nothing to do.",
        severity="note",
        stops_capture=False,
    ),
)

PROBLEMS: Final[dict[str, Problem]] = {row.code: row for row in _ROWS}
