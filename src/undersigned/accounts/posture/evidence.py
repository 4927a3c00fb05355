"""What is known about an account: evidence for checks, and facts of the city's own books."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from undersigned.accounts.posture.dormancy import PostClock
from undersigned.accounts.posture.kinds import CheckId, EvidenceClass


class Shown(StrEnum):
    """What a piece of evidence shows. A read that errors shows nothing, and renews nothing."""

    PASS = "pass"  # noqa: S105 - an outcome
    FAIL = "fail"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One look at one check of one account.

    `taken_at` is when it was true, not when it was brought: the date of the letter, not of its upload. `by`
    is who attested or imported it, `seconded_by` the second pair of eyes, `about` the persons it speaks of.
    """

    check: CheckId
    klass: EvidenceClass
    shown: Shown
    taken_at: datetime
    source: str = ""
    by: str = ""
    seconded_by: str = ""
    about: frozenset[str] = frozenset()


class RosterSource(StrEnum):
    SCIM = "scim"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """P01: the required fields that are empty (in words), and when the rest was last confirmed."""

    missing: tuple[str, ...] = ()
    creation_approved: bool
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keepers:
    """P02: who answers for the account, and how fresh the roster is that says they are still employed."""

    steward: str = ""
    deputy: str = ""
    left: frozenset[str] = frozenset()
    roster_read_at: datetime | None = None
    roster_source: RosterSource = RosterSource.FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews:
    """P23: when the account's review and its access review fall due. None: never planned."""

    review_due: datetime | None
    access_review_due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCard:
    """P24."""

    complete: bool
    last_drill: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """P26: whether a policy is in force, and who with a grant or role has not acknowledged it."""

    policy_in_force: bool
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFacts:
    """What the city's own books say of an account. A group that is None was never read.

    `factors_off` names the persons known to be without a second factor at this moment (P05).
    """

    entry: RegisterEntry | None = None
    keepers: Keepers | None = None
    factors_off: tuple[str, ...] = ()
    posts: PostClock = field(default_factory=PostClock)
    reviews: Reviews | None = None
    incident: IncidentCard | None = None
    acknowledgement: Acknowledgement | None = None
