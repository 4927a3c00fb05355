"""Whom and what people mean when they fill in a form: somebody of the city, a unit."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from undersigned.accounts.models import Account
from undersigned.people.models import Appointment, Person
from undersigned.people.queries import units_by_path
from undersigned.people.roster.names import match_key

SUGGESTED = 40
"""Names that a form offers; whoever is not among them is typed."""


def units_in_words() -> Iterator[tuple[str, str]]:
    """Every open unit by reference, named with what stands above it, in the order of the organisation."""
    for path, unit in sorted(units_by_path().items()):
        yield unit.pk, " › ".join(path) or unit.name


def people_named(text: str) -> list[Person]:
    """Those who work for the city today and whom this text names: by number, e-mail address or whole name."""
    wanted = text.strip()
    exact = Q(staff_number=wanted) | Q(email=wanted.lower()) | Q(pk=wanted)
    name = match_key(wanted)
    named = Q(match_name=name) if name else Q()
    return list(_here().filter(exact | named).order_by("name", "pk")[:6])


def people_like(text: str) -> list[Person]:
    """A few whose name holds the last word of the text, for whoever misspelt the rest."""
    last = text.strip().split()[-1:]
    return list(_here().filter(family_name__istartswith=last[0]).order_by("name", "pk")[:3]) if last else []


def people_near(account: Account) -> list[Person]:
    """Who is likely to be named for this account: the people of its unit."""
    if account.unit_id is None:
        return []
    in_unit = Appointment.objects.current().filter(unit_id=account.unit_id)
    return list(_here().filter(pk__in=in_unit.values("person_id")).order_by("name", "pk")[:SUGGESTED])


def told_apart(person: Person) -> str:
    """What tells a person from a namesake and can be typed: e-mail address, staff number, else the reference."""
    return person.email or person.staff_number or person.pk


def _here() -> QuerySet[Person]:
    today = Appointment.objects.current().values("person_id")
    return Person.objects.filter(pk__in=today, erased_at__isnull=True)
