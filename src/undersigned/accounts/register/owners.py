"""Who a cell names: a person or a unit, known by number, e-mail address or name.

Names decide only where one alone fits. Two people of one name are asked about, never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from undersigned.imports.text import without_accents

Kind = Literal["person", "unit"]


@dataclass(frozen=True, slots=True)
class Found:
    """One person or unit. `ref` is the register's own reference; it alone is compared."""

    kind: Kind
    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several fit equally well."""

    candidates: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody fits."""


Answer: TypeAlias = Found | Ambiguous | Unknown


class Owners(Protocol):
    """Whoever knows the people and units of the city."""

    def find(self, text: str) -> Answer:
        """Say whom a text names."""


@dataclass(frozen=True, slots=True)
class Known:
    """A person or unit, with everything that leads to it.

    `exact` are numbers and e-mail addresses, of which each has one holder; `names` are the names in every
    language of the city.
    """

    found: Found
    names: tuple[str, ...]
    exact: tuple[str, ...] = ()


class Directory:
    """People and units by all they are called. What is exact counts before any name."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._exact: dict[str, set[Found]] = defaultdict(set)
        self._names: dict[str, set[Found]] = defaultdict(set)
        for one in known:
            for text in (*one.exact, one.found.ref):
                self._exact[text.strip().casefold()].add(one.found)
            for name in one.names:
                self._names[_as_compared(name)].add(one.found)

    def find(self, text: str) -> Answer:
        """Say whom a text names. Two names of one unit, as `Parks / Parcs`, are that unit."""
        answer = self._one(text)
        if isinstance(answer, Unknown) and ("/" in text or "|" in text):
            parts = {self._one(part) for part in text.replace("|", "/").split("/") if part.strip()}
            return parts.pop() if len(parts) == 1 else answer
        return answer

    def _one(self, text: str) -> Answer:
        found = self._exact.get(text.strip().casefold()) or self._names.get(_as_compared(text), set())
        if not found:
            return Unknown()
        candidates = tuple(sorted(found, key=lambda one: (one.name, one.ref)))
        return candidates[0] if len(candidates) == 1 else Ambiguous(candidates)


def _as_compared(name: str) -> str:
    """A name without accents, capitals, marks and order: `Last, First` is `First Last`, and `et` is `and`."""
    plain = without_accents(name).replace("&", " and ")
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return " ".join(sorted("and" if word == "et" else word for word in words))
