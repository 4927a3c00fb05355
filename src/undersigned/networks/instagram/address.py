"""How accounts on Instagram are written: up to 30 letters, digits, full stops and underscores."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy

from undersigned.networks.identity import Address
from undersigned.networks.letters import require
from undersigned.networks.links import Link
from undersigned.networks.names import Network
from undersigned.networks.reader import Reader, by_number, refuse_pages, words

HANDLE = re.compile(r"(?=.*[A-Za-z0-9_])[A-Za-z0-9._]{1,30}")
RULE = gettext_lazy("1 to 30 letters, digits, full stops and underscores")
PAGES = words(
    "_n _u about accounts ar challenge developer direct directory emails explore graphql legal lite oauth "
    "p popular press privacy "
    "reel reels session share stories terms topics tv web"
)


def of_handle(text: str) -> Address:
    handle = text.removeprefix("@")
    require(
        handle,
        HANDLE,
        place="Instagram",
        rule=RULE,
    )
    key = handle.casefold()
    return Address(Network.INSTAGRAM, key, handle, f"https://www.instagram.com/{key}")


def of_link(link: Link) -> Address:
    """A story's address holds the account in its second step; a post's address usually holds none."""
    if link.word(0) in {"stories", "_u"} and link.word(1) not in {"", "highlights"}:
        return of_handle(link.step(1))
    refuse_pages(link, PAGES, Network.INSTAGRAM)
    return of_handle(link.step(0))


READER = Reader(Network.INSTAGRAM, ("instagram.com",), of_handle, of_link, by_number(Network.INSTAGRAM))
