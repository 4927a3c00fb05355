"""What one row of a roster says about one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from undersigned.people.roster.classes import Status
from undersigned.people.roster.known import UnitPath
from undersigned.people.states import PersonClass


@dataclass(slots=True)
class Entry:
    """What one row says. Empty text, `None` and `()` mean that the file does not say.

    `also` holds further rows about the same person: other offices that they hold at the same time.
    """

    row: int
    staff_number: str
    name: str
    given_name: str
    family_name: str
    preferred: str
    email: str
    unit: UnitPath
    title: str
    person_class: PersonClass | None
    bargaining_unit: str
    head: bool | None
    begins_on: date | None
    ends_on: date | None
    status: Status | None
    also: tuple[Entry, ...] = ()

    def says_same(self, other: Entry) -> bool:
        """Whether another row repeats this one word for word."""
        return all(getattr(self, part) == getattr(other, part) for part in COMPARED)

    @property
    def office(self) -> tuple[UnitPath, str]:
        return self.unit, self.title


COMPARED = tuple(part for part in Entry.__slots__ if part not in ("row", "also"))


def staff_key(number: str) -> str:
    """What a staff number is compared by: spreadsheets drop leading zeros, add `.0`, and change capitals."""
    whole = number.removesuffix(".0")
    if whole.isdecimal():
        return whole.lstrip("0") or "0"
    return number.casefold().replace(" ", "")
