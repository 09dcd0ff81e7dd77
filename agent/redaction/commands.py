"""``aboveboard redact``: the product's own rules on given lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Protocol

import msgspec

from agent.problems import Refused
from agent.redaction.kinds import LABELS
from agent.redaction.redactor import RedactionFailed, Redactor
from agent.redaction.spans import replace


class Output(Protocol):
    """Where lines go: a text stream."""

    def write(self, line: str, /) -> object:
        """Take one line, with its end."""


class BadLines(Refused):
    """Some input lines could not be used; the others were. One mistake per line, without content."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("lines-invalid", mistakes="; ".join(mistakes))
        self.mistakes = tuple(mistakes)


class _Item(msgspec.Struct):
    id: str
    text: str


def redact_lines(stdin: Iterable[str], stdout: Output, *, explain: bool = False) -> None:
    """JSON lines {"id","text"} in; {"id","text","spans":[{"start","end","label"}]} out, blank lines skipped.

    ``text`` out is redacted, spans are code points of the text that came in. explain: each span has the "rule" that
    found it and "why", too. Raises BadLines at the end.
    """
    redactor = Redactor(())
    decoder = msgspec.json.Decoder(_Item)
    mistakes: list[str] = []
    for number, line in enumerate(stdin, 1):
        if not line.strip():
            continue
        try:
            item = decoder.decode(line)
            spans = redactor.find(item.text)
            reasons = redactor.explain(item.text) if explain else []
        except (msgspec.DecodeError, UnicodeError):
            mistakes.append(f'line {number}: write one JSON object with "id" and "text", both strings')
            continue
        except RedactionFailed:
            mistakes.append(f"line {number}: could not be redacted and was left out")
            continue
        told: list[dict[str, object]] = [
            {"start": span.start, "end": span.end, "label": LABELS.get(span.kind, "MISC")} for span in spans
        ]
        for span, reason in zip(told, reasons, strict=False):
            span.update(rule=reason.rule, why=reason.why)
        answer = {"id": item.id, "text": replace(item.text, (), spans)[0], "spans": told}
        stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    if mistakes:
        raise BadLines(mistakes)
