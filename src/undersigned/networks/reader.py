"""What each network's folder offers to the reader of addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from undersigned.networks.identity import Address
from undersigned.networks.letters import shown
from undersigned.networks.links import Link
from undersigned.networks.names import Network
from undersigned.networks.refusals import NotAnAccount, NotUnderstood

NO_SUBDOMAIN = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Reader:
    """One network's own rules.

    `hosts` are those on which accounts live; `subdomains` matches what may stand before them besides
    www., m. and mobile. (a language, a country). Each function raises NotUnderstood or one of its kinds.
    """

    network: Network
    hosts: tuple[str, ...]
    of_handle: Callable[[str], Address]
    of_link: Callable[[Link], Address]
    of_number: Callable[[str], Address]
    subdomains: re.Pattern[str] = NO_SUBDOMAIN


def words(text: str) -> frozenset[str]:
    """A set of words, written as a line of text."""
    return frozenset(text.split())


def refuse_pages(link: Link, pages: Collection[str], network: Network) -> None:
    """Refuse an address whose first step the network keeps for itself, as `share`, `search` or `login`."""
    if not link.steps:
        raise NotAnAccount(
            _("This is the address of %(network)s itself. Add the name of the account.")
            % {"network": network.label}
        )
    if link.word(0) in pages:
        raise not_an_account(link, network)


def not_an_account(link: Link, network: Network) -> NotAnAccount:
    """The refusal for a share button, a search, a sign-in: pages that name nobody."""
    return NotAnAccount(
        _(
            "“%(page)s” is a page of %(network)s that belongs to no account. Write the address of the "
            "account's own page."
        )
        % {"page": shown("/".join(link.steps[:2])), "network": network.label}
    )


def by_number(network: Network) -> Callable[[str], Address]:
    """For networks that have numbers but show no page by them: such an account has no address until its
    handle is known."""

    def of_number(text: str) -> Address:
        number = digits(text, network)
        return Address(network, f"id:{number}", number, "", network_id=number)

    return of_number


def digits(number: str, network: Network) -> str:
    """A network's own number. Raises NotUnderstood for anything but 1 to 25 digits (spreadsheets cut long
    ones)."""
    plain = number.strip()
    if re.fullmatch(r"[0-9]{1,25}", plain):
        return plain
    raise NotUnderstood(
        _(
            "“%(number)s” is not a number as %(network)s gives them. If a spreadsheet shortened it, store "
            "the column as text."
        )
        % {"number": shown(plain), "network": network.label}
    )
