"""How accounts on TikTok are written: `@` and up to 24 letters, digits, full stops and underscores."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.networks.identity import Address
from undersigned.networks.letters import require
from undersigned.networks.links import Link
from undersigned.networks.names import Network
from undersigned.networks.reader import Reader, by_number, refuse_pages, words
from undersigned.networks.refusals import ShortLink

HANDLE = re.compile(r"(?=.*[A-Za-z0-9_])[A-Za-z0-9._]{1,24}")
RULE = gettext_lazy("1 to 24 letters, digits, full stops and underscores")
PAGES = words(
    "about channel discover download embed explore following foryou friends legal live login messages "
    "music place privacy search "
    "share signup tag upload v video"
)


def of_handle(text: str) -> Address:
    handle = text.removeprefix("@")
    require(
        handle,
        HANDLE,
        place="TikTok",
        rule=RULE,
    )
    key = handle.casefold()
    return Address(Network.TIKTOK, key, handle, f"https://www.tiktok.com/@{key}")


def of_link(link: Link) -> Address:
    if link.word(0) == "t":
        raise ShortLink(
            _("This is a shortened address of TikTok. Open it yourself and copy the account's address.")
        )
    refuse_pages(link, PAGES, Network.TIKTOK)
    return of_handle(link.step(0))


READER = Reader(Network.TIKTOK, ("tiktok.com",), of_handle, of_link, by_number(Network.TIKTOK))
