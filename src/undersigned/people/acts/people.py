"""Every write to persons, units and appointments."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.acts import Act, Actor, Fact, System, act, cite, say
from undersigned.acts.governed import Governed
from undersigned.acts.refusals import Unfit
from undersigned.people import rules, sessions
from undersigned.people.models import Appointment, City, Person, Unit, User
from undersigned.people.roster.names import match_key, parts
from undersigned.people.states import Office, PersonClass, UnitKind
from undersigned.ui.theme import UnreadableColour, city_colour


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
    """Make a person known. What they may do follows from appointments, not from this.

    The parts of the name are taken from the whole where they are not given: lists are ordered by them.
    """
    if not (given_name or family_name):
        given_name, family_name = parts(name)
    person = Person(
        name=name,
        given_name=given_name,
        family_name=family_name,
        match_name=match_key(name),
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
    _is_here(person)
    say(person=person, unit=unit, office=office, begins_on=begins_on)
    return appointment


@act(
    Act.APPOINTMENT_END,
    may=rules.keeps_people,
    on=Appointment,
    facts={"person": Fact.REFERENCE, "ends_on": Fact.DATE},
    commits=["reason"],
)
def end_appointment(
    *, by: Actor, appointment: Appointment, reason: str = "", ends_on: date | None = None
) -> Appointment:
    """End it now. Whatever rests on this capacity rests on nothing from this moment; with the last one ends sign-in."""
    appointment.ended_at = timezone.now()
    appointment.ends_on = min(appointment.ends_on or date.max, ends_on or timezone.localdate())
    appointment.save(update_fields=["ended_at", "ends_on"])
    if not Appointment.objects.current().filter(person=appointment.person_id).exists():
        _left(appointment.person, appointment.ends_on)
    say(person=appointment.person_id, ends_on=appointment.ends_on)
    return appointment


def _left(person: Person, on: date) -> None:
    person.left_on = on
    person.save(update_fields=["left_on"])
    sessions.close_sign_in(person)


def _is_here(person: Person) -> None:
    if person.left_on is not None:
        person.left_on = None
        person.save(update_fields=["left_on"])


CHANGEABLE_OF_PERSON = frozenset(
    {"name", "given_name", "family_name", "staff_number", "email", "person_class", "bargaining_unit"}
)
CHANGEABLE_OF_APPOINTMENT = frozenset({"office", "title", "begins_on", "ends_on", "acting"})
CHANGEABLE_OF_UNIT = frozenset({"name", "name_fr", "unit_kind", "code"})


@act(Act.PERSON_CHANGE, may=rules.keeps_people, on=Person, facts={"fields": Fact.WORDS}, commits=["before"])
def change_person(*, by: Actor, person: Person, **new: object) -> Person:
    """Correct what is known of a person. What they may do follows from appointments and stays as it is."""
    changed = _changed(person, new, CHANGEABLE_OF_PERSON)
    if "staff_number" in changed and not changed["staff_number"]:
        changed["staff_number"] = None
    if "name" in changed:
        changed["match_name"] = match_key(str(changed["name"]))
    _change(person, changed)
    return person


@act(
    Act.APPOINTMENT_CHANGE,
    may=rules.keeps_people,
    on=Appointment,
    facts={"person": Fact.REFERENCE, "fields": Fact.WORDS},
    commits=["before"],
)
def change_appointment(*, by: Actor, appointment: Appointment, **new: object) -> Appointment:
    """Correct an appointment: office, title, days. Another unit is another appointment."""
    if appointment.ended_at is not None:
        raise Unfit(_("This appointment was ended. Begin another instead."), rule="appointment_is_open")
    _change(appointment, _changed(appointment, new, CHANGEABLE_OF_APPOINTMENT))
    if appointment.ends_on and appointment.ends_on < appointment.begins_on:
        raise Unfit(_("The last day is before the first."), rule="days_in_order", field="ends_on")
    say(person=appointment.person_id)
    return appointment


@act(Act.UNIT_CHANGE, may=rules.keeps_people, on=Unit, facts={"fields": Fact.WORDS}, commits=["before"])
def change_unit(*, by: Actor, unit: Unit, **new: object) -> Unit:
    """Rename a unit, or correct its kind or code."""
    _change(unit, _changed(unit, new, CHANGEABLE_OF_UNIT))
    return unit


@act(Act.UNIT_CLOSE, may=rules.keeps_people, on=Unit, facts={"closed_on": Fact.DATE})
def close_unit(*, by: Actor, unit: Unit, closed_on: date) -> Unit:
    """Close a unit in which nobody holds an appointment any more."""
    if Appointment.objects.current().filter(unit=unit).exists():
        raise Unfit(
            _("People still hold appointments in %(unit)s. End or move them first.") % {"unit": unit.name},
            rule="unit_is_empty",
        )
    if unit.children.filter(closed_on__isnull=True).exists():
        raise Unfit(
            _("Units below %(unit)s are still open. Close them first.") % {"unit": unit.name},
            rule="nothing_open_below",
        )
    unit.closed_on = closed_on
    unit.save(update_fields=["closed_on"])
    return unit


@act(Act.CITY_CHANGE, may=rules.is_administrator, on=City, facts={"fields": Fact.WORDS}, commits=["before"])
def change_city(*, by: Actor, city: City, **new: object) -> City:
    """Change the city's name, web site or colour; a colour in which nobody could read is refused."""
    if "colour" in new:
        try:
            city_colour(str(new["colour"]))
        except UnreadableColour as refused:
            raise Unfit(str(refused), rule="readable_colour", field="colour") from None
    _change(city, _changed(city, new, frozenset({"name", "organisation", "website", "colour"})))
    return city


def _changed(row: Governed, new: dict[str, object], allowed: frozenset[str]) -> dict[str, object]:
    unknown = new.keys() - allowed
    if unknown:
        raise TypeError(f"not to be changed here: {', '.join(sorted(unknown))}")
    changed = {name: value for name, value in new.items() if getattr(row, name) != value}
    if not changed:
        raise Unfit(_("Nothing differs from what is known already."), rule="something_changes")
    return changed


def _change(row: Governed, changed: dict[str, object]) -> None:
    say(fields=",".join(sorted(changed)), before={name: getattr(row, name) for name in changed})
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))


@act(
    Act.PERSON_ERASE,
    may=rules.is_records_officer | rules.is_the_restore,
    on=Person,
    facts={"person": Fact.REFERENCE},
    commits=["reason"],
)
def erase_person(*, by: Actor, person: Person, reason: str, law: str) -> Person:
    """Delete what names a person who has left. The record keeps the reference, which names nobody.

    A restore does it again for whoever was erased after the backup, in which they may not have left yet.
    """
    left = isinstance(by, System) or not Appointment.objects.current().filter(person=person).exists()
    if not left:
        raise Unfit(_("%(name)s still holds an appointment.") % {"name": person.name}, rule="has_left")
    for name in ("given_name", "family_name", "match_name", "email", "bargaining_unit"):
        setattr(person, name, "")
    person.name, person.staff_number, person.erased_at = _("erased"), None, timezone.now()
    person.save()
    User.objects.filter(person=person).delete()
    say(person=person)
    cite(law)
    return person
