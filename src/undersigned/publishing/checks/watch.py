"""Words that the city watches for, and patterns of personal data (D09)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from undersigned.networks.protocol import Blocks

PHONE = re.compile(r"(?<![\w.])(?:\+?1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]?\d{3}[ .-]\d{4}(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+\w")
NINE = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{3})(?!\d)")
CARD = re.compile(r"(?<!\d)(?:\d[ -]?){13,16}(?!\d)")


@dataclass(frozen=True, slots=True)
class Match:
    """What was found, shown where it stands."""

    level: Blocks
    words: str


def watched(text: str) -> Iterator[Match]:
    """Everything in this text that the city watches for."""
    folded = text.casefold()
    for word in settings.WATCHED_WORDS:
        if re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", folded):
            yield Match(Blocks.WARNS, _("“%(word)s” is on the city’s watch list.") % {"word": word})
    for word in settings.CONFIDENTIAL_WORDS:
        if re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", folded):
            yield Match(Blocks.BLOCKS, _("“%(word)s” is confidential until it is released.") % {"word": word})
    yield from _personal(text)


def _personal(text: str) -> Iterator[Match]:
    for found in MAIL.finditer(text):
        yield Match(Blocks.WARNS, _("“%(it)s” looks like somebody’s e-mail address.") % {"it": found.group()})
    for found in PHONE.finditer(text):
        yield Match(
            Blocks.WARNS, _("“%(it)s” looks like a telephone number.") % {"it": found.group().strip()}
        )
    for found in NINE.finditer(text):
        if _luhn("".join(found.groups())):
            yield Match(
                Blocks.WARNS, _("“%(it)s” looks like a social insurance number.") % {"it": found.group()}
            )
    for found in CARD.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if _luhn(digits):
            yield Match(
                Blocks.WARNS, _("“%(it)s” looks like the number of a card.") % {"it": found.group().strip()}
            )


def _luhn(digits: str) -> bool:
    """The check digit of cards and of social insurance numbers (ISO/IEC 7812-1, annex B)."""
    doubled = [sum(divmod(2 * int(one), 10)) for one in digits[-2::-2]]
    return (sum(doubled) + sum(int(one) for one in digits[-1::-2])) % 10 == 0
