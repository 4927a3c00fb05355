"""Who comes to the practice network's pages, and the line across them that says what they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from undersigned.ui.components import Band, Standing
from undersigned.ui.navigation import signed_in

View = Callable[..., HttpResponse]


def may_enter(request: HttpRequest) -> bool:
    return settings.PRACTICE and signed_in(request)


def for_practice(view: View) -> View:
    """A page for whoever is signed in, where the settings have a practice network; else there is no such page."""
    inner = login_required(view)

    @wraps(inner)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.PRACTICE:
            raise Http404
        return inner(request, *args, **kwargs)

    return seen


def band(request: HttpRequest) -> Band | None:
    """Nobody must take a wall for a real network, nor for the city's own pages."""
    if request.resolver_match is None or request.resolver_match.namespace != "practice":
        return None
    return Band(
        Standing.WAITS,
        _(
            "This is practice. A wall stands for a network; nobody outside sees it, and anybody here may write on it."
        ),
    )
