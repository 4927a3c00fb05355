"""The report over all accounts, at one instant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

from undersigned.accounts.lookalikes import LookAlike, Presence, doubles, find
from undersigned.accounts.models import Account, LookalikeCase
from undersigned.accounts.posture.judging import Known
from undersigned.accounts.queries import posture
from undersigned.accounts.report import AuditReport, Subject, compile_report
from undersigned.accounts.states import CaseState
from undersigned.people.models import Appointment, City
from undersigned.people.states import Office

SUSPECTED = (CaseState.OPEN, CaseState.REPORTED, CaseState.REFUSED)
"""Cases that still stand on a network, as far as anybody knows."""


def audit_report(now: datetime | None = None) -> AuditReport:
    """Every account of the register judged at ``now``, in a number of questions that does not grow with them."""
    accounts = list(Account.objects.in_register().select_related("unit", "steward", "deputy"))
    now = now or timezone.now()
    known = posture.known(accounts, now)
    heads = _heads()
    city = City.objects.first()
    presences = [presence_of(account) for account in accounts]
    return compile_report(
        city=city.name if city else "",
        as_of=now,
        subjects=[_subject(account, known[account.pk], heads) for account in accounts],
        look_alikes=_look_alikes(presences),
        doubles=doubles(presences),
        language=(get_language() or "en")[:2],
    )


def presence_of(account: Account) -> Presence:
    """An account as look-alikes are held against it."""
    return Presence(
        key=account.pk,
        network=account.place,
        handle=account.handle,
        display_name=account.display_name,
        unit=account.unit_id or "",
    )


def _look_alikes(official: Sequence[Presence]) -> list[LookAlike]:
    cases = LookalikeCase.objects.filter(state__in=SUSPECTED)
    candidates = [
        Presence(key=case.pk, network=case.place, handle=case.handle, display_name=case.display_name)
        for case in cases
    ]
    return find(candidates, official) if candidates else []


def _heads() -> dict[str, str]:
    """The name of who heads each unit today; whoever is acting, where somebody is."""
    held = Appointment.objects.current().filter(office=Office.UNIT_HEAD).order_by("acting", "begins_on")
    return dict(held.values_list("unit_id", "person__name"))


def _subject(account: Account, known: Known, heads: dict[str, str]) -> Subject:
    keepers = known.facts.keepers
    left = keepers.left if keepers else frozenset()
    steward = keepers.steward if keepers else ""
    deputy = keepers.deputy if keepers else ""
    above = account.unit.above if account.unit else ()
    return Subject(
        key=account.pk,
        handle=account.handle,
        display_name=account.display_name,
        unit=account.unit.name if account.unit else "",
        state=account.state,
        steward=steward,
        steward_left=steward in left,
        deputy=deputy,
        deputy_left=deputy in left,
        unit_head=next((heads[unit] for unit in above if unit in heads), ""),
        known=known,
    )
