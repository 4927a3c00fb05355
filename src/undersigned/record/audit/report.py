"""What an audit says: findings with their word and place, remarks, and the last line."""

from collections import Counter
from enum import StrEnum

MOST_SHOWN = 20
"""Findings shown of one word. A file that was cut off would otherwise give a line for every entry behind it."""


class Word(StrEnum):
    """The check that failed. Other programs and printed instructions rely on these words.

    Verification inside the product adds words of its own, for what an outsider does not see.
    """

    SIGNATURE = "SIGNATURE"
    ORIGIN = "ORIGIN"
    QUORUM = "QUORUM"
    BUNDLE = "BUNDLE"
    ROOT = "ROOT"
    ROLLBACK = "ROLLBACK"
    FORK = "FORK"
    TILE = "TILE"
    RECEIPT = "RECEIPT"
    COMMITMENT = "COMMITMENT"
    LEAF = "LEAF"
    COUNTER = "COUNTER"
    TIME = "TIME"


class Report:
    """Collects what the checks find. A place is a file of the folder, with `#n` behind it for entry n."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._counts: Counter[tuple[str, StrEnum]] = Counter()

    @property
    def sound(self) -> bool:
        return not any(kind == "FAIL" for kind, _ in self._counts)

    def fail(self, word: StrEnum, where: str, what: str) -> None:
        """A finding: the record, or what was kept of it, is not what it should be."""
        self._add("FAIL", word, where, what)

    def note(self, word: StrEnum, where: str, what: str) -> None:
        """A remark, which does not make the record unsound."""
        self._add("NOTE", word, where, what)

    def lines(self) -> list[str]:
        """Every line, in the order found, with a count of those that were not shown."""
        hidden = [
            f"{kind} {word} elsewhere: {count - MOST_SHOWN} more of this kind are not shown"
            for (kind, word), count in self._counts.items()
            if count > MOST_SHOWN
        ]
        return self._lines + hidden

    def _add(self, kind: str, word: StrEnum, where: str, what: str) -> None:
        self._counts[kind, word] += 1
        if self._counts[kind, word] <= MOST_SHOWN:
            self._lines.append(f"{kind} {word} {where}: {what}")
