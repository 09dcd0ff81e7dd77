"""From text to the places of personal names: a linear-chain model over the stretches where a name could be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agent.redaction.names.model import Model
from agent.redaction.names.tokens import MACHINE, NUMBERS, Entry, Tokens, described, favour_of, features_of
from agent.redaction.names.words import CLASSES, CODENAMED
from agent.redaction.view import BARRIER

#: Longer stretches of possible names are judged in parts.
MOST_TOKENS: Final = 24
#: How often a text is looked at again beside what was found in it. Each time finds a name, or is the last.
ROUNDS: Final = 4
#: Signs without blanks that a surname and a given name have, titles after them included.
_LONGEST_RUN: Final = 6
_KEPT_WORDS: Final = 12_000
_NOTHING: Final[Sequence[int]] = (0,) * 10
_NEVER: Final = -1e9
#: A word in small letters that no list holds needs this much better a place than a known one.
_DOUBT: Final = -3.5
#: A word that speaks so much against being a name's beginning is none in any place, so its place is not looked at.
_HOPELESS: Final = -1.5


def _short_run(entries: Sequence[Entry], index: int) -> bool:
    """Does a run of no more signs than a name has begin here? Then it may be one, though no list has its surname."""
    if index and entries[index - 1].may:
        return False
    end = index
    while end < len(entries) and entries[end].may >= 2 and end - index <= _LONGEST_RUN:
        end += 1
    return 1 < end - index <= _LONGEST_RUN


def _stretch_end(entries: Sequence[Entry], index: int) -> int:
    """Where the stretch of possible names ends that begins at a token."""
    size, stop = len(entries), index + 1
    while stop < size and stop - index < MOST_TOKENS:
        if entries[stop].may >= 2:
            stop += 1
            continue
        further = stop
        while further < size and entries[further].may == 1 and further < stop + 3:
            further += 1
        if further == stop or further >= size or entries[further].may < 2:
            break
        stop = further + 1
    return stop


class Decoder:
    """Finds names with a model. For speed it remembers words of its own word table, and no others, until ``forget``:
    they were typed by somebody, so whoever holds it calls that every so often.
    """

    __slots__ = ("_doubt", "_entries", "_hopeless", "_model", "_steps", "_transitions")

    def __init__(self, model: Model, bias: float) -> None:
        """bias: how much a name is favoured at each word; more finds more."""
        self._model = model
        self._entries: dict[str, Entry] = {}
        self._steps = bias / model.step
        self._doubt = round(_DOUBT / model.step)
        self._hopeless = round(_HOPELESS / model.step)
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
            (tokens.start(start), tokens.end(end - 1))
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
        return floor + tokens.start(index)

    def _barrier(self) -> Entry:
        return self._entry(BARRIER)

    def _all_entries(self, keys: Sequence[str]) -> list[Entry]:
        kept = self._entries
        found = list(map(kept.get, keys))
        if None not in found:
            return found  # type: ignore[return-value]  # narrowed by the line above
        fresh: dict[str, Entry] = {}
        for index, key in enumerate(keys):
            if found[index] is None:
                # Of a number only its length is weighed.
                alike = MACHINE[: len(key)] if key[0].isdigit() else key
                entry = kept.get(alike) or fresh.get(alike)
                if entry is None:
                    entry = self._new_entry(alike)
                    public = entry.marks or len(alike) == 1 or alike in NUMBERS
                    (kept if public and len(kept) < _KEPT_WORDS else fresh)[alike] = entry
                found[index] = entry
        return found  # type: ignore[return-value]  # every place is filled now

    def _new_entry(self, key: str) -> Entry:
        may, kind, marks = described(self._model.known, key)
        favour = favour_of(key, marks)
        return Entry(key, may, kind, marks, favour)

    def _entry(self, key: str) -> Entry:
        return self._all_entries((key,))[0]

    def _weights(self, entry: Entry) -> Sequence[int]:
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
        self, entries: list[Entry], places: list[tuple[int, int]], spans: list[tuple[int, int]]
    ) -> tuple[list[Entry], list[tuple[int, int]]]:
        """The text as it will look with ``spans`` taken out: one barrier for each."""
        shorter: list[Entry] = []
        origins: list[tuple[int, int]] = []
        place = 0
        for start, end in spans:
            shorter += entries[place:start]
            origins += places[place:start]
            shorter.append(self._barrier())
            origins.append((places[start][0], places[end - 1][1]))
            place = end
        return shorter + entries[place:], origins + places[place:]

    def _decode(self, entries: list[Entry], near: Entry | None, greedy: bool = False) -> list[tuple[int, int]]:
        """Names as ranges of tokens. near: only stretches beside this entry; greedy: all of each such stretch."""
        found: list[tuple[int, int]] = []
        stop = 0
        for index in [place for place, entry in enumerate(entries) if entry.may >= 2]:
            if index < stop or (entries[index].may == 3 and not _short_run(entries, index)):
                continue
            stop = _stretch_end(entries, index)
            if stop == index + 1 and index and entries[index - 1].key.lower() in CODENAMED:
                continue
            if near is None or near in entries[max(0, index - 2) : stop + 2]:
                if greedy:
                    found.append((index, stop))
                else:
                    found += self._best(entries, index, stop)
        return found

    def _best(self, entries: list[Entry], start: int, end: int) -> list[tuple[int, int]]:
        """The best reading of one stretch (Viterbi over: outside, beginning of a name, inside one)."""
        oo, ob, _oi, bo, bb, bi, io, ib, ii = self._transitions
        open_end = end == len(entries)
        if all((entry.weights or self._weights(entry))[4] < self._hopeless for entry in entries[start:end]):
            return []
        if end == start + 1:  # most are single words: what a name gains over none
            gain = self._begins(entries, start) + (ob - oo if start else 0.0) + (0.0 if open_end else bo - oo)
            return [(start, end)] if gain > 0.0 else []
        scores = self._scores(entries, start, end)
        outside, begin, inside = 0.0, _NEVER, _NEVER
        back: list[tuple[int, int, int]] = []
        first = start == 0
        for b, i in scores:
            if first:  # nothing stands before the first token of a text: no step into it has a weight
                to_outside = to_begin = (0.0, _NEVER, _NEVER)
                first = False
            else:
                to_outside = (outside + oo, begin + bo, inside + io)
                to_begin = (outside + ob, begin + bb, inside + ib)
            best_outside, best_begin = max(to_outside), max(to_begin)
            from_begin = begin + bi >= inside + ii
            back.append((to_outside.index(best_outside), to_begin.index(best_begin), 1 if from_begin else 2))
            outside, begin, inside = best_outside, best_begin + b, (begin + bi if from_begin else inside + ii) + i
        final = (outside, begin, inside) if open_end else (outside + oo, begin + bo, inside + io)
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

    def _begins(self, entries: list[Entry], index: int) -> int:
        """How much speaks for a name that begins at a token, in steps: as ``_scores``, of one token alone."""
        model, weights, entry = self._model, self._weights, entries[index]
        score = (entry.weights or weights(entry))[4]
        before = after = 0
        if index:
            near = entries[index - 1]
            before = near.kind
            score += (near.weights or weights(near))[2]
            if index > 1:
                near = entries[index - 2]
                score += (near.weights or weights(near))[0]
        if index + 1 < len(entries):
            near = entries[index + 1]
            after = near.kind
            score += (near.weights or weights(near))[6]
            if index + 2 < len(entries):
                near = entries[index + 2]
                score += (near.weights or weights(near))[8]
        pair = before * CLASSES + entry.kind
        score += model.before[pair][0] + model.after[entry.kind * CLASSES + after][0]
        triple = model.triples.get(pair * CLASSES + after)
        return score + triple[0] if triple else score

    def _scores(self, entries: list[Entry], start: int, end: int) -> list[tuple[int, int]]:
        """For each token of the stretch how much speaks for the beginning and for the inside of a name, in steps."""
        before, after, triples = self._model.before, self._model.after, self._model.triples
        near = entries[max(0, start - 2) : end + 2]
        kinds = [0, 0, *[entry.kind for entry in near], 0, 0]
        weights = [_NOTHING, _NOTHING, *map(self._weights, near), _NOTHING, _NOTHING]
        place = 2 + min(2, start)
        scores = []
        for here in range(place, place + end - start):
            c1, c, n1 = kinds[here - 1 : here + 2]
            w2, w1, w, x1, x2 = weights[here - 2 : here + 3]
            pair = c1 * CLASSES + c
            (pb, pi), (nb, ni) = before[pair], after[c * CLASSES + n1]
            tb, ti = triples.get(pair * CLASSES + n1, (0, 0))
            scores.append((
                w2[0] + w1[2] + w[4] + x1[6] + x2[8] + pb + nb + tb,
                w2[1] + w1[3] + w[5] + x1[7] + x2[9] + pi + ni + ti,
            ))  # fmt: skip
        return scores
