"""Who is asking: the signed-in person, with the capacities they hold today, and in which session."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from undersigned.acts.actor import Officer
from undersigned.people.signin import actor_of

NOTED, EVERY_SECONDS = "noted_at", 300


def note_the_session(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keeps the list of a person's open sessions: each with its first request, then at most every five minutes.

    The library's own middleware writes a row with every request, which costs more than many a page.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        session = request.session
        old = session.session_key and time.time() - session.get(NOTED, 0) > EVERY_SECONDS
        if old and request.user.is_authenticated:
            UserSession.objects.create_from_request(request)
            session[NOTED] = int(time.time())
        return answer(request)

    return middleware


def know_the_actor(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Sets ``request.actor``: an :class:`Officer`, or something false for whoever is not signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined] # set by know_the_actor
        return answer(request)

    return middleware


def actor(request: HttpRequest) -> Officer | None:
    """The officer behind this request, typed; None for whoever is not signed in."""
    found = request.actor  # type: ignore[attr-defined] # set by know_the_actor
    return found if found else None
