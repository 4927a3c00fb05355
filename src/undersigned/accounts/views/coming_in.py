"""Who comes, and which account they may see. What one may not see is answered as if it were not there."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import get_resolver, reverse

from undersigned.accounts.models import Account
from undersigned.accounts.queries.looking import account_for
from undersigned.acts import Officer
from undersigned.people.middleware import actor


def officer_of(request: HttpRequest) -> Officer:
    """Whoever is signed in; for views that nobody else reaches."""
    officer = actor(request)
    if officer is None:
        raise Http404
    return officer


def account_of(officer: Officer, reference: str) -> Account:
    """The account, for whoever may see it. Raises Http404 for everybody else."""
    account = account_for(officer, reference)
    if account is None:
        raise Http404
    return account


def holds_an_appointment(request: HttpRequest) -> bool:
    """For the row of rooms: the register is for people of the city."""
    officer = actor(request)
    return officer is not None and bool(officer.capacities)


def way_to(route: str, *args: object) -> str:
    """The address of a page of another room, or nothing where this installation has no such page."""
    namespace, _colon, name = route.partition(":")
    _prefix, room = get_resolver().namespace_dict.get(namespace, ("", None))
    return reverse(route, args=args) if room is not None and name in room.reverse_dict else ""
