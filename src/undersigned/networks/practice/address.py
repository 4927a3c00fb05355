"""How accounts on the practice network are written. Its host ends in ``.invalid``, which leads nowhere (RFC 6761)."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.networks.identity import Address
from undersigned.networks.letters import require
from undersigned.networks.links import Link
from undersigned.networks.names import Network
from undersigned.networks.reader import Reader, refuse_pages, words
from undersigned.networks.refusals import NotUnderstood

HOST = "practice.invalid"
HANDLE = re.compile(r"[A-Za-z0-9_]{2,30}")
RULE = gettext_lazy("2 to 30 letters, digits and underscores")
PAGES = words("allow pictures")
"""Handles that nobody can have: they are pages of the practice network itself."""


def of_handle(text: str) -> Address:
    _must_be_on()
    handle = text.removeprefix("@")
    require(handle, HANDLE, place=Network.PRACTICE.label, rule=RULE)
    key = handle.casefold()
    return Address(Network.PRACTICE, key, handle, f"https://{HOST}/{key}")


def of_link(link: Link) -> Address:
    _must_be_on()
    refuse_pages(link, PAGES, Network.PRACTICE)
    return of_handle(link.step(0))


def of_number(text: str) -> Address:
    raise NotUnderstood(_("Walls of the practice network are told by their handles. Write the handle."))


def _must_be_on() -> None:
    if not settings.PRACTICE:
        raise NotUnderstood(_("There is no practice network here. An administrator can switch it on."))


READER = Reader(Network.PRACTICE, (HOST,), of_handle, of_link, of_number)
