"""What every page says while something is stopped."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from undersigned.people.middleware import actor
from undersigned.publishing import stops
from undersigned.ui.components import Band, Standing


def stopped(request: HttpRequest) -> Band | None:
    """For people of the city; the public pages say nothing of it."""
    officer = actor(request)
    if officer is None or not officer.capacities:
        return None
    force = stops.in_force()
    if not force.stops:
        return None
    if force.everything():
        says = _("Everything is stopped: nothing is published in the city’s name.")
    else:
        count = len(force.stops)
        says = ngettext(
            "Publishing is stopped in %(count)d place.", "Publishing is stopped in %(count)d places.", count
        ) % {"count": count}
    return Band(Standing.WRONG, says, reverse("publishing:stops"), _("See what is stopped, and why"))
