"""Words that make a name sound official without naming anybody else."""

from __future__ import annotations

import re
import unicodedata

from undersigned.accounts.lookalikes.letters import folded, letters_only

DROPPED = frozenset(
    """
    a account accounts alert alerts and at au authentic care city cityhall compte contact council customer d de des
    desk du en for fr gov government gouv help helpdesk hq in info infos la le les live mairie media muni municipal
    municipality my new news nouvelles now of official officially officiel officielle online our page real service
    services social support team the this town township true update updates verified village ville we
    """.split()  # noqa: SIM905 - read more easily as words - words read better without their quotation marks
)
"""Dropped wherever they stand as words of their own."""

GLUED_BEFORE = "theofficial thereal official officiel cityof townof villede real the my".split()  # noqa: SIM905 - read more easily as words
GLUED_AFTER = """
    cityofficial official officiel helpdesk support alerts updates verified online service social news info help team
    page live city gov hq
    """.split()  # noqa: SIM905 - read more easily as words
"""Dropped where they are written together with the name."""

SHORTEST_CORE = 4
"""Letters. What remains of a shorter name says nothing about whose it is."""

_WORDS = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def words(name: str) -> list[str]:
    """The words of a name or handle: Harrow_FallsNews2 is harrow, falls, news."""
    spaced = _CAMEL.sub(" ", unicodedata.normalize("NFKC", name))
    return [folded(word) for word in _WORDS.findall(spaced)]


def core(name: str) -> str:
    """The letters of a name that say whose it is; all its letters, where nothing else remains."""
    kept = "".join(word for word in words(name) if word not in DROPPED)
    bare = unglued(kept)
    return bare if len(bare) >= SHORTEST_CORE else letters_only(folded(name))


def unglued(text: str) -> str:
    """Without official-sounding words written together with the name."""
    before = ""
    while before != text:
        before = text
        text = _without_end(_without_beginning(text))
    return text


def dropped_between(one: str, other: str) -> list[str]:
    """The official-sounding words that only one of two names has."""
    mine, theirs = words(one), words(other)
    only_one = [word for word in mine if word not in theirs] + [word for word in theirs if word not in mine]
    return [word for word in only_one if word in DROPPED]


def _without_beginning(text: str) -> str:
    for word in GLUED_BEFORE:
        if text.startswith(word) and len(text) - len(word) >= SHORTEST_CORE:
            return text[len(word) :]
    return text


def _without_end(text: str) -> str:
    for word in GLUED_AFTER:
        if text.endswith(word) and len(text) - len(word) >= SHORTEST_CORE:
            return text[: -len(word)]
    return text
