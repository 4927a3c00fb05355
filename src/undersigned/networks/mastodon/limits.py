"""The limits of one server, read from itself (``GET /api/v2/instance``), and what they catch before anybody signs.

Versions are never read: servers of other makers write theirs in their own way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from undersigned.networks.faults import Reason, Refused
from undersigned.networks.mastodon.line import Line
from undersigned.networks.mastodon.text import counted
from undersigned.networks.protocol import Blocks, Medium, Trap, Variant, Weight

KINDS = ("image/gif", "image/jpeg", "image/png", "image/webp", "video/mp4", "video/quicktime", "video/webm")


@dataclass(frozen=True, slots=True)
class Limits:
    """As on most servers, until one was read."""

    characters: int = 500
    link: int = 23
    media: int = 4
    alternative_text: int = 1_500
    picture_octets: int = 16_777_216
    kinds: tuple[str, ...] = KINDS

    def named(self) -> tuple[tuple[str, int], ...]:
        names = ("characters", "link", "media", "alternative_text", "picture_octets")
        return tuple((name, getattr(self, name)) for name in names)


def read(line: Line, server: str) -> Limits:
    """What the server says now. What it does not say is as on most."""
    try:
        body = line.open(server, "GET", "/api/v2/instance").object()
    except Refused as refused:
        if refused.reason is not Reason.GONE:
            raise
        body = line.open(server, "GET", "/api/v1/instance").object()
    configuration = _group(body, "configuration")
    return _limits(body, _group(configuration, "statuses"), _group(configuration, "media_attachments"))


def _limits(body: Mapping[str, Any], statuses: Mapping[str, Any], media: Mapping[str, Any]) -> Limits:
    usual = Limits()
    kinds = media.get("supported_mime_types")
    return Limits(
        _number(statuses.get("max_characters", body.get("max_toot_chars")), usual.characters),
        _number(statuses.get("characters_reserved_per_url"), usual.link),
        _number(statuses.get("max_media_attachments"), usual.media),
        _number(media.get("description_limit"), usual.alternative_text),
        _number(media.get("image_size_limit"), usual.picture_octets),
        tuple(map(str, kinds)) if isinstance(kinds, list) and kinds else usual.kinds,
    )


def _group(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = body.get(name)
    return found if isinstance(found, dict) else {}


def _number(found: object, usual: int) -> int:
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else usual


def weight(text: str, warning: str, limits: Limits) -> Weight:
    """A content warning counts too."""
    used = counted(text, limits.link) + counted(warning, limits.link)
    return Weight("characters", used, limits.characters)


def traps(variant: Variant, length: Weight, text: str, limits: Limits) -> Iterator[Trap]:
    if length.used > length.most:
        words = _("Mastodon counts %(used)d characters here and takes %(most)d.")
        yield Trap("D01", words % {"used": length.used, "most": length.most})
    if not text and not variant.media:
        yield Trap("D16", _("There is nothing to post: write a text or add a picture."))
    if len(variant.media) > limits.media:
        words = _("This server takes %(most)d pictures in a post. Take some away.")
        yield Trap("D13", words % {"most": limits.media})
    if len(variant.media) > 1 and any(one.mime.startswith("video/") for one in variant.media):
        yield Trap("D13", _("Mastodon takes a video only alone. Take the others away."))
    for medium in variant.media:
        yield from _of_medium(medium, limits)


def _of_medium(medium: Medium, limits: Limits) -> Iterator[Trap]:
    if medium.mime not in limits.kinds:
        words = _("This server does not take files of the kind %(mime)s.")
        yield Trap("D13", words % {"mime": medium.mime})
    if medium.mime.startswith("image/") and medium.size > limits.picture_octets:
        words = _("This picture is too large for this server, which takes %(most)d MB.")
        yield Trap("D13", words % {"most": limits.picture_octets // 1_048_576})
    if not medium.alt and not medium.decorative:
        yield Trap("D02", _("Describe the picture in words for those who cannot see it."), Blocks.BLOCKS)
    if len(medium.alt) > limits.alternative_text:
        words = _("This server takes %(most)d characters to describe a picture. Shorten the description.")
        yield Trap("D02", words % {"most": limits.alternative_text})
