"""What is known about the safety of accounts, gathered for many at once, and what it comes to."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts.models import Account, Evidence, Grant, PostureException
from undersigned.accounts.posture import evidence as shown
from undersigned.accounts.posture import exceptions, scoring
from undersigned.accounts.posture.checks.places import BY_WORD_DAYS
from undersigned.accounts.posture.dormancy import PostClock
from undersigned.accounts.posture.judging import Judgement, Known, judge_all
from undersigned.accounts.posture.kinds import CheckId, EvidenceClass
from undersigned.accounts.queries import read_off
from undersigned.accounts.states import AccountState, Kind
from undersigned.acts.book import Act
from undersigned.people.models import Appointment, Person
from undersigned.record.models import Entry

ROSTER = "roster"
"""What the people room writes as the source of an appointment that a roster told of."""

CHUNK = 10_000
"""References in one question to the database: below what SQLite and PostgreSQL take."""

STANDS_IN = frozenset({CheckId.P24, CheckId.P26})
"""Checks of the city's own books whose books are not kept here yet, so that a named person's word stands for them.

The incident card (P24) and the acknowledgement of policies (P26) have rooms of their own. Until the city keeps them
there, somebody who saw the paper says so; for P26 that word holds only for those who had a grant when it was given.
"""


def stands_in_for_books(check: CheckId) -> bool:
    """Does a person's word stand for what the books would say of this check?"""
    return check in STANDS_IN


@dataclass(slots=True)
class Gathered:
    """Rows about many accounts, by account, as they count at ``now``."""

    now: datetime
    evidence: dict[str, list[shown.Evidence]] = field(default_factory=lambda: defaultdict(list))
    exceptions: dict[str, list[exceptions.PostureException]] = field(
        default_factory=lambda: defaultdict(list)
    )
    granted: dict[str, list[tuple[str, datetime]]] = field(default_factory=lambda: defaultdict(list))
    current: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    roster_read_at: datetime | None = None


def known(accounts: Sequence[Account], now: datetime | None = None) -> dict[str, Known]:
    """What is known about each at ``now``, by reference, in a number of questions that does not grow with them.

    Steward, deputy and unit should come with the accounts (``select_related``).
    """
    gathered = _gather(accounts, now or timezone.now())
    return {account.pk: _known(account, gathered) for account in accounts}


def judged(account: Account, now: datetime) -> tuple[Judgement, ...]:
    """All 28 checks of one account."""
    return judge_all(known([account], now)[account.pk], now)


def scored(accounts: Sequence[Account], now: datetime) -> dict[str, scoring.Score]:
    """The fraction and standing of each."""
    return {
        account.pk: score_of(account, judge_all(about, now))
        for account, about in zip(accounts, known(accounts, now).values(), strict=True)
    }


def score_of(account: Account, judgements: Iterable[Judgement]) -> scoring.Score:
    return scoring.score(judgements, account.state)


def clock(account: Account, last_drill: datetime | None = None) -> PostClock:
    """What the dormancy clock of this account runs on."""
    return PostClock(
        newest_post=_morning(account.last_post_on),
        opened=_morning(account.opened_on),
        still_months=account.still_months,
        zone=timezone.get_current_timezone(),
        reserved=account.state == AccountState.RESERVED,
        emergency=account.account_kind == Kind.EMERGENCY,
        last_drill=last_drill,
        dormant_since=account.state_since if account.state == AccountState.DORMANT else None,
    )


def evidence_of(row: Evidence) -> shown.Evidence:
    return shown.Evidence(
        check=CheckId(row.check_id),
        klass=EvidenceClass(row.evidence_class),
        shown=shown.Shown(row.shown),
        taken_at=row.taken_at,
        source=row.source,
        by=row.by_id or "",
        seconded_by=row.seconded_by_id or "",
        about=frozenset(row.about.split(",")) if row.about else frozenset(),
    )


def exception_of(row: PostureException) -> exceptions.PostureException:
    """An exception that was ended before its time lasts until then."""
    return exceptions.PostureException(
        check=CheckId(row.check_id),
        owner=row.owner_id,
        reason=row.reason,
        starts=row.starts_at,
        until=min(row.until, row.ended_at or row.until),
        countersigned_by=row.countersigned_by_id,
        renewals=row.renewals,
    )


def _gather(accounts: Sequence[Account], now: datetime) -> Gathered:
    today = timezone.localdate(now)
    gathered = Gathered(now, roster_read_at=roster_read_at())
    for some in _chunks([account.pk for account in accounts]):
        for row in Evidence.objects.filter(account_id__in=some).order_by("taken_at"):
            gathered.evidence[row.account_id].append(evidence_of(row))
        for read in read_off.of_accounts(some):
            gathered.evidence[read.connection.account_id].extend(read_off.evidence(read, now))
        for exception in PostureException.objects.filter(account_id__in=some):
            gathered.exceptions[exception.account_id].append(exception_of(exception))
        grants = Grant.objects.current(today).filter(account_id__in=some)
        for account, name, given_at in grants.values_list("account_id", "person__name", "given_at"):
            gathered.granted[account].append((name, given_at))
    keepers = {person for account in accounts for person in account.keepers}
    held = still_here(today, gathered.roster_read_at)
    for some in _chunks(sorted(keepers)):
        gathered.current.update(held.filter(person_id__in=some).values_list("person_id", flat=True))
    gathered.names = _names_without_factor(gathered.evidence)
    return gathered


def still_here(today: date, roster_read_at: datetime | None) -> QuerySet[Appointment]:
    """Appointments of people whom nobody has said to have left.

    A term that a roster tells of, and that ran out only after that roster was made, proves nothing: whoever held it
    may well hold the next one. That the roster is old is a failure of its own (P02).
    """
    told_on = timezone.localdate(roster_read_at) if roster_read_at else today
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    lasting |= Q(source=ROSTER, ends_on__gte=min(told_on, today))
    return Appointment.objects.filter(lasting, begins_on__lte=today, ended_at__isnull=True)


def _chunks(references: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(references), CHUNK):
        yield references[start : start + CHUNK]


def _names_without_factor(evidence: Mapping[str, Sequence[shown.Evidence]]) -> dict[str, str]:
    told = {person for rows in evidence.values() for one in _lately_off(rows) for person in one.about}
    return dict(Person.objects.filter(pk__in=told).values_list("pk", "name")) if told else {}


def _lately_off(evidence: Sequence[shown.Evidence]) -> list[shown.Evidence]:
    """The newest look at second factors, if it showed that somebody has none (P03 speaks for P05)."""
    looks = [one for one in evidence if one.check is CheckId.P03 and one.shown is not shown.Shown.ERROR]
    return looks[-1:] if looks and looks[-1].shown is shown.Shown.FAIL else []


def roster_read_at() -> datetime | None:
    """The day on which the newest roster that was applied says who is employed; None when none ever was."""
    newest = Entry.objects.filter(act=Act.ROSTER_APPLY).order_by("-seq").first()
    if newest is None:
        return None
    said = json.loads(bytes(newest.entry))["fact"].get("as_of")
    return _morning(date.fromisoformat(said)) if said else datetime.fromtimestamp(newest.t, UTC)


def _known(account: Account, gathered: Gathered) -> Known:
    evidence = gathered.evidence.get(account.pk, [])
    return Known(
        network=account.place,
        facts=_facts(account, evidence, gathered),
        evidence=[one for one in evidence if one.check not in STANDS_IN],
        exceptions=gathered.exceptions.get(account.pk, ()),
    )


def _facts(account: Account, evidence: Sequence[shown.Evidence], gathered: Gathered) -> shown.OwnFacts:
    card = _incident_card(evidence)
    off = [person for one in _lately_off(evidence) for person in sorted(one.about)]
    return shown.OwnFacts(
        entry=shown.RegisterEntry(
            missing=missing_fields(account),
            creation_approved=account.approved_on is not None,
            confirmed_at=_morning(account.confirmed_on),
        ),
        keepers=_keepers(account, gathered),
        factors_off=tuple(gathered.names.get(person, _("somebody")) for person in off),
        posts=clock(account, card.last_drill if card else None),
        reviews=_reviews(account),
        incident=card,
        acknowledgement=_acknowledgement(evidence, gathered.granted.get(account.pk, ()), gathered.now),
    )


def missing_fields(account: Account) -> tuple[str, ...]:
    """The required fields of the register that are empty, in words (P01)."""
    required = (
        (account.unit_id, _("owning unit")),
        (account.purpose, _("purpose")),
        (account.contact_mailbox or account.contact_role, _("contact")),
    )
    return tuple(words for value, words in required if not value)


def _keepers(account: Account, gathered: Gathered) -> shown.Keepers:
    steward, deputy = account.steward, account.deputy
    names = {
        person.pk: _name_of(person, other)
        for person, other in ((steward, deputy), (deputy, steward))
        if person
    }
    return shown.Keepers(
        steward=names.get(account.steward_id or "", ""),
        deputy=names.get(account.deputy_id or "", ""),
        left=frozenset(name for person, name in names.items() if person not in gathered.current),
        roster_read_at=gathered.roster_read_at,
    )


def _name_of(person: Person, other: Person | None) -> str:
    """Two people may bear one name; only one person in both places is a failure."""
    namesake = other is not None and other.pk != person.pk and other.name == person.name
    return f"{person.name} ({person.pk[-4:]})" if namesake else person.name


def _reviews(account: Account) -> shown.Reviews:
    """The review of an account asks about its people too, so both fall due at the end of one day."""
    due = _morning(account.next_review_by + timedelta(days=1)) if account.next_review_by else None
    return shown.Reviews(review_due=due, access_review_due=due)


def _incident_card(evidence: Sequence[shown.Evidence]) -> shown.IncidentCard | None:
    words = [one for one in evidence if one.check is CheckId.P24]
    if not words:
        return None
    complete = words[-1].shown is shown.Shown.PASS
    return shown.IncidentCard(complete=complete, last_drill=words[-1].taken_at if complete else None)


def _acknowledgement(
    evidence: Sequence[shown.Evidence], granted: Sequence[tuple[str, datetime]], now: datetime
) -> shown.Acknowledgement | None:
    words = [one for one in evidence if one.check is CheckId.P26]
    if not words or now >= words[-1].taken_at + timedelta(days=BY_WORD_DAYS):
        return None
    if words[-1].shown is not shown.Shown.PASS:
        return shown.Acknowledgement(policy_in_force=True, missing=(_("those named in the last look"),))
    later = tuple(sorted({name for name, given_at in granted if given_at > words[-1].taken_at}))
    return shown.Acknowledgement(policy_in_force=True, missing=later)


def _morning(day: date | None) -> datetime | None:
    """The beginning of a day in the city's own time."""
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
