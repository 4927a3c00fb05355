"""Checks of what the post says: length, pictures, links, words, mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from undersigned.networks.clients import client_of, spoken_with
from undersigned.networks.counting import addresses_in
from undersigned.networks.protocol import Blocks
from undersigned.publishing.checks.made import Check, Finding, Inspection
from undersigned.publishing.checks.watch import watched

SHORTENERS = frozenset(
    {
        "bit.ly",
        "t.co",
        "tinyurl.com",
        "goo.gl",
        "ow.ly",
        "buff.ly",
        "is.gd",
        "rb.gy",
        "lnkd.in",
        "fb.me",
        "shorturl.at",
    }
)
LOUD_HASHTAG = re.compile(r"#(\w{6,})")
LOUD = re.compile(r"\b[^\W\d_]{4,}\b")


def says_something(look: Inspection) -> Iterator[Finding]:
    """A post with neither text nor picture, or for no account, is none."""
    if not look.accounts:
        yield Finding("D06", Blocks.BLOCKS, _("No account is chosen."))
    if not look.content.pictures and not all(look.content.on(one.pk).text for one in look.accounts):
        yield Finding("D01", Blocks.BLOCKS, _("It says nothing yet."))


def networks_own(look: Inspection) -> Iterator[Finding]:
    """D01, D02, D13, D16: what each network would refuse or spoil, by its own rules."""
    for account in look.accounts:
        if not spoken_with(account.place):
            continue
        for trap in client_of(account.place).traps(look.variant(account)):
            yield Finding(trap.check, Blocks(trap.level), trap.words, account)


def described(look: Inspection) -> Iterator[Finding]:
    """D02: every picture has alternative text, or a reason why it needs none."""
    for number, picture in enumerate(look.content.pictures, 1):
        if picture.decorative and not picture.why_decorative.strip():
            yield Finding(
                "D02", Blocks.BLOCKS, _("Say why picture %(n)d is only decoration.") % {"n": number}
            )
        if not picture.decorative and not picture.alt.strip():
            yield Finding("D02", Blocks.BLOCKS, _("Picture %(n)d has no alternative text.") % {"n": number})


def links(look: Inspection) -> Iterator[Finding]:
    """D03, as far as it shows without asking: https, and no shortener, for nobody can see where those go."""
    for address in sorted(_links(look)):
        host = (
            re.sub(r"^https?://(?:www\.)?", "", address, flags=re.IGNORECASE)
            .split("/")[0]
            .split(":")[0]
            .lower()
        )
        if host in SHORTENERS:
            yield Finding(
                "D03",
                Blocks.BLOCKS,
                _("%(host)s hides where it leads. Use the whole address.") % {"host": host},
            )
        elif not address.lower().startswith("https://"):
            yield Finding(
                "D03", Blocks.WARNS, _("%(address)s is not encrypted (https).") % {"address": address}
            )
        elif settings.LINK_HOSTS and not _known(host):
            yield Finding(
                "D03", Blocks.WARNS, _("%(host)s is not on the city’s list of hosts.") % {"host": host}
            )


def _known(host: str) -> bool:
    return any(host == known or host.endswith(f".{known}") for known in settings.LINK_HOSTS)


def _links(look: Inspection) -> set[str]:
    found = {look.content.link} | {one.link for one in look.content.wordings.values()}
    for account in look.accounts or ():
        found |= {address for _start, _end, address in addresses_in(look.content.on(account.pk).text)}
    return {one for one in found if one}


def watch_list(look: Inspection) -> Iterator[Finding]:
    """D09: words on the city's list, and what looks like somebody's personal data."""
    texts = {look.content.on(one.pk).text for one in look.accounts} or {look.content.text}
    for match in watched("\n".join(sorted(texts))):
        yield Finding("D09", match.level, match.words)


def loud(look: Inspection) -> Iterator[Finding]:
    """D18: all-capital hashtags, which screen readers spell out, and shouting."""
    text = look.content.text
    for tag in LOUD_HASHTAG.findall(text):
        if tag.isupper():
            yield Finding(
                "D18",
                Blocks.WARNS,
                _("#%(tag)s is all capitals: write #LikeThis, so that it can be read aloud.") % {"tag": tag},
            )
    words = LOUD.findall(re.sub(r"https?://\S+|#\w+", "", text))
    if len(words) >= 4 and sum(one.isupper() for one in words) > len(words) / 2:
        yield Finding("D18", Blocks.INFORMS, _("Most of it is in capitals, which reads like shouting."))


CHECKS: tuple[Check, ...] = (says_something, networks_own, described, links, watch_list, loud)
