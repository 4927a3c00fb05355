"""The plan: what would change, what is asked, and what became of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain, islice
from typing import Any

from undersigned.imports.row import Problem
from undersigned.people.roster.entries import Entry
from undersigned.people.roster.known import UnitPath
from undersigned.people.roster.questions import Item, Kind, Question
from undersigned.people.roster.steps import Brake, Changed, Ended, Left, Moved, Returned, Step

BATCH = 500


class Fate(StrEnum):
    """What becomes of a row. Each row has one."""

    MATCHED = "matched"
    JOINED = "joined"
    LEFT = "left"
    WAITING = "waiting"
    REPEATED = "repeated"
    PAST = "past"
    SKIPPED = "skipped"
    LOST = "lost"


@dataclass(slots=True)
class Plan:
    """What a roster of a day would do.

    `rows` counts the fates of rows; they add up to `read`. A person who left before they were ever known here
    is `PAST`. `units` are to be made before anything else, those above before those below. `notices` say what
    the file cannot tell. While `must_answer_first`, or while there is a `brake` that nobody has released,
    nothing may be applied; what other questions hold is simply not in the steps.
    """

    as_of: date
    full: bool
    read: int = 0
    matched: int = 0
    unchanged: int = 0
    changed: list[Changed] = field(default_factory=list)
    joined: list[Entry] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    returned: list[Returned] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    units: tuple[UnitPath, ...] = ()
    rows: Counter[Fate] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    brake: Brake | None = None
    asked: dict[Kind, list[Item]] = field(default_factory=dict)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(Question(kind, tuple(self.asked[kind])) for kind in Kind if kind in self.asked)

    @property
    def ambiguous(self) -> int:
        """How many rows and persons wait for an answer."""
        return sum(map(len, self.asked.values()))

    @property
    def must_answer_first(self) -> bool:
        """Whether a question concerns every row, so that nothing can be applied before it is answered."""
        return Kind.DATE_ORDER in self.asked

    def changes_nothing(self) -> bool:
        return not self.units and next(self.steps(), None) is None

    def steps(self) -> Iterator[Step]:
        """Every step, those first that make room: numbers and offices are given up before they are taken."""
        return chain(self.left, self.ended, self.moved, self.changed, self.returned, self.joined)

    def batches(self, size: int = BATCH) -> Iterator[Sequence[Step]]:
        """The steps in portions, so that each can be applied in a transaction of its own."""
        steps = self.steps()
        while batch := tuple(islice(steps, size)):
            yield batch

    def to_json(self) -> dict[str, Any]:
        """The result as other programs read it from `undersigned import roster --json`."""
        problems = [{"row": one.row, "field": one.field, "what": one.what} for one in self.problems]
        return {
            "read": self.read,
            "matched": self.matched,
            "joined": len(self.joined),
            "left": len(self.left),
            "ambiguous": self.ambiguous,
            "problems": problems,
        }
