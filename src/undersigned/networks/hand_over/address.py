"""Places with plain addresses: a host, a path before the name, a name.

The forms are those that the places themselves show in a browser's address line. Some of these networks
have ended; inventories list them still, and an account there must be named before it can be struck off.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.networks.identity import Address
from undersigned.networks.letters import require
from undersigned.networks.links import Link
from undersigned.networks.names import ENDED, Network
from undersigned.networks.reader import NO_SUBDOMAIN, Reader, by_number, not_an_account, refuse_pages, words
from undersigned.networks.refusals import NotAnAccount

NAME = re.compile(r"(?=.*[A-Za-z0-9_])[A-Za-z0-9._-]{1,100}")
RULE = gettext_lazy("letters, digits, hyphens and underscores")


@dataclass(frozen=True, slots=True)
class Place:
    """One such network.

    `ways` are the paths after which a name stands, each with the path that canonical addresses use; two
    canonical paths are two sets of names (a forum and a person may share one). `path_is_name` where all
    that follows is the name. `keeps_capitals` where the name is a code. `host_is_name` where an account
    may be written before the host.
    """

    network: Network
    hosts: tuple[str, ...]
    ways: Mapping[str, str] = field(default_factory=lambda: {"": ""})
    pages: frozenset[str] = frozenset()
    name: re.Pattern[str] = NAME
    keeps_capitals: bool = False
    keeps_at: bool = False
    path_is_name: bool = False
    host_is_name: bool = False
    subdomains: re.Pattern[str] = NO_SUBDOMAIN

    def of_handle(self, text: str) -> Address:
        return self._account(next(iter(self.ways.values())), text)

    def of_link(self, link: Link) -> Address:
        before, _dot, home = link.host.partition(".")
        if self.host_is_name and home in self.hosts:
            return self._account("", before)
        for way, canonical in self.ways.items():
            steps = tuple(way.split("/")) if way else ()
            if _begins(link, steps) and not (way == "" and link.word(0) in self.pages):
                rest = link.steps[len(steps) :]
                return self._account(canonical, "/".join(rest) if self.path_is_name else rest[0])
        refuse_pages(link, (), self.network)
        raise not_an_account(link, self.network)

    def _account(self, way: str, text: str) -> Address:
        name = text if self.keeps_at else text.removeprefix("@")
        require(
            name,
            self.name,
            place=self.network.label,
            rule=RULE,
        )
        apart = "" if way == next(iter(self.ways.values())) else f"{way}/"
        key = name if self.keeps_capitals else name.casefold()
        path = f"{way}/{quote(key, safe='@/+')}".lstrip("/")
        return Address(
            self.network, apart + key, apart + name, f"https://{self.hosts[0]}/{path}", self._ended()
        )

    def _ended(self) -> tuple[str, ...]:
        if self.network not in ENDED:
            return ()
        facts = {"network": self.network.label, "year": ENDED[self.network]}
        return (_("%(network)s was closed in %(year)s: nobody can post there now.") % facts,)


def _begins(link: Link, steps: tuple[str, ...]) -> bool:
    there = tuple(step.casefold() for step in link.steps[: len(steps)])
    return there == steps and len(link.steps) > len(steps)


PLACES = (
    Place(
        Network.FLICKR,
        ("flickr.com",),
        {"photos": "photos", "people": "photos"},
        name=re.compile(r"[A-Za-z0-9_@-]{1,60}"),
    ),
    Place(
        Network.PINTEREST,
        tuple(
            f"pinterest.{end}" for end in ("com", "ca", "fr", "co.uk", "com.au", "de", "es", "it", "nz", "ie")
        ),
        pages=words(
            "about business explore ideas login password pin resource search settings signup today topics"
        ),
        subdomains=re.compile(r"[a-z]{2}"),
    ),
    Place(
        Network.VIMEO,
        ("vimeo.com",),
        pages=words(
            "about album blog categories channels features groups join log_in login ondemand search "
            "showcase upload watch"
        ),
        name=re.compile(r"(?=.*[A-Za-z_])[A-Za-z0-9_.-]{1,60}"),
    ),
    Place(
        Network.SNAPCHAT,
        ("snapchat.com",),
        {"add": "add", "": "add"},
        pages=words("add discover download explore lens login p spotlight stories t unlock"),
    ),
    Place(
        Network.NEXTDOOR,
        ("nextdoor.com", "nextdoor.ca"),
        {"agency-detail": "agency-detail", "agency": "agency", "pages": "pages", "city": "city"},
        name=re.compile(r"(?=.*[A-Za-z0-9_])[A-Za-z0-9._/-]{1,200}"),
        path_is_name=True,
    ),
    Place(
        Network.WHATSAPP,
        ("whatsapp.com",),
        {"channel": "channel"},
        name=re.compile(r"[A-Za-z0-9_-]{4,60}"),
        keeps_capitals=True,
    ),
    Place(
        Network.TELEGRAM,
        ("t.me", "telegram.me"),
        {"": "", "s": ""},
        pages=words("addlist addstickers c iv joinchat proxy s setlanguage share socks"),
        name=re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}"),
    ),
    Place(
        Network.REDDIT,
        ("reddit.com",),
        {"r": "r", "user": "user", "u": "user"},
        subdomains=re.compile(r"old|new"),
    ),
    Place(
        Network.TUMBLR,
        ("tumblr.com",),
        {"": "", "blog/view": ""},
        pages=words("blog dashboard explore login privacy search share tagged widgets"),
        host_is_name=True,
        subdomains=NAME,
    ),
    Place(
        Network.MEDIUM,
        ("medium.com",),
        pages=words("about m me membership p search tag"),
        name=re.compile(r"@?[A-Za-z0-9._-]*[A-Za-z0-9_]"),
        keeps_at=True,
    ),
    Place(
        Network.GITHUB,
        ("github.com",),
        {"": "", "orgs": ""},
        pages=words(
            "about apps collections explore features login marketplace orgs pricing search settings topics"
        ),
    ),
    Place(
        Network.TWITCH,
        ("twitch.tv",),
        pages=words("directory downloads jobs login p search settings signup videos"),
    ),
    Place(
        Network.SOUNDCLOUD, ("soundcloud.com",), pages=words("discover login pages search stream upload you")
    ),
    Place(
        Network.GOOGLE_PLUS,
        ("plus.google.com",),
        {"": "", "b": "", "u/0": ""},
        pages=words("b collections communities explore photos share u"),
        name=re.compile(r"\+?[A-Za-z0-9_.-]*[A-Za-z0-9_]"),
    ),
    Place(Network.VINE, ("vine.co",), {"u": "u", "": ""}, pages=words("explore login popular-now tags u v")),
    Place(Network.PERISCOPE, ("periscope.tv", "pscp.tv"), pages=words("about channel explore login w")),
)

READERS = tuple(
    Reader(
        place.network,
        place.hosts,
        place.of_handle,
        place.of_link,
        by_number(place.network),
        subdomains=place.subdomains,
    )
    for place in PLACES
)


def elsewhere(link: Link) -> Address:
    """An account on a web site of its own: the whole path is its name. Only where a person chose *another
    place*."""
    if not link.steps:
        raise NotAnAccount(_("This is the address of a whole web site. Write the page of the account on it."))
    path = "/".join(link.steps)
    require(
        path,
        re.compile(r"[\w.~@+/-]{1,300}"),
        place=link.host,
        rule=gettext_lazy("letters, digits, hyphens and slashes"),
    )
    key = f"{link.host}/{path}".casefold()
    return Address(
        Network.OTHER,
        key,
        f"{link.host}/{path}",
        f"https://{link.host}/{quote(path.casefold(), safe='@/+~')}",
    )
