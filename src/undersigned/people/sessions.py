"""Open sessions of a sign-in."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.db.models import F

from undersigned.people.models import Person, User


def end_all(person: Person) -> int:
    """End every session of this person's sign-in at once, listed or not; answers how many were listed."""
    User.objects.filter(person=person).update(session_generation=F("session_generation") + 1)
    ended = 0
    for session in UserSession.objects.filter(user__person=person):
        session.end()
        ended += 1
    return ended


def close_sign_in(person: Person) -> None:
    """End every session of a person who has left, and let them begin no other."""
    User.objects.filter(person=person).update(is_active=False)
    end_all(person)
