"""The public list: which rows, in which order, and how each is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from undersigned.accounts.models import Account
from undersigned.accounts.queries.verifying import Reason, public_accounts, reason_against
from undersigned.accounts.states import PUBLIC, AccountState
from undersigned.networks.names import Network
from undersigned.people.models import Unit
from undersigned.public.names import unit_name
from undersigned.ui.components import Standing
from undersigned.ui.listing import Column, Listing
from undersigned.ui.words import Words

COLUMNS = (
    Column("account", _("Account")),
    Column("network", _("Network"), sort=("network", "key")),
    Column("unit", _("Run by"), sort=("unit__name", "network", "key")),
    Column("standing", _("Standing")),
)

IN_USE, RETIRED, ALL = "", "retired", "all"
SHOWN = ((IN_USE, _("In use")), (RETIRED, _("Retired")), (ALL, _("All")))
PUT_AWAY = (AccountState.RETIRED, AccountState.ARCHIVED)

SPEAKS = (AccountState.LIVE, AccountState.DORMANT, AccountState.RESERVED)
"""States in which the city vouches that an account is in its hands: only these are linked, and with rel=me."""

ON_ONE_PAGE = 1_000
"""Rows of the list that is meant for paper."""

STANDS: dict[Reason | None, tuple[Standing, Words]] = {
    None: (Standing.WORKS, _("Official")),
    Reason.UNCONFIRMED: (Standing.WAITS, _("Not confirmed")),
    Reason.DORMANT: (Standing.ASLEEP, _("Dormant")),
    Reason.PAUSED: (Standing.WRONG, _("Paused")),
    Reason.RESERVED: (Standing.ASLEEP, _("Reserved")),
    Reason.RETIRED: (Standing.ASLEEP, _("Retired")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An account as the public list shows it. ``link`` leads to the network, and is empty where it should not."""

    account: Account
    page: str
    link: str
    standing: Standing
    word: Words
    unit: str

    @property
    def name(self) -> str:
        return self.account.display_name or self.account.handle


def row(account: Account) -> Row:
    standing, word = STANDS[reason_against(account)]
    return Row(
        account=account,
        page=reverse("public:account", args=[account.pk]),
        link=link_to(account),
        standing=standing,
        word=word,
        unit=unit_name(account.unit) if account.unit else "",
    )


def link_to(account: Account) -> str:
    """Its address on the network, while the city speaks there."""
    return web(account.url) if account.state in SPEAKS else ""


def web(address: str) -> str:
    """The address if it leads to a web page, else nothing: no other scheme ever becomes a link."""
    return address if address.startswith(("https://", "http://")) else ""


def ways(listing: Listing[Account]) -> list[tuple[Words, str]]:
    """Other ways to see the list: a phone shows no head of the table to press, and paper no next page."""
    return [
        (_("By network"), listing.url_with(sort="network")),
        (_("By unit"), listing.url_with(sort="unit")),
        (_("All on one page, to print"), listing.url_with(whole="yes")),
    ]


def accounts(show: str) -> QuerySet[Account]:
    """What the list holds before it is narrowed; anything but the known words shows what is in use."""
    rows = public_accounts()
    if show == ALL:
        return rows
    return rows.filter(state__in=PUT_AWAY) if show == RETIRED else rows.exclude(state__in=PUT_AWAY)


def narrowed(rows: QuerySet[Account], *, text: str, network: str, unit: str) -> QuerySet[Account]:
    if network:
        rows = rows.filter(network=network)
    if unit:
        rows = rows.filter(unit__path__contains=f"{unit}/")
    return rows.filter(_says(text.strip())) if text.strip() else rows


def _says(text: str) -> Q:
    """Search in what the public page shows; who keeps an account is not asked."""
    return (
        Q(handle__icontains=text.lstrip("@"))
        | Q(display_name__icontains=text)
        | Q(url__icontains=text)
        | Q(unit__name__icontains=text)
        | Q(unit__name_fr__icontains=text)
    )


def networks() -> list[tuple[str, str]]:
    """Those on which the public register has an account."""
    found = set(Account.objects.filter(state__in=PUBLIC).values_list("network", flat=True).distinct())
    return [(one.value, one.label) for one in Network if one.value in found]


def units() -> list[tuple[str, str]]:
    """Those that own an account of the public register."""
    owning = Account.objects.filter(state__in=PUBLIC).exclude(unit=None).values("unit_id")
    return [(unit.pk, unit_name(unit)) for unit in Unit.objects.filter(pk__in=owning).order_by("name", "pk")]


def cells(account: Account) -> Iterator[str]:
    """One line of the list as CSV."""
    shown = row(account)
    yield account.handle
    yield account.place.label
    yield shown.unit
    yield str(shown.word)
