"""What X would refuse or spoil, found before anybody signs (vendor's documentation on posts and media)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from undersigned.networks.protocol import Blocks, Medium, Trap, Variant, Weight
from undersigned.networks.x.text import CASHTAG, INVALID, MENTION, MOST, weighed

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
GIF = "image/gif"
VIDEOS = frozenset({"video/mp4", "video/quicktime"})
MOST_PICTURES = 4
MOST_OCTETS = {"picture": 5 * 1024 * 1024, "gif": 15 * 1024 * 1024, "video": 512 * 1024 * 1024}
MOST_ALT = 1_000


def kind_of(medium: Medium) -> str:
    """``picture``, ``gif`` or ``video`` as X tells them apart; empty for what it does not take."""
    if medium.mime in PICTURES:
        return "picture"
    if medium.mime == GIF:
        return "gif"
    return "video" if medium.mime in VIDEOS else ""


def weight(text: str) -> Weight:
    return Weight("characters", weighed(text), MOST)


def traps(variant: Variant, text: str) -> tuple[Trap, ...]:
    """Findings about the text as it will be sent, and about the media."""
    media = variant.media
    return (*_of_text(variant, text), *_of_number(media), *(t for one in media for t in _of_medium(one)))


def _of_text(variant: Variant, text: str) -> Iterator[Trap]:
    length = weight(text)
    if length.used > length.most:
        yield Trap("D01", _("X counts %(used)d characters here and takes %(most)d.") % vars_of(length))
    if not text and not variant.media:
        yield Trap("D16", _("There is nothing to post: write a text or add a picture."))
    if len(CASHTAG.findall(text)) > 1:
        yield Trap("D16", _("X takes one $name in a post. Write the others without the dollar sign."))
    if INVALID.search(text):
        yield Trap("D16", _("The text holds an invisible character that X refuses. Type that place anew."))
    if variant.reply_to:
        words = _(
            "X takes a reply only where the author named or quoted the account. Else it is done by hand."
        )
        yield Trap("D16", words, Blocks.WARNS)
    elif MENTION.search(text):
        yield Trap(
            "D16", _("X may refuse a post that names others. Else it is done by hand."), Blocks.INFORMS
        )


def vars_of(length: Weight) -> dict[str, int]:
    return {"used": length.used, "most": length.most}


def _of_number(media: tuple[Medium, ...]) -> Iterator[Trap]:
    kinds = [kind_of(one) for one in media]
    if len(media) > MOST_PICTURES:
        yield Trap("D13", _("X takes 4 pictures in a post. Take some away."))
    if len(media) > 1 and set(kinds) - {"picture"}:
        yield Trap("D13", _("X takes a video or an animated picture only alone. Take the others away."))


def _of_medium(medium: Medium) -> Iterator[Trap]:
    kind = kind_of(medium)
    if not kind:
        yield Trap("D13", _("X does not take files of the kind %(mime)s.") % {"mime": medium.mime})
    elif medium.size > MOST_OCTETS[kind]:
        most = MOST_OCTETS[kind] // (1024 * 1024)
        yield Trap("D13", _("This file is too large for X, which takes %(most)d MB.") % {"most": most})
    if not medium.alt and not medium.decorative:
        yield Trap("D02", _("Describe the picture in words for those who cannot see it."))
    if len(medium.alt) > MOST_ALT:
        yield Trap("D02", _("X takes 1,000 characters to describe a picture. Shorten the description."))
