"""What a roster would change: one value for each thing that an act then does."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from undersigned.people.roster.entries import Entry
from undersigned.people.states import PersonClass

Value: TypeAlias = str | bool | date | PersonClass | None


class FieldChange(NamedTuple):
    """One field before and after.

    Of a person: `staff_number`, `name`, `preferred`, `email`, `person_class`, `bargaining_unit`, `on_leave`.
    Of their office: `title`, `begins_on`, `ends_on`, `head`.
    """

    field: str
    before: Value
    after: Value


class Changed(NamedTuple):
    """Somebody known, in the office they held, with other particulars. `office` is that appointment's key."""

    person: str
    entry: Entry
    office: str | None
    changes: tuple[FieldChange, ...]


class Moved(NamedTuple):
    """Somebody known takes an office on a day; `office`, if not None, ends the day before.

    `what` names what differs: `unit`, `title`, or both.
    """

    person: str
    entry: Entry
    office: str | None
    on: date
    what: tuple[str, ...]
    changes: tuple[FieldChange, ...] = ()


class Returned(NamedTuple):
    """Somebody who had left, or whose term had run out a while before, is back from a day on.

    `office` is the appointment that had run out and was never ended, if there is one.
    """

    person: str
    entry: Entry
    on: date
    office: str | None = None
    changes: tuple[FieldChange, ...] = ()


class Because(StrEnum):
    """Why somebody is taken to have left."""

    MISSING = "missing"
    SAID = "said"
    ANSWERED = "answered"


class Left(NamedTuple):
    """Somebody has left: all their appointments end. `on` is the last day; `row` is set if a row says so."""

    person: str
    on: date
    because: Because
    offices: tuple[str, ...]
    row: int | None = None


class Ended(NamedTuple):
    """One of several offices of a person ends; they stay in the others."""

    person: str
    office: str
    on: date


class Brake(NamedTuple):
    """More would leave than a roster usually ends: a named person must confirm the very number.

    `leaving` of `out_of` people would leave, and `share` is what passes without asking.
    """

    leaving: int
    out_of: int
    share: float


Step: TypeAlias = Entry | Changed | Moved | Returned | Left | Ended
