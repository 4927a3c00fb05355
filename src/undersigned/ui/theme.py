"""The city's one colour, checked for contrast and turned into the tokens of the style sheet.

Contrast is the WCAG 2.2 ratio (success criterion 1.4.3: at least 4.5:1 for text).
"""

from __future__ import annotations

import colorsys
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

LEAST_CONTRAST = 4.5

# The grounds that links lie on, as in assets/sass/_tokens.scss.
LIGHT_GROUNDS = ("#fcfaf5", "#ffffff", "#f5f1e8")
DARK_GROUNDS = ("#12181f", "#1a222c", "#0d1217")
DARK_INK = "#0d1217"
# A dark scheme with links at the bare minimum is tiring to read, so it aims a little higher.
DARK_CONTRAST = 7.0
CALMER = 0.6

_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


class UnreadableColour(ValueError):
    """The colour cannot be used; the message says why and which near shade can."""


@dataclass(frozen=True)
class Theme:
    """Colours of one city, each ``#rrggbb``."""

    city: str
    strong: str
    tint: str
    dark: str
    dark_strong: str
    dark_tint: str

    def css(self) -> str:
        light = _rules(city=self.city, strong=self.strong, text="#ffffff", tint=self.tint)
        dark = _rules(city=self.dark, strong=self.dark_strong, text=DARK_INK, tint=self.dark_tint)
        return (
            f":root{{--u-band:{self.city};}}\n"
            f"@media screen and (prefers-color-scheme:light){{:root{{{light}}}}}\n"
            f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        )

    @property
    def version(self) -> str:
        return hashlib.sha256(self.css().encode()).hexdigest()[:12]


def _rules(**colours: str) -> str:
    names = {
        "city": "--u-city",
        "strong": "--u-city-strong",
        "text": "--u-city-text",
        "tint": "--u-city-tint",
    }
    return "".join(f"{names[name]}:{colour};" for name, colour in colours.items())


@cache
def city_colour(value: str) -> Theme:
    """The theme for a colour written ``#rrggbb``.

    Raises UnreadableColour when it is not written so, or has less than 4.5:1 against any light ground.
    """
    if not _HEX.fullmatch(value):
        raise UnreadableColour(
            _("The city colour %(value)s is not a colour: write it as # and six digits, for example #17495a.")
            % {"value": repr(value)}
        )
    colour = value.lower()
    reached = least_contrast(colour, LIGHT_GROUNDS)
    if reached < LEAST_CONTRAST:
        raise UnreadableColour(
            _(
                "The city colour %(colour)s has a contrast of %(reached).1f:1 with the page; links and buttons need "
                "%(needed).1f:1 so that everyone can read them. The nearest shade that can be used is %(nearest)s."
            )
            % {
                "colour": colour,
                "reached": int(reached * 10) / 10,
                "needed": LEAST_CONTRAST,
                "nearest": _first(_darker(colour), LIGHT_GROUNDS, LEAST_CONTRAST),
            }
        )
    dark = _first(_lighter(colour), DARK_GROUNDS, DARK_CONTRAST)
    return Theme(
        city=colour,
        strong=mix(colour, "#000000", 0.3),
        tint=mix(colour, LIGHT_GROUNDS[0], 0.9),
        dark=dark,
        dark_strong=mix(dark, "#ffffff", 0.4),
        dark_tint=mix(colour, DARK_GROUNDS[0], 0.75),
    )


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, grounds: tuple[str, ...]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def mix(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` (0 to 1) of ``other`` in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return _hex(one + (two - one) * share for one, two in pairs)


def _first(shades: Iterator[str], grounds: tuple[str, ...], needed: float) -> str:
    return next(shade for shade in shades if least_contrast(shade, grounds) >= needed)


def _darker(colour: str) -> Iterator[str]:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    return (_hex(colorsys.hls_to_rgb(hue, lightness * step / 100, saturation)) for step in range(100, -1, -1))


def _lighter(colour: str) -> Iterator[str]:
    """Also calmer: a saturated colour that is easy on paper glares on a dark ground."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    steps = (lightness + (1 - lightness) * step / 100 for step in range(101))
    return (_hex(colorsys.hls_to_rgb(hue, step, saturation * CALMER)) for step in steps)


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def _hex(channels: Iterator[float] | tuple[float, float, float]) -> str:
    return "#" + bytes(round(channel * 255) for channel in channels).hex()
