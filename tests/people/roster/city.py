"""An invented city that remembers: it applies a plan to what it knows, as the acts will."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from undersigned.imports.columns import Column
from undersigned.imports.columns import Mapping as Columns
from undersigned.imports.sheets import Sheet, read
from undersigned.imports.text import write_csv
from undersigned.people.roster.classes import Status
from undersigned.people.roster.entries import Entry
from undersigned.people.roster.guessing import guess_columns
from undersigned.people.roster.known import KnownAppointment, KnownPerson, UnitPath
from undersigned.people.roster.plan import Plan
from undersigned.people.roster.planning import plan
from undersigned.people.roster.questions import Answers
from undersigned.people.roster.steps import Changed, Ended, FieldChange, Left, Moved, Returned, Step

Rows = list[dict[str, str]]
A_DAY = timedelta(days=1)


def write_roster(path: Path, rows: Rows) -> Path:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    cells = ([row.get(name, "") for name in columns] for row in rows)
    path.write_text("".join(write_csv(columns, cells)), encoding="utf-8")
    return path


@dataclass
class City:
    """Who is known, and the units there are."""

    folder: Path
    people: dict[str, KnownPerson] = field(default_factory=dict)
    units: list[UnitPath] = field(default_factory=list)
    keys: Iterator[int] = field(default_factory=count)
    meanings: dict[str, str] | None = None

    def plan(
        self,
        rows: Rows | Path,
        *,
        as_of: date = date(2024, 6, 1),
        full: bool = True,
        share: float = 0.10,
        answers: Mapping[str, str] | None = None,
    ) -> Plan:
        path = rows if isinstance(rows, Path) else write_roster(self.folder / "roster.csv", rows)
        sheet = read(path)
        return plan(
            sheet,
            self._mapping(sheet),
            self.people.values(),
            as_of=as_of,
            full=full,
            units=self.units,
            share=share,
            answers=Answers(answers),
        )

    def _mapping(self, sheet: Sheet) -> Columns:
        """What somebody confirmed, or else the guess."""
        if self.meanings is None:
            return guess_columns(sheet)
        return Columns(tuple(Column(name, self.meanings.get(name), 1.0) for name in sheet.columns))

    def bring(self, rows: Rows | Path, **how: Any) -> Plan:
        """Plan and apply, whatever the brake says."""
        made = self.plan(rows, **how)
        self.apply(made)
        return made

    def apply(self, made: Plan) -> None:
        self.units += made.units
        for step in made.steps():
            self._apply(step, made)

    def _apply(self, step: Step, made: Plan) -> None:
        match step:
            case Entry():
                self._join(step, made.as_of)
            case Left():
                self._leave(step)
            case Ended():
                self._end_offices(step.person, (step.office,), step.on)
            case Changed():
                self._change(step.person, step.changes, step.office)
            case Moved() | Returned():
                self._change(step.person, step.changes, step.office)
                if step.office:
                    self._end_offices(step.person, (step.office,), step.on - A_DAY)
                self._appoint(step.person, step.entry, step.on)

    def _join(self, entry: Entry, as_of: date) -> None:
        key = f"p{next(self.keys)}"
        self.people[key] = KnownPerson(
            key,
            entry.staff_number,
            entry.name,
            entry.given_name,
            entry.family_name,
            entry.email,
            entry.preferred,
            entry.person_class,
            entry.bargaining_unit,
            entry.status is Status.ON_LEAVE,
        )
        for one in (entry, *entry.also):
            self._appoint(key, one, one.begins_on or as_of)

    def _appoint(self, key: str, entry: Entry, on: date) -> None:
        office = KnownAppointment(
            f"a{next(self.keys)}", entry.unit, entry.title, on, entry.ends_on, head=bool(entry.head)
        )
        person = self.people[key]
        self.people[key] = person._replace(appointments=(*person.appointments, office))

    def _leave(self, step: Left) -> None:
        self._end_offices(step.person, step.offices, step.on)

    def _end_offices(self, key: str, offices: tuple[str, ...], on: date) -> None:
        person = self.people[key]
        ended = tuple(
            one._replace(ended=True, ends_on=min(one.ends_on or on, on)) if one.key in offices else one
            for one in person.appointments
        )
        self.people[key] = person._replace(appointments=ended)

    def _change(self, key: str, changes: tuple[FieldChange, ...], office: str | None) -> None:
        person = self.people[key]
        for change in changes:
            if change.field in KnownPerson._fields:
                person = person._replace(**{change.field: change.after})
            else:
                person = person._replace(
                    appointments=tuple(
                        one._replace(**{change.field: change.after}) if one.key == office else one
                        for one in person.appointments
                    )
                )
        self.people[key] = person

    def named(self, name: str) -> KnownPerson:
        return next(person for person in self.people.values() if person.name == name)


def without(rows: Rows, *columns: str) -> Rows:
    return [{name: cell for name, cell in row.items() if name not in columns} for row in rows]


def with_cells(row: dict[str, str], **cells: str) -> dict[str, str]:
    return {**row, **cells}
