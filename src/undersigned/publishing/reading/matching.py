"""Which sighting is which delivery's: by the network's own id, in one statement however many there are."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Subquery

from undersigned.publishing.models import Delivery, Sighting


def match(accounts: Collection[str] | None = None) -> int:
    """Bind the sightings that nobody has bound yet, of these accounts or of all; answers how many were bound."""
    delivery = Delivery.objects.filter(account_id=OuterRef("account_id"), far_id=OuterRef("far_id")).order_by(
        "pk"
    )
    loose = Sighting.objects.filter(delivery__isnull=True)
    if accounts is not None:
        loose = loose.filter(account_id__in=accounts)
    return loose.filter(Exists(delivery)).update(delivery_id=Subquery(delivery.values("pk")[:1]))
