"""The recovery sheet: with it a person can have deleted what they sent, without this computer. Pure."""

from __future__ import annotations

from agent.rights import page
from agent.rights.material import Material
from agent.rights.words import SHEET, Language


def recovery_sheet(material: Material, language: Language) -> str:
    """HTML that needs nothing but itself, to be printed.

    Names every batch that has left, or may have, and whose erasure secret is still kept.
    """
    words = SHEET[language]
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
        page.listed([words[f"how.{number}"] for number in range(1, 4)]),
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
    batches = [batch for batch in material.batches if batch.erasure_secret is not None]
    if not batches:
        parts.append(page.text(words["none"]))
    for batch in batches:
        secret = batch.erasure_secret or b""
        rows = [
            (words["batch"], page.code(batch.batch)),
            (words["secret"], page.code(secret.hex())),
            (words["sent"], page.day(batch.sealed_at)),
            (words["items"], str(batch.count)),
            (words["delete_by"], page.day(batch.delete_by)),
        ]
        parts.append(page.section(page.facts(rows)))
    return page.page(words["title"], parts, language)
