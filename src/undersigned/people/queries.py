"""Reads of the people room that are used twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby

from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from undersigned.acts.actor import Officer
from undersigned.people.models import Appointment, Invitation, InvitationState, Person, Unit
from undersigned.people.roster.known import KnownAppointment, KnownPerson, UnitPath
from undersigned.people.states import Office, PersonClass, UnitKind
from undersigned.record.models import Entry

KEEPERS = frozenset({Office.HR, Office.ADMINISTRATOR})
"""Offices whose work needs everything that is known of people."""

ENDING = timedelta(days=30)
"""Appointments that end within this time are shown, so that they are made longer before they end."""


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
        ends_on=ends_on,  # type: ignore[arg-type] # a day or nothing
        head=office == Office.UNIT_HEAD,
        ended=ended_at is not None,
        acting=bool(acting),
        rostered=source == "roster",
    )


def keeps_people(officer: Officer) -> bool:
    """Whether they see everything that is known of everybody."""
    return any(capacity.office in KEEPERS for capacity in officer.capacities)


def people_for(officer: Officer) -> QuerySet[Person]:
    """Everybody for those who keep people; else who works here today, and oneself."""
    everybody = Person.objects.filter(erased_at__isnull=True)
    if keeps_people(officer):
        return everybody
    if not officer.capacities:
        return everybody.filter(pk=officer.person)
    return everybody.filter(Exists(_held_today()))


def _held_today() -> QuerySet[Appointment]:
    return Appointment.objects.current().filter(person=OuterRef("pk"))


def with_offices(people: QuerySet[Person]) -> QuerySet[Person]:
    """Each with the appointments of today, the unit beside them; read in one question for all."""
    today = Appointment.objects.current().select_related("unit").order_by("begins_on", "pk")
    return people.prefetch_related(Prefetch("appointments", queryset=today))


def here(people: QuerySet[Person]) -> QuerySet[Person]:
    return people.filter(left_on__isnull=True)


def left(people: QuerySet[Person]) -> QuerySet[Person]:
    return people.filter(left_on__isnull=False)


def without_class(people: QuerySet[Person]) -> QuerySet[Person]:
    return here(people).filter(person_class=PersonClass.UNSTATED)


def without_office(people: QuerySet[Person]) -> QuerySet[Person]:
    """Known, not left, and holding nothing: they may do nothing."""
    return here(people).filter(~Exists(_held_today()))


def invited(people: QuerySet[Person]) -> QuerySet[Person]:
    """Those who have not taken up their invitation, or let it lapse."""
    open_ones = Invitation.objects.filter(person=OuterRef("pk"), state=InvitationState.SENT)
    return here(people).filter(Exists(open_ones), ~Exists(_sign_ins()))


def _sign_ins() -> QuerySet[Person]:
    return Person.objects.filter(pk=OuterRef("pk"), user__is_active=True)


def ending() -> QuerySet[Appointment]:
    """Appointments of today that end soon."""
    return Appointment.objects.current().filter(ends_on__lte=timezone.localdate() + ENDING)


def with_ending_office(people: QuerySet[Person]) -> QuerySet[Person]:
    return here(people).filter(Exists(ending().filter(person=OuterRef("pk"))))


def in_unit(people: QuerySet[Person], unit: Unit) -> QuerySet[Person]:
    """Who holds an appointment today in this unit or one below it."""
    held = Appointment.objects.current().filter(unit__path__startswith=unit.path)
    return people.filter(pk__in=held.values("person_id"))


def open_sessions(person: Person) -> int:
    """On how many devices this person is signed in."""
    return int(UserSession.objects.filter(user__person=person).count())


def done_by(person: Person, most: int = 20) -> list[Entry]:
    """The newest acts in any capacity that this person holds or held."""
    capacities = list(Appointment.objects.filter(person=person).values_list("pk", flat=True))
    return list(Entry.objects.filter(capacity__in=capacities).order_by("-seq")[:most])


def moment_of(entry: Entry) -> datetime:
    """When an act was entered."""
    return datetime.fromtimestamp(entry.t, UTC)


@dataclass(slots=True)
class Placed:
    """A unit in the tree, with who heads it today and what is below it."""

    unit: Unit
    depth: int
    heads: list[Appointment] = field(default_factory=list)
    below: list[Placed] = field(default_factory=list)


def unit_tree() -> list[Placed]:
    """The open units that are below no other, each with all below it: two questions, however many there are."""
    placed = {
        unit.pk: Placed(unit, unit.path.count("/") - 1)
        for unit in Unit.objects.filter(closed_on__isnull=True).order_by("name", "pk")
    }
    heads = Appointment.objects.current().filter(office=Office.UNIT_HEAD, unit__closed_on__isnull=True)
    for head in heads.select_related("person").order_by("acting", "begins_on"):
        placed[head.unit_id].heads.append(head)
    tops: list[Placed] = []
    for one in placed.values():
        above = placed.get(one.unit.parent_id or "")
        (above.below if above else tops).append(one)
    return tops


def laid_out(tree: list[Placed]) -> Iterator[Placed]:
    """The tree as a list, each unit before those below it."""
    for one in tree:
        yield one
        yield from laid_out(one.below)


def without_head() -> QuerySet[Unit]:
    """Open units that nobody heads today."""
    heads = Appointment.objects.current().filter(office=Office.UNIT_HEAD, unit=OuterRef("pk"))
    return Unit.objects.filter(~Exists(heads), closed_on__isnull=True)
