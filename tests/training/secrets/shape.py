"""Counts how people name things, for ``agent/redaction/detectors/secret_shape.py``.

``python -m tests.training.secrets.shape`` prints the tables. Counted are the names, paths and words of Python's own
library (PSF licence); what comes out are frequencies, no text.
"""

from __future__ import annotations

import math
import re
import sysconfig
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

_TOKEN = re.compile(r"[A-Za-z0-9_\-+/.~]{5,}")
_KINDS = "aA0-"


def kind(char: str) -> int:
    """0 small letter, 1 capital, 2 digit, 3 sign."""
    return 0 if "a" <= char <= "z" else 1 if "A" <= char <= "Z" else 2 if char.isdigit() else 3


def tokens() -> Iterator[str]:
    """Every different name, path and word, each once."""
    seen = set()
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).rglob("*.py")):
        if "site-packages" in path.parts:
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        # Not what is random itself: tables of codecs, encoded icons and archives.
        seen.update(token for token in _TOKEN.findall(text) if len(token) < 60)
    return iter(sorted(seen))


def main() -> None:
    """Print both tables: bits by which a step is likelier among names than by chance, as letters."""
    steps: Counter[tuple[int, int]] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for token in tokens():
        for before, after in pairwise(token):
            steps[kind(before), kind(after)] += 1
            if kind(before) < 2 and kind(after) < 2 and not (kind(before) == 0 and kind(after) == 1):
                pairs[before.lower(), after.lower()] += 1
    letters = "abcdefghijklmnopqrstuvwxyz"
    for before in letters:
        total = sum(pairs[before, after] for after in letters) + 26
        print('    "' + "".join(code(math.log2((pairs[before, after] + 1) / total)) for after in letters) + '"')
    for first in range(4):
        total = sum(steps[first, second] for second in range(4))
        print([round(math.log2(steps[first, second] / total), 1) for second in range(4)])


def code(bits: float) -> str:
    """A probability as a digit of base 36: its negative logarithm (base 2) in halves, at most 17.5."""
    return "0123456789abcdefghijklmnopqrstuvwxyz"[min(35, round(-bits * 2))]


if __name__ == "__main__":
    main()
