"""Posts on Instagram as they are sent, and what it would refuse or spoil (vendor's guide "Content Publishing")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from undersigned.networks.protocol import Blocks, Form, Medium, Trap, Variant, Weight

MOST, MOST_HASHTAGS, MOST_MENTIONS = 2_200, 30, 20
MOST_MEDIA = 10
MOST_OCTETS = {"image/jpeg": 8 * 1024 * 1024, "video/mp4": 300 * 1024 * 1024}
NARROWEST, WIDEST = 320, 1_440
TALLEST, FLATTEST = 4 / 5, 1.91
MOST_ALT = 1_000
"""The vendor says no length; 1,000 characters is the ceiling of its own page (unverified)."""

HASHTAG = re.compile(r"(?<![\w&])[#＃]\w*[^\W\d_]\w*")
MENTION = re.compile(r"(?<![\w@.])@[A-Za-z0-9_.]+")


def rendered(variant: Variant) -> Form:
    """The caption as written. A link comes on a line of its own, though nobody can follow it from a caption."""
    text = unicodedata.normalize("NFC", variant.text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if variant.link and variant.link not in text:
        text = f"{text}\n{variant.link}".strip()
    return Form(text, text, "instagram/1", media=variant.media, link=variant.link, language=variant.language)


def weights(text: str) -> tuple[Weight, ...]:
    return (
        Weight("characters", len(text), MOST),
        Weight("hashtags", len(HASHTAG.findall(text)), MOST_HASHTAGS),
        Weight("mentions", len(MENTION.findall(text)), MOST_MENTIONS),
    )


def traps(variant: Variant) -> tuple[Trap, ...]:
    return (*_of_text(variant), *_of_number(variant.media), *(t for one in variant.media for t in _of(one)))


def _of_text(variant: Variant) -> Iterator[Trap]:
    words = {
        "characters": _("Instagram takes %(most)d characters; this is %(used)d."),
        "hashtags": _("Instagram takes %(most)d hashtags; this has %(used)d."),
        "mentions": _("Instagram takes %(most)d names of others; this has %(used)d."),
    }
    for weight in weights(rendered(variant).sent):
        if weight.used > weight.most:
            yield Trap("D01", words[weight.unit] % {"used": weight.used, "most": weight.most})
    if variant.link:
        yield Trap("D16", _("Nobody can follow a link in a text on Instagram."), Blocks.WARNS)
    if variant.reply_to:
        yield Trap("D16", _("A post on Instagram answers no other post. Answer as a comment instead."))


def _of_number(media: tuple[Medium, ...]) -> Iterator[Trap]:
    if not media:
        yield Trap("D13", _("Instagram takes no text alone. Add a picture, or leave this account out."))
    if len(media) > MOST_MEDIA:
        yield Trap("D13", _("A post on Instagram holds 10 pictures. Take some away."))


def _of(medium: Medium) -> Iterator[Trap]:
    if medium.public_url is None:
        words = _("Instagram fetches pictures from a public address, and this installation has none.")
        yield Trap("D13", words + " " + _("Hand the post over to be done by hand."))
    if medium.mime not in MOST_OCTETS:
        yield Trap("D13", _("Instagram takes pictures as JPEG alone. Save the picture as JPEG."))
    elif medium.size > MOST_OCTETS[medium.mime]:
        most = MOST_OCTETS[medium.mime] // (1024 * 1024)
        yield Trap(
            "D13", _("This file is too large for Instagram, which takes %(most)d MB.") % {"most": most}
        )
    yield from _of_picture(medium) if is_picture(medium) else _of_video()


def _of_picture(medium: Medium) -> Iterator[Trap]:
    if medium.width < NARROWEST:
        yield Trap("D13", _("Instagram takes pictures from 320 points of width. Take a larger one."))
    elif medium.width > WIDEST:
        yield Trap("D13", _("Instagram makes this picture smaller: 1,440 points wide."), Blocks.INFORMS)
    if not TALLEST <= medium.width / max(1, medium.height) <= FLATTEST:
        yield Trap("D13", _("Instagram takes pictures from 4:5 to 1.91:1. Cut the picture to such a shape."))
    if not medium.alt and not medium.decorative:
        yield Trap("D02", _("Describe the picture in words for those who cannot see it."))
    if len(medium.alt) > MOST_ALT:
        yield Trap("D02", _("Describe the picture in at most 1,000 characters."))


def _of_video() -> Iterator[Trap]:
    words = _("Instagram takes no description of a video. Say in the text what is seen.")
    yield Trap("D02", words, Blocks.WARNS)


def is_picture(medium: Medium) -> bool:
    return not medium.mime.startswith("video/")
