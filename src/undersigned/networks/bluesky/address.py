"""How accounts on Bluesky are written: a handle is a domain name, and the number (a DID) outlives it.

AT Protocol specification, "Handle" and "DID": at most 253 characters, at least two labels, the last not
beginning with a digit.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.networks.identity import Address
from undersigned.networks.letters import require, shown
from undersigned.networks.links import Link
from undersigned.networks.names import Network
from undersigned.networks.reader import Reader, not_an_account, refuse_pages
from undersigned.networks.refusals import NotUnderstood

HANDLE = re.compile(
    r"(?=.{1,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
RULE = gettext_lazy("a name like city.bsky.social, or a domain of your own")
LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]{1,253})")
HOME = "bsky.social"


def of_handle(text: str) -> Address:
    """A name without a dot is taken for one on the network's own server, and said so."""
    handle = text.removeprefix("at://").removeprefix("@").partition("/")[0]
    if handle.startswith("did:"):
        return of_number(handle)
    if LABEL.fullmatch(handle):
        full = f"{handle}.{HOME}"
        return _account(full, (_("“%(handle)s” was read as %(full)s.") % {"handle": handle, "full": full},))
    return _account(handle)


def of_link(link: Link) -> Address:
    if link.host.endswith("." + HOME):
        return _account(link.host)
    refuse_pages(
        link, {"search", "settings", "notifications", "feeds", "hashtag", "intent", "lists"}, Network.BLUESKY
    )
    if link.word(0) == "profile" and link.step(1):
        return of_handle(link.step(1))
    raise not_an_account(link, Network.BLUESKY)


def of_number(text: str) -> Address:
    did = text.strip()
    if not DID.fullmatch(did):
        raise NotUnderstood(
            _("“%(number)s” is not the number of an account on Bluesky: it begins with did:plc: or did:web:.")
            % {"number": shown(did)}
        )
    return Address(Network.BLUESKY, did, did, f"https://bsky.app/profile/{did}", network_id=did)


def _account(handle: str, warnings: tuple[str, ...] = ()) -> Address:
    require(
        handle,
        HANDLE,
        place="Bluesky",
        rule=RULE,
    )
    key = handle.casefold()
    return Address(Network.BLUESKY, key, handle, f"https://bsky.app/profile/{key}", warnings)


READER = Reader(
    Network.BLUESKY,
    ("bsky.app", HOME),
    of_handle,
    of_link,
    of_number,
    subdomains=re.compile(LABEL.pattern, re.IGNORECASE),
)
