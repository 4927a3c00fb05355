"""The lists that human resources would send: everybody of last month, and everybody of this week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from undersigned.demo.invented import (
    COUNCIL,
    COUNCILLORS,
    FAMILY,
    FINANCE,
    GIVEN,
    INVEST,
    PLACES,
    PLAYED,
    Place,
    Role,
    address_of,
)
from undersigned.imports.text import write_csv

COLUMNS = (
    "Employee No.", "Last name, first name", "E-mail", "Division", "Department", "Position", "Employee group",
    "Union", "Head of unit", "Start date", "End date",
)  # fmt: skip
LEFT = frozenset({Role.INVEST_STEWARD})
"""Whose part in the story is to be on the first list and not on the second."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list."""

    number: str
    name: str
    place: Place
    title: str
    group: str
    heads: bool
    begins_on: date
    ends_on: date | None = None
    role: Role | None = None

    def cells(self) -> list[str]:
        given, _space, family = self.name.partition(" ")
        return [
            self.number,
            f"{family}, {given}",
            address_of(self.name),
            self.place.division,
            self.place.department,
            self.title,
            self.group,
            self.place.union if self.group == "Union" else "",
            "yes" if self.heads else "no",
            self.begins_on.isoformat(),
            self.ends_on.isoformat() if self.ends_on else "",
        ]


def last_month(today: date) -> list[Line]:
    """125 people, as the first list names them."""
    lines = [*_played(today), *_councillors(today), *_others(today)]
    return sorted(lines, key=lambda line: line.number)


def this_week(today: date) -> list[Line]:
    """Three left, among them a steward; three came; one moved to another department."""
    earlier = last_month(today)
    gone = {line.number for line in earlier if line.role in LEFT} | {"40013", "40061"}
    stay = [_moved(line) for line in earlier if line.number not in gone]
    return [*stay, *_newcomers(today)]


def write(lines: list[Line], path: Path) -> Path:
    path.write_text("".join(write_csv(COLUMNS, (line.cells() for line in lines))), encoding="utf-8")
    return path


def _played(today: date) -> Iterator[Line]:
    places = {place.unit: place for place in PLACES}
    for number, one in enumerate(PLAYED, start=1):
        ends = today + timedelta(days=200) if one.group.startswith("Contract") else None
        yield Line(
            number=f"20{number:03}",
            name=one.name,
            place=places[one.unit],
            title=one.title,
            group=one.group,
            heads=one.heads,
            begins_on=today - timedelta(days=300 + 97 * number),
            ends_on=ends,
            role=one.role,
        )


def _councillors(today: date) -> Iterator[Line]:
    council = next(place for place in PLACES if place.unit == COUNCIL)
    for number, name in enumerate(COUNCILLORS, start=1):
        begins = today - timedelta(days=500)
        yield Line(f"30{number:03}", name, council, "Councillor", "Elected", False, begins)


def _others(today: date) -> Iterator[Line]:
    posts = [(place, place.titles[at % len(place.titles)]) for place in PLACES for at in range(place.others)]
    for number, (place, title) in enumerate(posts, start=1):
        begins = today - timedelta(days=30 + (number * 211) % 3600)
        yield Line(f"40{number:03}", _name(number), place, title, "Union", False, begins)


def _name(number: int) -> str:
    return f"{GIVEN[number % len(GIVEN)]} {FAMILY[number % len(FAMILY)]}"


def _moved(line: Line) -> Line:
    finance = next(place for place in PLACES if place.unit == FINANCE)
    return replace(line, place=finance, title="Budget analyst") if line.number == "40003" else line


def _newcomers(today: date) -> Iterator[Line]:
    for number in range(201, 204):
        place = next(place for place in PLACES if place.unit == INVEST)
        begins = today - timedelta(days=5)
        yield Line(f"40{number}", _name(number), place, place.titles[0], "Union", False, begins)
