"""How channels on YouTube are written: in four sets of names that do not know of each other.

`/user/name` (before 2011), `/c/name` (until 2022), `/@name` and `/channel/UC…` may lead to one channel,
and only the network can say so. A channel's number keeps its capitals. A name alone is taken for the
oldest form, `/user/name`, as registers mean it; an address with a name alone is one of the first two, and
no-one can tell which.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.networks.identity import Address
from undersigned.networks.letters import foreign_letters, require, shown
from undersigned.networks.links import Link
from undersigned.networks.names import Network
from undersigned.networks.reader import Reader, not_an_account, refuse_pages, words
from undersigned.networks.refusals import NotAnAccount, NotUnderstood

SHORT_HOST = "youtu.be"
CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
NAME = re.compile(r"(?=.*\w)[\w.·-]{1,100}")
RULE = gettext_lazy("1 to 100 letters, digits, hyphens, underscores and full stops")
VIDEOS = words("clip e embed live playlist shorts v watch")
PAGES = words(
    "about account ads attribution_link c channel channels cp creators feed feeds gaming hashtag "
    "howyoutubeworks iframe_api index kids "
    "login music oembed p player_api post premium profile redirect results rss search share_popup signin "
    "signup sports subscription_center "
    "t tv upload user"
)


def of_handle(text: str) -> Address:
    if CHANNEL.fullmatch(text):
        return of_number(text)
    if text.startswith("@"):
        return _named("@", text[1:])
    refuse_pages(Link(READER.hosts[0], (text,)), PAGES | VIDEOS, Network.YOUTUBE)
    return _named("user", text)


def of_link(link: Link) -> Address:
    """Anything after the name (`/videos`, `/featured`) is a page of the same channel."""
    first, second = link.word(0), link.step(1)
    if first in VIDEOS or link.host == SHORT_HOST:
        raise NotAnAccount(
            _(
                "A video's address on YouTube does not say which channel it belongs to. Open it and copy "
                "the channel's address."
            )
        )
    if first == "channel" and second:
        return of_number(second)
    if first in {"user", "c"} and second:
        return _named(first, second)
    refuse_pages(link, PAGES, Network.YOUTUBE)
    if first.startswith("@"):
        return _named("@", link.step(0)[1:])
    if first.endswith(".php"):
        raise not_an_account(link, Network.YOUTUBE)
    return _named("", link.step(0))


def of_number(text: str) -> Address:
    number = text.strip()
    if not CHANNEL.fullmatch(number):
        raise NotUnderstood(
            _("“%(number)s” is not the number of a YouTube channel: UC and 22 more letters, digits, - or _.")
            % {"number": shown(number)}
        )
    url = f"https://www.youtube.com/channel/{number}"
    return Address(Network.YOUTUBE, f"channel:{number}", number, url, network_id=number)


def _named(kind: str, text: str) -> Address:
    """`kind` is the set of names: `@`, `user`, `c`, or nothing for an address with a name alone."""
    name = unicodedata.normalize("NFC", text)
    require(
        name,
        NAME,
        place="YouTube",
        rule=RULE,
    )
    key = name.casefold()
    before, path = {"@": ("@", "@"), "": ("", "")}.get(kind, (f"{kind}:", f"{kind}/"))
    handle = f"@{name}" if kind == "@" else name
    url = f"https://www.youtube.com/{path}{quote(key)}"
    return Address(Network.YOUTUBE, before + key, handle, url, foreign_letters(name))


READER = Reader(
    Network.YOUTUBE,
    ("youtube.com", SHORT_HOST),
    of_handle,
    of_link,
    of_number,
    subdomains=re.compile(r"music|gaming|[a-z]{2}"),
)
