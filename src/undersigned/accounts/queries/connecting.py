"""What is read of connections: the one of an account, those that hang on a person, those that end or are lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Stay:
    """Until which day somebody works for the city, None where no end is known; ``over`` when that is past."""

    until: date | None
    over: bool


def stays(people: Iterable[str]) -> dict[str, Stay]:
    """How long each of these people stays, in one question to the database."""
    asked, today = set(people), timezone.localdate()
    rows = Appointment.objects.filter(person_id__in=asked).values_list("person_id", "ends_on", "ended_at")
    days: dict[str, list[tuple[date | None, bool]]] = {person: [] for person in asked}
    for person, ends_on, ended_at in rows:
        days[person].append((ends_on, ended_at is not None or (ends_on is not None and ends_on < today)))
    return {person: _stay(held, today) for person, held in days.items()}


def _stay(held: list[tuple[date | None, bool]], today: date) -> Stay:
    """The last of their appointments decides; one without an end has none."""
    current = [ends_on for ends_on, over in held if not over]
    if current:
        return Stay(None if None in current else max(day for day in current if day), over=False)
    return Stay(max((ends_on or today for ends_on, _ in held), default=today), over=True)
