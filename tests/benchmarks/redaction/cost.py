"""Microseconds per 100 characters, median of rounds: ``python -m tests.benchmarks.redaction.cost``. CPU time."""

from __future__ import annotations

import statistics
import time

from agent.records import Program, RawText
from agent.redaction import Redactor

ROUNDS = 7
TEXTS = {
    "prose without anything": (
        "The meeting moves to half past two because the room is taken before that. Please bring the three drafts "
        "and tell the others; we will start with the open questions from last week and then look at the plan."
    ),
    "everything in it": (
        "Please pay card 4111 1111 1111 1111 and mail jan.novak@example.org, the password is hunter2 and the pin "
        "for the door is 6856. Projekt Falke asks Zoë again."
    ),
    "other scripts": "Здравствуйте, встреча в 14:30. パスワードは eTidR09f1Ud です。密码：i$^170H_X",  # noqa: RUF001
    "code": "def total(items: list[Item]) -> int:\n    return sum(item.price * item.count for item in items)\n",
}
OWN_WORDS = ("Zoë", "Projekt Falke", "Novak", "4815", "Karla Čapková")


def measure(redactor: Redactor, text: str) -> float:
    """Microseconds per 100 characters."""
    raw = RawText(text, "", Program("x", "X"), ("p",), 0)
    count = max(1, 20_000 // len(text))
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(count):
            redactor.redact(raw)
        rounds.append((time.process_time() - start) / count / len(text) * 100 * 1e6)
    return statistics.median(rounds)


def main() -> None:
    started = time.process_time()
    Redactor(OWN_WORDS)
    print(f"start: {(time.process_time() - started) * 1000:.1f} ms")
    for own_words in ((), OWN_WORDS):
        redactor = Redactor(own_words)
        for name, text in TEXTS.items():
            print(f"{name}, {len(own_words)} own words: {measure(redactor, text):.0f} us per 100 characters")


if __name__ == "__main__":
    main()
