"""Who is asking: the signed-in person, with the capacities they hold today."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from undersigned.acts.actor import Officer
from undersigned.people.signin import actor_of


def know_the_actor(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Sets ``request.actor``: an :class:`Officer`, or something false for whoever is not signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        return answer(request)

    return middleware


def actor(request: HttpRequest) -> Officer | None:
    """The officer behind this request, typed; None for whoever is not signed in."""
    found = request.actor  # type: ignore[attr-defined]
    return found if found else None
