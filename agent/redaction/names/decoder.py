"""From text to the places of personal names: a linear-chain model over the stretches where a name could be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from agent.redaction.names.model import Model
from agent.redaction.names.words import (
    CLASSES,
    COMMON_MASK,
    FIRST,
    LABELS,
    LAST,
    PARTICLES,
    TOKEN,
    cjk_class,
    cjk_features,
    is_cjk,
    shape,
    word_class,
    word_features,
)
from agent.redaction.view import BARRIER


class _Entry:
    """A token as the model sees it. may: part of a name (2: yes; 3: but not its first; 1: only between others; 0: no).

    ``weights`` are worked out when a stretch near by is judged.
    """

    __slots__ = ("favour", "key", "kind", "marks", "may", "weights")

    def __init__(self, key: str, may: int, kind: int, marks: int, favour: float) -> None:
        self.key, self.may, self.kind, self.marks, self.favour = key, may, kind, marks, favour
        self.weights: Sequence[int] | None = None


#: Longer stretches of possible names are judged in parts.
MOST_TOKENS: Final = 24
#: How often a text is looked at again beside what was found in it. Each time finds a name, or is the last.
ROUNDS: Final = 4
_KEPT_WORDS: Final = 12_000
_NOTHING: Final[Sequence[int]] = (0,) * 10
_NEVER: Final = -1e9
#: A word in small letters that no list holds needs this much better a place than a known one.
_DOUBT: Final = -2.0
#: The key of every token of mixed letters and digits.
_MACHINE: Final = "000000"


def candidate(token: str, known: int) -> int:
    """2: may be part of a name; 1: only between parts of one; 0: never."""
    if not token[0].isalpha():
        return 0
    low = token.lower()
    if low in LABELS:
        return 0
    common, named = known & COMMON_MASK, known & (FIRST | LAST)
    if low in PARTICLES and common:
        return 1
    kind = shape(token)
    if kind == "x" and not named:
        likely = common == 0 and 2 < len(token) < 12
    elif kind == "m" and not named:
        likely = common > 0
    else:
        likely = common < 3 or (kind != "x" and named > 0)
    return 2 if likely else 0


def cjk_known(known: Callable[[str], int], run: str) -> int:
    """1 and 2: a surname of one or more signs begins here; 4 beside that: a given name does."""
    surname = 1 if known(run[0]) & LAST else 0
    longer = [known(run[:size]) for size in (2, 3) if len(run) >= size]
    if any(marks & LAST for marks in longer):
        surname = 2
    return surname + (4 if any(marks & FIRST for marks in longer) else 0)


def hyphenated(known: Callable[[str], int], token: str) -> int:
    """What the word table says of a word's parts together: as common as its rarest, a name where a part is one."""
    parts = [known(part) for part in token.split("-")]
    marks = 0
    for part in parts:
        marks |= part & (FIRST | LAST)
    return min(part & COMMON_MASK for part in parts) | marks


def described(known: Callable[[str], int], key: str) -> tuple[int, int, int]:
    """May it be part of a name (see ``candidate``), its class, its marks; ``known``: the word table."""
    sign = key[1] if key[0] == " " else key[0]
    if is_cjk(sign):
        marks = cjk_known(known, key.strip())
        katakana = "\u30a0" <= sign <= "\u30ff"
        may = 0 if "\u3041" <= sign <= "\u309f" else 2 if marks or katakana else 3
        return may, cjk_class(key, marks), marks
    marks = 0
    if sign.isalpha():
        low = key.lower()
        marks = known(low)
        if not marks and "-" in key:
            marks = hyphenated(known, low)
        elif not marks and low[-1] == "s" and len(low) > 4:
            marks = known(low[:-1])  # the genitive of Germanic languages
    return candidate(key, marks), word_class(key, marks), marks


def features_of(key: str, marks: int) -> list[str]:
    """What the model weighs of a token; ``key``: as ``Tokens`` makes it, ``marks``: as ``described`` tells."""
    sign = key[1] if key[0] == " " else key[0]
    return cjk_features(key, marks) if is_cjk(sign) else word_features(key, marks)


class Tokens:
    """The tokens of a text, with the keys under which their entries are found."""

    __slots__ = ("ends", "keys", "starts")

    def __init__(self, text: str) -> None:
        matches = list(TOKEN.finditer(text))
        self.keys = [_MACHINE if match.lastindex else match.group() for match in matches]
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]
        if text.isascii():
            return
        for index, key in enumerate(self.keys):
            if is_cjk(key):
                start = self.starts[index]
                end = start + 1
                while end < start + 3 and end < len(text) and is_cjk(text[end]):
                    end += 1
                first = start == 0 or not is_cjk(text[start - 1])
                self.keys[index] = (" " if first else "") + text[start:end]


class Decoder:
    """Finds names with a model. For speed it remembers words of its own word table, and no others, until ``forget``:
    they were typed by somebody, so whoever holds it calls that every so often.
    """

    __slots__ = ("_doubt", "_entries", "_model", "_steps", "_transitions")

    def __init__(self, model: Model, bias: float) -> None:
        """bias: how much a name is favoured at each word; more finds more."""
        self._model = model
        self._entries: dict[str, _Entry] = {}
        self._steps = bias / model.step
        self._doubt = round(_DOUBT / model.step)
        self._transitions = tuple(weight / model.step for weight in model.transitions)

    def find(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each name, in order, disjoint. Looking again with names taken out finds no more, if they are
        no more than ``ROUNDS``.
        """
        tokens = Tokens(text)
        entries = self._all_entries(tokens.keys)
        spans = self._decode(entries, near=None)
        if not spans:
            return []
        places = [(index, index + 1) for index in range(len(entries))]
        for round_ in range(ROUNDS + 1):
            entries, places = self._collapsed(entries, places, spans)
            spans = self._decode(entries, near=self._barrier(), greedy=round_ == ROUNDS)
            if not spans:
                break
        barrier = self._barrier()
        return [
            (tokens.starts[start], tokens.ends[end - 1])
            for entry, (start, end) in zip(entries, places, strict=True)
            if entry is barrier and not (end == start + 1 and tokens.keys[start] == BARRIER)
        ]

    def forget(self) -> None:
        """Let go of every word that is remembered for speed."""
        self._entries.clear()

    def remembered(self) -> int:
        """How many words are remembered now."""
        return len(self._entries)

    def open_from(self, text: str, floor: int) -> int:
        """Where the last stretch of possible names begins that the next words still decide; not before ``floor``."""
        tokens = Tokens(text[floor:])
        entries = self._all_entries(tokens.keys)
        size = len(entries)
        index = next((place for place in range(max(0, size - 3), size) if entries[place].may == 2), None)
        if index is None:
            return len(text)
        while index > 0 and entries[index - 1].may and index > size - MOST_TOKENS:
            index -= 1
        return floor + tokens.starts[index]

    def _barrier(self) -> _Entry:
        return self._entry(BARRIER)

    def _all_entries(self, keys: Sequence[str]) -> list[_Entry]:
        kept = self._entries
        fresh: dict[str, _Entry] = {}
        found = []
        for key in keys:
            entry = kept.get(key) or fresh.get(key)
            if entry is None:
                may, kind, marks = described(self._model.known, key)
                # Of words in no list only those with a capital, and no signs of scripts without blanks, are favoured.
                favour = (
                    1.0
                    if key[0].isupper()
                    else 0.5
                    if marks and not is_cjk(key.strip()[:1] or key)
                    else -1.0
                    if key[0].islower()
                    else 0.0
                )
                entry = _Entry(key, may, kind, marks, favour)
                if (marks or len(key) == 1) and len(kept) < _KEPT_WORDS:
                    kept[key] = entry
                else:
                    fresh[key] = entry
            found.append(entry)
        return found

    def _entry(self, key: str) -> _Entry:
        return self._all_entries((key,))[0]

    def _weights(self, entry: _Entry) -> Sequence[int]:
        """Ten weights: starts a name and goes on with one, at each place from two after the token to two before it."""
        if entry.weights is None:
            rows = self._model.rows_of(features_of(entry.key, entry.marks))
            weights = list(map(sum, zip(*rows, strict=True))) if rows else [0] * 10
            favour = round(self._steps * entry.favour) if entry.favour >= 0.0 else self._doubt
            weights[4] += favour
            weights[5] += favour
            entry.weights = weights
        return entry.weights

    def _collapsed(
        self, entries: list[_Entry], places: list[tuple[int, int]], spans: list[tuple[int, int]]
    ) -> tuple[list[_Entry], list[tuple[int, int]]]:
        """The text as it will look with ``spans`` taken out: one barrier for each."""
        shorter: list[_Entry] = []
        origins: list[tuple[int, int]] = []
        place = 0
        for start, end in spans:
            shorter += entries[place:start]
            origins += places[place:start]
            shorter.append(self._barrier())
            origins.append((places[start][0], places[end - 1][1]))
            place = end
        return shorter + entries[place:], origins + places[place:]

    def _decode(self, entries: list[_Entry], near: _Entry | None, greedy: bool = False) -> list[tuple[int, int]]:
        """Names as ranges of tokens. near: only stretches beside this entry; greedy: all of each such stretch."""
        found: list[tuple[int, int]] = []
        size = len(entries)
        index = 0
        while index < size:
            if entries[index].may != 2:
                index += 1
                continue
            end = index + 1
            while end < size and end - index < MOST_TOKENS:
                if entries[end].may >= 2:
                    end += 1
                elif entries[end].may == 1:
                    further = end + 1
                    while further < size and entries[further].may == 1 and further < end + 3:
                        further += 1
                    if further < size and entries[further].may >= 2:
                        end = further + 1
                    else:
                        break
                else:
                    break
            if near is None or near in entries[max(0, index - 2) : end + 2]:
                if greedy:
                    found.append((index, end))
                else:
                    found += self._best(entries, index, end)
            index = end
        return found

    def _best(self, entries: list[_Entry], start: int, end: int) -> list[tuple[int, int]]:
        """The best reading of one stretch (Viterbi over: outside, beginning of a name, inside one)."""
        model = self._model
        before, after, triples = model.before, model.after, model.triples
        oo, ob, _oi, bo, bb, bi, io, ib, ii = self._transitions
        near = entries[max(0, start - 2) : end + 2]
        kinds = [0, 0, *(entry.kind for entry in near), 0, 0]
        weights = [_NOTHING, _NOTHING, *map(self._weights, near), _NOTHING, _NOTHING]
        place = 2 + min(2, start)
        outside, begin, inside = 0.0, _NEVER, _NEVER
        back: list[tuple[int, int, int]] = []
        for position in range(start, end):
            c1, c, n1 = kinds[place - 1 : place + 2]
            w2, w1, w, x1, x2 = weights[place - 2 : place + 3]
            pair, pair2 = before[c1 * CLASSES + c], after[c * CLASSES + n1]
            b = w2[0] + w1[2] + w[4] + x1[6] + x2[8] + pair[0] + pair2[0]
            i = w2[1] + w1[3] + w[5] + x1[7] + x2[9] + pair[1] + pair2[1]
            triple = triples.get((c1 * CLASSES + c) * CLASSES + n1)
            if triple is not None:
                b += triple[0]
                i += triple[1]
            if position:
                to_outside = (outside + oo, begin + bo, inside + io)
                to_begin = (outside + ob, begin + bb, inside + ib)
            else:  # nothing stands before the first token of a text: no step into it has a weight
                to_outside = to_begin = (0.0, _NEVER, _NEVER)
            best_outside, best_begin = max(to_outside), max(to_begin)
            from_begin = begin + bi >= inside + ii
            back.append((to_outside.index(best_outside), to_begin.index(best_begin), 1 if from_begin else 2))
            outside, begin, inside = best_outside, best_begin + b, (begin + bi if from_begin else inside + ii) + i
            place += 1
        final = (outside, begin, inside)
        if end < len(entries):
            final = (outside + oo, begin + bo, inside + io)
        tag = final.index(max(final))
        found: list[tuple[int, int]] = []
        stop = end
        for position in range(end - 1, start - 1, -1):
            if tag == 1:
                found.append((position, stop))
                stop = position
            elif tag == 0:
                stop = position
            tag = back[position - start][tag]
        found.reverse()
        return found
