"""How accounts on X are written: a handle of at most 15 letters, digits and underscores (X help, "
""username rules")."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy

from undersigned.networks.identity import Address
from undersigned.networks.letters import require
from undersigned.networks.links import Link
from undersigned.networks.names import Network
from undersigned.networks.reader import Reader, digits, not_an_account, refuse_pages, words

HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
RULE = gettext_lazy("1 to 15 letters, digits and underscores")
PAGES = words(
    "about account compose download explore hashtag home i intent jobs javascripts lists login logout "
    "messages notifications "
    "oauth privacy search search-advanced settings share signup statuses status tos user_timeline "
    "who_to_follow widgets"
)


def of_handle(text: str) -> Address:
    handle = text.removeprefix("@")
    require(handle, HANDLE, place="X", rule=RULE)
    key = handle.casefold()
    return Address(Network.X, key, handle, f"https://x.com/{key}")


def of_link(link: Link) -> Address:
    """`intent/user` and `i/user` are pages of an account though they begin like pages of the network."""
    if link.word(0) == "intent" and link.word(1) in {"user", "follow"} and link.query.get("screen_name"):
        return of_handle(link.query["screen_name"])
    if (link.word(0), link.word(1)) == ("i", "user") and link.step(2):
        return of_number(link.step(2))
    refuse_pages(link, PAGES, Network.X)
    if link.step(0).endswith((".php", ".js", ".json")):
        raise not_an_account(link, Network.X)
    return of_handle(link.step(0))


def of_number(text: str) -> Address:
    number = digits(text, Network.X)
    return Address(Network.X, f"id:{number}", number, f"https://x.com/i/user/{number}", network_id=number)


READER = Reader(Network.X, ("x.com", "twitter.com"), of_handle, of_link, of_number)
