"""Reads of the people room that are used twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.db.models import QuerySet

from undersigned.people.models import Appointment, Person, Unit
from undersigned.people.roster.known import KnownAppointment, KnownPerson, UnitPath
from undersigned.people.states import Office, PersonClass, UnitKind


def units_by_path() -> dict[UnitPath, Unit]:
    """Every open unit by the names from the top down to it; the city itself is the empty path."""
    found: dict[UnitPath, Unit] = {}
    names: dict[str, UnitPath] = {}
    for unit in Unit.objects.filter(closed_on__isnull=True).order_by("path"):
        if unit.parent_id is None and unit.unit_kind == UnitKind.CITY:
            path: UnitPath = ()
        else:
            path = (*names.get(unit.parent_id or "", ()), unit.name)
        names[unit.pk] = path
        found[path] = unit
    return found


def known_people() -> Iterator[KnownPerson]:
    """Everybody as a roster's plan needs them, read in one pass over two ordered queries."""
    paths = {unit.pk: path for path, unit in units_by_path().items()}
    offices = groupby(_offices().iterator(chunk_size=2_000), key=lambda row: str(row[1]))
    person, held = next(offices, (None, iter(())))
    for row in _people().iterator(chunk_size=2_000):
        known: tuple[KnownAppointment, ...] = ()
        if person == row[0]:
            known = tuple(_known(one, paths) for one in held)
            person, held = next(offices, (None, iter(())))
        yield KnownPerson(
            key=row[0],
            staff_number=row[1] or "",
            name=row[2],
            given_name=row[3],
            family_name=row[4],
            email=row[5],
            person_class=PersonClass(row[6]),
            bargaining_unit=row[7],
            appointments=known,
        )


def _people() -> QuerySet[Person, tuple[str, ...]]:
    fields = (
        "pk",
        "staff_number",
        "name",
        "given_name",
        "family_name",
        "email",
        "person_class",
        "bargaining_unit",
    )
    return Person.objects.filter(erased_at__isnull=True).order_by("pk").values_list(*fields)


def _offices() -> QuerySet[Appointment, tuple[object, ...]]:
    fields = (
        "pk", "person_id", "unit_id", "title", "begins_on", "ends_on", "office", "ended_at", "acting", "source",
    )  # fmt: skip
    rows = Appointment.objects.filter(person__erased_at__isnull=True)
    return rows.order_by("person_id", "begins_on", "pk").values_list(*fields)


def _known(row: tuple[object, ...], paths: dict[str, UnitPath]) -> KnownAppointment:
    key, _person, unit, title, begins_on, ends_on, office, ended_at, acting, source = row
    return KnownAppointment(
        key=str(key),
        unit=paths.get(str(unit), ()),
        title=str(title),
        begins_on=begins_on,  # type: ignore[arg-type] # a row of values is not typed by column
        ends_on=ends_on,  # type: ignore[arg-type]
        head=office == Office.UNIT_HEAD,
        ended=ended_at is not None,
        acting=bool(acting),
        rostered=source == "roster",
    )
