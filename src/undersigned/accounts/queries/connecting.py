"""What is read of connections: the one of an account, those that hang on a person, those that end or are lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from undersigned.accounts.models import Account, Connection
from undersigned.accounts.states import ConnectionState
from undersigned.people.models import Appointment

RECONNECT_AHEAD = timedelta(days=21)
"""How long before its end somebody is asked to connect an account anew (the register's rules, section 7)."""


def standing() -> QuerySet[Connection]:
    """All that have not ended, with how they stand."""
    return Connection.objects.exclude(state=ConnectionState.ENDED).select_related("liveness", "authorised_by")


def connection_of(account: Account) -> Connection | None:
    return standing().filter(account=account).first()


def hangs_on_a_person(connection: Connection) -> bool:
    """Or is the log-in the account's own, so that it stays when people leave?"""
    return connection.holder_id not in ("", connection.network_id)


def last_days(people: Iterable[str]) -> dict[str, date | None]:
    """Until which day each of them works for the city; None where no end is known.

    Nobody who is here no more has a later day than the end of their last appointment.
    """
    found: dict[str, date | None] = {}
    today = timezone.localdate()
    rows = Appointment.objects.filter(person_id__in=set(people))
    for person, ends_on, ended_at in rows.values_list("person_id", "ends_on", "ended_at"):
        day = timezone.localdate(ended_at) if ended_at else ends_on
        before = found.get(person, date.min)
        found[person] = None if day is None or before is None else max(before, day)
    return {person: found.get(person, today) for person in set(people)}
