"""How Facebook pages are written: a name in which neither dots nor capitals count, or a number.

A page without a name of its own is reached by its number, which Facebook writes in many ways:
`/profile.php?id=1`, `/people/Name/1`, `/pages/Name/1`, `/pages/category/Kind/Name-1`, `/p/Name-1`,
`/Name-1`, `/1`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.networks.identity import Address
from undersigned.networks.letters import require
from undersigned.networks.links import Link
from undersigned.networks.names import Network
from undersigned.networks.reader import Reader, digits, not_an_account, refuse_pages, words
from undersigned.networks.refusals import NotAnAccount

HANDLE = re.compile(r"[A-Za-z0-9._-]{1,75}")
RULE = gettext_lazy("1 to 75 letters, digits and full stops")
ENDS_IN_NUMBER = re.compile(r".+-([0-9]{6,25})", re.DOTALL)
ABOUT_ID = frozenset({"profile.php", "permalink.php", "story.php", "photo.php", "video.php"})
PAGES = words(
    "2008 ads album.php bookmarks business connect dialog directory events feeds fundraisers gaming "
    "hashtag help home.php l.php legal "
    "likebox.php login login.php marketplace media messages notes pages people permalink.php pg photo "
    "photo.php photos photos.php "
    "places plugins policies policy.php posts privacy profile.php public r.php recover reel reels search "
    "share share.php sharer "
    "sharer.php story.php terms tr video.php watch"
)


def of_handle(text: str) -> Address:
    handle = text.removeprefix("@")
    if handle.casefold().endswith(".php"):
        raise not_an_account(Link(READER.hosts[0], (handle,)), Network.FACEBOOK)
    numbered = ENDS_IN_NUMBER.fullmatch(handle)
    if numbered or re.fullmatch(r"[0-9]+", handle):
        address = of_number(numbered[1] if numbered else handle)
        return replace(address, handle=handle if HANDLE.fullmatch(handle) else address.handle)
    require(handle, HANDLE, place="Facebook", rule=RULE)
    key = handle.casefold().replace(".", "")
    require(key, HANDLE, place="Facebook", rule=gettext_lazy("it must hold a letter or digit"))
    return Address(Network.FACEBOOK, key, handle, f"https://www.facebook.com/{key}")


def of_link(link: Link) -> Address:
    if link.word(0) in ABOUT_ID and link.query.get("id"):
        return of_number(link.query["id"])
    if link.word(0) == "groups" and link.step(1):
        return _group(link.step(1))
    if link.word(0) in {"pages", "people", "p", "pg"} and link.step(1):
        return _named_elsewhere(link)
    refuse_pages(link, PAGES, Network.FACEBOOK)
    return of_handle(link.step(0))


def of_number(text: str) -> Address:
    number = digits(text, Network.FACEBOOK)
    return Address(Network.FACEBOOK, number, number, f"https://www.facebook.com/{number}", network_id=number)


def _named_elsewhere(link: Link) -> Address:
    """`/pg/Name` is a page's name; below the other three only a number decides."""
    if link.word(0) == "pg":
        return of_handle(link.step(1))
    for step in link.steps[1:]:
        numbered = ENDS_IN_NUMBER.fullmatch(step)
        if numbered or re.fullmatch(r"[0-9]{5,25}", step):
            return of_number(numbered[1] if numbered else step)
    raise not_an_account(link, Network.FACEBOOK)


def _group(name: str) -> Address:
    """Groups have names of their own, apart from those of pages."""
    require(name, HANDLE, place="Facebook", rule=RULE)
    key = name.casefold().replace(".", "")
    if not key:
        raise NotAnAccount(_("The address names no group. Write the address of the group's own page."))
    return Address(
        Network.FACEBOOK, f"groups/{key}", f"groups/{name}", f"https://www.facebook.com/groups/{key}"
    )


READER = Reader(
    Network.FACEBOOK,
    ("facebook.com", "fb.com", "m.me"),
    of_handle,
    of_link,
    of_number,
    subdomains=re.compile(r"[a-z]{2}(-[a-z]{2})?|web|touch|mbasic|free|business"),
)
