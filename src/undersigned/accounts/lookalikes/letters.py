"""How a name looks to somebody who does not look twice.

A skeleton (Unicode TS #39, section 4) is what remains when every character is replaced by the one it is drawn like:
two names with one skeleton cannot be told apart on a screen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from undersigned.networks.letters import is_invisible, named

DRAWN_ALIKE = (("rn", "m"), ("vv", "w"))
"""Pairs of letters that run together in most faces."""

DRAWN_LIKE_L = str.maketrans({"i": "l", "1": "l", "|": "l", "0": "o"})
"""Small i among them: networks ignore case, so an impostor writes their handle with a capital I for l."""

DIGITS_READ_AS_LETTERS = str.maketrans(
    {"2": "z", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g"}
)
"""A habit of readers, not of TS #39, which tells these apart."""


def _confusables() -> Iterator[tuple[int, str]]:
    table = files("undersigned.accounts.lookalikes").joinpath("confusables.txt").read_text("utf-8")
    for line in table.splitlines():
        if not line.startswith("#"):
            look, *points = line.split()
            yield from ((int(point, 16), look) for point in points)


CONFUSABLES: dict[int, str] = dict(_confusables())


def folded(text: str) -> str:
    """One spelling for one name: compatible forms, capitals, accents and what cannot be seen do not count."""
    if text.isascii() and text.isprintable():
        return text.casefold()
    visible = "".join(letter for letter in unicodedata.normalize("NFKC", text) if not is_invisible(letter))
    apart = unicodedata.normalize("NFKD", visible.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache(maxsize=16_384)
def skeleton(text: str) -> str:
    """How the name looks, whatever it is written with. Capitals are replaced both as they are and folded."""
    looks = folded(unicodedata.normalize("NFKC", text).translate(CONFUSABLES)).translate(CONFUSABLES)
    looks = looks.translate(DRAWN_LIKE_L)
    for pair, look in DRAWN_ALIKE:
        looks = looks.replace(pair, look)
    return looks


def letters_only(text: str) -> str:
    """Without separators and digits."""
    return "".join(letter for letter in text if letter.isalpha())


def stands_for_another(text: str) -> str:
    """The first character that is not what it looks like, named; empty when there is none."""
    for letter in text:
        if is_invisible(letter) or _is_drawn_like_another(letter):
            return named(letter)
    return ""


def _is_drawn_like_another(letter: str) -> bool:
    """É is a letter of its own to its readers; а of another alphabet, and Ａ at full width, only look like a."""
    if letter.isascii() or unicodedata.normalize("NFD", letter)[0].isascii():
        return False
    return ord(letter) in CONFUSABLES or unicodedata.normalize("NFKC", letter) != letter
