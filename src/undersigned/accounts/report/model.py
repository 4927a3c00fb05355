"""What an audit report says, free of how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from undersigned.accounts.lookalikes import LookAlike, Presence
from undersigned.accounts.posture.dormancy import Dormancy
from undersigned.accounts.posture.judging import Judgement
from undersigned.accounts.posture.own import Outcome
from undersigned.accounts.posture.scoring import Fraction, Score, Standing
from undersigned.networks.names import Network


class Office(StrEnum):
    """Whose it is to act, in this order: the first of them who is still here."""

    STEWARD = "steward"
    DEPUTY = "deputy"
    UNIT_HEAD = "unit_head"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """One account. `owner` is who has to act, and `owner_is` the office that makes it theirs."""

    key: str
    network: Network
    handle: str
    display_name: str
    unit: str
    state: str
    steward: str
    steward_left: bool
    owner: str
    owner_is: Office | None
    score: Score
    judgements: tuple[Judgement, ...]
    dormancy: Dormancy
    dormant_since: datetime | None
    last_post: datetime | None
    doubles: tuple[LookAlike, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()

    @property
    def standing(self) -> Standing:
        return self.score.standing

    @property
    def failed(self) -> tuple[Judgement, ...]:
        """What counts as failed: shown to be otherwise, too old, or never shown."""
        return tuple(one for one in self.judgements if one.counts_as_failed)

    @property
    def critical(self) -> tuple[Judgement, ...]:
        """Why a red account is red."""
        return tuple(one for one in self.failed if one.check.critical)

    @property
    def excepted(self) -> tuple[Judgement, ...]:
        return tuple(one for one in self.judgements if one.outcome is Outcome.EXCEPTED)

    @property
    def oldest_evidence(self) -> datetime | None:
        """The oldest look that a pass still rests on."""
        taken = [one.taken_at for one in self.judgements if one.outcome is Outcome.PASS and one.taken_at]
        return min(taken, default=None)

    def other_than_this(self, match: LookAlike) -> Presence:
        """The far side of a match: a double names this account on either side."""
        return match.candidate if match.of.key == self.key else match.of

    @property
    def has_steward(self) -> bool:
        """Somebody alive and employed answers for it."""
        return bool(self.steward) and not self.steward_left


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many accounts have each standing."""

    red: int = 0
    amber: int = 0
    green: int = 0
    grey: int = 0

    @property
    def total(self) -> int:
        return self.red + self.amber + self.green + self.grey

    def of(self, standing: Standing) -> int:
        return {
            Standing.RED: self.red,
            Standing.AMBER: self.amber,
            Standing.GREEN: self.green,
            Standing.GREY: self.grey,
        }[standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFigure:
    """The accounts of one unit, and their weighted mean."""

    unit: str
    counts: Counts
    fraction: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The city. The weighted mean never stands without the number of red accounts."""

    counts: Counts
    fraction: Fraction
    without_steward: int
    dormant: int
    doubled: int
    imitated: int
    by_state: dict[str, int]
    by_network: dict[str, int]
    failed: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """Accounts by unit, network and handle; units by how many of their accounts are red."""

    city: str
    as_of: datetime
    accounts: tuple[AccountLine, ...]
    units: tuple[UnitFigure, ...]
    totals: Totals
    language: str = "en"

    @property
    def red(self) -> tuple[AccountLine, ...]:
        return tuple(account for account in self.accounts if account.standing is Standing.RED)
