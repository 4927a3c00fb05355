"""What the frame of every page shows of the city."""

from __future__ import annotations

from django.conf import settings

from undersigned.people.models import City
from undersigned.ui import frame


def city() -> frame.City:
    """The city of this instance; before it is founded, the product's own name."""
    found = City.objects.values_list("name", "colour").first()
    return (
        frame.City(name=found[0], colour=found[1])
        if found
        else frame.City("Undersigned", settings.CITY_COLOUR)
    )
