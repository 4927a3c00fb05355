"""Units as a roster names them, against the tree as it stands.

A file may name a unit by its last level only, while the tree here knows what it belongs to. So a path from a
file also finds the one unit whose path ends with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from undersigned.people.roster.known import UnitPath
from undersigned.people.roster.names import fold

AND = re.compile(r"\b(and|et)\b")


@lru_cache(maxsize=65_536)
def unit_key(path: UnitPath) -> UnitPath:
    """What a path is compared by: `Parks & Recreation` is `parks recreation`, with or without `and`."""
    return tuple(" ".join(AND.sub(" ", fold(name)).split()) for name in path)


def same_unit(told: UnitPath, known: UnitPath) -> bool:
    """Whether a file's path means this unit: all of its path, or the end of it."""
    if told == known:
        return True
    short, long = unit_key(told), unit_key(known)
    return bool(short) and long[-len(short) :] == short


class UnitTree:
    """The units that exist, and what a path from a file means among them."""

    def __init__(self, known: Iterable[UnitPath]) -> None:
        self._by_leaf: dict[str, list[UnitPath]] = {}
        self._known: dict[UnitPath, UnitPath] = {}
        self._written: dict[UnitPath, str] = {}
        for path in (above for one in known for above in _with_those_above(one)):
            if unit_key(path) not in self._known:
                self._known[unit_key(path)] = path
                self._written[unit_key(path)] = path[-1]
                self._by_leaf.setdefault(unit_key(path)[-1], []).append(path)

    def candidates(self, told: UnitPath) -> tuple[UnitPath, ...]:
        """The existing units that a path may mean: one for a whole path, else all that end with it."""
        if not told:
            return ((),)
        whole = self._known.get(unit_key(told))
        if whole is not None:
            return (whole,)
        return tuple(path for path in self._by_leaf.get(unit_key(told)[-1], ()) if same_unit(told, path))

    def as_written(self, told: UnitPath) -> UnitPath:
        """The path with each level as it was first written, so that `PARKS` and `Parks` become one unit."""
        levels = list(_with_those_above(told))
        return tuple(self._written.setdefault(unit_key(level), level[-1]) for level in levels)

    def missing(self, paths: Iterable[UnitPath]) -> tuple[UnitPath, ...]:
        """What must be made so that each of the paths exists: those above before those below."""
        wanted = {unit_key(path): path for one in paths for path in _with_those_above(one)}
        new = (path for key, path in wanted.items() if key not in self._known)
        return tuple(sorted(new, key=lambda path: (len(path), unit_key(path))))


def _with_those_above(path: UnitPath) -> Iterator[UnitPath]:
    return (path[:length] for length in range(1, len(path) + 1))
