"""A page's post as it is sent, and what LinkedIn would refuse or spoil of it (vendor's pages on posts and images)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from undersigned.networks.linkedin.little import MENTION, escaped, plain
from undersigned.networks.protocol import Blocks, Form, Medium, Trap, Variant, Weight

MOST = 3_000
"""Counted with the escapes. In UTF-16 units, the largest of the ways in which the vendor could count: it says none."""

MOST_OF_COMMENT = 1_250
MOST_PICTURES = 20
MOST_PIXELS = 36_152_320
MOST_FRAMES = 250
MOST_ALT = 4_086
ADVISED_ALT = 120
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif"})


def rendered(variant: Variant) -> Form:
    """A link stands in the text: the network draws no preview of its own for what an application posts."""
    text = unicodedata.normalize("NFC", variant.text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if variant.link and variant.link not in text:
        text = f"{text}\n{variant.link}".strip()
    sent = escaped(text)
    return Form(sent, plain(sent), "linkedin/1", media=variant.media, language=variant.language)


def weight(sent: str) -> Weight:
    return Weight("characters", units(sent), MOST)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def traps(variant: Variant) -> tuple[Trap, ...]:
    return (*_of_text(variant), *_of_number(variant.media), *(t for one in variant.media for t in _of(one)))


def _of_text(variant: Variant) -> Iterator[Trap]:
    length = weight(rendered(variant).sent)
    if length.used > length.most:
        numbers = {"used": length.used, "most": length.most}
        yield Trap("D01", _("LinkedIn counts %(used)d characters here and takes %(most)d.") % numbers)
    if not length.used:
        yield Trap("D16", _("LinkedIn takes no post without words: write a text."))
    if variant.reply_to:
        yield Trap("D16", _("A post of a page answers no other post. Answer as a comment instead."))
    if MENTION.search(variant.text):
        words = _(
            "LinkedIn links the page that you name only where its name is written exactly as it is there."
        )
        yield Trap("D16", words, Blocks.INFORMS)


def _of_number(media: tuple[Medium, ...]) -> Iterator[Trap]:
    if len(media) > MOST_PICTURES:
        yield Trap("D13", _("LinkedIn takes 20 pictures in a post. Take some away."))


def _of(medium: Medium) -> Iterator[Trap]:
    if medium.mime.startswith("video/"):
        words = _("Videos are posted on LinkedIn by hand. Take the video away, or hand the post over.")
        yield Trap("D13", words)
    elif medium.mime not in PICTURES:
        words = _("LinkedIn does not take files of the kind %(mime)s. Save the picture as JPEG or PNG.")
        yield Trap("D13", words % {"mime": medium.mime})
    elif medium.width * medium.height >= MOST_PIXELS:
        yield Trap("D13", _("This picture has too many points for LinkedIn, which takes 36 million."))
    elif medium.frames > MOST_FRAMES:
        yield Trap("D13", _("LinkedIn takes animated pictures of 250 frames. Shorten this one."))
    yield from _of_description(medium)


def _of_description(medium: Medium) -> Iterator[Trap]:
    if not medium.alt and not medium.decorative:
        yield Trap("D02", _("Describe the picture in words for those who cannot see it."))
    if units(medium.alt) > MOST_ALT:
        yield Trap(
            "D02", _("LinkedIn takes 4,086 characters to describe a picture. Shorten the description.")
        )
    elif len(medium.alt) > ADVISED_ALT:
        yield Trap("D02", _("LinkedIn advises 120 characters to describe a picture."), Blocks.INFORMS)
