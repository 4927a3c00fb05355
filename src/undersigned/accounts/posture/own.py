"""The checks that the city's own books answer, without asking any network."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from undersigned.accounts.posture import dormancy
from undersigned.accounts.posture.dormancy import Wakefulness
from undersigned.accounts.posture.evidence import OwnFacts, RosterSource
from undersigned.accounts.posture.kinds import CheckId
from undersigned.accounts.posture.sentence import Sentence, Words


class Outcome(StrEnum):
    """What a check comes to on an account. Only `pass` counts towards the score."""

    PASS = "pass"  # noqa: S105 - an outcome
    FAIL = "fail"
    EXPIRED = "expired"
    EXCEPTED = "excepted"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Finding:
    """An outcome before exceptions, what it rests on, and why in a sentence."""

    outcome: Outcome
    cause: Sentence
    taken_at: datetime | None = None
    expires_at: datetime | None = None


FIELDS_CONFIRMED = timedelta(days=365)
ROSTER_LASTS = {RosterSource.SCIM: timedelta(hours=48), RosterSource.FILE: timedelta(days=35)}
DRILL_LASTS = timedelta(days=365)

FINE = Sentence(_("As it should be."))
NEVER_READ = Sentence(_("Never read: the city’s books do not say."))


def dated(
    taken_at: datetime | None, lasts: timedelta, now: datetime, never: Sentence, old: Sentence
) -> Finding:
    """Passes from `taken_at` until it is too old, and counts as failed before and after."""
    if taken_at is None or taken_at > now:
        return Finding(Outcome.EXPIRED, never)
    expires_at = taken_at + lasts
    if now < expires_at:
        return Finding(Outcome.PASS, FINE, taken_at, expires_at)
    return Finding(Outcome.EXPIRED, old, taken_at, expires_at)


def in_register(facts: OwnFacts, now: datetime) -> Finding:
    """P01."""
    entry = facts.entry
    if entry is None:
        return Finding(Outcome.EXPIRED, NEVER_READ)
    if entry.missing:
        return _fails(_("Missing in the register: %(fields)s."), fields=_list(entry.missing))
    if not entry.creation_approved:
        return _fails(_("Nobody has approved that this account exists."))
    return dated(
        entry.confirmed_at,
        FIELDS_CONFIRMED,
        now,
        never=Sentence(_("Nobody has confirmed the entry in the register yet.")),
        old=Sentence(
            _("The entry was last confirmed on %(day)s, more than a year ago."), {"day": entry.confirmed_at}
        ),
    )


def has_keepers(facts: OwnFacts, now: datetime) -> Finding:
    """P02. A steward who is their own deputy leaves nobody when they leave."""
    keepers = facts.keepers
    if keepers is None:
        return Finding(Outcome.EXPIRED, NEVER_READ)
    if not (keepers.steward and keepers.deputy):
        missing = _("The account has no deputy.") if keepers.steward else _("The account has no steward.")
        return _fails(missing)
    if keepers.steward == keepers.deputy:
        return _fails(_("Steward and deputy are the same person."))
    gone = [person for person in (keepers.steward, keepers.deputy) if person in keepers.left]
    if gone:
        return _fails(_("No longer employed: %(people)s."), people=_list(gone))
    return dated(
        keepers.roster_read_at,
        ROSTER_LASTS[keepers.roster_source],
        now,
        never=Sentence(_("No roster has been read that says whether they are employed.")),
        old=Sentence(
            _("The roster that says so is of %(day)s, and too old."), {"day": keepers.roster_read_at}
        ),
    )


def no_factor_off(facts: OwnFacts, now: datetime) -> Finding:
    """P05. An exception never turns this into a pass: it makes it *excepted*, like any other failure."""
    if facts.factors_off:
        return _fails(_("Without a second factor now: %(people)s."), people=_list(facts.factors_off))
    return Finding(Outcome.PASS, FINE, now)


def in_use(facts: OwnFacts, now: datetime) -> Finding:
    """P19. That something was posted stays true, so a known post lasts until the account falls asleep."""
    stands = dormancy.assess(facts.posts, now)
    outcome = {
        Wakefulness.EXEMPT: Outcome.NOT_APPLICABLE,
        Wakefulness.UNKNOWN: Outcome.EXPIRED,
        Wakefulness.AWAKE: Outcome.PASS,
        Wakefulness.WARNED: Outcome.PASS,
    }.get(stands.wakefulness, Outcome.FAIL)
    return Finding(outcome, stands.says, stands.counted_from, stands.sleeps_at)


def reviewed(facts: OwnFacts, now: datetime) -> Finding:
    """P23."""
    reviews = facts.reviews
    if reviews is None or reviews.review_due is None or reviews.access_review_due is None:
        return Finding(Outcome.EXPIRED, Sentence(_("A review was never planned for this account.")))
    due = min(reviews.review_due, reviews.access_review_due)
    if now < due:
        return Finding(Outcome.PASS, FINE, expires_at=due)
    return Finding(Outcome.EXPIRED, Sentence(_("A review was due on %(day)s."), {"day": due}), expires_at=due)


def ready_for_incident(facts: OwnFacts, now: datetime) -> Finding:
    """P24."""
    card = facts.incident
    if card is None or not card.complete:
        return _fails(_("The incident card is not complete."))
    return dated(
        card.last_drill,
        DRILL_LASTS,
        now,
        never=Sentence(_("The incident card was never practised.")),
        old=Sentence(_("Last practised on %(day)s, more than a year ago."), {"day": card.last_drill}),
    )


def acknowledged(facts: OwnFacts, now: datetime) -> Finding:
    """P26."""
    known = facts.acknowledgement
    if known is None:
        return Finding(Outcome.EXPIRED, NEVER_READ)
    if not known.policy_in_force:
        return _fails(_("No policy is in force that anybody could acknowledge."))
    if known.missing:
        return _fails(_("Not acknowledged by: %(people)s."), people=_list(known.missing))
    return Finding(Outcome.PASS, FINE, now)


READERS: dict[CheckId, Callable[[OwnFacts, datetime], Finding]] = {
    CheckId.P01: in_register,
    CheckId.P02: has_keepers,
    CheckId.P05: no_factor_off,
    CheckId.P19: in_use,
    CheckId.P23: reviewed,
    CheckId.P24: ready_for_incident,
    CheckId.P26: acknowledged,
}


def _fails(words: Words, **values: object) -> Finding:
    return Finding(Outcome.FAIL, Sentence(words, values))


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
