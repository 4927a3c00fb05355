"""What the judgements of an account, and the accounts of a city, come to."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.posture.judging import Judgement
from undersigned.accounts.posture.own import Outcome
from undersigned.accounts.posture.sentence import Words

Key = TypeVar("Key", bound=Hashable)


class Standing(StrEnum):
    """A colour that is always shown with its word and a shape."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"

    @property
    def label(self) -> Words:
        return STANDING_LABELS[self]


STANDING_LABELS: dict[Standing, Words] = {
    Standing.RED: _("Wrong"),
    Standing.AMBER: _("Waits"),
    Standing.GREEN: _("Works"),
    Standing.GREY: _("Asleep or closed"),
}

ASLEEP_OR_CLOSED = frozenset({"dormant", "retired", "archived", "declined"})
PAUSED = frozenset({"requested", "approved", "setting_up", "suspended"})
NOT_JUDGED = frozenset({"requested", "approved", "declined", "retired", "archived"})
"""States in which there is nothing on the network to judge, or no longer."""


@dataclass(frozen=True, slots=True)
class Fraction:
    """Weight that passed out of weight that applies."""

    passed: int
    applicable: int

    @property
    def percent(self) -> int | None:
        """Rounded down: 99.9 % is not all. None when nothing applies."""
        return self.passed * 100 // self.applicable if self.applicable else None

    def __str__(self) -> str:
        return f"{self.passed}/{self.applicable}"


@dataclass(frozen=True, slots=True)
class Score:
    fraction: Fraction
    standing: Standing


def score(judgements: Iterable[Judgement], state: str = "live") -> Score:
    """The score and standing of one account in a state of its life."""
    applicable = [one for one in judgements if one.applies and state not in NOT_JUDGED]
    passed = sum(judgement.weight for judgement in applicable if judgement.outcome is Outcome.PASS)
    fraction = Fraction(passed, sum(judgement.weight for judgement in applicable))
    return Score(fraction, standing(applicable, state))


def standing(applicable: Iterable[Judgement], state: str) -> Standing:
    """A critical check that fails is red whatever the rest says: a sleeping account can be taken too."""
    judgements = tuple(applicable)
    if any(one.check.critical and one.counts_as_failed for one in judgements):
        return Standing.RED
    if state in ASLEEP_OR_CLOSED:
        return Standing.GREY
    if state in PAUSED or any(one.outcome is not Outcome.PASS for one in judgements):
        return Standing.AMBER
    return Standing.GREEN if judgements else Standing.GREY


@dataclass(frozen=True, slots=True)
class CityFigure(Generic[Key]):
    """The weighted mean of all accounts, and never without the red ones."""

    fraction: Fraction
    red: tuple[Key, ...]


def city_figure(scores: Mapping[Key, Score]) -> CityFigure[Key]:
    """An account counts with the weight that applies to it."""
    fractions = [one.fraction for one in scores.values()]
    total = Fraction(sum(one.passed for one in fractions), sum(one.applicable for one in fractions))
    return CityFigure(total, tuple(key for key, one in scores.items() if one.standing is Standing.RED))
