"""The list of people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from undersigned.acts import Officer
from undersigned.people import queries
from undersigned.people.forms import KeepersFilters, PeopleFilters
from undersigned.people.models import Appointment, Person
from undersigned.people.views import access
from undersigned.ui.forms import FilterForm
from undersigned.ui.listing import Column, Listing

ORDER = ("family_name", "given_name", "pk")

FOR_ALL = (
    Column("name", _("Name"), sort=("family_name", "given_name")),
    Column("offices", _("Offices today")),
    Column("units", _("Units")),
)
FOR_KEEPERS = (
    *FOR_ALL,
    Column("class", _("Class"), sort=("person_class", "family_name")),
    Column("staff_number", _("Staff number"), sort=("staff_number",)),
    Column("left", _("Left on"), sort=("left_on", "family_name")),
)

Cell = Callable[[Person], object]


def offices(person: Person) -> list[Appointment]:
    """The appointments of today, as :func:`queries.with_offices` has read them."""
    return list(person.appointments.all())


CELLS: dict[str, Cell] = {
    "name": lambda person: person.name,
    "offices": lambda person: "; ".join(office_words(one) for one in offices(person)),
    "units": lambda person: "; ".join(one.unit.name for one in offices(person)),
    "class": lambda person: person.get_person_class_display(),
    "staff_number": lambda person: person.staff_number,
    "left": lambda person: person.left_on,
}


def office_words(held: Appointment) -> str:
    return held.title or str(held.get_office_display())


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponseBase:
    """Who works for the city; for those who keep people, with everything that they keep."""
    officer = access.colleague(request)
    keeps = queries.keeps_people(officer)
    listing = _listing(request, officer, keeps=keeps)
    if listing.wants_csv:
        return listing.csv("people", cells=lambda person: _cells(person, listing))
    return render(request, "people/list.html", {"listing": listing, "keeps": keeps, "rows": _rows(listing)})


def _listing(request: HttpRequest, officer: Officer, *, keeps: bool) -> Listing[Person]:
    rows = queries.with_offices(queries.people_for(officer))
    if "show" not in request.GET:
        rows = queries.here(rows)
    filters: type[FilterForm] = KeepersFilters if keeps else PeopleFilters
    return Listing(request, rows, FOR_KEEPERS if keeps else FOR_ALL, order=ORDER, filters=filters)


def _rows(listing: Listing[Person]) -> list[tuple[Person, tuple[object, ...]]]:
    """Each person with all that their line shows."""
    return [(person, (person.pk, *_cells(person, listing), *_acting(person))) for person in listing.rows]


def _acting(person: Person) -> Iterator[object]:
    """Of each office its unit and whether it is held for somebody else: the words alone may hide where one ends."""
    return ((one.pk, one.title, one.office, one.unit.name, one.acting) for one in offices(person))


def _cells(person: Person, listing: Listing[Person]) -> Iterator[object]:
    return (CELLS[column.key](person) for column in listing.columns)
