"""What a roster leaves open, and the answers of the person who brought it.

Alike doubts are one question with many items, so that one answer settles them all; an item may still be
answered for itself, and that answer comes first. An item is held until it is answered: nothing is done about
its row or its person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from undersigned.people.roster.entries import Entry


class Choice(StrEnum):
    SAME = "same"
    NEW = "new"
    SKIP = "skip"
    ONE = "one"
    TWO = "two"
    BOTH = "both"
    FIRST = "first"
    LAST = "last"
    LEFT = "left"
    STAYS = "stays"
    NONE = "none"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    YEAR_FIRST = "year_first"


class Kind(StrEnum):
    DATE_ORDER = "date_order"
    TWO_OFFICES = "two_offices"
    TWO_NAMES = "two_names"
    OTHER_NAME = "other_name"
    RENUMBERED = "renumbered"
    NAME_ONLY = "name_only"
    MOVED = "moved"
    RETURNING = "returning"
    SPELLING = "spelling"
    SPELLING_ELSEWHERE = "spelling_elsewhere"
    INITIALS = "initials"
    INITIALS_ELSEWHERE = "initials_elsewhere"
    SEVERAL = "several"
    TWICE = "twice"
    BESIDE = "beside"
    WHICH_UNIT = "which_unit"
    HEADS = "heads"
    SECOND_OFFICE = "second_office"
    SAID_LEFT = "said_left"
    LEFT = "left"
    CLASS_ABSENT = "class_absent"


SAME_OR_NEW = (Choice.SAME, Choice.NEW)
LEFT_OR_STAYS = (Choice.LEFT, Choice.STAYS)

ASKED = {
    Kind.DATE_ORDER: (
        lazy("The dates of a column can be read in more than one order. Which comes first?"),
        (Choice.DAY_FIRST, Choice.MONTH_FIRST, Choice.YEAR_FIRST),
    ),
    Kind.TWO_OFFICES: (
        lazy("A person stands in several rows that differ. Do all of the offices count, or one row only?"),
        (Choice.BOTH, Choice.FIRST, Choice.LAST, Choice.SKIP),
    ),
    Kind.TWO_NAMES: (
        lazy(
            "One staff number stands beside different names. Which row is right? Or skip them, and correct the file."
        ),
        (Choice.FIRST, Choice.LAST, Choice.SKIP),
    ),
    Kind.OTHER_NAME: (
        lazy("The staff number is known, and the whole name is another one. Is it the same person, renamed?"),
        (Choice.SAME, Choice.SKIP),
    ),
    Kind.RENUMBERED: (
        lazy(
            "The staff number is new, but name and unit are those of a person whose number is not in the file. Same?"
        ),
        SAME_OR_NEW,
    ),
    Kind.NAME_ONLY: (
        lazy("The file names no unit, and one known person has this name. Is it the same person?"),
        SAME_OR_NEW,
    ),
    Kind.MOVED: (
        lazy(
            "The name is known, in another unit, and there is no staff number to tell by. Did this person move?"
        ),
        SAME_OR_NEW,
    ),
    Kind.RETURNING: (
        lazy(
            "Somebody of this name worked here before, and there is no staff number to tell by. Are they back?"
        ),
        SAME_OR_NEW,
    ),
    Kind.SPELLING: (
        lazy(
            "The name is written a little differently from that of a person in this unit. Is it the same person?"
        ),
        SAME_OR_NEW,
    ),
    Kind.SPELLING_ELSEWHERE: (
        lazy("The name is written a little differently from that of a person in another unit. Same person?"),
        SAME_OR_NEW,
    ),
    Kind.INITIALS: (
        lazy("Only initials are given, and they fit one person in this unit. Is it that person?"),
        SAME_OR_NEW,
    ),
    Kind.INITIALS_ELSEWHERE: (
        lazy("Only initials are given, and they fit one person, in another unit. Is it that person?"),
        SAME_OR_NEW,
    ),
    Kind.SEVERAL: (
        lazy("More than one person, or more than one row, fits. Which person is meant in each row?"),
        (Choice.NEW, Choice.SKIP),
    ),
    Kind.TWICE: (
        lazy(
            "A name stands twice in one unit, without staff numbers. Is it one person, or two with the same name?"
        ),
        (Choice.ONE, Choice.TWO),
    ),
    Kind.BESIDE: (
        lazy("A name stands once more in a unit where it is known once. Is this another person?"),
        (Choice.NEW, Choice.SKIP),
    ),
    Kind.WHICH_UNIT: (lazy("There are several units of this name. Which one is meant?"), (Choice.NEW,)),
    Kind.HEADS: (lazy("Several people are marked as head of one unit. Who heads it?"), (Choice.NONE,)),
    Kind.SECOND_OFFICE: (
        lazy(
            "A person holds an office here that the file no longer gives them, beside one it does. Has it ended?"
        ),
        LEFT_OR_STAYS,
    ),
    Kind.SAID_LEFT: (
        lazy("The file says that a person left, but there is no staff number to tell by. Have they left?"),
        LEFT_OR_STAYS,
    ),
    Kind.LEFT: (
        lazy("A person is not in the file, and it cannot be told for certain that they left. Have they?"),
        LEFT_OR_STAYS,
    ),
    Kind.CLASS_ABSENT: (
        lazy("Nobody of this class is in the file, so it may not cover them. Have these people left?"),
        LEFT_OR_STAYS,
    ),
}
"""What is asked, and what may be answered once for all items alike."""


class Item(NamedTuple):
    """One case of a question. `people` are the keys of known persons it may concern.

    `options` may be chosen for this item besides the question's own choices: keys of persons or appointments,
    numbers of rows, or units.
    """

    key: str
    entry: Entry | None = None
    people: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Doubts that are alike, in the order of the file."""

    kind: Kind
    items: tuple[Item, ...]

    @property
    def sentence(self) -> str:
        return str(ASKED[self.kind][0])

    @property
    def choices(self) -> tuple[Choice, ...]:
        return ASKED[self.kind][1]


class NotAnAnswer(ValueError):
    """An answer to no question, or one that its question does not offer."""


class Answers:
    """Answers by question, as `moved`, or by item, as `moved:row-12`; the latter come first."""

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        self._given = dict(given or {})
        for key, answer in self._given.items():
            _check(key, answer)

    def of(self, kind: Kind, item: str) -> str | None:
        return self._given.get(f"{kind}:{item}") or self._given.get(kind)


def _check(key: str, answer: str) -> None:
    """For one item anything may be chosen that it offers; what it does not offer leaves it open."""
    kind, _colon, item = key.partition(":")
    if kind not in ASKED or not (item or answer in ASKED[Kind(kind)][1]):
        said = _(
            "“%(answer)s” is no answer to “%(key)s”. Nothing was applied. Answer with one of the choices offered."
        )
        raise NotAnAnswer(said % {"answer": answer, "key": key})
