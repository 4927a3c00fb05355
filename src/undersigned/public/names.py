"""What things are called towards the public."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from undersigned.people.models import City, Unit


def city_name() -> str:
    """What the city goes by."""
    return City.objects.values_list("name", flat=True).first() or _("the city")


def unit_name(unit: Unit) -> str:
    """A unit's name in the reader's language, where it has one."""
    return unit.name_fr if unit.name_fr and (get_language() or "").startswith("fr") else unit.name
