"""The receipt of a consent as one page for a person, with the exact document below it. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from agent.rights import page
from agent.rights.words import RECEIPT, Language


def receipt_page(document: bytes, language: Language) -> str:
    """HTML that needs nothing but itself. document: the signed receipt, JSON-LD, as it is kept."""
    words = RECEIPT[language]
    receipt: Mapping[str, Any] = json.loads(document)
    records = receipt["dpv:hasRecordOfActivity"]
    parts = [page.text(words["lead"])]
    if records:
        first = records[0]
        controller, notice = first["dpv:hasDataController"], first["dpv:hasNotice"]
        parts.append(
            page.facts(
                [
                    (words["who"], f"{controller['dpv:hasName']}, {controller['dpv:hasAddress']}"),
                    (words["contact"], controller["dpv:hasContact"]),
                    *(
                        (words[_kind(status)], status["dpv:isIndicatedAtTime"])
                        for status in first["dpv:hasConsentStatus"]
                    ),
                    (words["until"], first.get("dct:valid", "/").partition("/")[2] or words["nothing"]),
                    (words["read"], notice["ab:acknowledged"] or words["nothing"]),
                    (words["notice"], page.code(notice["ab:sha256"])),
                ]
            )
        )
    parts += [page.section(page.facts(_cell(record["dpv:hasProcess"], words))) for record in records]
    parts += [
        page.heading(words["stop"]),
        page.text(words["stop.text"]),
        page.heading(words["exact"]),
        page.text(words["exact.text"]),
        page.facts([("SHA-256", page.code(hashlib.sha256(document).hexdigest()))]),
        page.quoted(document.decode()),
    ]
    return page.page(words["title"], parts, language)


def _cell(process: Mapping[str, Any], words: Mapping[str, str]) -> list[tuple[str, str]]:
    storage = process["dpv:hasStorageCondition"]
    category = process["dpv:hasPersonalData"]["@id"].rpartition(":")[2]
    return [
        (words["what"], words[f"category.{category}"]),
        (words["purpose"], process["dpv:hasPurpose"]["dct:title"]),
        (words["programs"], ", ".join(words["any"] if name == "*" else name for name in process["ab:programs"])),
        (words["opens"], ", ".join(recipient["dpv:hasName"] for recipient in process["dpv:hasRecipient"])),
        (words["to"], storage[0]["ab:collector"]),
        (words["kept"], words["days"].format(n=storage[1]["dpv:hasDuration"].strip("PD"))),
        (words["never"], ", ".join(process["ab:forbiddenUses"])),
    ]


def _kind(status: Mapping[str, Any]) -> str:
    kinds = status["@type"]
    return {"dpv:ConsentRefused": "refused", "dpv:ConsentWithdrawn": "withdrawn"}.get(
        kinds if isinstance(kinds, str) else kinds[0], "given"
    )
