"""Passwords that their surroundings give away: a label, a command line, a URL, a login pair.

Labels and connectors in about twenty languages stand in ``password_words``. How a connector reads decides how much
the value itself must look like a password: nothing after ``password:``, a lot after ``password`` alone.
Command lines and lines of files: ``password_commands``. URLs: RFC 3986, userinfo.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from agent.redaction.detectors import password_commands as commands
from agent.redaction.detectors import password_words as words
from agent.redaction.kinds import PASSWORD
from agent.redaction.view import BARRIER, Span, View

_QUOTES: Final = "\"'`"
_LONGEST: Final = 256
#: A shorter number or word after a word of every day is none.
_SHORTEST: Final = 4

_UNSPACED: Final = r"\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff"
_TOKEN: Final = re.compile(rf"[^\s{BARRIER}]+")
_TOKEN_SPACED: Final = re.compile(rf"[^\s{BARRIER}{_UNSPACED}]+")
_NEXT_KEY: Final = re.compile(r"[;,](?=[\w ]{1,30}=)")
_NEXT_PARAMETER: Final = re.compile(r"[&#]")
_TAG: Final = re.compile(r"<")
_CALL: Final = re.compile(r"(?:[a-z_][\w.:]*|\$)\(|[a-z_][\w.]*\[(?:[a-z\"']|\Z)")
#: Numbers and pointers of programs.
_CODE: Final = re.compile(r"0[xX][0-9a-fA-F]{1,8}\Z|[*&)(]+\w*|[A-Za-z_]\w*\(")
_TEMPLATE: Final = re.compile(r"\$[({\w].*|<[a-z _-]+>?|\[[a-z _-]+\]?|\{+[a-z _.-]*\}*|[*.xX•·_-]{3,}", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.!?](?=\s|\Z)|\n")
_REST: Final = re.compile(rf"[^\n{BARRIER}]{{1,{_LONGEST}}}")
_STOPS: Final = re.compile(r"[ \t]*(?:[.,;!?)\n]|\Z)")
_LINK: Final = re.compile(r"https?://|www\.")
_SPACED_PIN: Final = re.compile(r"\d(?:[ .-]?\d){2,11}(?![\w])")

_URL: Final = re.compile(rf"[a-z][a-z0-9+.-]{{1,20}}://[^\s:/{BARRIER}]{{0,100}}:")
_USERINFO: Final = re.compile(rf"[^\s{BARRIER}]{{1,{4 * _LONGEST}}}")
_PORT: Final = re.compile(r"\d{1,5}(?:[/?#]|\Z)")
_LOGIN: Final = re.compile(
    r"\b(?:log-?in|logins?|credentials?|creds|zugangsdaten|zugang|acceso|identifiants?|accesso|dane logowania"
    r"|inlog|acesso|user(?:name)?[ \t]*/[ \t]*(?:pass|pw|pwd)(?:word)?)[ \t:=]{1,3}(?:is |are |ist |sind )?"
    rf"[^\s/{BARRIER}]{{1,100}}[ \t]*/[ \t]*(?=\S)"
)
#: ``user:password@host`` without a scheme.
_AT_HOST: Final = re.compile(
    r"(?<![^\s\"'=(\\/])[a-z_][a-z0-9_.\\-]{0,40}:(?P<value>[^\s:@\"'<>]{4,64})@(?=[a-z0-9][a-z0-9.-]{2,100}(?:[:/\s]|\Z))"
)
#: ``$PASSWORD``, ``<password>``, ``[PASSWORD]``: the shell or a reader fills it in.
_FROM_ELSEWHERE: Final = re.compile(r"\$(?:[\w{(])|<[a-z]|\[[a-z _-]+\]|\{\{")


def looks_like(value: str) -> bool:
    """Would a stranger take this for a password? Letters with digits or signs, capitals inside, or four digits."""
    if len(value) < _SHORTEST or _CODE.match(value):
        return False
    letters = any(char.isalpha() for char in value)
    digits = any(char.isdigit() for char in value)
    if digits and not letters:
        return value.isdigit()
    if not letters:
        return False
    if digits:
        return True
    if any(char in "!@#$%^&*+=?~|\\" for char in value[:-1]):
        return True
    return len(value) >= 6 and value[1:] != value[1:].lower() and value != value.upper()


class Passwords:
    """Finds the value, never the label; quotes and the punctuation of the sentence stay."""

    def find(self, view: View) -> Iterator[Span]:
        """See ``Detector.find``."""
        folded = view.folded
        labelled = words.possible(folded)
        if labelled:
            yield from self._one_by_one(view, words.labels(folded), self._labelled)
        if "://" in folded:
            yield from self._one_by_one(view, _URL.finditer(folded), self._in_url)
        if "/" in folded:
            yield from self._one_by_one(view, _LOGIN.finditer(folded), self._in_login)
        if "@" in folded:
            yield from self._one_by_one(view, _AT_HOST.finditer(folded), self._at_host)
        if " -" in folded or " /" in folded or "\t-" in folded:
            for place in commands.places(view):
                value = _value(folded, place)
                if value and not _FROM_ELSEWHERE.match(folded, value[0]):
                    yield view.span(*value, PASSWORD)
        if labelled or commands.speaking(folded):
            yield from self._in_lines(view)

    @staticmethod
    def _in_lines(view: View) -> Iterator[Span]:
        for start, end in commands.lines(view.folded):
            if not _FROM_ELSEWHERE.match(view.folded, start):
                yield view.span(start, end, PASSWORD)

    @staticmethod
    def _one_by_one(
        view: View, matches: Iterable[re.Match[str]], find: Callable[[View, re.Match[str]], Iterator[Span]]
    ) -> Iterator[Span]:
        """What ``find`` makes of each match, but those that a value found before reaches beyond.

        What follows such a match is gone already, and looking again would cost the square of the value's length.
        A match at the very end of a value counts: ``Passord:`` with ``Passwort ist ...`` on the next line.
        """
        done = 0
        for match in matches:
            if view.place(match.end()) >= done:
                for span in find(view, match):
                    done = max(done, span.end)
                    yield span

    def _labelled(self, view: View, label: re.Match[str]) -> Iterator[Span]:
        folded = view.folded
        end = label.end()
        start = label.start()
        option = words.OPTION.search(folded, max(0, start - 50), start)
        if option and (beside := re.compile(r"[ =]{1,2}").match(folded, end)):
            yield from self._any_value(view, beside.end(), label)
            return
        direct = words.DIRECT.match(folded, end) or words.DIRECT_UNSPACED.match(folded, end)
        if direct:
            yield from self._any_value(view, direct.end(), label)
            return
        indirect = words.INDIRECT.match(folded, end)
        if indirect:
            found = list(self._likely_value(view, indirect.end(), label))
            if found:
                yield from found
                return
        beside = words.BESIDE.match(folded, end)
        if beside:
            value = _after(label, folded, beside.end())
            if value and _beside_fits(label.group(), view.typed(*value)):
                yield view.span(*value, PASSWORD)

    @staticmethod
    def _any_value(view: View, at: int, label: re.Match[str]) -> Iterator[Span]:
        """After ``password:``: whatever stands there, unless a program would have written it."""
        folded = view.folded
        value = _after(label, folded, at)
        if value is None:
            return
        text = folded[slice(*value)]
        sign = folded[label.end() : at].strip()
        if (sign == ">" and _LINK.match(text)) or (sign.startswith("==") and not looks_like(view.typed(*value))):
            return  # ``<user:password> https://...``, ``if password == other``
        if text in words.NOT_A_LITERAL or _CALL.match(text) or _TEMPLATE.fullmatch(text):
            return
        if label.group() in words.EVERYDAY and _is_everyday(folded, label.start(), text):
            return
        if folded[value[1] : value[1] + 1] == ":" and "\n" in folded[label.end() : value[0]]:
            return  # an empty field, then the next label
        yield view.span(*value, PASSWORD)

    @staticmethod
    def _likely_value(view: View, at: int, label: re.Match[str]) -> Iterator[Span]:
        """After ``password is``: something that looks like one, or a lone word that no such sentence ends with."""
        folded = view.folded
        value = _after(label, folded, at)
        if value is None:
            return
        text = folded[slice(*value)]
        if _LINK.match(text):
            return
        quoted = folded[value[0] - 1] in _QUOTES
        if quoted or looks_like(view.typed(*value)) or _spaced_pin(label, folded, at):
            yield view.span(*value, PASSWORD)
            return
        if (
            len(text) < _SHORTEST
            or label.group() in words.EVERYDAY
            or text in words.NOT_A_VALUE
            or _TEMPLATE.fullmatch(text)
        ):
            return
        if _STOPS.match(folded, value[1]) or words.GOES_ON.match(folded, value[1]):
            yield view.span(*value, PASSWORD)

    @staticmethod
    def _in_login(view: View, login: re.Match[str]) -> Iterator[Span]:
        value = _value(view.folded, login.end())
        if value and looks_like(view.typed(*value)):
            yield view.span(*value, PASSWORD)

    @staticmethod
    def _at_host(view: View, pair: re.Match[str]) -> Iterator[Span]:
        if looks_like(view.typed(*pair.span("value"))):
            yield view.span(*pair.span("value"), PASSWORD)

    @staticmethod
    def _in_url(view: View, url: re.Match[str]) -> Iterator[Span]:
        at = url.end()
        token = _USERINFO.match(view.folded, at)
        if token is None or _PORT.match(token.group()):
            return
        sign = token.group().rfind("@")
        if sign > 0 and not ("@" in url.group() and "/" in token.group()[:sign]):
            yield view.span(at, at + sign, PASSWORD)

    def open_from(self, view: View) -> int:
        """See ``Detector.open_from``: an open quote or an unfinished phrase after a label."""
        folded = view.folded
        floor = max(0, len(folded) - 2 * _LONGEST)
        first = len(folded)
        if not words.possible(folded):
            return len(view.text)
        for label in words.labels(folded, floor):
            if "\n" not in folded[label.end() + 8 :]:
                first = min(first, label.start())
        return view.place(first)


def _is_everyday(folded: str, start: int, value: str) -> bool:
    """``for (pass = 0;``, ``second pass: compile``."""
    if value.isdigit() and len(value) < _SHORTEST:
        return True
    return words.COUNTED.search(folded, max(0, start - 12), start) is not None


def _beside_fits(label: str, text: str) -> bool:
    if words.SHORT_PIN.search(label):
        digits = re.sub(r"[ .-]", "", text)
        return digits.isdigit() and 4 <= len(digits) <= 8
    if label in words.EVERYDAY:
        return looks_like(text) and not text.isdigit() and not text.isalpha()
    return looks_like(text)


def _after(label: re.Match[str], folded: str, at: int) -> tuple[int, int] | None:
    """The value at ``at``, of the form that the label promises: a phrase, a PIN perhaps in groups, or one word."""
    if words.PHRASE.search(label.group()):
        return _phrase(folded, at)
    return _spaced_pin(label, folded, at) or _value(folded, at, label.start())


def _spaced_pin(label: re.Match[str], folded: str, at: int) -> tuple[int, int] | None:
    pin = _SPACED_PIN.match(folded, at) if words.SHORT_PIN.search(label.group()) else None
    return pin.span() if pin else None


def _phrase(folded: str, at: int) -> tuple[int, int] | None:
    """Several words: to the end of the sentence or line, or inside the quotes."""
    if folded[at : at + 1] in tuple(_QUOTES):
        return _value(folded, at)
    rest = _REST.match(folded, at)
    if rest is None:
        return None
    stop = _SENTENCE_END.search(rest.group())
    end = at + (stop.start() if stop else len(rest.group().rstrip()))
    return (at, end) if end > at else None


def _quoted(folded: str, at: int) -> tuple[int, int] | None:
    """What stands in the quotes that open at ``at``; if they do not close, everything on the line may be part of it."""
    line = folded.find("\n", at)
    stop = min(len(folded) if line < 0 else line, at + 1 + _LONGEST)
    closing = folded.find(folded[at], at + 1, stop)
    barrier = folded.find(BARRIER, at + 1, stop)
    end = min((place for place in (closing, barrier) if place >= 0), default=stop)
    return (at + 1, end) if end > at + 1 else None


def _value(folded: str, at: int, label: int | None = None) -> tuple[int, int] | None:
    """Start and end of the value at ``at``: inside its quotes, or up to the next blank; None if there is none.

    label: where the label began; in a query string the value ends at the next parameter.
    """
    quote = folded[at : at + 1]
    if quote and quote in _QUOTES:
        return _quoted(folded, at)
    pattern = _TOKEN_SPACED if quote.isascii() else _TOKEN
    token = pattern.match(folded, at)
    if token is None:
        return None
    end = token.end()
    ends = [_NEXT_KEY]
    if label is not None and label > 0:
        before = folded[label - 1]
        if before in "?&" or _in_query(folded, label):
            ends.append(_NEXT_PARAMETER)
        if before == "<":
            ends.append(_TAG)
    for pattern in ends:
        stop_match = pattern.search(folded, at, end)
        if stop_match and stop_match.start() > at:
            end = stop_match.start()
    trimmed = len(folded[at:end].rstrip(".,;:)]}>\"'`"))
    return (at, at + trimmed) if trimmed else None


def _in_query(folded: str, label: int) -> bool:
    """Does the label end a parameter's name, as in ``?user_password=``?"""
    start = label
    while start > 0 and label - start < 40 and (folded[start - 1].isalnum() or folded[start - 1] in "_-"):
        start -= 1
    return start > 0 and folded[start - 1] in "?&"
