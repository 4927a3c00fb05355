"""What the public is told: is this address the city's, and which accounts are (the register's rules, section 13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone

from undersigned.accounts.models import Account, LookalikeCase
from undersigned.accounts.states import NOT_OURS, PUBLIC, AccountState
from undersigned.networks.addresses import (
    Address,
    LooksDeceptive,
    NotAnAccount,
    NotUnderstood,
    ShortLink,
    WhichNetwork,
    numbered,
    understand,
)
from undersigned.networks.names import Network
from undersigned.record.models import Standing

CONFIRMED_FOR = timedelta(days=400)
"""How long an entry counts as confirmed; the US registry dropped what nobody had updated in a year."""

ORDER = ("network", "key", "id")


class Reason(StrEnum):
    """Why the answer is not *yes*. Unknown is unknown, never "not ours"."""

    UNKNOWN = "unknown"
    UNCONFIRMED = "unconfirmed"
    DORMANT = "dormant"
    PAUSED = "paused"
    RETIRED = "retired"
    RESERVED = "reserved"
    REPORTED_NOT_OURS = "reported_not_ours"


OF_STATE = {
    AccountState.DORMANT: Reason.DORMANT,
    AccountState.SUSPENDED: Reason.PAUSED,
    AccountState.RETIRED: Reason.RETIRED,
    AccountState.ARCHIVED: Reason.RETIRED,
    AccountState.RESERVED: Reason.RESERVED,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question. ``account`` is there whenever the register shows the account to the public."""

    query: str
    address: Address | None
    verified: bool
    reason: Reason | None = None
    account: Account | None = None
    warning: str = ""


def verify(text: str, *, network: Network | None = None) -> Answer:
    """Say whether what somebody pasted is an account of the city: at most two questions to the database.

    Raises NotUnderstood for a text that names no account on any network, with a sentence for whoever asked; a
    shortener's address, or one built to deceive, is answered as *unknown* with a warning. Nothing is ever fetched.
    """
    try:
        address = understood(text, network)
    except (ShortLink, LooksDeceptive) as unclear:
        return Answer(text, None, False, Reason.UNKNOWN, warning=str(unclear))
    return answer(text, address)


def understood(text: str, network: Network | None = None) -> Address:
    """Which account is meant; an address on no known network is one on *another place*, which the register holds too.

    Raises NotUnderstood, or one of its kinds.
    """
    try:
        return understand(text, network=network)
    except (WhichNetwork, NotAnAccount, ShortLink, LooksDeceptive):
        raise
    except NotUnderstood:
        if network is not None:
            raise
        return understand(text, network=Network.OTHER)


def verify_number(network: Network, number: str) -> Answer:
    """The same for the network's own number of an account."""
    return answer(number, numbered(network, number))


def answer(query: str, address: Address) -> Answer:
    account = _account_at(address)
    if account is not None:
        reason = reason_against(account)
        return Answer(query, address, reason is None, reason, account)
    reported = LookalikeCase.objects.filter(
        network=address.network.value, key=address.key, state__in=NOT_OURS
    )
    return Answer(query, address, False, Reason.REPORTED_NOT_OURS if reported.exists() else Reason.UNKNOWN)


def reason_against(account: Account) -> Reason | None:
    """Why this entry is not answered with *yes*; None where it is."""
    unconfirmed = None if is_confirmed(account) else Reason.UNCONFIRMED
    return OF_STATE.get(AccountState(account.state), unconfirmed)


def is_confirmed(account: Account, today: date | None = None) -> bool:
    """Has somebody put their name to this entry in the last 400 days?"""
    day = today or timezone.localdate()
    return account.confirmed_on is not None and day - account.confirmed_on <= CONFIRMED_FOR


def public_accounts(
    *, network: str = "", unit: str = "", tag: str = "", language: str = "", state: str = ""
) -> QuerySet[Account]:
    """What the public register shows, to be ordered by :data:`ORDER`; names of persons are no part of it."""
    rows = Account.objects.filter(state__in=PUBLIC).select_related("unit")
    rows = rows.filter(network=network) if network else rows
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(unit__path__contains=f"{unit}/") if unit else rows
    rows = rows.filter(tags__contains=f",{tag},") if tag else rows
    return rows.filter(language__contains=language) if language else rows


def public_account(reference: str) -> Account | None:
    """One entry of the public register, or None where the public may not know of it."""
    return Account.objects.filter(pk=reference, state__in=PUBLIC).select_related("unit").first()


def last_acts(accounts: Iterable[Account]) -> dict[str, str]:
    """The id of the act by which each entry became what it is: whose receipt proves it. By reference."""
    references = [account.pk for account in accounts]
    return dict(Standing.objects.filter(pk__in=references).values_list("reference", "act_id"))


def _account_at(address: Address) -> Account | None:
    """The entry at this address, the one in use before one that was put away; a number finds it under any handle."""
    here = Account.objects.filter(network=address.network.value, state__in=PUBLIC).select_related("unit")
    found = here.filter(key=address.key)
    if address.network_id:
        found = found | here.filter(network_id=address.network_id)
    rows = list(found.order_by("-state_since")[:5])
    in_use = (one for one in rows if one.state != AccountState.ARCHIVED)
    return next(in_use, rows[0] if rows else None)


__all__ = [
    "CONFIRMED_FOR",
    "ORDER",
    "Answer",
    "NotUnderstood",
    "Reason",
    "answer",
    "is_confirmed",
    "last_acts",
    "public_account",
    "public_accounts",
    "reason_against",
    "understood",
    "verify",
    "verify_number",
]
