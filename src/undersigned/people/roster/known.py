"""What is already known of a person, as far as planning needs it. The plan never sees a database row."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, TypeAlias

from undersigned.people.states import PersonClass

UnitPath: TypeAlias = tuple[str, ...]
"""The names of the units from the top down to the one meant. Empty means the city itself, which is in no path."""


class KnownAppointment(NamedTuple):
    """An office that the person holds or held. Both days count.

    `ended` says that an act brought it to its end. A term that merely ran out by its date is not ended: nobody
    has said yet whether the person stayed. `rostered` says that a roster told of it; offices given here, and
    acting appointments, are none of a roster's business.
    """

    key: str
    unit: UnitPath
    title: str = ""
    begins_on: date | None = None
    ends_on: date | None = None
    head: bool = False
    ended: bool = False
    acting: bool = False
    rostered: bool = True

    @property
    def is_rosters(self) -> bool:
        """Whether it is open and a roster may change it."""
        return self.rostered and not self.ended and not self.acting


class KnownPerson(NamedTuple):
    """One person as they stand before the import. `None` in a field means that it is not kept here at all."""

    key: str
    staff_number: str
    name: str
    given_name: str = ""
    family_name: str = ""
    email: str | None = None
    preferred: str | None = None
    person_class: PersonClass | None = None
    bargaining_unit: str | None = None
    on_leave: bool | None = None
    appointments: tuple[KnownAppointment, ...] = ()

    @property
    def by_parts(self) -> str:
        """Given and family name, which may differ from how the whole name is written: *William* and *Bill*."""
        return f"{self.given_name} {self.family_name}" if self.given_name and self.family_name else self.name

    @property
    def offices(self) -> tuple[KnownAppointment, ...]:
        """The offices that a roster can speak of."""
        if len(self.appointments) == 1 and self.appointments[0].is_rosters:
            return self.appointments
        return tuple(one for one in self.appointments if one.is_rosters)

    @property
    def here(self) -> bool:
        """Whether nobody has yet ended their time with the city."""
        return any(not one.ended for one in self.appointments)
