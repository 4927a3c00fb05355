"""What a wall would refuse, found before anybody signs: rules like those of the networks that it stands for."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from undersigned.networks.counting import graphemes
from undersigned.networks.protocol import Medium, Trap, Variant, Weight

MOST = 500
MOST_PICTURES, MOST_ALT, MOST_OCTETS = 4, 1_000, 5_000_000
MIMES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})


def weight(text: str) -> Weight:
    return Weight("characters", graphemes(text), MOST)


def traps(variant: Variant, text: str) -> Iterator[Trap]:
    used = graphemes(text)
    if used > MOST:
        facts = {"used": used, "most": MOST}
        yield Trap("D01", _("The text has %(used)d characters; a practice wall takes %(most)d.") % facts)
    if not text and not variant.media:
        yield Trap("D16", _("There is nothing to post: write a text or add a picture."))
    if len(variant.media) > MOST_PICTURES:
        yield Trap("D13", _("A practice wall takes 4 pictures in a post. Take some away."))
    for medium in variant.media:
        yield from _of_medium(medium)


def _of_medium(medium: Medium) -> Iterator[Trap]:
    if medium.mime not in MIMES:
        yield Trap(
            "D13", _("A practice wall does not take files of the kind %(mime)s.") % {"mime": medium.mime}
        )
    if medium.size > MOST_OCTETS:
        yield Trap("D13", _("This file is too large for a practice wall, which takes 5 MB."))
    if not medium.alt and not medium.decorative:
        yield Trap("D02", _("Describe the picture in words for those who cannot see it."))
    if len(medium.alt) > MOST_ALT:
        yield Trap(
            "D02", _("A practice wall takes 1,000 characters to describe a picture. Shorten the description.")
        )
