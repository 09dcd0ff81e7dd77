"""Words of the export's pages, English and German: they are read where this program is not. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

Language: TypeAlias = Literal["en", "de"]

SHEET: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "title": "Recovery sheet",
        "lead": "With this sheet you can have deleted what you sent, also without this computer and without the app. "
        "Whoever holds it can do the same, and nothing else: it opens nothing. Keep it where only you can reach it.",
        "made": "Made on {day}",
        "organisation": "Organisation",
        "contact": "Contact",
        "collector": "Sent to",
        "keys": "Keys, as words",
        "keys.lead": "Compare them with the sheet of the works council.",
        "batches": "What was sent",
        "none": "Nothing was sent, or everybody has to have deleted it by now.",
        "sent": "Sealed on",
        "items": "Items",
        "delete_by": "Deleted by then at the latest",
        "batch": "Batch",
        "secret": "Erasure secret",
        "how": "How to ask for deletion",
        "how.1": "With the app: Sent, choose the batch, ask for deletion.",
        "how.2": "Without the app: give batch and erasure secret to the contact above, or to the works council. Nobody "
        "needs your name: the secret alone shows that the batch is yours to erase.",
        "how.3": "Anybody can check that secret and batch belong together: the batch is the first 32 characters of the "
        "SHA-256 of the text “aboveboard erasure 1”, a line break and the 32 bytes of the secret.",
        "how.4": "You can also complain to the data protection authority; the notice names it.",
    },
    "de": {
        "title": "Wiederherstellungsblatt",
        "lead": "Mit diesem Blatt können Sie löschen lassen, was Sie gesendet haben, auch ohne diesen Computer und "
        "ohne die App. Wer es hat, kann dasselbe und sonst nichts: Es öffnet nichts. Bewahren Sie es dort auf, wo nur "
        "Sie es erreichen.",
        "made": "Erstellt am {day}",
        "organisation": "Organisation",
        "contact": "Ansprechstelle",
        "collector": "Gesendet an",
        "keys": "Schlüssel, als Wörter",
        "keys.lead": "Vergleichen Sie sie mit dem Aushang des Betriebsrats.",
        "batches": "Was gesendet wurde",
        "none": "Es wurde nichts gesendet, oder alle müssen es inzwischen gelöscht haben.",
        "sent": "Versiegelt am",
        "items": "Einträge",
        "delete_by": "Spätestens gelöscht am",
        "batch": "Paket",
        "secret": "Löschgeheimnis",
        "how": "So verlangen Sie die Löschung",
        "how.1": "Mit der App: Gesendet, das Paket wählen, Löschung verlangen.",
        "how.2": "Ohne die App: Geben Sie Paket und Löschgeheimnis der Ansprechstelle oben oder dem Betriebsrat. "
        "Niemand braucht Ihren Namen: Das Geheimnis allein zeigt, dass Sie das Paket löschen lassen dürfen.",
        "how.3": "Jeder kann prüfen, dass Geheimnis und Paket zusammengehören: Das Paket ist der Anfang (32 Zeichen) "
        "des SHA-256 über den Text „aboveboard erasure 1“, einen Zeilenumbruch und die 32 Byte des Geheimnisses.",
        "how.4": "Sie können sich auch bei der Datenschutzaufsicht beschweren; der Hinweis nennt sie.",
    },
}

README: Final = """Everything Aboveboard had about you on this computer on {day}.

It opens without Aboveboard: index.html in any browser, everything else in any editor.
Keep it as you would a diary. recovery-sheet.html can have deleted what you sent.

index.html             to read
records.jsonl          what waits here, one record per line, exactly the bytes that would be sent
waiting.jsonl          for each line of records.jsonl: its state and until when it is kept
sent.jsonl             what was sealed: when, for what, to whom, SHA-256 of every record in it
batches/               sealed batches that are still here; .jsonl their records, .receipt the collector's signed receipt
consent.json           what you decided
agreements/            receipts of your consent
settings.json          your settings, programs and own words
policy.json            the policy as your organisation signed it
ledger-N.jsonl         the log: consent, policy, batches, receipts; N counts your pseudonyms
ledger-N.checkpoint    a signed note on its size and last hash
ledger-N.device        the public key (Ed25519, hex) that signs the checkpoint and your batches
recovery-sheet.html    to have deleted what was sent
manifest.sha256        SHA-256 of every other file

To check it

    aboveboard verify .            all of it, offline
    sha256sum -c manifest.sha256   that no file was changed

The log with standard tools: every line is one entry; its "prev" is the SHA-256 of the line before it, without the line
break. For line 2:  sed -n 1p ledger-0.jsonl | tr -d '\\n' | sha256sum
The checkpoint names the number of lines and, in base64, the SHA-256 of the last one. It is a signed note
(c2sp.org/signed-note): the signature is Ed25519 over its first three lines, the first 4 bytes are the key's id.
The policy: remove "signature", write the rest as RFC 8785 JSON, check the Ed25519 signature of those bytes with the key
in notice.organisation_key.

What this cannot show: that nothing was kept elsewhere. What it does not hold: what you removed, what expired, and what
never was written. Those keys are destroyed.
{missing}"""
