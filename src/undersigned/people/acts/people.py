"""Every write to persons, units and appointments."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.acts import Act, Actor, Fact, act, say
from undersigned.acts.refusals import Unfit
from undersigned.people import rules, sessions
from undersigned.people.models import Appointment, City, Person, Unit
from undersigned.people.roster.names import normalise
from undersigned.people.states import Office, PersonClass, UnitKind


@act(Act.CITY_FOUND, may=rules.is_system, makes=City, commits=["name"])
def found_city(*, by: Actor, name: str, colour: str = "#1b4b66") -> City:
    """Begin an instance for a city. It is done once."""
    if City.objects.exists():
        raise Unfit(_("This instance has its city already."), rule="one_city")
    city = City(name=name, colour=colour)
    city.save(force_insert=True)
    return city


@act(Act.UNIT_ADD, may=rules.keeps_people, makes=Unit, facts={"unit_kind": Fact.WORD}, commits=["name"])
def add_unit(
    *,
    by: Actor,
    name: str,
    parent: Unit | None = None,
    unit_kind: UnitKind = UnitKind.DEPARTMENT,
    name_fr: str = "",
    code: str = "",
) -> Unit:
    """Add a unit below its parent."""
    unit = Unit(name=name, name_fr=name_fr, parent=parent, unit_kind=unit_kind, code=code)
    unit.path = f"{parent.path if parent else ''}{unit.pk}/"
    unit.save(force_insert=True)
    return unit


@act(
    Act.PERSON_ADD, may=rules.keeps_people, makes=Person, facts={"person_class": Fact.WORD}, commits=["name"]
)
def add_person(
    *,
    by: Actor,
    name: str,
    person_class: PersonClass,
    given_name: str = "",
    family_name: str = "",
    email: str = "",
    staff_number: str | None = None,
    bargaining_unit: str = "",
) -> Person:
    """Make a person known. What they may do follows from appointments, not from this."""
    person = Person(
        name=name,
        given_name=given_name,
        family_name=family_name,
        match_name=normalise(name).key,
        email=email.strip().lower(),
        staff_number=staff_number or None,
        person_class=person_class,
        bargaining_unit=bargaining_unit,
    )
    person.save(force_insert=True)
    return person


@act(
    Act.APPOINTMENT_BEGIN,
    may=rules.keeps_people,
    makes=Appointment,
    facts={"person": Fact.REFERENCE, "unit": Fact.REFERENCE, "office": Fact.WORD, "begins_on": Fact.DATE},
)
def begin_appointment(
    *,
    by: Actor,
    person: Person,
    unit: Unit,
    office: Office = Office.MEMBER,
    begins_on: date | None = None,
    ends_on: date | None = None,
    title: str = "",
    acting: bool = False,
    source: str = "page",
) -> Appointment:
    """Appoint a person to an office in a unit; both days count."""
    begins_on = begins_on or timezone.localdate()
    if ends_on and ends_on < begins_on:
        raise Unfit(
            _("The last day is before the first. Give a last day on or after %(day)s, or none.")
            % {"day": begins_on},
            rule="days_in_order",
            field="ends_on",
        )
    appointment = Appointment(
        person=person,
        unit=unit,
        office=office,
        title=title,
        begins_on=begins_on,
        ends_on=ends_on,
        acting=acting,
        source=source,
    )
    appointment.save(force_insert=True)
    say(person=person, unit=unit, office=office, begins_on=begins_on)
    return appointment


@act(
    Act.APPOINTMENT_END,
    may=rules.keeps_people,
    on=Appointment,
    facts={"person": Fact.REFERENCE, "ends_on": Fact.DATE},
    commits=["reason"],
)
def end_appointment(*, by: Actor, appointment: Appointment, reason: str = "") -> Appointment:
    """End it now. Whatever rests on this capacity rests on nothing from this moment; with the last one ends sign-in."""
    appointment.ended_at = timezone.now()
    appointment.ends_on = min(appointment.ends_on or date.max, timezone.localdate())
    appointment.save(update_fields=["ended_at", "ends_on"])
    if not Appointment.objects.current().filter(person=appointment.person_id).exists():
        sessions.close_sign_in(appointment.person)
    say(person=appointment.person_id, ends_on=appointment.ends_on)
    return appointment
