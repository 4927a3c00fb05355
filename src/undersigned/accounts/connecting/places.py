"""Whether an account that a sign-in opens is the one that was asked for."""

from __future__ import annotations

from collections.abc import Iterable

from undersigned.accounts.models import Account
from undersigned.networks.addresses import understand
from undersigned.networks.protocol import Place
from undersigned.networks.refusals import NotUnderstood


def the_one(account: Account, places: Iterable[Place]) -> Place | None:
    """The account asked for among those that were opened."""
    return next((place for place in places if is_the(account, place)), None)


def is_the(account: Account, place: Place) -> bool:
    """By the network's own number where the register knows it: a handle may have changed hands. Else by the handle."""
    if account.network_id:
        return _bare(account.network_id) == _bare(place.id)
    return any(_leads_to(account, said) for said in (place.handle, place.url) if said)


def _bare(number: str) -> str:
    """The number itself, where a network puts words before it (``urn:li:organization:7``)."""
    return number.rpartition(":")[2]


def _leads_to(account: Account, said: str) -> bool:
    try:
        found = understand(said, network=account.place)
    except NotUnderstood:
        return False
    return (found.network, found.key) == (account.place, account.key)
