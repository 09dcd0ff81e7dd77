"""The page to read: everything at one glance, for a person. What is exact lies beside it. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

import msgspec

from agent.rights import page
from agent.rights.material import Batch, Material
from agent.rights.words import INDEX, Language

#: What a person need not read: it is in the exact bytes.
_UNSAID: Final = frozenset(
    {"format", "redactor", "program", "purposes", "kind", "program_name", "time", "text", "removed"}
)


def document(value: object) -> bytes:
    """A JSON document to read."""
    return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def index(material: Material, language: Language) -> str:
    """HTML that needs nothing but itself."""
    words = INDEX[language]
    parts = [
        page.text(words["lead"].format(when=page.moment(material.made))),
        *(page.text(words["missing"].format(what=line)) for line in material.missing),
        page.facts([(words["organisation"], material.organisation), (words["contact"], material.contact)]),
        page.heading(words["waiting"].format(n=len(material.waiting))),
        *(
            page.section(
                _record(entry.record, words, ((words["state"], entry.state), (words["kept"], page.day(entry.expires))))
            )
            for entry in material.waiting
        ),
        page.heading(words["sent"].format(n=len(material.batches))),
        *(_batch(batch, words) for batch in material.batches),
        page.heading(words["decided"]),
        page.quoted(document(material.consent).decode()),
        *(
            part
            for name, data in material.agreements
            for part in (page.text(name), page.quoted(data.decode("utf-8", "replace")))
        ),
        page.heading(words["settings"]),
        page.quoted(document(material.settings).decode()),
        page.heading(words["log"]),
        *(
            page.section(
                page.facts(
                    [
                        (f"{entry.seq}. {page.moment(entry.at)}", f"{entry.kind}: {_flat(entry.facts)}")
                        for entry in generation.entries
                    ]
                )
            )
            for generation in material.ledgers
        ),
    ]
    return page.page(words["title"], parts, language)


def _flat(facts: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in facts.items())


def _record(record: bytes, words: Mapping[str, str], more: tuple[tuple[str, str], ...] = ()) -> str:
    value = msgspec.json.decode(record, type=dict[str, object])
    rows = [
        (words["kind"], str(value.get("kind", ""))),
        (words["program"], str(value.get("program_name", ""))),
        (words["time"], str(value.get("time", ""))),
    ]
    if text := value.get("text"):
        rows.append((words["text"], page.quoted(str(text))))
    removed = value.get("removed")
    if isinstance(removed, list) and removed:
        rows.append((words["removed"], str(len(removed))))
    rows += [(name, _said(part)) for name, part in value.items() if name not in _UNSAID]
    return page.facts([*rows, *more])


def _said(part: object) -> str:
    return part if isinstance(part, str) else json.dumps(part, ensure_ascii=False)


def _batch(batch: Batch, words: Mapping[str, str]) -> str:
    names = ", ".join(batch.recipients)
    head = page.facts(
        [
            (words["batch"], page.code(batch.batch)),
            (words["state"], batch.state),
            (words["sealed"], page.moment(batch.sealed_at)),
            (words["left"], words["not_left"] if batch.sent_at is None else page.moment(batch.sent_at)),
            (words["items"], str(batch.count)),
            (words["purposes"], ", ".join(batch.purposes)),
            (words["opens"], words["both"].format(who=names) if len(batch.recipients) > 1 else names),
            (words["delete_by"], page.day(batch.delete_by)),
            (words["digest"], page.code(batch.digest)),
        ]
    )
    if batch.records is None:
        return page.section(head, page.text(words["gone"]))
    return page.section(head) + "".join(page.section(_record(record, words)) for record in batch.records)
