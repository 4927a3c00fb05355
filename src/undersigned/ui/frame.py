"""What stands around every page: the city, the rooms, the bands, the latest checkpoint. Each part is read when drawn.

Settings (``CITY_COLOUR`` and, all optional):

    UI_CITY               dotted name of a callable without arguments that gives a City
    UI_LATEST_CHECKPOINT  dotted name of a callable without arguments that gives a CheckpointNote or None
    UI_BANDS              dotted names of callables that take the request and give a Band or None
    UI_PLACES             route names: home, public_home, search, me, sign_in, sign_out
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from undersigned.ui import navigation, theme
from undersigned.ui.components import Band
from undersigned.ui.navigation import Link


@dataclass(frozen=True)
class City:
    """``colour`` as ``#rrggbb``; ``crest`` the address of a picture on this server, or "" for none."""

    name: str
    colour: str
    crest: str = ""


@dataclass(frozen=True)
class CheckpointNote:
    """``digest`` is the root hash in hex."""

    digest: str
    at: dt.datetime
    url: str = ""


class Frame:
    """The frame of one request. Nothing is asked of the database before the template needs it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def city(self) -> City:
        give: Callable[[], City] | None = _named(getattr(settings, "UI_CITY", ""))
        return give() if give else City(name="Undersigned", colour=settings.CITY_COLOUR)

    @property
    def theme_url(self) -> str:
        return f"{reverse('ui:theme')}?v={theme.city_colour(self.city.colour).version}"

    @cached_property
    def is_signed_in(self) -> bool:
        user = getattr(self._request, "user", None)
        return bool(user and user.is_authenticated)

    @cached_property
    def person(self) -> str:
        """The signed-in person's name, "" for nobody."""
        user: Any = self._request.user
        return str(user.get_full_name()) if self.is_signed_in else ""

    @property
    def rooms(self) -> list[Link]:
        return navigation.rooms_for(self._request, public=False) if self.is_signed_in else []

    @property
    def public_rooms(self) -> list[Link]:
        return navigation.rooms_for(self._request, public=True)

    @cached_property
    def bands(self) -> list[Band]:
        asked = (import_string(name)(self._request) for name in getattr(settings, "UI_BANDS", ()))
        return [band for band in asked if band is not None]

    @cached_property
    def checkpoint(self) -> CheckpointNote | None:
        give: Callable[[], CheckpointNote | None] | None = _named(
            getattr(settings, "UI_LATEST_CHECKPOINT", "")
        )
        return give() if give else None

    @cached_property
    def places(self) -> dict[str, str]:
        """Addresses of the fixed places that this installation has."""
        return {name: reverse(route) for name, route in getattr(settings, "UI_PLACES", {}).items()}

    @property
    def search_words(self) -> str:
        return self._request.GET.get("q", "") if self._request.path == self.places.get("search") else ""

    @property
    def address(self) -> str:
        return self._request.build_absolute_uri()

    @property
    def printed_at(self) -> dt.datetime:
        return timezone.now()


def _named(dotted: str) -> Any:
    return import_string(dotted) if dotted else None
