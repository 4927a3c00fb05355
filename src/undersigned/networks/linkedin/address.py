"""How pages on LinkedIn are written: `/company/name`, `/showcase/name`, `/school/name`, or `/company/number`.

The three kinds of page share one set of names (the network leads from one form to the other); people, groups
and events have sets of their own.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.networks.identity import Address
from undersigned.networks.letters import foreign_letters, require
from undersigned.networks.links import Link
from undersigned.networks.names import Network
from undersigned.networks.reader import Reader, digits, not_an_account, refuse_pages, words
from undersigned.networks.refusals import NotAnAccount

NAME = re.compile(r"(?=.*\w)[\w.&'’-]{1,100}")
RULE = gettext_lazy("1 to 100 letters, digits and hyphens")
ORGANISATIONS = frozenset({"company", "company-beta", "organization", "school", "showcase"})
PAGES = words(
    "ad ads authwall checkout cws directory events feed help jobs learning legal login messaging mynetwork "
    "notifications "
    "oauth onboarding products public-profile pulse redir redirect sales search services share "
    "sharearticle sharing showcase signup "
    "start talent top-content uas video"
)


def of_handle(text: str) -> Address:
    """A bare name is a page: a city's register holds pages, and a person's profile is written `in/name`."""
    return _organisation(text.removeprefix("@"))


def of_link(link: Link) -> Address:
    if link.word(0) in ORGANISATIONS and link.step(1):
        return _organisation(link.step(1))
    if link.word(0) in {"in", "groups"} and link.step(1):
        return _apart(link.word(0), link.step(1))
    if link.word(0) == "posts":
        raise NotAnAccount(
            _(
                "A post's address on LinkedIn does not say whether a page or a person of that name wrote "
                "it. Open it and copy the author's address."
            )
        )
    refuse_pages(link, PAGES, Network.LINKEDIN)
    raise not_an_account(link, Network.LINKEDIN)


def of_number(text: str) -> Address:
    """The number as it stands in `/company/123`, or at the end of `urn:li:organization:123`."""
    return _organisation(digits(text.strip().removeprefix("urn:li:organization:"), Network.LINKEDIN))


def _organisation(text: str) -> Address:
    name = _checked(text)
    key = name.casefold()
    return Address(
        Network.LINKEDIN,
        key,
        name,
        f"https://www.linkedin.com/company/{quote(key)}",
        foreign_letters(name),
        network_id=key if re.fullmatch(r"[0-9]+", key) else "",
    )


def _apart(kind: str, text: str) -> Address:
    name = _checked(text)
    key = name.casefold()
    url = f"https://www.linkedin.com/{kind}/{quote(key)}"
    return Address(Network.LINKEDIN, f"{kind}/{key}", f"{kind}/{name}", url, foreign_letters(name))


def _checked(text: str) -> str:
    name = unicodedata.normalize("NFC", text)
    require(name, NAME, place="LinkedIn", rule=RULE)
    return name


READER = Reader(
    Network.LINKEDIN,
    ("linkedin.com",),
    of_handle,
    of_link,
    of_number,
    subdomains=re.compile(r"[a-z]{2}"),
)
