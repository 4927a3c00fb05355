"""The register as a list: saved filters, search, and what somebody looks after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from undersigned.accounts.models import Account, Grant, PostureException
from undersigned.accounts.queries.standings import standings
from undersigned.accounts.states import FINAL, AccountState
from undersigned.acts import Officer
from undersigned.people.models import Unit
from undersigned.people.states import Office

ORDER = ("network", "key", "id")
"""By network and handle; the key for pages of the list (``ui.keyset``)."""

SEES_ALL = frozenset(
    {
        Office.ADMINISTRATOR,
        Office.MANAGING_DIRECTOR,
        Office.HEAD_OF_COMMUNICATIONS,
        Office.COMMUNICATIONS,
        Office.IT_SECURITY,
        Office.RECORDS_OFFICER,
        Office.CLERK,
        Office.AUDITOR,
        Office.DUTY_OFFICER,
        Office.SOLICITOR,
    }
)
"""Offices whose work needs the whole register."""

SAVED = ("red", "no_steward", "dormant", "review_due", "waiting", "gone", "no_unit")
REVIEW_AHEAD = timedelta(days=30)
WAITING = (AccountState.REQUESTED, AccountState.APPROVED, AccountState.SETTING_UP, AccountState.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; an empty word asks for nothing. ``saved`` is one of :data:`SAVED`."""

    text: str = ""
    network: str = ""
    unit: str = ""
    state: str = ""
    kind: str = ""
    saved: str = ""


def register(officer: Officer, wanted: Filter = Filter()) -> QuerySet[Account]:
    """The accounts that this person may see and that fit, to be ordered by :data:`ORDER` and paged."""
    return narrowed(visible_to(officer).select_related("unit", "steward", "deputy"), wanted)


def narrowed(rows: QuerySet[Account], wanted: Filter) -> QuerySet[Account]:
    """Those of ``rows`` that fit."""
    for field, value in (("network", wanted.network), ("state", wanted.state), ("account_kind", wanted.kind)):
        rows = rows.filter(**{field: value}) if value else rows
    if not wanted.state:
        rows = rows.exclude(state__in=FINAL)
    if wanted.unit:
        rows = rows.filter(unit__path__contains=f"{wanted.unit}/")
    if wanted.text:
        rows = rows.filter(_says(wanted.text.strip()))
    return _saved(rows, wanted.saved)


def visible_to(officer: Officer) -> QuerySet[Account]:
    """Everything for whoever works on all of it; else what one keeps, heads, asked for, has a grant on, or answers for
    by an exception."""
    if sees_all(officer):
        return Account.objects.all()
    headed = [unit for capacity in officer.capacities for unit in capacity.heads]
    granted = Grant.objects.current().filter(person_id=officer.person).values("account_id")
    mine = Q(steward_id=officer.person) | Q(deputy_id=officer.person) | Q(requested_by_id=officer.person)
    for unit in headed:
        mine |= Q(unit__path__contains=f"{unit}/")
    excepted = PostureException.objects.filter(owner_id=officer.person, ended_at=None).values("account_id")
    return Account.objects.filter(mine | Q(pk__in=granted) | Q(pk__in=excepted))


def accounts_for_person(person: str) -> QuerySet[Account]:
    """What a person answers for or has a grant on today, declined and archived left out."""
    granted = Grant.objects.current().filter(person_id=person).values("account_id")
    mine = Q(steward_id=person) | Q(deputy_id=person) | Q(pk__in=granted)
    rows = Account.objects.in_register().filter(mine)
    return rows.select_related("unit", "steward", "deputy").order_by(*ORDER)


def units_with_accounts() -> QuerySet[Unit]:
    """For the filter row of the list."""
    return Unit.objects.filter(Exists(Account.objects.in_register().filter(unit=OuterRef("pk")))).order_by(
        "name"
    )


@dataclass(frozen=True, slots=True)
class Strip:
    """The counts above the list."""

    live: int
    waiting: int
    dormant: int
    red: int
    without_steward: int
    review_due: int


def strip(officer: Officer) -> Strip:
    """Counts over what this person may see, by the database."""
    seen, stands = visible_to(officer).exclude(state__in=FINAL), standings()
    soon = timezone.localdate() + REVIEW_AHEAD
    counted = seen.aggregate(
        live=Count("pk", filter=Q(state=AccountState.LIVE)),
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        dormant=Count("pk", filter=Q(state=AccountState.DORMANT)),
        review_due=Count("pk", filter=Q(next_review_by__lte=soon)),
    )
    red, without = _seen_among(stands.red(), officer), _seen_among(stands.without_steward(), officer)
    return Strip(**counted, red=red, without_steward=without)


def sees_all(officer: Officer) -> bool:
    return not SEES_ALL.isdisjoint(capacity.office for capacity in officer.capacities)


def _seen_among(references: list[str], officer: Officer) -> int:
    return len(references) if sees_all(officer) else visible_to(officer).filter(pk__in=references).count()


def _saved(rows: QuerySet[Account], saved: str) -> QuerySet[Account]:
    if saved == "red":
        return rows.filter(pk__in=standings().red())
    if saved == "no_steward":
        return rows.filter(pk__in=standings().without_steward())
    if saved == "dormant":
        return rows.filter(state=AccountState.DORMANT)
    if saved == "review_due":
        return rows.filter(next_review_by__lte=timezone.localdate() + REVIEW_AHEAD)
    if saved == "waiting":
        return rows.filter(state__in=WAITING)
    if saved == "no_unit":
        return rows.filter(unit=None)
    return rows.filter(gone_since__isnull=False) if saved == "gone" else rows


def _says(text: str) -> Q:
    plain = text.lstrip("@")
    return (
        Q(handle__icontains=plain)
        | Q(display_name__icontains=text)
        | Q(url__icontains=plain)
        | Q(unit__name__icontains=text)
        | Q(unit__name_fr__icontains=text)
        | Q(owner_text__icontains=text)
        | Q(steward__name__icontains=text)
    )
