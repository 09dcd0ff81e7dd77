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
        "keys.both": "What was sent opens only with the keys of both together.",
        "batches": "What was sent",
        "none": "Nothing was sent, or everybody has to have deleted it by now.",
        "sent": "Sealed on",
        "items": "Items",
        "delete_by": "Deleted by then at the latest",
        "batch": "Batch",
        "secret": "Erasure secret",
        "how": "How to ask for deletion",
        "how.1": "Give batch and erasure secret to the contact above, or to the works council. Nobody "
        "needs your name: the secret alone shows that the batch is yours to erase.",
        "how.2": "Anybody can check that secret and batch belong together: the batch is the first 32 characters of the "
        "SHA-256 of the text “aboveboard erasure 1”, a line break and the 32 bytes of the secret.",
        "how.web": "Or ask the collector yourself, without a name, from any computer that reaches it: enter the line "
        "below the batch in a terminal. Its answer is a signed word that the batch is gone; keep it.",
        "how.cacert": "Your organisation uses certificates of its own: ask IT for them as the file certificates.pem, "
        "which the line names; your policy holds them, too.",
        "command": "Line to enter",
        "how.3": "You can also complain to the data protection authority; the notice names it.",
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
        "keys.both": "Was gesendet wurde, öffnet sich nur mit den Schlüsseln beider zusammen.",
        "batches": "Was gesendet wurde",
        "none": "Es wurde nichts gesendet, oder alle müssen es inzwischen gelöscht haben.",
        "sent": "Versiegelt am",
        "items": "Einträge",
        "delete_by": "Spätestens gelöscht am",
        "batch": "Paket",
        "secret": "Löschgeheimnis",
        "how": "So verlangen Sie die Löschung",
        "how.1": "Geben Sie Paket und Löschgeheimnis der Ansprechstelle oben oder dem Betriebsrat. "
        "Niemand braucht Ihren Namen: Das Geheimnis allein zeigt, dass Sie das Paket löschen lassen dürfen.",
        "how.2": "Jeder kann prüfen, dass Geheimnis und Paket zusammengehören: Das Paket ist der Anfang (32 Zeichen) "
        "des SHA-256 über den Text „aboveboard erasure 1“, einen Zeilenumbruch und die 32 Byte des Geheimnisses.",
        "how.web": "Oder verlangen Sie es selbst von der Sammelstelle, ohne Namen, von jedem Computer aus, der sie "
        "erreicht: Geben Sie die Zeile unter dem Paket in einem Terminal ein. Die Antwort ist ihr signiertes Wort, "
        "dass das Paket gelöscht ist; bewahren Sie es auf.",
        "how.cacert": "Ihre Organisation verwendet eigene Zertifikate: Lassen Sie sich diese von der IT als Datei "
        "certificates.pem geben, die in der Zeile steht; auch Ihre Richtlinie enthält sie.",
        "command": "Zeile zum Eingeben",
        "how.3": "Sie können sich auch bei der Datenschutzaufsicht beschweren; der Hinweis nennt sie.",
    },
}

INDEX: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "title": "Everything about me",
        "lead": "Everything Aboveboard had about you on this computer on {when}. The exact bytes of every record are "
        "in records.jsonl and batches.",
        "missing": "Missing here: {what}",
        "organisation": "Organisation",
        "contact": "Contact",
        "waiting": "Waiting, not sent: {n}",
        "sent": "Sealed and sent: {n}",
        "gone": "Its content is not on this computer any more.",
        "decided": "What you decided",
        "settings": "Your settings",
        "log": "The log",
        "kind": "What",
        "program": "Program",
        "time": "When",
        "text": "Text",
        "removed": "Taken out",
        "kept": "Kept until",
        "state": "State",
        "batch": "Batch",
        "sealed": "Sealed",
        "left": "Sent",
        "not_left": "not confirmed",
        "items": "Items",
        "purposes": "For",
        "opens": "Who can open it",
        "both": "{who}, only together",
        "delete_by": "Deleted by then at the latest",
        "digest": "SHA-256",
    },
    "de": {
        "title": "Alles über mich",
        "lead": "Alles, was Aboveboard am {when} auf diesem Computer über Sie hatte. Die genauen Bytes jedes Eintrags "
        "stehen in records.jsonl und batches.",
        "missing": "Hier fehlt: {what}",
        "organisation": "Organisation",
        "contact": "Ansprechstelle",
        "waiting": "Wartet, nicht gesendet: {n}",
        "sent": "Versiegelt und gesendet: {n}",
        "gone": "Der Inhalt ist nicht mehr auf diesem Computer.",
        "decided": "Was Sie entschieden haben",
        "settings": "Ihre Einstellungen",
        "log": "Das Protokoll",
        "kind": "Was",
        "program": "Programm",
        "time": "Wann",
        "text": "Text",
        "removed": "Entfernt",
        "kept": "Aufbewahrt bis",
        "state": "Stand",
        "batch": "Paket",
        "sealed": "Versiegelt",
        "left": "Gesendet",
        "not_left": "nicht bestätigt",
        "items": "Einträge",
        "purposes": "Wofür",
        "opens": "Wer es öffnen kann",
        "both": "{who}, nur zusammen",
        "delete_by": "Spätestens gelöscht am",
        "digest": "SHA-256",
    },
}

RECEIPT: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "title": "Receipt of your answer",
        "lead": "What you answered, to whom, and how to stop. It was made on your computer and sent to nobody.",
        "who": "Who asked",
        "contact": "Contact",
        "given": "You said yes",
        "refused": "You said no",
        "withdrawn": "You withdrew",
        "until": "A yes holds until",
        "read": "You marked the notice as read",
        "notice": "Notice, SHA-256",
        "nothing": "not stated",
        "what": "What",
        "category.app": "Which program is in front",
        "category.title": "Window titles, private parts removed",
        "category.shortcut": "Shortcuts",
        "category.pointer": "Clicks",
        "category.text": "Text you type, private parts removed",
        "category.screen": "Pictures of allowed windows",
        "purpose": "What for",
        "programs": "In which programs",
        "any": "those you choose",
        "opens": "Who can open it",
        "to": "Sent to",
        "kept": "Kept there",
        "days": "{n} days",
        "never": "Never used for",
        "stop": "How to stop",
        "stop.text": "Tray icon or window: Stop and withdraw. Two clicks; nobody asks why. What was not sent "
        "is destroyed.",
        "exact": "The exact document",
        "exact.text": "ISO/IEC TS 27560 records in terms of the Data Privacy Vocabulary 2.3 (w3id.org/dpv), signed by "
        "your pseudonym. Whoever you give it to can tell which batches are yours.",
    },
    "de": {
        "title": "Beleg Ihrer Antwort",
        "lead": "Was Sie geantwortet haben, wem, und wie Sie aufhören. Der Beleg entstand auf Ihrem Computer und wurde "
        "niemandem gesendet.",
        "who": "Wer gefragt hat",
        "contact": "Ansprechstelle",
        "given": "Sie haben Ja gesagt",
        "refused": "Sie haben Nein gesagt",
        "withdrawn": "Sie haben widerrufen",
        "until": "Ein Ja gilt bis",
        "read": "Sie haben die Mitteilung als gelesen markiert",
        "notice": "Mitteilung, SHA-256",
        "nothing": "nicht angegeben",
        "what": "Was",
        "category.app": "Welches Programm vorn ist",
        "category.title": "Fenstertitel, Privates entfernt",
        "category.shortcut": "Tastenkürzel",
        "category.pointer": "Klicks",
        "category.text": "Text, den Sie tippen, Privates entfernt",
        "category.screen": "Bilder erlaubter Fenster",
        "purpose": "Wofür",
        "programs": "In welchen Programmen",
        "any": "die Sie wählen",
        "opens": "Wer es öffnen kann",
        "to": "Gesendet an",
        "kept": "Dort aufbewahrt",
        "days": "{n} Tage",
        "never": "Nie verwendet für",
        "stop": "So hören Sie auf",
        "stop.text": "Symbol in der Leiste oder Fenster: Beenden und widerrufen. Zwei Klicks; niemand fragt warum. Was "
        "nicht gesendet wurde, wird vernichtet.",
        "exact": "Das genaue Dokument",
        "exact.text": "Datensätze nach ISO/IEC TS 27560 in Begriffen des Data Privacy Vocabulary 2.3 (w3id.org/dpv), "
        "signiert von Ihrem Pseudonym. Wem Sie es geben, der kann erkennen, welche Pakete Ihre sind.",
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
agreements/            receipts of your consent: receipt-N.jsonld one for each answer, in terms of w3id.org/dpv
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
