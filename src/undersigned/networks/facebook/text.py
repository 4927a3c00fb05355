"""Posts of a page in the form in which they are sent, and what Facebook would refuse or spoil of them.

The vendor publishes no limit of length; 63,206 characters is what others have met (unverified), and is our ceiling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from undersigned.networks.protocol import Blocks, Form, Medium, Trap, Variant, Weight

MOST = 63_206
MOST_PICTURES = 10
MOST_OCTETS = 10 * 1024 * 1024
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff"})
MENTION = re.compile(r"@\[(\d{3,25})\]")


def rendered(variant: Variant) -> Form:
    """The text as written; the link is sent apart, or stands in the text where there are pictures, which leave no
    room for a preview of it."""
    text = unicodedata.normalize("NFC", variant.text).replace("\r\n", "\n").replace("\r", "\n").strip()
    apart = "" if variant.media else variant.link
    if variant.link and (variant.media or not text) and variant.link not in text:
        text = f"{text}\n{variant.link}".strip()
    return Form(text, text, "facebook/1", media=variant.media, link=apart, language=variant.language)


def weight(text: str) -> Weight:
    return Weight("characters", len(text), MOST)


def traps(variant: Variant) -> tuple[Trap, ...]:
    return (*_of_text(variant), *_of_number(variant.media), *(t for one in variant.media for t in _of(one)))


def _of_text(variant: Variant) -> Iterator[Trap]:
    length = weight(rendered(variant).sent)
    if length.used > length.most:
        numbers = {"used": length.used, "most": length.most}
        yield Trap("D01", _("Facebook counts %(used)d characters here and takes %(most)d.") % numbers)
    if not length.used and not variant.media:
        yield Trap("D16", _("There is nothing to post: write a text or add a picture."))
    if variant.reply_to:
        yield Trap("D16", _("A post of a page answers no other post. Answer as a comment instead."))
    if MENTION.search(variant.text):
        words = _("Facebook puts the page's name in place of its number.")
        yield Trap("D16", words, Blocks.INFORMS)


def _of_number(media: tuple[Medium, ...]) -> Iterator[Trap]:
    if len(media) > MOST_PICTURES:
        yield Trap("D13", _("A post holds 10 pictures. Take some away."))


def _of(medium: Medium) -> Iterator[Trap]:
    if medium.mime.startswith("video/"):
        yield Trap(
            "D13", _("Videos are posted on Facebook by hand. Take the video away, or hand the post over.")
        )
    elif medium.mime not in PICTURES:
        words = _("Facebook does not take files of the kind %(mime)s. Save the picture as JPEG or PNG.")
        yield Trap("D13", words % {"mime": medium.mime})
    elif medium.size > MOST_OCTETS:
        yield Trap("D13", _("This file is too large for Facebook, which takes 10 MB."))
    if not medium.alt and not medium.decorative:
        yield Trap("D02", _("Describe the picture in words for those who cannot see it."))
