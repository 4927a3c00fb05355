"""What a connection shows about the safety of its account, as evidence that the checks judge (P14, P15, P17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts.models import Connection
from undersigned.accounts.posture.evidence import Evidence, Shown
from undersigned.accounts.posture.kinds import CheckId, EvidenceClass
from undersigned.accounts.queries import connecting
from undersigned.accounts.queries.connecting import Stay
from undersigned.accounts.states import ConnectionState
from undersigned.networks.names import Network

RUNS_STILL = timedelta(days=14)
"""A connection that ends sooner counts as one that does not work (P17)."""


@dataclass(frozen=True, slots=True)
class Read:
    """One connection, and how long whoever made it works for the city."""

    connection: Connection
    stay: Stay


def of_accounts(accounts: Sequence[str]) -> Iterator[Read]:
    """The connections of these accounts, in two questions to the database."""
    rows = list(connecting.standing().filter(account_id__in=accounts).select_related("account", "liveness"))
    stays = connecting.stays(row.authorised_by_id for row in rows) if rows else {}
    return (Read(row, stays[row.authorised_by_id]) for row in rows)


def evidence(read: Read, now: datetime) -> list[Evidence]:
    """At most one piece for each check: what stands now, and since when that is known."""
    found = {CheckId.P17: _works(read.connection, now)}
    if read.connection.state == ConnectionState.LIVE:
        found |= {CheckId.P14: _scopes(read.connection), CheckId.P15: _hangs(read, now)}
    return [_shown(check, *what) for check, what in found.items() if what is not None]


What = tuple[Shown, datetime] | None


def _works(connection: Connection, now: datetime) -> What:
    stands = connection.liveness
    if connection.state == ConnectionState.LOST:
        return Shown.FAIL, connection.state_since
    if stands.doubt_since:
        return Shown.FAIL, stands.doubt_since
    if stands.ends_at and stands.ends_at - RUNS_STILL <= now:
        return Shown.FAIL, stands.ends_at - RUNS_STILL
    return _while_it_works(connection)


def _scopes(connection: Connection) -> What:
    """What a token may do does not change while it works."""
    asked, given = set(connection.asked.split()), set(connection.given.split())
    if not given:
        return None
    return _while_it_works(connection) if given <= asked else (Shown.FAIL, connection.obtained_at)


def _hangs(read: Read, now: datetime) -> What:
    """On a person: that they are here is known, and that they are not the only one has to be shown by others."""
    connection = read.connection
    if not connecting.hangs_on_a_person(connection):
        return _while_it_works(connection)
    if read.stay.over:
        return Shown.FAIL, min(now, _evening(read.stay.until or timezone.localdate(now)))
    return _while_it_works(connection) if connection.account.place in SECOND_ATTESTED else None


SECOND_ATTESTED = frozenset({Network.LINKEDIN})
"""Where the table has somebody attest who else could connect, beside what is read."""


def _evening(day: date) -> datetime:
    """The end of a day in the city's own time."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _while_it_works(connection: Connection) -> What:
    seen = connection.liveness.last_good_at
    return (Shown.PASS, seen) if seen else None


def _shown(check: CheckId, shown: Shown, taken_at: datetime) -> Evidence:
    return Evidence(
        check=check,
        klass=EvidenceClass.AUTOMATIC,
        shown=shown,
        taken_at=taken_at,
        source=_("the connection"),
    )
