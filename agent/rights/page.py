"""A page of HTML that needs nothing but itself: no script, no link, no picture, prints in black. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Final

_STYLE: Final = """
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100% } th { text-align: left; vertical-align: top; font-weight: 600 }
td, th { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8886; overflow-wrap: anywhere; vertical-align: top }
section { break-inside: avoid; margin: 0 0 1.5rem } th { width: 13rem }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #8881; padding: .6rem; margin: .2rem 0 }
@media print { body { margin: 0; max-width: none; font-size: 11pt } }
"""


class Markup(str):
    """HTML that one of these functions made; every other text is escaped."""

    __slots__ = ()


def day(at: int) -> str:
    """The day (UTC), YYYY-MM-DD."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")


def moment(at: int) -> str:
    """Day and minute (UTC)."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


def page(title: str, parts: Iterable[str], language: str = "en") -> str:
    """A whole document. parts: HTML that ``text``, ``facts``, ``code`` and the like have made safe."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    # Nothing may be fetched or run, whatever stands in a record.
    head += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    body = "\n".join((f"<h1>{escape(title)}</h1>", *parts))
    return (
        f'<!doctype html>\n<html lang="{language}"><head>{head}<style>{_STYLE}</style></head>\n'
        f"<body>\n{body}\n</body></html>\n"
    )


def heading(words: str) -> str:
    return f"<h2>{escape(words)}</h2>"


def text(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def code(words: str) -> Markup:
    """A value somebody types or compares: in groups of four, so that the place is not lost."""
    return Markup(f"<code>{escape(' '.join(words[at : at + 4] for at in range(0, len(words), 4)))}</code>")


def quoted(words: str) -> Markup:
    """A text as it is, line breaks too."""
    return Markup(f"<pre>{escape(words)}</pre>")


def facts(rows: Sequence[tuple[str, str]]) -> str:
    """Names and values in two columns."""
    lines = [
        f"<tr><th>{escape(name)}</th><td>{value if isinstance(value, Markup) else escape(value)}</td></tr>"
        for name, value in rows
    ]
    return f"<table>{''.join(lines)}</table>"


def listed(items: Sequence[str]) -> str:
    return "<ol>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ol>"


def section(*parts: str) -> str:
    """Kept on one page of paper where it fits."""
    return f"<section>{''.join(parts)}</section>"
