"""How well a column name says what a field means, however people abbreviate, misspell or translate it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from undersigned.imports.text import without_accents

EXACT = 1.0
LAST_STEP = 0.9
WITHIN = 0.5
MISSPELT = 0.6
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
NO_WORD = re.compile(r"[\W_]+")
SHORTEST_MISSPELT = 5
SURE_VALUES, UNLIKELY_VALUES = 0.8, 0.2


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a field may be called, and what its values look like.

    ``words`` are column names in English and French, abbreviations too, in any case and with or without
    accents. ``looks_like`` says whether one value could belong here. ``several`` lets more than one column mean
    this field, as units from the top of a city down do.
    """

    words: tuple[str, ...]
    looks_like: Callable[[str], bool] | None = None
    several: bool = False


@lru_cache(maxsize=4096)
def plain(header: str) -> str:
    """A column name as words: ``firstName``, ``FIRST_NAME`` and ``First name`` are one."""
    return " ".join(NO_WORD.sub(" ", without_accents(CAMEL.sub(" ", header))).split())


def compact(header: str) -> str:
    """What two spellings of one column name have in common: ``E-mail`` and ``EMAIL`` are one."""
    return plain(header).replace(" ", "") or header.casefold()


def likeness(header: str, values: Sequence[str], meaning: Meaning) -> float:
    """From 0 to 1: how sure it is that the column means this. Values alone never make it sure."""
    named = max((_alike(header, word) for word in meaning.words), default=0.0)
    if meaning.looks_like is None or not values:
        return named
    share = sum(1 for value in values if meaning.looks_like(value)) / len(values)
    if share >= SURE_VALUES:
        return min(1.0, named + 0.2) if named else 0.45
    return named / 2 if share <= UNLIKELY_VALUES else named


def _alike(header: str, word: str) -> float:
    name, sought = plain(header), plain(word)
    if not name or not sought:
        return 0.0
    if compact(header) == compact(word):
        return EXACT
    if plain(header.rpartition(".")[2]) == sought:
        return LAST_STEP
    have, want = name.split(), sought.split()
    if any(have[at : at + len(want)] == want for at in range(len(have))):
        return WITHIN + 0.4 * len(want) / len(have)
    if min(len(name), len(sought)) >= SHORTEST_MISSPELT and fuzz.ratio(name, sought) >= 85:
        return MISSPELT
    return 0.0
