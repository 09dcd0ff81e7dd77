"""The recovery sheet: with it a person can have deleted what they sent, without this computer. Pure."""

from __future__ import annotations

import json
import shlex
from typing import Final

from agent.rights import page
from agent.rights.material import Material
from agent.rights.words import SHEET, Language

#: File of the organisation's own certificates, as the line names it.
CERTIFICATES: Final = "certificates.pem"


def recovery_sheet(material: Material, language: Language) -> str:
    """HTML that needs nothing but itself, to be printed.

    Names every batch that has left, or may have, and whose erasure secret is still kept.
    """
    words = SHEET[language]
    how = (
        "how.1",
        *(("how.web",) if material.address else ()),
        *(("how.cacert",) if material.address and material.own_certificates else ()),
        "how.2",
        "how.3",
    )
    parts = [
        page.text(words["lead"]),
        page.text(words["made"].format(day=page.day(material.made))),
        page.facts(
            [
                (words["organisation"], material.organisation),
                (words["contact"], material.contact),
                (words["collector"], material.collector),
            ]
        ),
        page.heading(words["how"]),
        page.listed([words[name] for name in how]),
        page.heading(words["keys"]),
        page.text(words["keys.lead"]),
        page.facts(
            [
                (name, " ".join(key))
                for name, key in ((material.organisation, material.organisation_words), *material.keys)
            ]
        ),
        *([page.text(words["keys.both"])] if len(material.keys) > 1 else []),
        page.heading(words["batches"]),
    ]
    batches = [
        batch for batch in material.batches if batch.erasure_secret is not None and batch.deletion != "confirmed"
    ]
    if not batches:
        parts.append(page.text(words["none"]))
    for batch in batches:
        secret = batch.erasure_secret or b""
        rows = [
            (words["batch"], page.code(batch.batch)),
            (words["secret"], page.code(secret.hex())),
            *([(words["command"], page.quoted(_command(material, batch.batch, secret)))] if material.address else []),
            (words["sent"], page.day(batch.sealed_at)),
            (words["items"], str(batch.count)),
            (words["delete_by"], page.day(batch.delete_by)),
        ]
        parts.append(page.section(page.facts(rows)))
    return page.page(words["title"], parts, language)


def _command(material: Material, batch: str, secret: bytes) -> str:
    """What asks the collector to erase one batch, for a shell. The batch's id and its secret, nothing else.

    Where the organisation has certificates of its own, curl needs them in a file: IT gives it, the policy holds it.
    """
    wish = json.dumps({"batch": batch, "secret": secret.hex()})
    certificates = f"--cacert {CERTIFICATES} " if material.own_certificates else ""
    return f"curl {certificates}-d {shlex.quote(wish)} {shlex.quote(material.address.rstrip('/') + '/v1/erase')}"
