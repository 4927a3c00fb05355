"""What an import would do, as its pages show it and as a run keeps it: plain values, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from undersigned.imports.row import Problem

MOST_PROBLEMS = 5_000
"""So many problems are kept one by one; of the rest, how many there are."""
QUOTED = re.compile(r"“[^”]*”")
FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one thing, before and after, in words."""

    label: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """One thing that would change: what it is, what is said about it, and which fields differ."""

    title: str
    detail: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Things that would change in the same way. ``count`` is the name of their number in ``Preview.counts``."""

    count: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """Something that may be answered."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """One case of a question, with what may be answered for it alone."""

    key: str
    title: str
    detail: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Doubts that are alike. ``options`` may be answered once for all of them; ``items`` are the first of ``count``."""

    key: str
    sentence: str
    options: tuple[Option, ...]
    items: tuple[Item, ...]
    count: int
    must: bool = False


@dataclass(frozen=True, slots=True)
class Brake:
    """More would end than a file may end by itself: ``leaving`` of ``out_of``, where ``percent`` passes unasked."""

    leaving: int
    out_of: int
    percent: int


@dataclass(frozen=True, slots=True)
class Preview:
    """``counts`` are by the names that the importer declares; ``read`` is how many rows the file has.

    ``unlisted`` says how many problems there are besides those in ``problems``.
    """

    read: int
    counts: Mapping[str, int]
    groups: Sequence[Group] = ()
    problems: Sequence[Problem] = ()
    unlisted: int = 0
    questions: Sequence[Question] = ()
    notices: Sequence[str] = ()
    brake: Brake | None = None
    changes_nothing: bool = False

    @property
    def must_answer_first(self) -> bool:
        return any(question.must for question in self.questions)

    @property
    def problem_count(self) -> int:
        return len(self.problems) + self.unlisted

    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> Self:
        return cls(
            read=kept["read"],
            counts=kept["counts"],
            groups=[_group(one) for one in kept["groups"]],
            problems=[Problem(**one) for one in kept["problems"]],
            unlisted=kept["unlisted"],
            questions=[_question(one) for one in kept["questions"]],
            notices=kept["notices"],
            brake=Brake(**kept["brake"]) if kept["brake"] else None,
            changes_nothing=kept["changes_nothing"],
        )


def _group(kept: Mapping[str, Any]) -> Group:
    return Group(kept["count"], tuple(_example(one) for one in kept["examples"]))


def _example(kept: Mapping[str, Any]) -> Example:
    return Example(kept["title"], kept["detail"], tuple(Change(**one) for one in kept["changes"]))


def _question(kept: Mapping[str, Any]) -> Question:
    items = tuple(
        Item(one["key"], one["title"], one["detail"], _options(one["options"])) for one in kept["items"]
    )
    return Question(
        kept["key"], kept["sentence"], _options(kept["options"]), items, kept["count"], kept["must"]
    )


def _options(kept: Iterable[Mapping[str, str]]) -> tuple[Option, ...]:
    return tuple(Option(**one) for one in kept)


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, and of which rows something was not taken."""

    counts: Mapping[str, int]
    problems: Sequence[Problem] = ()


def listed(problems: Sequence[Problem]) -> tuple[tuple[Problem, ...], int]:
    """The problems that are kept one by one, and how many more there are."""
    return tuple(problems[:MOST_PROBLEMS]), max(0, len(problems) - MOST_PROBLEMS)


@dataclass(slots=True)
class Alike:
    """Problems that differ only in the values that they name, in the order of the file."""

    problems: list[Problem] = field(default_factory=list)

    @property
    def first(self) -> Problem:
        return self.problems[0]

    @property
    def others(self) -> list[Problem]:
        """Those after the first that say something else than it; where all say the same, their rows are enough."""
        others = self.problems[1:]
        return others if any(one.what != self.first.what for one in others) else []

    @property
    def rows(self) -> list[int]:
        return [one.row for one in self.problems if one.row is not None]


def alike(problems: Iterable[Problem]) -> list[Alike]:
    """Problems grouped, so that a thousand rows with one fault are one line; the most frequent first."""
    groups: dict[tuple[str | None, str], Alike] = {}
    for one in problems:
        pattern = FIGURES.sub("0", QUOTED.sub("“”", one.what))
        groups.setdefault((one.field, pattern), Alike()).problems.append(one)
    return sorted(groups.values(), key=lambda group: -len(group.problems))
