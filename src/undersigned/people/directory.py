"""What the kernel asks about people: who somebody is today, and who holds an office."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from undersigned.acts.actor import Capacity, Officer
from undersigned.people.models import Appointment, Person
from undersigned.people.states import Office

_ORDER = {office: place for place, office in enumerate(Office.values)}


class PeopleDirectory:
    """Fills the kernel's port :class:`undersigned.acts.directory.Directory`."""

    def officer(self, person: str) -> Officer | None:
        """The person with their present capacities, the weightiest office first; None when they hold none."""
        appointments = Appointment.objects.current().filter(person_id=person).select_related("person", "unit")
        held = sorted(appointments, key=lambda one: (_ORDER[one.office], one.acting, one.begins_on, one.pk))
        if not held:
            return None
        known = held[0].person
        return Officer(known.pk, known.name, known.person_class, tuple(map(capacity_of, held)))

    def holders(self, offices: Sequence[str]) -> list[str]:
        """Names with their offices, at most five: whom a person refused by a rule could ask."""
        found = Appointment.objects.current().filter(office__in=offices).select_related("person", "unit")
        return [
            f"{one.person.name}, {one.get_office_display()}" for one in found.order_by("office", "pk")[:5]
        ]

    def addresses(self, offices: Sequence[str]) -> list[str]:
        """Each address once, in their order."""
        held = Appointment.objects.current().filter(office__in=offices).exclude(person__email="")
        return sorted(set(held.values_list("person__email", flat=True)))

    def address(self, person: str) -> str:
        held = Appointment.objects.current().filter(person_id=person).values_list("person__email", flat=True)
        return held.first() or ""


def capacity_of(appointment: Appointment) -> Capacity:
    units = appointment.unit.above
    label = f"{appointment.title or appointment.get_office_display()}, {appointment.unit.name}"
    return Capacity(
        reference=appointment.pk,
        office=appointment.office,
        label=label,
        units=units,
        heads=(appointment.unit_id,) if appointment.office == Office.UNIT_HEAD else (),
        acting=appointment.acting,
    )


def current_employee(person: Person) -> bool:
    """Does this person hold an appointment today in a class that counts as employee?"""
    from undersigned.people.states import EMPLOYEES

    return (
        person.person_class in EMPLOYEES
        and Appointment.objects.current(timezone.localdate()).filter(person=person).exists()
    )
