"""What must be so before the first page is drawn."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from undersigned.ui.theme import UnreadableColour, city_colour


@register
def the_city_colour_can_be_read(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[CheckMessage]:
    """A colour below 4.5:1 would leave people unable to read links and buttons."""
    try:
        city_colour(settings.CITY_COLOUR)
    except UnreadableColour as error:
        return [Error(str(error), hint="Set UNDERSIGNED_CITY_COLOUR to another colour.", id="ui.E002")]
    return []
