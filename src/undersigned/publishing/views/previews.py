"""How a post will look on each account, and how long it is as each network counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from undersigned.accounts.models import Account
from undersigned.networks.clients import client_of, spoken_with
from undersigned.networks.protocol import Medium, Weight
from undersigned.publishing import variants
from undersigned.publishing.content import Content

PictureAddress = Callable[[str], str]
"""From the digest of a picture to the address from which this reader gets it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in its place, with its alternative text beneath."""

    url: str
    alt: str
    decorative: bool
    is_video: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """One account: the text as its readers will see it."""

    account: Account
    text: str
    link: str
    language: str
    pictures: list[Shown]


@dataclass(frozen=True, slots=True)
class Counter:
    """How much of the network's measure is used."""

    account: Account
    weight: Weight

    @property
    def left(self) -> int:
        return self.weight.most - self.weight.used

    @property
    def over(self) -> int:
        return max(-self.left, 0)


def previews(content: Content, accounts: Sequence[Account], address: PictureAddress) -> list[Preview]:
    """Each exactly as its network gets it: from the same pure function that dispatch sends."""
    forms = variants.forms_of(content, accounts)
    found = []
    for account in accounts:
        form = forms[account.pk]
        pictures = [_shown(one, address) for one in form.media]
        found.append(Preview(account, form.shown, form.link, form.language, pictures))
    return found


def _shown(medium: Medium, address: PictureAddress) -> Shown:
    return Shown(
        address(medium.sha256), medium.alt, medium.decorative, is_video=medium.mime.startswith("video/")
    )


def counters(content: Content, accounts: Sequence[Account]) -> list[Counter]:
    """By each network's own rule; networks that are served by hand have none."""
    media = variants.media_of(content)
    return [
        Counter(account, weight)
        for account in accounts
        if spoken_with(account.place)
        for weight in client_of(account.place).weights(variants.variant_of(content, account.pk, media))
    ]
