"""Two names held against each other."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import OSA

from undersigned.accounts.lookalikes import words
from undersigned.accounts.lookalikes.letters import (
    DIGITS_READ_AS_LETTERS,
    folded,
    letters_only,
    skeleton,
    stands_for_another,
)
from undersigned.accounts.lookalikes.reasons import Kind, Reason

LONGEST = 200
"""Characters of a name that are compared."""

SHORTEST_ALIKE = 4
"""Letters below which only a name that looks the same is taken for another."""

SHORTEST_WITH_ADDITION = 6
"""Letters of an official name that count as the beginning or the end of a longer one."""


@dataclass(frozen=True, slots=True)
class Form:
    """A handle or a display name, and what it comes to when less and less of it counts."""

    text: str
    is_handle: bool
    plain: str
    skeleton: str
    letters: str
    spoken: str
    core: str

    @property
    def digits(self) -> str:
        return "".join(letter for letter in self.plain if letter.isdigit())


@lru_cache(maxsize=16_384)
def form_of(text: str, is_handle: bool) -> Form:
    """The form of a handle (without its @) or a display name. Nobody reads a name beyond its first letters."""
    text = text[:LONGEST]
    compatible = unicodedata.normalize("NFKC", text)
    return Form(
        text=text,
        is_handle=is_handle,
        plain=folded(text),
        skeleton=skeleton(text),
        letters=skeleton(letters_only(compatible)),
        spoken=letters_only(skeleton(folded(compatible).translate(DIGITS_READ_AS_LETTERS))),
        core=skeleton(words.core(text)),
    )


def compare(theirs: Form, ours: Form) -> Reason | None:
    """The strongest reason to take the one for the other, if there is any."""
    slips = _slips(theirs, ours)
    one_slip = slips if slips and slips.kind is Kind.ONE_SLIP else None
    return _looks(theirs, ours) or _alike(theirs, ours) or one_slip or _added(theirs, ours) or slips


def slips_allowed(length: int) -> int:
    """How many letters may be wrong before a name of this length is simply another name."""
    return 0 if length < 6 else 1 if length < 10 else 2


def _looks(theirs: Form, ours: Form) -> Reason | None:
    if theirs.skeleton != ours.skeleton:
        return None
    if theirs.plain == ours.plain and not stands_for_another(theirs.text):
        both_handles = theirs.is_handle and ours.is_handle
        return Reason(Kind.SAME_HANDLE if both_handles else Kind.SAME_NAME, theirs.text, ours.text)
    stranger = stands_for_another(theirs.text) or stands_for_another(ours.text)
    detail = stranger or _("letters that are drawn alike stand in each other’s place")
    return Reason(Kind.LOOKS_THE_SAME, theirs.text, ours.text, detail)


def _alike(theirs: Form, ours: Form) -> Reason | None:
    if _equal(theirs.letters, ours.letters):
        return Reason(Kind.MARKS_AND_DIGITS, theirs.text, ours.text)
    if _equal(theirs.spoken, ours.spoken):
        return Reason(Kind.DIGITS_FOR_LETTERS, theirs.text, ours.text)
    if _equal(theirs.core, ours.core):
        extra = words.dropped_between(theirs.text, ours.text)
        return Reason(Kind.OFFICIAL_WORDS, theirs.text, ours.text, f": {', '.join(extra)}" if extra else "")
    return None


def _equal(theirs: str, ours: str) -> bool:
    return theirs == ours and len(theirs) >= SHORTEST_ALIKE


def _slips(theirs: Form, ours: Form) -> Reason | None:
    allowed = slips_allowed(min(len(theirs.core), len(ours.core)))
    distance = OSA.distance(theirs.core, ours.core, score_cutoff=allowed)
    if not 0 < distance <= allowed or (distance == 2 and _other_word(theirs, ours)):
        return None
    return Reason(Kind.ONE_SLIP if distance == 1 else Kind.TWO_SLIPS, theirs.text, ours.text)


def _other_word(theirs: Form, ours: Form) -> bool:
    """Two slips in one short word make another word: Fire and Fair, beside the same name of the city."""
    mine, others = words.words(theirs.text), words.words(ours.text)
    pairs = zip(mine, others, strict=True) if len(mine) == len(others) > 1 else ()
    return any(
        OSA.distance(one, other) > slips_allowed(min(len(one), len(other)))
        for one, other in pairs
        if one != other
    )


def _added(theirs: Form, ours: Form) -> Reason | None:
    if len(ours.letters) < SHORTEST_WITH_ADDITION:
        return None
    for whole, written in (
        (theirs.letters, letters_only(theirs.plain)),
        (theirs.core, words.core(theirs.text)),
    ):
        extra = len(whole) - len(ours.letters)
        if 0 < extra <= len(ours.letters) and whole.startswith(ours.letters):
            return Reason(Kind.ADDED_AFTER, theirs.text, ours.text, written[-extra:])
        if 0 < extra <= len(ours.letters) and whole.endswith(ours.letters):
            return Reason(Kind.ADDED_BEFORE, theirs.text, ours.text, written[:extra])
    return None
