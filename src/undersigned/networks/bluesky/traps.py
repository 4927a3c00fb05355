"""What Bluesky would refuse or spoil, found before anybody signs (lexicons ``app.bsky.feed.post`` and
``app.bsky.embed.images``)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from undersigned.networks.bluesky.text import MENTION, TAG, too_long, weights
from undersigned.networks.protocol import Blocks, Medium, Trap, Variant

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
GIF = "image/gif"
MOST_PICTURES = 4
MOST_OCTETS = 2_000_000


def traps(variant: Variant, text: str) -> Iterator[Trap]:
    yield from _of_text(variant, text)
    if len(variant.media) > MOST_PICTURES:
        yield Trap("D13", _("Bluesky takes 4 pictures in a post. Take some away."))
    for medium in variant.media:
        yield from _of_medium(medium)


def _of_text(variant: Variant, text: str) -> Iterator[Trap]:
    characters, octets = weights(text)
    if characters.used > characters.most:
        words = _("Bluesky counts %(used)d characters here and takes %(most)d.")
        yield Trap("D01", words % {"used": characters.used, "most": characters.most})
    if octets.used > octets.most:
        words = _("This text takes %(used)d bytes, and Bluesky takes %(most)d. Use fewer emoji or signs.")
        yield Trap("D01", words % {"used": octets.used, "most": octets.most})
    if not text and not variant.media:
        yield Trap("D16", _("There is nothing to post: write a text or add a picture."))
    if any(too_long(found["tag"]) for found in TAG.finditer(text)):
        yield Trap("D16", _("A tag longer than 64 characters leads nowhere on Bluesky."), Blocks.WARNS)
    if MENTION.search(text):
        words = _("Names become links when the post is sent, where Bluesky knows them by then.")
        yield Trap("D16", words, Blocks.INFORMS)


def _of_medium(medium: Medium) -> Iterator[Trap]:
    if medium.mime == GIF:
        yield Trap("D13", _("Bluesky shows an animated picture without its movement."), Blocks.WARNS)
    elif medium.mime not in PICTURES:
        words = _("Files of the kind %(mime)s are posted on Bluesky by hand.")
        yield Trap("D13", words % {"mime": medium.mime})
    if medium.size > MOST_OCTETS:
        yield Trap("D13", _("This picture is too large for Bluesky, which takes 2 MB."))
    if not medium.alt and not medium.decorative:
        yield Trap("D02", _("Describe the picture in words for those who cannot see it."))
