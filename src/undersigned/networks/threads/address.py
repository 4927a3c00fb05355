"""How accounts on Threads are written: the Instagram handle, after an `@`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from undersigned.networks.identity import Address
from undersigned.networks.instagram.address import HANDLE
from undersigned.networks.letters import require
from undersigned.networks.links import Link
from undersigned.networks.names import Network
from undersigned.networks.reader import Reader, by_number, refuse_pages, words

RULE = gettext_lazy("1 to 30 letters, digits, full stops and underscores")
PAGES = words("about explore help intent legal login privacy saved search settings share t terms")


def of_handle(text: str) -> Address:
    handle = text.removeprefix("@")
    require(
        handle,
        HANDLE,
        place="Threads",
        rule=RULE,
    )
    key = handle.casefold()
    return Address(Network.THREADS, key, handle, f"https://www.threads.com/@{key}")


def of_link(link: Link) -> Address:
    refuse_pages(link, PAGES, Network.THREADS)
    return of_handle(link.step(0))


READER = Reader(
    Network.THREADS, ("threads.com", "threads.net"), of_handle, of_link, by_number(Network.THREADS)
)
