"""Why a name looks like an official one, as sentences a person can check with their own eyes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.posture.sentence import Sentence, Words
from undersigned.networks.letters import shown


class Strength(IntEnum):
    """How easily the one is taken for the other. Compare with < and >."""

    POSSIBLE = 1
    LIKELY = 2
    STRONG = 3

    @property
    def label(self) -> Words:
        return STRENGTH_LABELS[self]


STRENGTH_LABELS: dict[Strength, Words] = {
    Strength.POSSIBLE: _("Possible"),
    Strength.LIKELY: _("Likely"),
    Strength.STRONG: _("Strong"),
}


class Kind(Enum):
    """What makes two names look alike, strongest first; the value is the strength it gives a match."""

    SAME_HANDLE = ("same_handle", Strength.STRONG)
    LOOKS_THE_SAME = ("looks_the_same", Strength.STRONG)
    SAME_NAME = ("same_name", Strength.LIKELY)
    MARKS_AND_DIGITS = ("marks_and_digits", Strength.LIKELY)
    DIGITS_FOR_LETTERS = ("digits_for_letters", Strength.LIKELY)
    OFFICIAL_WORDS = ("official_words", Strength.LIKELY)
    ONE_SLIP = ("one_slip", Strength.LIKELY)
    ADDED_BEFORE = ("added_before", Strength.POSSIBLE)
    ADDED_AFTER = ("added_after", Strength.POSSIBLE)
    TWO_SLIPS = ("two_slips", Strength.POSSIBLE)

    @property
    def strength(self) -> Strength:
        return self.value[1]


SAYS: dict[Kind, Words] = {
    Kind.SAME_HANDLE: _("“%(theirs)s” is the very same handle."),
    Kind.LOOKS_THE_SAME: _("“%(theirs)s” looks the same as “%(ours)s”: %(detail)s."),
    Kind.SAME_NAME: _("It goes by the same name, “%(theirs)s”."),
    Kind.MARKS_AND_DIGITS: _("“%(theirs)s” differs from “%(ours)s” only in dots, dashes, blanks or digits."),
    Kind.DIGITS_FOR_LETTERS: _("“%(theirs)s” is “%(ours)s” with digits in place of letters."),
    Kind.OFFICIAL_WORDS: _("“%(theirs)s” is “%(ours)s” but for words that only sound official%(detail)s."),
    Kind.ONE_SLIP: _("One letter tells “%(theirs)s” from “%(ours)s”."),
    Kind.TWO_SLIPS: _("Two letters tell “%(theirs)s” from “%(ours)s”."),
    Kind.ADDED_BEFORE: _("“%(theirs)s” is “%(ours)s” with “%(detail)s” before it."),
    Kind.ADDED_AFTER: _("“%(theirs)s” is “%(ours)s” with “%(detail)s” after it."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One way in which `theirs` looks like `ours`, both as they are written."""

    kind: Kind
    theirs: str
    ours: str
    detail: Words = ""

    @property
    def sentence(self) -> Sentence:
        """What cannot be seen in either name is written out."""
        names = {"theirs": shown(self.theirs), "ours": shown(self.ours)}
        return Sentence(SAYS[self.kind], {**names, "detail": self.detail})

    def __str__(self) -> str:
        return str(self.sentence)
