"""What is wrong with a policy file: every mistake with its place and its remedy."""

from __future__ import annotations

from dataclasses import dataclass

from agent.problems import Invalid


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """place: path inside the file (``notice.purposes[0].id``), or ``file``. what: what is wrong. remedy: what to do."""

    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}. {self.remedy}"


class PolicyInvalid(Invalid):
    """A policy file that was refused whole. ``mistakes``: all that is wrong with it, in the order of the table."""

    def __init__(self, mistakes: tuple[Mistake, ...], place: str) -> None:
        self.mistakes = mistakes
        super().__init__("policy-invalid", mistakes=" ".join(map(str, mistakes)), place=place)


def shown(name: str) -> str:
    """A key or value of a file nobody checked yet, safe to print: ASCII, at most 60 characters."""
    short = ascii(name)[1:-1]
    return short if len(short) <= 60 else short[:57] + "..."
