"""Sign-in: by invitation only, with a second factor whose secrets are sealed at rest."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from undersigned.acts.actor import Officer
from undersigned.acts.directory import directory
from undersigned.people.models import User


class InvitationOnly(DefaultAccountAdapter):
    """Nobody registers by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SealedSecondFactors(DefaultMFAAdapter):
    """Second factors of the city's sign-ins."""


def actor_of(request: HttpRequest) -> Officer | None:
    """The officer who is signed in, and whether this session proved a second factor."""
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return None
    found = directory().officer(user.person_id)
    if found is None:
        return Officer(user.person_id, user.person.name, user.person.person_class)
    proven = any(record.get("method") == "mfa" for record in get_authentication_records(request))
    return Officer(found.person, found.name, found.person_class, found.capacities, second_factor=proven)
