"""What the demo found, as report.json for programs and report.html for people."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from html import escape
from pathlib import Path


@dataclass
class Typed:
    """A row of the main table: one thing that was typed and what became of it.

    where: the program. what: what was typed, as the driver typed it. outcome: kept, redacted, dropped or removed.
    why: in words. stored: the text of the record, empty if there is none.
    """

    where: str
    what: str
    outcome: str
    why: str
    stored: str = ""


@dataclass
class Check:
    """A promise that was tried: one sentence, whether it held, and what was seen."""

    promise: str
    held: bool
    seen: str = ""


@dataclass
class Picture:
    """A screenshot beside the report. file: its name there."""

    file: str
    caption: str


@dataclass
class DemoReport:
    """Everything the demo found. The first eight fields are what programs read.

    captured_records: records in the waiting list before one was removed. redacted_spans: placeholders in them.
    dropped: reason -> events. batches: sealed and acknowledged. opened_records: read by the steward.
    preview_equals_sent: every approved byte string was opened as it was. leaks: planted values found, in words.
    seconds: of the whole way, without set-up.
    """

    captured_records: int = 0
    redacted_spans: int = 0
    dropped: dict[str, int] = field(default_factory=dict)
    batches: int = 0
    opened_records: int = 0
    preview_equals_sent: bool = False
    leaks: list[str] = field(default_factory=list)
    seconds: float = 0.0
    typed: list[Typed] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def passed(self) -> bool:
        """Did every promise hold?"""
        return bool(self.checks) and all(check.held for check in self.checks) and not self.leaks and self._complete()

    def _complete(self) -> bool:
        return self.preview_equals_sent and self.batches > 0 and self.opened_records > 0

    def check(self, promise: str, held: object, seen: object = "") -> None:
        """Note a promise that was tried."""
        self.checks.append(Check(promise, bool(held), str(seen)))

    def write(self, folder: Path) -> None:
        """report.json and report.html into ``folder``, where the pictures already are."""
        folder.mkdir(parents=True, exist_ok=True)
        body = {**asdict(self), "passed": self.passed()}
        (folder / "report.json").write_text(json.dumps(body, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        (folder / "report.html").write_text(page(self), encoding="utf-8")

    def table(self, width: int = 118) -> str:
        """The main table and the promises as plain text."""
        rows = [("where", "typed", "became", "why")]
        rows += [(row.where, _line(row.what), row.outcome, row.why) for row in self.typed]
        lines = _columns(rows, width)
        lines.insert(1, "-" * min(width, max(map(len, lines))))
        lines += ["", *(f"{'ok  ' if check.held else 'FAIL'}  {check.promise}" for check in self.checks)]
        lines += [f"      saw: {check.seen}" for check in self.checks if not check.held and check.seen]
        lines += [f"LEAK  {leak}" for leak in self.leaks]
        lines += ["", f"{'passed' if self.passed() else 'FAILED'} in {self.seconds:.0f} s: {self.summary()}"]
        return "\n".join(lines)

    def summary(self) -> str:
        """One line of numbers."""
        dropped = sum(self.dropped.values())
        return (
            f"{self.captured_records} records captured, {self.redacted_spans} places redacted, "
            f"{dropped} events dropped, {self.batches} batches sent, {self.opened_records} records opened"
        )


def _line(text: str) -> str:
    return text.replace("\n", " / ")


def _columns(rows: list[tuple[str, ...]], width: int) -> list[str]:
    """Rows in aligned columns; the typed text is cut so that a line fits."""
    fixed = [max(len(row[column]) for row in rows) for column in (0, 2)]
    left = max(20, width - sum(fixed) - 6)
    typed, why = left // 2, left - left // 2
    lines = []
    for where, what, became, reason in rows:
        cut = what if len(what) <= typed else what[: typed - 1] + "…"
        lines.append(f"{where:<{fixed[0]}}  {cut:<{typed}}  {became:<{fixed[1]}}  {reason[:why]}".rstrip())
    return lines


_STYLE = """
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1c2430; --soft: #5b6675; --line: #dcd9d0; --card: #fff;
  --good: #17663f; --bad: #a32020; --note: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181e; --ink: #e8eaee; --soft: #9aa5b4; --line: #303844;
  --card: #1b2129; --good: #6fd3a0; --bad: #ff8f86; --note: #e5b45a; } }
* { box-sizing: border-box } body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, sans-serif }
main { max-width: 70rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem } h1 { font-size: 1.75rem; margin: 0 0 .25rem }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem } p { margin: .25rem 0 1rem; color: var(--soft) }
.verdict { font-weight: 600 } .good { color: var(--good) } .bad { color: var(--bad) } .note { color: var(--note) }
.numbers { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0; padding: 0; list-style: none }
.numbers li { flex: 1 1 8rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
  padding: .75rem 1rem; color: var(--soft) } .numbers b { display: block; font-size: 1.5rem; color: var(--ink) }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100% } th { text-align: left; color: var(--soft);
  font-weight: 500 } th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
code { font: .875rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1rem }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; overflow: hidden }
figure img { width: 100%; height: 15rem; object-fit: contain; object-position: top; display: block;
  border-bottom: 1px solid var(--line) } figcaption { padding: .5rem .75rem; color: var(--soft) }
"""

_TONE = {"kept": "good", "redacted": "note", "dropped": "", "removed": "note"}


def page(report: DemoReport) -> str:
    """One HTML page without scripts and without anything from elsewhere but the pictures beside it."""
    held = report.passed()
    numbers: list[tuple[object, str]] = [
        (report.captured_records, "records captured"),
        (report.redacted_spans, "places redacted"),
        (sum(report.dropped.values()), "events dropped"),
        (report.batches, "batches sent"),
        (report.opened_records, "records opened"),
        (len(report.leaks), "leaks"),
        ("yes" if report.preview_equals_sent else "no", "preview equals sent"),
        (f"{report.seconds:.0f} s", "whole way"),
    ]
    parts = [
        "<h1>One typed sentence, the whole way</h1>",
        f'<p class="verdict {"good" if held else "bad"}">{"Every promise held." if held else "A promise failed."}</p>',
        _items((f"<b>{escape(str(number))}</b>{escape(what)}" for number, what in numbers), "numbers"),
        "<h2>What was typed, and what became of it</h2>",
        _table(
            ("Program", "Typed", "Became", "Why", "Record"),
            (
                (
                    escape(row.where),
                    f"<code>{escape(row.what)}</code>",
                    f'<span class="{_TONE.get(row.outcome, "")}">{escape(row.outcome)}</span>',
                    escape(row.why),
                    f"<code>{escape(row.stored)}</code>",
                )
                for row in report.typed
            ),
        ),
        "<h2>Not kept, by reason</h2>",
        _table(
            ("Reason", "Events"),
            ((escape(reason), str(count)) for reason, count in sorted(report.dropped.items())),
        ),
        "<h2>Promises</h2>",
        _table(
            ("", "Promise", "Seen"),
            (
                (
                    f'<span class="{"good" if check.held else "bad"}">{"held" if check.held else "failed"}</span>',
                    escape(check.promise),
                    escape(check.seen),
                )
                for check in report.checks
            ),
        ),
    ]
    if report.leaks:
        parts += ["<h2 class='bad'>Leaks</h2>", _items(f"<code>{escape(leak)}</code>" for leak in report.leaks)]
    figures = (
        f'<figure><a href="{escape(picture.file)}"><img src="{escape(picture.file)}" alt="{escape(picture.caption)}" '
        f'loading="lazy"></a><figcaption>{escape(picture.caption)}</figcaption></figure>'
        for picture in report.pictures
    )
    parts += ["<h2>Pictures</h2>", f'<div class="pictures">{"".join(figures)}</div>']
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Aboveboard: the whole way</title><style>{_STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _items(items: Iterable[str], kind: str = "") -> str:
    return f'<ul class="{kind}">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
