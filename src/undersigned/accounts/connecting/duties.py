"""What connections ask of people: in time, of whoever keeps the account; at once, when something is lost.

A connection is made by signing in, so it can be put off until the day on which nothing can be sent any more. It is
asked for long before: from 21 days before its end, and from the day on which it is known that whoever it hangs on
leaves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.accounts.models import Connection
from undersigned.accounts.queries import connecting
from undersigned.accounts.queries.connecting import RECONNECT_AHEAD, Stay
from undersigned.accounts.states import FINAL, ConnectionState
from undersigned.acts import Officer
from undersigned.acts.duty import Duty
from undersigned.networks.clients import spoken_with
from undersigned.networks.names import Network
from undersigned.people.states import Office

OPERATORS = frozenset({Office.ADMINISTRATOR, Office.IT_SECURITY})


def of_connections(officer: Officer) -> Iterator[Duty]:
    """Of the accounts that this person keeps, and of the whole city for whoever looks after its applications."""
    yield from _kept(officer)
    if OPERATORS & {capacity.office for capacity in officer.capacities}:
        yield from _refused_applications()


def _kept(officer: Officer) -> Iterator[Duty]:
    mine = Q(account__steward_id=officer.person) | Q(account__deputy_id=officer.person)
    rows = connecting.standing().filter(mine).exclude(account__state__in=FINAL).select_related("account")
    connections = list(rows.order_by("pk"))
    stays = connecting.stays(one.authorised_by_id for one in connections) if connections else {}
    for connection in connections:
        yield from _of_one(connection, stays[connection.authorised_by_id])


def _of_one(connection: Connection, stay: Stay) -> Iterator[Duty]:
    """The first that applies: each is settled by connecting anew."""
    stands, today = connection.liveness, timezone.localdate()
    if connection.state == ConnectionState.LOST:
        yield _anew(connection, _("Its connection is lost: nothing can be sent or read"), due=today, weight=8)
    elif stands.doubt_since:
        ends = timezone.localdate(stands.access_until) if stands.access_until else today
        yield _anew(connection, _("Its connection works only for a short while yet"), due=ends, weight=8)
    elif stands.ends_at and timezone.localdate(stands.ends_at) - RECONNECT_AHEAD <= today:
        yield _anew(connection, _("Its connection ends"), due=timezone.localdate(stands.ends_at), weight=4)
    elif connecting.hangs_on_a_person(connection) and (stay.over or stay.until):
        yield _leaver(connection, stay)


def _leaver(connection: Connection, stay: Stay) -> Duty:
    name = connection.authorised_by.name
    if stay.over:
        what = _("Its connection hangs on the log-in of %(name)s, who has left") % {"name": name}
    else:
        what = _("Its connection hangs on the log-in of %(name)s, who leaves") % {"name": name}
    return _anew(connection, what, due=stay.until, weight=8 if stay.over else 4)


def _anew(connection: Connection, what: str, *, due: date | None, weight: int) -> Duty:
    account = connection.account
    return Duty(
        what=what,
        subject=account.pk,
        subject_words=str(account),
        page="accounts:connect" if spoken_with(account.place) else "accounts:account",
        action=_("Connect anew"),
        due=due,
        how=_("Sign in at %(network)s with a log-in that stays.") % {"network": account.place.label},
        weight=weight,
    )


def _refused_applications() -> Iterator[Duty]:
    """Nobody who keeps an account can mend this, and all accounts of the network stand still."""
    blocked = connecting.standing().filter(liveness__blocked_since__isnull=False).select_related("account")
    by_network: dict[Network, list[Connection]] = defaultdict(list)
    for connection in blocked.order_by("pk"):
        by_network[connection.account.place].append(connection)
    for network, connections in by_network.items():
        yield Duty(
            what=_("%(network)s does not take the city’s application") % {"network": network.label},
            subject="",
            subject_words=network.label,
            page="accounts:list",
            action=_("Look"),
            due=timezone.localdate(),
            how=connections[0].liveness.last_error,
            query={"network": network.value},
            weight=8,
        )
