"""Counting text, and comparing what was sent with what a network shows (section 1.2 of the networks' rules)."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regex import Pattern

ADDRESS = re.compile(r"https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?'’)\]}…]", re.IGNORECASE)
SPACE_BEFORE_END = re.compile(r"[^\S\n]+(?=\n|\Z)")


def graphemes(text: str) -> int:
    """Extended grapheme clusters (Unicode Standard Annex 29): a family of emoji is one."""
    return sum(1 for _ in _grapheme().finditer(text))


@cache
def _grapheme() -> Pattern[str]:
    """Loaded where graphemes are counted and not before: its tables take ten megabytes."""
    import regex

    return regex.compile(r"\X")


def addresses_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Web addresses with the place (in code points, end exclusive) at which each stands."""
    for found in ADDRESS.finditer(text):
        yield found.start(), found.end(), found.group()


def normalised(text: str, links: Mapping[str, str] | None = None) -> str:
    """The text by which a post is known again: NFC, ``\\n`` line ends, entities undone, no space at any line's end.

    ``links`` gives the long address for each short one that the network put in its place.
    """
    for short, long in (links or {}).items():
        text = text.replace(short, long)
    whole = unicodedata.normalize("NFC", html.unescape(text)).replace("\r\n", "\n").replace("\r", "\n")
    return SPACE_BEFORE_END.sub("", whole).strip()
