"""From what people wrote to the exact form in which a network gets it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from undersigned.accounts.models import Account
from undersigned.networks.clients import client_of, spoken_with
from undersigned.networks.names import Network
from undersigned.networks.protocol import Form, Medium, Variant
from undersigned.publishing import models
from undersigned.publishing.content import Content
from undersigned.record.tlog.leaf import canonical

BY_HAND = "by_hand/1"
"""The renderer of accounts whose posts a person makes by hand: the text as it was written."""


def media_of(content: Content) -> dict[str, models.Medium]:
    """The pictures of the post by reference, in one query."""
    asked = [one.medium for one in content.pictures]
    return {one.pk: one for one in models.Medium.objects.filter(pk__in=asked)} if asked else {}


def variant_of(content: Content, account: str, media: Mapping[str, models.Medium]) -> Variant:
    """What is to be said on this account."""
    wording = content.on(account)
    return Variant(
        text=wording.text,
        media=tuple(
            _medium(media[one.medium], one.alt, one.decorative)
            for one in content.pictures
            if one.medium in media
        ),
        link=wording.link,
        language=wording.language,
        reply_to=wording.reply_to,
        options=wording.options,
    )


def _medium(row: models.Medium, alt: str, decorative: bool) -> Medium:
    return Medium(
        sha256=row.sha256,
        mime=row.mime,
        size=row.size,
        width=row.width,
        height=row.height,
        octets=_opener(row.path),
        alt=alt,
        decorative=decorative,
        seconds=row.milliseconds / 1000,
        frames=row.frames,
    )


def _opener(path: Path) -> Callable[[], bytes]:
    return path.read_bytes


def form_of(network: Network, variant: Variant) -> Form:
    """The exact form for the network: pure, and named by its renderer's version."""
    if spoken_with(network):
        return client_of(network).rendered(variant)
    return Form(
        sent=variant.text,
        shown=variant.text,
        renderer=BY_HAND,
        media=variant.media,
        link=variant.link,
        language=variant.language,
        reply_to=variant.reply_to,
    )


def digest_of(form: Form) -> str:
    """SHA-256 (hex) over everything that will be sent."""
    whole: dict[str, Any] = {
        "sent": form.sent,
        "renderer": form.renderer,
        "media": [[one.sha256, one.mime, one.alt] for one in form.media],
        "link": form.link,
        "language": form.language,
        "reply_to": form.reply_to,
        "extra": plain(form.extra),
    }
    return hashlib.sha256(canonical(whole)).hexdigest()


def plain(value: object) -> Any:
    """Mappings and sequences as JSON knows them."""
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(one) for one in value]
    return value


def forms_of(content: Content, accounts: Sequence[Account]) -> dict[str, Form]:
    """The form on each account, by its reference."""
    media = media_of(content)
    return {one.pk: form_of(one.place, variant_of(content, one.pk, media)) for one in accounts}
